/** Places in the order of events: by their own time, then by when they came, then by where they lie. Source of the order: FilterLogEvents (CloudWatch Logs API Reference). */
import type { SegmentName } from './segment-name.ts';

/** The place of an event; no two have the same. */
export interface Position extends SegmentName {
  readonly timestamp: number;
  readonly ingestedAt: number;
  readonly streamId: string;
  /** Of its batch, and its number in it. */
  readonly offset: number;
  readonly index: number;
}

/** A place between two events: right before one or right behind it. */
export interface Gap { readonly position: Position; readonly side: 'before' | 'behind' }

/** The gap before all events of that time and later. */
export const gapBefore = (timestamp: number): Gap => ({ side: 'before', position: { timestamp, ingestedAt: 0, streamId: '', day: 0, number: 0, offset: 0, index: 0 } });

export function comparePositions(a: Position, b: Position): number {
  return a.timestamp - b.timestamp || a.ingestedAt - b.ingestedAt || (a.streamId < b.streamId ? -1 : a.streamId > b.streamId ? 1 : 0) || a.day - b.day || a.number - b.number || a.offset - b.offset || a.index - b.index;
}

/** Whether the event of that place comes behind the gap. */
export function isBehind(position: Position, gap: Gap): boolean {
  const order = comparePositions(position, gap.position);
  return order > 0 || (order === 0 && gap.side === 'before');
}

export const writeGap = ({ side, position: { timestamp, ingestedAt, streamId, day, number, offset, index } }: Gap): string => JSON.stringify([side, timestamp, ingestedAt, streamId, day, number, offset, index]);

/** What writeGap wrote. */
export function readGap(text: string): Gap {
  // An edge: it was sealed here, so that it is what was written.
  const [side, timestamp, ingestedAt, streamId, day, number, offset, index] = JSON.parse(text) as [Gap['side'], number, number, string, number, number, number, number];
  return { side, position: { timestamp, ingestedAt, streamId, day, number, offset, index } };
}
