/** The SQLite file of a journal: its format, its tables, and how a line of it is checked. */
import { createHash, hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { existsSync, statSync } from 'node:fs';
import { JournalDamaged, JournalTooNew } from '../journal.ts';
import type { JournalEntry } from '../journal.ts';

/** `GATE`, in the file's header. */
export const applicationId = 0x47415445;
/** Raised when the tables or what they hold change; a newer one is never opened. */
export const formatVersion = 1;
/** How long a statement waits for another process, milliseconds. */
export const busyMs = 10_000;

// A row of `entries` is a run: what one commit appended to one stream, an entry a line; its revision is that of the last of them.
// Commits are serial, so `seq` is their order.
const schema = `
  CREATE TABLE entries (seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL, UNIQUE (stream, revision)) STRICT;
  CREATE TABLE snapshots (stream TEXT NOT NULL, revision INTEGER NOT NULL, part INTEGER NOT NULL, table_name TEXT NOT NULL, body TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (stream, revision, part)) WITHOUT ROWID, STRICT;
  CREATE TABLE snapshot_heads (stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, id TEXT NOT NULL, parts INTEGER NOT NULL) WITHOUT ROWID, STRICT;
`;

/** A row of `entries`. */
export interface Run { readonly stream: string; readonly revision: number; readonly body: string }

export const entryLine = ({ id, body }: JournalEntry): string => `${id} ${body}`;

export function entriesOf(run: Run): readonly JournalEntry[] {
  const lines = run.body.split('\n');
  const before = run.revision - lines.length;
  return lines.map((line, i) => readLine(run.stream, before + i + 1, line));
}

export function lastEntry({ stream, revision, body }: Run): JournalEntry {
  return readLine(stream, revision, body.slice(body.lastIndexOf('\n') + 1));
}

/** How many entries a run has, without reading them. */
export function lengthOf({ body }: Run): number {
  let length = 1;
  for (let at = body.indexOf('\n'); at >= 0; at = body.indexOf('\n', at + 1)) length++;
  return length;
}

function readLine(stream: string, revision: number, line: string): JournalEntry {
  const space = line.indexOf(' ');
  return { stream, revision, id: line.slice(0, space), body: line.slice(space + 1) };
}

/** Beyond so many characters, putting place and body together costs more than hashing them one after the other. */
const joinedMax = 4_096;

/** Binds a body to its place, so that neither can change without the other. */
export function checksum(...parts: readonly [...place: (string | number)[], body: string]): string {
  const body = parts.at(-1) as string;
  const digest = body.length <= joinedMax ? hash('sha256', parts.join('\n'), 'hex') : createHash('sha256').update(`${parts.slice(0, -1).join('\n')}\n`).update(body).digest('hex');
  return digest.slice(0, 32);
}

/** Opens the file for reading and writing; makes it where there is none. Throws JournalDamaged or JournalTooNew before anything is changed. */
export function openJournalFile(file: string): DatabaseSync {
  const isNew = !existsSync(file) || statSync(file).size === 0;
  return explained(file, () => {
    const database = new DatabaseSync(file, { timeout: busyMs });
    try {
      if (isNew) makeTables(database);
      refuseForeign(file, database);
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
      return database;
    } catch (thrown) {
      database.close();
      throw thrown;
    }
  });
}

function makeTables(database: DatabaseSync): void {
  database.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE;');
  // Another process may have been faster.
  if (pragma(database, 'application_id') === 0) database.exec(`${schema} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion};`);
  database.exec('COMMIT');
}

function refuseForeign(file: string, database: DatabaseSync): void {
  const version = pragma(database, 'user_version');
  if (pragma(database, 'application_id') !== applicationId) throw new JournalDamaged(`${file} is not a journal of Gatehouse`);
  if (version > formatVersion) throw new JournalTooNew(`${file} was written by a newer Gatehouse (format ${version}; this one reads up to ${formatVersion})`);
}

const pragma = (database: DatabaseSync, name: string): number => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);

/** Says of SQLite's own findings of damage what they mean. */
export function explained<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    const code = thrown instanceof Error && 'errcode' in thrown ? Number(thrown.errcode) & 0xff : undefined;
    // Source: "Result and Error Codes" (sqlite.org): 11 is SQLITE_CORRUPT, 26 SQLITE_NOTADB.
    if (code === 11 || code === 26) throw new JournalDamaged(`${file} is damaged: ${thrown instanceof Error ? thrown.message : String(thrown)}. \`gatehouse repair\` keeps a copy and cuts what cannot be read.`, { cause: thrown });
    throw thrown;
  }
}
