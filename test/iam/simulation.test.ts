/** SimulateCustomPolicy, SimulatePrincipalPolicy and the operations that list context keys, over the wire with the SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { EvaluationResult, SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, noSuch } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse(); });
after(() => gatehouse.stop());

const account = '111122223333';
const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, Resource = '*', more: object = {}): object => ({ Effect: 'Allow', Action, Resource, ...more });

const custom = (input: Partial<SimulateCustomPolicyCommandInput>) => gatehouse.iam().send(new sdk.SimulateCustomPolicyCommand({ PolicyInputList: [document(allow('s3:Get*'))], ActionNames: ['s3:GetObject'], ...input }));
async function one(input: Partial<SimulateCustomPolicyCommandInput>): Promise<EvaluationResult> {
  const { EvaluationResults = [] } = await custom(input);
  assert.equal(EvaluationResults.length, 1);
  return EvaluationResults[0]!;
}
const sourcesOf = ({ MatchedStatements = [] }: EvaluationResult) => MatchedStatements.map(({ SourcePolicyId, SourcePolicyType }) => [SourcePolicyId, SourcePolicyType]);
const invalid = (message: string) => ({ code: 'InvalidInput', status: 400, message });

test('SimulateCustomPolicy: the example of the AWS CLI is answered as AWS answers it', async () => {
  const policy = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}';
  const at = (time: string) => one({ PolicyInputList: [policy], ActionNames: ['dynamodb:CreateBackup'], ContextEntries: [{ ContextKeyName: 'aws:CurrentTime', ContextKeyValues: [time], ContextKeyType: 'date' }] });
  assert.deepEqual(await at('2019-04-25T11:00:00Z'), {
    EvalActionName: 'dynamodb:CreateBackup', EvalResourceName: '*', EvalDecision: 'allowed',
    MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1', SourcePolicyType: 'IAM Policy', StartPosition: { Line: 1, Column: 38 }, EndPosition: { Line: 1, Column: 167 } }],
    MissingContextValues: [],
  });
  assert.deepEqual(await at('2014-04-25T11:00:00Z'), { EvalActionName: 'dynamodb:CreateBackup', EvalResourceName: '*', EvalDecision: 'implicitDeny', MatchedStatements: [], MissingContextValues: [] });
});

test('SimulateCustomPolicy: a statement begins behind the token before it, over several lines too', async () => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow('iam:GetUser'), allow('s3:GetObject')] }, null, 2);
  const { MatchedStatements } = await one({ PolicyInputList: [policy] });
  assert.deepEqual(MatchedStatements?.map(({ StartPosition, EndPosition }) => [StartPosition, EndPosition]), [[{ Line: 8, Column: 6 }, { Line: 13, Column: 6 }]]);
});

test('SimulateCustomPolicy: every Allow that matches is told, and of a denial only the Deny', async () => {
  const allows = document(allow('s3:Get*'), allow('s3:*'), allow('iam:*'));
  assert.deepEqual(sourcesOf(await one({ PolicyInputList: [allows, document(allow('*'))] })), [['PolicyInputList.1', 'IAM Policy'], ['PolicyInputList.1', 'IAM Policy'], ['PolicyInputList.2', 'IAM Policy']]);
  const denied = await one({ PolicyInputList: [allows, document({ Effect: 'Deny', Action: 's3:*', Resource: '*' })] });
  assert.equal(denied.EvalDecision, 'explicitDeny');
  assert.deepEqual(sourcesOf(denied), [['PolicyInputList.2', 'IAM Policy']]);
});

test('SimulateCustomPolicy: several resources have a result each, and are allowed only together', async () => {
  const policy = document(allow('s3:*', 'arn:aws:s3:::good/*'), { Effect: 'Deny', Action: '*', Resource: 'arn:aws:s3:::bad/*' });
  const result = await one({ PolicyInputList: [policy], ResourceArns: ['arn:aws:s3:::good/a', 'arn:aws:s3:::bad/a', 'arn:aws:s3:::other/a'] });
  assert.equal(result.EvalDecision, 'explicitDeny');
  assert.deepEqual(result.ResourceSpecificResults?.map(({ EvalResourceName, EvalResourceDecision, MatchedStatements }) => [EvalResourceName, EvalResourceDecision, MatchedStatements?.length]), [['arn:aws:s3:::good/a', 'allowed', 1], ['arn:aws:s3:::bad/a', 'explicitDeny', 1], ['arn:aws:s3:::other/a', 'implicitDeny', 0]]);
  assert.deepEqual(result.EvalDecisionDetails, {});
  // Together they are called by the form of their ARNs.
  assert.equal(result.EvalResourceName, 'arn:${Partition}:s3:::${BucketName}/${ObjectName}');
  assert.equal((await one({ ActionNames: ['own:Action'], ResourceArns: ['arn:aws:own:::a', 'arn:aws:own:::b'] })).EvalResourceName, 'arn:aws:own:::a');
});

test('SimulateCustomPolicy: an action that AWS does not ask for on single resources is evaluated on all of them', async () => {
  const asked = { ActionNames: ['s3:ListAllMyBuckets'], ResourceArns: ['arn:aws:s3:::logs'] };
  const named = await one({ ...asked, PolicyInputList: [document(allow('s3:*', 'arn:aws:s3:::*'))] });
  assert.deepEqual([named.EvalDecision, named.EvalResourceName, named.ResourceSpecificResults?.[0]?.EvalResourceName], ['implicitDeny', 'arn:aws:s3:::logs', 'arn:aws:s3:::logs']);
  assert.equal((await one({ ...asked, PolicyInputList: [document(allow('s3:*'))] })).EvalDecision, 'allowed');
});

test('SimulateCustomPolicy: no account is in an organization, so that no detail of one is answered', async () => {
  const result = await one({ ResourceArns: ['arn:aws:s3:::logs/a'] });
  assert.equal(result.OrganizationsDecisionDetail, undefined);
});

test('SimulateCustomPolicy: a resource policy without Resource is about the resource; one of nothing but sts: actions is a trust policy', async () => {
  const caller = { CallerArn: `arn:aws:iam::${account}:user/alice`, PolicyInputList: [document(allow('iam:*'))] };
  const named = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:user/alice` } };
  const pull = { ...caller, ActionNames: ['ecr:BatchGetImage'], ResourceArns: [`arn:aws:ecr:us-east-1:${account}:repository/app`] };
  assert.equal((await one({ ...pull, ResourcePolicy: document({ ...named, Action: 'ecr:BatchGetImage' }) })).EvalDecision, 'allowed');
  assert.equal((await one({ ...pull, PolicyInputList: [document(allow('ecr:*'))], ResourcePolicy: document({ ...named, Action: 'ecr:PutImage' }) })).EvalDecision, 'allowed');
  const assume = { ...caller, ActionNames: ['sts:AssumeRole'], ResourceArns: [`arn:aws:iam::${account}:role/app`], PolicyInputList: [document(allow('sts:*'))] };
  assert.equal((await one({ ...assume, ResourcePolicy: document({ ...named, Action: 'sts:TagSession' }) })).EvalDecision, 'implicitDeny');
});

test('SimulateCustomPolicy: every key of every policy that is not given is missing, in its own letter case', async () => {
  const policy = document(allow('s3:ListBucket', '*', { Condition: { StringLike: { 'aws:PrincipalTag/Team': 'x', 'S3:Prefix': '${aws:userid}' } } }), allow('s3:GetObject', 'arn:aws:s3:::b/${aws:username}/${*}'));
  const entries = [{ ContextKeyName: 's3:prefix', ContextKeyValues: ['a'], ContextKeyType: 'string' as const }];
  assert.deepEqual((await one({ PolicyInputList: [policy], ContextEntries: entries })).MissingContextValues, ['aws:PrincipalTag/Team', 'aws:userid', 'aws:username']);
  const specific = await one({ PolicyInputList: [policy], ContextEntries: entries, ResourceArns: ['arn:aws:s3:::b/a', 'arn:aws:s3:::b/c'] });
  assert.deepEqual([specific.MissingContextValues, specific.ResourceSpecificResults?.map(({ MissingContextValues }) => MissingContextValues?.length)], [[], [3, 3]]);
});

test('SimulateCustomPolicy: a boundary limits, and says whether it allows', async () => {
  const within = await one({ PermissionsBoundaryPolicyInputList: [document(allow('s3:*'))] });
  assert.deepEqual([within.EvalDecision, within.PermissionsBoundaryDecisionDetail], ['allowed', { AllowedByPermissionsBoundary: true }]);
  const beyond = await one({ PermissionsBoundaryPolicyInputList: [document(allow('iam:*'))], ResourceArns: ['arn:aws:s3:::b/a'] });
  assert.deepEqual([beyond.EvalDecision, beyond.PermissionsBoundaryDecisionDetail, beyond.ResourceSpecificResults?.[0]?.PermissionsBoundaryDecisionDetail], ['implicitDeny', { AllowedByPermissionsBoundary: false }, { AllowedByPermissionsBoundary: false }]);
});

test('SimulateCustomPolicy: a resource policy names the caller, in its own account and in another', async () => {
  const caller = `arn:aws:iam::${account}:user/alice`;
  const ResourcePolicy = document({ Effect: 'Allow', Principal: { AWS: caller }, Action: 's3:*', Resource: '*' });
  const nothing = [document(allow('iam:GetUser'))];
  const own = await one({ PolicyInputList: nothing, ResourcePolicy, CallerArn: caller, ResourceArns: ['arn:aws:s3:::b/a'] });
  assert.equal(own.EvalDecision, 'allowed');
  assert.deepEqual(sourcesOf(own), [['ResourcePolicy', 'Resource Policy']]);
  const across = { ResourcePolicy, CallerArn: caller, ResourceArns: ['arn:aws:s3:::b/a'], ResourceOwner: 'arn:aws:iam::444455556666:root' };
  const refused = await one({ ...across, PolicyInputList: nothing });
  assert.deepEqual([refused.EvalDecision, refused.EvalDecisionDetails], ['implicitDeny', { 'IAM Policy': 'implicitDeny', 'Resource Policy': 'allowed' }]);
  assert.equal((await one(across)).EvalDecision, 'allowed');
});

test('SimulateCustomPolicy: pages of results, however they are cut, hold each action once', async () => {
  const ActionNames = ['s3:GetObject', 's3:PutObject', 'iam:GetUser', 's3:GetBucketAcl', 's3:GetObjectAcl'];
  const seen: string[] = [];
  let Marker: string | undefined;
  do {
    const answer = await custom({ ActionNames, MaxItems: 2, ...(Marker !== undefined && { Marker }) });
    assert.ok(answer.EvaluationResults!.length <= 2);
    seen.push(...answer.EvaluationResults!.map(({ EvalActionName }) => EvalActionName!));
    assert.equal(answer.IsTruncated, answer.Marker !== undefined);
    Marker = answer.Marker;
  } while (Marker !== undefined);
  assert.deepEqual(seen, ActionNames);
  await assertRefused(custom({ ActionNames, Marker: 'made-up' }), { code: 'ValidationError', status: 400, message: 'Invalid Marker.' });
});

test('SimulateCustomPolicy: an answer holds as many actions as it has time for', async () => {
  const ResourceArns = Array.from({ length: 400 }, (_, i) => `arn:aws:s3:::b/${i}`);
  const answer = await custom({ ActionNames: ['s3:GetObject', 's3:GetObjectAcl', 's3:PutObject'], ResourceArns });
  assert.deepEqual([answer.EvaluationResults?.length, answer.IsTruncated], [2, true]);
});

test('SimulateCustomPolicy: what cannot be simulated is refused in AWS\'s words', async () => {
  await assertRefused(custom({ ResourceArns: ['14a050d4-021e-4efe-84bb-0871bf6d0fda'] }), invalid('ResourceNames are not in a valid ARN format: 14a050d4-021e-4efe-84bb-0871bf6d0fda.'));
  await assertRefused(custom({ ResourceOwner: account }), invalid(`'${account}' is not a valid as a Resource Owner.`));
  await assertRefused(custom({ PolicyInputList: ['{"Version":"2012-10-17"'] }), invalid('Syntax errors in policy.'));
  await assertRefused(custom({ PolicyInputList: ['{"Version":"2012-10-17","Statement":[{"Effect":"Permit","Action":"*","Resource":"*"}]}'] }), invalid('Syntax errors in policy.'));
  await assertRefused(custom({ ActionNames: ['s3:*'] }), invalid('Invalid Action Name: s3:*'));
  await assertRefused(custom({ CallerArn: `arn:aws:sts::${account}:assumed-role/dev/s` }), invalid(`Invalid Entity Arn: arn:aws:sts::${account}:assumed-role/dev/s does not clearly define entity type and name.`));
  await assertRefused(custom({ ResourcePolicy: document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }) }), invalid('Invalid caller - Caller cannot be null or empty.'));
  await assertRefused(custom({ ContextEntries: [{ ContextKeyName: 'aws:CurrentTime', ContextKeyValues: ['tomorrow'], ContextKeyType: 'date' }] }), invalid('Invalid value for context key aws:CurrentTime: tomorrow is not of the type date.'));
  await assertRefused(custom({ PermissionsBoundaryPolicyInputList: [document(allow('*')), document(allow('*'))] }), invalid('Only one permissions boundary can be simulated at a time.'));
});

test('SimulateCustomPolicy: a scenario of launching an instance needs the resources that it is made of', async () => {
  const ec2 = (type: string) => `arn:aws:ec2:us-east-1:${account}:${type}/x`;
  const all = ['instance', 'image', 'security-group', 'network-interface', 'volume'].map(ec2);
  const input = { PolicyInputList: [document(allow('ec2:RunInstances'))], ActionNames: ['ec2:RunInstances'], ResourceHandlingOption: 'EC2-VPC-EBS' };
  assert.equal((await one({ ...input, ResourceArns: all })).EvalDecision, 'allowed');
  await assertRefused(custom({ ...input, ResourceArns: all.slice(0, 3) }), invalid('The Resource Handling Option EC2-VPC-EBS needs resources of the types network-interface, volume.'));
  await assertRefused(custom({ ...input, ResourceHandlingOption: 'EC2-Moon' }), invalid('Invalid Resource Handling Option: EC2-Moon'));
});

test('SimulatePrincipalPolicy: a user\'s own policies, its groups\' and its boundary, each by its name', async () => {
  const iam = gatehouse.iam();
  await iam.send(new sdk.CreateUserCommand({ UserName: 'alice', Path: '/staff/' }));
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'devs' }));
  await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'devs', UserName: 'alice' }));
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'own', PolicyDocument: document(allow('s3:GetObject', 'arn:aws:s3:::${aws:username}/*')) }));
  await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'devs', PolicyName: 'shared', PolicyDocument: document(allow('s3:GetObject')) }));
  await iam.send(new sdk.AttachUserPolicyCommand({ UserName: 'alice', PolicyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }));
  const { Policy } = await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'limit', PolicyDocument: document(allow('s3:*')) }));
  await iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'alice', PermissionsBoundary: Policy!.Arn! }));
  const PolicySourceArn = `arn:aws:iam::${account}:user/staff/alice`;
  const simulate = (ActionNames: string[], more: object = {}) => iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ...more }));
  const [read] = (await simulate(['s3:GetObject'], { ResourceArns: ['arn:aws:s3:::alice/x'] })).EvaluationResults!;
  assert.deepEqual(sourcesOf(read!), [['user_alice_own', 'IAM Policy'], ['AmazonS3ReadOnlyAccess', 'IAM Policy'], ['group_devs_shared', 'IAM Policy']]);
  assert.deepEqual(read!.MissingContextValues, [], 'the user\'s name is known');
  const extra = (await simulate(['s3:PutObject', 'iam:GetUser'], { PolicyInputList: [document(allow('*'))] })).EvaluationResults!;
  assert.deepEqual(extra.map(({ EvalDecision, PermissionsBoundaryDecisionDetail }) => [EvalDecision, PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary]), [['allowed', true], ['implicitDeny', false]]);
  const [replaced] = (await simulate(['s3:GetObject'], { PermissionsBoundaryPolicyInputList: [document(allow('iam:*'))] })).EvaluationResults!;
  assert.equal(replaced!.EvalDecision, 'implicitDeny');
  const [asBob] = (await simulate(['s3:GetObject'], { CallerArn: `arn:aws:iam::${account}:user/bob`, ResourceArns: ['arn:aws:s3:::bob/x'] })).EvaluationResults!;
  assert.ok(sourcesOf(asBob!).some(([id]) => id === 'user_alice_own'), 'as if bob had alice\'s policies');
});

test('SimulatePrincipalPolicy: groups and roles have policies too', async () => {
  const iam = gatehouse.iam();
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }) }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'worker', PolicyName: 'work', PolicyDocument: document({ Effect: 'Deny', Action: 'ssm:*', Resource: '*' }) }));
  const decide = async (PolicySourceArn: string, action: string) => (await iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: [action] }))).EvaluationResults![0]!;
  const denied = await decide(`arn:aws:iam::${account}:role/worker`, 'ssm:GetParameters');
  assert.deepEqual([denied.EvalDecision, ...sourcesOf(denied)], ['explicitDeny', ['role_worker_work', 'IAM Policy']]);
  assert.equal((await decide(`arn:aws:iam::${account}:group/devs`, 's3:GetObject')).EvalDecision, 'allowed');
});

test('SimulatePrincipalPolicy: what names no user, group or role is refused', async () => {
  const simulate = (PolicySourceArn: string, more: object = {}) => gatehouse.iam().send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: ['s3:GetObject'], ...more }));
  for (const entity of [`arn:aws:sts::${account}:assumed-role/worker/s`, `arn:aws:iam::${account}:root`, `arn:aws:iam::${account}:policy/limit`]) {
    await assertRefused(simulate(entity), invalid(`Invalid Entity Arn: ${entity} does not clearly define entity type and name.`));
  }
  await assertRefused(simulate(`arn:aws:iam::${account}:user/nobody`), noSuch('user', 'nobody'));
  await assertRefused(simulate(`arn:aws:iam::${account}:role/worker`, { ResourcePolicy: document({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }) }), invalid('Invalid caller - Caller cannot be null or empty.'));
  await assertRefused(simulate('arn:aws:iam::444455556666:user/alice'), { code: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${account}:user/admin is not authorized to perform: iam:SimulatePrincipalPolicy on resource: arn:aws:iam::444455556666:user/alice` });
});

test('GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy: the keys that the policies name, each once', async () => {
  const iam = gatehouse.iam();
  // The example of the AWS CLI.
  const example = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"arn:aws:dynamodb:us-west-2:123456789012:table/${aws:username}","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2015-08-16T12:00:00Z"}}}}';
  const keys = async (...PolicyInputList: string[]) => (await iam.send(new sdk.GetContextKeysForCustomPolicyCommand({ PolicyInputList }))).ContextKeyNames;
  assert.deepEqual(await keys(example), ['aws:username', 'aws:CurrentTime']);
  assert.deepEqual(await keys(example, document(allow('*', '*', { Condition: { Null: { 'AWS:currenttime': 'true', 'aws:MultiFactorAuthAge': 'true' } } }))), ['aws:username', 'aws:CurrentTime', 'aws:MultiFactorAuthAge']);
  assert.deepEqual(await keys(example.replace('2012-10-17', '2008-10-17')), ['aws:CurrentTime'], 'a policy of 2008 has no variables');
  await assertRefused(keys('nonsense'), invalid('Syntax errors in policy.'));
  const ofAlice = await iam.send(new sdk.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${account}:user/staff/alice`, PolicyInputList: [document(allow('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } } }))] }));
  assert.deepEqual(ofAlice.ContextKeyNames, ['aws:username', 'aws:PrincipalTag/a']);
  await assertRefused(iam.send(new sdk.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${account}:role/nobody` })), noSuch('role', 'nobody'));
});

test('simulations ask for the entity they look at, and for nothing else', async () => {
  const caller = await restrictedCaller(gatehouse);
  const alice = `arn:aws:iam::${account}:user/staff/alice`;
  const requests = {
    SimulatePrincipalPolicy: [() => caller.iam.send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: alice, ActionNames: ['s3:GetObject'] })), alice],
    SimulateCustomPolicy: [() => caller.iam.send(new sdk.SimulateCustomPolicyCommand({ PolicyInputList: [document(allow('*'))], ActionNames: ['s3:GetObject'] })), '*'],
    GetContextKeysForPrincipalPolicy: [() => caller.iam.send(new sdk.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: alice })), alice],
    GetContextKeysForCustomPolicy: [() => caller.iam.send(new sdk.GetContextKeysForCustomPolicyCommand({ PolicyInputList: [document(allow('*'))] })), '*'],
  } as const;
  for (const [operation, [send, resource]] of Object.entries(requests)) {
    await caller.permit();
    await assertRefused(send(), caller.denied(operation, resource));
    await caller.permit(allow(`iam:${operation}`, resource));
    await send();
  }
});
