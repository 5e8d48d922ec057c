/** One process at a time holds a file, and a killed one holds it no more. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { takeProcessHold } from './process-hold.ts';

test('a hold is one process\'s alone until it is released, or the process is killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-hold-'));
  const file = join(folder, 'hold.sqlite');
  const holder = async () => {
    const script = `const { takeProcessHold } = await import(${JSON.stringify(new URL('process-hold.ts', import.meta.url).href)}); console.log(takeProcessHold(${JSON.stringify(file)}) ? 'held' : 'busy'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said]: unknown[] = await once(child.stdout, 'data');
    return { child, said: String(said).trim() };
  };
  const children: Awaited<ReturnType<typeof holder>>[] = [];
  try {
    children.push(await holder());
    assert.equal(children[0]!.said, 'held');
    assert.equal(takeProcessHold(file), undefined);
    children[0]!.child.kill('SIGKILL');
    await once(children[0]!.child, 'exit');
    const own = takeProcessHold(file);
    assert.ok(own);
    children.push(await holder());
    assert.equal(children[1]!.said, 'busy');
    own.release();
    children.push(await holder());
    assert.equal(children[2]!.said, 'held');
  } finally {
    for (const { child } of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  }
});
