/** Reads XML documents as shapes describe them, without DOCTYPE: of requests strictly, nothing that the shape does not name; of another server's answers what the shape names. Compiled once a shape. Source: Smithy, "XML bindings". */
import { SaxesParser } from 'saxes';
import { ApiError } from '../base/api-error.ts';
import type { ListShape, MapShape, Member, StructureShape } from '../model/service.ts';
import type { StructureValue, Value } from './protocol.ts';
import { utf8Text } from './rest-parameters.ts';
import { readScalar } from './scalar-text.ts';
import type { ScalarShape } from './scalar-text.ts';
import { entryName } from './xml-names.ts';

/** Limits of a document. Its bytes are limited before it is read. The longest that means something lists 10,000 parts of an object, each with number, tag and checksum. */
export const xmlLimits = { elementsMax: 50_000, depthMax: 24 } as const;

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

type Reader = (element: Element) => Value;
type StructureReader = (element: Element) => StructureValue;

/** The value of a document whose root element is called `name`. Raises MalformedXML. */
export function readDocument(shape: StructureShape, name: string, bytes: Uint8Array): StructureValue {
  const root = parse(bytes);
  if (root.name !== name) throw malformed();
  return structureReader(shape, 'strict')(root);
}

/** The root of a document of another server, read later by the shape that its name calls for. Raises MalformedXML. */
export function readAnswer(bytes: Uint8Array): { readonly name: string; as(shape: StructureShape): StructureValue; /** The text of an element right below the root. */ text(name: string): string | undefined } {
  const root = parse(bytes);
  return { name: root.name, as: (shape) => structureReader(shape, 'lenient')(root), text: (name) => root.children.find((child) => child.name === name)?.text };
}

// AWS: S3 says no more than this, whatever is wrong.
const malformed = (cause?: unknown): ApiError => new ApiError('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema', { cause });

/** A name without its prefix: in requests of one namespace a prefix says nothing. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function parse(bytes: Uint8Array): Element {
  const text = utf8Text(bytes);
  if (text === undefined) throw malformed();
  const parser = new SaxesParser();
  const open: Element[] = [];
  let root: Element | undefined;
  let count = 0;
  const refuse = (cause: unknown): never => { throw malformed(cause); };
  parser.on('error', refuse);
  // No entity can be declared, and so none can grow.
  parser.on('doctype', () => refuse(new Error('a DOCTYPE')));
  parser.on('opentag', ({ name, attributes }) => {
    if (++count > xmlLimits.elementsMax || open.length >= xmlLimits.depthMax) refuse(new Error('too many elements'));
    const element: Element = { name: localName(name), attributes: new Map(Object.entries(attributes)), children: [], text: '' };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  const onText = (part: string): void => {
    const element = open.at(-1);
    if (element) element.text += part;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => { open.pop(); });
  parser.write(text).close();
  return root ?? refuse(new Error('no element'));
}

/** What becomes of an element that the shape does not name: it is refused, or passed over. */
type Strictness = 'strict' | 'lenient';

const structureReaders: { readonly [Kind in Strictness]: WeakMap<StructureShape, StructureReader> } = { strict: new WeakMap(), lenient: new WeakMap() };

function structureReader(shape: StructureShape, strictness: Strictness): StructureReader {
  let reader = structureReaders[strictness].get(shape);
  if (!reader) {
    reader = compileStructure(shape, strictness);
    structureReaders[strictness].set(shape, reader);
  }
  return reader;
}

interface PartReader { readonly name: string; readonly isRepeated: boolean; readonly read: (elements: readonly Element[]) => Value }

function compileStructure(shape: StructureShape, strictness: Strictness): StructureReader {
  const isStrict = strictness === 'strict';
  // Built at the first read, because a structure may contain itself.
  let parts: ReadonlyMap<string, PartReader> | undefined;
  const attributes = [...shape.members.values()].filter((member) => member.isXmlAttribute);
  return (element) => {
    parts ??= new Map([...shape.members.values()].filter((member) => !member.isXmlAttribute && member.location === undefined).map((member) => partReader(member, strictness)));
    const found = new Map<PartReader, Element[]>();
    for (const child of element.children) {
      const part = parts.get(child.name);
      if (!part) {
        if (isStrict) throw malformed(new Error(`${child.name} in ${element.name}`));
        continue;
      }
      const elements = found.get(part);
      if (!elements) found.set(part, [child]);
      else if (part.isRepeated) elements.push(child);
      else throw malformed(new Error(`${child.name} twice`));
    }
    if (isStrict && element.children.length > 0 && element.text.trim() !== '') throw malformed(new Error('text between elements'));
    const structure: Record<string, Value> = {};
    for (const [part, elements] of found) structure[part.name] = part.read(elements);
    for (const { name, locationName = name } of attributes) {
      const value = element.attributes.get(locationName);
      if (value !== undefined) structure[name] = value;
    }
    return structure;
  };
}

function partReader(member: Member, strictness: Strictness): readonly [string, PartReader] {
  const { name, shape } = member;
  const isRepeated = (shape.type === 'list' || shape.type === 'map') && (shape.isFlattened || member.isFlattened);
  if (!isRepeated) {
    const read = memberReader(member, strictness);
    return [member.locationName ?? name, { name, isRepeated, read: ([element]) => read(element!) }];
  }
  if (shape.type === 'list') {
    let read: Reader | undefined;
    return [entryName(member, shape), { name, isRepeated, read: (elements) => elements.map((element) => (read ??= memberReader(shape.member, strictness))(element)) }];
  }
  return [member.locationName ?? name, { name, isRepeated, read: entriesReader(shape as MapShape, strictness) }];
}

function memberReader({ shape }: Member, strictness: Strictness): Reader {
  switch (shape.type) {
    case 'structure': return structureReader(shape, strictness);
    case 'list': return listReader(shape, strictness);
    case 'map': {
      const read = entriesReader(shape, strictness);
      return (element) => read(named(element, 'entry'));
    }
    default: return scalarReader(shape);
  }
}

function named(element: Element, name: string): readonly Element[] {
  if (element.children.some((child) => child.name !== name)) throw malformed(new Error(`not a ${name} in ${element.name}`));
  return element.children;
}

function listReader(shape: ListShape, strictness: Strictness): Reader {
  const name = shape.member.locationName ?? 'member';
  let read: Reader | undefined;
  return (element) => named(element, name).map((child) => (read ??= memberReader(shape.member, strictness))(child));
}

function entriesReader(shape: MapShape, strictness: Strictness): (elements: readonly Element[]) => Value {
  const keyName = shape.key.locationName ?? 'key';
  const valueName = shape.value.locationName ?? 'value';
  let read: Reader | undefined;
  return (elements) => {
    read ??= memberReader(shape.value, strictness);
    const map: Record<string, Value> = Object.create(null);
    for (const { children } of elements) {
      const key = children.find((child) => child.name === keyName);
      const value = children.find((child) => child.name === valueName);
      if (!key || !value || children.length !== 2) throw malformed(new Error('an entry of a map'));
      map[key.text] = read(value);
    }
    return map;
  };
}

function scalarReader(shape: ScalarShape): Reader {
  const read = readScalar[shape.type];
  return ({ name, text, children }) => {
    // Within strings white space is the caller's own; round numbers and dates it is only layout.
    const value = children.length > 0 ? undefined : read(shape.type === 'string' ? text : text.trim());
    if (value === undefined) throw malformed(new Error(`the value of ${name}`));
    return value;
  };
}
