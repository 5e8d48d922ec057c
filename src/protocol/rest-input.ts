/** Reads an operation's input off a REST request: from path, query, headers and body, as the model says where each member stands. Compiled once an operation. Source: Smithy, "HTTP bindings". */
import type { ApiError } from '../base/api-error.ts';
import type { MapShape, Member, Operation, StructureShape } from '../model/service.ts';
import type { StructureValue, Value, WireRequest } from './protocol.ts';
import { bodiesOf } from './rest-bodies.ts';
import type { RestBodies } from './rest-bodies.ts';
import { decodeText, parametersOf, repeatedParameter, utf8Text } from './rest-parameters.ts';
import { labelReader } from './rest-route.ts';
import { readScalar } from './scalar-text.ts';

type InputReader = (request: WireRequest) => StructureValue;

const readers = new WeakMap<Operation, InputReader>();
const nothing: StructureValue = Object.freeze({});

export function readRestInput(operation: Operation, request: WireRequest): StructureValue {
  const { input } = operation;
  if (!input) return nothing;
  let read = readers.get(operation);
  if (!read) readers.set(operation, (read = compile(operation, input)));
  return read(request);
}

type Bound = Record<string, Value>;

function compile(operation: Operation, input: StructureShape): InputReader {
  const members = [...input.members.values()];
  const { names, read: readLabels } = labelReader(operation);
  const labels = members.filter(({ location }) => location === 'uri').map((member) => ({ member, place: names.indexOf(wireName(member)) }));
  const parameters = members.filter(({ location }) => location === 'querystring');
  const headers: BoundHeaders = new Map(members.filter(({ location }) => location === 'header').map((member) => [wireName(member).toLowerCase(), member]));
  const prefixes = members.filter(({ location }) => location === 'headers');
  // Most headers of a request are no input: a glance at how long its name is saves looking it up.
  const lengths: boolean[] = Array.from({ length: Math.max(0, ...[...headers.keys()].map((name) => name.length)) + 1 }, () => false);
  for (const name of headers.keys()) lengths[name.length] = true;
  const bodies = bodiesOf(operation.service);
  const readBody = bodyReader(operation, input, bodies);
  return (request) => {
    const bound: Bound = {};
    if (labels.length > 0) {
      const given = readLabels(request.path);
      for (const { member, place } of labels) bound[member.name] = scalarOf(member, decodeText(given[place] ?? '', false), bodies);
    }
    if (request.query !== '') {
      const given = parametersOf(request);
      for (const member of parameters) {
        const text = given.get(wireName(member));
        if (text === undefined) continue;
        const { shape } = member;
        bound[member.name] = shape.type === 'list' ? repeatedParameter(request.query, wireName(member)).map((one) => scalarOf({ ...shape.member, name: member.name, shape: shape.member.shape }, one, bodies)) : scalarOf(member, text, bodies);
      }
    }
    readHeaders(request.rawHeaders, headers, lengths, prefixes, bound, bodies);
    readBody(request, bound);
    return bound;
  };
}

const wireName = (member: Pick<Member, 'name' | 'locationName'>): string => member.locationName ?? member.name;

/** By lower-case name. */
type BoundHeaders = ReadonlyMap<string, Member>;

/** `lengths`: whether a name of so many characters may be one of `headers`. */
function readHeaders(rawHeaders: readonly string[], headers: BoundHeaders, lengths: readonly boolean[], prefixes: readonly Member[], bound: Bound, bodies: RestBodies): void {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const raw = rawHeaders[i]!;
    if (prefixes.length === 0 && (raw.length >= lengths.length || !lengths[raw.length])) continue;
    const name = raw.toLowerCase();
    const member = headers.get(name);
    if (member) {
      const value = headerValue(member, rawHeaders[i + 1]!, bodies);
      const earlier = bound[member.name];
      // A header that comes twice is one list. Source: RFC 9110, section 5.3.
      bound[member.name] = earlier === undefined ? value : Array.isArray(earlier) && Array.isArray(value) ? [...earlier, ...value] : refuseTwice(member, earlier, value, bodies);
      continue;
    }
    for (const prefixed of prefixes) {
      const prefix = wireName(prefixed).toLowerCase();
      if (!name.startsWith(prefix) || name.length === prefix.length) continue;
      const map = (bound[prefixed.name] ??= Object.create(null)) as Record<string, Value>;
      const key = name.slice(prefix.length);
      const text = headerText(rawHeaders[i + 1]!);
      map[key] = typeof map[key] === 'string' ? `${map[key]},${text}` : text;
      // A map of headers holds texts, whatever the model calls them.
      void (prefixed.shape as MapShape);
    }
  }
}

function refuseTwice(member: Member, earlier: Value, value: Value, bodies: RestBodies): Value {
  if (earlier !== value) throw invalid(member, String(value), bodies);
  return earlier;
}

/** Text in UTF-8, else as it came: what is written back is then the same bytes. */
function headerText(raw: string): string {
  return beyondAscii.test(raw) ? (utf8Text(Buffer.from(raw, 'latin1')) ?? raw) : raw;
}

const beyondAscii = /[^\x00-\x7f]/;

function headerValue(member: Member, raw: string, bodies: RestBodies): Value {
  const { shape } = member;
  if (shape.type !== 'list') return scalarOf(member, headerText(raw).trim(), bodies);
  const entry = shape.member;
  return headerText(raw).split(',').map((part) => scalarOf(entry, part.trim(), bodies));
}

function scalarOf(member: Pick<Member, 'name' | 'shape' | 'locationName'>, text: string, bodies: RestBodies): Value {
  const { shape } = member;
  if (shape.type === 'structure' || shape.type === 'list' || shape.type === 'map') throw new Error(`${member.name}: a ${shape.type} has no place in a path, query or header`);
  const value = readScalar[shape.type](text);
  if (value === undefined) throw invalid(member, text, bodies);
  return value;
}

const invalid = (member: Pick<Member, 'name' | 'shape' | 'locationName'>, text: string, bodies: RestBodies): ApiError => bodies.invalid(wireName(member), member.shape.type, text);

function bodyReader(operation: Operation, input: StructureShape, bodies: RestBodies): (request: WireRequest, bound: Bound) => void {
  const payload = input.payload === undefined ? undefined : input.members.get(input.payload);
  if (!payload) return documentReader(operation, input, bodies);
  const { name, shape, isStreaming } = payload;
  if (isStreaming) {
    return (request, bound) => {
      if (request.stream) bound[name] = request.stream;
    };
  }
  if (shape.type === 'structure') {
    const root = payload.locationName ?? shape.name;
    return ({ body }, bound) => {
      if (body.byteLength > 0) bound[name] = bodies.read(shape, root, body);
    };
  }
  return ({ body }, bound) => {
    if (body.byteLength === 0) return;
    const value = shape.type === 'blob' ? body : utf8Text(body);
    if (value === undefined) throw bodies.invalid(name, shape.type, '');
    bound[name] = value;
  };
}

/** The members that stand nowhere else are the body's. */
function documentReader(operation: Operation, input: StructureShape, bodies: RestBodies): (request: WireRequest, bound: Bound) => void {
  if (![...input.members.values()].some(({ location }) => location === undefined)) return () => {};
  const root = `${operation.name}Request`;
  // A member that stands elsewhere is not read from the body, whatever the body calls so.
  const inBody: StructureShape = { ...input, members: new Map([...input.members].filter(([, { location }]) => location === undefined)) };
  return ({ body }, bound) => {
    if (body.byteLength > 0) Object.assign(bound, bodies.read(inBody, root, body));
  };
}
