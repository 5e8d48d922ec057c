/** Writes the TypeScript types of a service's operations from its model. */
import { codeOf, isError, shapeOf } from './botocore-model.ts';
import type { Source } from './botocore-model.ts';

const scalars: Readonly<Record<string, string>> = { string: 'string', character: 'string', boolean: 'boolean', integer: 'number', long: 'number', float: 'number', double: 'number', timestamp: 'Timestamp', blob: 'Uint8Array' };

/** The text of models/<service>.ts: a type for each structure and enum, and one that lists the operations. */
export function typesOf(service: string, source: Source, commonErrors: readonly string[] = []): string {
  const { operations, shapes } = source;
  const own = service.split('-').map(typeName).join('');
  const inputs = new Set(Object.values(operations).map(({ input }) => input?.shape));
  const hasStreams = Object.values(shapes).some(({ members = {} }) => Object.values(members).some(({ streaming }) => streaming));
  const lines = [
    `/** The types of ${own}'s operations, written by scripts/refresh-models.ts from the same model as ${service}.json. Not edited by hand. */`,
    ...(hasStreams ? ["import type { ByteStream, StreamedBody } from '../src/base/byte-stream.ts';"] : []),
    '',
    '/** Milliseconds since 1970-01-01T00:00:00Z. */',
    'export type Timestamp = number;',
  ];
  for (const [name, shape] of Object.entries(shapes)) {
    if (isError(shape)) continue;
    if (shape.type === 'string' && shape.enum) lines.push('', `export type ${typeName(name)} = ${shape.enum.map(quoted).join(' | ')};`);
    if (shape.type !== 'structure') continue;
    lines.push('', `export interface ${typeName(name)} {`);
    for (const [member, { shape: target, streaming }] of Object.entries(shape.members ?? {})) {
      const isRequired = shape.required?.includes(member) === true;
      const type = streaming ? (inputs.has(name) ? 'StreamedBody' : 'ByteStream | Uint8Array') : typeOf(target, source);
      lines.push(`  readonly ${member}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'};`);
    }
    lines.push('}');
  }
  if (commonErrors.length > 0) lines.push('', '/** What any operation may raise. */', `export type ${own}Error = ${commonErrors.map(quoted).join(' | ')};`);
  lines.push('', `/** Every operation of ${own}: what it takes, what it answers, which errors it may raise. */`, `export interface ${own} {`);
  for (const [name, { input, output, errors = [] }] of Object.entries(operations)) {
    const codes = [...errors.map(({ shape }) => quoted(codeOf(shape, shapeOf(source, shape)))), ...(commonErrors.length > 0 ? [`${own}Error`] : [])].join(' | ') || 'never';
    lines.push(`  ${name}: { input: ${input ? typeName(input.shape) : '{}'}; output: ${output ? typeName(output.shape) : 'void'}; errors: ${codes} };`);
  }
  lines.push('}', '');
  return lines.join('\n');
}

function typeOf(name: string, source: Source): string {
  const { type, member, value, enum: values } = shapeOf(source, name);
  if (type === 'structure' || values) return typeName(name);
  if (type === 'list' && member) return `readonly ${grouped(typeOf(member.shape, source))}[]`;
  if (type === 'map' && value) return `{ readonly [key: string]: ${typeOf(value.shape, source)} }`;
  const scalar = scalars[type];
  if (scalar === undefined) throw new Error(`${name}: no TypeScript type for ${type}`);
  return scalar;
}

const grouped = (type: string): string => (type.startsWith('readonly ') ? `(${type})` : type);
const typeName = (shape: string): string => shape[0]!.toUpperCase() + shape.slice(1);
const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
