/** Distinguished names, in both directions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DerBroken, encode, encodeOid, encodeSequence, encodeSet, encodeText, readDer, tags } from './der.ts';
import { encodeName, parseName, readName, showName } from './distinguished-name.ts';

const nameOf = (tag: number, content: Uint8Array) => readName(readDer(encodeSequence(encodeSet(encodeSequence(encodeOid('2.5.4.3'), encode(tag, content))))));

test('a name is read as it was written', () => {
  const attributes = parseName('C=DE,O=Example\\, Inc.,OU=a,OU=b,CN=Zoë,UID=7,emailAddress=a@b.example');
  assert.ok(attributes);
  assert.deepEqual(readName(readDer(encodeName(attributes))).attributes, attributes);
  assert.equal(showName({ attributes }), 'C=DE,O=Example\\, Inc.,OU=a,OU=b,CN=Zoë,UID=7,emailAddress=a@b.example');
});

test('what is no name is not taken for one', () => {
  for (const text of ['', 'CN', 'CN=', '=x', 'XX=y', 'CN=a,', 'CN=a,,O=b']) assert.equal(parseName(text), undefined, text);
});

test('a text that some would read differently is refused', () => {
  assert.throws(() => nameOf(tags.utf8String, Buffer.from('alice\0.evil')), DerBroken);
  assert.throws(() => nameOf(tags.utf8String, Uint8Array.of(0xc3)), DerBroken);
  assert.throws(() => nameOf(tags.printableString, Uint8Array.of(0xe4)), DerBroken);
  assert.throws(() => nameOf(tags.bmpString, Uint8Array.of(0)), DerBroken);
  assert.throws(() => nameOf(tags.universalString, Buffer.alloc(4)), DerBroken);
  assert.equal(nameOf(tags.bmpString, Uint8Array.of(0, 0x61)).attributes[0]?.value, 'a');
  assert.equal(encodeText(tags.utf8String, 'ë').length, 4);
});
