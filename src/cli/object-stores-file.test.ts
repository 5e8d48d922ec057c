/** The file of other stores: what is wrong in it stops the start, says where, and shows nothing of what it says. */
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readObjectStores } from './object-stores-file.ts';

let folder: string;
before(() => { folder = mkdtempSync(join(tmpdir(), 'gatehouse-stores-')); });
after(() => rmSync(folder, { recursive: true }));

const store = { endpoint: 'https://store.example:9000', accessKeyId: 'AKID', secretAccessKey: 'very-secret' };
const account = { store: 'main', prefix: 'a-' };

function read(document: unknown, mode = 0o600) {
  const path = join(folder, 'stores.json');
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
  chmodSync(path, mode);
  return readObjectStores(path, '--object-stores', (name) => join(folder, name));
}

test('what is left out has its default', () => {
  const { stores, accounts } = read({ stores: { main: store }, accounts: { '111122223333': { store: 'main' } } });
  const { region, features, ca } = stores.get('main')!;
  assert.deepEqual([region, features.size, ca], ['us-east-1', 0, undefined]);
  assert.deepEqual([accounts.get('111122223333')!.prefix, accounts.get('111122223333')!.buckets.size], [undefined, 0]);
  assert.equal(read({ stores: { main: { ...store, features: 'all' } }, accounts: {} }).stores.get('main')!.features.size, 8);
});

test('http is for this machine, or where the operator says so', () => {
  for (const endpoint of ['http://127.0.0.1:9000', 'http://[::1]:9000', 'http://localhost:9000']) read({ stores: { main: { ...store, endpoint } }, accounts: {} });
  read({ stores: { main: { ...store, endpoint: 'http://store:9000', allowPlainHttp: true } }, accounts: {} });
  assert.throws(() => read({ stores: { main: { ...store, endpoint: 'http://store:9000' } }, accounts: {} }), /stores: main: endpoint must be https/);
});

test('what is wrong is told by its place', () => {
  const one = (changed: object) => ({ stores: { main: { ...store, ...changed } }, accounts: {} });
  const two = (a: object, b: object) => ({ stores: { main: store }, accounts: { '111122223333': { store: 'main', ...a }, '444455556666': { store: 'main', ...b } } });
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['{', /is not JSON/], [[], /must be an object/], [{ stores: {} }, /lacks accounts/], [{ stores: {}, accounts: {}, more: 1 }, /more is not known/],
    [one({ endpoint: 'store:9000' }), /main: endpoint must be a URL/], [one({ endpoint: 'https://u:p@store' }), /main: endpoint must be a URL/], [one({ endpoint: 'https://store/path' }), /main: endpoint must be a URL/], [one({ endpoint: 'file:///etc' }), /main: endpoint must be a URL/],
    [one({ accessKeyId: 'a b' }), /accessKeyId must be/], [one({ secretAccessKey: '' }), /secretAccessKey must be/], [one({ acessKeyId: 'x' }), /acessKeyId is not known/], [one({ features: ['versions'] }), /features: 1 must be one of/], [one({ features: 'some' }), /must be a list/], [one({ region: 'EU!' }), /region must be/],
    [{ stores: { main: store }, accounts: { '123': account } }, /123 is no account/], [{ stores: { main: store }, accounts: { '111122223333': { store: 'other' } } }, /store names none/], [{ stores: { main: store }, accounts: { '111122223333': { ...account, prefix: 'A/' } } }, /prefix must be/],
    [{ stores: { main: store }, accounts: { '111122223333': { ...account, buckets: { photos: '../x' } } } }, /buckets: photos must be/],
    [two({ prefix: 'a-' }, { prefix: 'a-b-' }), /begin with one another/], [two({ prefix: '' }, { prefix: 'b-' }), /begin with one another/],
    [two({ buckets: { x: 'old' } }, { buckets: { y: 'old' } }), /given twice/], [two({ buckets: { x: 'b-old' } }, { prefix: 'b-' }), /begins with the prefix of 444455556666/],
  ];
  for (const [document, message] of wrong) assert.throws(() => read(document), (thrown: Error) => message.test(thrown.message) && !thrown.message.includes('very-secret'), String(message));
});

test('a file that everybody may read is refused', () => {
  for (const mode of [0o644, 0o604, 0o602]) assert.throws(() => read({ stores: {}, accounts: {} }, mode), /chmod o-rwx/);
  read({ stores: {}, accounts: {} }, 0o640);
});
