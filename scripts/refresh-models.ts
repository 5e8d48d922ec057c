/** Compacts botocore service models into models/<service>.json and writes the operations' TypeScript types beside them. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';

/** The services Gatehouse serves, and what botocore's model does not say about them. */
const services = {
  iam: { isGlobal: true, signingName: 'iam' },
  sts: { isGlobal: false, signingName: 'sts' },
} as const;

const protocols: Record<string, string> = { query: 'awsQuery', ec2: 'ec2Query', json: 'awsJson', 'rest-json': 'restJson', 'rest-xml': 'restXml' };

interface SourceMember { shape: string; documentation?: string; locationName?: string; location?: string; flattened?: boolean; xmlAttribute?: boolean; xmlNamespace?: unknown; streaming?: boolean; timestampFormat?: string; queryName?: string; idempotencyToken?: boolean }
interface SourceShape {
  type: string; documentation?: string; members?: Record<string, SourceMember>; member?: SourceMember; key?: SourceMember; value?: SourceMember;
  required?: string[]; enum?: string[]; min?: number; max?: number; pattern?: string; sensitive?: boolean; flattened?: boolean; box?: boolean;
  exception?: boolean; error?: { code?: string; httpStatusCode?: number; senderFault?: boolean }; fault?: boolean; timestampFormat?: string; payload?: string; streaming?: boolean;
}
interface SourceOperation { name: string; http: { method: string; requestUri: string; responseCode?: number }; input?: { shape: string }; output?: { shape: string; resultWrapper?: string }; errors?: { shape: string }[]; authtype?: string }
interface Source { metadata: Record<string, any>; operations: Record<string, SourceOperation>; shapes: Record<string, SourceShape> }

function botocoreData(): string {
  const given = process.argv[2];
  if (given) return given;
  const python = execFileSync('python3', ['-c', 'import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), "data"))'], { encoding: 'utf8' });
  return python.trim();
}

function readSource(data: string, service: string): Source {
  const [file] = globSync(join(data, service, '*', 'service-2.json{,.gz}')).sort().reverse();
  if (!file || !existsSync(file)) throw new Error(`no service-2.json for ${service} below ${data}`);
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** Only what routing, reading, checking and writing need; no documentation. */
function compactMember({ documentation: _, shape, ...traits }: SourceMember): unknown {
  return Object.keys(traits).length === 0 ? shape : { shape, ...traits };
}

function compactShape(shape: SourceShape): Record<string, unknown> {
  const { documentation: _, members, member, key, value, exception: __, error: ___, fault: ____, box: _____, ...rest } = shape;
  return {
    ...rest,
    ...(members && { members: Object.fromEntries(Object.entries(members).map(([name, m]) => [name, compactMember(m)])) }),
    ...(member && { member: compactMember(member) }),
    ...(key && { key: compactMember(key) }),
    ...(value && { value: compactMember(value) }),
  };
}

const codeOf = (name: string, shape: SourceShape): string => shape.error?.code ?? name;

function compact(service: string, source: Source): Record<string, unknown> {
  const { metadata, operations, shapes } = source;
  const isError = (shape: SourceShape): boolean => shape.exception === true || shape.error !== undefined;
  const protocol = protocols[metadata['protocol']];
  if (!protocol) throw new Error(`${service}: unknown protocol ${metadata['protocol']}`);
  return {
    service,
    serviceId: metadata['serviceId'],
    apiVersion: metadata['apiVersion'],
    protocol,
    ...(metadata['xmlNamespace'] && { xmlNamespace: metadata['xmlNamespace'] }),
    ...(metadata['targetPrefix'] && { targetPrefix: metadata['targetPrefix'], jsonVersion: metadata['jsonVersion'] }),
    endpointPrefix: metadata['endpointPrefix'],
    ...services[service as keyof typeof services],
    operations: Object.fromEntries(Object.entries(operations).map(([name, op]) => [name, {
      ...(op.http.method === 'POST' && op.http.requestUri === '/' ? {} : { http: op.http }),
      ...(op.input && { input: op.input.shape }),
      ...(op.output && { output: op.output.shape }),
      ...(op.output?.resultWrapper && { resultWrapper: op.output.resultWrapper }),
      ...(op.authtype && { authtype: op.authtype }),
      errors: (op.errors ?? []).map((e) => codeOf(e.shape, shapes[e.shape]!)),
    }])),
    errors: Object.fromEntries(Object.entries(shapes).filter(([, s]) => isError(s)).map(([name, s]) => [codeOf(name, s), {
      shape: name,
      status: s.error?.httpStatusCode ?? (s.fault ? 500 : 400),
      fault: s.fault || (s.error?.httpStatusCode ?? 400) >= 500 ? 'Receiver' : 'Sender',
    }])),
    shapes: Object.fromEntries(Object.entries(shapes).filter(([, s]) => !isError(s)).map(([name, s]) => [name, compactShape(s)])),
  };
}

const scalars: Record<string, string> = { string: 'string', boolean: 'boolean', integer: 'number', long: 'number', float: 'number', double: 'number', timestamp: 'Timestamp', blob: 'Uint8Array', character: 'string' };

function typeOf(name: string, shapes: Record<string, SourceShape>): string {
  const shape = shapes[name]!;
  if (shape.type === 'structure') return typeName(name);
  if (shape.type === 'list') return `readonly ${wrap(typeOf(shape.member!.shape, shapes))}[]`;
  if (shape.type === 'map') return `{ readonly [key: string]: ${typeOf(shape.value!.shape, shapes)} }`;
  if (shape.enum) return typeName(name);
  return scalars[shape.type] ?? 'never';
}

const wrap = (type: string): string => (type.startsWith('readonly ') ? `(${type})` : type);
const typeName = (shape: string): string => shape[0]!.toUpperCase() + shape.slice(1);

function typesOf(service: string, source: Source): string {
  const { operations, shapes } = source;
  const own = typeName(service);
  const lines = [
    `/** The types of ${own}'s operations, written by scripts/refresh-models.ts from the same model as ${service}.json. Not edited by hand. */`,
    '',
    '/** Milliseconds since 1970-01-01T00:00:00Z. */',
    'export type Timestamp = number;',
  ];
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.exception || shape.error) continue;
    if (shape.type === 'string' && shape.enum) lines.push('', `export type ${typeName(name)} = ${shape.enum.map((v) => `'${v}'`).join(' | ')};`);
    if (shape.type !== 'structure') continue;
    lines.push('', `export interface ${typeName(name)} {`);
    for (const [member, m] of Object.entries(shape.members ?? {})) {
      const isRequired = shape.required?.includes(member);
      lines.push(`  readonly ${member}${isRequired ? '' : '?'}: ${typeOf(m.shape, shapes)}${isRequired ? '' : ' | undefined'};`);
    }
    lines.push('}');
  }
  lines.push('', `/** Every operation of ${own}: what it takes, what it answers, which errors it may raise. */`, `export interface ${own} {`);
  for (const [name, op] of Object.entries(operations)) {
    const errors = (op.errors ?? []).map((e) => `'${codeOf(e.shape, shapes[e.shape]!)}'`).join(' | ') || 'never';
    lines.push(`  ${name}: { input: ${op.input ? typeName(op.input.shape) : '{}'}; output: ${op.output ? typeName(op.output.shape) : 'void'}; errors: ${errors} };`);
  }
  lines.push('}', '');
  return lines.join('\n');
}

const data = botocoreData();
for (const service of Object.keys(services)) {
  const source = readSource(data, service);
  const model = compact(service, source);
  writeFileSync(new URL(`../models/${service}.json`, import.meta.url), `${JSON.stringify(model, null, 1)}\n`);
  writeFileSync(new URL(`../models/${service}.ts`, import.meta.url), typesOf(service, source));
  console.log(`${service}: ${Object.keys(source.operations).length} operations, ${Object.keys(source.shapes).length} shapes`);
}
