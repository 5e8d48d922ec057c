/** Signing keys are derived and used as AWS defines, and compared without telling where signatures differ. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSameSignature, SigningKey } from './signing-key.ts';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

test('a signature is the HMAC of the string to sign under the derived key', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abc-09'), minLength: 1, maxLength: 20 });
  // Secrets longer than a block of SHA-256 are hashed first.
  fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 100 }), word, word, fc.uint8Array({ minLength: 32, maxLength: 32 }), (secret, region, service, digest) => {
    const key = new SigningKey(secret, { date: '20150830', region, service, terminator: 'aws4_request' });
    const derived = ['20150830', region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
    for (const timestamp of ['20150830T123600Z', '20150830T235959Z']) {
      const hash = Buffer.from(digest).toString('hex');
      assert.equal(key.sign(timestamp, hash), hmac(derived as Buffer, `AWS4-HMAC-SHA256\n${timestamp}\n20150830/${region}/${service}/aws4_request\n${hash}`).toString('hex'));
    }
  }), { seed: 1, numRuns: 50 });
});

test('only the very same 64 small hexadecimal digits are the same signature', () => {
  const signature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
  assert.equal(isSameSignature(signature, signature), true);
  for (let i = 0; i < 64; i++) assert.equal(isSameSignature(signature, `${signature.slice(0, i)}${signature[i] === '0' ? '1' : '0'}${signature.slice(i + 1)}`), false);
  // U+0161 has the low byte of `a`.
  for (const other of ['', signature.slice(1), `${signature}0`, signature.toUpperCase(), signature.replace('a', '\u0161'), '\u0161'.repeat(64), '\0'.repeat(64)]) assert.equal(isSameSignature(signature, other), false, other);
});
