/** Repair, by hand only: keeps a copy of the journal and cuts each damaged stream back to its last whole entry. */
import { copyFileSync, existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { JournalInUse } from './journal.ts';
import { checksum, explained, lengthOf, openJournalFile } from './journals/sqlite-format.ts';

export interface RepairFindings {
  /** What was wrong, one line each; empty when nothing was, and then nothing was changed. */
  readonly findings: readonly string[];
  /** Where the journal as it was is kept; undefined where nothing was changed. */
  readonly copy: string | undefined;
}

interface Cut { readonly stream: string; readonly fromRevision: number; readonly entries: number; readonly reason: string }

/** Throws JournalDamaged where SQLite itself cannot read the file, JournalTooNew where a newer Gatehouse wrote it, JournalInUse where one runs on it. */
export function repairJournal(file: string): RepairFindings {
  refuseInUse(file);
  const database = openJournalFile(file);
  try {
    return explained(file, () => {
      const snapshots = damagedSnapshots(database);
      const cuts = findCuts(database, new Set(snapshots));
      if (snapshots.length === 0 && cuts.length === 0) return { findings: [], copy: undefined };
      const copy = keepCopy(file, database);
      cut(database, cuts, snapshots);
      return {
        findings: [
          ...snapshots.map((stream) => `the snapshot of stream ${stream} was damaged and is dropped; its entries are replayed instead`),
          ...cuts.map(({ stream, fromRevision, entries, reason }) => `stream ${stream}: ${reason}; ${entries} ${entries === 1 ? 'entry' : 'entries'} from revision ${fromRevision} on cut`),
        ],
        copy,
      };
    });
  } finally {
    database.close();
  }
}

/** Whoever has the file open holds a lock on it for as long. Source: "WAL without shared memory" (sqlite.org): an exclusive lock is taken by the first to read. */
function refuseInUse(file: string): void {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    explained(file, () => database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK;'));
  } catch (thrown) {
    // 5 is SQLITE_BUSY.
    if (thrown instanceof Error && 'errcode' in thrown && thrown.errcode === 5) throw new JournalInUse(`${file} is in use: stop Gatehouse first`, { cause: thrown });
    throw thrown;
  } finally {
    database.close();
  }
}

function damagedSnapshots(database: DatabaseSync): string[] {
  const part = database.prepare('SELECT table_name, body, checksum FROM snapshots WHERE stream = ? AND revision = ? AND part = ?');
  return database.prepare('SELECT stream, revision, parts FROM snapshot_heads').all().flatMap((head) => {
    const [stream, revision] = [String(head['stream']), Number(head['revision'])];
    for (let i = 0; i < Number(head['parts']); i++) {
      const row = part.get(stream, revision, i);
      if (!row || row['checksum'] !== checksum(stream, revision, i, String(row['table_name']), String(row['body']))) return [stream];
    }
    return [];
  });
}

/** Where each stream stops being whole; the row (one commit's entries) that is not goes, and all behind it. Entries that a whole snapshot covers need not be. */
function findCuts(database: DatabaseSync, damaged: ReadonlySet<string>): Cut[] {
  const cuts = new Map<string, Cut>();
  const expected = new Map<string, number>();
  const covered = new Map(database.prepare('SELECT stream, revision FROM snapshot_heads').all().map((row) => [String(row['stream']), Number(row['revision'])]));
  for (const row of database.prepare('SELECT stream, revision, body, checksum FROM entries ORDER BY stream, revision').iterate()) {
    const [stream, revision] = [String(row['stream']), Number(row['revision'])];
    const base = damaged.has(stream) ? 0 : (covered.get(stream) ?? 0);
    if (revision <= base) continue;
    const body = String(row['body']);
    const entries = lengthOf({ stream, revision, body });
    const first = revision - entries + 1;
    const known = cuts.get(stream);
    // The first row may begin with entries that the snapshot covers.
    const next = expected.get(stream) ?? Math.min(first, base + 1);
    expected.set(stream, revision + 1);
    if (known) cuts.set(stream, { ...known, entries: known.entries + entries });
    else if (first !== next) cuts.set(stream, { stream, fromRevision: first, entries, reason: `entry ${next} is missing` });
    else if (row['checksum'] !== checksum(stream, revision, body)) cuts.set(stream, { stream, fromRevision: first, entries, reason: `${entries === 1 ? `entry ${revision}` : `the run of entries ${first} to ${revision}`} does not match its checksum` });
  }
  return [...cuts.values()];
}

function keepCopy(file: string, database: DatabaseSync): string {
  // What is still in the write-ahead log belongs to the copy.
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  for (let n = 1; ; n++) {
    const copy = `${file}.damaged-${n}`;
    if (existsSync(copy)) continue;
    copyFileSync(file, copy);
    return copy;
  }
}

function cut(database: DatabaseSync, cuts: readonly Cut[], snapshots: readonly string[]): void {
  database.exec('BEGIN IMMEDIATE');
  for (const { stream, fromRevision } of cuts) database.prepare('DELETE FROM entries WHERE stream = ? AND revision >= ?').run(stream, fromRevision);
  for (const stream of snapshots) {
    database.prepare('DELETE FROM snapshots WHERE stream = ?').run(stream);
    database.prepare('DELETE FROM snapshot_heads WHERE stream = ?').run(stream);
  }
  database.exec('COMMIT');
}
