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

test('each report has an id of its own and does not change; a walk over one that is made again meanwhile meets everybody once', async () => {
  for (const [i, name] of ['alice', 'bob', 'idle'].entries()) {
    gatehouse.clock.advance(1_000 * i);
    await gatehouse.iam(keys[name]).send(new sdk.GetUserCommand({})).catch(() => {});
  }
  const before = await generate(`${prefix}:group/crew`);
  const entitiesPage = (JobId: string | undefined, Marker?: string) => iam.send(new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: 'iam', MaxItems: 1, Marker }));
  const seen: (string | undefined)[] = [];
  let Marker: string | undefined;
  do {
    const page = await entitiesPage(before, Marker);
    seen.push(...page.EntityDetailsList!.map(({ EntityInfo }) => EntityInfo!.Name));
    ({ Marker } = page);
    gatehouse.clock.advance(1_000);
    await gatehouse.iam(keys['alice']).send(new sdk.GetUserCommand({})).catch(() => {});
    assert.notEqual(await generate(`${prefix}:group/crew`), before);
  } while (Marker !== undefined);
  assert.deepEqual(seen, ['idle', 'bob', 'alice']);
});

test('twenty reports of a caller are kept, and those of others with them', async () => {
  const theirs = await generate(alice, undefined, gatehouse.iam(gatehouse.root));
  const first = await generate(alice);
  for (let i = 0; i < 19; i++) await generate(alice);
  await details(first);
  await generate(alice);
  await assertRefused(details(first), { code: 'NoSuchEntity', status: 404, message: `The job with id ${first} cannot be found.` });
  await details(theirs, gatehouse.iam(gatehouse.root));
});

test('the entities of a large report are read part by part', async () => {
  await gatehouse.plane.store.write(account, { by: 'test', requestId: 'test', action: 'test:Fill' }, (draft) => {
    draft.groups.insert({ GroupId: 'AGPALARGE', GroupName: 'large', Path: '/', CreateDate: 0 });
    draft.inlinePolicies.insert({ PrincipalId: 'AGPALARGE', PolicyName: 'inline', Document: allowing('s3:*', 'iam:GetUser') });
    for (let i = 0; i < 2_500; i++) {
      draft.users.insert({ UserId: `AIDALARGE${i}`, UserName: `large-${i}`, Path: '/', CreateDate: 0 });
      draft.memberships.insert({ GroupId: 'AGPALARGE', UserId: `AIDALARGE${i}` });
    }
  });
  // Of each two the same moment.
  for (let i = 0; i < 2_500; i++) gatehouse.plane.lastUsed.mark(`AIDALARGE${i}/s3:GetObject`, { at: gatehouse.clock.now - (i >> 1), service: 's3', region: 'us-east-1' });
  const JobId = await generate(`${prefix}:group/large`, 'ACTION_LEVEL');
  const { ServicesLastAccessed } = await details(JobId);
  const s3 = ServicesLastAccessed!.find(({ ServiceNamespace }) => ServiceNamespace === 's3')!;
  assert.deepEqual([s3.TotalAuthenticatedEntities, s3.LastAuthenticatedEntity], [2_500, `${prefix}:user/large-0`]);
  assert.equal(s3.TrackedActionsLastAccessed!.find(({ ActionName }) => ActionName === 'GetObject')!.LastAccessedEntity, `${prefix}:user/large-0`);
  for (const MaxItems of [1_000, 700]) {
    const seen: sdk.EntityDetails[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.send(new sdk.GetServiceLastAccessedDetailsWithEntitiesCommand({ JobId, ServiceNamespace: 's3', MaxItems, Marker }));
      seen.push(...page.EntityDetailsList!);
      ({ Marker } = page);
    } while (Marker !== undefined);
    assert.equal(new Set(seen.map(({ EntityInfo }) => EntityInfo!.Id)).size, 2_500);
    assert.ok(seen.every(({ LastAuthenticated }, i) => i === 0 || LastAuthenticated! <= seen[i - 1]!.LastAuthenticated!));
  }
});
