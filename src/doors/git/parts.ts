/** What the Git door stands on: everything is an argument. */
import type { Authorize } from '../../authz/authorize.ts';
import type { Denied } from '../../authz/denial.ts';
import type { Clock } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { GitFolder } from '../../services/codecommit/git/git-folder.ts';
import type { LastUsed, Store } from '../../store/store.ts';

export interface GitDoorParts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly newRequestId: () => string;
  readonly store: Store;
  readonly git: GitFolder;
  readonly lastUsed: LastUsed;
  readonly authorize: Authorize;
  /** Keeps a denial, so that it can be explained, and gives its authorization id. */
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  /** Adds a record to the audit log, which gives it its id. */
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  /** The same of whoever could not prove who he is: of many only the number is kept. */
  readonly recordRefused: (record: Readonly<Record<string, unknown>>) => void;
  /** Throws ApiError while the audit log cannot be written. */
  readonly assertAuditWritable: () => void;
  readonly warn: (message: string, cause: unknown) => void;
}
