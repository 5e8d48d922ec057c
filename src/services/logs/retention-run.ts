/** Removes events whose time is over, and what deletions left behind. Source: PutRetentionPolicy (CloudWatch Logs API Reference): expired events are "typically deleted up to 72 hours" later. */
import type { LogGroupDoc } from '../../store/log-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { EventLog, StreamPlace } from './events/event-log.ts';
import type { StreamIndex } from './events/stream-index.ts';
import { limits } from './limits.ts';
import type { LogStoreParts } from './log-store.ts';

/** From when on the group's events are kept. */
export const keptFrom = ({ RetentionDays }: Pick<LogGroupDoc, 'RetentionDays'>, now: number): number => (RetentionDays === undefined ? -Infinity : now - RetentionDays * limits.dayMs);

/** Goes by what lies on disk: nothing that is there is forgotten. */
export async function removeExpired(log: EventLog, index: StreamIndex, { store, clock, warn }: LogStoreParts): Promise<void> {
  for await (const place of log.streams()) {
    try {
      await removeExpiredOf(place, log, index, { store, clock });
    } catch (cause) {
      warn(`expired log events of a stream could not be removed; the next turn tries again: ${log.folderOf(place)}`, cause);
    }
  }
  for (const { AccountId } of Array.from(store.partition.accounts.all())) {
    const view = store.loaded(AccountId);
    if (view) await removeOrphans(view, store);
  }
}

async function removeExpiredOf(place: StreamPlace, log: EventLog, index: StreamIndex, { store, clock }: Pick<LogStoreParts, 'store' | 'clock'>): Promise<void> {
  const view = await store.account(place.account);
  // INVARIANT: a folder is made only after its stream stands in the journal, so that what was seen on disk before this look and is not in it is gone.
  store.freshen();
  const stream = view?.logStreams.find(pairKey(place.groupId, place.streamId));
  const group = stream && view && groupOf(view, place.groupId);
  if (!group) {
    index.forget(place);
    await log.removeStream(place);
    return;
  }
  if (group.RetentionDays !== undefined && (await log.removeBefore(place, keptFrom(group, clock()))) > 0) index.forget(place);
}

/** Streams of groups that are gone: a crash came between the two. */
async function removeOrphans(view: AccountView, store: LogStoreParts['store']): Promise<void> {
  const orphans = Array.from(view.logStreams.valuesOf('group')).filter((groupId) => !groupOf(view, groupId));
  for (const groupId of orphans) {
    await store.write(view.account, { by: 'gatehouse', requestId: groupId, action: 'logs:DeleteLogGroup' }, (draft) => {
      if (groupOf(draft, groupId)) return;
      for (const { LogStreamId } of draft.logStreams.listBy('group', groupId).slice(0, limits.streamsPerEntry)) draft.logStreams.remove(pairKey(groupId, LogStreamId));
    });
  }
}

const groupOf = (view: AccountView, groupId: string): LogGroupDoc | undefined => view.logGroups.find(groupId);
