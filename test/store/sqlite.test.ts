/** What only a file can show: processes that share it, processes that are killed, a full disk, damage, and repair. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sqliteJournal } from '../../src/store/journals/sqlite.ts';
import { repairJournal } from '../../src/store/repair.ts';
import { account, cause, engines, insertUser, makeAccount, openTestStore, userDoc, userNames, type Place } from './journals.ts';

const writer = fileURLToPath(new URL('./writing-process.ts', import.meta.url));

async function withFile(work: (file: string, place: Place) => Promise<void>): Promise<void> {
  const place = engines['sqlite']!();
  try {
    await work(place.file!, place);
  } finally {
    place.remove();
  }
}

/** A process that writes `count` users named after `name` and prints each once it is acknowledged. */
function startWriter(file: string, name: string, count: number) {
  const child = spawn(process.execPath, [writer, file, name, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const acknowledged: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => acknowledged.push(line));
  return { child, acknowledged, closed: once(child, 'close') };
}

test('two processes write one file at once: of 1,000 writes none is lost and none doubled', () => withFile(async (file, place) => {
  const store = await openTestStore(place.open());
  await makeAccount(store);
  await store.close();
  const writers = ['a', 'b'].map((name) => startWriter(file, name, 500));
  for (const { closed } of writers) assert.equal((await closed)[0], 0);
  const after = await openTestStore(place.open());
  await after.account(account);
  const names = userNames(after);
  assert.equal(names.length, 1_000);
  assert.deepEqual(new Set(names), new Set(writers.flatMap(({ acknowledged }) => acknowledged)));
  assert.equal(after.loaded(account)!.revision, 1_000);
  await after.close();
}));

test('a process that is killed at any moment leaves every acknowledged write, 50 times over', () => withFile(async (file, place) => {
  const store = await openTestStore(place.open());
  await makeAccount(store);
  await store.close();
  const acknowledged: string[] = [];
  for (let round = 0; round < 50; round++) {
    const writing = startWriter(file, `round-${round}`, 100_000);
    // Killed after so many lines: at another point of the writer's work each time, without a clock.
    const lines = 1 + ((round * 7) % 23);
    while (writing.acknowledged.length < lines) await once(writing.child.stdout, 'data');
    writing.child.kill('SIGKILL');
    await writing.closed;
    acknowledged.push(...writing.acknowledged);
  }
  const after = await openTestStore(place.open());
  await after.account(account);
  const names = new Set(userNames(after));
  assert.deepEqual(acknowledged.filter((name) => !names.has(name)), []);
  await after.close();
}));

test('a full disk fails the write and leaves readers alone; with space again, writes go on', () => withFile(async (file, place) => {
  const store = await openTestStore(place.open());
  await makeAccount(store);
  await store.close();
  const pages = (() => { const database = new DatabaseSync(file); const n = Number(Object.values(database.prepare('PRAGMA page_count').get()!)[0]); database.close(); return n; })();
  const full = await openTestStore(sqliteJournal(file, { pageMax: pages + 2 }));
  await full.account(account);
  let written = 0;
  await assert.rejects(async () => { for (; written < 1_000; written++) await insertUser(full, `user-${written}-${'x'.repeat(400)}`); }, { name: 'ServiceFailure' });
  assert.equal(userNames(full).length, written);
  await full.close();
  const roomy = await openTestStore(place.open());
  await roomy.account(account);
  assert.equal(userNames(roomy).length, written);
  assert.equal(await insertUser(roomy, 'after'), true);
  await roomy.close();
}));

test('in one process a full disk fails a write, reads go on, and later writes work again when there is space', () => withFile(async (file, place) => {
  const store = await openTestStore(place.open());
  await makeAccount(store);
  await insertUser(store, 'before');
  // The file may not grow beyond what it is now, for as long as this connection holds the writer's.
  const journal = sqliteJournal(file, { pageMax: 40 });
  const full = await openTestStore(journal);
  await full.account(account);
  const long = 'x'.repeat(200_000);
  const refused = full.write(account, cause, (draft) => draft.users.insert({ ...userDoc('too-long'), Path: long }));
  const beside = insertUser(full, 'beside');
  await assert.rejects(refused, { name: 'ServiceFailure', message: 'The change could not be written, and was not made.' });
  await beside.catch((error: unknown) => assert.equal(error instanceof Error && error.name, 'ServiceFailure'));
  full.freshen();
  assert.ok(userNames(full).includes('before'));
  assert.equal(await insertUser(full, 'after'), true);
  await full.close();
  store.freshen();
  assert.ok(userNames(store).includes('after'));
  assert.ok(!userNames(store).includes('too-long'));
  await store.close();
}));

/** Damages the file of an account with ten users. */
async function damagedFile(file: string, place: Place, sql: string): Promise<void> {
  const store = await openTestStore(place.open());
  await makeAccount(store);
  for (let i = 0; i < 10; i++) await insertUser(store, `user-${i}`);
  await store.close();
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

const damages: Readonly<Record<string, { readonly sql: string; readonly users: number }>> = {
  'an entry whose text was altered': { sql: `UPDATE entries SET body = replace(body, 'user-4', 'user-X') WHERE stream = '${account}' AND revision = 5`, users: 4 },
  'the last entry, altered': { sql: `UPDATE entries SET body = body || ' ' WHERE stream = '${account}' AND revision = 10`, users: 9 },
  'an entry that is missing': { sql: `DELETE FROM entries WHERE stream = '${account}' AND revision = 7`, users: 6 },
};

test('a commit of several entries is damaged as one, and cut as one', () => withFile(async (file, place) => {
  const store = await openTestStore(place.open());
  await makeAccount(store);
  await insertUser(store, 'alone');
  await Promise.all(['a', 'b', 'c'].map((name) => insertUser(store, name)));
  await insertUser(store, 'last');
  await store.close();
  const database = new DatabaseSync(file);
  assert.equal(database.prepare('SELECT count(*) AS n FROM entries WHERE stream = ?').get(account)!['n'], 3);
  database.exec(`UPDATE entries SET body = replace(body, '"UserName":"b"', '"UserName":"B"') WHERE stream = '${account}' AND revision = 4`);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  assert.throws(() => place.open(), { name: 'JournalDamaged', message: new RegExp(`entry 4 of stream ${account} does not match its checksum`) });
  assert.deepEqual(repairJournal(file).findings, [`stream ${account}: the run of entries 2 to 4 does not match its checksum; 4 entries from revision 2 on cut`]);
  const again = await openTestStore(place.open());
  await again.account(account);
  assert.deepEqual(userNames(again), ['alone']);
  await again.close();
}));

test('a snapshot that is damaged is found when its account is loaded; repair drops it and replays the entries', () => withFile(async (file, place) => {
  const store = await openTestStore(place.open(), { tailEntriesMin: 10 });
  await makeAccount(store);
  for (let i = 0; i < 20; i++) await insertUser(store, `user-${i}`);
  await store.close();
  const database = new DatabaseSync(file);
  database.exec("UPDATE snapshots SET body = replace(body, 'user-4', 'user-X')");
  database.close();
  const damaged = await openTestStore(place.open());
  await assert.rejects(damaged.account(account), { name: 'JournalDamaged', message: /does not match its checksum/ });
  await damaged.close();
  assert.equal(repairJournal(file).findings.length, 1);
  const again = await openTestStore(place.open());
  await again.account(account);
  assert.equal(userNames(again).length, 20);
  await again.close();
}));

for (const [what, { sql, users }] of Object.entries(damages)) {
  test(`${what} stops the start and changes nothing; repair keeps a copy and cuts`, () => withFile(async (file, place) => {
    await damagedFile(file, place, sql);
    const before = readFileSync(file);
    assert.throws(() => place.open(), { name: 'JournalDamaged' });
    assert.deepEqual(readFileSync(file), before);
    const { findings, copy } = repairJournal(file);
    assert.equal(findings.length, 1);
    assert.deepEqual(readFileSync(copy!), before);
    const store = await openTestStore(place.open());
    await store.account(account);
    assert.equal(userNames(store).length, users);
    assert.equal(await insertUser(store, 'after'), true);
    await store.close();
    assert.deepEqual(repairJournal(file), { findings: [], copy: undefined });
  }));
}

test('a journal of a newer format, and a file that is no journal, are refused', () => withFile(async (file, place) => {
  await damagedFile(file, place, 'PRAGMA user_version = 99');
  const before = readFileSync(file);
  assert.throws(() => place.open(), { name: 'JournalTooNew' });
  assert.deepEqual(readFileSync(file), before);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA application_id = 1');
  database.close();
  assert.throws(() => place.open(), { name: 'JournalDamaged' });
}));
