/** Conditions and ranges of a request that reads. Source: RFC 9110, sections 13 and 14; GetObject (S3 API Reference). */
import type { ErrorDetails, Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import type { ByteRange } from './objects/object-store.ts';

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Timestamp | undefined;
  readonly IfUnmodifiedSince?: Timestamp | undefined;
}

interface Validators { readonly etag: string; readonly lastModified: Timestamp }

const lists = (header: string, etag: string): boolean => header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '').replaceAll('"', '') === etag);

/** Dates of HTTP have whole seconds. */
const second = (at: Timestamp): number => Math.floor(at / 1000);

/** Raises PreconditionFailed, or NotModified. An entity tag says more than a date, which is then not looked at. */
export function checkConditions({ IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: ReadConditions, { etag, lastModified }: Validators, error: Raise<'PreconditionFailed' | 'NotModified'>, headers: Readonly<Record<string, string>> = {}): void {
  const fail = (Condition: string) => error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { details: { Condition } });
  if (IfMatch !== undefined) {
    if (!lists(IfMatch, etag)) throw fail('If-Match');
  } else if (IfUnmodifiedSince !== undefined && second(lastModified) > second(IfUnmodifiedSince)) {
    throw fail('If-Unmodified-Since');
  }
  const isKnown = IfNoneMatch !== undefined ? lists(IfNoneMatch, etag) : IfModifiedSince !== undefined && second(lastModified) <= second(IfModifiedSince);
  if (isKnown) throw error('NotModified', 'Not Modified', { headers: { ETag: `"${etag}"`, 'Last-Modified': new Date(lastModified).toUTCString(), ...headers } });
}

/** Which bytes are asked for; undefined for all. What is not one range in bytes counts as not said. Raises InvalidRange. */
export function rangeOf(header: string | undefined, sizeBytes: number, error: Raise<'InvalidRange'>): ByteRange | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  const first = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  const details: ErrorDetails = { RangeRequested: header!.slice(0, 64), ActualObjectSize: String(sizeBytes) };
  if (first > last) throw error('InvalidRange', 'The requested range is not satisfiable', { details, headers: { 'Content-Range': `bytes */${sizeBytes}` } });
  return { first, last };
}
