/** Freshness: the time of a signature, held against the clock. */
import { isoBasic, type Timestamp } from '../../base/clock.ts';
import type { SignatureClaim } from './claim.ts';
import { SignatureRefusal } from './refusal.ts';

/** How far apart the signer's clock and ours may be. Source: `- 15 min.` in the answers of IAM and STS. */
export const skewSecondsMax = 900;

/** Refuses a signature made too long ago (a presigned one: whose time has run out) or too far in the future. */
export function checkFreshness(claim: SignatureClaim, now: Timestamp, presignedSecondsMax: number): void {
  // Signatures carry whole seconds, so the clock is read in whole seconds.
  const second = Math.floor(now / 1000) * 1000;
  const validSeconds = claim.isPresigned ? Math.min(claim.expiresSeconds ?? presignedSecondsMax, presignedSecondsMax) : skewSecondsMax;
  const earliest = second - validSeconds * 1000;
  if (claim.signedAt < earliest) {
    throw new SignatureRefusal('time', `Signature expired: ${claim.timestamp} is now earlier than ${isoBasic(earliest)} (${isoBasic(now)} - ${inWords(validSeconds)})`);
  }
  const latest = second + skewSecondsMax * 1000;
  if (claim.signedAt > latest) {
    throw new SignatureRefusal('time', `Signature not yet current: ${claim.timestamp} is still later than ${isoBasic(latest)} (${isoBasic(now)} + ${inWords(skewSecondsMax)})`);
  }
}

// GUESS: AWS is only known to write whole minutes.
const inWords = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`);
