/** Reports of when services were last accessed, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const prefix = `arn:aws:iam::${account}`;
const tools = `${prefix}:policy/tools`;
const alice = `${prefix}:user/eng/alice`;
const bob = `${prefix}:user/bob`;

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
const keys: Record<string, { accessKeyId: string; secretAccessKey: string }> = {};
before(async () => {
  gatehouse = await startGatehouse({ seed: 'last accessed', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'tools', PolicyDocument: allowing('iam:Get*', 's3:GetObject', 'sts:AssumeRole') }));
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'crew' }));
  await iam.send(new sdk.AttachGroupPolicyCommand({ GroupName: 'crew', PolicyArn: tools }));
  for (const [UserName, Path] of [['alice', '/eng/'], ['bob', '/'], ['idle', '/']] as const) {
    await iam.send(new sdk.CreateUserCommand({ UserName, Path }));
    await iam.send(new sdk.AddUserToGroupCommand({ UserName, GroupName: 'crew' }));
    const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName }));
    keys[UserName] = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  }
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument: trusting('AWS', account) }));
  await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn: tools }));
});
after(() => gatehouse.stop());

const generate = async (Arn: string, Granularity?: sdk.AccessAdvisorUsageGranularityType, client = iam) => (await client.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn, Granularity }))).JobId;
const details = (JobId: string | undefined, client = iam, page: { MaxItems?: number; Marker?: string | undefined } = {}) => client.send(new sdk.GetServiceLastAccessedDetailsCommand({ JobId, ...page }));
const entities = (JobId: string | undefined, ServiceNamespace: string) => iam.send(new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace }));

test('services that are granted are listed, used or not; tries count, denied ones too', async () => {
  await gatehouse.iam(keys['alice']).send(new sdk.ListUsersCommand({})).then(() => assert.fail('was allowed'), () => {});
  const { JobStatus, JobType, ServicesLastAccessed, JobCreationDate, JobCompletionDate } = await details(await generate(alice));
  assert.deepEqual([JobStatus, JobType, JobCreationDate], ['COMPLETED', 'SERVICE_LEVEL', JobCompletionDate]);
  assert.deepEqual(ServicesLastAccessed!.map(({ ServiceNamespace, ServiceName, TotalAuthenticatedEntities, LastAuthenticatedEntity, LastAuthenticatedRegion, TrackedActionsLastAccessed }) => [ServiceNamespace, ServiceName, TotalAuthenticatedEntities, LastAuthenticatedEntity, LastAuthenticatedRegion, TrackedActionsLastAccessed]), [
    ['iam', 'AWS Identity and Access Management (IAM)', 1, alice, 'us-east-1', undefined],
    ['s3', 'Amazon S3', 0, undefined, undefined, undefined],
    ['sts', 'AWS Security Token Service', 0, undefined, undefined, undefined],
  ]);
  assert.ok(ServicesLastAccessed![0]!.LastAuthenticated instanceof Date);
  assert.equal(ServicesLastAccessed![1]!.LastAuthenticated, undefined);
});

test('a group is its members, a policy is all that it is attached to, roles by their sessions', async () => {
  await gatehouse.sts(keys['bob']).send(new GetCallerIdentityCommand({}));
  const group = await generate(`${prefix}:group/crew`);
  const sts = (await details(group)).ServicesLastAccessed!.find(({ ServiceNamespace }) => ServiceNamespace === 'sts');
  assert.deepEqual([sts?.TotalAuthenticatedEntities, sts?.LastAuthenticatedEntity], [1, bob]);

  const { Credentials } = await gatehouse.sts(keys['bob']).send(new AssumeRoleCommand({ RoleArn: `${prefix}:role/worker`, RoleSessionName: 'once' }));
  const session = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
  await gatehouse.sts(session).send(new GetCallerIdentityCommand({}));
  const { EntityDetailsList } = await entities(await generate(tools), 'sts');
  assert.deepEqual(EntityDetailsList!.toSorted((a, b) => (a.EntityInfo!.Type! < b.EntityInfo!.Type! ? -1 : 1)).map(({ EntityInfo }) => [EntityInfo!.Type, EntityInfo!.Arn, EntityInfo!.Name, EntityInfo!.Path, EntityInfo!.Id?.slice(0, 4)]), [
    ['ROLE', `${prefix}:role/worker`, 'worker', '/', 'AROA'],
    ['USER', bob, 'bob', '/', 'AIDA'],
  ]);
  const role = (await details(await generate(`${prefix}:role/worker`))).ServicesLastAccessed!;
  assert.deepEqual(role.map(({ ServiceNamespace, TotalAuthenticatedEntities }) => [ServiceNamespace, TotalAuthenticatedEntities]), [['iam', 0], ['s3', 0], ['sts', 1]]);
});

test('by action: what is granted, and when it was tried', async () => {
  await gatehouse.iam(keys['alice']).send(new sdk.GetUserCommand({}));
  const { JobType, ServicesLastAccessed } = await details(await generate(alice, 'ACTION_LEVEL'));
  assert.equal(JobType, 'ACTION_LEVEL');
  const actions = ServicesLastAccessed!.find(({ ServiceNamespace }) => ServiceNamespace === 'iam')!.TrackedActionsLastAccessed!;
  const getUser = actions.find(({ ActionName }) => ActionName === 'GetUser');
  assert.deepEqual([getUser?.LastAccessedEntity, getUser?.LastAccessedRegion], [alice, 'us-east-1']);
  assert.ok(getUser?.LastAccessedTime instanceof Date);
  assert.deepEqual(actions.find(({ ActionName }) => ActionName === 'GetRole'), { ActionName: 'GetRole' });
  // Tried above, and not granted.
  assert.equal(actions.find(({ ActionName }) => ActionName === 'ListUsers'), undefined);
});

test('a report is read in pages, and by its maker only', async () => {
  const JobId = await generate('arn:aws:iam::aws:policy/ReadOnlyAccess');
  const read: (string | undefined)[] = [];
  for (let Marker: string | undefined, more = true; more;) {
    const page = await details(JobId, iam, { MaxItems: 100, Marker });
    read.push(...page.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace));
    more = page.IsTruncated!;
    Marker = page.Marker;
  }
  assert.ok(read.length > 200);
  assert.deepEqual(read, [...new Set(read)].sort());
  await caller.permit({ Effect: 'Allow', Action: 'iam:*', Resource: '*' });
  await assertRefused(details(JobId, caller.iam), { code: 'NoSuchEntity', status: 404, message: `The job with id ${JobId} cannot be found.` });
  await details(await generate(alice, undefined, caller.iam), caller.iam);
});

test('what is asked for is that very entity', async () => {
  await caller.permit({ Effect: 'Allow', Action: 'iam:GenerateServiceLastAccessedDetails', Resource: bob });
  await generate(bob, undefined, caller.iam);
  await assertRefused(generate(alice, undefined, caller.iam), caller.denied('GenerateServiceLastAccessedDetails', alice));
  await assertRefused(generate(tools, undefined, caller.iam), { code: 'AccessDenied', status: 403, message: /iam:GenerateServiceLastAccessedDetails on resource: policy / });
});

test('an entity that is not there, or none at all', async () => {
  await assertRefused(generate(`${prefix}:user/nobody`), { code: 'NoSuchEntity', status: 404, message: `ARN ${prefix}:user/nobody does not exist.` });
  await assertRefused(generate(`${prefix}:user/alice`), { code: 'NoSuchEntity', status: 404, message: /does not exist/ });
  await assertRefused(generate(`${prefix}:policy/none`), { code: 'NoSuchEntity', status: 404, message: /was not found/ });
  await assertRefused(generate(`${prefix}:mfa/device-of-alice`), { code: 'InvalidInput', status: 400, message: /is not valid/ });
  await assertRefused(entities(await generate(bob), 'ec2'), { code: 'InvalidInput', status: 400, message: 'The report has no service with namespace ec2.' });
});
