/** Times as a person reads them: how long ago, and exactly. */
import type { ReactNode } from 'react';

const dayMs = 86_400_000;

/** Whole days between two times. */
export const daysSince = (then: Date, now = Date.now()): number => Math.floor((now - then.getTime()) / dayMs);

/** `today`, `yesterday`, `3 days ago`. */
export function ago(then: Date, now = Date.now()): string {
  const days = daysSince(then, now);
  return days <= 0 ? 'today' : days === 1 ? 'yesterday' : `${days.toLocaleString('en')} days ago`;
}

/** `3 days`. */
export const daysLong = (days: number): string => `${days.toLocaleString('en')} ${days === 1 ? 'day' : 'days'}`;

const whole = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });

/** `November 24, 2026 at 2:09 PM`, in the person's own time zone. */
export const inFull = (time: Date | undefined): string => time === undefined ? '–' : whole.format(time);

/** How long ago, with the exact time for who asks. */
export const Ago = ({ time, never = 'Never' }: { readonly time: Date | undefined; readonly never?: string }): ReactNode => time === undefined ? never : <time dateTime={time.toISOString()} title={inFull(time)}>{ago(time)}</time>;
