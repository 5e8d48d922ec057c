/** IP addresses and CIDR ranges, version 4 and 6, as numbers. Source: RFC 4632, RFC 4291 section 2.2. */

export interface IpRange { readonly bits: 32 | 128; readonly first: bigint; readonly prefixLength: number }

/** An address, or a range `address/prefix`; undefined when it is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  if (text.length > 64) return undefined;
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return undefined;
  const prefix = slash < 0 ? String(address.bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > address.bits) return undefined;
  return { ...address, prefixLength: Number(prefix) };
}

/** Whether `range` holds the whole of `inner`; addresses of different versions never match. */
export function contains(range: IpRange, inner: IpRange): boolean {
  if (range.bits !== inner.bits || inner.prefixLength < range.prefixLength) return false;
  const shift = BigInt(range.bits - range.prefixLength);
  return range.first >> shift === inner.first >> shift;
}

type Address = Pick<IpRange, 'bits' | 'first'>;

function parseAddress(text: string): Address | undefined {
  const value = text.includes(':') ? parseV6(text) : parseV4(text);
  return value === undefined ? undefined : { bits: text.includes(':') ? 128 : 32, first: value };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(groupsOf);
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])].reduce((value, group) => (value << 16n) | group, 0n);
}

/** Groups of 16 bits; the last two may be written as an IPv4 address. */
function groupsOf(text: string): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined;
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
