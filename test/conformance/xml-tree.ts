/** XML as a tree to compare: names, namespace declarations and attributes, text without the white space between elements. */
import { SaxesParser } from 'saxes';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Undefined where there are child elements. */
  readonly text: string | undefined;
}

interface Open { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: XmlElement[]; text: string }

/** The document's root element. Throws where it is not well-formed. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser();
  const open: Open[] = [];
  let root: XmlElement | undefined;
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => { open.push({ name, attributes, children: [], text: '' }); });
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('closetag', () => {
    const { name, attributes, children, text: own } = open.pop()!;
    const element: XmlElement = { name, attributes: { ...attributes }, children, text: children.length > 0 ? undefined : own };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  parser.write(text).close();
  if (!root) throw new Error('no root element');
  return root;
}
