/** The XML of an answer, as far as the commands look into it: elements by name, and their text. */
import { SaxesParser } from 'saxes';

export class XmlElement {
  readonly name: string;
  readonly children: XmlElement[] = [];
  content = '';

  constructor(name: string) {
    this.name = name;
  }

  /** The first element of that name, at any depth. */
  find(name: string): XmlElement | undefined {
    for (const child of this.children) {
      const found = child.name === name ? child : child.find(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The text of the first element of that name. */
  text(name: string): string | undefined {
    return this.find(name)?.content;
  }
}

/** The document as one element round its root. What is no XML is a document without elements. */
export function readXml(text: string): XmlElement {
  const document = new XmlElement('');
  const open = [document];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    const element = new XmlElement(name);
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (part) => { open.at(-1)!.content += part; });
  parser.on('closetag', () => { open.pop(); });
  let isBroken = false;
  parser.on('error', () => { isBroken = true; });
  parser.write(text).close();
  return isBroken ? new XmlElement('') : document;
}
