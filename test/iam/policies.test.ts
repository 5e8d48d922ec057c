/** Customer-managed policies and their versions, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  AttachUserPolicyCommand, CreatePolicyCommand, CreatePolicyVersionCommand, CreateUserCommand, DeletePolicyCommand, DeletePolicyVersionCommand, DeleteUserPermissionsBoundaryCommand, DetachUserPolicyCommand,
  GetPolicyCommand, GetPolicyVersionCommand, ListPoliciesCommand, ListPolicyVersionsCommand, PutUserPermissionsBoundaryCommand, SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient, ListPoliciesCommandInput, Policy } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, policyOfSize } from './documents.ts';
import { assertRefused, beyondQuota } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'policies' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const readOnlyAccess = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const arnOf = (name: string, path = '/'): string => `arn:aws:iam::${gatehouse.account}:policy${path}${name}`;
const create = async (PolicyName: string, options: { readonly Path?: string; readonly PolicyDocument?: string } = {}): Promise<string> => {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument: allowing('iam:GetUser'), ...options }));
  return Policy!.Arn!;
};
const listAll = async (input: ListPoliciesCommandInput): Promise<readonly Policy[]> => {
  const policies: Policy[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListPoliciesCommand({ ...input, Marker }));
    policies.push(...page.Policies ?? []);
    Marker = page.Marker;
    assert.equal(page.IsTruncated, Marker !== undefined);
  } while (Marker !== undefined);
  return policies;
};
const notFound = (policyArn: string) => ({ code: 'NoSuchEntity', status: 404, message: `Policy ${policyArn} was not found.` });
const noVersion = (policyArn: string, version: string) => ({ code: 'NoSuchEntity', status: 404, message: `Policy ${policyArn} version ${version} does not exist or is not attachable.` });

test('CreatePolicy answers the policy, GetPolicy the same with its description and tags', async () => {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'Readers', Path: '/eng/', PolicyDocument: allowing('s3:GetObject'), Description: 'reads', Tags: [{ Key: 'team', Value: 'red' }] }));
  assert.match(Policy?.PolicyId ?? '', /^ANPA[A-Z2-7]{17}$/);
  const at = new Date('2026-11-23T10:00:00Z');
  const expected = {
    PolicyName: 'Readers', PolicyId: Policy?.PolicyId, Arn: arnOf('Readers', '/eng/'), Path: '/eng/', DefaultVersionId: 'v1', AttachmentCount: 0, PermissionsBoundaryUsageCount: 0,
    IsAttachable: true, CreateDate: at, UpdateDate: at, Description: 'reads', Tags: [{ Key: 'team', Value: 'red' }],
  };
  assert.deepEqual(Policy, expected);
  assert.deepEqual((await iam.send(new GetPolicyCommand({ PolicyArn: Policy!.Arn }))).Policy, expected);
});

test('GetPolicy answers an empty list of tags for a policy without any', async () => {
  const PolicyArn = await create('untagged');
  assert.deepEqual((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.Tags, []);
});

test('CreatePolicy: a name is taken whatever its path and letter case', async () => {
  await create('Taken');
  await assertRefused(iam.send(new CreatePolicyCommand({ PolicyName: 'taken', Path: '/other/', PolicyDocument: allowing('s3:*') })),
    { code: 'EntityAlreadyExists', status: 409, message: 'A policy called taken already exists. Duplicate names are not allowed.' });
});

test('CreatePolicy refuses a malformed document, one that names a principal and one over the quota', async () => {
  const malformed = (PolicyDocument: string) => iam.send(new CreatePolicyCommand({ PolicyName: 'malformed', PolicyDocument }));
  await assertRefused(malformed('{'), { code: 'MalformedPolicyDocument', status: 400, message: 'Syntax errors in policy.' });
  await assertRefused(malformed(allowing('s3:*').replace('2012-10-17', '2008-10-17')), { code: 'MalformedPolicyDocument', status: 400, message: 'Policy document must be version 2012-10-17 or greater.' });
  await assertRefused(malformed(policyOfSize(6145)), beyondQuota('PolicySize', 6144));
  await create('largest', { PolicyDocument: `  ${policyOfSize(6144)}\n\n` });
});

test('CreatePolicy refuses tags that repeat a key', async () => {
  const Tags = [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }];
  await assertRefused(iam.send(new CreatePolicyCommand({ PolicyName: 'tagged', PolicyDocument: allowing('s3:*'), Tags })),
    { code: 'InvalidInput', status: 400, message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
});

test('A policy is found by its very ARN only: name, path and letter case', async () => {
  await create('Exact', { Path: '/a/' });
  for (const PolicyArn of [arnOf('Exact'), arnOf('exact', '/a/'), arnOf('absent')]) await assertRefused(iam.send(new GetPolicyCommand({ PolicyArn })), notFound(PolicyArn));
});

test('An ARN that is no policy\'s is refused before anything is looked up', async () => {
  for (const PolicyArn of [`arn:aws:iam::${gatehouse.account}:user/alice`, 'arn:aws:s3:::policy/bucket', 'arn:aws:iam:eu-west-1:111122223333:policy/x', 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess', `${readOnlyAccess} `, 'arn:aws:iam::12:policy/short']) {
    await assertRefused(iam.send(new GetPolicyCommand({ PolicyArn })), { code: 'InvalidInput', status: 400, message: `ARN ${PolicyArn} is not valid.` });
  }
  await assertRefused(iam.send(new GetPolicyCommand({ PolicyArn: 'this-is-no-arn-at-all' })), { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' });
});

test('AWS\'s own policies are read like the account\'s own, with one version', async () => {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: readOnlyAccess }));
  assert.equal(Policy?.PolicyName, 'ReadOnlyAccess');
  assert.equal(Policy?.Arn, readOnlyAccess);
  assert.equal(Policy?.AttachmentCount, 0);
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: readOnlyAccess }));
  assert.deepEqual(Versions?.map(({ VersionId, IsDefaultVersion, Document }) => ({ VersionId, IsDefaultVersion, Document })), [{ VersionId: Policy?.DefaultVersionId, IsDefaultVersion: true, Document: undefined }]);
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: readOnlyAccess, VersionId: Policy?.DefaultVersionId }));
  assert.equal(JSON.parse(decodeURIComponent(PolicyVersion!.Document!)).Version, '2012-10-17');
  await assertRefused(iam.send(new GetPolicyVersionCommand({ PolicyArn: readOnlyAccess, VersionId: 'v9999' })), noVersion(readOnlyAccess, 'v9999'));
});

test('AWS\'s own policies are nobody else\'s to change, not even root\'s', async () => {
  for (const key of [gatehouse.admin, gatehouse.root]) {
    const client = gatehouse.iam(key);
    const denied = (action: string) => ({ code: 'AccessDenied', status: 403, message: new RegExp(`is not authorized to perform: iam:${action} on resource: policy ${readOnlyAccess}$`) });
    await assertRefused(client.send(new DeletePolicyCommand({ PolicyArn: readOnlyAccess })), denied('DeletePolicy'));
    await assertRefused(client.send(new CreatePolicyVersionCommand({ PolicyArn: readOnlyAccess, PolicyDocument: allowing('*') })), denied('CreatePolicyVersion'));
    await assertRefused(client.send(new DeletePolicyVersionCommand({ PolicyArn: readOnlyAccess, VersionId: 'v1' })), denied('DeletePolicyVersion'));
    await assertRefused(client.send(new SetDefaultPolicyVersionCommand({ PolicyArn: readOnlyAccess, VersionId: 'v1' })), denied('SetDefaultPolicyVersion'));
  }
});

test('Another account\'s policy is not told from one that does not exist', async () => {
  const key = await gatehouse.newAccount('444455556666');
  const { Policy } = await gatehouse.iam(key).send(new CreatePolicyCommand({ PolicyName: 'theirs', PolicyDocument: allowing('s3:*') }));
  for (const PolicyArn of [Policy!.Arn!, 'arn:aws:iam::444455556666:policy/absent']) {
    await assertRefused(iam.send(new GetPolicyCommand({ PolicyArn })), { code: 'AccessDenied', status: 403, message: new RegExp(`iam:GetPolicy on resource: policy ${PolicyArn}$`) });
  }
});

test('The document is answered as it was stored, percent-encoded', async () => {
  const PolicyDocument = `{\r\n\t"Version" : "2012-10-17",  "Statement": {"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/é":"(a)'!~"}}}}`;
  const PolicyArn = await create('verbatim', { PolicyDocument });
  const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  assert.match(PolicyVersion?.Document ?? '', /^[A-Za-z0-9%._~-]+$/);
  assert.equal(decodeURIComponent(PolicyVersion?.Document ?? ''), PolicyDocument);
});

test('Versions are numbered on, listed newest first, and never reuse a number', async () => {
  const PolicyArn = await create('versioned');
  gatehouse.clock.advance(60_000);
  const second = await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:GetObject') }));
  assert.deepEqual(second.PolicyVersion, { VersionId: 'v2', IsDefaultVersion: false, CreateDate: new Date(gatehouse.clock.now) });
  const third = await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:PutObject'), SetAsDefault: true }));
  assert.deepEqual({ id: third.PolicyVersion?.VersionId, isDefault: third.PolicyVersion?.IsDefaultVersion }, { id: 'v3', isDefault: true });
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  assert.deepEqual({ version: Policy?.DefaultVersionId, updated: Policy?.UpdateDate }, { version: 'v3', updated: new Date(gatehouse.clock.now) });
  const first = await iam.send(new ListPolicyVersionsCommand({ PolicyArn, MaxItems: 2 }));
  assert.deepEqual(first.Versions?.map(({ VersionId }) => VersionId), ['v3', 'v2']);
  const rest = await iam.send(new ListPolicyVersionsCommand({ PolicyArn, MaxItems: 2, Marker: first.Marker }));
  assert.deepEqual({ versions: rest.Versions?.map(({ VersionId }) => VersionId), truncated: rest.IsTruncated }, { versions: ['v1'], truncated: false });
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  const fourth = await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:GetObject') }));
  assert.equal(fourth.PolicyVersion?.VersionId, 'v4');
});

test('A policy has up to five versions', async () => {
  const PolicyArn = await create('full');
  const another = () => iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:GetObject') }));
  for (let i = 0; i < 4; i++) await another();
  await assertRefused(another(), { code: 'LimitExceeded', status: 409, message: 'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.' });
  await assertRefused(iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: '[]' })), { code: 'MalformedPolicyDocument', status: 400, message: 'Syntax errors in policy.' });
});

test('The default version can be moved, and cannot be deleted', async () => {
  const PolicyArn = await create('moved');
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:GetObject') }));
  await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  assert.equal((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy?.DefaultVersionId, 'v2');
  await assertRefused(iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' })), { code: 'DeleteConflict', status: 409, message: 'Cannot delete the default version of a policy.' });
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
  for (const command of [new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }), new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }), new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' })]) {
    await assertRefused(iam.send(command as GetPolicyVersionCommand), noVersion(PolicyArn, 'v1'));
  }
  const absent = arnOf('absent');
  for (const command of [new DeletePolicyVersionCommand({ PolicyArn: absent, VersionId: 'v1' }), new SetDefaultPolicyVersionCommand({ PolicyArn: absent, VersionId: 'v1' }), new ListPolicyVersionsCommand({ PolicyArn: absent })]) {
    await assertRefused(iam.send(command as GetPolicyVersionCommand), notFound(absent));
  }
});

test('DeletePolicy: what is attached, bounds someone or has further versions stays', async () => {
  const PolicyArn = await create('used');
  await iam.send(new CreateUserCommand({ UserName: 'holder' }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'holder', PolicyArn }));
  const attached = { code: 'DeleteConflict', status: 409, message: 'Cannot delete a policy attached to entities.' };
  await assertRefused(iam.send(new DeletePolicyCommand({ PolicyArn })), attached);
  await iam.send(new DetachUserPolicyCommand({ UserName: 'holder', PolicyArn }));
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'holder', PermissionsBoundary: PolicyArn }));
  await assertRefused(iam.send(new DeletePolicyCommand({ PolicyArn })), attached);
  await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'holder' }));
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowing('s3:GetObject') }));
  await assertRefused(iam.send(new DeletePolicyCommand({ PolicyArn })), { code: 'DeleteConflict', status: 409, message: 'This policy has more than one version. Before you delete a policy, you must delete the policy\'s versions. The default version is deleted with the policy.' });
  await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v2' }));
  await iam.send(new DeletePolicyCommand({ PolicyArn }));
  await assertRefused(iam.send(new DeletePolicyCommand({ PolicyArn })), notFound(PolicyArn));
  assert.equal(await create('used'), PolicyArn);
});

test('ListPolicies shows the account\'s own and AWS\'s, each once, whatever the page size', async () => {
  await create('ReadOnlyAccess');
  const all = await listAll({ MaxItems: 333 });
  const own = await listAll({ Scope: 'Local', MaxItems: 2 });
  const aws = await listAll({ Scope: 'AWS', MaxItems: 1000 });
  assert.ok(aws.length > 1000);
  assert.ok(aws.every(({ Arn }) => Arn?.startsWith('arn:aws:iam::aws:policy/')));
  assert.ok(own.every(({ Arn }) => Arn?.startsWith(`arn:aws:iam::${gatehouse.account}:policy/`)));
  assert.equal(new Set(all.map(({ Arn }) => Arn)).size, all.length);
  assert.equal(all.length, own.length + aws.length);
  assert.equal((await iam.send(new ListPoliciesCommand({}))).Policies?.length, 100);
});

test('ListPolicies leaves descriptions and tags out, and filters by path and use', async () => {
  await create('attached', { Path: '/listed/' });
  await create('bounding', { Path: '/listed/' });
  await create('idle', { Path: '/listed/deeper/' });
  await iam.send(new CreateUserCommand({ UserName: 'listed', PermissionsBoundary: arnOf('bounding', '/listed/') }));
  await iam.send(new AttachUserPolicyCommand({ UserName: 'listed', PolicyArn: arnOf('attached', '/listed/') }));
  const names = async (input: ListPoliciesCommandInput) => (await listAll({ Scope: 'Local', PathPrefix: '/listed/', ...input })).map(({ PolicyName }) => PolicyName);
  assert.deepEqual(await names({}), ['attached', 'bounding', 'idle']);
  assert.deepEqual(await names({ PathPrefix: '/listed/deeper/' }), ['idle']);
  assert.deepEqual(await names({ OnlyAttached: true }), ['attached', 'bounding']);
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsPolicy' }), ['attached']);
  assert.deepEqual(await names({ PolicyUsageFilter: 'PermissionsBoundary' }), ['bounding']);
  const [readers] = await listAll({ Scope: 'Local', PathPrefix: '/eng/' });
  assert.deepEqual({ name: readers?.PolicyName, description: readers?.Description, tags: readers?.Tags }, { name: 'Readers', description: undefined, tags: undefined });
  const [attached, bounding] = await listAll({ Scope: 'Local', PathPrefix: '/listed/' });
  assert.deepEqual([attached?.AttachmentCount, attached?.PermissionsBoundaryUsageCount, bounding?.AttachmentCount, bounding?.PermissionsBoundaryUsageCount], [1, 0, 0, 1]);
});

test('A marker of another list is invalid', async () => {
  const { Marker } = await iam.send(new ListPoliciesCommand({ MaxItems: 1 }));
  await assertRefused(iam.send(new ListPolicyVersionsCommand({ PolicyArn: readOnlyAccess, Marker })), { code: 'ValidationError', status: 400, message: 'Invalid Marker.' });
});
