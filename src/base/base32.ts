/** Base32, without padding. Source: RFC 4648, section 6. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes that a text stands for, in any letter case, padded or not; undefined where it is no base32. What does not fill a byte at its end must be zeros. */
export function decodeBase32(text: string): Uint8Array | undefined {
  const characters = text.toUpperCase().replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((characters.length * 5) / 8));
  let bits = 0;
  let held = 0;
  let written = 0;
  for (const character of characters) {
    const value = alphabet.indexOf(character);
    if (value < 0) return undefined;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held >= 8) bytes[written++] = (bits >> (held -= 8)) & 0xff;
  }
  return held < 5 && (bits & ((1 << held) - 1)) === 0 ? bytes : undefined;
}

/** The bytes as text: five bits a character, the last filled up with zeros. */
export function encodeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (held += 8; held >= 5; held -= 5) text += alphabet[(bits >> (held - 5)) & 31];
  }
  return held > 0 ? text + alphabet[(bits << (5 - held)) & 31] : text;
}
