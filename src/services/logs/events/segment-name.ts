/** Names of a stream's files: the day on which their events came, and a number within it, so that their order is that of their names. */
import { limits } from '../limits.ts';

export interface SegmentName { readonly day: number; readonly number: number }

const syntax = /^(\d{4})(\d{2})(\d{2})-(\d{6})\.log$/;

/** Undefined for any other file. */
export function readSegmentName(file: string): SegmentName | undefined {
  const found = syntax.exec(file);
  if (!found) return undefined;
  const [year = 0, month = 0, date = 0, number = 0] = found.slice(1).map(Number);
  return { day: Date.UTC(year, month - 1, date) / limits.dayMs, number };
}

export function segmentFile({ day, number }: SegmentName): string {
  return `${new Date(day * limits.dayMs).toISOString().slice(0, 10).replaceAll('-', '')}-${String(number).padStart(6, '0')}.log`;
}

export const dayOf = (at: number): number => Math.floor(at / limits.dayMs);

/** The times that events which came on that day can have. */
export const timesOf = (day: number): { readonly from: number; readonly to: number } => ({ from: day * limits.dayMs - limits.pastMs, to: (day + 1) * limits.dayMs + limits.futureMs });
