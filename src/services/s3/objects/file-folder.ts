/** The files of a directory store: where each lies, how one comes in, how what belongs to nothing is removed. */
import { mkdirSync, readdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { objectLimits } from './limits.ts';

/**
 * A file comes in under `incoming/` and, once the index knows it, moves to `data/`. So what a crash leaves behind lies in `incoming/`, and
 * whether it belongs to something is asked of the index. A file never changes and its id never returns.
 */
export class FileFolder {
  readonly incoming: string;
  readonly indexFile: string;
  readonly #data: string;

  /** Makes the folders where there are none. */
  constructor(path: string) {
    this.incoming = join(path, 'incoming');
    this.indexFile = join(path, 'index.sqlite');
    this.#data = join(path, 'data');
    for (const folder of [this.incoming, this.#data]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  create(fileId: string): Promise<FileHandle> {
    return open(this.pathOf(fileId), 'wx', 0o600);
  }

  /** Where a file is until it is settled. */
  pathOf(fileId: string): string {
    return join(this.incoming, fileId);
  }

  /** Undefined when the file is gone: what it belonged to was replaced or removed. */
  async open(fileId: string): Promise<FileHandle | undefined> {
    // Between its commit and its move it is still where it came in; the move may come between two looks.
    return (await openIfThere(this.#settled(fileId))) ?? (await openIfThere(join(this.incoming, fileId))) ?? (await openIfThere(this.#settled(fileId)));
  }

  /** The index knows it now. */
  settle(fileId: string): void {
    const from = join(this.incoming, fileId);
    try {
      renameSync(from, this.#settled(fileId));
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
      mkdirSync(this.#folderOf(fileId), { recursive: true, mode: 0o700 });
      // Another process's sweep may have moved it.
      ignoreMissing(() => renameSync(from, this.#settled(fileId)));
    }
  }

  unlink(fileId: string): void {
    for (const path of [this.#settled(fileId), join(this.incoming, fileId)]) ignoreMissing(() => unlinkSync(path));
  }

  /** Moves what a crash left in `incoming/` and the index knows; removes what nobody can be writing any more. */
  sweep(isKnown: (fileId: string) => boolean): void {
    // The times of files are the machine's, whatever clock the rest goes by.
    const abandonedBefore = Date.now() - objectLimits.abandonedAfterMs;
    for (const fileId of readdirSync(this.incoming)) {
      if (isKnown(fileId)) this.settle(fileId);
      else ignoreMissing(() => { if (statSync(join(this.incoming, fileId)).mtimeMs < abandonedBefore) unlinkSync(join(this.incoming, fileId)); });
    }
  }

  #folderOf(fileId: string): string {
    return join(this.#data, fileId.slice(0, 2));
  }

  #settled(fileId: string): string {
    return join(this.#folderOf(fileId), fileId);
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (thrown) {
    if (isMissing(thrown)) return undefined;
    throw thrown;
  }
}

function ignoreMissing(work: () => void): void {
  try {
    work();
  } catch (thrown) {
    if (!isMissing(thrown)) throw thrown;
  }
}

const isMissing = (thrown: unknown): boolean => thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
