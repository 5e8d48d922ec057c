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
