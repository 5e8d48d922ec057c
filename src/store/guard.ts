/** The guard store in memory: what must happen once, or be counted, for as long as the process lives. */
import type { Clock } from '../base/clock.ts';
import type { GuardStore } from './store.ts';

/** The most keys before those whose time is over are removed. */
const sweepAt = 10_000;

export function memoryGuard(clock: Clock): GuardStore {
  const consumed = new Map<string, number>();
  const occurrences = new Map<string, { readonly times: number[]; windowMs: number }>();
  const sweep = (): void => {
    const now = clock();
    if (consumed.size > sweepAt) for (const [key, until] of consumed) if (until <= now) consumed.delete(key);
    if (occurrences.size > sweepAt) for (const [key, { times, windowMs }] of occurrences) if ((times.at(-1) ?? 0) <= now - windowMs) occurrences.delete(key);
  };
  return {
    async consume(key, until) {
      if ((consumed.get(key) ?? 0) > clock()) return false;
      consumed.set(key, until);
      sweep();
      return true;
    },
    async count(key, windowMs) {
      const now = clock();
      const times = [...(occurrences.get(key)?.times ?? []).filter((at) => at > now - windowMs), now];
      occurrences.set(key, { times, windowMs });
      sweep();
      return times.length;
    },
    async close() {},
  };
}
