/** The events of log streams, brought in by the first request that needs them; and the clock by which what has expired is removed. */
import { existsSync } from 'node:fs';
import { limits } from './limits.ts';
import type { LogStore, LogStoreParts } from './log-store.ts';

export interface LogResources {
  /** Loads the code and opens nothing: folders are made with the first event. */
  open(): Promise<LogStore>;
  /** Removes what has expired; done now and then anyway. */
  removeExpired(): Promise<void>;
  close(): Promise<void>;
}

export function createLogResources(parts: LogStoreParts): LogResources {
  let opening: Promise<LogStore> | undefined;
  let running: Promise<void> | undefined;
  const open = (): Promise<LogStore> => (opening ??= import('./log-store.ts').then(({ LogStore }) => new LogStore(parts)));
  async function run(): Promise<void> {
    try {
      // Where nothing was ever logged nothing is loaded.
      if (existsSync(parts.path)) await (await open()).removeExpired();
    } catch (cause) {
      parts.warn('expired log events could not all be removed; the next turn tries again', cause);
    } finally {
      running = undefined;
    }
  }
  const removeExpired = (): Promise<void> => (running ??= run());
  const timer = setInterval(removeExpired, limits.retentionEveryMs).unref();
  return {
    open,
    removeExpired,
    async close() {
      clearInterval(timer);
      await running;
      await (await opening)?.settled();
    },
  };
}
