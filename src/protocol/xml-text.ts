/** Text made safe to stand in XML. Source: XML 1.0 (Fifth Edition), sections 2.2 "Characters", 2.4 "Character Data and Markup", 2.11 "End-of-Line Handling". */

// What XML 1.0 cannot hold at all, not even as a reference: most control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
const unwritable = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff';
// Without the `u` flag every surrogate takes the slow way, which tells pairs from halves.
const hostileInText = new RegExp(`[&<>\\r\\ud800-\\udfff${unwritable}]`);
const replacedInText = new RegExp(`[&<>\\r\\ud800-\\udfff${unwritable}]`, 'gu');
const replacedInAttribute = new RegExp(`[&<>"'\\t\\n\\r\\ud800-\\udfff${unwritable}]`, 'gu');

const references: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ["'", '&apos;'],
  // A parser would turn these into a line feed or a blank.
  ['\t', '&#x9;'], ['\n', '&#xA;'], ['\r', '&#xD;'],
]);

/** A character that XML cannot hold becomes U+FFFD: an answer must stay well-formed whatever a caller sent. */
const replace = (character: string): string => references.get(character) ?? '\ufffd';

/** Text between tags. */
export function escapeText(text: string): string {
  return hostileInText.test(text) ? text.replace(replacedInText, replace) : text;
}

/** Text between the quotation marks of an attribute. */
export function escapeAttribute(text: string): string {
  return text.replace(replacedInAttribute, replace);
}
