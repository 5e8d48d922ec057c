/** Looks now and then which certificates end soon; what says so is loaded when it is first looked. */
import type { Plane } from './plane.ts';

/** Each certificate is told of once a day; a look that comes at a bad time is made up for by the next. */
const everyMs = 6 * 3_600_000;
const firstMs = 60_000;

export function keepTellingOfExpiries(plane: Plane): { end(): Promise<void> } {
  const { store, clock, guard, lastUsed, newRequestId, audit, warn } = plane;
  let looking: Promise<void> = Promise.resolve();
  const look = (): void => {
    looking = looking
      .then(async () => (await import('../services/rolesanywhere/expiry-notices.ts')).tellOfExpiries({ store, clock, guard, lastUsed, newRequestId, recordEvent: (record) => audit.recordEvent(record), warn }))
      .catch((cause: unknown) => warn('it could not be looked which certificates end soon; the next look tries again', cause));
  };
  const timers = [setTimeout(look, firstMs).unref(), setInterval(look, everyMs).unref()];
  return {
    async end() {
      for (const timer of timers) clearTimeout(timer);
      await looking;
    },
  };
}
