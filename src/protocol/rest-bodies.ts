/** Bodies of the REST wires: the same members in XML or in JSON, and what each says of a value elsewhere that it cannot read. */
import { ApiError } from '../base/api-error.ts';
import type { Member, Service, Shape, StructureShape } from '../model/service.ts';
import { JsonValues, memberNames, parseJson } from './json-values.ts';
import type { StructureValue } from './protocol.ts';
import { documentWriter, unwrappedWriter } from './xml-bodies.ts';
import { readDocument } from './xml-input.ts';

export interface RestBodies {
  readonly contentType: string;
  /** The structure that the body holds, whose root is called so. */
  readonly read: (shape: StructureShape, root: string, body: Uint8Array) => StructureValue;
  /** A writer of the structure, whose root is called so. */
  readonly writer: (shape: StructureShape, root: string, namespace: string | undefined) => (value: StructureValue) => string;
  /** A writer of an output that is its only member, where the wire has that. */
  readonly unwrapped?: (member: Member, root: string, namespace: string | undefined) => (value: StructureValue) => string;
  /** What an output is in which nothing is said. */
  readonly empty: string | undefined;
  /** The refusal of a value in path, query or header that is none of its shape's. */
  readonly invalid: (name: string, type: Shape['type'], text: string) => ApiError;
}

/** How much of a value that cannot be read is repeated. */
const echoLengthMax = 256;

const xml: RestBodies = {
  contentType: 'application/xml',
  read: readDocument,
  writer: documentWriter,
  unwrapped: unwrappedWriter,
  empty: undefined,
  invalid(name, type, text) {
    const message = type === 'integer' ? `Provided ${name} not an integer or within integer range` : `Invalid value for ${name}`;
    return new ApiError('InvalidArgument', message, { details: { ArgumentName: name, ArgumentValue: text.slice(0, echoLengthMax) } });
  },
};

const values = new JsonValues(memberNames);

const json: RestBodies = {
  contentType: 'application/json',
  read: (shape, _, body) => values.read(shape, parseJson(body)),
  writer: (shape) => (value) => values.write(shape, value),
  empty: '{}',
  invalid: (name, type, text) => new ApiError('SerializationException', `${text.slice(0, echoLengthMax)} cannot be converted to a ${type} at ${name}`),
};

/** Those of the service's wire. */
export const bodiesOf = ({ protocol }: Service): RestBodies => (protocol === 'restJson' ? json : xml);
