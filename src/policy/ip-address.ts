/** IP addresses and CIDR ranges, version 4 and 6, as numbers. Source: RFC 4632, RFC 4291 section 2.2. */

export interface IpRange {
  /** The address in words of 32 bits, the first first: one of IPv4, four of IPv6. */
  readonly words: readonly number[];
  readonly prefixLength: number;
}

const textLengthMax = 64;

/** An address, or a range `address/prefix`; undefined when it is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  if (text.length > textLengthMax) return undefined;
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const words = address.includes(':') ? parseV6(address) : parseV4(address);
  if (!words) return undefined;
  if (slash < 0) return { words, prefixLength: words.length * 32 };
  const prefix = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > words.length * 32) return undefined;
  return { words, prefixLength: Number(prefix) };
}

/** Whether `range` holds the whole of `inner`; addresses of different versions never match. */
export function contains(range: IpRange, inner: IpRange): boolean {
  if (range.words.length !== inner.words.length || inner.prefixLength < range.prefixLength) return false;
  for (let i = 0, left = range.prefixLength; left > 0; i++, left -= 32) {
    // A shift by 32 would be one by none.
    const ignored = left >= 32 ? 0 : 32 - left;
    if ((range.words[i]! ^ inner.words[i]!) >>> ignored !== 0) return false;
  }
  return true;
}

const dot = 0x2e;

function parseV4(text: string): readonly number[] | undefined {
  let word = 0;
  let part = -1;
  let dots = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dot) {
      if (part < 0 || ++dots > 3) return undefined;
      word = (word << 8) | part;
      part = -1;
    } else {
      const digit = code - 0x30;
      // No part begins with a zero that is not all of it.
      if (digit < 0 || digit > 9 || part === 0) return undefined;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return undefined;
    }
  }
  return dots === 3 && part >= 0 ? [((word << 8) | part) >>> 0] : undefined;
}

function parseV6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<number>(missing).fill(0), ...(tail ?? [])];
  return [0, 2, 4, 6].map((i) => ((groups[i]! << 16) | groups[i + 1]!) >>> 0);
}

/** Groups of 16 bits; the last two may be written as an IPv4 address. */
function groupsOf(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4) groups.push(v4[0]! >>> 16, v4[0]! & 0xffff);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}
