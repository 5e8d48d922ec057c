/** Who can access what: which principals may do something, what a principal may do, which statements say so, and what of that nobody may see. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { callQuery, textOf } from '../signed-call.ts';

const account = '111122223333';
const arnOf = (rest: string): string => `arn:aws:iam::${account}:${rest}`;
const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

let gatehouse: TestGatehouse;
let carol: KeyPair;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'access' });
  const iam = gatehouse.iam();
  for (const UserName of ['alice', 'bob', 'carol', 'dave']) await iam.send(new sdk.CreateUserCommand({ UserName, Tags: [{ Key: 'team', Value: UserName === 'bob' ? 'red' : 'blue' }] }));
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'readers' }));
  await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'readers', PolicyName: 'read', PolicyDocument: document({ Sid: 'Roles', Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }) }));
  for (const UserName of ['alice', 'dave']) await iam.send(new sdk.AddUserToGroupCommand({ UserName, GroupName: 'readers' }));
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'office', PolicyDocument: document({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, StringEquals: { 'aws:PrincipalTag/team': 'red' } } }) }));
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'carol', PolicyName: 'blue', PolicyDocument: document({ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }) }));
  const { Policy } = await iam.send(new sdk.CreatePolicyCommand({ PolicyName: 'only-s3', PolicyDocument: document({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) }));
  await iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: 'dave', PermissionsBoundary: Policy!.Arn! }));
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'carol' }));
  carol = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  await iam.send(new sdk.CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: arnOf('user/bob') }, Action: 'sts:AssumeRole' }) }));
  await iam.send(new sdk.PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'do', PolicyDocument: document({ Effect: 'Allow', NotAction: ['iam:DeleteRole'], Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }) }));
});
after(() => gatehouse.stop());

const call = (parameters: Readonly<Record<string, string>>, key?: KeyPair) => callQuery(gatehouse, 'gatehouse', parameters, key);

/** The items of the list of an answer that is not refused. */
async function listed(parameters: Readonly<Record<string, string>>, key?: KeyPair): Promise<{ readonly items: readonly string[]; readonly text: string }> {
  const answer = await call(parameters, key);
  const text = textOf(answer);
  assert.equal(answer.status, 200, text);
  return { items: text.split(/<member>(?=<(?:PrincipalArn|ServiceNamespace|ActionName)>)/).slice(1), text };
}

const element = (text: string, name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
const whoCan = (ActionName: string, parameters: Readonly<Record<string, string>> = {}, key?: KeyPair) => listed({ Action: 'ListPrincipalsWithAccess', ActionName, ...parameters }, key);
const short = (item: string): string => `${element(item, 'PrincipalArn')!.replace(arnOf(''), '')} ${element(item, 'Access')}`;

test('ListPrincipalsWithAccess: who may, who may if, and by which statement', async () => {
  const { items, text } = await whoCan('iam:GetRole', { ResourceArn: arnOf('role/deploy') });
  assert.deepEqual(items.map(short), ['root allowed', 'user/admin allowed', 'user/alice allowed', 'user/bob allowedIf', 'role/deploy allowedIf']);
  const [, admin, alice, bob, deploy] = items as [string, string, string, string, string];
  assert.deepEqual([element(admin, 'PolicyArn'), element(admin, 'AttachedTo')], ['arn:aws:iam::aws:policy/AdministratorAccess', arnOf('user/admin')]);
  assert.deepEqual(['PolicyName', 'AttachedTo', 'Sid', 'StatementIndex', 'PolicyType'].map((name) => element(alice, name)), ['read', arnOf('group/readers'), 'Roles', '0', 'identity']);
  assert.deepEqual([element(bob, 'Operator'), element(bob, 'Key'), /<Values><member>10\.0\.0\.0\/8</.test(bob), bob.includes('PrincipalTag')], ['IpAddress', 'aws:SourceIp', true, false], 'what the principal always has is decided, what depends on the request is told');
  assert.equal(element(deploy, 'Key'), 'aws:PrincipalTag/team', 'a session may bring a tag of its own');
  assert.match(text, /<HiddenPrincipals>0<.*<IsTruncated>false</s);
  assert.ok(!text.includes('carol') && !text.includes('dave'));
});

test('ListPrincipalsWithAccess: with IncludeDenied, whom something allows it and something else does not let', async () => {
  const { items } = await whoCan('iam:GetRole', { ResourceArn: arnOf('role/deploy'), IncludeDenied: 'true', PrincipalType: 'user' });
  assert.deepEqual(items.map((item) => [short(item), element(item, 'DecidedBy')]), [['user/admin allowed', undefined], ['user/alice allowed', undefined], ['user/bob allowedIf', 'identity'], ['user/dave denied', 'boundary']]);
});

test('ListPrincipalsWithAccess: a role is assumed by whom its trust policy and the policies of the caller let, and never by root', async () => {
  const { items } = await whoCan('sts:AssumeRole', { ResourceArn: arnOf('role/deploy') });
  assert.deepEqual(items.map(short), ['user/bob allowed']);
  assert.equal(element(items[0]!, 'PolicyType'), 'trust');
});

test('ListPrincipalsWithAccess: without a resource it is about any, and allowed is on all', async () => {
  await gatehouse.iam().send(new sdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'one', PolicyDocument: document({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::one/*' }) }));
  const { items } = await whoCan('s3:GetObject', { PrincipalType: 'user' });
  assert.deepEqual(items.map((item) => [short(item), element(item, 'IsResourceOpen')]), [['user/admin allowed', 'false'], ['user/alice allowedIf', 'true']]);
});

test('ListPrincipalsWithAccess: every principal is met once, page by page', async () => {
  const met: string[] = [];
  let Marker: string | undefined;
  do {
    const { items, text } = await whoCan('iam:GetRole', { MaxItems: '1', ...(Marker !== undefined && { Marker }) });
    met.push(...items.map(short));
    Marker = element(text.slice(text.lastIndexOf('</Principals>')), 'Marker');
  } while (Marker !== undefined);
  assert.deepEqual(met, ['root allowed', 'user/admin allowed', 'user/alice allowed', 'user/bob allowedIf', 'role/deploy allowedIf']);
});

test('ListPrincipalsWithAccess: a page that tells many statements is full before MaxItems, and goes on', async () => {
  const other = await gatehouse.newAccount('222233334444');
  const iam = gatehouse.iam(other);
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'many' }));
  const Statement = Array.from({ length: 40 }, (_, i) => ({ Sid: `S${i}`, Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }));
  await iam.send(new sdk.PutGroupPolicyCommand({ GroupName: 'many', PolicyName: 'many', PolicyDocument: document(...Statement) }));
  for (let i = 0; i < 50; i++) {
    await iam.send(new sdk.CreateUserCommand({ UserName: `u${i}` }));
    await iam.send(new sdk.AddUserToGroupCommand({ GroupName: 'many', UserName: `u${i}` }));
  }
  const met: string[] = [];
  let pages = 0;
  for (let Marker: string | undefined; pages === 0 || Marker !== undefined; pages++) {
    const { items, text } = await whoCan('iam:GetRole', { MaxItems: '1000', PrincipalType: 'user', ...(Marker !== undefined && { Marker }) }, other);
    assert.ok((text.match(/<StatementIndex>/g) ?? []).length <= 1_025, 'no more than a principal beyond the limit');
    met.push(...items.map(short));
    Marker = element(text, 'Marker');
  }
  assert.equal(pages, 2);
  assert.equal(new Set(met).size, 51, 'the fifty and the administrator');
});

test('a question that means nothing is refused, and not answered with nobody', async () => {
  for (const [parameters, code, status] of [
    [{ ActionName: 'iam:GetRolle' }, 'NoSuchAction', 404],
    [{ ActionName: 'iamm:GetRole' }, 'NoSuchAction', 404],
    [{ ActionName: 'iam:*' }, 'ValidationError', 400],
    [{ ActionName: 'iam:GetRole', ResourceArn: 'arn:aws:iam::111122223333:role/*' }, 'ValidationError', 400],
    [{ ActionName: 's3:GetObject', ResourceArn: 'arn:aws:s3:::nobodys/k' }, 'NoSuchResource', 404],
    [{ ActionName: 'iam:GetRole', ResourceArn: 'arn:aws:iam::444455556666:role/deploy' }, 'NoSuchResource', 404],
    [{ ActionName: 'sts:AssumeRole', ResourceArn: arnOf('role/nobody') }, 'NoSuchResource', 404],
    [{ ActionName: 'iam:GetRole', Marker: 'forged' }, 'ValidationError', 400],
  ] as const) {
    const answer = await call({ Action: 'ListPrincipalsWithAccess', ...parameters });
    assert.deepEqual([answer.status, element(textOf(answer), 'Code')], [status, code], JSON.stringify(parameters));
  }
});

test('whom the caller may not simulate is counted, and not told', async () => {
  await gatehouse.iam().send(new sdk.PutUserPolicyCommand({ UserName: 'carol', PolicyName: 'look', PolicyDocument: document({ Effect: 'Allow', Action: 'gatehouse:List*', Resource: '*' }, { Effect: 'Allow', Action: 'iam:SimulatePrincipalPolicy', Resource: arnOf('user/*') }, { Effect: 'Deny', Action: 'iam:SimulatePrincipalPolicy', Resource: arnOf('user/bob') }) }));
  const { items, text } = await whoCan('iam:GetRole', {}, carol);
  assert.deepEqual(items.map(short), ['user/admin allowed', 'user/alice allowed']);
  assert.equal(element(text, 'HiddenPrincipals'), '3');
  assert.ok(!text.includes('bob') && !text.includes('deploy'));
  for (const Action of ['ListServicesOfPrincipal', 'ListActionsOfPrincipal']) {
    const answers = [];
    for (const PrincipalArn of [arnOf('user/bob'), arnOf('role/deploy'), arnOf('role/nobody')]) answers.push(await call({ Action, PrincipalArn, ServiceNamespace: 'iam' }, carol));
    assert.deepEqual(answers.map(({ status }) => status), [403, 403, 403], 'nor whether there is one');
  }
  await gatehouse.iam().send(new sdk.DeleteUserPolicyCommand({ UserName: 'carol', PolicyName: 'look' }));
  assert.equal((await call({ Action: 'ListPrincipalsWithAccess', ActionName: 'iam:GetRole' }, carol)).status, 403);
});

test('ListServicesOfPrincipal: by service and level, what is allowed and what depends', async () => {
  const { items } = await listed({ Action: 'ListServicesOfPrincipal', PrincipalArn: arnOf('user/alice') });
  assert.deepEqual(items.map((item) => element(item, 'ServiceNamespace')), ['iam', 's3']);
  assert.match(items[0]!, /<AccessLevel>Read<\/AccessLevel><Actions>\d+<\/Actions><Allowed>1<\/Allowed><AllowedIf>0</);
  assert.match(items[1]!, /<AccessLevel>Read<\/AccessLevel><Actions>\d+<\/Actions><Allowed>0<\/Allowed><AllowedIf>1</);
  const everything = await listed({ Action: 'ListServicesOfPrincipal', PrincipalArn: arnOf('user/admin'), MaxItems: '1000' });
  assert.ok(everything.items.length > 400);
  assert.ok(everything.items.every((item) => [...item.matchAll(/<Actions>(\d+)<\/Actions><Allowed>(\d+)</g)].every(([, all, allowed]) => all === allowed)));
});

test('ListActionsOfPrincipal: action by action, on any resource or one', async () => {
  const ask = async (parameters: Readonly<Record<string, string>>) => (await listed({ Action: 'ListActionsOfPrincipal', ...parameters })).items.map((item) => `${element(item, 'ActionName')} ${element(item, 'Access')}`);
  assert.deepEqual(await ask({ PrincipalArn: arnOf('user/alice'), ServiceNamespace: 'iam' }), ['iam:GetRole allowed']);
  assert.deepEqual(await ask({ PrincipalArn: arnOf('user/alice'), ServiceNamespace: 'iam', ResourceArn: arnOf('user/bob') }), []);
  assert.deepEqual(await ask({ PrincipalArn: arnOf('user/dave'), ServiceNamespace: 'iam' }), []);
  assert.deepEqual(await ask({ PrincipalArn: arnOf('root'), ServiceNamespace: 'sts' }).then((all) => all.filter((one) => /Assume(Role|Root) /.test(one))), []);
  const deploy = await ask({ PrincipalArn: arnOf('role/deploy'), ServiceNamespace: 'iam', MaxItems: '1000' });
  assert.ok(deploy.includes('iam:CreateUser allowedIf') && !deploy.some((one) => one.startsWith('iam:DeleteRole ')));
  for (const [parameters, code] of [[{ PrincipalArn: arnOf('user/nobody'), ServiceNamespace: 'iam' }, 'NoSuchPrincipal'], [{ PrincipalArn: arnOf('group/readers'), ServiceNamespace: 'iam' }, 'NoSuchPrincipal'], [{ PrincipalArn: arnOf('user/alice'), ServiceNamespace: 'nothing' }, 'NoSuchService']] as const) {
    assert.equal(element(textOf(await call({ Action: 'ListActionsOfPrincipal', ...parameters })), 'Code'), code);
  }
});

test('another account is asked about itself, and not told of this one', async () => {
  const stranger = await gatehouse.newAccount('444455556666');
  const { items } = await whoCan('iam:GetRole', {}, stranger);
  assert.deepEqual(items.map((item) => element(item, 'PrincipalArn')), ['arn:aws:iam::444455556666:root', 'arn:aws:iam::444455556666:user/admin']);
  for (const PrincipalArn of [arnOf('user/alice'), arnOf('user/nobody')]) {
    const answer = await call({ Action: 'ListServicesOfPrincipal', PrincipalArn }, stranger);
    assert.deepEqual([answer.status, element(textOf(answer), 'Message')], [404, `The account has no root, user or role ${PrincipalArn}.`]);
  }
  const { text } = await whoCan('iam:GetRole', { MaxItems: '1' });
  const Marker = element(text.slice(text.lastIndexOf('</Principals>')), 'Marker')!;
  assert.equal(element(textOf(await call({ Action: 'ListPrincipalsWithAccess', ActionName: 'iam:GetRole', Marker }, stranger)), 'Message'), 'Invalid Marker.');
});

test('what is said of a principal is what its requests meet', async () => {
  const { items } = await listed({ Action: 'ListActionsOfPrincipal', PrincipalArn: arnOf('user/carol'), ServiceNamespace: 'iam', MaxItems: '1000' });
  assert.deepEqual(items, []);
  for (const [Action, parameters] of [['GetRole', { RoleName: 'deploy' }], ['ListUsers', {}], ['GetAccountSummary', {}]] as const) {
    assert.equal((await callQuery(gatehouse, 'iam', { Action, ...parameters }, carol)).status, 403);
  }
});
