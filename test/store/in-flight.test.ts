/** What becomes of drafts that stand on an append in flight, on every engine: when it comes through, when another process was first, when it fails, when its answer is lost. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Draft, Store } from '../../src/store/store.ts';
import { HeldJournal } from './held-journal.ts';
import { account, cause, engines, insertUser, makeAccount, openTestStore, userDoc, userNames } from './journals.ts';

interface Scene {
  readonly journal: HeldJournal;
  readonly store: Store;
  /** Another process on the same file. */
  readonly other: Store;
  /** Begins a write, and resolves to it when its append is in flight behind those that are. */
  begin<T>(behind: number, draft: (draft: Draft) => T): Promise<Begun<T>>;
}

interface Begun<T> { readonly written: Promise<T>; readonly runs: () => number }

for (const [engine, makePlace] of Object.entries(engines)) {
  const scene = (name: string, work: (scene: Scene) => Promise<void>): void => {
    test(name, async () => {
      const place = makePlace();
      const journal = new HeldJournal(place.open());
      const store = await openTestStore(journal);
      const other = await openTestStore(place.open());
      try {
        await makeAccount(store);
        await store.account(account);
        other.freshen();
        await other.account(account);
        await work({ journal, store, other, async begin(behind, draft) {
          journal.hold();
          let runs = 0;
          const written = store.write(account, cause, (face) => { runs++; return draft(face) as never; }).then(({ value }) => value);
          written.catch(() => {});
          await journal.inFlight(behind + 1);
          return { written, runs: () => runs };
        } });
      } finally {
        journal.releaseAll();
        await store.close();
        await other.close();
        place.remove();
      }
    });
  };

  const add = (name: string) => (draft: Draft) => {
    const seen = [...draft.users.all()].map(({ UserName }) => UserName);
    if (!draft.users.insert(userDoc(name))) throw new Error(`${name} is taken`);
    return seen;
  };

  describe(`appends in flight on ${engine}`, () => {
    scene('a draft stands on what is in flight, readers on what is durable', async ({ journal, store, begin }) => {
      const first = await begin(0, add('alice'));
      const second = await begin(1, add('bob'));
      const third = await begin(2, (draft) => [draft.users.size, draft.users.findBy('name', 'bob')?.UserName]);
      assert.deepEqual(userNames(store), []);
      journal.release();
      assert.deepEqual(await first.written, []);
      assert.deepEqual(userNames(store), ['alice']);
      journal.release();
      assert.deepEqual(await second.written, ['alice']);
      journal.release();
      assert.deepEqual(await third.written, [2, 'bob']);
      assert.deepEqual([first, second, third].map(({ runs }) => runs()), [1, 1, 1]);
      assert.equal(store.loaded(account)!.revision, 2);
    });

    scene('when another process was first, all that stood on the append is run again, in order', async ({ journal, store, other, begin }) => {
      const first = await begin(0, add('alice'));
      const second = await begin(1, add('bob'));
      const third = await begin(2, add('carol'));
      assert.equal(await insertUser(other, 'zoe'), true);
      journal.releaseAll();
      assert.deepEqual(await first.written, ['zoe']);
      assert.deepEqual(await second.written, ['alice', 'zoe']);
      assert.deepEqual(await third.written, ['alice', 'bob', 'zoe']);
      assert.deepEqual([first, second, third].map(({ runs }) => runs()), [2, 2, 2]);
      assert.equal(store.loaded(account)!.revision, 4);
    });

    scene('a draft is never appended behind a foreign entry that took the place of the one it stood on', async ({ journal, other, begin }) => {
      // The foreign entry has the very revision that the first append would have had: only its id tells them apart.
      const first = await begin(0, (draft) => draft.users.insert(userDoc('alice')));
      const second = await begin(1, (draft) => draft.users.update({ ...userDoc('alice'), Path: '/second/' }));
      await other.write(account, cause, (draft) => draft.users.insert({ ...userDoc('ALICE'), UserId: 'AIDA-other' }));
      journal.releaseAll();
      assert.equal(await first.written, false);
      await assert.rejects(second.written, /AIDA-alice/);
    });

    scene('a refusal is told only when what it saw is confirmed', async ({ journal, other, begin }) => {
      const first = await begin(0, add('alice'));
      const refused = await begin(1, add('Alice'));
      const early = await Promise.race([refused.written.catch(() => 'told'), new Promise((resolve) => { setImmediate(resolve, 'not yet'); })]);
      assert.equal(early, 'not yet');
      journal.releaseAll();
      await first.written;
      await assert.rejects(refused.written, /Alice is taken/);
      // And one that stood on what did not come about is not told at all.
      const third = await begin(0, (draft) => draft.users.remove('AIDA-alice'));
      const fourth = await begin(1, add('ALICE'));
      await insertUser(other, 'zoe');
      await other.write(account, cause, (draft) => draft.users.remove('AIDA-alice'));
      journal.releaseAll();
      assert.equal(await third.written, false);
      assert.deepEqual(await fourth.written, ['zoe']);
    });

    scene('when an append fails, its drafts fail, and those behind it are run again without it', async ({ journal, store, begin }) => {
      const first = await begin(0, add('alice'));
      const second = await begin(1, add('bob'));
      journal.release('fail');
      await assert.rejects(first.written, { name: 'ServiceFailure', message: 'The change could not be written, and was not made.' });
      journal.releaseAll();
      assert.deepEqual(await second.written, []);
      assert.equal(second.runs(), 2);
      assert.deepEqual(userNames(store), ['bob']);
    });

    scene('when every append fails, every draft does, and nothing is left of them', async ({ journal, store, begin }) => {
      const writes = [await begin(0, add('alice')), await begin(1, add('bob'))];
      // The second has failed long before the first has been looked up.
      journal.readsAreSlow = true;
      journal.release('fail');
      journal.release('fail');
      for (const { written } of writes) await assert.rejects(written, { name: 'ServiceFailure' });
      assert.deepEqual(userNames(store), []);
      journal.releaseAll();
      assert.equal(await insertUser(store, 'alice'), true);
      assert.equal(store.loaded(account)!.revision, 1);
    });

    scene('an append whose answer is lost is looked up, and those behind it go on standing on it', async ({ journal, store, begin }) => {
      const first = await begin(0, add('alice'));
      const second = await begin(1, add('bob'));
      journal.readsThatFail = 2;
      journal.release('lose');
      assert.deepEqual(await first.written, []);
      journal.releaseAll();
      assert.deepEqual(await second.written, ['alice']);
      assert.equal(second.runs(), 1);
      assert.deepEqual(userNames(store), ['alice', 'bob']);
    });

    scene('an append that cannot even be looked up fails without a claim, and what follows sees what became of it', async ({ journal, store, begin }) => {
      const first = await begin(0, add('alice'));
      const second = await begin(1, add('bob'));
      journal.readsThatFail = 5;
      journal.release('lose');
      await assert.rejects(first.written, { name: 'ServiceFailure', message: 'Whether the change was made could not be found out.' });
      journal.releaseAll();
      assert.deepEqual(await second.written, ['alice']);
      assert.equal(await insertUser(store, 'alice'), false);
      assert.deepEqual(userNames(store), ['alice', 'bob']);
    });

    scene('what a poll brings while its append is in flight is not counted twice', async ({ journal, store, begin }) => {
      const first = await begin(0, add('alice'));
      journal.release('lose');
      // The entry is durable and polled before the store has heard of it.
      await new Promise((resolve) => { setImmediate(resolve); });
      store.freshen();
      journal.releaseAll();
      const second = store.write(account, cause, (draft) => draft.users.size);
      await first.written;
      assert.equal((await second).value, 1);
      assert.equal(store.loaded(account)!.revision, 1);
    });

    scene('an account and the partition are written together or not at all, also in flight', async ({ journal, store, other, begin }) => {
      const take = (alias: string, user: string) => (draft: Draft) => draft.partition.aliases.insert({ Alias: alias, AccountId: account }) && draft.users.insert(userDoc(user));
      const first = await begin(0, take('acme', 'alice'));
      const second = await begin(1, (draft) => [draft.partition.aliases.size, draft.users.size]);
      // Only the partition is changed from outside; the group touches both.
      await other.write('444455556666', cause, (draft) => draft.partition.aliases.insert({ Alias: 'acme', AccountId: '444455556666' }));
      journal.releaseAll();
      assert.equal(await first.written, false);
      assert.deepEqual(await second.written, [1, 0]);
      assert.deepEqual(userNames(store), []);
    });

    scene('while the appends that may be in flight are, writes wait, and none is lost', async ({ journal, store, begin }) => {
      const begun = [];
      for (let i = 0; i < 4; i++) begun.push(await begin(i, add(`user-${i}`)));
      const waiting = Array.from({ length: 10 }, (_, i) => insertUser(store, `later-${i}`));
      await new Promise((resolve) => { setImmediate(resolve); });
      assert.deepEqual(await journal.inFlight(4), [1, 1, 1, 1]);
      journal.releaseAll();
      await Promise.all(begun.map(({ written }) => written));
      assert.ok((await Promise.all(waiting)).every(Boolean));
      assert.equal(userNames(store).length, 14);
    });
  });
}
