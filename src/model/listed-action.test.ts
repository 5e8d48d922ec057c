/** Tests of what is said of an action that someone wrote by hand. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openAuthorizationReference } from '../base/authorization-reference.ts';
import { findListedAction } from './listed-action.ts';

const reference = openAuthorizationReference(() => JSON.parse(readFileSync(new URL('../../data/authorization-reference.json', import.meta.url), 'utf8')));

test('a listed action says which resources it is asked for on, whatever its letter case', () => {
  assert.deepEqual(findListedAction(reference, 'IAM:getuser'), { isListed: true, closest: undefined, resourceArns: ['arn:${Partition}:iam::${Account}:user/${UserNameWithPath}'] });
  assert.deepEqual(findListedAction(reference, 's3:ListAllMyBuckets')?.resourceArns, []);
});

test('of a misspelt one the name is found that is meant, of a strange one none', () => {
  assert.deepEqual(findListedAction(reference, 's3:GetObjects'), { isListed: false, closest: 'GetObject', resourceArns: [] });
  assert.equal(findListedAction(reference, 's3:ReticulateSplines')?.closest, undefined);
});

test('nothing is said of services that are not AWS\'s', () => {
  assert.equal(findListedAction(reference, 'myapp:Read'), undefined);
  assert.equal(findListedAction(reference, '__proto__:Read'), undefined);
});
