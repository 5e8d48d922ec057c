/** Base32, without padding. Source: RFC 4648, section 6. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

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
