/** What the PostgreSQL door stands on: everything is an argument. */
import type { Authenticate } from '../../authn/authenticate.ts';
import type { Authorize } from '../../authz/authorize.ts';
import type { Denied } from '../../authz/denial.ts';
import type { Clock } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { Seal } from '../../base/seal.ts';
import type { DatabaseServers } from '../../services/rds/database-servers.ts';
import type { LastUsed, Store } from '../../store/store.ts';

export interface PostgresDoorParts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly newRequestId: () => string;
  readonly store: Store;
  readonly seal: Seal;
  readonly authenticate: Authenticate;
  readonly authorize: Authorize;
  readonly lastUsed: LastUsed;
  readonly databases: DatabaseServers;
  /** Keeps a denial, so that it can be explained, and gives its authorization id. */
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  /** Adds a record to the audit log, which gives it its id. */
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  /** The same of whoever could not prove who he is: of many only the number is kept. */
  readonly recordRefused: (record: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, cause: unknown) => void;
}
