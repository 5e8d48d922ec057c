/** What the store promises, on every engine. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Group, Journal, Outcome } from '../../src/store/journal.ts';
import { account, cause, engines, insertUser, makeAccount, openTestStore, userDoc, userNames } from './journals.ts';

for (const [engine, makePlace] of Object.entries(engines)) {
  describe(`the store on ${engine}`, () => {
    const withPlace = (name: string, work: (place: ReturnType<typeof makePlace>) => Promise<void>): void => {
      test(name, async () => {
        const place = makePlace();
        try {
          await work(place);
        } finally {
          place.remove();
        }
      });
    };

    withPlace('what was written is there when the store is opened again', async (place) => {
      const store = await openTestStore(place.open());
      await makeAccount(store);
      assert.equal(await insertUser(store, 'Alice'), true);
      await store.close();
      const again = await openTestStore(place.open());
      assert.ok(await again.account(account));
      assert.deepEqual(userNames(again), ['Alice']);
      assert.equal(again.loaded(account)!.users.findBy('name', 'alice')!.UserName, 'Alice');
      await again.close();
    });

    withPlace('drafts of one turn stand on each other in the order in which they were given', async (place) => {
      const store = await openTestStore(place.open());
      await makeAccount(store);
      const sizes = await Promise.all(Array.from({ length: 20 }, (_, i) => store.write(account, cause, (draft) => {
        draft.users.insert(userDoc(`user-${i}`));
        return draft.users.size;
      })));
      assert.deepEqual(sizes.map(({ value }) => value), Array.from({ length: 20 }, (_, i) => i + 1));
      assert.equal(store.loaded(account)!.revision, sizes.at(-1)!.revision);
      await store.close();
    });

    withPlace('a name that differs only in letter case is taken, also within one turn', async (place) => {
      const store = await openTestStore(place.open());
      await makeAccount(store);
      const made = await Promise.all(['Alice', 'ALICE', 'alice'].map((name) => store.write(account, cause, (draft) => draft.users.insert({ ...userDoc(name), UserId: `AIDA-${name}` }))));
      assert.deepEqual(made.map(({ value }) => value), [true, false, false]);
      await store.close();
    });

    withPlace('readers see only what is durable', async (place) => {
      const store = await openTestStore(place.open());
      await makeAccount(store);
      const writing = store.write(account, cause, (draft) => {
        draft.users.insert(userDoc('alice'));
        assert.equal(store.loaded(account)!.users.size, 0);
        assert.equal(draft.users.size, 1);
      });
      assert.equal(store.loaded(account)!.users.size, 0);
      await writing;
      assert.equal(store.loaded(account)!.users.size, 1);
      await store.close();
    });

    withPlace('a draft that throws changes nothing, and those after it stand on what was there before', async (place) => {
      const store = await openTestStore(place.open());
      await makeAccount(store);
      const refused = store.write(account, cause, (draft) => {
        draft.users.insert(userDoc('alice'));
        draft.partition.aliases.insert({ Alias: 'acme', AccountId: account });
        throw new Error('no');
      });
      const after = store.write(account, cause, (draft) => [draft.users.size, draft.partition.aliases.size]);
      await assert.rejects(refused, /no/);
      assert.deepEqual((await after).value, [0, 0]);
      await store.close();
    });

    withPlace('a write to an account and the partition is there in both or in neither', async (place) => {
      const store = await openTestStore(place.open());
      const other = await openTestStore(place.open());
      await makeAccount(store);
      await other.account(account);
      // The other process takes the alias first; the first one's draft, run again, sees that and does nothing to its account either.
      const take = (by: typeof store, user: string) => by.write(account, cause, (draft) => draft.partition.aliases.insert({ Alias: 'acme', AccountId: account }) && draft.users.insert(userDoc(user)));
      const [one, two] = await Promise.all([take(store, 'one'), take(other, 'two')]);
      assert.deepEqual([one.value, two.value].sort(), [false, true]);
      store.freshen();
      await new Promise((resolve) => { setImmediate(resolve); });
      store.freshen();
      assert.equal(store.partition.aliases.size, 1);
      assert.deepEqual(userNames(store), [one.value ? 'one' : 'two']);
      await store.close();
      await other.close();
    });

    withPlace('two stores on one journal lose nothing and double nothing', async (place) => {
      const stores = [await openTestStore(place.open()), await openTestStore(place.open())];
      await makeAccount(stores[0]!);
      const writes = Array.from({ length: 200 }, (_, i) => insertUser(stores[i % 2]!, `user-${i}`));
      assert.ok((await Promise.all(writes)).every(Boolean));
      for (const store of stores) {
        await store.account(account);
        await new Promise((resolve) => { setImmediate(resolve); });
        store.freshen();
        assert.equal(new Set(userNames(store)).size, 200);
      }
      for (const store of stores) await store.close();
    });

    withPlace('what one store has acknowledged, another shows from its next look on, in the same turn', async (place) => {
      const stores = [await openTestStore(place.open()), await openTestStore(place.open())];
      await makeAccount(stores[0]!);
      for (const store of stores) {
        store.freshen();
        await store.account(account);
      }
      for (let i = 0; i < 50; i++) {
        const [writer, reader] = i % 2 === 0 ? stores : stores.toReversed();
        reader!.freshen();
        assert.equal(await insertUser(writer!, `user-${i}`), true);
        reader!.freshen();
        assert.equal(reader!.loaded(account)!.users.size, i + 1);
      }
      for (const store of stores) await store.close();
    });

    withPlace('requests that are answered together are served by one look', async (place) => {
      const polls = { count: 0 };
      const journal = place.open();
      const counting: Journal = { append: (groups) => journal.append(groups), read: (...args) => journal.read(...args), snapshot: (stream) => journal.snapshot(stream), writeSnapshot: (...args) => journal.writeSnapshot(...args), close: () => journal.close(), poll() { polls.count++; return journal.poll(); } };
      const store = await openTestStore(counting);
      store.together(() => { for (let i = 0; i < 3; i++) store.freshen(); });
      assert.equal(polls.count, 1);
      store.freshen();
      store.freshen();
      assert.equal(polls.count, 3);
      assert.throws(() => store.together(() => { store.freshen(); throw new Error('ours'); }), /ours/);
      store.freshen();
      assert.equal(polls.count, 5);
      await store.close();
    });

    withPlace('a snapshot that cannot be written is warned of, and takes nothing from the writes', async (place) => {
      const warnings: string[] = [];
      const journal = place.open();
      journal.writeSnapshot = () => Promise.reject(new Error('the disk is full'));
      const store = await openTestStore(journal, { tailEntriesMin: 10 }, (message) => void warnings.push(message));
      await makeAccount(store);
      assert.deepEqual(store.troubles(), []);
      for (let i = 0; i < 25; i++) assert.equal(await insertUser(store, `user-${i}`), true);
      assert.deepEqual(store.troubles(), ['snapshots cannot be written: the next start will take longer']);
      delete (journal as { writeSnapshot?: unknown }).writeSnapshot;
      for (let i = 25; i < 40; i++) assert.equal(await insertUser(store, `user-${i}`), true);
      await store.close();
      assert.deepEqual(store.troubles(), []);
      assert.deepEqual(warnings, [1, 2].map((n) => `the snapshot of stream ${account} could not be written; failures since the start: ${n}`));
      const again = await openTestStore(place.open());
      await again.account(account);
      assert.equal(userNames(again).length, 40);
      await again.close();
    });

    withPlace('a start replays a snapshot and a bounded tail, to the same state', async (place) => {
      const store = await openTestStore(place.open(), { tailEntriesMin: 10, sliceDocs: 7, sliceEntries: 7 });
      await makeAccount(store);
      for (let i = 0; i < 60; i++) await insertUser(store, `user-${i}`);
      await store.write(account, cause, (draft) => draft.users.remove('AIDA-user-3'));
      await store.close();
      const journal = place.open();
      const snapshot = await journal.snapshot(account);
      assert.ok(snapshot && snapshot.head.revision > 10);
      const again = await openTestStore(journal);
      await again.account(account);
      assert.equal(userNames(again).length, 59);
      assert.equal(again.loaded(account)!.revision, 61);
      await again.close();
    });

    withPlace('an append whose answer is lost is looked up: what happened is told, and nothing is done twice', async (place) => {
      for (const fault of ['before', 'after'] as const) {
        const journal = new Faulty(place.open());
        const store = await openTestStore(journal);
        if (store.partition.accounts.size === 0) await makeAccount(store);
        await store.account(account);
        journal.fault = fault;
        const writing = insertUser(store, `lost-${fault}`);
        if (fault === 'after') assert.equal(await writing, true);
        else await assert.rejects(writing, { name: 'ServiceFailure' });
        journal.fault = undefined;
        assert.equal(userNames(store).includes(`lost-${fault}`), fault === 'after');
        assert.equal(await insertUser(store, `next-${fault}`), true);
        await store.close();
      }
    });

    withPlace('accounts that are cold are evicted and loaded again', async (place) => {
      const store = await openTestStore(place.open(), { residentDocsMax: 2, coldAfterMs: -1 });
      for (const id of ['111111111111', '222222222222']) {
        await makeAccount(store, id);
        for (let i = 0; i < 3; i++) await insertUser(store, `user-${i}`, id);
      }
      await store.account('111111111111');
      assert.equal(store.loaded('222222222222'), undefined);
      await store.account('222222222222');
      assert.equal(userNames(store, '222222222222').length, 3);
      await store.close();
    });
  });
}

/** A journal whose next appends fail: before anything was written, or after all was. */
class Faulty implements Journal {
  fault: 'before' | 'after' | undefined;
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  async append(groups: readonly Group[]): Promise<readonly Outcome[]> {
    if (this.fault === 'before') throw new Error('the disk is gone');
    const outcomes = await this.#journal.append(groups);
    if (this.fault === 'after') throw new Error('the answer is lost');
    return outcomes;
  }

  read(...args: Parameters<Journal['read']>): ReturnType<Journal['read']> { return this.#journal.read(...args); }
  poll(): ReturnType<Journal['poll']> { return this.#journal.poll(); }
  snapshot(...args: Parameters<Journal['snapshot']>): ReturnType<Journal['snapshot']> { return this.#journal.snapshot(...args); }
  writeSnapshot(...args: Parameters<Journal['writeSnapshot']>): ReturnType<Journal['writeSnapshot']> { return this.#journal.writeSnapshot(...args); }
  close(): Promise<void> { return this.#journal.close(); }
}
