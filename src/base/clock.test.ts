/** Times are written as AWS writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { httpDate, isoBasic, isoSeconds } from './clock.ts';

test('a time is written in whole seconds, rounded down', () => {
  assert.equal(isoSeconds(Date.parse('2026-11-23T10:00:00.999Z')), '2026-11-23T10:00:00Z');
  assert.equal(isoBasic(Date.parse('2015-08-30T12:36:00Z')), '20150830T123600Z');
});

test('a time is written as a Date writes it, on whatever day and whatever was written before', () => {
  fc.assert(fc.property(fc.array(fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), { minLength: 1 }), (dates) => {
    for (const date of dates) assert.equal(isoSeconds(date.getTime()), `${date.toISOString().slice(0, 19)}Z`);
  }), { seed: 1 });
});

test('the date of HTTP is the platform\'s own, of whatever year', () => {
  fc.assert(fc.property(fc.date({ noInvalidDate: true }), (date) => assert.equal(httpDate(date.getTime()), date.toUTCString())), { seed: 1 });
});

test('what is no time of a calendar throws rather than being written', () => {
  for (const at of [Number.NaN, Infinity, 9e15]) assert.throws(() => isoSeconds(at), RangeError);
});
