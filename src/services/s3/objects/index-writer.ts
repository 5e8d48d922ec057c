/** The writer of the index, on a thread of its own: all changes that wait are one commit, made once the files that they name are sure to be found again. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { serveTasks, threadSettings, type Done } from '../../../store/writer-thread.ts';
import { FileFolder } from './file-folder.ts';
import { IndexRefusal, indexCommands } from './index-commands.ts';
import type { IndexCommand, IndexInputs, IndexOutputs } from './index-commands.ts';
import { openIndex } from './index-format.ts';
import type { Refusal, Segment } from './object-store.ts';

export type IndexTask = { readonly [Command in IndexCommand]: { readonly command: Command; readonly input: IndexInputs[Command] } }[IndexCommand] | { readonly command: 'sweep' };
export type IndexReply = { readonly output: IndexOutputs[IndexCommand] } | { readonly refusal: Refusal };

// An edge: directoryStore starts this thread, with the folder's path.
const folder = new FileFolder(threadSettings() as string);
const database = openIndex(folder.indexFile);
const perform = indexCommands(database);
const begin = database.prepare('BEGIN IMMEDIATE');
const commit = database.prepare('COMMIT');
const rollback = database.prepare('ROLLBACK');
const trash = database.prepare('SELECT id FROM trash LIMIT 1000');
const forgetTrash = database.prepare('DELETE FROM trash WHERE id = ?');
const knowsFile = database.prepare('SELECT 1 FROM files WHERE id = ?');

/** Files of the trash that were unlinked; the next commit forgets them. One that comes back after a power failure is still in the trash then. */
let unlinked: readonly string[] = [];

function reply(task: IndexTask): IndexReply {
  if (task.command === 'sweep') {
    folder.sweep((fileId) => knowsFile.get(fileId) !== undefined);
    return { output: true };
  }
  try {
    // An edge: the type of a task binds its input to its command.
    return { output: (perform[task.command] as (input: unknown) => IndexOutputs[IndexCommand])(task.input) };
  } catch (thrown) {
    if (thrown instanceof IndexRefusal) return { refusal: thrown.reason };
    throw thrown;
  }
}

/** The files that a task brings. */
const filesOf = (task: IndexTask): readonly Segment[] => (task.command === 'put' || task.command === 'putPart' ? task.input.segments : []);

/** All tasks that wait are one commit; when it fails, so does each of them. */
function performAll(tasks: readonly IndexTask[]): readonly Done<IndexReply>[] {
  const files = tasks.flatMap(filesOf);
  let replies: readonly IndexReply[];
  try {
    // INVARIANT: a committed row's file survives what the row survives: the bytes were synced when they were written, their name is here.
    if (files.length > 0) syncFolder(folder.incoming);
    begin.run();
    for (const id of unlinked) forgetTrash.run(id);
    replies = tasks.map(reply);
    commit.run();
    unlinked = [];
  } catch (error) {
    if (database.isTransaction) rollback.run();
    return tasks.map(() => ({ error }));
  }
  for (const [i, task] of tasks.entries()) if ('output' in replies[i]!) for (const { fileId } of filesOf(task)) settle(fileId);
  return replies.map((result) => ({ result }));
}

/** What is committed is done, whether its file can move or not (a full disk may have no room for a folder): it is found where it came in, and the next opening moves it. */
function settle(fileId: string): void {
  try {
    folder.settle(fileId);
  } catch (thrown) {
    if (!isOfDisk(thrown)) throw thrown;
  }
}

/** The file system's own refusal, not a mistake of ours. */
const isOfDisk = (thrown: unknown): boolean => thrown instanceof Error && 'syscall' in thrown;

function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function emptyTrash(): void {
  if (unlinked.length > 0) return;
  const ids = trash.all().map((row) => String(row['id']));
  unlinked = ids.filter(isUnlinked);
}

/** What cannot be removed now stays in the trash. */
function isUnlinked(fileId: string): boolean {
  try {
    folder.unlink(fileId);
    return true;
  } catch (thrown) {
    if (!isOfDisk(thrown)) throw thrown;
    return false;
  }
}

serveTasks<IndexTask, IndexReply>(performAll, { answered: emptyTrash, close: () => database.close() });
