/** Scalars as text: what is read, what is refused, and what is written. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readScalar, writeTimestamp } from './scalar-text.ts';

const at = Date.UTC(2014, 3, 29, 18, 30, 38);

describe('timestamps', () => {
  for (const [text, value] of [
    ['2014-04-29T18:30:38Z', at], ['2014-04-29T18:30:38.123Z', at + 123], ['2014-04-29T18:30:38.5Z', at + 500], ['2014-04-29T18:30:38.123456789Z', at + 123],
    ['2014-04-29T19:30:38+01:00', at], ['2014-04-29T10:00:38-08:30', at], ['1398796238', at], ['1398796238.123', at + 123], ['-1', -1000], ['Tue, 29 Apr 2014 18:30:38 GMT', at],
    ['2016-02-29T00:00:00Z', Date.UTC(2016, 1, 29)],
  ] as const) test(`${text} is read`, () => assert.equal(readScalar.timestamp(text), value));

  for (const text of ['', 'now', '2014-04-29', '2014-04-29T18:30Z', '2014-04-29T18:30:38', '2014-02-30T00:00:00Z', '2015-02-29T00:00:00Z', '2014-13-01T00:00:00Z', '2014-04-29T25:00:00Z', '2014-04-29T24:00:00Z', '2014-04-29T18:30:38+25:00', '99999999999999', 'Wed, 29 Apr 2014 18:30:38 GMT', 'Tue, 31 Jun 2014 18:30:38 GMT', ' 1398796238']) {
    test(`${JSON.stringify(text)} is refused`, () => assert.equal(readScalar.timestamp(text), undefined));
  }

  test('they are written in whole seconds unless the model asks for another format', () => {
    assert.equal(writeTimestamp(at + 999), '2014-04-29T18:30:38Z');
    assert.equal(writeTimestamp(at + 500, 'unixTimestamp'), '1398796238.5');
    assert.equal(writeTimestamp(at, 'rfc822'), 'Tue, 29 Apr 2014 18:30:38 GMT');
  });

  test('what is written is read back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
      for (const format of ['iso8601', 'unixTimestamp', 'rfc822'] as const) assert.equal(readScalar.timestamp(writeTimestamp(seconds * 1000, format)), seconds * 1000);
    }), { seed: 20_261_124 });
  });
});

describe('numbers', () => {
  test('a long is read up to what a number holds exactly', () => {
    assert.equal(readScalar.long('9007199254740991'), Number.MAX_SAFE_INTEGER);
    assert.equal(readScalar.long('9007199254740993'), undefined);
  });

  for (const [text, value] of [['10.8', 10.8], ['-1e3', -1000], ['.5', 0.5], ['5.', 5], ['NaN', NaN], ['Infinity', Infinity], ['-Infinity', -Infinity]] as const) test(`the decimal ${text} is read`, () => assert.equal(readScalar.double(text), value));
  for (const text of ['', '.', '1e', '0x1', '1e999', 'nan', '1 ']) test(`${JSON.stringify(text)} is no decimal`, () => assert.equal(readScalar.double(text), undefined));
});

describe('blobs', () => {
  test('base64 is read', () => assert.deepEqual(readScalar.blob('dmFsdWU='), Buffer.from('value')));
  for (const text of ['dmFsdWU', 'dmF=dWU=', 'dmFs dWU', 'dm-_dWU=', 'A===']) test(`${text} is refused`, () => assert.equal(readScalar.blob(text), undefined));
});
