/** The engines that the store's contract is held to, and stores opened on them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Journal } from '../../src/store/journal.ts';
import { defaultStoreLimits, type StoreLimits } from '../../src/store/limits.ts';
import { MemoryFile, MemoryJournal } from '../../src/store/journals/memory.ts';
import { sqliteJournal } from '../../src/store/journals/sqlite.ts';
import { openStore } from '../../src/store/open.ts';
import type { Draft, Store, Warn } from '../../src/store/store.ts';
import type { UserDoc } from '../../src/store/tables.ts';
import { seededRandom } from '../seeded-random.ts';

/** A place where journals live: each `open` is another process's view of the same file. */
export interface Place { open(): Journal; remove(): void; readonly file: string | undefined }

export const engines: Readonly<Record<string, () => Place>> = {
  memory: () => {
    const file = new MemoryFile();
    return { open: () => new MemoryJournal(file), remove: () => {}, file: undefined };
  },
  sqlite: () => sqlitePlace((journal) => journal),
  'sqlite, where others are held up': () => sqlitePlace((journal) => {
    const { append } = journal;
    journal.append = (groups) => append.call(journal, groups);
    return journal;
  }),
};

function sqlitePlace(opened: (journal: Journal) => Journal): Place {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-store-'));
  const file = join(dir, 'journal.sqlite');
  return { open: () => opened(sqliteJournal(file)), remove: () => rmSync(dir, { recursive: true, force: true }), file };
}

export const at = Date.parse('2026-11-23T10:00:00Z');
export const account = '111122223333';
export const cause = { by: 'test', requestId: 'test', action: 'test:Write' };

let opened = 0;

/** In a test nothing is to be warned of. */
const noWarning: Warn = (message, cause) => {
  throw new Error(message, { cause });
};

export function openTestStore(journal: Journal, limits: Partial<StoreLimits> = {}, warn = noWarning): Promise<Store> {
  return openStore({ journal, clock: () => at, random: seededRandom(`store ${process.pid} ${opened++}`), warn, limits: { ...defaultStoreLimits, ...limits } });
}

export const userDoc = (name: string): UserDoc => ({ UserId: `AIDA-${name.toLowerCase()}`, UserName: name, Path: '/', CreateDate: at });

/** Makes the account, so that it can be loaded by its number. */
export async function makeAccount(store: Store, id = account): Promise<void> {
  await store.write(id, cause, (draft) => { draft.partition.accounts.insert({ AccountId: id, Email: `root@${id}.example`, CreateDate: at }); });
}

export const insertUser = (store: Store, name: string, id = account): Promise<boolean> => store.write(id, cause, (draft: Draft) => draft.users.insert(userDoc(name))).then(({ value }) => value);

export function userNames(store: Store, id = account): string[] {
  return [...(store.loaded(id)?.users.all() ?? [])].map(({ UserName }) => UserName);
}
