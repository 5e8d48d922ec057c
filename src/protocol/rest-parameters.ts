/** The parameters of a REST request's query string, decoded; and percent-decoding as paths and queries have it. */
import { ApiError } from '../base/api-error.ts';
import type { WireRequest } from './protocol.ts';

/** Name → value, of a name that comes twice the first. */
export type Parameters = ReadonlyMap<string, string>;

const parametersMax = 1_000;
const none: Parameters = new Map();

/** The request's own, read once. Raises InvalidURI. */
export function parametersOf(request: WireRequest): Parameters {
  return (request.parameters ??= readParameters(request.query));
}

function readParameters(query: string): Parameters {
  if (query === '') return none;
  const parameters = new Map<string, string>();
  let count = 0;
  for (const part of query.split('&')) {
    if (++count > parametersMax) throw new ApiError('InvalidURI', `A request may have at most ${parametersMax} parameters.`);
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decodeText(equals < 0 ? part : part.slice(0, equals), true);
    if (!parameters.has(name)) parameters.set(name, equals < 0 ? '' : decodeText(part.slice(equals + 1), true));
  }
  return parameters;
}

/** All values of a parameter that is a list, in the order of the query. */
export function repeatedParameter(query: string, name: string): readonly string[] {
  return query.split('&').map((part) => part.split('=', 2)).filter(([one = '']) => one !== '' && decodeText(one, true) === name).map(([, value = '']) => decodeText(value, true));
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const coded = /[%+\x80-\uffff]/;

/** What a percent-encoded text, each character of it one byte, says. Raises InvalidURI where an escape is none, or the bytes are no UTF-8. */
export function decodeText(text: string, isPlusSpace: boolean): string {
  if (!coded.test(text)) return text;
  const bytes = Buffer.allocUnsafe(text.length);
  let size = 0;
  for (let i = 0; i < text.length; i++) {
    let byte = text.charCodeAt(i);
    if (byte === percent) {
      const digits = text.slice(i + 1, i + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(digits)) throw unreadable();
      byte = Number.parseInt(digits, 16);
      i += 2;
    } else if (byte === plus && isPlusSpace) {
      byte = space;
    }
    bytes[size++] = byte;
  }
  return utf8Text(bytes.subarray(0, size)) ?? raise();
}

const percent = 0x25;
const plus = 0x2b;
const space = 0x20;

/** The text that bytes are in UTF-8, undefined where they are not. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

// AWS: S3's words, of any target that it cannot read.
const unreadable = (): ApiError => new ApiError('InvalidURI', "Couldn't parse the specified URI.");
const raise = (): never => { throw unreadable(); };
