/** Who is signed in, as all processes know it: one contract, in memory and in the file that processes share. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { memoryConsoleSessions } from '../../src/store/console-sessions.ts';
import type { ConsoleSession, ConsoleSessions } from '../../src/store/console-sessions.ts';
import { openSideStore } from '../../src/store/side-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-sessions-'));
after(() => rmSync(folder, { recursive: true }));

const now = 1_000_000;
let files = 0;

interface Handle { readonly sessions: ConsoleSessions; close(): Promise<void> }

/** Each opens two handles, as two processes have where processes can share sessions. */
const engines: Readonly<Record<string, () => readonly [Handle, Handle]>> = {
  memory: () => {
    const handle = { sessions: memoryConsoleSessions(), close: async () => {} };
    return [handle, handle];
  },
  'a file': () => {
    const file = join(folder, `side-${++files}.sqlite`);
    const open = (): Handle => {
      const { consoleSessions, guard } = openSideStore(file, () => now);
      return { sessions: consoleSessions, close: () => guard.close() };
    };
    return [open(), open()];
  },
};

const session = (id: string, more: Partial<ConsoleSession> = {}): ConsoleSession =>
  ({ id, holder: 'browser', account: '111122223333', principalId: 'AIDA1', startedAt: now, seenAt: now, endsAt: now + 10_000, idleMs: 1_000, ...more });

for (const [name, open] of Object.entries(engines)) {
  describe(name, () => {
    const using = async (work: (one: ConsoleSessions, other: ConsoleSessions) => Promise<void>): Promise<void> => {
      const [one, other] = open();
      await work(one.sessions, other.sessions).finally(() => one.close());
      if (other !== one) await other.close();
    };

    test('a session that one began the other finds, until it is ended: then neither does, at once', () => using(async (one, other) => {
      assert.equal(await one.insert(session('a', { mfaAt: now })), true);
      assert.deepEqual(other.find('a', now), session('a', { mfaAt: now }));
      assert.deepEqual([one.find('a', now) !== undefined, other.find('a', now) !== undefined, other.find('b', now) !== undefined], [true, true, false]);
      await other.end('a');
      assert.deepEqual([one.find('a', now), one.find('a', now) !== undefined, one.listOf('AIDA1', now)], [undefined, false, []]);
    }));

    test('an id is never given to a second session, and one that has ended is not brought back by a change', () => using(async (one, other) => {
      await one.insert(session('a'));
      assert.equal(await other.insert(session('a', { principalId: 'AIDA2' })), false);
      assert.equal(one.find('a', now)?.principalId, 'AIDA1');
      await other.end('a');
      assert.equal(await one.update('a', { seenAt: now + 1 }), false);
      assert.equal(one.find('a', now) !== undefined, false);
    }));

    test('a session ends when it is not used, and at its end though it is', () => using(async (one, other) => {
      await one.insert(session('a'));
      assert.deepEqual([other.find('a', now + 999) !== undefined, other.find('a', now + 1_000) !== undefined], [true, false]);
      assert.equal(await one.update('a', { seenAt: now + 900 }), true);
      assert.deepEqual([other.find('a', now + 1_899) !== undefined, other.find('a', now + 1_900) !== undefined], [true, false]);
      await one.update('a', { seenAt: now + 9_500 });
      assert.deepEqual([other.find('a', now + 9_999) !== undefined, other.find('a', now + 10_000) !== undefined], [true, false]);
    }));

    test('a change touches what it names and nothing else, and takes away what it names as undefined', () => using(async (one, other) => {
      const role = { account: '111122223333', roleName: 'r', displayName: 'r', color: '112233', claims: { issuer: 'AssumeRole', account: '111122223333', principalId: 'AROA1', issuedAt: now, expiresAt: now + 5 } } as const;
      await one.insert(session('a'));
      await Promise.all([one.update('a', { role }), other.update('a', { seenAt: now + 5 })]);
      assert.deepEqual(one.find('a', now), session('a', { role, seenAt: now + 5 }));
      await other.update('a', { role: undefined });
      assert.equal(one.find('a', now)?.role, undefined);
    }));

    test('the sessions of a principal are listed, the newest first, and nobody else\'s', () => using(async (one, other) => {
      await one.insert(session('a'));
      await one.insert(session('b', { startedAt: now + 1 }));
      await one.insert(session('c', { principalId: 'AIDA2' }));
      assert.deepEqual(other.listOf('AIDA1', now).map(({ id }) => id), ['b', 'a']);
    }));
  });
}
