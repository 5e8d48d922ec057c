/** Base32 as RFC 4648 writes it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBase32, encodeBase32 } from './base32.ts';

test('the vectors of RFC 4648, section 10, without their padding', () => {
  for (const [text, encoded] of [['', ''], ['f', 'MY'], ['fo', 'MZXQ'], ['foo', 'MZXW6'], ['foob', 'MZXW6YQ'], ['fooba', 'MZXW6YTB'], ['foobar', 'MZXW6YTBOI']] as const) {
    assert.equal(encodeBase32(Buffer.from(text)), encoded);
    for (const written of [encoded, encoded.toLowerCase(), `${encoded}===`]) assert.equal(Buffer.from(decodeBase32(written)!).toString(), text);
  }
});

test('every bit counts: bytes of ones and zeros', () => {
  assert.equal(encodeBase32(new Uint8Array(10).fill(0xff)), '7777777777777777');
  assert.equal(encodeBase32(new Uint8Array(10)), 'AAAAAAAAAAAAAAAA');
});

test('what no bytes are written as is not read', () => {
  for (const text of ['1', 'M', 'MZ1Q', 'MZXW6Y', 'MY=Q', 'MZ XQ', 'M8', 'MZ', 'é']) assert.equal(decodeBase32(text), undefined, text);
});
