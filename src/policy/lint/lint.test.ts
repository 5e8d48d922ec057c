/** Each check finds what it is for, and leaves alone what is right. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openAuthorizationReference } from '../../base/authorization-reference.ts';
import type { PolicyKind } from '../types.ts';
import { lintTypes, type LintCode } from './finding.ts';
import { likelyKind } from './likely-kind.ts';
import { lintPolicy } from './lint.ts';

const reference = openAuthorizationReference(() => JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', '..', 'data', 'authorization-reference.json'), 'utf8')));

const documentOf = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const codesOf = (text: string, kind: PolicyKind = 'identity'): readonly LintCode[] => lintPolicy(text, kind, reference).map(({ code }) => code);

const role = 'arn:aws:iam::111122223333:role/app';
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*' };
const long = Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::logs-${i}/*`);

/** Each code, and statements that it is found in. */
const found: Readonly<Record<LintCode, readonly (object | readonly object[])[]>> = {
  POLICY_IS_REFUSED: [{ ...read, Action: 'GetObject' }, { ...read, Effect: 'allow' }],
  INVALID_ACTION: [{ ...read, Action: 's3:GetObjct' }, { ...read, Action: ['s3:GetObject', 's3:Fetch*'] }, { ...read, Action: undefined, NotAction: 's3:GetObjct' }],
  INVALID_SERVICE_IN_ACTION: [{ ...read, Action: 's33:GetObject' }],
  MISSING_ARN_FIELD: [{ ...read, Action: 'dynamodb:GetItem', Resource: 'arn:aws:dynamodb:*:table/t' }],
  INVALID_ARN_RESOURCE: [{ ...read, Action: 'sqs:SendMessage', Resource: 'arn:aws:dynamodb:us-east-1:111122223333:tabel/t' }],
  INVALID_CONDITION_KEY_FORMAT: [{ ...read, Condition: { StringEquals: { username: 'a' } } }],
  INVALID_GLOBAL_CONDITION_KEY: [{ ...read, Condition: { StringEquals: { 'aws:usrname': 'a' } } }],
  INVALID_SERVICE: [{ ...read, Condition: { StringEquals: { 's33:prefix': 'a' } } }],
  INVALID_SERVICE_CONDITION_KEY: [{ ...read, Condition: { StringEquals: { 's3:prefx': 'a' } } }],
  MISSING_TAG_KEY_IN_CONDITION: [{ ...read, Condition: { StringEquals: { 'aws:PrincipalTag': 'a' } } }, { ...read, Condition: { StringEquals: { 'aws:ResourceTag/': 'a' } } }],
  MISSING_QUALIFIER: [{ Effect: 'Allow', Action: 'sqs:TagQueue', Resource: '*', Condition: { StringEquals: { 'aws:TagKeys': 'a' } } }],
  VARIABLE_UNSUPPORTED_IN_VERSION: [],
  ALLOW_WITH_NOT_PRINCIPAL: [],
  DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: [{ Effect: 'Deny', Action: ['sts:GetSessionToken'], Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }],
  FORALLVALUES_WITH_SINGLE_VALUED_KEY: [{ ...read, Condition: { 'ForAllValues:StringEquals': { 'aws:username': 'a' } } }],
  PASS_ROLE_WITH_NOT_RESOURCE: [{ Effect: 'Allow', Action: 'iam:PassRole', NotResource: role }],
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: [{ Effect: 'Allow', Action: 'iam:*', NotResource: role }],
  PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE: [{ Effect: 'Allow', NotAction: 's3:*', NotResource: role }],
  PASS_ROLE_WITH_STAR_IN_RESOURCE: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }, { Effect: 'Allow', Action: 'iam:passrole', Resource: 'arn:aws:iam::*:role/*' }, { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:*' }],
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE: [{ Effect: 'Allow', Action: '*', Resource: '*' }, { Effect: 'Allow', Action: 'iam:Pass*', Resource: '*' }],
  PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
  CREATE_SLR_WITH_NOT_RESOURCE: [{ Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', NotResource: role }],
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: [{ Effect: 'Allow', Action: 'iam:Create*', NotResource: role }],
  CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE: [{ Effect: 'Allow', NotAction: 's3:*', NotResource: role }],
  CREATE_SLR_WITH_STAR_IN_RESOURCE: [{ Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: '*' }],
  CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE: [{ Effect: 'Allow', Action: 'iam:Create*', Resource: '*' }],
  CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: [{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }],
  MISSING_VERSION: [],
  RESOURCE_DOES_NOT_FIT_ACTION: [{ ...read, Action: 's3:ListBucket' }, { ...read, Action: 's3:ListAllMyBuckets' }, { ...read, Resource: ['arn:aws:s3:::logs/*', 'arn:aws:s3:::logs'] }, { ...read, Action: ['s3:GetObject', 'sqs:SendMessage'] }],
  UNSUPPORTED_ACTION_FOR_CONDITION_KEY: [{ ...read, Condition: { StringEquals: { 's3:prefix': 'a' } } }, { ...read, Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*', Condition: { StringEquals: { 's3:prefix': 'a' } } }],
  TYPE_MISMATCH: [{ ...read, Condition: { StringEquals: { 'aws:SourceIp': '203.0.113.7' } } }, { ...read, Condition: { NumericEquals: { 'aws:username': '5' } } }],
  WILDCARD_WITHOUT_LIKE_OPERATOR: [{ ...read, Condition: { StringEquals: { 'aws:username': 'admin-*' } } }],
  POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA: [{ ...read, Resource: long }],
  ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE: [{ Effect: 'Allow', Action: 'sts:GetSessionToken', Resource: '*', Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } }],
  EMPTY_OBJECT_CONDITION: [{ ...read, Condition: {} }],
  EMPTY_ARRAY_CONDITION: [{ ...read, Condition: { StringEquals: { 'aws:username': [] } } }],
  EMPTY_SID_VALUE: [{ Sid: '', ...read }],
  REDUNDANT_ACTION: [{ ...read, Action: ['s3:GetObject', 's3:GetObject*'] }, { ...read, Action: ['s3:GetObject', 'S3:getobject'] }],
  REDUNDANT_RESOURCE: [{ ...read, Resource: ['arn:aws:s3:::logs/a', 'arn:aws:s3:::logs/*'] }, { ...read, Resource: ['*', 'arn:aws:s3:::logs/*'] }],
  REDUNDANT_STATEMENT: [[{ Sid: 'A', ...read }, { Sid: 'B', ...read }]],
  WILDCARD_IN_SERVICE_NAME: [{ Effect: 'Allow', Action: 's*:GetObject', Resource: '*' }],
};

for (const [code, statements] of Object.entries(found)) {
  test(`${code} is found`, () => {
    for (const statement of statements) {
      const findings = lintPolicy(documentOf(...(Array.isArray(statement) ? statement : [statement])), 'identity', reference);
      const finding = findings.find((one) => one.code === code);
      assert.ok(finding, `${JSON.stringify(statement).slice(0, 200)}: ${findings.map((one) => one.code).join()}`);
      assert.equal(finding.type, lintTypes[finding.code]);
    }
  });
}

test('what is said of the document, and of principals', () => {
  assert.deepEqual(codesOf(JSON.stringify({ Statement: [{ ...read, Resource: 'arn:aws:s3:::${aws:username}/*' }] })).toSorted(), ['MISSING_VERSION', 'POLICY_IS_REFUSED', 'VARIABLE_UNSUPPORTED_IN_VERSION']);
  assert.deepEqual(codesOf(documentOf({ ...read, NotPrincipal: { AWS: '111122223333' } }), 'resource').toSorted(), ['ALLOW_WITH_NOT_PRINCIPAL', 'POLICY_IS_REFUSED']);
  assert.deepEqual(codesOf('{'), ['POLICY_IS_REFUSED']);
});

test('what is right is left alone', () => {
  const right: readonly object[] = [
    read, { ...read, Action: 'S3:getobject' }, { ...read, Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/*'] }, { ...read, Resource: 'arn:aws:s3:::${aws:username}/*' },
    { ...read, Condition: { StringLike: { 'aws:username': 'admin-*' }, StringEquals: { 's3:ExistingObjectTag/team': 'a', 'aws:PrincipalTag/team': 'red' } } },
    { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Effect: 'Allow', Action: 'iam:PassRole', Resource: '*', Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } }, { Effect: 'Allow', Action: 'iam:PassRole', Resource: role }, { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::*:role/app-*' },
    { Effect: 'Allow', Action: 'sqs:TagQueue', Resource: 'arn:aws:sqs:*:*:jobs', Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } } },
    { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:aws:lambda:*:111122223333:function:prod-*' },
    { Effect: 'Deny', NotAction: 'iam:*', Resource: '*', Condition: { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1'] } } },
    { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:*:*:log-group:app:log-stream:*' },
  ];
  for (const statement of right) assert.deepEqual(codesOf(documentOf(statement)), [], JSON.stringify(statement));
});

test('a finding says where it is, in a list and alone', () => {
  const [inList] = lintPolicy(documentOf(read, { ...read, Action: ['s3:GetObject', 's3:Nothing'] }), 'identity', reference);
  assert.deepEqual(inList?.path, ['Statement', 1, 'Action', 1]);
  const [alone] = lintPolicy('{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Effect": "Allow",\n    "Action": "s3:Nothing",\n    "Resource": "*"\n  }\n}', 'identity', reference);
  assert.deepEqual([alone?.path, alone?.position], [['Statement', 'Action'], { line: 5, column: 15 }]);
});

test('what kind of policy a text is, is told from what it says', () => {
  const { Principal } = { Principal: { AWS: '111122223333' } };
  assert.equal(likelyKind(documentOf(read)), 'identity');
  assert.equal(likelyKind('{'), 'identity');
  assert.equal(likelyKind(documentOf({ ...read, Principal })), 'bucket');
  assert.equal(likelyKind(documentOf({ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*' })), 'resource');
  assert.equal(likelyKind(documentOf({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' })), 'trust');
  assert.equal(likelyKind(documentOf({ Effect: 'Allow', Principal, Action: 'ecr:BatchGetImage' })), 'resource');
});
