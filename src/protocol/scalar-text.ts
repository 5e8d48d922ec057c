/** The scalars of a model as text, in both directions, as query parameters and XML hold them. Source: Smithy, "AWS Query protocol", "timestampFormat trait". */
import { httpDate, isoSeconds } from '../base/clock.ts';
import type { Timestamp } from '../base/clock.ts';
import type { Shape, TimestampShape } from '../model/service.ts';
import type { Value } from './protocol.ts';

export type ScalarShape = Exclude<Shape, { readonly type: 'structure' | 'list' | 'map' }>;

/** The value that a text stands for, undefined where it stands for none of that shape. */
export const readScalar: { readonly [Type in ScalarShape['type']]: (text: string) => Value | undefined } = {
  string: (text) => text,
  boolean: (text) => booleans.get(text.length <= 5 ? text.toLowerCase() : text),
  integer: (text) => readInteger(text, -0x8000_0000, 0x7fff_ffff),
  // A long beyond 2^53 would lose its last digits, so it is refused.
  long: (text) => readInteger(text, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  float: readDecimal,
  double: readDecimal,
  timestamp: readTimestamp,
  blob: readBlob,
};

/** What a text that cannot be read was not, in the words of AWS's own services. */
export const scalarNames: { readonly [Type in ScalarShape['type']]: string } = {
  string: 'String', boolean: 'Boolean', integer: 'Integer', long: 'Long', float: 'Float', double: 'Double', timestamp: 'Timestamp', blob: 'Blob',
};

const booleans: ReadonlyMap<string, boolean> = new Map([['true', true], ['false', false]]);

/** AWS: a sign and leading zeros are accepted, a fraction, blanks and what does not fit are not. */
function readInteger(text: string, min: number, max: number): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= min && value <= max ? value : undefined;
}

const specialNumbers: ReadonlyMap<string, number> = new Map([['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]]);

function readDecimal(text: string): number | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return specialNumbers.get(text);
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function readBlob(text: string): Uint8Array | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

const isoDate = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:Z|([+-])(\d\d):(\d\d))$/;
const httpDateForm = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
/** The furthest that a Date goes. Source: ECMA-262, "Time Values and Time Range". */
const timestampMax = 8.64e15;

/** Any of the three formats: ISO 8601, seconds since 1970, an HTTP date. Whichever the model names, AWS's services read the first two. */
function readTimestamp(text: string): Timestamp | undefined {
  if (/^[+-]?\d+(?:\.\d{1,9})?$/.test(text)) {
    const at = Math.round(Number(text) * 1000);
    return Math.abs(at) <= timestampMax ? at : undefined;
  }
  if (httpDateForm.test(text)) {
    const at = Date.parse(text);
    // Date.parse moves 31 June to 1 July, and takes any day's name.
    return !Number.isNaN(at) && new Date(at).toUTCString() === text ? at : undefined;
  }
  return readIso(text);
}

function readIso(text: string): Timestamp | undefined {
  const [whole, year, month, day, hour, minute, second, fraction = '', sign, offsetHours = '0', offsetMinutes = '0'] = isoDate.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const at = Date.parse(`${local}Z`);
  // Date.parse moves 30 February to 1 March.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(local) || Number(offsetHours) > 23 || Number(offsetMinutes) > 59) return undefined;
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return at + Number(fraction.padEnd(3, '0').slice(0, 3)) - (sign === '-' ? -offset : offset);
}

/** A timestamp in the format that its shape asks for; in ISO 8601 as IAM and STS write it, whole seconds. */
export function writeTimestamp(at: Timestamp, format: TimestampShape['format'] = 'iso8601'): string {
  return timestampWriters[format](at);
}

const timestampWriters: { readonly [Format in NonNullable<TimestampShape['format']>]: (at: Timestamp) => string } = {
  iso8601: isoSeconds,
  unixTimestamp: (at) => String(at / 1000),
  rfc822: httpDate,
};
