/** What a password's hash promises. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isPassword } from './password.ts';

const salt = new Uint8Array(16).fill(7);

test('a password matches its own hash and no other does', () => {
  const hash = hashPassword('correct horse', salt);
  assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
  assert.ok(isPassword('correct horse', hash));
  assert.ok(!isPassword('Correct horse', hash));
  assert.ok(!isPassword('', hash));
});

test('the same password under another salt has another hash', () => {
  assert.notEqual(hashPassword('x', salt), hashPassword('x', new Uint8Array(16).fill(8)));
});

test('a hash that cannot be read matches nothing', () => {
  for (const hash of ['', 'x', '$argon2id$v=19$m=1,t=1,p=1$$', '$argon2i$v=19$m=65536,t=3,p=4$AAAA$AAAA']) assert.ok(!isPassword('x', hash), hash);
});
