/** The path as it is signed: once encoded and untouched for S3, normalised and encoded on top of what the wire carries for every other service. Source: "Create a signed AWS API request", step "Create a canonical request". */
import { encodeBytes } from './percent-encoding.ts';

/** S3: `//`, `.` and `..` are parts of a key; `%41` and `A`, and `%2F` and `/`, are the same key and are signed the same (seen on S3 Control; aws4 signs so, the SDKs never send `%2F`). */
export const objectPath = (path: string): string => (path === '' ? '/' : encodeBytes(path, { isEncoded: true, isPlusSpace: false, keepSlash: true }));

/** Every other service: dot segments and empty segments removed, then each byte of the wire encoded (again, where the client had). */
export function normalizedPath(path: string): string {
  if (path === '/' || path === '') return '/';
  return encodeBytes(needsNormalizing.test(path) ? normalize(path) : path, { isEncoded: false, isPlusSpace: false, keepSlash: true });
}

const needsNormalizing = /\/(?:\/|\.{1,2}(?:\/|$))/;

/** RFC 3986 section 5.2.4, `//` collapsed too. As in the SDKs, the result ends in a slash only where the path did. */
function normalize(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  if (kept.length === 0) return '/';
  return `/${kept.join('/')}${path.endsWith('/') ? '/' : ''}`;
}
