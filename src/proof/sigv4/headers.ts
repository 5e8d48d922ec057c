/** A request's headers, read once: their lower-case names, and the values that prove or date a signature. */
import { SignatureRefusal } from './refusal.ts';

/** `names[i]` belongs to `rawHeaders[2 * i + 1]`. */
export interface Headers {
  readonly names: readonly string[];
  readonly rawHeaders: readonly string[];
  readonly authorization: string | undefined;
  readonly amzDate: string | undefined;
  readonly date: string | undefined;
  readonly securityToken: string | undefined;
  readonly contentSha256: string | undefined;
}

/** Scans the headers. One that proves, dates or names the addressee of a signature may not be there twice with different values. */
export function scanHeaders(rawHeaders: readonly string[]): Headers {
  const names: string[] = [];
  let authorization: string | undefined, amzDate: string | undefined, date: string | undefined;
  let securityToken: string | undefined, contentSha256: string | undefined, host: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase();
    names.push(name);
    const value = rawHeaders[i + 1]!;
    switch (name) {
      case 'authorization': authorization = once(authorization, value, 'Authorization'); break;
      case 'x-amz-date': amzDate = once(amzDate, value, 'X-Amz-Date'); break;
      case 'date': date = once(date, value, 'Date'); break;
      case 'x-amz-security-token': securityToken = once(securityToken, value, 'X-Amz-Security-Token'); break;
      case 'x-amz-content-sha256': contentSha256 = once(contentSha256, value, 'X-Amz-Content-Sha256'); break;
      case 'host': host = once(host, value, 'Host'); break;
      default:
    }
  }
  return { names, rawHeaders, authorization, amzDate, date, securityToken, contentSha256 };
}

/** The value of a header or parameter that may be repeated only unchanged. */
export function once(earlier: string | undefined, value: string, name: string): string {
  const trimmed = value.trim();
  if (earlier !== undefined && earlier !== trimmed) throw new SignatureRefusal('incomplete', `'${name}' must not be given more than once with different values.`);
  return trimmed;
}

/** Every value of a header, in wire order, joined by commas, spaces folded; undefined where the request has no such header. */
export function signedValue({ names, rawHeaders }: Headers, name: string): string | undefined {
  let at = names.indexOf(name);
  if (at < 0) return undefined;
  let value = foldSpace(rawHeaders[2 * at + 1]!);
  while ((at = names.indexOf(name, at + 1)) >= 0) value += `,${foldSpace(rawHeaders[2 * at + 1]!)}`;
  return value;
}

// `\s` would take the byte 0xA0, which is part of many a UTF-8 character, for a space.
const unfolded = /[\t-\r]|^ | $| {2}/;

/** Trims, and makes one space of each run of white space. */
const foldSpace = (value: string): string => (unfolded.test(value) ? value.replaceAll(/[\t-\r ]+/g, ' ').replace(/^ | $/g, '') : value);
