/** The second file: its tables, for what is not history and so not in the journal. */
import { DatabaseSync } from 'node:sqlite';

/** How long a statement waits for another process, milliseconds. */
const busyMs = 5_000;

/** Which uses are dropped by age alone, in SQL: those by owners, `OWNER/WHAT`, and those of roles. */
export const ages = "(instr(id, '/') > 0 OR id GLOB 'AROA*')";

const schema = `
  CREATE TABLE IF NOT EXISTS consumed (key TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS consumed_until ON consumed (until);
  CREATE TABLE IF NOT EXISTS occurrences (key TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS occurrences_of ON occurrences (key, at);
  CREATE INDEX IF NOT EXISTS occurrences_until ON occurrences (until);
  CREATE TABLE IF NOT EXISTS reports (account TEXT NOT NULL, name TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (account, name)) STRICT;
  CREATE INDEX IF NOT EXISTS reports_by_end ON reports (until);
  CREATE TABLE IF NOT EXISTS console_sessions (id TEXT PRIMARY KEY, principal TEXT NOT NULL, until INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS console_sessions_of ON console_sessions (principal);
  CREATE INDEX IF NOT EXISTS console_sessions_until ON console_sessions (until);
  CREATE TABLE IF NOT EXISTS last_used (id TEXT PRIMARY KEY, at INTEGER NOT NULL, service TEXT NOT NULL, region TEXT NOT NULL) WITHOUT ROWID, STRICT;
  CREATE INDEX IF NOT EXISTS last_used_aging ON last_used (at) WHERE ${ages};
`;

/** Opens the file, or makes it. */
export function openSideFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    database.exec(schema);
    return database;
  } catch (thrown) {
    database.close();
    // Source: "Result and Error Codes" (sqlite.org): 11 is SQLITE_CORRUPT, 26 SQLITE_NOTADB.
    const code = thrown instanceof Error && 'errcode' in thrown ? Number(thrown.errcode) & 0xff : undefined;
    if (code === 11 || code === 26) throw new SideFileDamaged(`${file} is damaged. No user, key or policy is in it: moved away, it is made anew, and with it sessions of the console, last uses and the counts of failed sign-ins begin again`, { cause: thrown });
    throw thrown;
  }
}

/** The file is not what Gatehouse wrote. */
export class SideFileDamaged extends Error {
  override readonly name = 'SideFileDamaged';
}
