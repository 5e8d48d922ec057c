/** The twin's reading of numbers, dates, addresses and binary values. Source: "IAM JSON policy elements: Condition operators" (IAM User Guide). */

/** "An integer or decimal value." */
export function readNumber(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d{1,3})?$/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
}

/** "One of the W3C implementations of the ISO 8601 date formats, or epoch (UNIX) time": milliseconds since 1970. Four digits are a year. */
export function readDate(text: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(text) && !/^\d{4}$/.test(text)) return Number(text) * 1000;
  const found = /^(\d{4})(-(\d\d)(-(\d\d)(T(\d\d):(\d\d)(:(\d\d)(\.\d+)?)?(Z|([+-])(\d\d):?(\d\d))?)?)?)?$/.exec(text);
  if (!found) return undefined;
  const part = (i: number, absent: number): number => (found[i] === undefined ? absent : Number(found[i]));
  const [year, month, day, hour, minute, second] = [part(1, 0), part(3, 1), part(5, 1), part(7, 0), part(8, 0), part(10, 0)];
  const [zoneHour, zoneMinute] = [part(14, 0), part(15, 0)];
  const isOnCalendar = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  if (!isOnCalendar || hour > 23 || minute > 59 || second > 59 || zoneHour > 23 || zoneMinute > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Math.floor(part(11, 0) * 1000));
  const zone = (zoneHour * 60 + zoneMinute) * 60_000;
  return found[13] === '-' ? date.getTime() + zone : date.getTime() - zone;
}

/** An address and a range of addresses in CIDR notation: the bits that an address in it begins with, after the version. "If you specify an IP address without the associated routing prefix, IAM uses the default prefix". */
export function readAddressRange(text: string): string | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = address.includes(':') ? bitsOfV6(address) : bitsOfV4(address);
  if (bits === undefined || rest.length > 0) return undefined;
  const length = prefix === undefined ? bits.length : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  return length > bits.length ? undefined : `${bits.length === 32 ? 'v4' : 'v6'} ${bits.slice(0, length)}`;
}

function bitsOfV4(text: string): string | undefined {
  const parts = text.split('.');
  const isAddress = parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return isAddress ? parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('') : undefined;
}

/** RFC 4291 section 2.2. */
function bitsOfV6(text: string): string | undefined {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = groupsOfV6(head, tail === undefined);
  const after = tail === undefined ? '' : groupsOfV6(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 128 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 16) return undefined;
  return before + '0'.repeat(missing) + after;
}

function groupsOfV6(text: string, isAtEnd: boolean): string | undefined {
  if (text === '') return '';
  let bits = '';
  const groups = text.split(':');
  for (const [i, group] of groups.entries()) {
    const asV4 = isAtEnd && i === groups.length - 1 ? bitsOfV4(group) : undefined;
    if (asV4 === undefined && !/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    bits += asV4 ?? Number.parseInt(group, 16).toString(2).padStart(16, '0');
  }
  return bits;
}

/** "A base-64 encoded representation of the binary value": the bytes, in hexadecimal. RFC 4648 section 4. */
export function readBinary(text: string): string | undefined {
  if (!/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return undefined;
  return Buffer.from(text, 'base64').toString('hex');
}
