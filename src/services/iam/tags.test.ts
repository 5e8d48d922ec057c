/** Tests of the rules of tags. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raise } from '../../base/api-error.ts';
import { mergeTags, removeTags, requestTagContext, resourceTagContext, tagKeysContext, type Taggable } from './tags.ts';

const tag = (Key: string, Value = ''): { Key: string; Value: string } => ({ Key, Value });
const many = (count: number): { Key: string; Value: string }[] => Array.from({ length: count }, (_, i) => tag(`key-${i}`));

for (const kind of ['user', 'role'] as const) {
  test(`a tag of a ${kind} replaces the one whose key differs only in letter case`, () => {
    assert.deepEqual(mergeTags(kind, [tag('Department', 'finance')], [tag('department', 'hr')], raise), [tag('department', 'hr')]);
  });

  test(`two keys of a ${kind} that differ only in letter case are refused in one request`, () => {
    assert.throws(() => mergeTags(kind, [], [tag('a'), tag('A')], raise), { name: 'InvalidInput', message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
  });

  test(`untagging a ${kind} finds the key in any letter case`, () => {
    assert.deepEqual(removeTags(kind, [tag('Department'), tag('team')], ['DEPARTMENT', 'absent']), [tag('team')]);
  });
}

test('a policy may have keys that differ only in letter case', () => {
  assert.deepEqual(mergeTags('policy', [tag('Costcenter', '1')], [tag('costcenter', '2')], raise), [tag('Costcenter', '1'), tag('costcenter', '2')]);
  assert.deepEqual(removeTags('policy', [tag('Costcenter', '1'), tag('costcenter', '2')], ['costcenter']), [tag('Costcenter', '1')]);
});

test('the same key twice in one request is refused for every kind', () => {
  for (const kind of ['user', 'role', 'policy'] satisfies Taggable[]) assert.throws(() => mergeTags(kind, [], [tag('a'), tag('a')], raise), { name: 'InvalidInput' });
});

test('tags come out sorted by key', () => {
  assert.deepEqual(mergeTags('user', [tag('m')], [tag('z'), tag('a')], raise).map(({ Key }) => Key), ['a', 'm', 'z']);
});

test('a key that begins with aws: in any letter case is reserved', () => {
  for (const key of ['aws:x', 'AWS:x', 'Aws:']) assert.throws(() => mergeTags('policy', [], [tag(key)], raise), { name: 'InvalidInput' });
  assert.equal(mergeTags('policy', [], [tag('awsx'), tag('x:aws:')], raise).length, 2);
});

test('the fifty-first tag is refused, and replacing one of fifty is not', () => {
  assert.throws(() => mergeTags('role', many(50), [tag('one-more')], raise), { name: 'LimitExceeded', message: 'The number of tags has reached the maximum limit.' });
  assert.equal(mergeTags('role', many(50), [tag('KEY-7', 'new')], raise).length, 50);
});

test('a request says which tags it puts on, and which keys it takes off', () => {
  assert.deepEqual(requestTagContext([tag('team', 'blue'), tag('Cost', '1')]), { 'aws:RequestTag/team': 'blue', 'aws:RequestTag/Cost': '1', 'aws:TagKeys': ['team', 'Cost'] });
  assert.deepEqual(tagKeysContext(['team']), { 'aws:TagKeys': ['team'] });
  assert.deepEqual(requestTagContext(undefined), {});
  assert.deepEqual(requestTagContext([]), {});
  assert.deepEqual(tagKeysContext([]), {});
});

test('a resource says which tags it has; only users and roles say it in the iam: form too', () => {
  assert.deepEqual(resourceTagContext('user', [tag('team', 'blue')]), { 'aws:ResourceTag/team': 'blue', 'iam:ResourceTag/team': 'blue' });
  assert.deepEqual(resourceTagContext('policy', [tag('team', 'blue')]), { 'aws:ResourceTag/team': 'blue' });
  assert.deepEqual(resourceTagContext('role', undefined), {});
});
