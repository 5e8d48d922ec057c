/** Identifiers embed their account as AWS's do. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accountOf, idBeginning, idLengths, type IdPrefix, newArgument, newId, newSecretAccessKey, newUuid } from './ids.ts';

test('an id made by AWS tells its account', () => {
  assert.equal(accountOf('ASIAQNZGKIQY56JQ7WML'), '029608264753');
  assert.equal(accountOf('ASIAY34FZKBOKMUTVV7A'), '609629065308');
});

test('an id tells the account it was made for, whatever the randomness, and has the length of its kind', () => {
  const prefixes = Object.keys(idLengths) as IdPrefix[];
  fc.assert(fc.property(fc.constantFrom(...prefixes), fc.bigInt(0n, 999_999_999_999n), fc.uint8Array({ minLength: 11, maxLength: 11 }), (prefix, number, bytes) => {
    const account = number.toString().padStart(12, '0');
    const id = newId(prefix, account, () => bytes);
    assert.equal(accountOf(id), account);
    assert.match(id, new RegExp(`^${prefix}[A-Z2-7]{${idLengths[prefix] - 4}}$`));
  }), { seed: 1 });
});

test('all ids of an account begin alike, with those of the one account beside it', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999_999 }), fc.uint8Array({ minLength: 11, maxLength: 11 }), (number, bytes) => {
    const account = String(number).padStart(12, '0');
    assert.ok(newId('AROA', account, () => bytes).startsWith(idBeginning('AROA', account)));
    const [beside, further] = [number ^ 1, number + 2].map((other) => String(Math.abs(other)).padStart(12, '0'));
    if (number < 2 ** 30) assert.equal(idBeginning('AROA', beside!), idBeginning('AROA', account));
    assert.notEqual(idBeginning('AROA', further!), idBeginning('AROA', account));
  }));
});

test('ids of one account differ with the randomness outside the account', () => {
  assert.notEqual(newId('AIDA', '111122223333', () => new Uint8Array(11)), newId('AIDA', '111122223333', () => new Uint8Array(11).fill(255)));
});

test('what is no id of today tells no account', () => {
  for (const id of ['', 'AKIA', 'AKIAIOSFODNN7', 'AKIAiosfodnn7example', 'AKIA01890189018901', 'AKIA\u{10000}AAAAAAAAAAAA']) assert.equal(accountOf(id), undefined, id);
  // Forty bits of ones are more than twelve digits.
  assert.equal(accountOf('AKIA7777777777777777'), undefined);
});

test('a secret access key has 40 characters of the base64 alphabet and uses all of it', () => {
  const secret = newSecretAccessKey((size) => Uint8Array.from({ length: size }, (_, i) => i));
  assert.match(secret, /^[A-Za-z0-9+/]{40}$/);
  assert.equal(newSecretAccessKey((size) => new Uint8Array(size).fill(63)), '/'.repeat(40));
});

test('a random UUID says its version and variant, and all else of it is random', () => {
  assert.equal(newUuid(() => new Uint8Array(16)), '00000000-0000-4000-8000-000000000000');
  assert.equal(newUuid(() => new Uint8Array(16).fill(0xff)), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
});

test('what a caller types as an argument never begins as an option does', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (bytes) => {
    const argument = newArgument(24, () => bytes);
    assert.match(argument, /^[\w][\w-]{31}$/);
    assert.ok(!argument.startsWith('-'));
  }));
  assert.notEqual(newArgument(24, () => new Uint8Array(24).fill(0xf8))[0], '-');
});
