/** Our own service's model, models/gatehouse.json, written by hand: turned into the form that the types of operations are written from. */
import { readFileSync } from 'node:fs';
import type { Source, SourceMember, SourceShape } from './botocore-model.ts';
import { typesOf } from './operation-types.ts';

interface OwnShape extends Omit<SourceShape, 'members' | 'member'> { readonly members?: Readonly<Record<string, string>>; readonly member?: string }

interface OwnModel {
  readonly operations: Readonly<Record<string, { readonly input: string; readonly output: string; readonly errors: readonly string[] }>>;
  readonly errors: Readonly<Record<string, { readonly status: number }>>;
  readonly shapes: Readonly<Record<string, OwnShape>>;
}

const memberOf = (shape: string): SourceMember => ({ shape });

/** The text of models/gatehouse.ts. */
export function ownTypes(): string {
  const { operations, errors, shapes } = JSON.parse(readFileSync(new URL('../models/gatehouse.json', import.meta.url), 'utf8')) as OwnModel;
  const source: Source = {
    metadata: {},
    operations: Object.fromEntries(Object.entries(operations).map(([name, { input, output, errors: codes }]) => [name, {
      http: { method: 'POST', requestUri: '/' }, input: { shape: input }, output: { shape: output }, errors: codes.map(memberOf),
    }])),
    shapes: {
      ...Object.fromEntries(Object.entries(shapes).map(([name, { members, member, ...shape }]): [string, SourceShape] => [name, {
        ...shape,
        ...(members && { members: Object.fromEntries(Object.entries(members).map(([each, target]) => [each, memberOf(target)])) }),
        ...(member !== undefined && { member: memberOf(member) }),
      }])),
      ...Object.fromEntries(Object.entries(errors).map(([code, { status }]): [string, SourceShape] => [code, { type: 'structure', exception: true, error: { code, httpStatusCode: status } }])),
    },
  };
  return typesOf('gatehouse', source);
}
