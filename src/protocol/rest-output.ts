/** Writes an operation's output as a REST answer: status, headers and body, as the model says where each member stands. Compiled once an operation. Source: Smithy, "HTTP bindings". */
import type { ByteStream } from '../base/byte-stream.ts';
import type { Member, Operation, Service, Shape, StructureShape } from '../model/service.ts';
import type { StructureValue, Value, WireResponse } from './protocol.ts';
import { bodiesOf } from './rest-bodies.ts';
import type { RestBodies } from './rest-bodies.ts';
import { writeTimestamp } from './scalar-text.ts';

type OutputWriter = (output: StructureValue) => WireResponse;

const writers = new WeakMap<Operation, OutputWriter>();
const nothing: StructureValue = Object.freeze({});

export function writeRestOutput(operation: Operation, output: StructureValue | undefined): WireResponse {
  let write = writers.get(operation);
  if (!write) writers.set(operation, (write = compile(operation)));
  return write(output ?? nothing);
}

type Body = Pick<WireResponse, 'body' | 'contentType'>;

function compile({ http, output, service, resultWrapper, name }: Operation): OutputWriter {
  const success = http.responseCode ?? 200;
  if (!output) return () => ({ status: success, contentType: undefined, body: '' });
  const members = [...output.members.values()];
  const headers = new Map(members.filter(({ location }) => location === 'header').map((member) => [member.name, { wireName: member.locationName ?? member.name, write: headerWriter(member.shape) }]));
  const prefixes = members.filter(({ location }) => location === 'headers').map((member) => ({ name: member.name, prefix: member.locationName ?? '' }));
  const statusMember = members.find(({ location }) => location === 'statusCode');
  const bodyOf = bodyWriter(output, resultWrapper ?? `${name}Result`, service);
  return (value) => {
    const written: Record<string, string> = {};
    let contentType: string | undefined;
    // What an operation gives is far less than what its model has.
    for (const member in value) {
      const given = value[member];
      if (given === undefined) continue;
      const header = headers.get(member);
      if (!header) continue;
      if (header.wireName === 'Content-Type') contentType = header.write(given);
      else written[header.wireName] = header.write(given);
    }
    for (const { name: member, prefix } of prefixes) for (const [key, given] of Object.entries((value[member] ?? nothing) as StructureValue)) written[prefix + key] = headerBytes(String(given));
    const body = bodyOf(value);
    const status = statusMember ? value[statusMember.name] : undefined;
    return {
      // Source: RFC 9110, section 15.3.7: what has a Content-Range is a part.
      status: typeof status === 'number' ? status : 'Content-Range' in written ? 206 : success,
      contentType: contentType ?? body.contentType,
      headers: written,
      body: body.body,
    };
  };
}

/** Headers are bytes: what is beyond ASCII goes out in UTF-8. */
export const headerBytes = (text: string): string => (/[^\x00-\x7f]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text);

/** A value as a header has it. */
export function headerWriter(shape: Shape): (value: Value) => string {
  switch (shape.type) {
    case 'timestamp': return (value) => writeTimestamp(value as number, shape.format ?? 'rfc822');
    case 'list': {
      const { shape: entry } = shape.member;
      const write = headerWriter(entry);
      // An HTTP date has a comma of its own, a text may have one and is then quoted. Source: Smithy, "httpHeader trait".
      return (value) => (value as readonly Value[]).map((one) => (entry.type === 'string' && /[",]/.test(String(one)) ? `"${write(one).replaceAll(/["\\]/g, '\\$&')}"` : write(one))).join(', ');
    }
    case 'blob': return (value) => Buffer.from(value as Uint8Array).toString('base64');
    default: return (value) => headerBytes(String(value));
  }
}

const noBody: Body = { contentType: undefined, body: '' };

function bodyWriter(output: StructureShape, root: string, service: Service): (value: StructureValue) => Body {
  const bodies = bodiesOf(service);
  const namespace = service.xmlNamespace;
  const { contentType, empty, unwrapped } = bodies;
  const payload = output.payload === undefined ? undefined : output.members.get(output.payload);
  if (payload) return payloadWriter(payload, namespace, bodies);
  const inBody = [...output.members.values()].filter(({ location }) => location === undefined);
  const [only] = inBody;
  if (!only) return () => (empty === undefined ? noBody : { contentType, body: empty });
  if (unwrapped && inBody.length === 1 && (only.locationName ?? only.name) === root) {
    const write = unwrapped(only, root, namespace);
    return (value) => ({ contentType, body: write(value) });
  }
  const write = bodies.writer(inBodyShape(output, inBody), root, namespace);
  return (value) => ({ contentType, body: write(value) });
}

/** What stands in headers stands nowhere else. */
const inBodyShape = (output: StructureShape, members: readonly Member[]): StructureShape => ({ ...output, members: new Map(members.map((member) => [member.name, member])) });

function payloadWriter({ name, shape, isStreaming, locationName, xmlNamespace }: Member, namespace: string | undefined, bodies: RestBodies): (value: StructureValue) => Body {
  if (shape.type === 'structure') {
    const root = locationName ?? shape.name;
    const write = bodies.writer(shape, root, xmlNamespace?.uri ?? namespace);
    return ({ [name]: value }) => (value === undefined ? noBody : { contentType: bodies.contentType, body: write(value as StructureValue) });
  }
  const contentType = shape.type === 'string' ? 'text/plain' : 'application/octet-stream';
  // The output's type was checked where the operation was defined: a stream, bytes, or a text.
  return ({ [name]: value }) => (value === undefined ? (isStreaming ? { contentType, body: '' } : noBody) : { contentType, body: value as string | Uint8Array | ByteStream });
}
