/** Identifiers as AWS makes them: a prefix that says what it is, and base32 in which the account number is embedded. Source: "IAM identifiers" (IAM User Guide). */

/** Fills `size` bytes with randomness; the machine's in production, seeded in tests. */
export type RandomBytes = (size: number) => Uint8Array;

/** Prefix → what it names and its whole length. */
export const idLengths = {
  AIDA: 21, AGPA: 21, AROA: 21, AIPA: 21, ANPA: 21, ANVA: 21, ASCA: 21, ACCA: 21,
  AKIA: 20, ASIA: 20, APKA: 20, ABIA: 20,
} as const;

export type IdPrefix = keyof typeof idLengths;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bits between the first and the last seven of an id's first six bytes hold the account number. */
const accountMask = 0x7fff_ffff_ff80n;

/** A new unique id: 10 bytes of randomness behind the prefix, the account number laid over bits 1–40. */
export function newId(prefix: IdPrefix, account: string, random: RandomBytes): string {
  const bytes = random(11);
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  // 88 random bits, of which the top 48 carry the account in their middle 40; the highest bit is set, as in keys of today.
  const head = ((bits >> 40n) & ~accountMask & 0xffff_ffff_ffffn) | ((BigInt(account) << 7n) & accountMask) | 0x8000_0000_0000n;
  const all = (head << 40n) | (bits & 0xff_ffff_ffffn);
  const length = idLengths[prefix] - 4;
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet[Number((all >> BigInt(83 - 5 * i)) & 31n)];
  return prefix + text;
}

/** The account number embedded in an id, twelve digits; undefined when the id's body is not base32 or is too short. */
export function accountOf(id: string): string | undefined {
  if (id.length < 14) return undefined;
  // Ten characters are fifty bits, which a number holds exactly; shifts would cut them at thirty-two.
  let bits = 0;
  for (let i = 4; i < 14; i++) {
    const value = alphabet.indexOf(id[i]!);
    if (value < 0) return undefined;
    bits = bits * 32 + value;
  }
  const account = Math.floor(bits / 2 ** 9) % 2 ** 40;
  return account > 999_999_999_999 ? undefined : account.toString().padStart(12, '0');
}

/** An id that says nothing: so many random characters of base32. For what AWS names without a prefix. */
export function newOpaqueId(length: number, random: RandomBytes): string {
  let text = '';
  for (const byte of random(length)) text += alphabet[byte & 31];
  return text;
}

const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A secret access key: 40 characters of base64's alphabet, 240 bits of randomness. */
export function newSecretAccessKey(random: RandomBytes): string {
  let text = '';
  for (const byte of random(40)) text += secretAlphabet[byte & 63];
  return text;
}
