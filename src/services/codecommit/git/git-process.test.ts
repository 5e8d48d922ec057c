/** The machine's git as it is run: not more of them at once than may be. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { startGit } from './git-process.ts';
import { gitLimits } from './limits.ts';

test('as many gits run as may, one more is refused, and each that ends makes room', async () => {
  const wait = ['hash-object', '--stdin'];
  const gits = Array.from({ length: gitLimits.processesMax }, () => startGit(tmpdir(), wait));
  try {
    assert.throws(() => startGit(tmpdir(), wait), { name: 'ServiceUnavailable' });
    gits[0]!.stdin.end();
    gits[0]!.stdout.resume();
    await once(gits[0]!, 'close');
    gits.push(startGit(tmpdir(), wait));
    assert.throws(() => startGit(tmpdir(), wait), { name: 'ServiceUnavailable' });
  } finally {
    for (const git of gits) git.kill('SIGKILL');
    await Promise.all(gits.slice(1).map((git) => git.exitCode === null && git.signalCode === null ? once(git, 'exit') : undefined));
  }
});
