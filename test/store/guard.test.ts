/** What must happen once, or be counted, in all processes together: one contract, in memory and in the file that processes share. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { memoryGuard } from '../../src/store/guard.ts';
import { openSideStore } from '../../src/store/side-store.ts';
import type { GuardStore } from '../../src/store/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-guard-'));
after(() => rmSync(folder, { recursive: true }));

const time = { now: 1_000_000 };
const clock = (): number => time.now;
let files = 0;

/** Each opens two handles of one guard store, as two processes have where processes can share it. */
const engines: Readonly<Record<string, () => readonly [GuardStore, GuardStore]>> = {
  memory: () => {
    const guard = memoryGuard(clock);
    return [guard, guard];
  },
  'a file': () => {
    const file = join(folder, `side-${++files}.sqlite`);
    return [openSideStore(file, clock).guard, openSideStore(file, clock).guard];
  },
};

for (const [name, open] of Object.entries(engines)) {
  describe(name, () => {
    const using = async (work: (one: GuardStore, other: GuardStore) => Promise<void>): Promise<void> => {
      const [one, other] = open();
      try {
        await work(one, other);
      } finally {
        await one.close();
        if (other !== one) await other.close();
      }
    };

    test('of many who consume a key at once one is the first, whichever handle it has', () => using(async (one, other) => {
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : other).consume('code', time.now + 1_000)));
      assert.equal(outcomes.filter((isFirst) => isFirst).length, 1);
      assert.equal(await one.consume('another', time.now + 1_000), true);
    }));

    test('a key is free again when its time is over, not before', () => using(async (one, other) => {
      assert.equal(await one.consume('code', time.now + 1_000), true);
      time.now += 999;
      assert.equal(await other.consume('code', time.now + 1_000), false);
      time.now += 1;
      assert.equal(await other.consume('code', time.now + 1_000), true);
      assert.equal(await one.consume('code', time.now + 1_000), false);
    }));

    test('occurrences are counted together, and fall out of the window one by one', () => using(async (one, other) => {
      assert.deepEqual([await one.count('tries', 1_000), await other.count('tries', 1_000), await one.count('other', 1_000)], [1, 2, 1]);
      time.now += 600;
      assert.equal(await other.count('tries', 1_000), 3);
      time.now += 400;
      assert.equal(await one.count('tries', 1_000), 2);
      time.now += 1_000;
      assert.equal(await one.count('tries', 1_000), 1);
    }));
  });
}

test('what was consumed stays so when the file is opened again', async () => {
  const file = join(folder, 'again.sqlite');
  const first = openSideStore(file, clock).guard;
  assert.equal(await first.consume('code', time.now + 1_000), true);
  await first.close();
  const second = openSideStore(file, clock).guard;
  assert.equal(await second.consume('code', time.now + 1_000), false);
  await second.close();
});
