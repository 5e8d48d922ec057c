/** What a password's hash promises. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, isPassword } from './password.ts';

const salt = new Uint8Array(16).fill(7);

test('a password matches its own hash and no other does', async () => {
  const hash = await hashPassword('correct horse', salt);
  assert.match(hash, /^\$argon2id\$v=19\$m=65536,t=3,p=4\$/);
  assert.ok(await isPassword('correct horse', hash));
  assert.ok(!(await isPassword('Correct horse', hash)));
  assert.ok(!(await isPassword('', hash)));
});

test('the same password under another salt has another hash', async () => {
  assert.notEqual(await hashPassword('x', salt), await hashPassword('x', new Uint8Array(16).fill(8)));
});

test('a hash that cannot be read matches nothing', async () => {
  for (const hash of ['', 'x', '$argon2id$v=19$m=1,t=1,p=1$$', '$argon2i$v=19$m=65536,t=3,p=4$AAAA$AAAA']) assert.ok(!(await isPassword('x', hash)), hash);
});
