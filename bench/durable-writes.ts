/** Bench: CreateUser, durable, through the store on SQLite, by one writer and by 16, against a raw append and fdatasync of an entry of the same size. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteJournal } from '../src/store/journals/sqlite.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import type { Figure } from './measure.ts';
import { cause, insertUser, random, warn } from './population.ts';
import { alternate, ratios, spread } from './spread.ts';

const account = '111122223333';
/** Few, so that a slow moment of the disk meets all contenders alike; and many rounds. */
const writesPerRound = 50;
const rounds = 61;
/** Until the code is as warm as that of a server that has been up for a minute. */
const roundsToWarmUp = 20;
const writers = 16;

export async function durableWrites(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const journal = sqliteJournal(join(folder, 'journal.sqlite'));
  const store = await openStore({ journal, clock: Date.now, random, warn });
  const log = openSync(join(folder, 'log'), 'a');
  try {
    let users = 0;
    const createUser = async (): Promise<void> => {
      const i = users++;
      await store.write(account, cause, (draft) => insertUser(draft, i));
    };
    await createAccount(store);
    const entry = Buffer.alloc((await journal.read(account, 0, 1))[0]!.body.length, 'x');
    const contenders = [() => wallOf(appendRaw(log, entry), 1), () => wallOf(createUser, 1), () => wallOf(createUser, writers)];
    await alternate(roundsToWarmUp, contenders);
    const [raw, one, many] = await alternate(rounds, contenders);
    const figures = (costs: readonly number[]): string => `${spread(costs).median.toFixed(0)} µs a write, raw ${spread(raw!).median.toFixed(0)} µs for ${entry.length} bytes`;
    return [
      { measure: 'durable CreateUser, one writer, per second against raw append + fdatasync', figures: figures(one!), value: ratios(raw!, one!), unit: '×', bound: 'at least', must: 0.8, aim: 1 },
      { measure: `durable CreateUser, ${writers} writers in one account, the same`, figures: figures(many!), value: ratios(raw!, many!), unit: '×', bound: 'at least', must: 5, aim: 9 },
    ];
  } finally {
    await store.close();
    closeSync(log);
    rmSync(folder, { recursive: true });
  }
}

/** An account with a first user, whose entry is as long as those that follow. */
async function createAccount(store: Store): Promise<void> {
  await store.write(account, cause, (draft) => {
    draft.partition.accounts.insert({ AccountId: account, Email: 'root@example.com', CreateDate: Date.now() });
    insertUser(draft, 1_000_000);
  });
}

function appendRaw(log: number, entry: Buffer): () => void {
  return () => {
    writeSync(log, entry);
    fdatasyncSync(log);
  };
}

/** Microseconds on the clock that a write takes when so many are always waiting. */
async function wallOf(write: () => void | Promise<void>, waiting: number): Promise<number> {
  const count = writesPerRound * waiting;
  let begun = 0;
  const writer = async (): Promise<void> => {
    while (begun < count) {
      begun++;
      await write();
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: waiting }, writer));
  return ((performance.now() - start) * 1000) / count;
}
