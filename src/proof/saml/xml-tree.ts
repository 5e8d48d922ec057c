/** A small XML tree of bytes that were signed: elements, attributes and text, without entities, comments or document types. */
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';

export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in the element, all of it. */
  readonly text: string;
}

/** XML that is not well-formed, or holds what no assertion needs. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

interface Building { readonly namespace: string; readonly name: string; readonly attributes: Map<string, string>; readonly children: Building[]; text: string }

/** Elements within elements, and elements in all; assertions have some ten and some hundred. */
const depthMax = 64;
const elementsMax = 20_000;

/** Throws XmlRefused. */
export function readXmlTree(text: string): XmlElement {
  const open: Building[] = [];
  let root: Building | undefined;
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (why: string): never => { throw new XmlRefused(why); };
  parser.on('doctype', () => refuse('a document type is not allowed'));
  parser.on('processinginstruction', () => refuse('a processing instruction is not allowed'));
  parser.on('error', ({ message }) => refuse(message));
  parser.on('opentag', (tag) => {
    if (open.length >= depthMax || ++elements > elementsMax) refuse('there is too much of it');
    const element = building(tag);
    if (open.length > 0) open.at(-1)!.children.push(element);
    else root = element;
    open.push(element);
  });
  const addText = (chars: string): void => {
    const element = open.at(-1);
    if (element) element.text += chars;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => { open.pop(); });
  parser.write(text).close();
  return root ?? refuse('there is no element');
}

function building({ uri, local, attributes }: SaxesTagNS): Building {
  // Attributes of namespaces are not among those that assertions are read by.
  const own = Object.values(attributes).filter(({ prefix }) => prefix === '');
  return { namespace: uri, name: local, attributes: new Map(own.map(({ local: name, value }) => [name, value])), children: [], text: '' };
}

/** The children of that name, in the order of the document. */
export function childrenOf({ children }: XmlElement, namespace: string, name: string): readonly XmlElement[] {
  return children.filter((child) => child.namespace === namespace && child.name === name);
}

/** The one child of that name; undefined where there is none or more than one. */
export function onlyChild(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const found = childrenOf(element, namespace, name);
  return found.length === 1 ? found[0] : undefined;
}
