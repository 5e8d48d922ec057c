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

/** A new unique id: 10 bytes of randomness behind the prefix, the account number laid over bits 1–40; the highest bit is set, as in keys of today. */
export function newId(prefix: IdPrefix, account: string, random: RandomBytes): string {
  const bytes = random(11);
  const marked = 2 ** 40 + Number(account);
  // Numbers hold whole bits up to fifty-three: the first forty of the eighty-eight, then the last of the account with what is random.
  let rest = (marked % 2) * 2 ** 7 + (bytes[5]! & 0x7f);
  for (let i = 6; i < 11; i++) rest = rest * 256 + bytes[i]!;
  return prefix + base32(Math.floor(marked / 2), 8) + base32(Math.floor(rest / 8), 9).slice(0, idLengths[prefix] - 12);
}

/** What every id of that kind begins with in an account and in the one beside it, whose number differs in the last bit: `accountOf` tells the two apart. */
export function idBeginning(prefix: IdPrefix, account: string): string {
  return prefix + base32(Math.floor((2 ** 40 + Number(account)) / 2), 8);
}

/** The lowest bits of a number, five a character. */
function base32(bits: number, characters: number): string {
  let text = '';
  for (let i = 0, left = bits; i < characters; i++, left = Math.floor(left / 32)) text = alphabet[left % 32]! + text;
  return text;
}

/** By character code. */
const digitValues: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => (alphabet.includes(String.fromCharCode(code)) ? alphabet.indexOf(String.fromCharCode(code)) : undefined));

/** The account number embedded in an id, twelve digits; undefined when the id's body is not base32 or is too short. */
export function accountOf(id: string): string | undefined {
  if (id.length < 14) return undefined;
  // Ten characters are fifty bits, which a number holds exactly; shifts would cut them at thirty-two.
  let bits = 0;
  for (let i = 4; i < 14; i++) {
    const value = digitValues[id.charCodeAt(i)];
    if (value === undefined) return undefined;
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

/** A random UUID. Source: RFC 9562, section 5.4. */
export function newUuid(random: RandomBytes): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A secret access key: 40 characters of base64's alphabet, 240 bits of randomness. */
export function newSecretAccessKey(random: RandomBytes): string {
  let text = '';
  for (const byte of random(40)) text += secretAlphabet[byte & 63];
  return text;
}

/** Random text in base64url that a caller may have to type as an argument: it never begins with a hyphen, which the AWS CLI would take for an option. One bit of `size` bytes is not random. */
export function newArgument(size: number, random: RandomBytes): string {
  const bytes = Buffer.from(random(size));
  bytes[0]! &= 0x7f;
  return bytes.toString('base64url');
}
