/** The data keys that seal secrets and session tokens: shown, and succeeded by a new one without ending what the old ones sealed. */
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import { openKeyring } from '../credentials/keyring.ts';
import type { StoredDataKeys } from '../credentials/keyring.ts';
import type { Store } from '../store/store.ts';

/** What the partition has at each moment: the keyring asks it before it seals. */
export function storedDataKeys(store: Pick<Store, 'partition'>): StoredDataKeys {
  return { get revision() { return store.partition.revision; }, all: () => store.partition.dataKeys.all() };
}

export interface ShownDataKey {
  readonly id: string;
  readonly createdAt: number;
  /** Whether it is the one that seals; the others only open what they sealed. */
  readonly isSealing: boolean;
  /** Whether the sessions that it sealed were ended. */
  readonly hasEndedSessions: boolean;
}

/** The newest first. */
export function shownDataKeys({ partition }: Pick<Store, 'partition'>): readonly ShownDataKey[] {
  return [...partition.dataKeys.all()]
    .toSorted((a, b) => b.CreateDate - a.CreateDate || (a.DataKeyId < b.DataKeyId ? 1 : -1))
    .map(({ DataKeyId, CreateDate, SessionsEndedAt }, place) => ({ id: DataKeyId, createdAt: CreateDate, isSealing: place === 0, hasEndedSessions: SessionsEndedAt !== undefined }));
}

interface Ground { readonly store: Store; readonly masterKey: Uint8Array; readonly random: RandomBytes; readonly clock: Clock; readonly requestId: string; /** Whether every session that the old keys sealed ends now: someone else may know them. */ readonly endsSessions?: boolean }

/**
 * Adds a data key, which every process seals with from its next secret or token on. The old ones stay: secrets that they sealed open for as long as they are kept, sessions
 * until they end by themselves, or now where that is asked for.
 * Rejects with MasterKeyWrong where the master key is not the one that the others are sealed by.
 */
export async function rotateDataKey({ store, masterKey, random, clock, requestId, endsSessions = false }: Ground): Promise<void> {
  // The newest key seals: a clock that was set back since must not make this one the older.
  const newestAt = Math.max(0, ...[...store.partition.dataKeys.all()].map(({ CreateDate }) => CreateDate));
  const keyring = openKeyring({ masterKey, stored: storedDataKeys(store), random, clock: () => Math.max(clock(), newestAt + 1) });
  const dataKey = keyring.newDataKey();
  const [first] = store.partition.accounts.all();
  // INVARIANT: there is an account as soon as there is a data key; they are made in one step.
  if (!first) throw new Error('there is no account yet');
  await store.write(first.AccountId, { by: 'gatehouse', requestId, action: endsSessions ? 'gatehouse:RevokeDataKeys' : 'gatehouse:RotateDataKey' }, (draft) => {
    const ending = endsSessions ? [...draft.partition.dataKeys.all()].filter(({ SessionsEndedAt }) => SessionsEndedAt === undefined) : [];
    for (const old of ending) draft.partition.dataKeys.update({ ...old, SessionsEndedAt: dataKey.CreateDate });
    if (!draft.partition.dataKeys.insert(dataKey)) throw new Error('the id of the new data key is taken');
    return undefined;
  });
}
