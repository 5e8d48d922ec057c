/** Names of branches and tags, as Git lets them be. Source: git-check-ref-format(1). */

/** What no name may hold: control characters, blanks, and what means something in a revision. */
const forbidden = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/$|^\/|\.$|^-/;

/** Whether `refs/heads/` and the name together are one reference. */
export function isReferenceName(name: string): boolean {
  if (name === '' || name === '@' || forbidden.test(name)) return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

export const branchReference = (branch: string): string => `refs/heads/${branch}`;

/** The SHA-1 of an object, whole. */
export const isObjectId = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
