/** Denials by their authorization ids: who may see them, what they say, and that nothing that changes later changes them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import type { Answer } from '../../src/server/http-request.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { root } from '../imports.ts';
import { signRequest } from '../sign-request.ts';

let gatehouse: TestGatehouse;
let alice: KeyPair;
before(async () => {
  gatehouse = await startGatehouse();
  await makeUser('alice');
  alice = await keyOf('alice');
});
after(() => gatehouse.stop());

const account = '111122223333';
const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

async function makeUser(UserName: string): Promise<void> {
  await gatehouse.iam().send(new sdk.CreateUserCommand({ UserName }));
}

async function keyOf(UserName: string): Promise<KeyPair> {
  const { AccessKey } = await gatehouse.iam().send(new sdk.CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

/** Sends a signed request of the query protocol. */
function call(service: string, parameters: Readonly<Record<string, string>>, { accessKeyId, secretAccessKey, sessionToken }: KeyPair = gatehouse.admin): Promise<Answer> {
  const version = { iam: '2010-05-08', sts: '2011-06-15', gatehouse: '2026-11-24' }[service]!;
  const body = new URLSearchParams({ ...parameters, Version: version }).toString();
  const signed = signRequest({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }), at: gatehouse.clock.now, service, region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });
  const headers = signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : []));
  return gatehouse.send({ headers, body });
}

const textOf = ({ body }: Answer): string => Buffer.from(body).toString('utf8');
const element = (answer: Answer, name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(textOf(answer))?.[1]?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? '';
const explanation = (AuthorizationId: string, key?: KeyPair): Promise<Answer> => call('gatehouse', { Action: 'GetAuthorizationExplanation', AuthorizationId }, key);

async function denied(key: KeyPair = alice, parameters: Readonly<Record<string, string>> = { Action: 'GetUser', UserName: 'bob' }, service = 'iam'): Promise<string> {
  const answer = await call(service, parameters, key);
  assert.equal(answer.status, 403, textOf(answer));
  const id = answer.headers['x-gatehouse-authorization-id'];
  assert.match(String(id), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  return String(id);
}

test('a denial carries an id, in a header and not in AWS\'s message, and in the log and the audit record', async () => {
  const answer = await call('iam', { Action: 'GetUser', UserName: 'bob' }, alice);
  const id = answer.headers['x-gatehouse-authorization-id'];
  assert.equal(id, answer.headers['x-amzn-RequestId'], 'it is what every client shows of an error');
  assert.equal(element(answer, 'Message'), `User: arn:aws:iam::${account}:user/alice is not authorized to perform: iam:GetUser on resource: user bob because no identity-based policy allows the iam:GetUser action`);
  assert.equal((gatehouse.logLines.at(-1) as { authorizationId?: string }).authorizationId, id);
  assert.equal((gatehouse.auditRecords.at(-1) as { additionalEventData?: { authorizationId?: string } }).additionalEventData?.authorizationId, id);
  const allowed = await call('iam', { Action: 'GetUser', UserName: 'alice' });
  assert.equal(allowed.headers['x-gatehouse-authorization-id'], undefined);
});

test('GetAuthorizationExplanation: an administrator reads who asked what, and why it was refused', async () => {
  const id = await denied();
  const answer = await explanation(id);
  assert.equal(answer.status, 200, textOf(answer));
  assert.deepEqual(
    ['AuthorizationId', 'Principal', 'Operation', 'Action', 'Resource', 'Decision', 'PolicyType', 'Time'].map((name) => element(answer, name)),
    [id, `arn:aws:iam::${account}:user/alice`, 'iam:GetUser', 'iam:GetUser', `arn:aws:iam::${account}:user/bob`, 'implicitDeny', 'identity', '2026-11-23T10:00:00Z'],
  );
  assert.match(element(answer, 'Explanation'), /^Denied: no identity-based policy allows it[\s\S]*"Resource": "arn:aws:iam::111122223333:user\/bob"/);
  const details = JSON.parse(element(answer, 'Details')) as { outcome: string; remedy: readonly object[] };
  assert.deepEqual([details.outcome, details.remedy.length], ['implicitDeny', 1]);
});

test('a policy that changed since, or is gone, does not falsify an explanation', async () => {
  const iam = gatehouse.iam();
  const put = (Statement: object) => iam.send(new sdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'guard', PolicyDocument: document(Statement) }));
  await put({ Sid: 'Never', Effect: 'Deny', Action: 'iam:*', Resource: '*', Condition: { StringEquals: { 'aws:username': 'alice' } } });
  const id = await denied();
  await iam.send(new sdk.DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'guard' }));
  await iam.send(new sdk.TagUserCommand({ UserName: 'alice', Tags: [{ Key: 'a', Value: 'b' }] }));
  gatehouse.clock.advance(3_600_000);
  const text = element(await explanation(id), 'Explanation');
  assert.match(text, /^Denied: an identity-based policy denies it explicitly/);
  assert.match(text, /statement 1 "Never" \(line 1, column 38\), Deny: matches/);
  assert.match(text, /StringEquals aws:username: holds: wanted "alice"; the request has "alice"/);
  assert.match(text, /1\. Remove or narrow statement 1 "Never" of the identity-based policy guard/);
});

test('only those who are allowed to see a denial do; another account is not told that it exists', async () => {
  const id = await denied();
  const refused = await explanation(id, alice);
  assert.deepEqual([refused.status, element(refused, 'Message')], [403, `User: arn:aws:iam::${account}:user/alice is not authorized to perform: gatehouse:GetAuthorizationExplanation on resource: arn:aws:gatehouse::${account}:authorization/${id} because no identity-based policy allows the gatehouse:GetAuthorizationExplanation action`]);
  const stranger = await gatehouse.newAccount('444455556666');
  const absent = '00000000-0000-4000-8000-000000000000';
  const answers = [await explanation(id, stranger), await explanation(absent, stranger), await explanation(absent)];
  assert.deepEqual(answers.map((answer) => [answer.status, element(answer, 'Code'), element(answer, 'Message')]), [
    [404, 'NoSuchAuthorization', `There is no denial ${id}, or it is no longer kept.`],
    [404, 'NoSuchAuthorization', `There is no denial ${absent}, or it is no longer kept.`],
    [404, 'NoSuchAuthorization', `There is no denial ${absent}, or it is no longer kept.`],
  ]);
});

/** The policy of docs/how-to/explain-denials.md. */
const shownPolicy = /```json\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs', 'how-to', 'explain-denials.md'), 'utf8'))![1]!;

test('people may be let see their own denials, and no one else\'s', async () => {
  await gatehouse.iam().send(new sdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'own', PolicyDocument: shownPolicy }));
  const own = await denied();
  assert.equal((await explanation(own, alice)).status, 200);
  await makeUser('carol');
  const hers = await denied(await keyOf('carol'));
  assert.equal((await explanation(hers, alice)).status, 403);
  assert.equal((await explanation('00000000-0000-4000-8000-000000000000', alice)).status, 403, 'nor is told which there are');
  await gatehouse.iam().send(new sdk.DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'own' }));
});

test('who may do everything but IAM does not read policies through explanations, nor learn whose denial it was', async () => {
  await makeUser('power');
  await gatehouse.iam().send(new sdk.AttachUserPolicyCommand({ UserName: 'power', PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' }));
  const power = await keyOf('power');
  const refused = async (id: string) => element(await explanation(id, power), 'Message').replaceAll(id, 'ID');
  const message = `User: arn:aws:iam::${account}:user/power is not authorized to perform: iam:SimulatePrincipalPolicy on resource: arn:aws:gatehouse::${account}:authorization/ID because no identity-based policy allows the iam:SimulatePrincipalPolicy action`;
  assert.deepEqual([await refused(await denied()), await refused('00000000-0000-4000-8000-000000000000')], [message, message]);
});

test('ListAuthorizationDenials: the newest first, in pages', async () => {
  const ids = [await denied(), await denied(), await denied()].toReversed();
  const page = async (parameters: Readonly<Record<string, string>>) => {
    const answer = await call('gatehouse', { Action: 'ListAuthorizationDenials', ...parameters });
    return { ids: [...textOf(answer).matchAll(/<AuthorizationId>([^<]*)</g)].map(([, id]) => id), marker: element(answer, 'Marker'), isTruncated: element(answer, 'IsTruncated') };
  };
  const first = await page({ MaxItems: '2' });
  assert.deepEqual([first.ids, first.isTruncated], [ids.slice(0, 2), 'true']);
  assert.equal((await page({ MaxItems: '1', Marker: first.marker })).ids[0], ids[2]);
  const own = await call('gatehouse', { Action: 'ListAuthorizationDenials' }, alice);
  assert.equal(own.status, 403);
});

test('across accounts the caller\'s side is explained, and nothing of the other: not even whether the role is there', async () => {
  const stranger = await gatehouse.newAccount('777788889999');
  const admin = { ...stranger };
  await gatehouse.iam(admin).send(new sdk.CreateRoleCommand({ RoleName: 'vault', AssumeRolePolicyDocument: document({ Sid: 'Secret', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }) }));
  const explained = async (role: string) => {
    const id = await denied(gatehouse.admin, { Action: 'AssumeRole', RoleArn: `arn:aws:iam::777788889999:role/${role}`, RoleSessionName: 'test' }, 'sts');
    assert.equal((await explanation(id, stranger)).status, 404, 'it is the caller\'s account\'s');
    const answer = await explanation(id);
    return [element(answer, 'Decision'), element(answer, 'PolicyType'), element(answer, 'Explanation').replaceAll(role, 'ROLE')];
  };
  const there = await explained('vault');
  assert.deepEqual(there, await explained('absent'));
  assert.match(there[2]!, /^Denied on the side of account 777788889999: its policies do not let the caller in, or there is no such thing\./);
  assert.doesNotMatch(there.join(), /Secret/);
  const ownSide = await denied(alice, { Action: 'AssumeRole', RoleArn: 'arn:aws:iam::777788889999:role/vault', RoleSessionName: 'test' }, 'sts');
  assert.match(element(await explanation(ownSide), 'Explanation'), /^The request crosses from account 111122223333 to 777788889999[\s\S]*no identity-based policy allows it/);
});

test('in one\'s own account the role\'s trust policy is explained, though the caller was told no reason', async () => {
  await gatehouse.iam().send(new sdk.CreateRoleCommand({ RoleName: 'auditor', AssumeRolePolicyDocument: document({ Sid: 'Ec2Only', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }) }));
  await assertRefused(gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'test' })), { code: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${account}:user/admin is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/auditor` });
  const id = /<AuthorizationId>([^<]*)</.exec(textOf(await call('gatehouse', { Action: 'ListAuthorizationDenials', MaxItems: '1' })))![1]!;
  assert.match(element(await explanation(id), 'Explanation'), /Role trust policy[\s\S]*statement 1 "Ec2Only"[\s\S]*does not name arn:aws:iam::111122223333:user\/admin[\s\S]*Add to the role's trust policy/);
});

test('where no Allow is needed, only the Deny stands in the way', async () => {
  const iam = gatehouse.iam();
  await iam.send(new sdk.UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }));
  assert.equal((await call('iam', { Action: 'GetAccountPasswordPolicy' }, alice)).status, 200);
  await iam.send(new sdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'guard', PolicyDocument: document({ Effect: 'Deny', Action: 'iam:GetAccountPasswordPolicy', Resource: '*' }) }));
  const details = JSON.parse(element(await explanation(await denied(alice, { Action: 'GetAccountPasswordPolicy' })), 'Details')) as { remedy: readonly { step: string }[] };
  assert.deepEqual(details.remedy.map(({ step }) => step), ['remove']);
  await iam.send(new sdk.DeleteUserPolicyCommand({ UserName: 'alice', PolicyName: 'guard' }));
});

test('a host that is called gatehouse is where every service is', async () => {
  assert.equal((await gatehouse.iam().send(new sdk.GetUserCommand({ UserName: 'alice' }))).User?.UserName, 'alice', 'the test\'s own host is gatehouse.test');
});
