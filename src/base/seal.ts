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

/** Sealed for callers, who type it as an argument of a command: never beginning as an option does. No two sealed texts of one secret are the same. */
export function sealAsArgument(seal: Seal, secret: string, place: SealPlace): string {
  let sealed: string;
  do sealed = seal.seal(secret, place); while (sealed.startsWith('-'));
  return sealed;
}
