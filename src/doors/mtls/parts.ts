/** What the door of devices stands on: everything is an argument. */
import type { Denied } from '../../authz/denial.ts';
import type { Clock } from '../../base/clock.ts';
import type { ServiceSessionParts } from '../../services/service-session.ts';
import type { Store } from '../../store/store.ts';

export interface DeviceDoorParts extends ServiceSessionParts {
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly store: Store;
  readonly isServedHost: (host: string) => boolean;
  /** Keeps a denial, so that it can be explained, and gives its authorization id. */
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  /** Adds a record to the audit log, which gives it its id. */
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  /** Throws where the audit log cannot be written: then nobody is given credentials. */
  readonly assertAuditWritable: () => void;
  readonly warn: (message: string, cause: unknown) => void;
}
