/** What the metadata door stands on: everything is an argument. */
import type { Denied } from '../../authz/denial.ts';
import type { Clock } from '../../base/clock.ts';
import type { Seal } from '../../base/seal.ts';
import type { ActiveSshKeys } from '../../services/active-ssh-keys.ts';
import type { InstanceIdentity } from '../../services/instance-identity.ts';
import type { ServiceSessionParts } from '../../services/service-session.ts';
import type { Store } from '../../store/store.ts';

export interface MetadataParts extends ServiceSessionParts {
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly store: Store;
  readonly seal: Seal;
  /** Keys that open instances for a minute. */
  readonly activeSshKeys: Pick<ActiveSshKeys, 'list'>;
  readonly instanceIdentity: () => Promise<Pick<InstanceIdentity, 'prove'>>;
  /** Keeps a denial, so that it can be explained, and gives its authorization id. */
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  /** Adds a record to the audit log, which gives it its id. */
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, cause: unknown) => void;
}
