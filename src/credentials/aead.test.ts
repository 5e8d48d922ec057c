/** Sealing is XAES-256-GCM as published, and opens nothing that was altered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AeadKey, keyBytes, nonceBytes } from './aead.ts';

test('the published vectors of XAES-256-GCM are met', () => {
  // Source: C2SP, "XAES-256-GCM", section "Test Vectors". Between them the two keys take both ways of doubling a block.
  const nonce = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX');
  const plaintext = Buffer.from('XAES-256-GCM');
  const sealed = (fill: number, associated: string): string => new AeadKey(Buffer.alloc(keyBytes, fill)).seal(plaintext, Buffer.from(associated), nonce).subarray(nonceBytes).toString('hex');
  assert.equal(sealed(1, ''), 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271');
  assert.equal(sealed(3, 'c2sp.org/XAES-256-GCM'), '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d');
});

const key = new AeadKey(Buffer.alloc(keyBytes, 7));
const bytes = (max: number) => fc.uint8Array({ maxLength: max });
const nonces = fc.uint8Array({ minLength: nonceBytes, maxLength: nonceBytes });

test('what was sealed opens with the same key and the same associated bytes only', () => {
  fc.assert(fc.property(bytes(200), bytes(40), bytes(40), nonces, (plaintext, associated, other, nonce) => {
    const sealed = key.seal(plaintext, associated, nonce);
    assert.deepEqual(key.open(sealed, associated), Buffer.from(plaintext));
    if (Buffer.compare(associated, other) !== 0) assert.equal(key.open(sealed, other), undefined);
    assert.equal(new AeadKey(Buffer.alloc(keyBytes, 8)).open(sealed, associated), undefined);
  }), { seed: 1 });
});

test('no bit of what was sealed can be changed, and none of it left out', () => {
  const sealed = key.seal(Buffer.from('a secret'), Buffer.from('here'), Buffer.alloc(nonceBytes, 9));
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = Buffer.from(sealed);
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(key.open(changed, Buffer.from('here')), undefined, `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length++) assert.equal(key.open(sealed.subarray(0, length), Buffer.from('here')), undefined, `${length} bytes`);
  assert.equal(key.open(Buffer.concat([sealed, Buffer.alloc(1)]), Buffer.from('here')), undefined);
});

test('keys and nonces of another length are our own mistake', () => {
  assert.throws(() => new AeadKey(Buffer.alloc(16)), RangeError);
  assert.throws(() => key.seal(Buffer.alloc(0), Buffer.alloc(0), Buffer.alloc(12)), RangeError);
});
