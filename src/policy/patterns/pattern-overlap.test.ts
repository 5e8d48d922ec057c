/** Patterns overlap where some text matches both, and one takes in another where every text of the other is one of its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Budget } from '../budget.ts';
import { canBeOfForm, takesInAction, takesInResource } from './pattern-overlap.ts';
import { globOf } from './wildcard.ts';

const bucket = 'arn:${Partition}:s3:::${BucketName}';
const object = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const role = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

test('a resource can be of a form where some ARN is both', () => {
  for (const [resource, form, expected] of [
    ['arn:aws:s3:::b', bucket, true], ['arn:aws:s3:::b', object, false], ['arn:aws:s3:::b/*', object, true], ['arn:aws:s3:::b/*', bucket, false], ['arn:aws:s3:::b*', bucket, true], ['arn:aws:s3:::b*', object, true], ['*', object, true],
    ['arn:aws:s3:::${aws:username}', bucket, true], ['arn:aws:s3:::${aws:username}/x', object, true], ['arn:aws:iam::*:role/app-*', role, true], ['arn:aws:iam::111122223333:user/*', role, false], ['arn:aws:iam::*', role, true], ['arn:aws:iam::*:*', role, true], ['arn:aws:s3:::b/x:y', object, true],
    ['arn:aws:s3:::b/*', 'arn:${Partition}:s3:${Region}:${Account}:accesspoint/${AccessPointName}', false], ['arn:aws:s?:::b', bucket, true], ['arn:aws:s?:::b', role, false],
  ] as const) assert.equal(canBeOfForm(resource, form), expected, `${resource} ${form}`);
});

const short = (...letters: string[]): fc.Arbitrary<string> => fc.array(fc.constantFrom(...letters), { maxLength: 7 }).map((all) => all.join(''));

test('where a text matches a resource and a form, the resource can be of that form', () => {
  let matched = 0;
  fc.assert(fc.property(short('a', 'b', '/', '*', '?'), short('a', 'b', '/', '*'), short('a', 'b', '/'), (resource, form, text) => {
    const isMatch = (pattern: string): boolean => globOf(pattern).matches(text, 0, text.length, new Budget());
    if (!isMatch(resource) || !isMatch(form)) return;
    matched++;
    assert.ok(canBeOfForm(`arn:aws:x:::${resource}`, `arn:aws:x:::${form.replaceAll('*', '${Name}')}`), `${resource} ${form} ${text}`);
  }), { numRuns: 40_000, seed: 6 });
  assert.ok(matched > 200, String(matched));
});

test('what a pattern is said to take in, it takes in', () => {
  assert.ok(takesInAction('s3:Get*', 'S3:getobject') && takesInAction('s3:*', 's3:Get*') && !takesInAction('s3:Get*', 's3:*') && !takesInAction('s3:?*', 's3:*'));
  assert.ok(takesInResource('*', 'arn:aws:s3:::b') && takesInResource('arn:aws:s3:::b/*', 'arn:aws:s3:::b/x/*') && !takesInResource('arn:aws:s3:::b', 'arn:aws:s3:::b/*'));
  fc.assert(fc.property(short('a', 'b', '*', '?'), short('a', 'b', '*', '?'), short('a', 'b'), (wide, narrow, text) => {
    const isMatch = (pattern: string): boolean => globOf(pattern).matches(text, 0, text.length, new Budget());
    if (takesInAction(`s:${wide}`, `s:${narrow}`) && isMatch(narrow)) assert.ok(isMatch(wide), `${wide} ${narrow} ${text}`);
  }), { numRuns: 40_000, seed: 7 });
});
