/** Tests of the library: what it takes, what it refuses, and that nothing it is made of needs more than a browser has. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';
import { importedPath, importsOf, root, type SourceFile } from '../../test/imports.ts';
import { contextKeys, evaluate, explain, explanationAsText, InputError, prepare, validate, type PoliciesInput, type PrincipalInput, type RequestInput } from './library.ts';

const policy = (...Statement: readonly object[]): object => ({ Version: '2012-10-17', Statement });
const allow = (more: object = {}): object => policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::logs/*', ...more });
const read: RequestInput = { action: 's3:GetObject', resource: 'arn:aws:s3:::logs/a' };

test('nothing that the library reaches imports a package or a module of Node', () => {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const file: SourceFile = { path, text: readFileSync(join(root, path), 'utf8') };
    for (const specifier of importsOf(file)) {
      const imported = importedPath(file, specifier);
      assert.ok(imported !== undefined, `${path} imports ${specifier}`);
      assert.match(imported, /^src\/(?:policy|base)\//, path);
      visit(imported);
    }
  };
  visit(relative(root, join(dirname(import.meta.filename), 'library.ts')).replaceAll('\\', '/'));
  assert.ok(seen.size > 15, `${seen.size} files`);
});

test('a request is decided, with the statement that decided', () => {
  assert.deepEqual(evaluate(read, { identity: allow({ Sid: 'Logs' }) }), { isAllowed: true, outcome: 'allowed', layer: 'identity', statement: { policy: 'identity policy', index: 0, sid: 'Logs' } });
  assert.deepEqual(evaluate(read, {}), { isAllowed: false, outcome: 'implicitDeny', layer: 'identity', statement: undefined });
  const denied = evaluate(read, { identity: [allow(), { name: 'guard', document: policy({ Effect: 'Deny', Action: '*', Resource: '*' }) }] });
  assert.deepEqual([denied.outcome, denied.statement], ['explicitDeny', { policy: 'guard', index: 0, sid: undefined }]);
});

test('a policy is taken as text or as an object, and prepared policies answer as they do at once', () => {
  const policies: PoliciesInput = { identity: JSON.stringify(allow()), boundary: policy({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) };
  const prepared = prepare(policies);
  for (const request of [read, { ...read, action: 's3:PutObject' }, { ...read, resource: '*' }]) assert.deepEqual(prepared.evaluate(request), evaluate(request, policies));
});

test('each layer limits: boundary, session policy, every level of an organization', () => {
  const nothing = policy({ Effect: 'Allow', Action: 'iam:*', Resource: '*' });
  const everything = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
  const layerOf = (more: PoliciesInput) => evaluate(read, { identity: allow(), ...more }).layer;
  assert.equal(layerOf({ boundary: nothing }), 'boundary');
  assert.equal(layerOf({ session: [nothing] }), 'session');
  assert.equal(layerOf({ scps: [everything, nothing] }), 'scp');
  assert.equal(evaluate(read, { identity: allow(), scps: [everything, [nothing, everything]], session: [nothing, everything] }).isAllowed, true);
});

test('who asks is told from an ARN, and what follows from it need not be said', () => {
  const condition = (key: string, value: string): PoliciesInput => ({ identity: allow({ Condition: { StringEquals: { [key]: value } } }) });
  const asked = (principal: PrincipalInput, key: string, value: string) => evaluate({ ...read, principal }, condition(key, value)).isAllowed;
  const session = 'arn:aws:sts::111122223333:assumed-role/dev/s';
  assert.ok(asked('arn:aws:iam::111122223333:user/staff/alice', 'aws:username', 'alice'));
  assert.ok(asked(session, 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/dev'));
  assert.ok(asked({ arn: session, roleArn: 'arn:aws:iam::111122223333:role/path/dev' }, 'aws:PrincipalArn', 'arn:aws:iam::111122223333:role/path/dev'));
  assert.ok(asked('arn:aws:iam::111122223333:role/dev', 'aws:PrincipalType', 'AssumedRole'));
  assert.ok(evaluate({ ...read, principal: 'arn:aws:iam::111122223333:root' }, {}).isAllowed);
  const trust = policy({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com', Federated: 'accounts.google.com' }, Action: 'sts:*' });
  const assume = (principal: PrincipalInput) => evaluate({ action: 'sts:AssumeRole', resource: 'arn:aws:iam::111122223333:role/dev', principal }, { trust }).isAllowed;
  assert.deepEqual([{ service: 'ec2.amazonaws.com' }, { federated: 'accounts.google.com' }, { service: 'lambda.amazonaws.com' }, 'anonymous' as const].map(assume), [true, true, false, false]);
});

test('the owner of a resource is the account in its ARN, and another account must let the caller in', () => {
  const request = { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:eu-west-1:444455556666:queue', principal: 'arn:aws:iam::111122223333:user/alice' };
  const own = { identity: policy({ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }) };
  assert.equal(evaluate(request, own).isAllowed, false);
  assert.equal(evaluate(request, { ...own, resource: policy({ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sqs:*', Resource: '*' }) }).isAllowed, true);
  assert.equal(evaluate({ ...request, resourceAccount: '111122223333' }, own).isAllowed, true);
});

test('what is no request is refused; what is wrong inside a policy never allows', () => {
  const refuses = (request: unknown, policies: unknown, message: RegExp) => assert.throws(() => evaluate(request as RequestInput, policies as PoliciesInput), (error) => error instanceof InputError && message.test(error.message));
  refuses({ action: 'GetObject' }, {}, /^action must be a service and an operation, like s3:GetObject; it is "GetObject"$/);
  refuses({ action: 's3:*' }, {}, /^action must be/);
  refuses({ ...read, resource: 'logs' }, {}, /^resource must be an ARN or \*; it is "logs"$/);
  refuses({ ...read, principal: 'alice' }, {}, /^principal must be the ARN of/);
  refuses({ ...read, principal: 7 }, {}, /^principal must be an ARN, anonymous/);
  refuses({ ...read, context: { 'aws:a': {} } }, {}, /^the context key aws:a must be/);
  refuses(read, { identity: 7 }, /^the identity policy must be a policy/);
  refuses(read, { resource: allow(), trust: allow() }, /not both/);
  assert.equal(evaluate(read, { identity: allow({ Condition: { NoSuchOperator: { a: 'b' } } }) }).isAllowed, false);
  assert.equal(evaluate(read, { identity: [allow(), '{'] }).outcome, 'explicitDeny');
});

test('explanations, findings and condition keys come from the same engine', () => {
  assert.match(explanationAsText(explain({ ...read, resource: 'arn:aws:s3:::logs-2/a' }, { identity: allow() })), /differs here: `\/` is wanted/);
  assert.deepEqual(validate({ Statement: [] }).map(({ message }) => message), ['Syntax errors in policy.']);
  assert.deepEqual(validate(allow()), []);
  assert.deepEqual(contextKeys(allow({ Resource: 'arn:aws:s3:::${aws:username}/*' })), ['aws:username']);
});
