/** The resources that a policy names, for those who must check whose they are. */
import { readDocument } from './document.ts';

/** Every text of every Resource and NotResource element, in order, repeats kept. The document must be one that validation accepts. */
export function resourcesOf(text: string): readonly string[] {
  return readDocument(text).statements.flatMap(({ resources = [], notResources = [] }) => resources.concat(notResources));
}
