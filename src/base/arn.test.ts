/** ARNs are put together and taken apart as AWS writes them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as arn from './arn.ts';

test('every ARN that Gatehouse makes is the one AWS writes', () => {
  const account = '111122223333';
  assert.equal(arn.root(account), 'arn:aws:iam::111122223333:root');
  assert.equal(arn.user(account, '/', 'alice'), 'arn:aws:iam::111122223333:user/alice');
  assert.equal(arn.user(account, '/a/b/', 'alice'), 'arn:aws:iam::111122223333:user/a/b/alice');
  assert.equal(arn.group(account, '/', 'developers'), 'arn:aws:iam::111122223333:group/developers');
  assert.equal(arn.role(account, '/service-role/', 'x'), 'arn:aws:iam::111122223333:role/service-role/x');
  assert.equal(arn.policy(account, '/', 'p'), 'arn:aws:iam::111122223333:policy/p');
  assert.equal(arn.awsPolicy('/', 'AdministratorAccess'), 'arn:aws:iam::aws:policy/AdministratorAccess');
  assert.equal(arn.mfa(account, '/', 'phone'), 'arn:aws:iam::111122223333:mfa/phone');
  assert.equal(arn.assumedRole(account, 'auditor', 'session'), 'arn:aws:sts::111122223333:assumed-role/auditor/session');
  assert.equal(arn.federatedUser(account, 'bob'), 'arn:aws:sts::111122223333:federated-user/bob');
});

test('an ARN is taken apart at its first five colons', () => {
  assert.deepEqual(arn.parse('arn:aws:s3:eu-west-1:111122223333:a:b/c'), { partition: 'aws', service: 's3', region: 'eu-west-1', account: '111122223333', resource: 'a:b/c' });
  assert.deepEqual(arn.parse('arn:::::'), { partition: '', service: '', region: '', account: '', resource: '' });
});

test('what has too few colons or another beginning is no ARN', () => {
  for (const text of ['', 'arn', 'arn:aws:iam::root', 'ARN:aws:iam::1:root', ' arn:aws:iam::1:root', '*']) assert.equal(arn.parse(text), undefined, text);
});

test('a resource is split into type, path and name', () => {
  assert.deepEqual(arn.splitResource('user/alice'), { type: 'user', path: '/', name: 'alice' });
  assert.deepEqual(arn.splitResource('user/a/b/alice'), { type: 'user', path: '/a/b/', name: 'alice' });
  assert.deepEqual(arn.splitResource('role/'), { type: 'role', path: '/', name: '' });
  assert.equal(arn.splitResource('root'), undefined);
});
