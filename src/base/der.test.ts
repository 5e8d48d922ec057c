/** DER is read strictly, and written so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { boolean, bitString, children, DerBroken, encode, encodeOid, encodeSequence, encodeSmallInteger, encodeUnsigned, integerBytes, oid, readDer, smallInteger, tags } from './der.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

test('what is written is read again', () => {
  for (const size of [0, 127, 128, 255, 256, 70_000]) assert.equal(readDer(encode(tags.octetString, Buffer.alloc(size))).content.length, size);
  for (const number of [0, 127, 128, 255, 256, 2 ** 31 - 1]) assert.equal(smallInteger(readDer(encodeSmallInteger(number))), number);
  for (const id of ['2.5.4.3', '1.2.840.113549.1.1.11', '0.9.2342.19200300.100.1.1', '1.3.101.112']) assert.equal(oid(readDer(encodeOid(id))), id);
  assert.deepEqual(Buffer.from(integerBytes(readDer(encodeUnsigned(bytes('0000ff'))))), bytes('00ff'));
  assert.equal(children(readDer(encodeSequence(encodeSmallInteger(1), encodeSmallInteger(2)))).length, 2);
});

test('what can be written in two ways is read in one', () => {
  const refused: Readonly<Record<string, () => unknown>> = {
    'a length in more bytes than it needs': () => readDer(bytes('04810100')),
    'a length with a zero before it': () => readDer(bytes('0482008000')),
    'an indefinite length': () => readDer(bytes('30800000')),
    'a length that is not there': () => readDer(bytes('0482')),
    'a value that ends too early': () => readDer(bytes('040500')),
    'something behind the value': () => readDer(bytes('040000')),
    'a tag of several bytes': () => readDer(bytes('1f810000')),
    'an integer with a zero before it': () => integerBytes(readDer(bytes('02020001'))),
    'a negative integer with ones before it': () => integerBytes(readDer(bytes('0202ff80'))),
    'an integer of no bytes': () => integerBytes(readDer(bytes('0200'))),
    'a truth that is neither': () => boolean(readDer(bytes('010101'))),
    'unused bits that are set': () => bitString(readDer(bytes('03020101'))),
    'an identifier that does not end': () => oid(readDer(bytes('06022a80'))),
    'an identifier with a zero before an arc': () => oid(readDer(bytes('06032a8001'))),
    'another tag than is expected': () => readDer(bytes('0400'), tags.sequence),
  };
  for (const [name, read] of Object.entries(refused)) assert.throws(read, DerBroken, name);
});

test('no bytes make it fail otherwise, or run for long', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
    try {
      children(readDer(noise));
    } catch (error) {
      assert.ok(error instanceof DerBroken);
    }
  }));
});
