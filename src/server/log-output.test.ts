/** Log lines are gathered, in order, and written when there are many of them or when they are asked for. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mock, test } from 'node:test';
import { limits } from './limits.ts';
import { GatheredLines } from './log-output.ts';

function gathering(): { readonly written: string[]; readonly lines: GatheredLines } {
  const written: string[] = [];
  return { written, lines: new GatheredLines({ write: (bytes) => written.push(String(bytes)) }) };
}

test('lines wait for their flush, and are written once, in order', () => {
  const { written, lines } = gathering();
  lines.write('a\n');
  lines.write('b\n');
  assert.deepEqual(written, []);
  let done = 0;
  lines.flush(() => done++);
  lines.flush(() => done++);
  assert.deepEqual([written, done], [['a\nb\n'], 2]);
});

test('many lines are written at once', () => {
  const { written, lines } = gathering();
  const line = `${'x'.repeat(1_023)}\n`;
  for (let i = 0; i < limits.logFlushBytes / line.length; i++) lines.write(line);
  assert.deepEqual(written, [line.repeat(limits.logFlushBytes / line.length)]);
});

test('a line alone is written when time is up', (t) => {
  t.after(() => mock.timers.reset());
  mock.timers.enable({ apis: ['setTimeout'] });
  const { written, lines } = gathering();
  lines.write('a\n');
  mock.timers.tick(limits.logFlushMs - 1);
  assert.deepEqual(written, []);
  mock.timers.tick(1);
  assert.deepEqual(written, ['a\n']);
  lines.write('b\n');
  mock.timers.tick(limits.logFlushMs);
  assert.deepEqual(written, ['a\n', 'b\n']);
});

test('whoever reads the log may go: the process serves on, and ends as it would have', async () => {
  const program = `
    const { standardError } = await import(${JSON.stringify(new URL('./log-output.ts', import.meta.url).href)});
    const lines = standardError();
    for (let turn = 0; turn < 20; turn++) {
      lines.write('x'.repeat(100_000) + '\\n');
      lines.flush();
      await new Promise(setImmediate);
    }
    console.log('served on');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr.destroy();
  const said: Buffer[] = [];
  child.stdout.on('data', (bytes: Buffer) => said.push(bytes));
  const [code] = await once(child, 'close');
  assert.deepEqual([Buffer.concat(said).toString(), code], ['served on\n', 0]);
});
