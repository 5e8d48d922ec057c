/** Effects outside the journal, with a crash between every two steps: afterwards the world and the journal say the same. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../src/base/json.ts';
import type { Group } from '../../src/store/journal.ts';
import { EffectRefused, Intents, type Effect } from '../../src/store/intents.ts';
import { MemoryFile, MemoryJournal } from '../../src/store/journals/memory.ts';
import type { Store } from '../../src/store/store.ts';
import { seededRandom } from '../seeded-random.ts';
import { account, at, cause, makeAccount, openTestStore, userDoc } from './journals.ts';

/** The process is gone: nothing of it goes on. */
class Crash extends Error {}

interface FolderPayload extends JsonObject { readonly UserName: string }

/** Folders outside the journal, one a user, which stay when a process crashes. */
class World {
  readonly folders = new Set<string>();
  performed = 0;
  crash: 'before' | 'after' | undefined;
  refuses = false;

  get effect(): Effect<FolderPayload> {
    return {
      kind: 'folder',
      perform: async ({ id }) => {
        this.performed++;
        if (this.crash === 'before') throw new Crash();
        if (this.refuses) throw new EffectRefused('there is no room', { cause: new Error('BucketRefused') });
        this.folders.add(id);
        if (this.crash === 'after') throw new Crash();
      },
      finish: (draft, { id, payload }) => { draft.users.insert({ ...userDoc(payload.UserName), Path: `/${id}/` }); },
      abandon: () => {},
    };
  }
}

/** A process on the file, whose journal is cut off after so many appends. */
async function open(file: MemoryFile, world: World, appendsMax = Infinity) {
  const journal = new (class extends MemoryJournal {
    #appends = 0;
    override async append(groups: readonly Group[]) {
      if (this.#appends++ >= appendsMax) throw new Crash();
      return super.append(groups);
    }
  })(file);
  const warnings: string[] = [];
  const store = await openTestStore(journal);
  const intents = new Intents({ store, clock: () => at, random: seededRandom(`intents ${appendsMax}`), warn: (message) => void warnings.push(message) });
  const { effect } = world;
  intents.register(effect);
  return { store, intents, warnings, async makeFolder(UserName: string) {
    const intent = intents.plan(account, { UserName });
    await store.write(account, cause, (draft) => intents.record(draft, effect, intent));
    await intents.carryOut(effect, intent, cause);
  } };
}

/** Folders and journal tell the same, and nothing is left to do. */
async function assertSettled(store: Store, { folders }: World, users: number): Promise<void> {
  const view = await store.account(account);
  assert.equal(store.partition.intents.size, 0);
  assert.deepEqual([...view!.users.all()].map(({ Path }) => Path.slice(1, -1)), [...folders]);
  assert.equal(folders.size, users);
}

async function fileWithAccount(): Promise<MemoryFile> {
  const file = new MemoryFile();
  const store = await openTestStore(new MemoryJournal(file));
  await makeAccount(store);
  await store.close();
  return file;
}

describe('intents', () => {
  test('an effect is done and recorded', async () => {
    const world = new World();
    const { store, makeFolder } = await open(await fileWithAccount(), world);
    await makeFolder('alice');
    await assertSettled(store, world, 1);
    assert.equal(world.performed, 1);
  });

  const crashes: Readonly<Record<string, { readonly appendsMax: number; readonly crash?: 'before' | 'after'; readonly users: number; readonly performed: number }>> = {
    'before the intent is recorded': { appendsMax: 0, users: 0, performed: 0 },
    'between the record and the effect': { appendsMax: 1, crash: 'before', users: 1, performed: 2 },
    'between the effect and its end': { appendsMax: 1, crash: 'after', users: 1, performed: 2 },
    'while its end is recorded': { appendsMax: 1, users: 1, performed: 2 },
  };
  for (const [when, { appendsMax, crash, users, performed }] of Object.entries(crashes)) {
    test(`a crash ${when} leaves nothing half done after the next start`, async () => {
      const world = new World();
      const file = await fileWithAccount();
      const first = await open(file, world, appendsMax);
      world.crash = crash;
      await assert.rejects(first.makeFolder('alice'));
      world.crash = undefined;
      const second = await open(file, world);
      await second.intents.settle();
      await assertSettled(second.store, world, users);
      assert.equal(world.performed, performed);
      assert.deepEqual(second.warnings, []);
      // A further start finds nothing to do.
      const third = await open(file, world);
      await third.intents.settle();
      assert.equal(world.performed, performed);
    });
  }

  test('a crash while intents are settled is settled by the next start', async () => {
    const world = new World();
    const file = await fileWithAccount();
    world.crash = 'after';
    await assert.rejects((await open(file, world)).makeFolder('alice'));
    const second = await open(file, world);
    await second.intents.settle();
    assert.equal(second.warnings.length, 1);
    assert.equal(second.store.partition.intents.size, 1);
    world.crash = undefined;
    const third = await open(file, world);
    await third.intents.settle();
    await assertSettled(third.store, world, 1);
  });

  test('a refused effect ends its intent, and the caller is told why', async () => {
    const world = new World();
    const { store, makeFolder } = await open(await fileWithAccount(), world);
    world.refuses = true;
    await assert.rejects(makeFolder('alice'), /BucketRefused/);
    await assertSettled(store, world, 0);
  });

  test('two processes that settle the same intent record it once', async () => {
    const world = new World();
    const file = await fileWithAccount();
    world.crash = 'before';
    await assert.rejects((await open(file, world)).makeFolder('alice'));
    world.crash = undefined;
    const both = [await open(file, world), await open(file, world)];
    await Promise.all(both.map(({ intents }) => intents.settle()));
    for (const { store, warnings } of both) {
      store.freshen();
      await assertSettled(store, world, 1);
      assert.deepEqual(warnings, []);
    }
  });

  test('an intent of a kind that nothing knows is left alone and warned of', async () => {
    const world = new World();
    const file = await fileWithAccount();
    const { store, warnings, intents } = await open(file, world);
    await store.write(account, cause, (draft) => draft.partition.intents.insert({ IntentId: 'x', Kind: 'of tomorrow', AccountId: account, CreateDate: at, Payload: {} }));
    await intents.settle();
    assert.equal(store.partition.intents.size, 1);
    assert.match(warnings[0]!, /of tomorrow/);
  });

  test('an effect that would not be settled cannot be recorded', async () => {
    const { store, intents } = await open(await fileWithAccount(), new World());
    const stranger: Effect<JsonObject> = { kind: 'stranger', perform: async () => {}, finish: () => {}, abandon: () => {} };
    await assert.rejects(store.write(account, cause, (draft) => intents.record(draft, stranger, intents.plan(account, {}))), /not registered/);
  });
});
