/** What keeps a version from being removed, and who may change that: pure, asked where the index is written. Source: "How S3 Object Lock works" (S3 User Guide). */
import type { Timestamp } from '../../../base/clock.ts';

export interface Retention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly until: Timestamp;
}

/** Of one version. */
export interface ObjectLock {
  readonly retention?: Retention | undefined;
  /** Without an end of its own. `OFF`: there was one. */
  readonly legalHold?: 'ON' | 'OFF' | undefined;
}

const isActive = (retention: Retention | undefined, at: Timestamp): retention is Retention => retention !== undefined && retention.until > at;

/** Whether the version may not be removed at that time. A bypass is one of governance: nothing bypasses compliance, nor a hold. */
export function protects({ retention, legalHold }: ObjectLock, at: Timestamp, bypassesGovernance: boolean): boolean {
  return legalHold === 'ON' || (isActive(retention, at) && !(bypassesGovernance && retention.mode === 'GOVERNANCE'));
}

/** Whether another retention, or none, may take its place: what only adds to it may, and, of governance, what bypasses it. */
export function mayReplace(retention: Retention | undefined, wanted: Retention | undefined, at: Timestamp, bypassesGovernance: boolean): boolean {
  if (!isActive(retention, at)) return true;
  if (wanted?.mode === retention.mode && wanted.until >= retention.until) return true;
  return retention.mode === 'GOVERNANCE' && bypassesGovernance;
}

/** As the index keeps it; null where there is none. */
export const lockText = (lock: ObjectLock | undefined): string | null => (lock?.retention || lock?.legalHold ? JSON.stringify(lock) : null);

/** An edge: the index holds what `lockText` wrote. */
export const lockOf = (text: string | null): ObjectLock | undefined => (text === null ? undefined : (JSON.parse(text) as ObjectLock));
