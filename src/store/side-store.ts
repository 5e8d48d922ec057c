/** The second file: the guard store and last-used marks, which are not history and so not in the journal. */
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../base/clock.ts';
import { LastUsedMarks } from './last-used.ts';
import type { GuardStore, LastUse, LastUsed } from './store.ts';

/** How often uses are written, milliseconds. */
const flushMs = 5_000;
/** How long a statement waits for another process, milliseconds. */
const busyMs = 5_000;

const schema = `
  CREATE TABLE IF NOT EXISTS consumed (key TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;
  CREATE TABLE IF NOT EXISTS occurrences (key TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS occurrences_of ON occurrences (key, at);
  CREATE TABLE IF NOT EXISTS last_used (id TEXT PRIMARY KEY, at INTEGER NOT NULL, service TEXT NOT NULL, region TEXT NOT NULL) WITHOUT ROWID, STRICT;
`;

/** Opens the file, or makes it. What `consume` and `count` resolve to is durable. */
export function openSideStore(file: string, clock: Clock): { readonly guard: GuardStore; readonly lastUsed: LastUsed } {
  const database = new DatabaseSync(file, { timeout: busyMs });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  database.exec(schema);
  const lastUsed = openMarks(database);
  const timer = setInterval(() => { lastUsed.flush().catch(() => { /* kept, and tried again at the next flush */ }); }, flushMs).unref();
  return { lastUsed, guard: openGuard(database, clock, () => clearInterval(timer)) };
}

function openMarks(database: DatabaseSync): LastUsed {
  const put = database.prepare('INSERT INTO last_used (id, at, service, region) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, service = excluded.service, region = excluded.region WHERE excluded.at >= last_used.at');
  const get = database.prepare('SELECT at, service, region FROM last_used WHERE id = ?');
  return new LastUsedMarks(
    (uses) => transaction(database, () => { for (const [id, { at, service, region }] of uses) put.run(id, at, service, region); }),
    // The columns are those of the table above.
    (id) => get.get(id) as unknown as LastUse | undefined,
  );
}

function openGuard(database: DatabaseSync, clock: Clock, closing: () => void): GuardStore {
  const forget = database.prepare('DELETE FROM consumed WHERE until <= ?');
  const take = database.prepare('INSERT INTO consumed (key, until) VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
  const forgetOccurrences = database.prepare('DELETE FROM occurrences WHERE until <= ?');
  const occur = database.prepare('INSERT INTO occurrences (key, at, until) VALUES (?, ?, ?)');
  const countSince = database.prepare('SELECT count(*) AS n FROM occurrences WHERE key = ? AND at > ?');
  return {
    async consume(key, until) {
      return transaction(database, () => {
        forget.run(clock());
        return take.run(key, until).changes === 1;
      });
    },
    async count(key, windowMs) {
      return transaction(database, () => {
        const now = clock();
        forgetOccurrences.run(now);
        occur.run(key, now, now + windowMs);
        return Number(countSince.get(key, now - windowMs)!['n']);
      });
    },
    async close() {
      closing();
      database.close();
    },
  };
}

function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (thrown) {
    database.exec('ROLLBACK');
    throw thrown;
  }
}
