/** Roles and their trust policies, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { allowing, trusting } from './documents.ts';
import { assertRefused, beyondQuota, noSuch } from './refusal.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'roles' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const other = '444455556666';
const ec2 = trusting('Service', 'ec2.amazonaws.com');
const arnOf = (resource: string): string => `arn:aws:iam::${gatehouse.account}:${resource}`;
const create = (RoleName: string, options: Partial<sdk.CreateRoleCommandInput> = {}) => iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: ec2, ...options }));
const read = async (RoleName: string) => (await iam.send(new sdk.GetRoleCommand({ RoleName }))).Role!;
const trustOf = async (RoleName: string): Promise<string> => decodeURIComponent((await read(RoleName)).AssumeRolePolicyDocument!);
const malformed = (message: string) => ({ code: 'MalformedPolicyDocument', status: 400, message });
const invalidPrincipal = (element: string, text: string) => malformed(`Invalid principal in policy: "${element}":"${text}"`);

test('CreateRole answers the role, GetRole the same and an empty RoleLastUsed', async () => {
  await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'bound', PolicyDocument: allowing('s3:*') }));
  const { Role } = await create('Auditor', {
    Path: '/svc/', Description: 'audits', MaxSessionDuration: 7200, PermissionsBoundary: arnOf('policy/bound'), Tags: [{ Key: 'team', Value: 'red' }],
  });
  assert.match(Role?.RoleId ?? '', /^AROA[A-Z2-7]{17}$/);
  const expected = {
    Path: '/svc/', RoleName: 'Auditor', RoleId: Role?.RoleId, Arn: arnOf('role/svc/Auditor'), CreateDate: new Date('2026-11-23T10:00:00Z'), AssumeRolePolicyDocument: encodeURIComponent(ec2),
    Description: 'audits', MaxSessionDuration: 7200, PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arnOf('policy/bound') }, Tags: [{ Key: 'team', Value: 'red' }],
  };
  assert.deepEqual(Role, expected);
  assert.deepEqual(await read('AUDITOR'), { ...expected, RoleLastUsed: {} });
});

test('CreateRole answers MaxSessionDuration only if it was sent, GetRole one hour then', async () => {
  assert.equal((await create('plain')).Role?.MaxSessionDuration, undefined);
  const role = await read('plain');
  assert.deepEqual([role.MaxSessionDuration, role.Path, role.Description, role.Tags, role.PermissionsBoundary], [3600, '/', undefined, undefined, undefined]);
});

test('CreateRole: a name is taken whatever its path and letter case', async () => {
  await create('Taken', { Path: '/a/' });
  await assertRefused(create('tAKEN', { Path: '/b/' }), { code: 'EntityAlreadyExists', status: 409, message: 'Role with name tAKEN already exists.' });
});

test('CreateRole refuses paths of AWS\'s own roles, tags that repeat a key, and durations out of range', async () => {
  await assertRefused(create('linked', { Path: '/aws-service-role/ec2.amazonaws.com/' }), { code: 'InvalidInput', status: 400, message: /reserved/ });
  await assertRefused(create('tagged', { Tags: [{ Key: 'Team', Value: '1' }, { Key: 'team', Value: '2' }] }), { code: 'InvalidInput', status: 400, message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
  await assertRefused(create('long', { MaxSessionDuration: 43_201 }), { code: 'ValidationError', status: 400, message: /maxSessionDuration/ });
});

test('RoleLastUsed says when and where', async () => {
  const { Role } = await create('used');
  gatehouse.plane.lastUsed.mark(Role!.RoleId!, { at: gatehouse.clock.now, service: 'sts', region: 'eu-west-1' });
  assert.deepEqual((await read('used')).RoleLastUsed, { LastUsedDate: new Date(gatehouse.clock.now), Region: 'eu-west-1' });
});

test('ListRoles pages through a path in order of name, without boundary, tags and last use', async () => {
  for (const name of ['z', 'B', 'a']) await create(`listed-${name}`, { Path: '/listed/', Tags: [{ Key: 'k', Value: 'v' }], PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' });
  const first = await iam.send(new sdk.ListRolesCommand({ PathPrefix: '/list', MaxItems: 2 }));
  assert.deepEqual(first.Roles?.map(({ RoleName }) => RoleName), ['listed-a', 'listed-B']);
  const rest = await iam.send(new sdk.ListRolesCommand({ PathPrefix: '/list', MaxItems: 2, Marker: first.Marker }));
  assert.deepEqual([rest.Roles?.map(({ RoleName }) => RoleName), first.IsTruncated, rest.IsTruncated], [['listed-z'], true, false]);
  assert.deepEqual(Object.keys(first.Roles![0]!).toSorted(), ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'MaxSessionDuration', 'Path', 'RoleId', 'RoleName']);
});

test('UpdateRole changes what is sent, UpdateRoleDescription the description', async () => {
  await create('changing', { Description: 'one', MaxSessionDuration: 4000 });
  await iam.send(new sdk.UpdateRoleCommand({ RoleName: 'changing', Description: 'two' }));
  await iam.send(new sdk.UpdateRoleCommand({ RoleName: 'changing', MaxSessionDuration: 5000 }));
  const role = await read('changing');
  assert.deepEqual([role.Description, role.MaxSessionDuration], ['two', 5000]);
  const { Role } = await iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: 'changing', Description: 'three' }));
  assert.deepEqual([Role?.Description, Role?.RoleId, (await read('changing')).Description], ['three', role.RoleId, 'three']);
  await assertRefused(iam.send(new sdk.UpdateRoleCommand({ RoleName: 'absent' })), noSuch('role', 'absent'));
  await assertRefused(iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: 'absent', Description: 'x' })), noSuch('role', 'absent'));
});

test('UpdateAssumeRolePolicy replaces the trust policy, read back byte for byte', async () => {
  await create('trusting');
  const PolicyDocument = `\t${trusting('AWS', [gatehouse.account, arnOf('root')])}  `;
  await iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'trusting', PolicyDocument }));
  assert.equal(await trustOf('trusting'), PolicyDocument);
  await assertRefused(iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'absent', PolicyDocument: '{' })), noSuch('role', 'absent'));
  await assertRefused(iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'trusting', PolicyDocument: '{' })), malformed('This policy contains invalid Json'));
});

test('A trust policy has up to 2,048 characters, whitespace not counted', async () => {
  const padded = (size: number): string => {
    const short = JSON.stringify({ Version: '2012-10-17', Statement: { Sid: 'x', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } });
    return short.replace('"x"', `"${'x'.repeat(size - short.length + 1)}"`);
  };
  await create('largest', { AssumeRolePolicyDocument: `\n${padded(2048)}   ` });
  await assertRefused(create('larger', { AssumeRolePolicyDocument: padded(2049) }), beyondQuota('ACLSizePerRole', 2048));
});

test('DeleteRole removes the role; one of that name made later is another', async () => {
  const { Role } = await create('fleeting');
  await iam.send(new sdk.DeleteRoleCommand({ RoleName: 'FLEETING' }));
  await assertRefused(iam.send(new sdk.DeleteRoleCommand({ RoleName: 'fleeting' })), noSuch('role', 'fleeting'));
  assert.notEqual((await create('fleeting')).Role?.RoleId, Role?.RoleId);
});

test('Every form of principal that exists may be trusted', async () => {
  const key = await gatehouse.newAccount(other);
  await iam.send(new sdk.CreateUserCommand({ UserName: 'trusted', Path: '/people/' }));
  await create('trusted', { Path: '/svc/' });
  const { User } = await gatehouse.iam(key).send(new sdk.CreateUserCommand({ UserName: 'theirs' }));
  const principals = [
    '*', gatehouse.account, other, `arn:aws:iam::${other}:root`, arnOf('user/people/trusted'), arnOf('role/svc/trusted'), User!.Arn!,
    `arn:aws:sts::${gatehouse.account}:assumed-role/trusted/session`, `arn:aws:sts::${gatehouse.account}:federated-user/bob`,
  ];
  for (const [index, principal] of principals.entries()) {
    const AssumeRolePolicyDocument = trusting('AWS', principal);
    await create(`trusts-${index}`, { AssumeRolePolicyDocument });
    assert.equal(await trustOf(`trusts-${index}`), AssumeRolePolicyDocument);
  }
  await create('trusts-services', { AssumeRolePolicyDocument: trusting('Service', ['lambda.amazonaws.com', 'delivery.logs.amazonaws.com', 's3.eu-west-1.amazonaws.com']) });
  await create('trusts-google', { AssumeRolePolicyDocument: trusting('Federated', 'accounts.google.com', 'sts:AssumeRoleWithWebIdentity') });
  await create('trusts-saml', { AssumeRolePolicyDocument: trusting('Federated', arnOf('saml-provider/corp'), 'sts:AssumeRoleWithSAML') });
});

test('A principal that does not exist, or is none, is invalid', async () => {
  const users = ['user/absent', 'user/wrong-path/trusted', 'user/people/TRUSTED', 'role/trusted', 'group/any', 'user/*', 'role/svc/*', 'policy/bound'].map(arnOf);
  const others = ['000000000000', `arn:aws:iam::000000000000:root`, `arn:aws:iam::${other}:user/absent`, `arn:aws:sts::${gatehouse.account}:assumed-role/absent/session`, `arn:aws-cn:iam::${gatehouse.account}:root`, 'AIDAABSENTABSENTABSEN', 'alice'];
  for (const principal of [...users, ...others]) await assertRefused(create('untrusting', { AssumeRolePolicyDocument: trusting('AWS', principal) }), invalidPrincipal('AWS', principal));
  for (const principal of ['ec2', 'ec2.example.com', 'ec2.amazonaws.com.example', '*']) {
    await assertRefused(create('untrusting', { AssumeRolePolicyDocument: trusting('Service', principal) }), invalidPrincipal('SERVICE', principal));
  }
  await assertRefused(create('untrusting', { AssumeRolePolicyDocument: trusting('Federated', 'arn:aws:iam::000000000000:saml-provider/corp', 'sts:AssumeRoleWithSAML') }), invalidPrincipal('FEDERATED', 'arn:aws:iam::000000000000:saml-provider/corp'));
  await assertRefused(iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'trusted', PolicyDocument: trusting('AWS', arnOf('user/absent')) })), invalidPrincipal('AWS', arnOf('user/absent')));
  await assertRefused(read('untrusting'), noSuch('role', 'untrusting'));
});

test('A trusted user that is deleted is shown as its unique id, also when a user of that name is made again', async () => {
  const { User } = await iam.send(new sdk.CreateUserCommand({ UserName: 'leaving' }));
  const Condition = { ArnEquals: { 'aws:PrincipalArn': User!.Arn! } };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: [gatehouse.account, User!.Arn!] }, Action: 'sts:AssumeRole', Condition }] }, undefined, 1);
  await create('left', { AssumeRolePolicyDocument: text });
  await iam.send(new sdk.DeleteUserCommand({ UserName: 'leaving' }));
  const shown = text.replace(`"${User!.Arn!}"`, `"${User!.UserId!}"`);
  assert.equal(await trustOf('left'), shown);
  await iam.send(new sdk.CreateUserCommand({ UserName: 'leaving' }));
  assert.equal(await trustOf('left'), shown);
  const { Roles } = await iam.send(new sdk.ListRolesCommand({}));
  assert.equal(decodeURIComponent(Roles!.find(({ RoleName }) => RoleName === 'left')!.AssumeRolePolicyDocument!), shown);
  await assertRefused(iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: 'left', PolicyDocument: shown })), invalidPrincipal('AWS', User!.UserId!));
});

test('A trusted user that is renamed is shown under its new ARN', async () => {
  const { User } = await iam.send(new sdk.CreateUserCommand({ UserName: 'maiden' }));
  await create('follows', { AssumeRolePolicyDocument: trusting('AWS', User!.Arn!) });
  await iam.send(new sdk.UpdateUserCommand({ UserName: 'maiden', NewUserName: 'married', NewPath: '/new/' }));
  assert.equal(await trustOf('follows'), trusting('AWS', arnOf('user/new/married')));
});

test('A user made again under a trusted name is not trusted', async () => {
  const keyOf = async (UserName: string) => {
    const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName }));
    return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  };
  const { User } = await iam.send(new sdk.CreateUserCommand({ UserName: 'again' }));
  await create('once', { AssumeRolePolicyDocument: trusting('AWS', User!.Arn!) });
  const key = await keyOf('again');
  const assume = (by: typeof key) => gatehouse.sts(by).send(new AssumeRoleCommand({ RoleArn: arnOf('role/once'), RoleSessionName: 'session' }));
  await assume(key);
  await iam.send(new sdk.DeleteAccessKeyCommand({ UserName: 'again', AccessKeyId: key.accessKeyId }));
  await iam.send(new sdk.DeleteUserCommand({ UserName: 'again' }));
  await iam.send(new sdk.CreateUserCommand({ UserName: 'again' }));
  const denied = { code: 'AccessDenied', status: 403, message: new RegExp(`^User: ${User!.Arn} is not authorized to perform: sts:AssumeRole on resource: ${arnOf('role/once')}`) };
  await assertRefused(assume(await keyOf('again')), denied);
});

test('Quotas of an account are held: 1,000 roles, 1,500 policies', async () => {
  const crowded = '121212121212';
  const client = gatehouse.iam(await gatehouse.newAccount(crowded));
  await gatehouse.plane.store.write(crowded, { by: 'test', requestId: 'test', action: 'test:Fill' }, (draft) => {
    const CreateDate = gatehouse.clock.now;
    for (let i = draft.roles.size; i < 999; i++) draft.roles.insert({ RoleId: `AROA${i}`, RoleName: `r${i}`, Path: '/', CreateDate, TrustPolicy: { Document: ec2, PrincipalIds: {} } });
    for (let i = draft.policies.size; i < 1499; i++) draft.policies.insert({ PolicyId: `ANPA${i}`, PolicyName: `p${i}`, Path: '/', CreateDate, UpdateDate: CreateDate, DefaultVersionId: 'v1', LatestVersion: 1 });
  });
  const role = (RoleName: string) => client.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: ec2 }));
  const policy = (PolicyName: string) => client.send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument: allowing('s3:*') }));
  // Two at once for one place: the draft that comes second sees the first.
  const outcomes = await Promise.allSettled([role('last'), role('late'), policy('last'), policy('late')]);
  assert.deepEqual(outcomes.map(({ status }) => status), ['fulfilled', 'rejected', 'fulfilled', 'rejected']);
  await assertRefused(role('later'), beyondQuota('RolesPerAccount', 1000));
  await assertRefused(policy('later'), beyondQuota('PoliciesPerAccount', 1500));
});

test('A role that is AWS\'s cannot be changed by its account; the description of a service-linked one can', async () => {
  await gatehouse.plane.store.write(gatehouse.account, { by: 'test', requestId: 'test', action: 'test:Insert' }, (draft) => {
    const role = { CreateDate: gatehouse.clock.now, TrustPolicy: { Document: ec2, PrincipalIds: {} } };
    draft.roles.insert({ ...role, RoleId: 'AROALINKED', RoleName: 'AWSServiceRoleForX', Path: '/aws-service-role/x.amazonaws.com/' });
    draft.roles.insert({ ...role, RoleId: 'AROARESERVED', RoleName: 'AWSReservedSSO_X', Path: '/aws-reserved/sso.amazonaws.com/' });
  });
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const inline = { PolicyName: 'p', PolicyDocument: allowing('s3:*') };
  for (const RoleName of ['AWSServiceRoleForX', 'AWSReservedSSO_X']) {
    const changes: readonly (() => Promise<unknown>)[] = [
      () => iam.send(new sdk.UpdateRoleCommand({ RoleName, MaxSessionDuration: 4000 })),
      () => iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: ec2 })),
      () => iam.send(new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn })),
      () => iam.send(new sdk.DetachRolePolicyCommand({ RoleName, PolicyArn })),
      () => iam.send(new sdk.PutRolePolicyCommand({ RoleName, ...inline })),
      () => iam.send(new sdk.DeleteRolePolicyCommand({ RoleName, PolicyName: 'p' })),
      () => iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: PolicyArn })),
      () => iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName })),
      () => iam.send(new sdk.DeleteRoleCommand({ RoleName })),
    ];
    const unmodifiable = { code: 'UnmodifiableEntity', status: 400, message: `Cannot perform the operation on the protected role '${RoleName}' - this role is only modifiable by AWS` };
    for (const change of changes) await assertRefused(change(), unmodifiable);
  }
  await iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: 'AWSServiceRoleForX', Description: 'ours' }));
  await iam.send(new sdk.UpdateRoleCommand({ RoleName: 'AWSServiceRoleForX', Description: 'still ours' }));
  assert.equal((await read('AWSServiceRoleForX')).Description, 'still ours');
  await assertRefused(iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: 'AWSReservedSSO_X', Description: 'ours' })), { code: 'UnmodifiableEntity', status: 400, message: /AWSReservedSSO_X/ });
});

test('RoleLastUsed tells of 400 days and no more', async () => {
  const lastUsed = async () => (await read('used')).RoleLastUsed;
  const { LastUsedDate } = (await lastUsed())!;
  gatehouse.clock.advance(LastUsedDate!.getTime() + 400 * 86_400_000 - gatehouse.clock.now);
  assert.deepEqual((await lastUsed())?.LastUsedDate, LastUsedDate);
  gatehouse.clock.advance(1_000);
  assert.deepEqual(await lastUsed(), {});
});
