/** Codes that change with time: the vectors of the RFC, and how far from now a code is looked for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSecondStep, findStep, stepAt, totpCode } from './totp.ts';

const seed = Buffer.from('12345678901234567890');

test('the SHA-1 vectors of RFC 6238, appendix B, cut to six digits', () => {
  for (const [second, code] of [[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']] as const) {
    assert.equal(totpCode(seed, stepAt(second * 1000)), code);
  }
});

test('a code is found as far from now as is reached, and no farther', () => {
  const code = totpCode(seed, 1000);
  for (const around of [999, 1000, 1001]) assert.equal(findStep(code, seed, around, 1), 1000);
  for (const around of [998, 1002]) assert.equal(findStep(code, seed, around, 1), undefined);
  assert.equal(findStep(code, Buffer.from('another seed'), 1000, 1), undefined);
  assert.equal(findStep('', seed, 1000, 1), undefined);
  assert.equal(findStep(`${code}0`, seed, 1000, 1), undefined);
});

test('two codes must follow one another: not the same twice, not the wrong way round, none left out', () => {
  const [first, second, third] = [1000, 1001, 1002].map((step) => totpCode(seed, step)) as [string, string, string];
  assert.equal(findSecondStep(first, second, seed, 1005, 20), 1001);
  for (const [a, b] of [[first, first], [second, first], [first, third]] as const) assert.equal(findSecondStep(a, b, seed, 1005, 20), undefined);
  assert.equal(findSecondStep(first, second, seed, 1030, 20), undefined);
});
