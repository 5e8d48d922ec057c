/** GetWebIdentityToken: who gets which token, what it says, and that others verify it by the issuer's documents alone, over a real socket. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand, GetWebIdentityTokenCommand } from '@aws-sdk/client-sts';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { tokenIssuers } from '../../src/server/token-issuers.ts';
import type { KeyPair } from '../gatehouse.ts';
import { startGatehouse, testEpoch } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { enableFederation, getToken, startOutbound, type OutboundGatehouse } from './outbound.ts';

const audience = 'https://api.example.com';
const namespace = 'https://sts.amazonaws.com/';
let gatehouse: OutboundGatehouse;
let issuer: string;
let alice: KeyPair;
before(async () => {
  gatehouse = await startOutbound('web identity token');
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.CreateUserCommand({ UserName: 'alice', Path: '/staff/', Tags: [{ Key: 'team', Value: 'red' }] }));
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
});
after(() => gatehouse.stop());

const document = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const permit = (...statements: object[]) => gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: document(...statements) }));
const allow = (Action: string, Condition?: object) => ({ Effect: 'Allow', Action, Resource: '*', ...(Condition && { Condition }) });
const denied = (action: string) => ({ code: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${gatehouse.account}:user/staff/alice is not authorized to perform: ${action} because no identity-based policy allows the ${action} action` });
const keyOf = (credentials: { AccessKeyId?: string | undefined; SecretAccessKey?: string | undefined; SessionToken?: string | undefined } | undefined): KeyPair => ({ accessKeyId: credentials!.AccessKeyId!, secretAccessKey: credentials!.SecretAccessKey!, sessionToken: credentials!.SessionToken });

/** As a stranger does it: the issuer's discovery document, its keys, nothing else. */
async function verify(token: string) {
  const discovered = await (await fetch(`${issuer}/.well-known/openid-configuration`)).json() as { readonly issuer: string; readonly jwks_uri: string };
  return jwtVerify(token, createRemoteJWKSet(new URL(discovered.jwks_uri)), { issuer: discovered.issuer, audience, currentDate: new Date(gatehouse.clock.now) });
}

test('where the account has not enabled it, nobody gets a token, and permission is asked for first', async () => {
  const disabled = { code: 'OutboundWebIdentityFederationDisabledException', status: 403, message: 'The outbound web identity federation feature is not enabled for this account.' };
  await assertRefused(getToken(gatehouse), disabled);
  await assertRefused(getToken(gatehouse, {}, alice), denied('sts:GetWebIdentityToken'));
  issuer = await enableFederation(gatehouse);
  assert.match(issuer, new RegExp(`^${gatehouse.baseUrl}/_gatehouse/issuers/[0-9a-f-]{36}$`));
  await getToken(gatehouse);
  await gatehouse.iam().send(new iamSdk.DisableOutboundWebIdentityFederationCommand({}));
  await assertRefused(getToken(gatehouse), disabled);
  assert.equal((await fetch(`${issuer}/.well-known/jwks.json`)).status, 200, 'tokens that were handed out before are still verified');
  assert.equal(await enableFederation(gatehouse), issuer);
});

for (const SigningAlgorithm of ['RS256', 'ES384']) {
  test(`a ${SigningAlgorithm} token is verified by whoever fetches the issuer's documents`, async () => {
    const answer = await gatehouse.sts().send(new GetWebIdentityTokenCommand({ Audience: [audience], SigningAlgorithm }));
    const { payload, protectedHeader } = await verify(answer.WebIdentityToken!);
    const { jti, ...claims } = payload;
    const seconds = testEpoch / 1000;
    const admin = `arn:aws:iam::${gatehouse.account}:user/admin`;
    assert.deepEqual(claims, { iss: issuer, aud: audience, sub: admin, iat: seconds, exp: seconds + 300, [namespace]: { aws_account: gatehouse.account, source_region: 'us-east-1', principal_id: admin } });
    assert.match(jti!, /^[0-9a-f-]{36}$/);
    assert.deepEqual([protectedHeader.alg, protectedHeader.typ, typeof protectedHeader.kid], [SigningAlgorithm, 'JWT', 'string']);
    assert.deepEqual(answer.Expiration, new Date(testEpoch + 300_000));
    await assert.rejects(verify(`${answer.WebIdentityToken!.slice(0, -6)}AAAAAA`), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
  });
}

test('the documents are AWS\'s: members, key sizes, caching; and no private part is in them', async () => {
  const discovery = await fetch(`${issuer}/.well-known/openid-configuration`);
  assert.deepEqual([discovery.headers.get('content-type'), discovery.headers.get('cache-control')], ['application/json', 'public, max-age=300']);
  assert.deepEqual(await discovery.json(), {
    issuer, jwks_uri: `${issuer}/.well-known/jwks.json`, subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256', 'ES384'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', namespace],
  });
  const { keys } = await (await fetch(`${issuer}/.well-known/jwks.json`)).json() as { readonly keys: readonly Record<string, string>[] };
  assert.deepEqual(keys.map((key) => Object.keys(key).sort()), [['alg', 'e', 'kid', 'kty', 'n', 'use'], ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']]);
  assert.deepEqual([Buffer.from(keys[0]!.n!, 'base64url').length * 8, keys[1]!.crv], [2048, 'P-384']);
  const view = gatehouse.plane.store.loaded(gatehouse.account)!;
  for (const { PrivateKey } of view.tokenSigningKeys.all()) assert.doesNotMatch(PrivateKey, /PRIVATE|^MII/, 'sealed in the journal');
});

test('an issuer that is not there, another path below it, another Host and another method tell nothing', async () => {
  const get = async (target: string, host = 'localhost', method = 'GET') => (await gatehouse.send({ method, target, headers: [['Host', host]] })).status;
  const path = new URL(issuer).pathname;
  assert.equal(await get(`${path}/.well-known/jwks.json`), 200);
  assert.equal(await get(`${path}/.well-known/jwks.json`, '127.0.0.1', 'HEAD'), 200);
  for (const target of [
    '/_gatehouse/issuers/', path, `${path}/`, `${path}/.well-known/`, `${path}/.well-known/other`, `${path}/.well-known/jwks.json/`, `${path.replace(/[^/]+$/, (id) => id.toUpperCase())}/.well-known/jwks.json`, `${path}/../x/.well-known/jwks.json`,
    '/_gatehouse/issuers/00000000-0000-4000-8000-000000000000/.well-known/jwks.json', '/_gatehouse/issuers/__proto__/.well-known/jwks.json', `/_gatehouse/issuers/${gatehouse.account}/.well-known/jwks.json`,
  ]) assert.equal(await get(target), 404, target);
  assert.equal(await get(`${path}/.well-known/jwks.json`, 'evil.example'), 421);
  assert.equal(await get(`${path}/.well-known/jwks.json`, 'localhost', 'POST'), 405);
});

test('policies decide by audience, length, algorithm and tags; tags need an action of their own', async () => {
  const condition = { 'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': [audience, 'other'] }, NumericLessThanEquals: { 'sts:DurationSeconds': '300' }, StringEquals: { 'sts:SigningAlgorithm': 'ES384' } };
  await permit(allow('sts:GetWebIdentityToken', condition), allow('sts:TagGetWebIdentityToken', { StringEquals: { 'aws:RequestTag/job': 'one' }, 'ForAllValues:StringEquals': { 'aws:TagKeys': ['job'] } }));
  await getToken(gatehouse, {}, alice);
  await getToken(gatehouse, { Audience: [audience, 'other'] }, alice);
  for (const other of [{ Audience: [audience, 'evil'] }, { DurationSeconds: 301 }, { SigningAlgorithm: 'RS256' }]) await assertRefused(getToken(gatehouse, other, alice), denied('sts:GetWebIdentityToken'));
  await getToken(gatehouse, { Tags: [{ Key: 'job', Value: 'one' }] }, alice);
  for (const Tags of [[{ Key: 'job', Value: 'two' }], [{ Key: 'job', Value: 'one' }, { Key: 'more', Value: '' }]]) await assertRefused(getToken(gatehouse, { Tags }, alice), denied('sts:TagGetWebIdentityToken'));
});

test('a token of a user says its tags and those of the request, and each audience', async () => {
  await permit(allow('sts:*'));
  const claims = decodeJwt(await getToken(gatehouse, { Audience: ['a', 'b'], DurationSeconds: 3_600, Tags: [{ Key: 'job-id', Value: '7' }, { Key: '__proto__', Value: 'x' }] }, alice));
  assert.deepEqual([claims.aud, claims.exp! - claims.iat!], [['a', 'b'], 3_600]);
  const own = claims[namespace] as Record<string, unknown>;
  assert.deepEqual([own['principal_tags'], JSON.stringify(own['request_tags'])], [{ team: 'red' }, '{"job-id":"7","__proto__":"x"}']);
  assert.equal('original_session_exp' in own, false);
});

test('a token of a role session says the role, its session\'s tags and source identity, and ends with the session', async () => {
  const trust = document({ Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] });
  const { Role } = await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName: 'job', Path: '/ci/', AssumeRolePolicyDocument: trust, Tags: [{ Key: 'Team', Value: 'blue' }, { Key: 'stage', Value: 'test' }] }));
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'job', PolicyName: 'p', PolicyDocument: document(allow('sts:GetWebIdentityToken')) }));
  const { Credentials } = await gatehouse.sts().send(new AssumeRoleCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'run', DurationSeconds: 900, SourceIdentity: 'someone', Tags: [{ Key: 'team', Value: 'green' }] }));
  const claims = decodeJwt(await getToken(gatehouse, { DurationSeconds: 900 }, keyOf(Credentials)));
  assert.equal(claims.sub, `arn:aws:iam::${gatehouse.account}:role/ci/job`);
  assert.deepEqual(claims[namespace], {
    aws_account: gatehouse.account, source_region: 'us-east-1', principal_id: Role!.Arn, original_session_exp: '2026-11-23T10:15:00Z', source_identity: 'someone', principal_tags: { stage: 'test', team: 'green' },
  });
  const escalated = { code: 'SessionDurationEscalationException', status: 403, message: /extend the session beyond its original expiration/ };
  await assertRefused(getToken(gatehouse, { DurationSeconds: 901 }, keyOf(Credentials)), escalated);
});

test('root gets one; other sessions than those of a role do not', async () => {
  assert.equal(decodeJwt(await getToken(gatehouse, {}, gatehouse.root)).sub, `arn:aws:iam::${gatehouse.account}:root`);
  const session = await gatehouse.sts(alice).send(new GetSessionTokenCommand({}));
  const federated = await gatehouse.sts(alice).send(new GetFederationTokenCommand({ Name: 'guest', Policy: document(allow('*')) }));
  for (const { Credentials } of [session, federated]) await assertRefused(getToken(gatehouse, {}, keyOf(Credentials)), { code: 'AccessDenied', status: 403, message: 'Cannot call GetWebIdentityToken with session credentials' });
});

test('what is out of bounds is refused: length, audiences, algorithm, tags, size', async () => {
  const invalid = (message: RegExp) => ({ code: 'ValidationError', status: 400, message });
  await assertRefused(getToken(gatehouse, { DurationSeconds: 59 }), invalid(/greater than or equal to 60/));
  await assertRefused(getToken(gatehouse, { DurationSeconds: 3_601 }), invalid(/less than or equal to 3600/));
  await assertRefused(getToken(gatehouse, { Audience: [] }), invalid(/audience/i));
  await assertRefused(getToken(gatehouse, { Audience: Array.from({ length: 11 }, (_, i) => String(i)) }), invalid(/less than or equal to 10/));
  await assertRefused(getToken(gatehouse, { Audience: ['x'.repeat(1_001)] }), invalid(/less than or equal to 1000/));
  for (const SigningAlgorithm of ['HS256', 'ES256', 'rs256', 'PS256']) await assertRefused(getToken(gatehouse, { SigningAlgorithm }), invalid(/is not a valid signing algorithm/));
  await assertRefused(getToken(gatehouse, { Tags: [{ Key: 'a', Value: '' }, { Key: 'A', Value: '' }] }), { code: 'InvalidParameterValue', status: 400, message: /Duplicate tag keys/ });
  const tags = (count: number) => Array.from({ length: count }, (_, i) => ({ Key: String(i).padStart(100, 'k'), Value: 'v'.repeat(256) }));
  const largest = await getToken(gatehouse, { SigningAlgorithm: 'RS256', Tags: tags(36) });
  assert.ok(largest.length > 18_000 && largest.length <= 20_000, String(largest.length));
  await verify(largest);
  await assertRefused(getToken(gatehouse, { Tags: tags(40) }), { code: 'JWTPayloadSizeExceededException', status: 400, message: /Reduce the number of request tags/ });
});

test('each account has an issuer and keys of its own', async () => {
  const key = await gatehouse.newAccount('222233334444');
  const theirs = await enableFederation(gatehouse, key);
  assert.notEqual(theirs, issuer);
  const token = await getToken(gatehouse, {}, key);
  assert.equal(decodeJwt(token).iss, theirs);
  await assert.rejects(verify(token), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
});

test('another Gatehouse lets the principal assume a role by such a token; this one, like AWS, does not take its own', async () => {
  const elsewhere = await startGatehouse({ seed: 'web identity token, https', issuerBaseUrl: 'https://gatehouse.example' });
  const Url = await enableFederation(elsewhere);
  const fetchOf = async (url: string) => JSON.parse(String((await elsewhere.send({ method: 'GET', target: new URL(url).pathname, headers: [['Host', 'gatehouse.example']] })).body)) as unknown;
  const trusting = await startGatehouse({ seed: 'trusting', accountId: '555566667777', issuerBaseUrl: 'https://relying.example', fetchDocument: fetchOf });
  for (const SigningAlgorithm of ['RS256', 'ES384']) {
    const token = await getToken(elsewhere, { SigningAlgorithm });
    const subject = `arn:aws:iam::${elsewhere.account}:user/admin`;
    for (const verifier of [trusting, elsewhere]) {
      const iam = verifier.iam();
      const name = Url.slice('https://'.length);
      const provider = `arn:aws:iam::${verifier.account}:oidc-provider/${name}`;
      if (SigningAlgorithm === 'RS256') {
        await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: [audience] }));
        await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'guest', AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${name}:sub`]: subject, [`${name}:aud`]: audience } } }) }));
      }
      const assuming = verifier.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: `arn:aws:iam::${verifier.account}:role/guest`, RoleSessionName: 'guest', WebIdentityToken: token }));
      if (verifier === trusting) assert.equal((await assuming).SubjectFromWebIdentityToken, subject);
      else await assertRefused(assuming, { code: 'InvalidIdentityToken', status: 400, message: 'Tokens that GetWebIdentityToken gives cannot be used to assume a role.' });
    }
  }
  for (const one of [elsewhere, trusting]) await one.stop();
});

test('an issuer of this Gatehouse is known by its id, whatever address it had when it gave the token', () => {
  const { store } = gatehouse.plane;
  const id = issuer.slice(issuer.lastIndexOf('/') + 1);
  const moved = tokenIssuers('https://moved.example', store);
  for (const iss of [issuer, `https://moved.example/_gatehouse/issuers/${id}`, `https://before.example/_gatehouse/issuers/${id}`]) assert.equal(moved.isOwn(iss), true, iss);
  for (const iss of ['https://before.example/_gatehouse/issuers/00000000-0000-4000-8000-000000000000', 'https://token.actions.githubusercontent.com', `${issuer}/`, '']) assert.equal(moved.isOwn(iss), false, iss);
});

test('a token is no secret of the records: neither the audit record nor the log holds it', async () => {
  const token = await getToken(gatehouse);
  const record = JSON.stringify(gatehouse.auditRecords.at(-1));
  assert.match(record, /"eventName":"GetWebIdentityToken"/);
  assert.match(record, /"readOnly":false/);
  for (const part of token.split('.').slice(1)) for (const text of [record, JSON.stringify(gatehouse.logLines)]) assert.equal(text.includes(part), false);
  assert.equal(decodeProtectedHeader(token).alg, 'ES384');
});
