/** Verification: what a claim must satisfy before any key is looked up, and whether its signature is that of the request. */
import { hash } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import type { SignedRequest } from '../signed-request.ts';
import type { SignatureClaim } from './claim.ts';
import { checkCoverage, checkScope } from './coverage.ts';
import type { SignatureDialect } from './dialect.ts';
import { checkFreshness } from './freshness.ts';
import { signedValue } from './headers.ts';
import { expiresSecondsMax } from './presigned-query.ts';
import { canonicalQuery } from './query-string.ts';
import { isSameSignature, type SigningKey } from './signing-key.ts';

/** Checks what needs no key: the scope is that of `service` – and `region`, where the endpoint is one region's – the time is now, and what must be signed is. Throws SignatureRefusal. */
export function checkClaim(claim: SignatureClaim, service: string, now: Timestamp, dialect: SignatureDialect, region?: string): void {
  checkScope(claim, service, region);
  checkFreshness(claim, now, dialect.presignedSecondsMax);
  checkCoverage(claim);
}

/** The same where a text is signed, which says itself until when it is good, and covers no header. */
export function checkTextClaim(claim: SignatureClaim, service: string, now: Timestamp): void {
  checkScope(claim, service);
  checkFreshness({ ...claim, isPresigned: true, expiresSeconds: undefined }, now, expiresSecondsMax);
}

/** Whether the signature of `claim` is the one that `key` makes of `request`. */
export function isSignedBy(key: SigningKey, claim: SignatureClaim, request: SignedRequest, dialect: SignatureDialect): boolean {
  const canonical = canonicalRequest(claim, request, dialect);
  return canonical !== undefined && isSameSignature(key.sign(claim.timestamp, hashBytes(canonical)), claim.signature);
}

/**
 * The canonical request, each character one byte; undefined where a signed header is absent or the body is not the one that was
 * declared: such a request has no signature at all.
 */
export function canonicalRequest(claim: SignatureClaim, request: SignedRequest, dialect: SignatureDialect): string | undefined {
  const payload = dialect.payload(claim, request.body);
  if (payload === undefined) return undefined;
  const queryStart = request.target.indexOf('?');
  const path = queryStart < 0 ? request.target : request.target.slice(0, queryStart);
  // Few pieces: putting a string together costs as much as hashing it.
  let canonical = `${request.method}\n${dialect.path(path)}\n${canonicalQuery(claim.parameters)}\n`;
  for (let i = 0; i < claim.signedHeaders.length; i++) {
    const value = signedValue(claim.headers, claim.signedHeaders[i]!);
    if (value === undefined) return undefined;
    canonical += claim.signedHeaderLabels[i]! + value;
  }
  return `${canonical}\n\n${claim.signedHeaderList}\n${payload}`;
}

/** SHA-256 of a string of which every character is one byte. The hash of a string is that of its UTF-8, so only ASCII may go straight in. */
function hashBytes(text: string): string {
  return Buffer.byteLength(text, 'utf8') === text.length ? hash('sha256', text) : hash('sha256', Buffer.from(text, 'latin1'));
}
