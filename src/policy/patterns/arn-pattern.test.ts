/** ARNs are matched part by part but for what a `*` reaches over, and what a pattern begins with is told truly. Source: "IAM JSON policy elements: Resource" (IAM User Guide). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { conditionArnPattern, resourcePattern } from './arn-pattern.ts';
import { ArnText } from './arn-text.ts';
import { Budget } from '../budget.ts';
import { globOf } from './wildcard.ts';

const nothing = { get: () => undefined };
const matches = (pattern: string, value: string, context: { get(key: string): string | undefined } = nothing): boolean => resourcePattern(pattern, true).matches(new ArnText(value), context, new Budget());

test('a `*` that ends a part of Resource reaches over colons, others do not', () => {
  assert.ok(matches('arn:aws:s3:::b/*', 'arn:aws:s3:::b/x:y/z'));
  assert.ok(matches('arn:aws:dynamodb:*:1:table/t*', 'arn:aws:dynamodb:eu-west-1:1:table/t2'));
  assert.ok(matches('arn:aws:*:table/t', 'arn:aws:dynamodb:eu-west-1:1:table/t'));
  assert.ok(matches('arn:aws:dynamodb:eu-*:table/t', 'arn:aws:dynamodb:eu-west-1:1:table/t'));
  assert.ok(matches('arn:aws:sqs:*:1:q', 'arn:aws:sqs:a:2:1:q'));
  assert.ok(matches('arn:aws:sqs:e*-1*:q', 'arn:aws:sqs:eu-west-1:1:q'));
  assert.ok(!matches('arn:aws:sqs:*-1:q', 'arn:aws:sqs:eu:us-1:q'));
  assert.ok(!matches('arn:aws:sqs:?:1:q', 'arn:aws:sqs:a:1:1:q'));
  assert.ok(!matches('arn:aws:dynamodb:*:table/t', 'arn:aws:dynamodb:eu-west-1:1:table/u'));
});

test('in a condition no wildcard reaches from one of the first five parts into the next', () => {
  const meets = (pattern: string, value: string): boolean => conditionArnPattern(pattern, true).matches(new ArnText(value), nothing, new Budget());
  assert.ok(meets('arn:aws:sqs:*:1:q', 'arn:aws:sqs:a:1:q'));
  assert.ok(!meets('arn:aws:sqs:*:1:q', 'arn:aws:sqs:a:2:1:q'));
  assert.ok(!meets('arn:aws:*:table/t', 'arn:aws:dynamodb:eu-west-1:1:table/t'));
});

test('letter case counts, and only `*` alone takes in what is no ARN', () => {
  assert.ok(!matches('arn:aws:s3:::B', 'arn:aws:s3:::b'));
  assert.ok(matches('*', '*') && matches('*', 'arn:aws:s3:::b'));
  for (const pattern of ['arn:*', '**', 'arn:*:*:*:*:*', '?']) assert.ok(!matches(pattern, '*'), pattern);
});

test('parts that are missing match anything', () => {
  assert.ok(matches('arn:aws:s3', 'arn:aws:s3:::b/x'));
  assert.ok(matches('arn:aws:s*', 'arn:aws:sqs:r:1:q'));
  assert.ok(!matches('arn:aws:s3', 'arn:aws:sqs:r:1:q'));
  // Or none is missing, and a wildcard stands for several.
  for (const queue of ['arn:aws:sqs:r:1:q', 'arn:aws:sqs:r:q:x']) assert.ok(matches('arn:aws:sqs:*:q', queue), queue);
});

test('variables are resolved behind the fifth colon only', () => {
  const ann = { get: (key: string) => (key === 'aws:username' ? 'ann' : undefined) };
  assert.ok(matches('arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/ann/x', ann));
  assert.ok(!matches('arn:aws:s3:::home/${aws:username}/*', 'arn:aws:s3:::home/bob/x', ann));
  assert.ok(matches('arn:aws:iam:*:1:user/${aws:username}', 'arn:aws:iam::1:user/ann', ann));
  assert.ok(!matches('arn:aws:iam::${aws:username}:user/x', 'arn:aws:iam::ann:user/x', ann));
  assert.ok(!matches('arn:aws:s3:::${aws:absent}', 'arn:aws:s3:::', ann));
});

const part = fc.constantFrom('a', 'ab', '', '*', '*', 'a*', '?', '*b', 'a?');
const last = fc.constantFrom('x', 'x/*', '*', 'x:y', '*:y', 'x/?', '', 'xy*z');
const value = fc.tuple(...Array.from({ length: 5 }, () => fc.constantFrom('a', 'ab', '')), fc.constantFrom('x', 'x/1', 'x:y', 'xyz', '', 'x/ab:y')).map((parts) => parts.join(':'));
const pattern = fc.tuple(part, part, part, part, part, last).map((parts) => parts.join(':'));

const partsOf = (text: string): readonly string[] => [...text.split(':').slice(0, 5), text.split(':').slice(5).join(':')];

test('a pattern of a condition matches where each of its parts matches', () => {
  let matched = 0;
  fc.assert(fc.property(pattern, value, (pattern, value) => {
    const values = partsOf(value);
    const expected = partsOf(pattern).every((one, i) => globOf(one).matches(values[i]!, 0, values[i]!.length, new Budget()));
    assert.equal(conditionArnPattern(pattern, true).matches(new ArnText(value), nothing, new Budget()), expected);
    matched += Number(expected);
  }), { numRuns: 20_000, seed: 4 });
  assert.ok(matched > 200, String(matched));
});

/** As the words say it: a wildcard takes in a character, and of the first five parts' only the `*` that ends one takes in a colon. */
function reads(pattern: string, text: string, p = 0, t = 0, colons = 0): boolean {
  const mark = pattern[p];
  if (mark === undefined) return t === text.length;
  const takes = t < text.length && (text[t] !== ':' || colons >= 5 || (mark === '*' && (pattern[p + 1] ?? ':') === ':'));
  if (mark === '*') return reads(pattern, text, p + 1, t, colons) || (takes && reads(pattern, text, p, t + 1, colons));
  if (mark === '?') return takes && reads(pattern, text, p + 1, t + 1, colons);
  return text[t] === mark && reads(pattern, text, p + 1, t + 1, colons + Number(mark === ':'));
}

test('a pattern of Resource matches what it reads as, and begins as it says', () => {
  let matched = 0;
  const shorter = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(':'));
  const longer = fc.tuple(value, value).map((values) => values.join(':'));
  fc.assert(fc.property(fc.oneof(pattern, pattern, shorter), fc.oneof(value, longer), (pattern, value) => {
    const isEverything = pattern === '*';
    const readings = pattern.split(':').length < 6 ? [pattern, `${pattern}:*`] : [pattern];
    const expected = isEverything || readings.some((reading) => reads(reading, value));
    assert.equal(matches(pattern, value), expected);
    if (!expected || isEverything) return;
    matched++;
    const { resourceHead, isReaching } = resourcePattern(pattern, true);
    const rest = value.split(':');
    const heads = [...rest.keys()].filter((i) => (isReaching ? i >= 5 : i === 5)).map((i) => rest.slice(i).join(':'));
    assert.ok(heads.some((head) => head.startsWith(resourceHead!)), `${pattern} ${value}`);
  }), { numRuns: 40_000, seed: 5, examples: [['a:*:*:*:*:x/*', 'a::::a:x/1'], ['a*:?*', 'a:b:a:x:y:ab'], ['a?*:*b*:x', 'ab:a:ab:b:a:a:x']] });
  assert.ok(matched > 1_000, String(matched));
});

test('a pattern that reaches takes no longer the more there is to try', () => {
  const text = `arn:aws:sqs:${'a:'.repeat(1_000)}b`;
  for (const pattern of [`arn:aws:sqs:*:?*:${'a*'.repeat(1_000)}c`, `arn:aws:sqs:?*:*:${'a:'.repeat(500)}c`, 'arn:aws:sqs:?*:?*:c', `arn:aws:sqs:?*:a?*`]) {
    const budget = new Budget(100_000);
    assert.doesNotThrow(() => resourcePattern(pattern, true).matches(new ArnText(text), nothing, budget), pattern.slice(0, 40));
  }
});
