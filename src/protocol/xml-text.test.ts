/** Escaping holds: whatever the text, the document is well-formed and says the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { escapeAttribute, escapeText } from './xml-text.ts';

function textOf(document: string): string {
  const parser = new SaxesParser();
  let text = '';
  parser.on('error', (error) => { throw error; });
  parser.on('text', (part) => { text += part; });
  parser.on('opentag', ({ attributes }) => { for (const value of Object.values(attributes)) text += String(value); });
  parser.write(document).close();
  return text;
}

/** What XML 1.0 can hold, and U+FFFD for the rest. Source: XML 1.0, section 2.2, production 2. */
const writable = (text: string): string => [...text].map((character) => {
  const code = character.codePointAt(0)!;
  const isChar = code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
  return isChar ? character : '\ufffd';
}).join('');

const anyText = fc.string({ unit: fc.oneof(fc.nat({ max: 0x10ffff }).map((code) => String.fromCodePoint(code)), fc.nat({ max: 0x1f }).map((code) => String.fromCharCode(code)), fc.constantFrom('&', '<', '>', '"', "'", '\r', '\n', ']]>', '\ud800', '\udfff', '\ufffe', '\u0085', '\u2028')) });

test('any text comes back from an element as it was, but for what XML cannot hold', () => {
  fc.assert(fc.property(anyText, (text) => assert.equal(textOf(`<a>${escapeText(text)}</a>`), writable(text))), { seed: 20_261_124, numRuns: 1_000 });
});

test('any text comes back from an attribute as it was, but for what XML cannot hold', () => {
  fc.assert(fc.property(anyText, (text) => assert.equal(textOf(`<a b="${escapeAttribute(text)}"/>`), writable(text))), { seed: 20_261_124, numRuns: 1_000 });
});

test('markup is escaped, and a carriage return kept from being read as a line feed', () => {
  assert.equal(escapeText('a<b>&\r\n"\''), 'a&lt;b&gt;&amp;&#xD;\n"\'');
  assert.equal(escapeAttribute('"\'\t\n'), '&quot;&apos;&#x9;&#xA;');
});

test('a pair of surrogates is kept, half of one is not', () => {
  assert.equal(escapeText('\u{1f511}'), '\u{1f511}');
  assert.equal(escapeText('a\ud83d'), 'a\ufffd');
});
