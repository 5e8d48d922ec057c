/** A request's headers, read once: the values that prove or date a signature, and what must be signed. */
import { SignatureRefusal } from './refusal.ts';

export interface Headers {
  /** Names and values by turns, as received. */
  readonly rawHeaders: readonly string[];
  /** The lower-case names of the `x-amz-…` headers. */
  readonly amzNames: readonly string[];
  readonly authorization: string | undefined;
  readonly amzDate: string | undefined;
  readonly date: string | undefined;
  readonly securityToken: string | undefined;
  readonly contentSha256: string | undefined;
}

/** Scans the headers. One that proves or dates a signature may not be there twice with different values, and Host not twice at all. */
export function scanHeaders(rawHeaders: readonly string[]): Headers {
  const amzNames: string[] = [];
  let authorization: string | undefined, amzDate: string | undefined, date: string | undefined;
  let securityToken: string | undefined, contentSha256: string | undefined, host: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const raw = rawHeaders[i]!;
    // Most headers are none of ours, which their first letter tells.
    switch (raw.charCodeAt(0) | toLowerCase) {
      case letterA: if (isNamed(raw, 'authorization')) authorization = onceTrimmed(authorization, rawHeaders[i + 1]!, 'Authorization'); break;
      case letterD: if (isNamed(raw, 'date')) date = onceTrimmed(date, rawHeaders[i + 1]!, 'Date'); break;
      case letterH: if (isNamed(raw, 'host')) host = onlyOnce(host, rawHeaders[i + 1]!); break;
      case letterX: {
        const name = raw.toLowerCase();
        if (!name.startsWith('x-amz-')) break;
        amzNames.push(name);
        if (name === 'x-amz-date') amzDate = onceTrimmed(amzDate, rawHeaders[i + 1]!, 'X-Amz-Date');
        else if (name === 'x-amz-security-token') securityToken = onceTrimmed(securityToken, rawHeaders[i + 1]!, 'X-Amz-Security-Token');
        else if (name === 'x-amz-content-sha256') contentSha256 = onceTrimmed(contentSha256, rawHeaders[i + 1]!, 'X-Amz-Content-Sha256');
        break;
      }
      default:
    }
  }
  return { rawHeaders, amzNames, authorization, amzDate, date, securityToken, contentSha256 };
}

/** The bit in which a small ASCII letter differs from its capital. */
const toLowerCase = 0x20;
const letterA = 0x61;
const letterD = 0x64;
const letterH = 0x68;
const letterX = 0x78;

/** Whether a header's name, as received, is this lower-case one. */
const isNamed = (raw: string, name: string): boolean => raw.length === name.length && (raw === name || raw.toLowerCase() === name);

/** The value of something that may be repeated only unchanged. */
export function once(earlier: string | undefined, value: string, name: string): string {
  if (earlier !== undefined && earlier !== value) throw new SignatureRefusal('incomplete', `'${name}' must not be given more than once with different values.`);
  return value;
}

/** Source: RFC 9112, section 3.2: more than one Host is refused, whatever they say. */
function onlyOnce(earlier: string | undefined, host: string): string {
  if (earlier !== undefined) throw new SignatureRefusal('incomplete', "'Host' must not be given more than once.");
  return host;
}

const onceTrimmed = (earlier: string | undefined, value: string, name: string): string => once(earlier, value.trim(), name);

/** Every value of a header, in wire order, joined by commas, white space folded; undefined where the request has no such header. */
export function signedValue({ rawHeaders }: Headers, name: string): string | undefined {
  let joined: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!isNamed(rawHeaders[i]!, name)) continue;
    const value = foldSpace(rawHeaders[i + 1]!);
    joined = joined === undefined ? value : `${joined},${value}`;
  }
  return joined;
}

// `\s` would take the byte 0xA0, which is part of many a UTF-8 character, for a space.
const unfolded = /[\t-\r]|^ | $| {2}/;

/** Trims, and makes one space of each run of white space. */
const foldSpace = (value: string): string => (unfolded.test(value) ? value.replaceAll(/[\t-\r ]+/g, ' ').replace(/^ | $/g, '') : value);
