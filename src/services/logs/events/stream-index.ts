/** Where the batches of streams are, known from the heads of their lines: read once, then only what was added since. */
import { open } from 'node:fs/promises';
import type { Warn } from '../../../store/store.ts';
import { limits } from '../limits.ts';
import type { EventLog, StreamPlace } from './event-log.ts';
import { readLine } from './record.ts';
import type { BatchPlace } from './record.ts';
import { segmentFile, timesOf } from './segment-name.ts';
import type { SegmentName } from './segment-name.ts';

/** A batch, and in which of its stream's files it is. */
export interface IndexedBatch extends BatchPlace { readonly segment: SegmentName }

interface KnownSegment { readonly name: SegmentName; readonly batches: IndexedBatch[]; readAs: number }
interface KnownStream { readonly segments: Map<string, KnownSegment>; reading: Promise<unknown> }

export class StreamIndex {
  readonly #log: EventLog;
  readonly #warn: Warn;
  /** The stream that was looked at last stands last. */
  readonly #known = new Map<string, KnownStream>();
  #batches = 0;

  constructor(log: EventLog, warn: Warn) {
    this.#log = log;
    this.#warn = warn;
  }

  /** The stream's batches that may hold events from `from` to before `to`, in the order in which they came; what was written before the call is among them. */
  async batches(stream: StreamPlace, { from = -Infinity, to = Infinity }: { readonly from?: number; readonly to?: number } = {}): Promise<readonly IndexedBatch[]> {
    const known = this.#open(stream);
    // One reads at a time: what one has read the next need not.
    const reading = known.reading.catch(() => undefined).then(() => this.#read(stream, known, from, to));
    known.reading = reading;
    return reading;
  }

  forget(stream: StreamPlace): void {
    const key = keyOf(stream);
    for (const { batches } of this.#known.get(key)?.segments.values() ?? []) this.#batches -= batches.length;
    this.#known.delete(key);
  }

  #open(stream: StreamPlace): KnownStream {
    const key = keyOf(stream);
    const known = this.#known.get(key) ?? { segments: new Map(), reading: Promise.resolve() };
    this.#known.delete(key);
    this.#known.set(key, known);
    if (this.#batches > limits.indexedBatchesMax) this.#forgetOldest(key);
    return known;
  }

  #forgetOldest(wanted: string): void {
    for (const [key, { segments }] of this.#known) {
      if (this.#batches <= limits.indexedBatchesMax / 2) return;
      if (key === wanted) continue;
      for (const { batches } of segments.values()) this.#batches -= batches.length;
      this.#known.delete(key);
    }
  }

  async #read(stream: StreamPlace, { segments }: KnownStream, from: number, to: number): Promise<readonly IndexedBatch[]> {
    const names = await this.#log.segments(stream);
    const found: IndexedBatch[] = [];
    for (const name of names) {
      const times = timesOf(name.day);
      if (times.to <= from || times.from >= to) continue;
      const file = segmentFile(name);
      let segment = segments.get(file);
      if (!segment) segments.set(file, (segment = { name, batches: [], readAs: 0 }));
      const before = segment.batches.length;
      await this.#catchUp(stream, segment);
      this.#batches += segment.batches.length - before;
      for (const batch of segment.batches) if (batch.last >= from && batch.first < to) found.push(batch);
    }
    return found;
  }

  /** Reads the whole lines behind what was read before. */
  async #catchUp(stream: StreamPlace, segment: KnownSegment): Promise<void> {
    const path = this.#log.segmentPath(stream, segment.name);
    const file = await open(path, 'r').catch((thrown: unknown) => {
      // Retention, or a deletion, was faster.
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
      throw thrown;
    });
    if (!file) return;
    try {
      let pieces: Buffer[] = [];
      let lineStart = segment.readAs;
      for (let at = segment.readAs; ;) {
        const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(limits.readBytes), position: at });
        if (bytesRead === 0) return;
        for (let start = 0; ;) {
          const end = buffer.subarray(0, bytesRead).indexOf(10, start);
          if (end < 0) {
            pieces.push(buffer.subarray(start, bytesRead));
            break;
          }
          const rest = buffer.subarray(start, end);
          const line = pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]);
          pieces = [];
          if (line.length > 0) this.#take(path, segment, line, lineStart);
          start = end + 1;
          lineStart = at + start;
          segment.readAs = lineStart;
        }
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  }

  #take(path: string, segment: KnownSegment, line: Buffer, offset: number): void {
    const read = readLine(line, offset);
    if (read.kind === 'batch') segment.batches.push({ ...read.place, segment: segment.name });
    else if (read.kind === 'damaged') this.#warn(`a batch of log events is damaged and left out: ${path} at byte ${offset}`, undefined);
  }
}

const keyOf = ({ account, groupId, streamId }: StreamPlace): string => `${account}/${groupId}/${streamId}`;
