/** Reports in the second file, beside the guard store, shared by the processes of a machine. */
import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Clock } from '../base/clock.ts';
import type { Report, ReportStore } from './reports.ts';

/** How long a statement waits for another process, milliseconds. */
const busyMs = 5_000;

const schema = `
  CREATE TABLE IF NOT EXISTS reports (account TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (account, name)) STRICT;
  CREATE INDEX IF NOT EXISTS reports_by_end ON reports (until);
`;

/** The file is opened with the first report: most processes never make one. */
export function openReports(file: string, clock: Clock): ReportStore {
  let database: DatabaseSync | undefined;
  const open = (): DatabaseSync => {
    if (database) return database;
    database = new DatabaseSync(file, { timeout: busyMs });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec(schema);
    return database;
  };
  return {
    put({ account, name, at, until, body }) {
      open().prepare('DELETE FROM reports WHERE until <= ?').run(clock());
      // Reports repeat themselves from line to line.
      open().prepare('INSERT OR REPLACE INTO reports (account, name, at, until, body) VALUES (?, ?, ?, ?, ?)').run(account, name, at, until, deflateRawSync(body));
    },
    find(account, name) {
      const row = open().prepare('SELECT at, until, body FROM reports WHERE account = ? AND name = ? AND until > ?').get(account, name, clock());
      // The columns are those of the table above.
      const { at, until, body } = (row ?? {}) as { readonly at: number; readonly until: number; readonly body: Uint8Array };
      return row && ({ account, name, at, until, body: inflateRawSync(body).toString() } satisfies Report);
    },
    close() {
      database?.close();
    },
  };
}
