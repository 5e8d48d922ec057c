/** What the door stands on: everything is an argument. */
import type { Authorize } from '../../authz/authorize.ts';
import type { DenialOccasion } from '../../authz/denial-trace.ts';
import type { Denied } from '../../authz/denial.ts';
import type { Clock, Timestamp } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { Seal } from '../../base/seal.ts';
import type { SessionSealer } from '../../credentials/session-token.ts';
import type { ConsoleSessions } from '../../store/console-sessions.ts';
import type { GuardStore, LastUsed, Store } from '../../store/store.ts';

export interface DoorParts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly store: Store;
  readonly seal: Seal;
  readonly sessions: SessionSealer;
  readonly lastUsed: LastUsed;
  readonly guard: GuardStore;
  readonly consoleSessions: ConsoleSessions;
  readonly authorize: Authorize;
  /** Keeps a denial, to be explained by the request's id. */
  readonly recordDenial: (denied: Denied, occasion: DenialOccasion, at: Timestamp) => void;
  /** Adds a record to the audit log, which gives it its id. */
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  /** Throws ApiError while the audit log cannot be written. */
  readonly assertAuditWritable: () => void;
  /** Lets time pass, in milliseconds; a timer where it is left out. A test has no time to pass. */
  readonly pass?: (ms: number) => Promise<unknown>;
  /** proof/password's where it is left out: a test counts its work. */
  readonly verifyPassword?: (password: string, hash: string) => Promise<boolean>;
}
