/** Commits made with the machine's git, for tests. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Whose commits they are, and when; nothing of the machine's own settings. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: devNull, GIT_TERMINAL_PROMPT: '0', HOME: '/nonexistent', LC_ALL: 'C',
  GIT_AUTHOR_NAME: 'Ann Author', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_AUTHOR_DATE: '1764000000 +0100',
  GIT_COMMITTER_NAME: 'Ann Author', GIT_COMMITTER_EMAIL: 'ann@example.com', GIT_COMMITTER_DATE: '1764000000 +0100',
};

/** Pushes one commit for each of the changes to `main` of a bare repository, and gives their ids. A file that is null is removed. */
export async function commitFiles(repository: string, changes: readonly Readonly<Record<string, string | null>>[]): Promise<string[]> {
  const tree = mkdtempSync(join(tmpdir(), 'gatehouse-work-tree-'));
  const git = (...args: string[]): string => execFileSync('git', ['-C', tree, ...args], { env: gitEnvironment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  try {
    git('init', '--quiet', '--initial-branch=main');
    return changes.map((files, i) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(tree, dirname(path)), { recursive: true });
        if (text === null) rmSync(join(tree, path));
        else writeFileSync(join(tree, path), text);
      }
      git('add', '--all');
      git('commit', '--quiet', '--message', `commit ${i + 1}`);
      git('push', '--quiet', repository, 'main');
      return git('rev-parse', 'HEAD');
    });
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
