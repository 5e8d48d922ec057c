/** The index of the objects that a directory holds: an SQLite file with a row a version, in the order of keys. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** `GOBJ`, in the file's header. */
const applicationId = 0x474f424a;
/** Raised when the tables or what they hold change; a newer one is never opened. */
const formatVersion = 2;
/** How long a statement waits for another process, milliseconds. */
const busyMs = 10_000;

// A key is a BLOB, so that its order is that of its UTF-8 bytes, NUL among them. `files` knows each file that a version or a part has;
// what is in `trash` belongs to nothing any more and is still to be unlinked.
const schema = `
  CREATE TABLE buckets (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE versions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, bucket INTEGER NOT NULL, key BLOB NOT NULL, version_id TEXT NOT NULL, is_latest INTEGER NOT NULL, is_marker INTEGER NOT NULL,
    size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, segments TEXT NOT NULL, attributes TEXT NOT NULL, lock TEXT
  ) STRICT;
  CREATE UNIQUE INDEX versions_by_key ON versions (bucket, key, sequence DESC);
  CREATE UNIQUE INDEX current_versions ON versions (bucket, key, is_marker) WHERE is_latest = 1;
  CREATE TABLE uploads (sequence INTEGER PRIMARY KEY AUTOINCREMENT, bucket INTEGER NOT NULL, key BLOB NOT NULL, upload_id TEXT NOT NULL UNIQUE, initiated INTEGER NOT NULL, attributes TEXT NOT NULL) STRICT;
  CREATE INDEX uploads_by_key ON uploads (bucket, key, sequence);
  CREATE TABLE parts (upload INTEGER NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL, modified INTEGER NOT NULL, segments TEXT NOT NULL, attributes TEXT NOT NULL, PRIMARY KEY (upload, number)) WITHOUT ROWID, STRICT;
  CREATE TABLE files (id TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
  CREATE TABLE trash (id TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
`;

/** Opens the index, or makes it. Throws where the file is another program's, or a newer Gatehouse's. */
export function openIndex(file: string): DatabaseSync {
  const isNew = !existsSync(file);
  const database = new DatabaseSync(file, { timeout: busyMs });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    if (isNew || pragma(database, 'application_id') === 0) makeTables(database);
    const version = pragma(database, 'user_version');
    if (pragma(database, 'application_id') !== applicationId) throw new Error(`${file} is not an index of objects`);
    if (version > formatVersion) throw new Error(`${file} was written by a newer Gatehouse (format ${version}; this one reads up to ${formatVersion})`);
    if (version < formatVersion) bringUpToDate(database);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function makeTables(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  // Another process, or the other thread, may have been faster.
  const isEmpty = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
  if (isEmpty) database.exec(`${schema} PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion};`);
  database.exec('COMMIT');
}

/** Format → what makes it the next one. */
const steps: Readonly<Record<number, string>> = { 1: 'ALTER TABLE versions ADD COLUMN lock TEXT' };

function bringUpToDate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  // Another process, or the other thread, may have been faster.
  for (let version = pragma(database, 'user_version'); version < formatVersion; version++) database.exec(`${steps[version]}; PRAGMA user_version = ${version + 1};`);
  database.exec('COMMIT');
}

const pragma = (database: DatabaseSync, name: string): number => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
