/** Opens the store over a journal. */
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Journal } from './journal.ts';
import { defaultStoreLimits, type StoreLimits } from './limits.ts';
import { Snapshots } from './snapshots.ts';
import type { Store, Warn, Written } from './store.ts';
import { Streams } from './streams.ts';
import { WriteQueue } from './write-queue.ts';

export interface StoreOptions { readonly journal: Journal; readonly clock: Clock; readonly random: RandomBytes; readonly warn: Warn; readonly limits?: StoreLimits; /** Whether nobody else in this process would be held up while it waits for the disk: so where it is left out. */ readonly isAlone?: () => boolean }

/** Resolves when the partition is in memory. Rejects with JournalDamaged or JournalTooNew. The store closes the journal. */
export async function openStore({ journal, clock, random, warn, limits = defaultStoreLimits, isAlone = () => true }: StoreOptions): Promise<Store> {
  const streams = new Streams(journal, limits, clock);
  await streams.open();
  const snapshots = new Snapshots(journal, streams, limits, warn);
  const queue = new WriteQueue({ journal, streams, limits, clock, random, committed: (stream) => snapshots.consider(stream), isAlone });
  return {
    get partition() {
      return streams.partition;
    },
    loaded: (account) => streams.loaded(account),
    async account(account) {
      return streams.partition.accounts.find(account) ? streams.load(account) : undefined;
    },
    freshen: () => streams.freshen(),
    together: (work) => streams.together(work),
    // The draft's result is the type parameter's: the queue hands it through unread.
    write: <T>(...[account, cause, draft]: Parameters<Store['write']>) => queue.write(account, cause, draft) as Promise<Written<T>>,
    async reached(account, revision) {
      while ((streams.state(account)?.revision ?? 0) < revision) {
        await new Promise((resolve) => { setTimeout(resolve, limits.reachedPollMs).unref(); });
        streams.poll();
      }
    },
    troubles: () => (snapshots.areFailing ? ['snapshots cannot be written: the next start will take longer'] : []),
    async close() {
      await queue.idle();
      await snapshots.idle();
      await journal.close();
    },
  };
}
