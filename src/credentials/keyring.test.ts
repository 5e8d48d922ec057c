/** The keyring seals with the newest stored key, opens with any, and only in the place a value was sealed for. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { openArgument, sealAsArgument, SealBroken, type SealPlace } from '../base/seal.ts';
import { type DataKey, MasterKeyWrong, openKeyring } from './keyring.ts';

const place: SealPlace = { account: '111122223333', table: 'accessKeys', key: 'AKIAQNZGKIQY56JQ7WML', field: 'SecretAccessKey' };
const masterKey = Buffer.alloc(32, 1);

function seeded(seed: string) {
  let counter = 0;
  return (size: number): Uint8Array => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < size; have += 32) blocks.push(createHash('sha256').update(`${seed}:${counter++}`).digest());
    return Buffer.concat(blocks).subarray(0, size);
  };
}

const open = (dataKeys: readonly DataKey[], { seed = 'a', now = 1000, master = masterKey as Uint8Array } = {}) => openKeyring({ masterKey: master, stored: { revision: 0, all: () => dataKeys }, random: seeded(seed), clock: () => now });

test('a secret opens in every process that has the same keys, and its text does not show it', () => {
  const keyring = open([]);
  const dataKey = keyring.newDataKey();
  const sealed = keyring.seal('wJalrXUtnFEMI', place);
  assert.doesNotMatch(sealed, /wJalr/);
  assert.match(sealed, /^[\w-]+$/);
  assert.equal(keyring.open(sealed, place), 'wJalrXUtnFEMI');
  assert.equal(open([dataKey], { seed: 'b' }).open(sealed, place), 'wJalrXUtnFEMI');
  assert.notEqual(keyring.seal('wJalrXUtnFEMI', place), sealed);
});

test('a sealed value opens nowhere but in its place', () => {
  const keyring = open([]);
  keyring.newDataKey();
  const sealed = keyring.seal('secret', place);
  for (const elsewhere of [{ account: '444455556666' }, { table: 'users' }, { key: 'AKIAY34FZKBOKMUTVV7A' }, { field: 'Other' }, { account: '', table: '111122223333' }]) {
    assert.throws(() => keyring.open(sealed, { ...place, ...elsewhere }), SealBroken);
  }
  // Places whose parts join to the same text are still two places.
  assert.throws(() => keyring.open(keyring.seal('secret', { ...place, table: 'a","b', key: 'c' }), { ...place, table: 'a', key: 'b","c' }), SealBroken);
  assert.equal(keyring.openBytes(Buffer.from(sealed, 'base64url'), 'session token'), undefined);
});

test('a sealed value that was altered, cut or spelt another way does not open', () => {
  const keyring = open([]);
  keyring.newDataKey();
  const sealed = keyring.seal('secret', place);
  for (let i = 0; i < sealed.length; i++) {
    for (const character of ['A', 'B', '_', '=', ' ']) {
      if (sealed[i] !== character) assert.throws(() => keyring.open(sealed.slice(0, i) + character + sealed.slice(i + 1), place), SealBroken, `${character} at ${i}`);
    }
    assert.throws(() => keyring.open(sealed.slice(0, i), place), SealBroken);
  }
  assert.throws(() => keyring.open(`${sealed}=`, place), SealBroken);
  assert.throws(() => keyring.open(`${sealed}\n`, place), SealBroken);
});

test('the newest stored key seals and every one opens, in whatever order they come', () => {
  const first = open([], { seed: 'first', now: 1000 });
  const second = open([], { seed: 'second', now: 2000 });
  const oldKey = first.newDataKey(), newKey = second.newDataKey();
  const old = first.seal('old', place);
  for (const keys of [[oldKey, newKey], [newKey, oldKey]]) {
    const withOld = open([oldKey]), withNew = open([newKey]), both = open(keys, { seed: 'both' });
    assert.equal(both.open(old, place), 'old');
    const sealed = both.seal('new', place);
    assert.equal(withNew.open(sealed, place), 'new');
    assert.throws(() => withOld.open(sealed, place), SealBroken);
    withOld.add(newKey);
    assert.equal(withOld.open(sealed, place), 'new');
    // Adding it again changes nothing.
    withOld.add(newKey);
    assert.equal(withOld.open(sealed, place), 'new');
  }
});

test('a key of one\u2019s own that was not stored never seals beside one that was: what it sealed would be lost', () => {
  const winner = open([], { seed: 'winner', now: 1000 });
  const stored = winner.newDataKey();
  // This one came second, though its key is newer.
  const loser = open([], { seed: 'loser', now: 2000 });
  loser.newDataKey();
  loser.add(stored);
  assert.equal(winner.open(loser.seal('secret', place), place), 'secret');
  // A key made later seals when it was added.
  const next = loser.newDataKey();
  assert.equal(winner.open(loser.seal('secret', place), place), 'secret');
  loser.add(next);
  assert.throws(() => winner.open(loser.seal('secret', place), place), SealBroken);
});

test('another master key opens no data key, and an altered or renamed data key is not opened', () => {
  const dataKey = open([]).newDataKey();
  assert.throws(() => open([dataKey], { master: Buffer.alloc(32, 2) }), MasterKeyWrong);
  assert.throws(() => open([{ ...dataKey, DataKeyId: '0011223344556677' }]), MasterKeyWrong);
  assert.throws(() => open([{ ...dataKey, SealedKey: `${dataKey.SealedKey.slice(0, -1)}${dataKey.SealedKey.endsWith('A') ? 'B' : 'A'}` }]), MasterKeyWrong);
  assert.throws(() => open([{ ...dataKey, SealedKey: '' }]), MasterKeyWrong);
});

test('without a data key nothing is sealed', () => {
  assert.throws(() => open([]).seal('secret', place), /no data key/);
});

test('a key that is stored later, by whoever, seals from then on and opens what it sealed elsewhere; the old one goes on opening', () => {
  const stored: DataKey[] = [];
  let revision = 0;
  const node = (seed: string, now: number) => openKeyring({ masterKey, stored: { get revision() { return revision; }, all: () => stored }, random: seeded(seed), clock: () => now });
  const first = node('first', 1000), second = node('second', 1000);
  stored.push(first.newDataKey());
  revision++;
  const old = second.seal('old', place);
  stored.push(node('rotating', 2000).newDataKey());
  revision++;
  const sealedAnew = first.seal('new', place);
  assert.notEqual(sealedAnew.slice(0, 8), old.slice(0, 8), 'by another key');
  assert.equal(second.open(sealedAnew, place), 'new', 'which the other takes up when it meets it');
  for (const keyring of [first, second, node('third', 3000)]) assert.equal(keyring.open(old, place), 'old');
});

test('the stored keys are not looked through at each use, only when their revision is another', () => {
  let asked = 0;
  const stored: DataKey[] = [];
  let revision = 1;
  const keyring = openKeyring({ masterKey, stored: { get revision() { return revision; }, all: () => { asked++; return stored; } }, random: seeded('a'), clock: () => 1000 });
  stored.push(keyring.newDataKey());
  revision++;
  for (let i = 0; i < 100; i++) keyring.openBytes(keyring.sealBytes(Buffer.from('x'), 'p'), 'p');
  // Nor does a made-up key id make it look again and again.
  for (let i = 0; i < 100; i++) keyring.openBytes(Buffer.alloc(100, i), 'p');
  assert.equal(asked, 2);
});

test('a key that was succeeded vouches for what it sealed before, until that has ended, and for nothing since; none whose sessions were ended', () => {
  const stored: DataKey[] = [];
  const clock = { now: 1_000_000 };
  let revision = 0;
  const keyring = openKeyring({ masterKey, stored: { get revision() { return revision; }, all: () => stored }, random: seeded('a'), clock: () => clock.now });
  const old = keyring.newDataKey();
  stored.push(old);
  revision++;
  assert.deepEqual([keyring.vouches(old.DataKeyId, 0), keyring.vouches(old.DataKeyId, 9e15), keyring.vouches('0011223344556677', 0)], [true, true, false]);
  clock.now = 2_000_000;
  const next = keyring.newDataKey();
  stored.push(next);
  revision++;
  const skew = 300_000, longest = 129_600_000;
  assert.deepEqual([keyring.vouches(old.DataKeyId, 2_000_000 + skew), keyring.vouches(old.DataKeyId, 2_000_001 + skew), keyring.vouches(next.DataKeyId, 9e15)], [true, false, true]);
  clock.now = 2_000_000 + skew + longest - 1;
  assert.equal(keyring.vouches(old.DataKeyId, 1_999_999), true);
  clock.now++;
  assert.equal(keyring.vouches(old.DataKeyId, 1_999_999), false, 'no session of it can be left');
  stored[1] = { ...next, SessionsEndedAt: clock.now };
  revision++;
  assert.equal(keyring.vouches(next.DataKeyId, clock.now), false);
  assert.equal(keyring.open(keyring.seal('secret', place), place), 'secret', 'what is no session goes on');
});

test('what is sealed for an argument never begins as an option does and opens, whatever the id of the data key begins with', () => {
  for (let first = 0; first < 256; first++) {
    const keyring = openKeyring({ masterKey, stored: { revision: 0, all: () => [] }, random: (size) => Buffer.alloc(size, first), clock: () => 1000 });
    keyring.newDataKey();
    const argument = sealAsArgument(keyring, 'secret', place);
    assert.match(argument, /^[\w.]/);
    assert.equal(openArgument(keyring, argument, place), 'secret');
    for (const other of [`.${argument}`, `-${argument}`, argument.slice(1)]) assert.throws(() => openArgument(keyring, other, place), SealBroken, other);
  }
});
