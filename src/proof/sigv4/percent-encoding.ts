/** Percent-encoding the one way that is signed: unreserved characters as they are, every other byte as `%XX` in capitals. Source: RFC 3986 section 2.3. */
import { SignatureRefusal } from './refusal.ts';

interface Encoding {
  /** Whether the text is percent-encoded already, and is to be decoded first. */
  readonly isEncoded: boolean;
  /** Whether `+` stands for a space. */
  readonly isPlusSpace: boolean;
  readonly keepSlash: boolean;
}

const plain = /^[A-Za-z0-9\-._~]*$/;
const plainPath = /^[A-Za-z0-9\-._~/]*$/;

/** For each byte how it is written. */
const written = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  return plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
});

/** Encodes a text of which every character is one byte. */
export function encodeBytes(text: string, { isEncoded, isPlusSpace, keepSlash }: Encoding): string {
  if ((keepSlash ? plainPath : plain).test(text)) return text;
  let encoded = '';
  for (let i = 0; i < text.length; i++) {
    let byte = text.charCodeAt(i);
    if (byte === percent && isEncoded) {
      byte = readEscape(text, i);
      i += 2;
    } else if (byte === plus && isPlusSpace) {
      byte = space;
    }
    encoded += byte === slash && keepSlash ? '/' : written[byte]!;
  }
  return encoded;
}

const percent = 0x25;
const plus = 0x2b;
const slash = 0x2f;
const space = 0x20;

/** The byte that the `%XX` at `at` stands for. */
function readEscape(text: string, at: number): number {
  const digits = text.slice(at + 1, at + 3);
  // Number() would take `+1` and ` 1` for numbers.
  if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw new SignatureRefusal('malformed', 'The request target holds a malformed percent escape.');
  return Number.parseInt(digits, 16);
}

/** What a text in signed encoding says, as UTF-8; undefined where it is not UTF-8. */
export function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
