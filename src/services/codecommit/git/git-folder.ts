/** Where the bare repositories lie: a folder each, named by an id that never returns. */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../../../base/ids.ts';
import { runGit } from './git-process.ts';
import { GitRepository } from './repository.ts';

export class GitFolder {
  readonly #path: string;
  readonly #random: RandomBytes;

  /** Nothing is made before a repository is used. `random` names what is on its way in. */
  constructor(path: string, random: RandomBytes) {
    this.#path = path;
    this.#random = random;
  }

  /** The repository's path; made where there is none yet: one without commits is the same whether its folder is there or not. */
  async open(repositoryId: string): Promise<string> {
    const path = this.#pathOf(repositoryId);
    if (existsSync(path)) return path;
    await mkdir(this.#path, { recursive: true, mode: 0o700 });
    // Made beside its place and moved there, so that nobody finds half of one, whoever else is making it.
    const making = join(this.#path, `making-${Buffer.from(this.#random(8)).toString('hex')}`);
    await runGit(this.#path, ['init', '--bare', '--quiet', '--template=', '--initial-branch=main', making]);
    try {
      await rename(making, path);
    } catch (thrown) {
      await rm(making, { recursive: true, force: true });
      if (!existsSync(path)) throw thrown;
    }
    return path;
  }

  async repository(repositoryId: string): Promise<GitRepository> {
    return new GitRepository(await this.open(repositoryId));
  }

  /** Removes it with all that is in it; one that is gone is gone. */
  async remove(repositoryId: string): Promise<void> {
    // Whoever is still pushing into it may put a file where all were just removed: it is looked again.
    await rm(this.#pathOf(repositoryId), { recursive: true, force: true, maxRetries: 10 });
  }

  #pathOf(repositoryId: string): string {
    // INVARIANT: ids are made here, but a path is nothing to be careless with.
    if (!/^[0-9a-f-]{36}$/.test(repositoryId)) throw new Error(`${repositoryId} is no id of a repository`);
    return join(this.#path, `${repositoryId}.git`);
  }
}
