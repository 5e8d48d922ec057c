/** Reads events in their order, a page at a time: forwards or backwards from a place, of one stream or of many, those that are wanted. */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { limits } from '../limits.ts';
import type { EventLog, StreamPlace } from './event-log.ts';
import { comparePositions, gapBefore, isBehind } from './position.ts';
import type { Gap, Position } from './position.ts';
import { decodeBatch } from './record.ts';
import type { IndexedBatch, StreamIndex } from './stream-index.ts';

export interface FoundEvent { readonly position: Position; readonly message: string }

export interface Wanted {
  readonly streams: readonly StreamPlace[];
  /** Times from, and before. */
  readonly from: number;
  readonly to: number;
  readonly direction: 'forwards' | 'backwards';
  /** Where the page begins; the first event, or backwards the last, where it is left out. */
  readonly gap?: Gap | undefined;
  readonly limit: number;
  readonly matches?: (message: string) => boolean;
}

export interface FoundPage {
  /** In order, whichever way they were looked for. */
  readonly events: readonly FoundEvent[];
  /** Where more may follow, of a search forwards; undefined when there are no more. */
  readonly rest: Gap | undefined;
}

interface Candidate { readonly stream: StreamPlace; readonly batch: IndexedBatch }

/** Batches are read in the order of their first events (backwards of their last), and no more of them than the page needs: what a page holds is bounded however they overlap. */
export async function search(log: EventLog, index: StreamIndex, wanted: Wanted): Promise<FoundPage> {
  const isForwards = wanted.direction === 'forwards';
  const from = isForwards ? Math.max(wanted.from, wanted.gap?.position.timestamp ?? -Infinity) : wanted.from;
  const to = isForwards ? wanted.to : Math.min(wanted.to, (wanted.gap?.position.timestamp ?? Infinity) + 1);
  const candidates: Candidate[] = [];
  for (const stream of wanted.streams) for (const batch of await index.batches(stream, { from, to })) candidates.push({ stream, batch });
  candidates.sort(isForwards ? (a, b) => a.batch.first - b.batch.first : (a, b) => b.batch.last - a.batch.last);
  const page = new Page(wanted.limit, isForwards);
  const reader = new BatchReader(log);
  try {
    let bytesRead = 0;
    for (const { stream, batch } of candidates) {
      if (page.isBeyond(isForwards ? batch.first : batch.last)) break;
      // Only where something was left behind it: else the next request would stand where this one does.
      if (wanted.matches && bytesRead > limits.searchBytesMax && batch.first > candidates[0]!.batch.first && batch.first > from) return page.untilTime(batch.first);
      bytesRead += batch.length;
      for (const event of await eventsOf(reader, stream, batch)) {
        const { timestamp } = event.position;
        if (timestamp < from || timestamp >= to || (wanted.gap && isBehind(event.position, wanted.gap) !== isForwards)) continue;
        if (page.wants(event) && (wanted.matches?.(event.message) ?? true)) page.add(event);
      }
    }
    return page.whole();
  } finally {
    await reader.close();
  }
}

async function eventsOf(reader: BatchReader, stream: StreamPlace, batch: IndexedBatch): Promise<readonly FoundEvent[]> {
  const { ingestedAt, offset, segment: { day, number } } = batch;
  const body = await reader.read(stream, batch);
  if (!body) return [];
  return decodeBatch(body).map(([timestamp, message], i) => ({ message, position: { timestamp, ingestedAt, streamId: stream.streamId, day, number, offset, index: i } }));
}

/** The first so many events of those that were added (backwards the last), by number and by size. */
class Page {
  readonly #limit: number;
  readonly #sign: number;
  #events: FoundEvent[] = [];
  #bytes = 0;
  /** The first event that has no room; none is looked at that comes behind it. */
  #end: FoundEvent | undefined;

  constructor(limit: number, isForwards: boolean) {
    this.#limit = limit;
    this.#sign = isForwards ? 1 : -1;
  }

  /** Whether no event of that time or beyond has room. */
  isBeyond(timestamp: number): boolean {
    this.#prune();
    return this.#end !== undefined && (timestamp - this.#end.position.timestamp) * this.#sign > 0;
  }

  wants({ position }: FoundEvent): boolean {
    return this.#end === undefined || this.#order(position, this.#end.position) < 0;
  }

  add(event: FoundEvent): void {
    this.#events.push(event);
    this.#bytes += sizeOf(event);
    // Now and then, so that what is held stays within bounds.
    if (this.#events.length > 2 * this.#limit + 1_000 || this.#bytes > 4 * limits.pageBytesMax) this.#prune();
  }

  whole(): FoundPage {
    this.#prune();
    const last = this.#events.at(-1);
    return { events: this.#inOrder(), rest: this.#end && last && this.#sign > 0 ? { side: 'behind', position: last.position } : undefined };
  }

  /** What is certain: nothing that is still to be read comes before that time. */
  untilTime(timestamp: number): FoundPage {
    this.#prune();
    const kept = this.#events.filter(({ position }) => position.timestamp < timestamp);
    if (this.#end && kept.length === this.#events.length) return this.whole();
    return { events: kept, rest: gapBefore(timestamp) };
  }

  #inOrder(): readonly FoundEvent[] {
    return this.#sign > 0 ? this.#events : this.#events.toReversed();
  }

  #order(a: Position, b: Position): number {
    return comparePositions(a, b) * this.#sign;
  }

  #prune(): void {
    this.#events.sort((a, b) => this.#order(a.position, b.position));
    let bytes = 0;
    let count = 0;
    for (const event of this.#events) {
      const size = sizeOf(event);
      // One event always has room.
      if (count > 0 && (count >= this.#limit || bytes + size > limits.pageBytesMax)) {
        this.#end = event;
        break;
      }
      bytes += size;
      count++;
    }
    this.#events.length = count;
    this.#bytes = bytes;
  }
}

/** UTF-16 code units are near enough to bytes for a bound of what is held and sent. */
const sizeOf = ({ message }: FoundEvent): number => message.length + limits.bytesPerEvent;

/** Files that are open at a time. */
const openMax = 32;

class BatchReader {
  readonly #log: EventLog;
  readonly #files = new Map<string, FileHandle>();

  constructor(log: EventLog) {
    this.#log = log;
  }

  /** Undefined for what was removed meanwhile. */
  async read(stream: StreamPlace, { segment, offset, length }: IndexedBatch): Promise<Buffer | undefined> {
    const path = this.#log.segmentPath(stream, segment);
    let file = this.#files.get(path);
    if (!file) {
      if (this.#files.size >= openMax) await this.close();
      try {
        file = await open(path, 'r');
      } catch (thrown) {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
        throw thrown;
      }
      this.#files.set(path, file);
    }
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(length), position: offset });
    if (bytesRead !== length) throw new Error(`a file of log events became shorter: ${path}`);
    return buffer;
  }

  async close(): Promise<void> {
    const files = [...this.#files.values()];
    this.#files.clear();
    for (const file of files) await file.close();
  }
}
