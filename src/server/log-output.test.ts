/** Log lines are gathered, in order, and written when there are many of them or when they are asked for. */
import assert from 'node:assert/strict';
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
