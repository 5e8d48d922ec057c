/** The second file, read here and written on a thread: the guard store, last-used marks and reports. */
import { inflateRawSync } from 'node:zlib';
import type { Clock } from '../base/clock.ts';
import { LastUsedMarks } from './last-used.ts';
import type { Report, ReportStore } from './reports.ts';
import { openSideFile } from './side-file.ts';
import type { SideResult, SideTask } from './side-writer.ts';
import type { GuardStore, LastUse, LastUsed } from './store.ts';
import { WriterThread } from './writer-thread.ts';

/** Opens the file, or makes it. What `consume`, `count`, `flush` and `put` resolve to is durable. Closing the guard store closes all. */
export function openSideStore(file: string, clock: Clock): { readonly guard: GuardStore; readonly lastUsed: LastUsed; readonly reports: ReportStore } {
  const database = openSideFile(file);
  // Compiled, this file and the writer's both end in .js.
  const writer = new WriterThread<SideTask, SideResult>(new URL(import.meta.url.endsWith('.ts') ? './side-writer.ts' : './side-writer.js', import.meta.url), file);
  const get = database.prepare('SELECT at, service, region FROM last_used WHERE id = ?');
  // `0` is the character behind `/`.
  const getOf = database.prepare("SELECT id, at, service, region FROM last_used WHERE id > ? || '/' AND id < ? || '0'");
  const lastUsed = new LastUsedMarks({
    write: async (uses) => void (await writer.ask({ mark: uses })),
    // The columns are those of the table.
    read: (id) => get.get(id) as unknown as LastUse | undefined,
    readOf: (owner) => (getOf.all(owner, owner) as unknown as readonly (LastUse & { readonly id: string })[]).map(({ id, ...use }) => [id, use]),
  });
  const guard: GuardStore = {
    consume: async (key, until) => (await writer.ask({ consume: key, until, now: clock() })) === true,
    count: async (key, windowMs) => Number(await writer.ask({ count: key, windowMs, now: clock() })),
    async close() {
      await writer.close();
      database.close();
    },
  };
  const getReport = database.prepare('SELECT at, until, body FROM reports WHERE account = ? AND name = ? AND until > ?');
  const reports: ReportStore = {
    put: async (report) => void (await writer.ask({ report, now: clock() })),
    find(account, name) {
      // The columns are those of the table.
      const row = getReport.get(account, name, clock()) as { readonly at: number; readonly until: number; readonly body: Uint8Array } | undefined;
      return row && ({ account, name, at: row.at, until: row.until, body: inflateRawSync(row.body).toString() } satisfies Report);
    },
  };
  return { guard, lastUsed, reports };
}
