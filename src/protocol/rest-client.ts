/** The wire of S3 from the other end: writes an operation's input as a request to another server, and reads what that answers. All by the model: nothing passes that the model does not name. Source: Smithy, "HTTP bindings". */
import { ApiError } from '../base/api-error.ts';
import type { ByteStream } from '../base/byte-stream.ts';
import type { Member, Operation } from '../model/service.ts';
import type { StructureValue, Value } from './protocol.ts';
import { headerBytes, headerWriter } from './rest-output.ts';
import { utf8Text } from './rest-parameters.ts';
import { readScalar } from './scalar-text.ts';
import { documentWriter } from './xml-bodies.ts';
import { readAnswer } from './xml-input.ts';

export interface ClientRequest {
  readonly method: string;
  /** Percent-encoded: every byte but those that are unreserved, and the slashes of a key. */
  readonly path: string;
  /** Names and values, not encoded yet. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | ByteStream;
}

export interface ClientAnswer {
  readonly status: number;
  /** Names and values by turns, as received. */
  readonly rawHeaders: readonly string[];
  /** A stream where the operation's output is one and the answer no error. */
  readonly body: Uint8Array | ByteStream;
}

/** What another server says went wrong; also behind a status that says that all went well. */
export interface ClientError { readonly code: string | undefined; readonly message: string | undefined }

const nothing = new Uint8Array(0);

/** Every character but those that are unreserved. Source: RFC 3986, section 2.3. */
export const encodeText = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const wireName = (member: Member): string => member.locationName ?? member.name;

/** The request of an operation. A streaming body is the input's own. */
export function writeRestRequest({ http, input, name }: Operation, given: StructureValue): ClientRequest {
  const [template = '/', literals = ''] = http.requestUri.split('?', 2);
  const query: (readonly [string, string])[] = literals.split('&').filter((part) => part !== '').map((part) => {
    const [parameter = '', value = ''] = part.split('=', 2);
    return [parameter, value];
  });
  const headers: Record<string, string> = {};
  const labels = new Map<string, string>();
  for (const member of input?.members.values() ?? []) {
    const value = given[member.name];
    if (value === undefined) continue;
    if (member.location === 'uri') labels.set(wireName(member), String(value));
    else if (member.location === 'querystring') query.push([wireName(member), headerWriter(member.shape)(value)]);
    else if (member.location === 'header') headers[wireName(member)] = headerWriter(member.shape)(value);
    else if (member.location === 'headers') for (const [key, text] of Object.entries(value as StructureValue)) headers[`${wireName(member)}${key}`] = headerBytes(String(text));
  }
  const path = template.replaceAll(/\{([^}+]+)(\+?)\}/g, (_, label: string, greedy: string) => {
    const text = labels.get(label) ?? '';
    return greedy === '' ? encodeText(text) : text.split('/').map(encodeText).join('/');
  });
  return { method: http.method, path, query, headers, body: bodyOf({ input, name }, given) };
}

function bodyOf({ input, name }: Pick<Operation, 'input' | 'name'>, given: StructureValue): Uint8Array | ByteStream {
  if (!input) return nothing;
  const payload = input.payload === undefined ? undefined : input.members.get(input.payload);
  if (payload) {
    const value = given[payload.name];
    if (value === undefined) return nothing;
    if (payload.shape.type !== 'structure') return typeof value === 'string' ? Buffer.from(value) : (value as Uint8Array | ByteStream);
    return Buffer.from(documentWriter(payload.shape, payload.locationName ?? payload.shape.name, payload.xmlNamespace?.uri)(value as StructureValue));
  }
  if (![...input.members.values()].some((member) => member.location === undefined && given[member.name] !== undefined)) return nothing;
  return Buffer.from(documentWriter(input, `${name}Request`, undefined)(given));
}

/** The output of an answer that says that all went well; the error, where a body says otherwise in spite of that. Raises MalformedXML. */
export function readRestAnswer({ output, resultWrapper, name }: Operation, { status, rawHeaders, body }: ClientAnswer): { readonly output: StructureValue } | { readonly error: ClientError } {
  if (!output) return { output: {} };
  const value: Record<string, Value> = {};
  const members = [...output.members.values()];
  readHeaders(members, rawHeaders, value);
  for (const member of members) if (member.location === 'statusCode') value[member.name] = status;
  const payload = output.payload === undefined ? undefined : output.members.get(output.payload);
  if (payload?.isStreaming) {
    value[payload.name] = body;
    return { output: value };
  }
  if (!(body instanceof Uint8Array)) throw new Error(`${name}: only a streaming output has a stream for a body`);
  if (payload && payload.shape.type !== 'structure') {
    if (body.length > 0) value[payload.name] = utf8Text(body) ?? '';
    return { output: value };
  }
  const isDocument = payload !== undefined || members.some(({ location }) => location === undefined);
  if (!isDocument || body.length === 0) return { output: value };
  const document = readAnswer(body);
  if (document.name === 'Error') return { error: { code: document.text('Code'), message: document.text('Message') } };
  const root = payload?.shape.type === 'structure' ? (payload.locationName ?? payload.shape.name) : (resultWrapper ?? `${name}Result`);
  // A server that does not know what it was asked for answers something else.
  if (document.name !== root) throw new ApiError('MalformedXML', `a ${document.name} where a ${root} was asked for`);
  if (payload?.shape.type === 'structure') value[payload.name] = document.as(payload.shape);
  else Object.assign(value, document.as(output));
  return { output: value };
}

function readHeaders(members: readonly Member[], rawHeaders: readonly string[], value: Record<string, Value>): void {
  const headers = new Map(members.filter(({ location }) => location === 'header').map((member) => [wireName(member).toLowerCase(), member]));
  const prefixes = members.filter(({ location }) => location === 'headers');
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const header = rawHeaders[i]!.toLowerCase();
    const raw = rawHeaders[i + 1]!;
    const text = /[^\x00-\x7f]/.test(raw) ? (utf8Text(Buffer.from(raw, 'latin1')) ?? raw) : raw;
    const member = headers.get(header);
    const read = member && headerValue(member, text);
    // What is not of its type says nothing: another server's slip is no reason to lose the rest.
    if (member && read !== undefined) value[member.name] = read;
    if (member) continue;
    for (const prefixed of prefixes) {
      const prefix = wireName(prefixed).toLowerCase();
      if (!header.startsWith(prefix) || header.length === prefix.length) continue;
      ((value[prefixed.name] ??= Object.create(null)) as Record<string, Value>)[header.slice(prefix.length)] = text;
    }
  }
}

function headerValue({ shape }: Member, text: string): Value | undefined {
  if (shape.type === 'structure' || shape.type === 'map') return undefined;
  if (shape.type !== 'list') return readScalar[shape.type](text.trim());
  const { shape: entry } = shape.member;
  if (entry.type === 'structure' || entry.type === 'map' || entry.type === 'list') return undefined;
  return text.split(',').flatMap((part) => {
    const read = readScalar[entry.type](part.trim());
    return read === undefined ? [] : [read];
  });
}

/** The error in the body of an answer; neither code nor message where the body says none. */
export function readRestError(body: Uint8Array): ClientError {
  if (body.length === 0) return { code: undefined, message: undefined };
  try {
    const document = readAnswer(body);
    return document.name === 'Error' ? { code: document.text('Code'), message: document.text('Message') } : { code: undefined, message: undefined };
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    // A page of a proxy in between, say: what it says is no error of S3.
    return { code: undefined, message: undefined };
  }
}
