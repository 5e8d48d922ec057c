/** The authorization reference is read when it is first looked at, and says of IAM and S3 what AWS's pages say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openAuthorizationReference } from './authorization-reference.ts';

const readData = (): unknown => JSON.parse(readFileSync(new URL('../../data/authorization-reference.json', import.meta.url), 'utf8'));
const reference = openAuthorizationReference(readData);

test('an action is found in any letter case of its own, with its level, resources and keys', () => {
  const iam = reference.find('iam')!;
  assert.equal(iam.name, 'AWS Identity and Access Management (IAM)');
  assert.deepEqual(iam.actions.get('passrole'), { name: 'PassRole', accessLevel: 'Write', resourceTypes: [{ name: 'role', isRequired: true }], conditionKeys: ['iam:AssociatedResourceArn', 'iam:PassedToService'], dependentActions: [] });
  assert.deepEqual(iam.resourceTypes.get('group'), { name: 'group', arn: 'arn:${Partition}:iam::${Account}:group/${GroupNameWithPath}', conditionKeys: [] });
  assert.equal(iam.conditionKeys.get('aws:TagKeys'), 'ArrayOfString');
  assert.ok(reference.find('s3')!.actions.get('getobject')!.resourceTypes.some(({ name }) => name === 'object'));
});

test('all services are there, and what is none is not found', () => {
  assert.ok(reference.prefixes.length > 400);
  for (const prefix of reference.prefixes) assert.ok(reference.find(prefix)!.name !== '', prefix);
  for (const prefix of ['nothing', 'constructor', '__proto__', '']) assert.equal(reference.find(prefix), undefined);
});

test('nothing is read before the first look, and then once', () => {
  let reads = 0;
  const counted = openAuthorizationReference(() => { reads++; return {}; });
  assert.equal(reads, 0);
  counted.find('iam');
  assert.deepEqual([counted.prefixes, reads], [[], 1]);
});
