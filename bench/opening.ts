/** Bench: opening a journal of 100,000 entities, against reading and JSON-parsing the same rows from SQLite; each in a fresh process. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sqliteJournal } from '../src/store/journals/sqlite.ts';
import { openStore } from '../src/store/open.ts';
import type { Figure } from './measure.ts';
import { cause, insertEntity, random, warn, writeMany } from './population.ts';
import { alternate, ratios, spread } from './spread.ts';

const account = '111122223333';
const entities = 100_000;

export async function opening(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const file = join(folder, 'journal.sqlite');
  try {
    await fill(file);
    const [rows, store] = await alternate(15, [() => cpuOf('rows', file), () => cpuOf('store', file)]);
    return [{
      measure: 'opening 100,000 entities, CPU against reading and parsing their rows',
      figures: `${spread(store!).median.toFixed(0)} ms of CPU, the rows ${spread(rows!).median.toFixed(0)} ms`,
      value: ratios(store!, rows!), unit: '×', bound: 'at most', must: 2, aim: 1.2,
    }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function fill(file: string): Promise<void> {
  const store = await openStore({ journal: sqliteJournal(file), clock: Date.now, random, warn });
  await store.write(account, cause, (draft) => void draft.partition.accounts.insert({ AccountId: account, Email: 'root@example.com', CreateDate: Date.now() }));
  await writeMany(store, account, entities, insertEntity);
  await store.close();
}

/** Milliseconds of CPU time that opening.js says its own work took. */
function cpuOf(mode: 'rows' | 'store', file: string): number {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'opening-reader.ts'), mode, file, account, String(entities)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`opening-reader ended with ${status}:\n${stderr}`);
  return Number(stdout);
}
