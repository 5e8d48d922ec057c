/** ARNs are matched part by part, and what a pattern begins with is told truly. Source: "IAM JSON policy elements: Resource" (IAM User Guide). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ArnText, resourcePattern } from './arn-pattern.ts';
import { Budget } from './budget.ts';
import { globOf } from './wildcard.ts';

const nothing = { get: () => undefined };
const matches = (pattern: string, value: string, context: { get(key: string): string | undefined } = nothing): boolean => resourcePattern(pattern, true).matches(new ArnText(value), context, new Budget());

test('a wildcard never reaches from one of the first five parts into the next', () => {
  assert.ok(matches('arn:aws:s3:::b/*', 'arn:aws:s3:::b/x:y/z'));
  assert.ok(matches('arn:aws:dynamodb:*:1:table/t*', 'arn:aws:dynamodb:eu-west-1:1:table/t2'));
  assert.ok(!matches('arn:aws:*:table/t', 'arn:aws:dynamodb:eu-west-1:1:table/t'));
  assert.ok(!matches('arn:aws:dynamodb:*:table/t', 'arn:aws:dynamodb:eu-west-1:1:table/t'));
  assert.ok(!matches('arn:aws:sqs:*:1:q', 'arn:aws:sqs:a:2:1:q'));
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

test('a pattern matches where each of its parts matches, and begins as it says', () => {
  let matched = 0;
  fc.assert(fc.property(pattern, value, (pattern, value) => {
    const [patterns, values] = [pattern, value].map((text) => text.split(':').slice(0, 5).concat(text.split(':').slice(5).join(':')));
    const expected = patterns!.every((one, i) => globOf(one).matches(values![i]!, 0, values![i]!.length, new Budget()));
    assert.equal(matches(pattern, value), expected);
    if (!expected) return;
    matched++;
    assert.ok(values![5]!.startsWith(resourcePattern(pattern, true).resourceHead!), `${pattern} ${value}`);
  }), { numRuns: 30_000, seed: 4, examples: [['a:*:*:*:*:x/*', 'a::::a:x/1']] });
  assert.ok(matched > 300, String(matched));
});
