/** The console has types of its own, because it runs in a browser: they hold. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../imports.ts';

test("the console's types hold, in a browser's world", () => {
  const { status, stdout } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['--noEmit', '-p', 'console'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  assert.equal(status, 0, stdout);
});
