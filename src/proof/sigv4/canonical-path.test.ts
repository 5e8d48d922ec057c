/** Paths are signed the one way that their service reads them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalizedPath, objectPath } from './canonical-path.ts';
import { SignatureRefusal } from './refusal.ts';

test('a path outside S3 is normalised and each of its bytes encoded on top of what the wire carries', () => {
  for (const [wire, signed] of [['', '/'], ['/', '/'], ['//', '/'], ['/./', '/'], ['/a/..', '/'], ['/../../a', '/a'], ['/a//b/', '/a/b/'], ['/a/./b', '/a/b'], ['/a/b/../c', '/a/c'], ['/.a/..b/...', '/.a/..b/...'],
    ['/a%20b', '/a%2520b'], ['/a b', '/a%20b'], ['/a+b', '/a%2Bb'], ['/%zz', '/%25zz'], ['/\xe1\x88\xb4', '/%E1%88%B4'], ['/-._~', '/-._~']] as const) assert.equal(normalizedPath(wire), signed, wire);
});

test('a path of S3 is kept as it is, and encoded once whatever the client encoded', () => {
  for (const [wire, signed] of [['', '/'], ['/b//k/./../x', '/b//k/./../x'], ['/b/%41', '/b/A'], ['/b/a+b', '/b/a%2Bb'], ['/b/a%2fb', '/b/a/b'], ['/b/a%20b', '/b/a%20b'], ['/b/a b', '/b/a%20b'], ['/b/%e1%88%b4', '/b/%E1%88%B4']] as const) assert.equal(objectPath(wire), signed, wire);
});

test('a broken escape in a path of S3 is refused', () => {
  for (const path of ['/%', '/%4', '/%zz', '/%+1', '/% 1', '/%0x']) assert.throws(() => objectPath(path), (thrown) => thrown instanceof SignatureRefusal && thrown.name === 'UnreadableRequest', path);
});
