/** The second file, read here and written on a thread: the guard store, last-used marks, reports and console sessions. */
import { inflateRawSync } from 'node:zlib';
import type { Clock } from '../base/clock.ts';
import type { ConsoleSession, ConsoleSessions } from './console-sessions.ts';
import { LastUsedMarks } from './last-used.ts';
import { partName, type Report, type ReportStore } from './reports.ts';
import { openSideFile } from './side-file.ts';
import type { SideResult, SideTask } from './side-writer.ts';
import type { GuardStore, LastUse, LastUsed } from './store.ts';
import { WriterThread } from './writer-thread.ts';

/** Opens the file, or makes it. What `consume`, `count`, `flush`, `put`, `insert`, `update` and `end` resolve to is durable. Closing the guard store closes all. */
export function openSideStore(file: string, clock: Clock): { readonly guard: GuardStore; readonly lastUsed: LastUsed; readonly reports: ReportStore; readonly consoleSessions: ConsoleSessions } {
  const database = openSideFile(file);
  // Compiled, this file and the writer's both end in .js.
  const writer = new WriterThread<SideTask, SideResult>(new URL(import.meta.url.endsWith('.ts') ? './side-writer.ts' : './side-writer.js', import.meta.url), file);
  const get = database.prepare('SELECT at, service, region FROM last_used WHERE id = ?');
  // `0` is the character behind `/`.
  const getOf = database.prepare("SELECT id, at, service, region FROM last_used WHERE id > ? || '/' AND id < ? || '0'");
  // No id holds a character beyond ASCII.
  const getBy = database.prepare("SELECT id, at, service, region FROM last_used WHERE id > ? AND id < ? || char(127) AND instr(id, '/') > 0 ORDER BY id LIMIT ?");
  const usesIn = (rows: unknown): readonly (readonly [id: string, use: LastUse])[] => (rows as readonly (LastUse & { readonly id: string })[]).map(({ id, ...use }) => [id, use]);
  const lastUsed = new LastUsedMarks({
    write: async (uses) => void (await writer.ask({ mark: uses, now: clock() })),
    forget: async (ids) => void (await writer.ask({ forget: ids })),
    // The columns are those of the table.
    read: (id) => get.get(id) as unknown as LastUse | undefined,
    readBy: (beginning, after, limit) => usesIn(getBy.all(after ?? beginning, beginning, limit)),
    readOf: (owner) => usesIn(getOf.all(owner, owner)),
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
    put: async (report, family) => void (await writer.ask({ report, family, now: clock() })),
    putPart: async (report, part) => void (await writer.ask({ report: { ...report, name: partName(report.name, part) }, now: clock() })),
    find(account, name, part) {
      // The columns are those of the table.
      const row = getReport.get(account, partName(name, part), clock()) as { readonly at: number; readonly until: number; readonly body: Uint8Array } | undefined;
      return row && ({ account, name, at: row.at, until: row.until, body: inflateRawSync(row.body).toString() } satisfies Report);
    },
  };
  const getSession = database.prepare('SELECT body FROM console_sessions WHERE id = ? AND until > ?');
  const listSessions = database.prepare('SELECT body FROM console_sessions WHERE principal = ? AND until > ?');
  // The body is what the writer was given.
  const sessionOf = (row: unknown): ConsoleSession => JSON.parse((row as { readonly body: string }).body);
  const consoleSessions: ConsoleSessions = {
    insert: async (session) => (await writer.ask({ session })) === true,
    update: async (id, change) => (await writer.ask({ changeSession: id, change })) === true,
    find(id, now) {
      const row = getSession.get(id, now);
      return row && sessionOf(row);
    },
    listOf: (principalId, now) => listSessions.all(principalId, now).map(sessionOf).toSorted((a, b) => b.startedAt - a.startedAt),
    end: async (id) => void (await writer.ask({ endSession: id })),
  };
  return { guard, lastUsed, reports, consoleSessions };
}
