/** Reads an operation's input from a form's tree, as its shape describes it. Compiled once a shape; a request only follows it. */
import { ApiError } from '../base/api-error.ts';
import type { ListShape, MapShape, Member, StructureShape } from '../model/service.ts';
import type { FormNode } from './form.ts';
import type { StructureValue, Value } from './protocol.ts';
import { readScalar, scalarNames } from './scalar-text.ts';
import type { ScalarShape } from './scalar-text.ts';

/** Reads the value at a node; `name` is the parameter's, for messages. */
type Reader = (node: FormNode, name: string) => Value;
type StructureReader = (node: FormNode) => StructureValue;

/** What the two query wires name differently. */
export interface QueryNames {
  /** The name that a member has on the wire. */
  readonly nameOf: (member: Member) => string;
  /** Every list is written as if it were flattened. */
  readonly areListsFlat: boolean;
}

/** A flattened list's name is its members' own where the list says so. Source: Smithy, "AWS Query protocol"; botocore's models, "flattened". */
const awsNames: QueryNames = {
  nameOf(member) {
    const { shape } = member;
    if (shape.type === 'list' && shape.isFlattened && shape.member.locationName !== undefined) return shape.member.locationName;
    return member.locationName ?? member.name;
  },
  areListsFlat: false,
};

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Source: Smithy, "AWS EC2 Query protocol", "Query key resolution". */
const ec2Names: QueryNames = {
  nameOf: ({ queryName, locationName, name }) => queryName ?? upperFirst(locationName ?? name),
  areListsFlat: true,
};

/** The input's reader. Parameters that the shape does not name are left out; what does not fit the shape raises MalformedInput. */
export type InputReader = (shape: StructureShape) => StructureReader;

function readerOf(names: QueryNames): InputReader {
  const readers = new WeakMap<StructureShape, StructureReader>();
  return function inputReader(shape) {
    let reader = readers.get(shape);
    if (!reader) {
      reader = structureReader(shape, { names, inputReader });
      readers.set(shape, reader);
    }
    return reader;
  };
}

interface Dialect { readonly names: QueryNames; readonly inputReader: InputReader }

interface MemberReader { readonly name: string; readonly wireName: string; readonly read: Reader }

function structureReader(shape: StructureShape, dialect: Dialect): StructureReader {
  // Built at the first read, because a structure may contain itself.
  let members: readonly MemberReader[] | undefined;
  return (node) => {
    members ??= [...shape.members.values()].map((member) => ({ name: member.name, wireName: dialect.names.nameOf(member), read: memberReader(member, dialect) }));
    // Only the model's own names are ever set.
    const structure: Record<string, Value> = {};
    for (const { name, wireName, read } of members) {
      const child = node.child(wireName);
      if (child) structure[name] = read(child, wireName);
    }
    return structure;
  };
}

function memberReader(member: Member, dialect: Dialect): Reader {
  const { shape } = member;
  switch (shape.type) {
    case 'structure': return nestedReader(shape, dialect);
    case 'list': return listReader(shape, member.isFlattened || shape.isFlattened || dialect.names.areListsFlat, dialect);
    case 'map': return mapReader(shape, member.isFlattened || shape.isFlattened, dialect);
    default: return scalarReader(shape);
  }
}

function scalarReader(shape: ScalarShape): Reader {
  const read = readScalar[shape.type];
  return (node, name) => {
    if (node.value === undefined) throw new ApiError('MalformedInput', `Start of structure or map found where not expected: ${name}`);
    const value = read(node.value);
    if (value === undefined) throw new ApiError('MalformedInput', `The value of ${name} can not be converted to ${article(scalarNames[shape.type])}`);
    return value;
  };
}

const article = (noun: string): string => `${/^[AEIOU]/.test(noun) ? 'an' : 'a'} ${noun}`;

function nestedReader(shape: StructureShape, { inputReader }: Dialect): Reader {
  const read = inputReader(shape);
  return (node, name) => {
    refuseText(node, name);
    return read(node);
  };
}

/** Clients write an empty structure, list or map as `Name=`. Source: Smithy, "AWS Query protocol", "Empty lists". */
function refuseText({ value, children }: FormNode, name: string): void {
  if (!children && value !== '') throw new ApiError('MalformedInput', `Unexpected complex element termination: ${name} is not a single value`);
}

function listReader(shape: ListShape, isFlattened: boolean, dialect: Dialect): Reader {
  const memberName = shape.member.locationName ?? 'member';
  let readMember: Reader | undefined;
  return (node, name) => {
    refuseText(node, name);
    const read = (readMember ??= memberReader(shape.member, dialect));
    return entriesOf(node, isFlattened ? undefined : memberName, name).map((entry) => read(entry, name));
  };
}

function mapReader(shape: MapShape, isFlattened: boolean, dialect: Dialect): Reader {
  const keyName = shape.key.locationName ?? 'key';
  const valueName = shape.value.locationName ?? 'value';
  let readValue: Reader | undefined;
  return (node, name) => {
    refuseText(node, name);
    readValue ??= memberReader(shape.value, dialect);
    // The keys are the caller's: without a prototype none of them means anything to JavaScript.
    const map: Record<string, Value> = Object.create(null);
    for (const entry of entriesOf(node, isFlattened ? undefined : 'entry', name)) {
      const key = entry.child(keyName)?.value;
      const valueNode = entry.child(valueName);
      const value = valueNode && readValue(valueNode, name);
      if (key === undefined || value === undefined) throw new ApiError('MalformedInput', `An entry of ${name} lacks its ${key === undefined ? keyName : valueName}`);
      if (!(key in map)) map[key] = value;
    }
    return map;
  };
}

const indexForm = /^[1-9]\d{0,8}$/;

/**
 * The numbered entries of a list or map, in order of their numbers; a gap between numbers is closed, so no number costs more than its parameter.
 * A list that holds none of the expected form is refused: to ignore it could drop a limit that the caller meant to set (`PolicyArns.1.arn`).
 */
function entriesOf(node: FormNode, under: string | undefined, name: string): readonly FormNode[] {
  if (!node.children) return [];
  const holder = under === undefined ? node : node.child(under);
  if (!holder?.children) throw new ApiError('MalformedInput', `Keys encountered in unexpected position: the entries of ${name} are named ${name}.${under}.N`);
  const entries: { readonly index: number; readonly node: FormNode }[] = [];
  let isSorted = true;
  for (const [key, entry] of holder.children) {
    if (!indexForm.test(key)) throw new ApiError('MalformedInput', `Keys encountered in unexpected position: the entries of ${name} are numbered from 1`);
    const index = Number(key);
    const last = entries.at(-1);
    if (last && last.index > index) isSorted = false;
    entries.push({ index, node: entry });
  }
  if (!isSorted) entries.sort((a, b) => a.index - b.index);
  return entries.map((entry) => entry.node);
}

/** How awsQuery writes an input. */
export const awsInputReader: InputReader = readerOf(awsNames);

/** How ec2Query writes one. */
export const ec2InputReader: InputReader = readerOf(ec2Names);
