/** What CloudWatch Logs has beside the journal: the events of streams, appended, searched, and removed when their time is over or their stream is gone. */
import type { Clock, Timestamp } from '../../base/clock.ts';
import type { RandomBytes } from '../../base/ids.ts';
import { newUuid } from '../../base/ids.ts';
import { Turnstile } from '../../base/turnstile.ts';
import type { LogGroupDoc, LogStreamDoc } from '../../store/log-docs.ts';
import type { Cause, Store, Warn } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import { EventLog } from './events/event-log.ts';
import type { StreamPlace } from './events/event-log.ts';
import type { StoredEvent } from './events/record.ts';
import { search } from './events/search.ts';
import type { FoundPage, Wanted } from './events/search.ts';
import { StreamIndex } from './events/stream-index.ts';
import { limits } from './limits.ts';
import { removeExpired } from './retention-run.ts';

/** So many read already, and so many wait, that no more can. */
export class TooManyReaders extends Error {
  override readonly name = 'TooManyReaders';
}

/** When a stream's events are from, and when the last of them came. */
export interface StreamTimes { readonly first: Timestamp; readonly last: Timestamp; readonly ingestedAt: Timestamp }

export interface LogStoreParts { readonly path: string; readonly store: Store; readonly clock: Clock; readonly random: RandomBytes; readonly warn: Warn }

export class LogStore {
  readonly #parts: LogStoreParts;
  readonly #log: EventLog;
  readonly #index: StreamIndex;
  readonly #readers = new Turnstile(limits.readersMax, limits.readersWaitingMax);

  constructor(parts: LogStoreParts) {
    this.#parts = parts;
    this.#log = new EventLog(parts.path);
    this.#index = new StreamIndex(this.#log, parts.warn);
  }

  /** Resolves when the events, which are in order, are durable. Rejects with StreamGone, or with what the disk says. */
  append(place: StreamPlace, events: readonly StoredEvent[], at: Timestamp): Promise<void> {
    return this.#log.append(place, events, at, () => {
      this.#parts.store.freshen();
      return this.#parts.store.loaded(place.account)?.logStreams.find(pairKey(place.groupId, place.streamId)) !== undefined;
    });
  }

  /** Rejects with TooManyReaders. */
  search(wanted: Wanted): Promise<FoundPage> {
    return this.#read(() => search(this.#log, this.#index, wanted));
  }

  /** Of each stream, undefined where it has no events from that time on. Rejects with TooManyReaders. */
  times(places: readonly StreamPlace[], from: Timestamp): Promise<readonly (StreamTimes | undefined)[]> {
    return this.#read(async () => {
      const found: (StreamTimes | undefined)[] = [];
      for (const place of places) {
        let times: StreamTimes | undefined;
        for (const { first, last, ingestedAt } of await this.#index.batches(place, { from })) {
          times = { first: Math.min(Math.max(first, from), times?.first ?? Infinity), last: Math.max(last, times?.last ?? 0), ingestedAt: Math.max(ingestedAt, times?.ingestedAt ?? 0) };
        }
        found.push(times);
      }
      return found;
    });
  }

  /** Bytes of each group's files. Rejects with TooManyReaders. */
  bytesOf(account: string, groupIds: readonly string[]): Promise<readonly number[]> {
    return this.#read(async () => {
      const bytes: number[] = [];
      for (const groupId of groupIds) bytes.push(await this.#log.bytesOf(account, groupId));
      return bytes;
    });
  }

  /** Once the journal says that the stream is gone. */
  async removeStream(place: StreamPlace): Promise<void> {
    this.#index.forget(place);
    await this.#log.removeStream(place);
  }

  /** Once the journal says that the group is gone: its streams go, a part at a time, and its events. What a crash leaves of them the next retention run removes. */
  async removeGroup(account: string, groupId: string, cause: Cause): Promise<void> {
    const { store } = this.#parts;
    for (let isLeft = true; isLeft;) {
      ({ value: isLeft } = await store.write(account, cause, (draft) => {
        const some = draft.logStreams.listBy('group', groupId).slice(0, limits.streamsPerEntry);
        for (const { LogStreamId } of some) draft.logStreams.remove(pairKey(groupId, LogStreamId));
        return some.length === limits.streamsPerEntry;
      }));
    }
    await this.#log.removeGroup(account, groupId);
  }

  /**
   * Appends events that Gatehouse itself has, such as an instance's console log, to a stream; it and its group are made where they are not there. Events are put in order, split into batches and cut
   * to the length that an event may have. Resolves when all of them are durable.
   */
  async appendToLog({ account, region, group, stream, retentionDays }: { readonly account: string; readonly region: string; readonly group: string; readonly stream: string; /** Of a group that is made now. */ readonly retentionDays?: number }, events: readonly { readonly timestamp: Timestamp; readonly message: string }[]): Promise<void> {
    const { store, clock, random } = this.#parts;
    const made = { group: newUuid(random), stream: newUuid(random), at: clock() };
    const cause: Cause = { by: 'gatehouse', requestId: made.stream, action: 'logs:CreateLogStream' };
    const { value: place } = await store.write(account, cause, (draft): StreamPlace => {
      let groupDoc: LogGroupDoc | undefined = draft.logGroups.findBy('name', pairKey(region, group));
      if (!groupDoc) draft.logGroups.insert((groupDoc = { LogGroupId: made.group, Region: region, LogGroupName: group, CreateDate: made.at, ...(retentionDays !== undefined && { RetentionDays: retentionDays }) }));
      const { LogGroupId } = groupDoc;
      let streamDoc: LogStreamDoc | undefined = draft.logStreams.findBy('name', pairKey(LogGroupId, stream));
      if (!streamDoc) draft.logStreams.insert((streamDoc = { LogGroupId, LogStreamId: made.stream, LogStreamName: stream, CreateDate: made.at }));
      return { account, groupId: LogGroupId, streamId: streamDoc.LogStreamId };
    });
    const now = clock();
    const stored = events.filter(({ message }) => message !== '').map(({ timestamp, message }): StoredEvent => [Math.min(Math.max(timestamp, now - limits.pastMs), now + limits.futureMs), cut(message)]).sort(([a], [b]) => a - b);
    for (const batch of batchesOf(stored)) await this.append(place, batch, clock());
  }

  /** Removes what its group's retention no longer keeps, and what belongs to no stream any more. */
  removeExpired(): Promise<void> {
    return removeExpired(this.#log, this.#index, this.#parts);
  }

  /** Resolves when all that was begun is done. */
  settled(): Promise<void> {
    return this.#log.settled();
  }

  #read<T>(work: () => Promise<T>): Promise<T> {
    return this.#readers.pass(work, () => new TooManyReaders());
  }
}

/** Of a longer message the beginning, whole characters of it. */
function cut(message: string): string {
  const bytes = Buffer.from(message);
  const most = limits.batchBytesMax - limits.bytesPerEvent;
  if (bytes.length <= most) return message;
  let end = most;
  while ((bytes[end]! & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

/** As many events as a batch may have, by their number, their bytes and the time between them. */
function* batchesOf(events: readonly StoredEvent[]): Generator<readonly StoredEvent[]> {
  let batch: StoredEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(event[1]) + limits.bytesPerEvent;
    if (batch.length > 0 && (batch.length >= limits.batchEventsMax || bytes + size > limits.batchBytesMax || event[0] - batch[0]![0] >= limits.batchSpanMs)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
