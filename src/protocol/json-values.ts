/** Values as JSON, in both directions, as their shapes describe them. Compiled once a shape. Source: Smithy, "AWS JSON 1.1 protocol", "Shape serialization". */
import { ApiError } from '../base/api-error.ts';
import type { Timestamp } from '../base/clock.ts';
import type { Member, Shape, StructureShape, TimestampShape } from '../model/service.ts';
import type { StructureValue, Value } from './protocol.ts';
import { readScalar, writeTimestamp } from './scalar-text.ts';

/** Levels of a document. Source of the number: none of AWS's models goes half as deep. */
export const jsonDepthMax = 100;

export interface JsonNames {
  /** The member's name in a document. */
  readonly nameOf: (member: Member) => string;
}

/** awsJson knows no other names than the members' own. Source: Smithy, "AWS JSON 1.1 protocol": jsonName is not honoured; botocore's models keep it as locationName. */
export const memberNames: JsonNames = { nameOf: ({ locationName, name }) => locationName ?? name };

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Reader = (json: Json, path: string, depth: number) => Value;
type Writer = (value: Value) => Json;

/** The document's text as JSON. Raises SerializationException. */
export function parseJson(body: Uint8Array): Json {
  try {
    return JSON.parse(utf8.decode(body)) as Json;
  } catch (cause) {
    throw unreadable('The body of the request is not JSON in UTF-8', cause);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const unreadable = (message: string, cause?: unknown): ApiError => new ApiError('SerializationException', message, { cause });

export class JsonValues {
  readonly #names: JsonNames;
  readonly #readers = new WeakMap<StructureShape, Reader>();
  readonly #writers = new WeakMap<StructureShape, Writer>();

  constructor(names: JsonNames) {
    this.#names = names;
  }

  /** The structure that a document holds. Names that the shape lacks, and nulls, are left out; what does not fit the shape raises SerializationException. */
  read(shape: StructureShape, json: unknown): StructureValue {
    // An edge: the document is whatever JSON.parse made of it, and a structure's reader gives a structure.
    return this.#structureReader(shape)(json as Json, '', 0) as StructureValue;
  }

  write(shape: StructureShape, structure: StructureValue): string {
    return JSON.stringify(this.#structureWriter(shape)(structure));
  }

  #structureReader(shape: StructureShape): Reader {
    let reader = this.#readers.get(shape);
    if (reader) return reader;
    // Built at the first read, because a structure may contain itself.
    let members: readonly { readonly name: string; readonly wireName: string; readonly read: Reader }[] | undefined;
    reader = (json, path, depth) => {
      const document = asObject(json, path, depth);
      members ??= [...shape.members.values()].map((member) => ({ name: member.name, wireName: this.#names.nameOf(member), read: this.#reader(member.shape) }));
      // Only the model's own names are ever set.
      const structure: Record<string, Value> = {};
      for (const { name, wireName, read } of members) {
        const json = Object.hasOwn(document, wireName) ? document[wireName] : undefined;
        if (json !== undefined && json !== null) structure[name] = read(json, path === '' ? wireName : `${path}.${wireName}`, depth + 1);
      }
      return structure;
    };
    this.#readers.set(shape, reader);
    return reader;
  }

  #reader(shape: Shape): Reader {
    switch (shape.type) {
      case 'structure': return this.#structureReader(shape);
      case 'list': {
        let read: Reader | undefined;
        return (json, path, depth) => {
          if (!Array.isArray(json)) throw misplaced(json, path);
          if (depth > jsonDepthMax) throw tooDeep();
          read ??= this.#reader(shape.member.shape);
          return json.map((entry: Json) => (entry === null ? refuseNull(path) : read!(entry, path, depth + 1)));
        };
      }
      case 'map': {
        let read: Reader | undefined;
        return (json, path, depth) => {
          const document = asObject(json, path, depth);
          read ??= this.#reader(shape.value.shape);
          // The keys are the caller's: without a prototype none of them means anything to JavaScript.
          const map: Record<string, Value> = Object.create(null);
          for (const key of Object.keys(document)) if (document[key] !== null) map[key] = read(document[key]!, path, depth + 1);
          return map;
        };
      }
      default: {
        const read = scalarReaders[shape.type] as (json: Json, shape: Shape) => Value | undefined;
        return (json, path) => read(json, shape) ?? misfit(json, path);
      }
    }
  }

  #structureWriter(shape: StructureShape): Writer {
    let writer = this.#writers.get(shape);
    if (writer) return writer;
    let members: readonly { readonly name: string; readonly wireName: string; readonly write: Writer }[] | undefined;
    writer = (value) => {
      const structure = value as StructureValue;
      members ??= [...shape.members.values()].map((member) => ({ name: member.name, wireName: this.#names.nameOf(member), write: this.#writer(member.shape) }));
      const document: Record<string, Json> = {};
      for (const { name, wireName, write } of members) {
        const value = structure[name];
        if (value !== undefined) document[wireName] = write(value);
      }
      return document;
    };
    this.#writers.set(shape, writer);
    return writer;
  }

  // The outputs' types come from the model, so each value is of its shape's type.
  #writer(shape: Shape): Writer {
    switch (shape.type) {
      case 'structure': return this.#structureWriter(shape);
      case 'list': {
        let write: Writer | undefined;
        return (value) => (value as readonly Value[]).map((write ??= this.#writer(shape.member.shape)));
      }
      case 'map': {
        let write: Writer | undefined;
        return (value) => {
          write ??= this.#writer(shape.value.shape);
          const document: Record<string, Json> = Object.create(null);
          for (const [key, entry] of Object.entries(value as StructureValue)) if (entry !== undefined) document[key] = write(entry);
          return document;
        };
      }
      case 'timestamp': return (value) => writeJsonTimestamp(value as Timestamp, shape.format);
      case 'blob': return (value) => Buffer.from(value as Uint8Array).toString('base64');
      case 'float':
      case 'double': return (value) => (Number.isFinite(value) ? (value as number) : String(value));
      default: return (value) => value as string | number | boolean;
    }
  }
}

/** Each scalar as JSON holds it; undefined for what is none of that type. Source: Smithy, "AWS JSON 1.1 protocol", "Shape serialization". */
const scalarReaders: { readonly [Type in Exclude<Shape['type'], 'structure' | 'list' | 'map'>]: (json: Json, shape: Extract<Shape, { readonly type: Type }>) => Value | undefined } = {
  string: (json) => (typeof json === 'string' ? json : undefined),
  boolean: (json) => (typeof json === 'boolean' ? json : undefined),
  integer: (json) => (Number.isInteger(json) ? readScalar.integer(String(json)) : undefined),
  // A long beyond 2^53 would have lost its last digits, so it is refused.
  long: (json) => (Number.isSafeInteger(json) ? (json as number) : undefined),
  float: readDecimal,
  double: readDecimal,
  timestamp: (json) => (typeof json === 'number' ? readScalar.timestamp(json.toFixed(3)) : typeof json === 'string' ? readScalar.timestamp(json) : undefined),
  blob: (json) => (typeof json === 'string' ? readScalar.blob(json) : undefined),
};

const namedNumbers: ReadonlyMap<Json, number> = new Map<Json, number>([['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]]);

function readDecimal(json: Json): number | undefined {
  return typeof json === 'number' ? json : namedNumbers.get(json);
}

/** Seconds since 1970 unless the shape asks for another form. Source: Smithy, "AWS JSON 1.1 protocol". */
function writeJsonTimestamp(at: Timestamp, format: TimestampShape['format'] = 'unixTimestamp'): Json {
  return format === 'unixTimestamp' ? at / 1000 : writeTimestamp(at, format);
}

function asObject(json: Json, path: string, depth: number): { readonly [name: string]: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw misplaced(json, path);
  if (depth > jsonDepthMax) throw tooDeep();
  // An array was ruled out above, which Array.isArray does not tell of readonly ones.
  return json as { readonly [name: string]: Json };
}

const tooDeep = (): ApiError => unreadable(`A document may have at most ${jsonDepthMax} levels`);

const typeName = (json: Json): string => (Array.isArray(json) ? 'LIST_VALUE' : `${typeof json === 'object' ? 'STRUCTURE' : typeof json}_VALUE`.toUpperCase());

const misplaced = (json: Json, path: string): ApiError => unreadable(path === '' ? 'Unexpected value at the start of the document' : `${typeName(json)} cannot be converted at ${path}`);

function misfit(json: Json, path: string): never {
  throw misplaced(json, path);
}

function refuseNull(path: string): never {
  throw unreadable(`A list must not hold null: ${path}`);
}
