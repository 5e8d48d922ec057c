/** Every member of every operation of IAM, given values that no client means: the answer blames the request, never Gatehouse. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Answer } from '../../src/server/http-request.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';
import { makeSampleAccount, type SampleValues } from './sample-account.ts';

type Reference = string | { readonly shape: string };
interface Shape { readonly type: string; readonly members?: Readonly<Record<string, Reference>>; readonly member?: Reference; readonly required?: readonly string[] }
const model: { readonly operations: Readonly<Record<string, { readonly input?: string }>>; readonly shapes: Readonly<Record<string, Shape>> } = JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8'));
const shapeOf = (reference: Reference): Shape => model.shapes[typeof reference === 'string' ? reference : reference.shape]!;

const odd = [
  '', ' ', 'x'.repeat(5_000), '\0', '💥', '../..', '-1', 'NaN', '99999999999999999999', 'true', '<a/>', '__proto__', 'constructor', '2026-01-01T00:00:00Z', '{"Statement":[]}', 'arn:::::',
  ...['user/..', 'role/', 'policy/x', 'mfa/', 'oidc-provider/', 'saml-provider/..', ''].map((resource) => `arn:aws:iam::111122223333:${resource}`), 'arn:aws:iam::aws:policy/', 'arn:aws:s3:::x',
];

let gatehouse: TestGatehouse;
let values: SampleValues;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'odd values' });
  const sshKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
  values = await makeSampleAccount(gatehouse.iam(), gatehouse.account, sshKey, 'sample-alias');
});
after(() => gatehouse.stop());

/** A member as the Query protocol writes it. */
function write(parameters: Record<string, string>, name: string, value: unknown): void {
  if (Array.isArray(value)) for (const [i, item] of value.entries()) write(parameters, `${name}.member.${i + 1}`, item);
  else if (typeof value === 'object' && value !== null) for (const [member, item] of Object.entries(value)) write(parameters, `${name}.${member}`, item);
  else parameters[name] = String(value);
}

/** The text where the shape has a place for one: in each member of a structure, in an item of a list and in two. */
function valuesOf(shape: Shape, text: string): readonly unknown[] {
  if (shape.type === 'structure') return [Object.fromEntries(Object.keys(shape.members ?? {}).map((member) => [member, text]))];
  if (shape.type === 'list') return valuesOf(shapeOf(shape.member!), text).flatMap((item) => [[item], [item, item]]);
  return [text];
}

function call(parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const body = new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString();
  const { rawHeaders } = signRequest({ ...gatehouse.admin, at: gatehouse.clock.now, service: 'iam', region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });
  return gatehouse.send({ headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), body });
}

/** Those that hash passwords, which takes its time: a few values do. */
const slow = /Password|LoginProfile/;

for (const [operation, { input = '' }] of Object.entries(model.operations)) {
  const { members = {}, required = [] } = model.shapes[input] ?? { members: {} };
  if (Object.keys(members).length === 0) continue;
  test(operation, async () => {
    for (const [member, reference] of Object.entries(members)) {
      for (const text of slow.test(operation) ? odd.slice(0, 6) : odd) {
        for (const value of valuesOf(shapeOf(reference), text)) {
          const parameters: Record<string, string> = { Action: operation };
          for (const other of required) if (other !== member) write(parameters, other, values[other]);
          write(parameters, member, value);
          const { status, body } = await call(parameters);
          assert.ok(status < 500, `${member}=${JSON.stringify(value).slice(0, 100)}: ${status} ${Buffer.from(body).toString()}`);
        }
      }
    }
  });
}
