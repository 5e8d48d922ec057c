/** Lines come out as they went in, however many and whatever is in them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LineBuffer } from './line-buffer.ts';

test('what is taken are the lines in order, beyond the usual size too, and then nothing waits', () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme' })), (lines) => {
    const buffer = new LineBuffer(16);
    for (const line of lines) buffer.push(line);
    const text = lines.join('');
    assert.equal(buffer.length, Buffer.byteLength(text));
    assert.equal(buffer.take().toString(), text);
    assert.equal(buffer.length, 0);
    assert.equal(buffer.take().toString(), '');
  }), { seed: 1 });
});

test('bytes put before stand before, and what was taken does not change with what comes later', () => {
  const buffer = new LineBuffer(4);
  buffer.push('b\n');
  buffer.unshift(Buffer.from('torn a\n'));
  const taken = buffer.take();
  buffer.push('later\n');
  assert.equal(taken.toString(), 'torn a\nb\n');
  assert.equal(buffer.take().toString(), 'later\n');
});
