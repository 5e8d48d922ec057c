/** A start that finds its data as it must not be: the program says what is wrong, changes nothing, and `repair` helps where it can. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { sqliteJournal } from '../../src/store/journals/sqlite.ts';
import { root } from '../imports.ts';
import { plainEnvironment, startProgram } from '../running.ts';
import { cause, openTestStore } from './journals.ts';

/** Runs `work` on the data of a Gatehouse that has been started once and stopped. */
async function withData(work: (parts: { readonly dir: string; readonly start: () => ReturnType<typeof startProgram> }) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-program-'));
  const start = () => startProgram({ args: ['--port', '0', '--data-dir', dir], cwd: dir });
  try {
    const first = await start();
    assert.equal(await first.stop(), 0);
    await work({ dir, start });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Name and digest of each file of a folder. */
const digests = (dir: string): readonly string[] => readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort()
  .filter((name) => statSync(join(dir, name)).isFile())
  .map((name) => `${name} ${createHash('sha256').update(readFileSync(join(dir, name))).digest('hex')}`);

const repairOf = (dir: string) => spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), 'repair', '--data-dir', dir], { encoding: 'utf8', cwd: dir, env: plainEnvironment() });

test('a journal without its master key stops the start and nothing is made in its place', () => withData(async ({ dir, start }) => {
  renameSync(join(dir, 'master-key'), join(dir, 'elsewhere'));
  const before = digests(dir);
  await assert.rejects(start(), /master key/i);
  assert.deepEqual(digests(dir), before);
  renameSync(join(dir, 'elsewhere'), join(dir, 'master-key'));
  const again = await start();
  assert.equal(await again.stop(), 0);
}));

test('a damaged journal stops the start; repair keeps a copy, says what it cut, and the next start answers', () => withData(async ({ dir, start }) => {
  const file = readdirSync(dir).find((name) => /^journal.*(?<!-wal|-shm)$/.test(name))!;
  const database = new DatabaseSync(join(dir, file));
  // The last entry of the last stream that was written to, altered as a torn write would.
  const { seq } = database.prepare("SELECT max(seq) AS seq FROM entries WHERE stream <> 'partition'").get()!;
  database.prepare("UPDATE entries SET body = substr(body, 1, length(body) - 9) WHERE seq = ?").run(seq!);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const before = readFileSync(join(dir, file));
  await assert.rejects(start(), /does not match its checksum[^]*gatehouse repair/);
  assert.deepEqual(readFileSync(join(dir, file)), before);
  const repair = repairOf(dir);
  assert.equal(repair.status, 0, repair.stderr);
  assert.match(repair.stdout + repair.stderr, /does not match its checksum/);
  assert.deepEqual(readFileSync(join(dir, `${file}.damaged-1`)), before);
  const again = await start();
  assert.equal(await again.stop(), 0);
}));

test('repair touches nothing while a Gatehouse runs on the journal, and makes none where there is none', () => withData(async ({ dir, start }) => {
  const running = await start();
  const refused = repairOf(dir);
  assert.deepEqual([refused.status, refused.stderr.trim()], [1, `gatehouse: ${join(dir, 'journal.sqlite')} is in use: stop Gatehouse first`]);
  assert.equal(await running.stop(), 0);
  assert.equal(repairOf(dir).stdout, 'Nothing is damaged; nothing was changed.\n');
  const elsewhere = join(dir, 'audit');
  const before = readdirSync(elsewhere);
  const nothing = repairOf(elsewhere);
  assert.deepEqual([nothing.status, nothing.stderr.trim()], [1, `gatehouse: ${elsewhere} holds no journal: there is nothing to repair`]);
  assert.deepEqual(readdirSync(elsewhere), before);
}));

test('a journal of a newer Gatehouse stops start and repair with one line', () => withData(async ({ dir, start }) => {
  const database = new DatabaseSync(join(dir, 'journal.sqlite'));
  database.exec('PRAGMA user_version = 99');
  database.close();
  await assert.rejects(start(), /written by a newer Gatehouse \(format 99; this one reads up to \d+\)\n$/);
  assert.match(repairOf(dir).stderr, /^gatehouse: \S+ was written by a newer Gatehouse [^\n]*\n$/);
}));

test('a second file that is damaged stops the start and says what is in it', () => withData(async ({ dir, start }) => {
  writeFileSync(join(dir, 'side.sqlite'), 'no database at all, but long enough to be looked at as one '.repeat(40));
  await assert.rejects(start(), /side\.sqlite is damaged\. No user, key or policy is in it[^\n]*\n$/);
  renameSync(join(dir, 'side.sqlite'), join(dir, 'elsewhere'));
  const again = await start();
  assert.equal(await again.stop(), 0);
}));

test('an effect that was recorded and not done, and that nothing here knows how to do, is told of at the start and stays recorded', () => withData(async ({ dir, start }) => {
  const open = () => openTestStore(sqliteJournal(join(dir, 'journal.sqlite')));
  const store = await open();
  const [account] = [...store.partition.accounts.all()];
  await store.write(account!.AccountId, cause, (draft) => {
    draft.partition.intents.insert({ IntentId: 'intent-1', Kind: 'of another time', AccountId: account!.AccountId, CreateDate: 0, Payload: {} });
  });
  await store.close();
  const running = await start();
  assert.equal(await running.stop(), 0);
  assert.match(running.logged(), /the intent intent-1 is left as it is: nothing here knows the effect of another time/);
  const after = await open();
  assert.ok(after.partition.intents.find('intent-1'));
  await after.close();
}));
