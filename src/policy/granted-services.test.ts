/** Which services a policy lets into. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantsOf } from './granted-services.ts';

const granted = (...Statement: readonly object[]): string[] => {
  const { service } = grantsOf(JSON.stringify({ Version: '2012-10-17', Statement }));
  return ['ec2', 's3', 's3-outposts', 'sts'].filter(service);
};

test('a service is granted by an action of it, by a wildcard over all, in any letter case', () => {
  assert.deepEqual(granted({ Effect: 'Allow', Action: 'S3:Get*', Resource: '*' }), ['s3']);
  assert.deepEqual(granted({ Effect: 'Allow', Action: ['sts:AssumeRole', 'ec2:*'], Resource: '*' }), ['ec2', 'sts']);
  for (const Action of ['*', '*:*']) assert.deepEqual(granted({ Effect: 'Allow', Action, Resource: '*' }), ['ec2', 's3', 's3-outposts', 'sts']);
});

test('NotAction leaves out a service only if it names all of it', () => {
  assert.deepEqual(granted({ Effect: 'Allow', NotAction: ['s3:*', 'sts:Get*'], Resource: '*' }), ['ec2', 's3-outposts', 'sts']);
  assert.deepEqual(granted({ Effect: 'Allow', NotAction: '*', Resource: '*' }), []);
});

test('a Deny grants nothing and takes nothing away', () => {
  assert.deepEqual(granted({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), []);
  assert.deepEqual(granted({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, { Effect: 'Deny', Action: '*', Resource: '*' }), ['s3']);
});

test('a text that is no policy grants nothing', () => {
  for (const text of ['', '{', '[]', '{"Statement":{"Effect":"Allow"}}']) assert.equal(grantsOf(text).service('s3'), false);
});

test('an action is granted by whatever pattern it matches, by NotAction if none matches', () => {
  const { action } = grantsOf(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['S3:Get*', 'sts:?etSessionToken'], Resource: '*' }, { Effect: 'Deny', Action: 'ec2:*', Resource: '*' }] }));
  assert.deepEqual(['s3:GetObject', 's3:PutObject', 'STS:GetSessionToken', 'sts:GetFederationToken', 'ec2:RunInstances'].filter(action), ['s3:GetObject', 'STS:GetSessionToken']);
  const wild = grantsOf(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: ['s?:Get*', '*:List*'], Resource: '*' } })).action;
  assert.deepEqual(['s3:GetObject', 'sts:GetObject', 'ec2:ListThings', 's3:PutObject'].filter(wild), ['s3:GetObject', 'ec2:ListThings']);
  const but = grantsOf(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', NotAction: 'iam:Create*', Resource: '*' } })).action;
  assert.deepEqual(['iam:CreateUser', 'iam:GetUser', 's3:GetObject'].filter(but), ['iam:GetUser', 's3:GetObject']);
});
