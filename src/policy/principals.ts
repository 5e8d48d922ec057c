/** The principals that a policy names, for those who must check that they exist. */
import { readDocument, type NamedPrincipal } from './document.ts';

export type { NamedPrincipal } from './document.ts';

/** Every principal of every Principal element, in order, repeats kept; `*` is none. The document must be one that validation accepts. */
export function namedPrincipals(text: string): readonly NamedPrincipal[] {
  return readDocument(text).statements.flatMap(({ principal }) => (principal === undefined || principal === '*' ? [] : principal));
}
