/** Writes values as XML, as their shapes describe them: elements, lists, maps, attributes, namespaces. Compiled once a shape. Source: Smithy, "XML bindings". */
import type { ListShape, MapShape, Member, Shape, StructureShape } from '../model/service.ts';
import type { StructureValue, Value } from './protocol.ts';
import { writeTimestamp } from './scalar-text.ts';
import type { ScalarShape } from './scalar-text.ts';
import { entryName } from './xml-names.ts';
import { escapeAttribute, escapeText } from './xml-text.ts';

/** A value → all that stands for it where its member stands: one element, several of a flattened list, or an element's content. */
type Writer = (value: Value) => string;

interface StructureWriter {
  /** The elements within a structure's own. */
  readonly content: (structure: StructureValue) => string;
  /** ` name="value"` for each of its attributes. */
  readonly attributes: (structure: StructureValue) => string;
}

const structureWriters = new WeakMap<StructureShape, StructureWriter>();

/** The writer of what stands within a structure's element. */
export function contentWriter(shape: StructureShape): (structure: StructureValue) => string {
  return structureWriter(shape).content;
}

/** The writer of what stands in a structure's own tag, behind its name. */
export function attributesWriter(shape: StructureShape): (structure: StructureValue) => string {
  return structureWriter(shape).attributes;
}

interface MemberWriter { readonly name: string; readonly write: Writer }

function structureWriter(shape: StructureShape): StructureWriter {
  let writer = structureWriters.get(shape);
  if (!writer) {
    writer = compileStructure(shape);
    structureWriters.set(shape, writer);
  }
  return writer;
}

function compileStructure(shape: StructureShape): StructureWriter {
  // Built at the first write, because a structure may contain itself.
  let elements: readonly MemberWriter[] | undefined;
  let attributes: readonly MemberWriter[] | undefined;
  // What stands in headers stands nowhere else.
  const all = [...shape.members.values()].filter(({ location }) => location === undefined);
  const hasAttributes = all.some((member) => member.isXmlAttribute);
  const writeAll = (writers: readonly MemberWriter[], structure: StructureValue): string => {
    let text = '';
    for (const { name, write } of writers) {
      const value = structure[name];
      if (value !== undefined) text += write(value);
    }
    return text;
  };
  return {
    content(structure) {
      elements ??= all.filter((member) => !member.isXmlAttribute).map((member) => ({ name: member.name, write: elementWriter(member) }));
      return writeAll(elements, structure);
    },
    attributes(structure) {
      if (!hasAttributes) return '';
      attributes ??= all.filter((member) => member.isXmlAttribute).map((member) => ({ name: member.name, write: attributeWriter(member) }));
      return writeAll(attributes, structure);
    },
  };
}

const nameOf = (member: Member, otherwise: string): string => member.locationName ?? otherwise;

function namespaceOf({ shape, xmlNamespace = shape.type === 'structure' ? shape.xmlNamespace : undefined }: Member): string {
  if (!xmlNamespace) return '';
  const { prefix, uri } = xmlNamespace;
  return ` xmlns${prefix === undefined ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`;
}

/** A structure's member: one element, or one for each entry of a flattened list or map. */
function elementWriter(member: Member): Writer {
  const { shape } = member;
  const name = nameOf(member, member.name);
  if (shape.type === 'list' && (shape.isFlattened || member.isFlattened)) return flattenedListWriter(shape, member);
  if (shape.type === 'map' && (shape.isFlattened || member.isFlattened)) return entriesWriter(shape, name, namespaceOf(member));
  return namedWriter(member, name, namespaceOf(member));
}

/** An element of that name, and with that namespace, round what the member's shape says. */
function namedWriter(member: Member, name: string, namespace: string): Writer {
  const { shape } = member;
  const open = `<${name}${namespace}`;
  const close = `</${name}>`;
  if (shape.type === 'structure') {
    const { content, attributes } = structureWriter(shape);
    return (value) => {
      const structure = asStructure(value);
      return `${open}${attributes(structure)}>${content(structure)}${close}`;
    };
  }
  const content = contentOf(shape);
  return (value) => `${open}>${content(value)}${close}`;
}

function contentOf(shape: Exclude<Shape, StructureShape>): Writer {
  switch (shape.type) {
    case 'list': return eachWriter(shape, nameOf(shape.member, 'member'), namespaceOf(shape.member));
    case 'map': return entriesWriter(shape, 'entry', '');
    default: return scalarWriter(shape);
  }
}

function flattenedListWriter(shape: ListShape, member: Member): Writer {
  return eachWriter(shape, entryName(member, shape), namespaceOf(member));
}

function eachWriter(shape: ListShape, name: string, namespace: string): Writer {
  let write: Writer | undefined;
  return (value) => {
    write ??= namedWriter(shape.member, name, namespace);
    let text = '';
    for (const entry of asList(value)) text += write(entry);
    return text;
  };
}

/** A map's entries, each an element of that name. */
function entriesWriter(shape: MapShape, name: string, namespace: string): Writer {
  let writeKey: Writer | undefined;
  let writeValue: Writer | undefined;
  return (value) => {
    writeKey ??= namedWriter(shape.key, nameOf(shape.key, 'key'), namespaceOf(shape.key));
    writeValue ??= namedWriter(shape.value, nameOf(shape.value, 'value'), namespaceOf(shape.value));
    let text = '';
    const map = asStructure(value);
    for (const key of Object.keys(map)) {
      const entry = map[key];
      if (entry !== undefined) text += `<${name}${namespace}>${writeKey(key)}${writeValue(entry)}</${name}>`;
    }
    return text;
  };
}

function attributeWriter(member: Member): Writer {
  const { shape } = member;
  if (shape.type === 'structure' || shape.type === 'list' || shape.type === 'map') throw new Error(`${member.name}: an XML attribute holds no ${shape.type}`);
  const name = nameOf(member, member.name);
  const write = scalarWriter(shape, escapeAttribute);
  return (value) => ` ${name}="${write(value)}"`;
}

function scalarWriter(shape: ScalarShape, escape: (text: string) => string = escapeText): Writer {
  switch (shape.type) {
    case 'string': return (value) => escape(typeof value === 'string' ? value : misfit(shape, value));
    case 'boolean': return (value) => (typeof value === 'boolean' ? String(value) : misfit(shape, value));
    case 'timestamp': return (value) => (typeof value === 'number' ? writeTimestamp(value, shape.format) : misfit(shape, value));
    case 'blob': return (value) => (value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64') : misfit(shape, value));
    default: return (value) => (typeof value === 'number' ? String(value) : misfit(shape, value));
  }
}

/** The outputs' types come from the model, so a value of another type is our own bug, to be answered InternalFailure. */
function misfit(shape: { readonly name: string; readonly type: string }, value: Value): never {
  throw new TypeError(`an output of the shape ${shape.name} must be a ${shape.type}, not a ${typeof value}`);
}

function asStructure(value: Value): StructureValue {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array || Symbol.asyncIterator in value) return misfit({ name: 'structure', type: 'structure' }, value);
  // Of the kinds of objects that a Value can be, only this one is left.
  return value as StructureValue;
}

function asList(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : misfit({ name: 'list', type: 'list' }, value);
}
