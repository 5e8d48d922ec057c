/** A batch of events as it lies in a file: a line that says what is in it, and is whole or is none. */
import { crc32 } from 'node:zlib';

/** An event: its time and its message. */
export type StoredEvent = readonly [timestamp: number, message: string];

/** What a line's head says of its batch, without its messages. */
export interface BatchHead {
  readonly ingestedAt: number;
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Where a batch is, and its head. */
export interface BatchPlace extends BatchHead { readonly offset: number; readonly length: number }

/**
 * The bytes of a batch, whose events are in order and at least one. A line feed stands before it as well as behind it: what a writer that was
 * killed, or a full disk, left of a line ends there and spoils no other.
 */
export function encodeBatch(events: readonly StoredEvent[], ingestedAt: number): Buffer {
  const body = Buffer.from(JSON.stringify(events));
  return Buffer.concat([Buffer.from(`\n${crc32(body)} ${body.length} ${ingestedAt} ${events[0]![0]} ${events.at(-1)![0]} ${events.length} `), body, lineFeed]);
}

const lineFeed = Buffer.from('\n');
const head = /^(\d+) (\d+) (\d+) (\d+) (\d+) (\d+) /;
/** Six numbers, and a space behind each. */
const headLengthMax = 120;

/** What a line is: a batch, the beginning of one, or something that was a batch and is damaged. */
export type Line = { readonly kind: 'batch'; readonly place: BatchPlace } | { readonly kind: 'torn' } | { readonly kind: 'damaged' };

/** Reads a line without its line feeds, which begins at `offset` of its file. */
export function readLine(line: Buffer, offset: number): Line {
  const found = head.exec(line.toString('latin1', 0, headLengthMax));
  if (!found) return { kind: 'torn' };
  const [checksum = 0, bytes = 0, ingestedAt = 0, first = 0, last = 0, count = 0] = found.slice(1).map(Number);
  const begins = found[0].length;
  if (line.length - begins < bytes) return { kind: 'torn' };
  if (line.length - begins > bytes || crc32(line.subarray(begins)) !== checksum) return { kind: 'damaged' };
  return { kind: 'batch', place: { ingestedAt, first, last, count, offset: offset + begins, length: bytes } };
}

/** The events of a batch, whose checksum was compared when its place was read. */
export const decodeBatch = (body: Buffer): readonly StoredEvent[] => JSON.parse(body.toString()) as readonly StoredEvent[];
