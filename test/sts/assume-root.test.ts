/** AssumeRoot: who gets a session of which account's root, what it may do, and how it shows. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { CreateBucketCommand, DeleteBucketCommand, DeleteBucketPolicyCommand, GetBucketPolicyCommand, ListObjectsV2Command, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, AssumeRootCommand, type AssumeRootCommandInput, GetCallerIdentityCommand, GetSessionTokenCommand, GetWebIdentityTokenCommand } from '@aws-sdk/client-sts';
import { decodeJwt } from 'jose';
import { recoverRoot } from '../../src/server/recover-root.ts';
import { startGatehouse, testEpoch, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { Browser } from '../signin/browser.ts';

const management = '111122223333';
const member = '222233334444';
const other = '333344445555';
const taskOf = (name: string) => ({ arn: `arn:aws:iam::aws:policy/root-task/${name}` });
const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

let gatehouse: TestGatehouse;
let memberKey: KeyPair;
let otherKey: KeyPair;
let alice: KeyPair;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'assume root', accountId: management });
  otherKey = await gatehouse.newAccount(other);
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.CreateUserCommand({ UserName: 'alice' }));
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
});
after(() => gatehouse.stop());

const assume = (input: Partial<AssumeRootCommandInput> = {}, key?: KeyPair) => gatehouse.sts(key).send(new AssumeRootCommand({ TargetPrincipal: member, TaskPolicyArn: taskOf('IAMAuditRootUserCredentials'), ...input }));
async function sessionOf(name: string, key?: KeyPair): Promise<KeyPair> {
  const { Credentials } = await assume({ TaskPolicyArn: taskOf(name) }, key);
  return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken };
}
const denied = (target = member, who = `arn:aws:iam::${management}:user/admin`) => ({ code: 'AccessDenied', status: 403, message: `User: ${who} is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::${target}:root` });
const permit = (...statements: object[]) => gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: document(...statements) }));
const features = (key?: KeyPair) => gatehouse.iam(key).send(new iamSdk.ListOrganizationsFeaturesCommand({}));

test('in no organization nobody has members: the same denial, whether the account is there or not', async () => {
  for (const TargetPrincipal of [member, other, management, '999999999999']) await assertRefused(assume({ TargetPrincipal }), denied(TargetPrincipal));
  await assertRefused(features(), { code: 'OrganizationNotFoundException', status: 400, message: /no organization is associated with your account/ });
});

test('a management account switches root sessions on; a member may not, and is told that it is none', async () => {
  memberKey = await gatehouse.newAccount(member, management);
  const { OrganizationId, EnabledFeatures } = await features();
  assert.match(OrganizationId!, /^o-[a-z0-9]{10}$/);
  assert.deepEqual(EnabledFeatures, []);
  await assertRefused(assume(), denied());
  const iam = gatehouse.iam();
  assert.deepEqual((await iam.send(new iamSdk.EnableOrganizationsRootCredentialsManagementCommand({}))).EnabledFeatures, ['RootCredentialsManagement']);
  await assertRefused(assume(), denied());
  assert.deepEqual((await iam.send(new iamSdk.EnableOrganizationsRootSessionsCommand({}))).EnabledFeatures, ['RootCredentialsManagement', 'RootSessions']);
  await assume();
  assert.deepEqual((await iam.send(new iamSdk.DisableOrganizationsRootSessionsCommand({}))).EnabledFeatures, ['RootCredentialsManagement']);
  await assertRefused(assume(), denied());
  await iam.send(new iamSdk.EnableOrganizationsRootSessionsCommand({}));
  await assertRefused(features(memberKey), { code: 'AccountNotManagementOrDelegatedAdministratorException', status: 400, message: /not the management account or delegated administrator/ });
  await assertRefused(gatehouse.iam(memberKey).send(new iamSdk.EnableOrganizationsRootSessionsCommand({})), { code: 'CallerIsNotManagementAccountException', status: 400, message: /not the management account/ });
});

test('only the management account, and only into a member of its own organization', async () => {
  for (const TargetPrincipal of [other, management, '999999999999']) await assertRefused(assume({ TargetPrincipal }), denied(TargetPrincipal));
  for (const TargetPrincipal of [management, member, other]) await assertRefused(assume({ TargetPrincipal }, memberKey), denied(TargetPrincipal, `arn:aws:iam::${member}:user/admin`));
  await assertRefused(assume({}, otherKey), denied(member, `arn:aws:iam::${other}:user/admin`));
});

test('the caller needs sts:AssumeRoot on the member\'s root, by task', async () => {
  const who = `arn:aws:iam::${management}:user/alice`;
  await assertRefused(assume({}, alice), denied(member, who));
  await permit({ Effect: 'Allow', Action: 'sts:AssumeRoot', Resource: `arn:aws:iam::${member}:root`, Condition: { ArnEquals: { 'sts:TaskPolicyArn': taskOf('IAMAuditRootUserCredentials').arn }, StringEquals: { 'aws:ResourceAccount': member, 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } });
  await assume({}, alice);
  await assertRefused(assume({ TaskPolicyArn: taskOf('S3UnlockBucketPolicy') }, alice), denied(member, who));
  await permit({ Effect: 'Allow', Action: 'sts:AssumeRoot', Resource: '*' }, { Effect: 'Deny', Action: 'sts:AssumeRoot', Resource: `arn:aws:iam::${member}:root` });
  await assertRefused(assume({}, alice), denied(member, who));
  await permit({ Effect: 'Allow', Action: 'sts:AssumeRoot', Resource: '*' });
});

test('root, and sessions of users, may not; a role may', async () => {
  await assertRefused(assume({}, gatehouse.root), { code: 'AccessDenied', status: 403, message: 'AssumeRoot may not be called by root accounts.' });
  const { Credentials } = await gatehouse.sts(alice).send(new GetSessionTokenCommand({}));
  await assertRefused(assume({}, { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken }), { code: 'AccessDenied', status: 403, message: 'Cannot call AssumeRoot with session credentials' });
  await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName: 'security', AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: management }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }) }));
  await gatehouse.iam().send(new iamSdk.AttachRolePolicyCommand({ RoleName: 'security', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  const role = (await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${management}:role/security`, RoleSessionName: 'session', SourceIdentity: 'someone' }))).Credentials!;
  const answer = await assume({}, { accessKeyId: role.AccessKeyId!, secretAccessKey: role.SecretAccessKey!, sessionToken: role.SessionToken });
  assert.equal(answer.SourceIdentity, 'someone');
});

test('the target is an account or its root, the task one of five, the time at most a quarter of an hour', async () => {
  await assume({ TargetPrincipal: `arn:aws:iam::${member}:root` });
  for (const TargetPrincipal of [`arn:aws:iam::${member}:user/admin`, '22223333444x', `arn:aws:sts::${member}:root`, `arn:aws:iam:us-east-1:${member}:root`, 'root-of-member']) await assertRefused(assume({ TargetPrincipal }), { code: 'ValidationError', status: 400, message: `${TargetPrincipal} is invalid` });
  for (const arn of ['arn:aws:iam::aws:policy/AdministratorAccess', 'arn:aws:iam::aws:policy/root-task/Other', `arn:aws:iam::${management}:policy/root-task/IAMAuditRootUserCredentials`]) await assertRefused(assume({ TaskPolicyArn: { arn } }), { code: 'ValidationError', status: 400, message: `${arn} is not a valid task policy` });
  await assertRefused(assume({ DurationSeconds: 901 }), { code: 'ValidationError', status: 400, message: /less than or equal to 900/ });
  assert.deepEqual((await assume({ DurationSeconds: 0 })).Credentials?.Expiration, new Date(testEpoch));
  assert.deepEqual((await assume()).Credentials?.Expiration, new Date(testEpoch + 900_000));
});

test('a session is root of the member: so it calls itself, so it is recorded, and so a condition sees it', async () => {
  const key = await sessionOf('IAMAuditRootUserCredentials');
  const identity = await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  assert.deepEqual([identity.Account, identity.Arn, identity.UserId], [member, `arn:aws:iam::${member}:root`, member]);
  const record = gatehouse.auditRecords.at(-1) as { readonly userIdentity: object; readonly recipientAccountId: string };
  assert.deepEqual([record.userIdentity, record.recipientAccountId], [{
    type: 'Root', principalId: member, arn: `arn:aws:iam::${member}:root`, accountId: member, accessKeyId: key.accessKeyId,
    sessionContext: { attributes: { creationDate: '2026-11-23T10:00:00Z', mfaAuthenticated: 'false' }, assumedRoot: 'true' },
  }, member]);
});

test('a session may do its task and nothing else, though it is root\'s', async () => {
  const readers: readonly [string, (key: KeyPair) => Promise<unknown>][] = [
    ['ListAccessKeys', (key) => gatehouse.iam(key).send(new iamSdk.ListAccessKeysCommand({}))],
    ['GetAccountSummary', (key) => gatehouse.iam(key).send(new iamSdk.GetAccountSummaryCommand({}))],
    ['GetUser', (key) => gatehouse.iam(key).send(new iamSdk.GetUserCommand({}))],
    ['ListMFADevices', (key) => gatehouse.iam(key).send(new iamSdk.ListMFADevicesCommand({}))],
    ['ListSigningCertificates', (key) => gatehouse.iam(key).send(new iamSdk.ListSigningCertificatesCommand({}))],
    ['GetLoginProfile', (key) => gatehouse.iam(key).send(new iamSdk.GetLoginProfileCommand({}))],
  ];
  const audit = await sessionOf('IAMAuditRootUserCredentials');
  for (const [, read] of readers) await read(audit);
  const s3 = await sessionOf('S3UnlockBucketPolicy');
  const refused = (action: string) => ({ code: 'AccessDenied', status: 403, message: new RegExp(`is not authorized to perform: ${action} on resource: .* with an explicit deny in an identity-based policy: arn:aws:iam::aws:policy/root-task/`) });
  for (const [name, read] of readers) await assertRefused(read(s3), refused(`iam:${name}`));
  for (const key of [audit, s3]) {
    await assertRefused(gatehouse.iam(key).send(new iamSdk.CreateAccessKeyCommand({})), refused('iam:CreateAccessKey'));
    await assertRefused(gatehouse.iam(key).send(new iamSdk.ListUsersCommand({})), refused('iam:ListUsers'));
    await assertRefused(gatehouse.sts(key).send(new AssumeRootCommand({ TargetPrincipal: member, TaskPolicyArn: taskOf('S3UnlockBucketPolicy') })), { code: 'AccessDenied', status: 403, message: /not authorized to perform: sts:AssumeRoot/ });
    await assertRefused(gatehouse.sts(key).send(new GetSessionTokenCommand({})), { code: 'AccessDenied', status: 403, message: 'Cannot call GetSessionToken with session credentials' });
    await assertRefused(gatehouse.sts(key).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`, RoleSessionName: 'session' })), { code: 'AccessDenied', status: 403, message: /not authorized to perform: sts:AssumeRole/ });
  }
  // Not even the task, on anything but root.
  await assertRefused(gatehouse.iam(audit).send(new iamSdk.ListAccessKeysCommand({ UserName: 'admin' })), refused('iam:ListAccessKeys'));
});

test('root\'s credentials are found and deleted, step by step, as AWS\'s own scripts do it', async () => {
  const { plane } = gatehouse;
  const rootKey = 'AKIAMEMBERROOTKEYAAA';
  await plane.store.write(member, { by: 'test', requestId: 'test', action: 'test:Key' }, (draft) => {
    draft.partition.foreignAccessKeys.insert({ AccessKeyId: rootKey, AccountId: member });
    draft.accessKeys.insert({ AccessKeyId: rootKey, PrincipalId: member, Status: 'Active', CreateDate: testEpoch, SecretAccessKey: plane.seal.seal('s'.repeat(40), { account: member, table: 'accessKeys', key: rootKey, field: 'SecretAccessKey' }) });
  });
  const asRoot = gatehouse.sts({ accessKeyId: rootKey, secretAccessKey: 's'.repeat(40) });
  await asRoot.send(new GetCallerIdentityCommand({}));
  const iam = gatehouse.iam(await sessionOf('IAMDeleteRootUserCredentials'));
  assert.deepEqual((await iam.send(new iamSdk.ListAccessKeysCommand({}))).AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId), [rootKey]);
  await iam.send(new iamSdk.DeleteAccessKeyCommand({ AccessKeyId: rootKey }));
  await assertRefused(asRoot.send(new GetCallerIdentityCommand({})), { code: 'InvalidClientTokenId', status: 403, message: /invalid/ });
  assert.ok((await iam.send(new iamSdk.GetLoginProfileCommand({}))).LoginProfile?.CreateDate);
  await iam.send(new iamSdk.DeleteLoginProfileCommand({}));
  assert.equal(plane.store.partition.accounts.find(member)?.PasswordHash, undefined);
  for (const gone of [() => iam.send(new iamSdk.GetLoginProfileCommand({})), () => iam.send(new iamSdk.DeleteLoginProfileCommand({}))]) await assertRefused(gone(), { code: 'NoSuchEntity', status: 404, message: /Login Profile for User root cannot be found/ });
});

test('root whose sign-in was taken away recovers no password until it is given back: by the API, the summary, the report, the sign-in and the audit log', async () => {
  const { plane } = gatehouse;
  const { store, consoleSessions, audit, clock, random } = plane;
  const recover = () => recoverRoot({ store, consoleSessions, audit, clock, random }, { accountId: member, isPasswordLost: true, isMfaLost: false });
  const present = async () => (await gatehouse.iam(memberKey).send(new iamSdk.GetAccountSummaryCommand({}))).SummaryMap?.['AccountPasswordPresent'];
  const before = store.partition.accounts.find(member)!;
  assert.equal(await present(), 0);
  await assert.rejects(recover(), { name: 'AccessDenied', message: /Root of 222233334444 may not sign in: the management account of its organization took its password away/ });
  assert.equal(store.partition.accounts.find(member), before, 'a refused recovery changes nothing');

  // Another task's session does not give it back, and this one's gives back no more than that.
  for (const name of ['IAMAuditRootUserCredentials', 'IAMDeleteRootUserCredentials', 'S3UnlockBucketPolicy']) await assertRefused(gatehouse.iam(await sessionOf(name)).send(new iamSdk.CreateLoginProfileCommand({})), { code: 'AccessDenied', status: 403, message: /not authorized to perform: iam:CreateLoginProfile/ });
  const iam = gatehouse.iam(await sessionOf('IAMCreateRootUserPassword'));
  await assertRefused(iam.send(new iamSdk.CreateLoginProfileCommand({ UserName: 'admin', Password: 'Chosen-By-Manager-1' })), { code: 'AccessDenied', status: 403, message: /not authorized to perform: iam:CreateLoginProfile/ });
  await assertRefused(iam.send(new iamSdk.CreateLoginProfileCommand({ Password: 'Chosen-By-Manager-1' })), { code: 'ValidationError', status: 400, message: /must be omitted/ });
  await assertRefused(iam.send(new iamSdk.CreateLoginProfileCommand({ PasswordResetRequired: true })), { code: 'ValidationError', status: 400, message: /must be omitted/ });
  for (const not of [new iamSdk.CreateAccessKeyCommand({}), new iamSdk.ListAccessKeysCommand({}), new iamSdk.CreateUserCommand({ UserName: 'spare' })] as const) await assertRefused(iam.send(not as never), { code: 'AccessDenied', status: 403, message: /root-task\/IAMCreateRootUserPassword/ });
  gatehouse.clock.advance(60_000);
  const { LoginProfile } = await iam.send(new iamSdk.CreateLoginProfileCommand({}));
  assert.deepEqual([LoginProfile?.CreateDate, LoginProfile?.PasswordResetRequired], [new Date(testEpoch + 60_000), false]);
  const record = gatehouse.auditRecords.at(-1) as { readonly eventName: string; readonly recipientAccountId: string; readonly userIdentity: { readonly sessionContext: { readonly assumedRoot: string } }; readonly requestParameters: unknown };
  assert.deepEqual([record.eventName, record.recipientAccountId, record.userIdentity.sessionContext.assumedRoot], ['CreateLoginProfile', member, 'true']);
  assert.deepEqual((await iam.send(new iamSdk.GetLoginProfileCommand({}))).LoginProfile, LoginProfile);
  assert.equal(await present(), 1);
  await assertRefused(iam.send(new iamSdk.CreateLoginProfileCommand({})), { code: 'EntityAlreadyExists', status: 409, message: 'Login Profile for user root already exists.' });

  // Nobody knows a password yet, the one before least of all.
  const root = { kind: 'root', email: before.Email };
  assert.equal((await new Browser(gatehouse).post('password', { ...root, password: '' })).status, 400);
  for (const password of ['Chosen-By-Manager-1', 'undefined', before.PasswordHash ?? 'x']) assert.equal((await new Browser(gatehouse).post('password', { ...root, password })).status, 401);
  const { rootPassword = '' } = await recover();
  assert.deepEqual([Reflect.get(gatehouse.auditRecords.at(-1)!, 'eventName'), Reflect.get(gatehouse.auditRecords.at(-1)!, 'recipientAccountId')], ['PasswordRecoveryCompleted', member]);
  const first = await new Browser(gatehouse).signIn({ ...root, password: rootPassword });
  assert.equal(first.step, 'newPassword');
  const browser = new Browser(gatehouse);
  assert.equal((await browser.post('new-password', { flow: first.flow, oldPassword: rootPassword, newPassword: 'Member-Root-9' })).value['step'], 'signedIn');
  assert.deepEqual((await gatehouse.iam(await sessionOf('IAMAuditRootUserCredentials')).send(new iamSdk.GetLoginProfileCommand({}))).LoginProfile?.CreateDate, LoginProfile?.CreateDate);
  await gatehouse.iam(memberKey).send(new iamSdk.GenerateCredentialReportCommand({}));
  const report = Buffer.from((await gatehouse.iam(memberKey).send(new iamSdk.GetCredentialReportCommand({}))).Content!).toString();
  assert.match(report.split('\n')[1]!, new RegExp(`^<root_account>,arn:aws:iam::${member}:root,[^,]+,not_supported,2026-[^,]+,not_supported,not_supported,`));

  // Taken away once more, its session goes with it.
  await gatehouse.iam(await sessionOf('IAMDeleteRootUserCredentials')).send(new iamSdk.DeleteLoginProfileCommand({}));
  assert.equal((await browser.get('session')).status, 401);
  assert.equal((await new Browser(gatehouse).post('password', { ...root, password: 'Member-Root-9' })).status, 401);
  await assert.rejects(recover(), { name: 'AccessDenied' });
});

test('a bucket whose policy shuts everybody out is opened again by a session for just that', async () => {
  const owner = gatehouse.s3(memberKey);
  await owner.send(new CreateBucketCommand({ Bucket: 'locked' }));
  const Policy = document({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::locked', 'arn:aws:s3:::locked/*'] });
  await owner.send(new PutBucketPolicyCommand({ Bucket: 'locked', Policy, ConfirmRemoveSelfBucketAccess: true }));
  const denied = { name: 'AccessDenied' };
  for (const attempt of [() => owner.send(new DeleteBucketPolicyCommand({ Bucket: 'locked' })), () => owner.send(new GetBucketPolicyCommand({ Bucket: 'locked' }))]) await assert.rejects(attempt(), denied);
  const unlocking = gatehouse.s3(await sessionOf('S3UnlockBucketPolicy'));
  assert.equal((await unlocking.send(new GetBucketPolicyCommand({ Bucket: 'locked' }))).Policy, Policy);
  await assert.rejects(unlocking.send(new DeleteBucketCommand({ Bucket: 'locked' })), denied);
  await assert.rejects(gatehouse.s3(await sessionOf('IAMAuditRootUserCredentials')).send(new DeleteBucketPolicyCommand({ Bucket: 'locked' })), denied);
  await unlocking.send(new DeleteBucketPolicyCommand({ Bucket: 'locked' }));
  await owner.send(new ListObjectsV2Command({ Bucket: 'locked' }));
});

test('a session ends after its time, and a token is bound to its key', async () => {
  const key = await sessionOf('IAMAuditRootUserCredentials');
  const another = await sessionOf('IAMAuditRootUserCredentials');
  await assertRefused(gatehouse.sts({ ...key, sessionToken: another.sessionToken }).send(new GetCallerIdentityCommand({})), { code: 'InvalidClientTokenId', status: 403, message: /invalid/ });
  gatehouse.clock.advance(900_000);
  await assertRefused(gatehouse.sts(key).send(new GetCallerIdentityCommand({})), { code: 'ExpiredToken', status: 403, message: 'The security token included in the request is expired' });
});

test('the management account reaches a member by OrganizationAccountAccessRole, and tokens say the organization', async () => {
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`, RoleSessionName: 'session' }));
  const key = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken };
  await gatehouse.iam(key).send(new iamSdk.EnableOutboundWebIdentityFederationCommand({}));
  const { WebIdentityToken } = await gatehouse.sts(key).send(new GetWebIdentityTokenCommand({ Audience: ['a'], SigningAlgorithm: 'ES384' }));
  const { OrganizationId } = await features();
  const { org_id: id, ou_path: path } = decodeJwt(WebIdentityToken!)['https://sts.amazonaws.com/'] as { readonly org_id: string; readonly ou_path: readonly string[] };
  assert.equal(id, OrganizationId);
  assert.match(path.join(), new RegExp(`^${OrganizationId}/r-[a-z0-9]{4}/$`));
  await assertRefused(gatehouse.sts(otherKey).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`, RoleSessionName: 'session' })), { code: 'AccessDenied', status: 403, message: /sts:AssumeRole/ });
});

test('a member cannot itself manage, nor be its own manager', async () => {
  await assert.rejects(gatehouse.newAccount('444455556666', member), /is itself a member of the organization of 111122223333/);
  await assert.rejects(gatehouse.newAccount('444455556666', '999999999999'), /There is no account 999999999999/);
  await assert.rejects(gatehouse.newAccount('444455556666', '444455556666'), /There is no account/);
  assert.equal(gatehouse.plane.store.partition.accounts.find('444455556666'), undefined, 'nothing was made');
});
