/** What owners use: found in memory, in the file, and in both at once. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { memoryLastUsed } from './last-used.ts';
import { openSideStore } from './side-store.ts';
import type { LastUse, LastUsed } from './store.ts';

const use = (at: number): LastUse => ({ at, service: 'iam', region: 'us-east-1' });

function fileLastUsed(t: TestContext): LastUsed {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-uses-'));
  const { guard, lastUsed } = openSideStore(join(directory, 'side.db'), () => 0);
  t.after(async () => {
    await guard.close();
    rmSync(directory, { recursive: true });
  });
  return lastUsed;
}

for (const [engine, open] of [['memory', memoryLastUsed], ['file', fileLastUsed]] as const) {
  test(`${engine}: each owner's uses, the newest of each, and nobody else's`, async (t) => {
    const lastUsed = open(t);
    for (const [id, at] of [['AIDA1/iam:GetUser', 5], ['AIDA1/sts:AssumeRole', 6], ['AIDA1', 7], ['AIDA12/iam:GetUser', 8], ['AIDA1x', 8], ['AIDA2/iam:GetUser', 9]] as const) lastUsed.mark(id, use(at));
    await lastUsed.flush();
    lastUsed.mark('AIDA1/iam:GetUser', use(20));
    lastUsed.mark('AIDA2/iam:GetRole', use(21));
    const found = lastUsed.findOf(new Set(['AIDA1', 'AIDA2', 'AIDA3']));
    assert.deepEqual([...found].map(([owner, uses]) => [owner, [...uses].map(([what, { at }]) => [what, at]).sort()]).sort(), [
      ['AIDA1', [['iam:GetUser', 20], ['sts:AssumeRole', 6]]],
      ['AIDA2', [['iam:GetRole', 21], ['iam:GetUser', 9]]],
    ]);
  });
}

for (const [engine, open] of [['memory', memoryLastUsed], ['file', fileLastUsed]] as const) {
  test(`${engine}: what all owners of a beginning use, in pages`, async (t) => {
    const lastUsed = open(t);
    for (const id of ['AIDAX1/s3:A', 'AIDAX1/s3:B', 'AIDAX2/iam:A', 'AIDAX2', 'AIDAY1/s3:A', 'AROAX1/s3:A', '111122223333/iam:A', '111122223333']) lastUsed.mark(id, use(1));
    await lastUsed.flush();
    const ids = (beginning: string, after: string | undefined, limit: number) => lastUsed.pageBy(beginning, after, limit).map(([id]) => id);
    assert.deepEqual([ids('AIDAX', undefined, 2), ids('AIDAX', 'AIDAX1/s3:B', 2), ids('AIDAX', 'AIDAX2/iam:A', 2)], [['AIDAX1/s3:A', 'AIDAX1/s3:B'], ['AIDAX2/iam:A'], []]);
    assert.deepEqual([ids('111122223333/', undefined, 9), ids('AIDAZ', undefined, 9)], [['111122223333/iam:A'], []]);
    assert.deepEqual(lastUsed.pageBy('AROA', undefined, 1)[0]?.[1].region, 'us-east-1');
  });
}
