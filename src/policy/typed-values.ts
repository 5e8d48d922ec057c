/** What condition values are written as: numbers, dates, binary. Source: "IAM JSON policy elements: Condition operators" (IAM User Guide). */

const writtenLengthMax = 64;

/** Integers and decimals; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  if (text.length > writtenLengthMax || !/^[+-]?\d+(\.\d+)?([eE][+-]?\d{1,3})?$/.test(text)) return undefined;
  const number = Number(text);
  // Two numbers beyond all that can be held would else be equal.
  return Number.isFinite(number) ? number : undefined;
}

const isoDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/** ISO 8601 as W3C profiles it, or seconds since 1970; milliseconds. Four digits are a year. */
export function parseDate(text: string): number | undefined {
  if (text.length > writtenLengthMax) return undefined;
  if (/^-?\d+(\.\d+)?$/.test(text) && text.length !== 4) return Number(text) * 1000;
  const found = isoDate.exec(text);
  if (!found) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = found;
  const offset = zone === 'Z' ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  // Date.parse lets a day that the month does not have run over into the next, and knows an hour 24.
  return Number.isNaN(at) || hour === '24' || Number(day) > daysOf(Number(year), Number(month)) ? undefined : at;
}

const daysOf = (year: number, month: number): number => (month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** Base64 as its bytes decide, not as it is written: without padding and spare bits; undefined for anything else. Source: RFC 4648 section 4. */
export function canonicalBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const digits = text.replace(/=+$/, '');
  const rest = digits.length % 4;
  if (rest === 1 || (digits.length < text.length && text.length % 4 !== 0)) return undefined;
  // The last digit carries bits that belong to no byte.
  const spare = rest === 2 ? 0xf : rest === 3 ? 0x3 : 0;
  return spare === 0 ? digits : digits.slice(0, -1) + alphabet[alphabet.indexOf(digits.at(-1)!) & ~spare]!;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
