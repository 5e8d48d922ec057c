/** Policy documents as answers carry them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeDocument } from './policy-documents.ts';

test('an encoded document holds only what RFC 3986 leaves unreserved, and decodes to itself', () => {
  const character = fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code));
  fc.assert(fc.property(fc.array(fc.oneof(character, fc.constantFrom('\t', '\n', '\r', '!', '\'', '(', ')', '*', '%'))), (characters) => {
    const document = characters.join('');
    const encoded = encodeDocument(document);
    assert.match(encoded, /^([A-Za-z0-9._~-]|%[0-9A-F]{2})*$/);
    assert.equal(decodeURIComponent(encoded), document);
  }), { seed: 20_261_123, numRuns: 500 });
});

test('a space is %20 and a star %2A, as AWS answers them', () => {
  assert.equal(encodeDocument('{"Action": "s3:*"}'), '%7B%22Action%22%3A%20%22s3%3A%2A%22%7D');
});
