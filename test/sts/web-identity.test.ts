/** AssumeRoleWithWebIdentity, asked of a whole Gatehouse through the AWS SDK: who is let in by a token, and every way of not being one. */
import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AssumeRoleWithWebIdentityCommandInput } from '@aws-sdk/client-sts';
import { generateKeyPair } from 'jose';
import { startGatehouse, testEpoch, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { IssuerUnreachable } from '../../src/authn/issuer-keys.ts';
import { testIssuer, type TestIssuer } from './issuer.ts';

let issuer: TestIssuer;
let gatehouse: TestGatehouse;
let providerArn: string;
let roleArn: string;

const nowSeconds = testEpoch / 1000;
const audience = 'sts.amazonaws.com';

before(async () => { issuer = await testIssuer(); });
beforeEach(async () => {
  issuer.fetched.length = 0;
  issuer.keys.splice(0, Infinity, issuer.publicJwk);
  gatehouse = await startGatehouse({ seed: 'web identity', fetchDocument: issuer.fetchDocument });
  const iam = gatehouse.iam();
  providerArn = (await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: issuer.url, ClientIDList: [audience] }))).OpenIDConnectProviderArn!;
  roleArn = await makeRole('deploy', { StringEquals: { [`${issuer.name}:aud`]: audience }, StringLike: { [`${issuer.name}:sub`]: 'repo:acme/app:*' } });
});

async function makeRole(RoleName: string, Condition: object, Action: string | string[] = 'sts:AssumeRoleWithWebIdentity', Federated = providerArn, rest: Partial<iamSdk.CreateRoleCommandInput> = {}): Promise<string> {
  // Of an issuer that many share a trust policy must ask for the subject.
  const controlled = JSON.stringify(Condition).includes(`${issuer.name}:sub`) ? Condition : { ...Condition, StringLike: { [`${issuer.name}:sub`]: 'repo:*' } };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated }, Action, Condition: controlled } });
  return (await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...rest }))).Role!.Arn!;
}

/** As an SDK does it: without credentials and so without a signature. */
function assume(WebIdentityToken: string, rest: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) {
  return gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: 'ci', WebIdentityToken, ...rest }));
}

const invalid = (message: string) => ({ code: 'InvalidIdentityToken', status: 400, message });
const notJwt = invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
const noKey = invalid("Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements");
const badSignature = invalid('The signature of the web identity token is not valid.');
const notAuthorized = (action = 'sts:AssumeRoleWithWebIdentity') => ({ code: 'AccessDenied', status: 403, message: `Not authorized to perform ${action}` });

test('a token that the trust policy takes gives a session of the role', async () => {
  const answer = await assume(await issuer.mint());
  assert.deepEqual([answer.SubjectFromWebIdentityToken, answer.Audience, answer.Provider, answer.AssumedRoleUser?.Arn, answer.PackedPolicySize], ['repo:acme/app:ref:refs/heads/main', audience, providerArn, `arn:aws:sts::${gatehouse.account}:assumed-role/deploy/ci`, undefined]);
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials!;
  assert.deepEqual(Expiration, new Date(testEpoch + 3_600_000));
  const session = gatehouse.sts({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken });
  assert.equal((await session.send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:sts::${gatehouse.account}:assumed-role/deploy/ci`);
});

test('the request needs no signature, and its audit record says who the provider says it was', async () => {
  const body = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: roleArn, RoleSessionName: 'ci', WebIdentityToken: await issuer.mint() }).toString();
  const answer = await gatehouse.send({ headers: [['Host', 'localhost'], ['Content-Type', 'application/x-www-form-urlencoded']], body });
  assert.equal(answer.status, 200);
  const record = JSON.stringify(gatehouse.auditRecords.at(-1));
  assert.match(record, /"type":"WebIdentityUser"/);
  assert.match(record, /"userName":"repo:acme\/app:ref:refs\/heads\/main"/);
  assert.doesNotMatch(record, /eyJ/, 'the token is not in the record');
});

test('the trust policy decides by audience, subject and the provider\'s own claims', async () => {
  await assertRefused(assume(await issuer.mint({ sub: 'repo:evil/app:ref:refs/heads/main' })), notAuthorized());
  const RoleArn = await makeRole('by-claims', { StringEquals: { [`${issuer.name}:repository`]: 'acme/app', [`${issuer.name}:actor_id`]: '42' } });
  await assertRefused(assume(await issuer.mint(), { RoleArn }), notAuthorized());
  await assume(await issuer.mint({ repository: 'acme/app', actor_id: 42 }), { RoleArn });
  // Claims that AWS makes no condition key of are none here.
  const other = await makeRole('by-other-claim', { StringEquals: { [`${issuer.name}:run_id`]: '1' } });
  await assertRefused(assume(await issuer.mint({ run_id: '1' }), { RoleArn: other }), notAuthorized());
});

test('a role that is not there, one that trusts others and one of another account are refused in the same words', async () => {
  const token = await issuer.mint();
  const trustsAccount = (await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName: 'account', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' } }) }))).Role!.Arn!;
  for (const RoleArn of [`${roleArn}-not`, trustsAccount]) await assertRefused(assume(token, { RoleArn }), notAuthorized());
  await gatehouse.newAccount('222233334444');
  for (const account of ['222233334444', '999999999999']) {
    await assertRefused(assume(token, { RoleArn: roleArn.replace(gatehouse.account, account) }), invalid(`No OpenIDConnect provider found in your account for ${issuer.url}`));
  }
  await assertRefused(assume(token, { RoleArn: 'arn:aws:iam::111122223333:user/deploy' }), { code: 'ValidationError', status: 400, message: 'arn:aws:iam::111122223333:user/deploy is invalid' });
});

test('a role that trusts one provider is not for tokens of another', async () => {
  const other = await testIssuer('https://other.example');
  gatehouse = await startGatehouse({ seed: 'two issuers', fetchDocument: (url, trust) => (url.startsWith(other.url) ? other : issuer).fetchDocument(url, trust) });
  for (const { url } of [issuer, other]) await gatehouse.iam().send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: [audience] }));
  roleArn = await makeRole('deploy', { StringLike: { [`${issuer.name}:sub`]: 'repo:acme/app:*' } });
  await assertRefused(assume(await other.mint()), notAuthorized());
  // Nor does an issuer speak for another by its own signature.
  await assertRefused(assume(await other.mint({ iss: issuer.url }, { kid: 'key-2' })), noKey);
  await assertRefused(assume(await other.mint({ iss: issuer.url })), badSignature);
});

test('times and claims are checked to the second', async () => {
  const expired = (exp: number) => ({ code: 'ExpiredTokenException', status: 400, message: `Token expired: current date/time ${nowSeconds} must be before the expiration date/time ${exp}` });
  await assertRefused(assume(await issuer.mint({ exp: nowSeconds })), expired(nowSeconds));
  await assume(await issuer.mint({ exp: nowSeconds + 1 }));
  await assertRefused(assume(await issuer.mint({ nbf: nowSeconds + 301 })), invalid('The web identity token is not valid yet.'));
  await assertRefused(assume(await issuer.mint({ iat: nowSeconds + 301 })), invalid('The web identity token is not valid yet.'));
  for (const claim of ['sub', 'exp', 'iat', 'aud', 'iss']) await assertRefused(assume(await issuer.mint({ [claim]: undefined })), invalid(`Missing a required claim: ${claim}`));
});

test('the audience must be one of the provider\'s client ids; azp counts in its place', async () => {
  const wrong = invalid('Incorrect token audience');
  await assertRefused(assume(await issuer.mint({ aud: 'https://kubernetes.default.svc' })), wrong);
  assert.equal((gatehouse.logLines.at(-1) as { reason?: string }).reason, 'audience: https://kubernetes.default.svc', 'whoever runs this is told more');
  await assertRefused(assume(await issuer.mint({ azp: 'other' })), wrong);
  const RoleArn = await makeRole('any-aud', { StringLike: { [`${issuer.name}:sub`]: 'repo:*' } });
  await assume(await issuer.mint({ aud: ['x', audience] }), { RoleArn });
  await assume(await issuer.mint({ aud: 'x', azp: audience }), { RoleArn });
});

test('what is no token is none', async () => {
  for (const token of ['nope', 'a.b.c', 'eyJhbGciOiJSUzI1NiJ9..', `${await issuer.mint()}.x`, '....', 'e30.bnVsbA.AA']) await assertRefused(assume(token), notJwt);
  await assertRefused(assume('x'.repeat(20_001)), { code: 'ValidationError', status: 400, message: /length less than or equal to 20000/ });
});

test('keys are fetched once, again for a key that is new, and not over and over for one that does not exist', async () => {
  await assume(await issuer.mint());
  await assume(await issuer.mint());
  assert.equal(issuer.fetched.length, 2, 'discovery and keys');
  const { privateKey } = await generateKeyPair('RS256');
  for (let i = 0; i < 3; i++) await assertRefused(assume(await issuer.mint({}, { kid: 'key-2' }, privateKey)), noKey);
  assert.equal(issuer.fetched.length, 2);
  gatehouse.clock.advance(30_000);
  for (let i = 0; i < 3; i++) await assertRefused(assume(await issuer.mint({}, { kid: 'key-2' }, privateKey)), noKey);
  assert.equal(issuer.fetched.length, 4);
  issuer.keys.push({ ...issuer.publicJwk, kid: 'key-2' });
  gatehouse.clock.advance(30_000);
  await assume(await issuer.mint({}, { kid: 'key-2' }));
  // A key that was withdrawn is soon unknown.
  issuer.keys.splice(0, 1);
  gatehouse.clock.advance(3_600_000);
  await assertRefused(assume(await issuer.mint({ iat: nowSeconds + 3_600, exp: nowSeconds + 7_200 })), noKey);
});

test('an issuer that does not answer is told apart from one that answers wrongly: clients try the first again', async () => {
  issuer.state.trouble = new IssuerUnreachable('it cannot be reached', { isPassing: true });
  await assertRefused(assume(await issuer.mint()), { code: 'IDPCommunicationError', status: 400, message: /could not be reached/ });
  issuer.state.trouble = new IssuerUnreachable('it answers 404');
  await assertRefused(assume(await issuer.mint()), noKey);
  issuer.state.trouble = undefined;
  await assume(await issuer.mint());
});

test('session tags and a source identity of the token need the trust policy\'s word, and go with the session', async () => {
  const claims = { 'https://aws.amazon.com/tags': { principal_tags: { team: ['blue'], cost: ['1'] }, transitive_tag_keys: ['team'] }, 'https://aws.amazon.com/source_identity': 'alice' };
  await assertRefused(assume(await issuer.mint(claims)), notAuthorized('sts:TagSession'));
  const tagged = await makeRole('tagged', { StringEquals: { 'aws:RequestTag/team': 'blue' }, 'ForAllValues:StringEquals': { 'sts:TransitiveTagKeys': ['team'] } }, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']);
  await assertRefused(assume(await issuer.mint(claims), { RoleArn: tagged }), notAuthorized('sts:SetSourceIdentity'));
  const all = await makeRole('all', { StringEquals: { 'sts:SourceIdentity': 'alice' } }, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']);
  const answer = await assume(await issuer.mint(claims), { RoleArn: all });
  assert.equal(answer.SourceIdentity, 'alice');
  assert.ok(answer.PackedPolicySize! > 0);
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'all', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue', 'aws:SourceIdentity': 'alice', 'aws:FederatedProvider': providerArn, [`${issuer.name}:sub`]: 'repo:acme/app:ref:refs/heads/main', [`${issuer.name}:aud`]: audience } } } }) }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials!;
  await gatehouse.iam({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken }).send(new iamSdk.ListUsersCommand({}));
  for (const bad of [{ principal_tags: { team: ['a', 'b'] } }, { principal_tags: { team: 1 } }, { principal_tags: 'x' }, [], { principal_tags: {}, transitive_tag_keys: 'team' }]) {
    await assertRefused(assume(await issuer.mint({ 'https://aws.amazon.com/tags': bad }), { RoleArn: all }), notJwt);
  }
});

test('a token that says for which roles it is is good for no other, and a trust policy can ask for such tokens only', async () => {
  const roles = 'https://aws.amazon.com/roles';
  const pinned = await makeRole('pinned', { Bool: { 'sts:RoleAuthorizedByIdp': 'true' } });
  const refused = (RoleArn: string) => invalid(`The identity provider did not authorize the token for ${RoleArn}.`);
  for (const claim of [pinned, [pinned], [roleArn, pinned]]) await assume(await issuer.mint({ [roles]: claim }), { RoleArn: pinned });
  await assume(await issuer.mint({ [roles]: [roleArn, pinned] }));
  await assertRefused(assume(await issuer.mint(), { RoleArn: pinned }), notAuthorized());
  // ARNs are compared whole, and before anybody is asked: also of a role that would let the token in, and of one that is not there.
  for (const claim of [[], [pinned], `${roleArn}x`, roleArn.toUpperCase(), 'deploy', '*', 'arn:aws:iam::111122223333:role/*']) await assertRefused(assume(await issuer.mint({ [roles]: claim })), refused(roleArn));
  await assertRefused(assume(await issuer.mint({ [roles]: [pinned] }), { RoleArn: `${roleArn}-gone` }), refused(`${roleArn}-gone`));
  for (const odd of [1, null, {}, [1], [[pinned]]]) await assertRefused(assume(await issuer.mint({ [roles]: odd }), { RoleArn: pinned }), notJwt);
  // It is a fact of the request that assumes the role, not of the session.
  const { Credentials } = await assume(await issuer.mint({ [roles]: pinned }), { RoleArn: pinned });
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'pinned', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { Bool: { 'sts:RoleAuthorizedByIdp': 'true' } } } }) }));
  await assertRefused(gatehouse.iam({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken }).send(new iamSdk.ListUsersCommand({})), { code: 'AccessDenied', status: 403, message: /iam:ListUsers/ });
});

test('only sub, aud and amr outlive the trust policy', async () => {
  const answer = await assume(await issuer.mint({ repository: 'acme/app' }));
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'deploy', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { StringEquals: { [`${issuer.name}:repository`]: 'acme/app' } } } }) }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials!;
  await assertRefused(gatehouse.iam({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken }).send(new iamSdk.ListUsersCommand({})), { code: 'AccessDenied', status: 403, message: /iam:ListUsers/ });
});

test('duration and session policies are held to their rules', async () => {
  const token = await issuer.mint();
  await assertRefused(assume(token, { DurationSeconds: 3_601 }), { code: 'ValidationError', status: 400, message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.' });
  await assertRefused(assume(token, { Policy: '{}' }), { code: 'MalformedPolicyDocument', status: 400, message: /./ });
  await gatehouse.iam().send(new iamSdk.AttachRolePolicyCommand({ RoleName: 'deploy', PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' }));
  const { Credentials } = await assume(token, { Policy: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' } }) });
  const limited = gatehouse.iam({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });
  await limited.send(new iamSdk.ListRolesCommand({}));
  await assertRefused(limited.send(new iamSdk.ListUsersCommand({})), { code: 'AccessDenied', status: 403, message: /because no session policy allows/ });
});

test('a provider that is deleted, or no longer knows the audience, lets nobody in any more', async () => {
  const token = await issuer.mint();
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn, ClientID: audience }));
  await assertRefused(assume(token), invalid('Incorrect token audience'));
  await iam.send(new iamSdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: providerArn }));
  await assertRefused(assume(token), invalid(`No OpenIDConnect provider found in your account for ${issuer.url}`));
});
