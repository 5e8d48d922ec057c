/** Sealing: authenticated encryption of secrets at rest, each bound to the place it belongs to. */

/** Where a sealed value belongs; a value moved elsewhere does not open. */
export interface SealPlace { readonly account: string; readonly table: string; readonly key: string; readonly field: string }

export interface Seal {
  /** The sealed text, safe to store. */
  seal(secret: string, place: SealPlace): string;
  /** The secret; throws SealBroken if the text was altered, belongs elsewhere, or its data key is not there. */
  open(sealed: string, place: SealPlace): string;
}

/** A sealed value that does not open: damage, a move, or a missing key. Never a caller's fault. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Stands before a sealed text that begins with a hyphen; no sealed text begins with it. All texts of one data key in sixty-four begin so: the key's id comes first. */
const shield = '.';

/** Sealed for callers, who type it as an argument of a command: never beginning as an option does. No two sealed texts of one secret are the same. */
export function sealAsArgument(seal: Seal, secret: string, place: SealPlace): string {
  const sealed = seal.seal(secret, place);
  return sealed.startsWith('-') ? shield + sealed : sealed;
}

/** The secret of such a text. Throws SealBroken as `open` does. */
export function openArgument(seal: Seal, argument: string, place: SealPlace): string {
  // One text stands for one value.
  if (argument.startsWith('-')) throw new SealBroken('what is sealed for an argument does not begin with a hyphen');
  return seal.open(argument.startsWith(`${shield}-`) ? argument.slice(shield.length) : argument, place);
}
