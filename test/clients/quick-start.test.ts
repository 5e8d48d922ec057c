/** The README's quick start and its story of a bucket, typed as they stand there, with the real AWS CLI, against a Gatehouse that is killed and started again on the way. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root } from '../imports.ts';
import { findOnPath, startProgram } from '../running.ts';
import type { Program } from '../running.ts';
import { consoleBlocks, section } from './console-blocks.ts';
import { shellSession } from './shell-session.ts';
import { clientEnvironment, typeShown } from './typed-document.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-quick-start-'));
const dataDir = join(folder, 'data');
after(() => rmSync(folder, { recursive: true }));

const start = (port: string): Promise<Program> => startProgram({ args: ['--port', port, '--data-dir', dataDir], cwd: folder });

test('the README\'s quick start does what it says, and a SIGKILL loses nothing', async (t) => {
  if (findOnPath('aws') === undefined) return t.skip('THE AWS CLI IS NOT ON THE PATH: the quick start was not run. Install it to run this test.');
  const blocks = consoleBlocks(section('README.md', '## Quick start'));
  assert.ok(blocks.length >= 6, 'the quick start is there');
  const story = consoleBlocks(section('README.md', '## Protect a bucket'));
  assert.equal(story.length, 7, 'the story has its seven parts');
  let restarts = 0;
  let program = await start('0');
  const session = shellSession({ cwd: root, env: clientEnvironment(folder, dataDir), folder });
  try {
    for (const { introduction, commands } of [...blocks, ...story]) {
      if (introduction.includes('`kill -9`')) {
        restarts += 1;
        await program.stop('SIGKILL');
        program = await start(new URL(program.endpoint).port);
        assert.match(program.said, /found account \d{12}/);
      }
      for (const command of commands) await typeShown(session, command);
    }
  } finally {
    await session.close();
    assert.equal(await program.stop(), 0);
  }
  assert.equal(restarts, 1);
});
