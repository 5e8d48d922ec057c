/** Times in signatures are real times in one of two forms. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isoBasic } from '../../base/clock.ts';
import { parseBasic, parseDateHeader } from './timestamp.ts';

test('every second since 1970 is read as it is written', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (second) => {
    assert.equal(parseBasic(isoBasic(second * 1000)), second * 1000);
  }), { seed: 1 });
  assert.equal(parseBasic('20240229T235959Z'), Date.UTC(2024, 1, 29, 23, 59, 59));
  assert.equal(parseBasic('20000229T000000Z'), Date.UTC(2000, 1, 29));
});

test('every day of four centuries, and those round the turns of others, is read as the calendar has it', () => {
  const day = 86_400_000;
  for (let at = 0; at < Date.UTC(2370, 0, 1); at += day) assert.equal(parseBasic(isoBasic(at)), at);
  for (const year of [2999, 3000, 4000, 9999]) for (let at = Date.UTC(year, 0, 1); at <= Date.UTC(year, 11, 31); at += day) assert.equal(parseBasic(isoBasic(at)), at);
});

test('what is no such time is not read', () => {
  for (const text of ['', '20150830', '20150830T123600', '20150830T123600z', '20150830t123600Z', '2015-08-30T12:36:00Z', '20150230T000000Z', '20230229T000000Z', '21000229T000000Z', '20151301T000000Z', '20150001T000000Z',
    '20150100T000000Z', '20150431T000000Z', '20150830T240000Z', '20150830T126000Z', '20150830T123660Z', '2015083 T123600Z', '+0150830T123600Z', '20150830T1236-1Z', '20150830T123600ZZ', '19691231T235959Z']) {
    assert.equal(parseBasic(text), undefined, text);
  }
});

test('a Date header may also have the form that HTTP gives it, and no other', () => {
  assert.equal(parseDateHeader('20150830T123600Z'), Date.UTC(2015, 7, 30, 12, 36));
  assert.equal(parseDateHeader('Sun, 30 Aug 2015 12:36:00 GMT'), Date.UTC(2015, 7, 30, 12, 36));
  for (const text of ['Mon, 30 Aug 2015 12:36:00 GMT', 'Sun, 30 Aug 2015 12:36:00 +0200', '2015-08-30', 'Sunday, 30-Aug-15 12:36:00 GMT', '1', '']) assert.equal(parseDateHeader(text), undefined, text);
});
