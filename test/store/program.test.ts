/** A start that finds its data as it must not be: the program says what is wrong, changes nothing, and `repair` helps where it can. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { root } from '../imports.ts';
import { plainEnvironment, startProgram } from '../running.ts';

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
  const repair = spawnSync(process.execPath, [join(root, 'bin', 'gatehouse'), 'repair', '--data-dir', dir], { encoding: 'utf8', cwd: dir, env: plainEnvironment() });
  assert.equal(repair.status, 0, repair.stderr);
  assert.match(repair.stdout + repair.stderr, /does not match its checksum/);
  assert.deepEqual(readFileSync(join(dir, `${file}.damaged-1`)), before);
  const again = await start();
  assert.equal(await again.stop(), 0);
}));
