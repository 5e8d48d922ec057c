/** The writer of the second file, on a thread of its own: what is taken, counted, marked or reported is durable when it answers. */
import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync } from 'node:zlib';
import type { Timestamp } from '../base/clock.ts';
import { endOf } from './console-sessions.ts';
import type { ConsoleSession, SessionChange } from './console-sessions.ts';
import type { Report, ReportFamily } from './reports.ts';
import type { LastUse } from './store.ts';
import { usesKeptMs } from './last-used.ts';
import { ages, openSideFile } from './side-file.ts';
import { serveTasks, threadSettings, type Done } from './writer-thread.ts';

export type SideTask =
  | { readonly consume: string; readonly until: Timestamp; readonly now: Timestamp }
  | { readonly count: string; readonly windowMs: number; readonly now: Timestamp }
  | { readonly mark: readonly (readonly [id: string, use: LastUse])[]; readonly now: Timestamp }
  | { readonly forget: readonly string[] }
  | { readonly report: Report; readonly family?: ReportFamily | undefined; readonly now: Timestamp }
  | { readonly session: ConsoleSession }
  | { readonly changeSession: string; readonly change: SessionChange }
  | { readonly endSession: string };

/** Of `consume` whether it was taken, of `count` how many there were, of `mark` and `forget` how many were given, of `report` that it is kept, of `session` whether it is new, of `changeSession` whether it is there, of `endSession` that it is over. */
export type SideResult = boolean | number;

// An edge: openSideStore starts this thread, with the file's name.
const database: DatabaseSync = openSideFile(threadSettings() as string);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const rollback = database.prepare('ROLLBACK');
const forgetConsumed = database.prepare('DELETE FROM consumed WHERE until <= ?');
const take = database.prepare('INSERT INTO consumed (key, until) VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
const forgetOccurrences = database.prepare('DELETE FROM occurrences WHERE until <= ?');
const occur = database.prepare('INSERT INTO occurrences (key, at, until) VALUES (?, ?, ?)');
const countSince = database.prepare('SELECT count(*) AS n FROM occurrences WHERE key = ? AND at > ?');
const mark = database.prepare('INSERT INTO last_used (id, at, service, region) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, service = excluded.service, region = excluded.region WHERE excluded.at >= last_used.at');
const forgetUse = database.prepare('DELETE FROM last_used WHERE id = ?');
/** At a time: others wait. */
const agedMax = 1_000;
const forgetAged = database.prepare(`DELETE FROM last_used WHERE id IN (SELECT id FROM last_used WHERE ${ages} AND at < ? LIMIT ${agedMax})`);
const forgetReports = database.prepare('DELETE FROM reports WHERE until <= ?');
const putReport = database.prepare('INSERT OR REPLACE INTO reports (account, name, at, until, body) VALUES (?, ?, ?, ?, ?)');

const forgetSessions = database.prepare('DELETE FROM console_sessions WHERE until <= ?');
const addSession = database.prepare('INSERT INTO console_sessions (id, principal, until, body) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
const getSession = database.prepare('SELECT body FROM console_sessions WHERE id = ?');
const changeSession = database.prepare('UPDATE console_sessions SET until = ?, body = ? WHERE id = ?');
const endSession = database.prepare('DELETE FROM console_sessions WHERE id = ?');

function insertSession(session: ConsoleSession): boolean {
  forgetSessions.run(session.startedAt);
  return addSession.run(session.id, session.principalId, endOf(session), JSON.stringify(session)).changes === 1;
}

function updateSession(id: string, change: SessionChange): boolean {
  const row = getSession.get(id);
  if (!row) return false;
  // The body is what insertSession wrote.
  const session: ConsoleSession = { ...JSON.parse(row['body'] as string), ...change };
  changeSession.run(endOf(session), JSON.stringify(session), id);
  return true;
}

const beyondNewest = database.prepare("SELECT name FROM reports WHERE account = ? AND name >= ? AND name < ? AND instr(name, '#') = 0 ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ?");
// `$` is the character behind `#`.
const forgetReport = database.prepare("DELETE FROM reports WHERE account = ? AND (name = ? OR (name > ? || '#' AND name < ? || '$'))");

function forgetBeyond(account: string, { prefix, max }: ReportFamily): void {
  for (const { name } of beyondNewest.all(account, prefix, `${prefix}\u{10ffff}`, max)) forgetReport.run(account, name!, name!, name!);
}

function perform(task: SideTask): SideResult {
  if ('session' in task) return insertSession(task.session);
  if ('changeSession' in task) return updateSession(task.changeSession, task.change);
  if ('endSession' in task) {
    endSession.run(task.endSession);
    return true;
  }
  if ('report' in task) {
    const { account, name, at, until, body } = task.report;
    forgetReports.run(task.now);
    // Reports repeat themselves from line to line.
    putReport.run(account, name, at, until, deflateRawSync(body));
    if (task.family) forgetBeyond(account, task.family);
    return true;
  }
  if ('mark' in task) {
    for (const [id, { at, service, region }] of task.mark) mark.run(id, at, service, region);
    forgetAged.run(task.now - usesKeptMs);
    return task.mark.length;
  }
  if ('forget' in task) {
    for (const id of task.forget) forgetUse.run(id);
    return task.forget.length;
  }
  if ('consume' in task) {
    forgetConsumed.run(task.now);
    return take.run(task.consume, task.until).changes === 1;
  }
  forgetOccurrences.run(task.now);
  occur.run(task.count, task.now, task.now + task.windowMs);
  return Number(countSince.get(task.count, task.now - task.windowMs)!['n']);
}

/** All tasks that wait are one commit; when it fails, so does each of them. */
function performAll(tasks: readonly SideTask[]): readonly Done<SideResult>[] {
  try {
    begin.run();
    const results = tasks.map(perform);
    commit.run();
    return results.map((result) => ({ result }));
  } catch (error) {
    if (database.isTransaction) rollback.run();
    return tasks.map(() => ({ error }));
  }
}

serveTasks<SideTask, SideResult>(performAll, { close: () => database.close() });
