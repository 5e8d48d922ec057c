/** The second file: what was marked outlives the process, and what cannot be written is said. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openSideStore } from '../../src/store/side-store.ts';
import { at } from './journals.ts';

async function withFile(work: (file: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-side-'));
  try {
    await work(join(dir, 'side.sqlite'));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('uses that were flushed are found by another process, and the newest of all wins', () => withFile(async (file) => {
  const [one, two] = [openSideStore(file, () => at), openSideStore(file, () => at)];
  one.lastUsed.mark('AKIA1', { at: 5, service: 'iam', region: 'us-east-1' });
  two.lastUsed.mark('AKIA1', { at: 3, service: 'sts', region: 'eu-west-1' });
  assert.equal(two.lastUsed.find('AKIA1')!.at, 3);
  await one.lastUsed.flush();
  assert.equal(two.lastUsed.find('AKIA1')!.at, 5);
  await two.lastUsed.flush();
  assert.deepEqual({ ...two.lastUsed.find('AKIA1') }, { at: 5, service: 'iam', region: 'us-east-1' });
  await one.guard.close();
  await two.guard.close();
}));

test('what is asked at once is answered in order, and a key is taken once by all processes together', () => withFile(async (file) => {
  const stores = [openSideStore(file, () => at), openSideStore(file, () => at)];
  const taken = await Promise.all(Array.from({ length: 40 }, (_, i) => stores[i % 2]!.guard.consume(`key-${i >> 2}`, at + 1_000)));
  assert.equal(taken.filter(Boolean).length, 10);
  const counts = await Promise.all(Array.from({ length: 5 }, () => stores[0]!.guard.count('sign-in', 1_000)));
  assert.deepEqual(counts, [1, 2, 3, 4, 5]);
  for (const { guard } of stores) await guard.close();
}));

test('a flush that fails says so and keeps the uses', () => withFile(async (file) => {
  const { lastUsed, guard } = openSideStore(file, () => at);
  lastUsed.mark('AKIA0', { at: 4, service: 'iam', region: 'us-east-1' });
  await lastUsed.flush();
  const other = new DatabaseSync(file);
  other.exec('ALTER TABLE last_used RENAME TO elsewhere');
  lastUsed.mark('AKIA1', { at: 5, service: 'iam', region: 'us-east-1' });
  await assert.rejects(lastUsed.flush(), /last_used/);
  other.exec('ALTER TABLE elsewhere RENAME TO last_used');
  other.close();
  await lastUsed.flush();
  assert.equal(lastUsed.find('AKIA1')!.at, 5);
  await guard.close();
}));

test('uses by owners and of roles are dropped after 400 days, a part at each flush; those of access keys are kept until they are forgotten', () => withFile(async (file) => {
  const clock = { now: at };
  const { lastUsed, guard } = openSideStore(file, () => clock.now);
  const use = (when: number) => ({ at: when, service: 'iam', region: 'us-east-1' });
  for (const id of ['AIDA1/iam:GetUser', 'AROA1', 'AROA1/iam:GetRole', 'AKIA1', 'AKIA2']) lastUsed.mark(id, use(at));
  for (let i = 0; i < 1_500; i++) lastUsed.mark(`AIDA2/s3:Action${i}`, use(at));
  lastUsed.mark('AIDA1/iam:ListUsers', use(at + 1));
  await lastUsed.flush();
  const database = new DatabaseSync(file);
  const rows = (): number => Number(database.prepare('SELECT count(*) AS n FROM last_used').get()!['n']);
  assert.equal(rows(), 1_506);
  const touch = async (): Promise<number> => {
    lastUsed.mark('AKIA1', use(clock.now));
    await lastUsed.flush();
    return rows();
  };
  clock.now = at + 400 * 86_400_000;
  assert.equal(await touch(), 1_506);
  clock.now++;
  assert.deepEqual([await touch(), await touch()], [506, 3]);
  assert.deepEqual(['AIDA1/iam:GetUser', 'AROA1', 'AIDA1/iam:ListUsers', 'AKIA1', 'AKIA2'].filter((id) => lastUsed.find(id)), ['AIDA1/iam:ListUsers', 'AKIA1', 'AKIA2']);
  lastUsed.forget('AKIA2');
  await lastUsed.flush();
  assert.equal(rows(), 2);
  database.close();
  await guard.close();
}));
