/** The tree of the signature and encryption libraries, reached by the same path as ours. Only documents that ours has read come here. */
import { DOMParser } from '@xmldom/xmldom';

/** The element that `path` leads to: the place among the elements of each parent, from the root on. */
export function domElement(xml: string, path: readonly number[]): Element {
  let element: Element = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  // INVARIANT: the path was found in the same document.
  for (const index of path) element = domChildren(element)[index]!;
  return element;
}

export const domChildren = (parent: Element): readonly Element[] => Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === 1);
