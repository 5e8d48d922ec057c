/** The log's lines are JSON whatever was thrown, and tell the causes of causes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeFacts, openLog } from './log.ts';

function logged(say: (log: ReturnType<typeof openLog>) => void): readonly string[] {
  const lines: string[] = [];
  say(openLog({ write: (line) => void lines.push(line) }, () => Date.parse('2026-11-23T10:00:00.007Z')));
  return lines;
}

test('a line is JSON with its level, time and process, then the facts, then the message', () => {
  assert.deepEqual(logged((log) => { log.info('ready', { url: 'http://127.0.0.1:4566', ms: 81 }); log.info('a\n"b"'); }), [
    `{"level":30,"time":"2026-11-23T10:00:00.007Z","pid":${process.pid},"url":"http://127.0.0.1:4566","ms":81,"msg":"ready"}\n`,
    `{"level":30,"time":"2026-11-23T10:00:00.007Z","pid":${process.pid},"msg":"a\\n\\"b\\""}\n`,
  ]);
});

test('an error tells what was thrown, with the stacks of its causes', () => {
  const [line] = logged((log) => log.error('the disk is full', new TypeError('above', { cause: new RangeError('below') })));
  const { level, msg, err } = JSON.parse(line!);
  assert.deepEqual([level, msg, err.type, err.message], [50, 'the disk is full', 'TypeError', 'above']);
  assert.match(err.stack, /^TypeError: above\n +at [^]*\ncaused by: RangeError: below\n +at /);
});

test('what is no error is told too, and an error that is its own cause ends', () => {
  assert.deepEqual(causeFacts('text'), { type: 'string', message: 'text' });
  const error = new Error('round');
  error.cause = error;
  assert.equal(causeFacts(error).stack!.match(/Error: round/g)!.length, 8);
});
