/** AssumeRoleWithWebIdentity with a ProviderId: access tokens of Amazon and Facebook, which their providers are asked about, and every way of being refused. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AssumeRoleWithWebIdentityCommandInput, AssumeRoleWithWebIdentityCommandOutput } from '@aws-sdk/client-sts';
import { AccessTokenRefused, createAccessTokenReader } from '../../src/authn/access-tokens.ts';
import { type FetchTrust, IssuerUnreachable, IssuerUntrusted } from '../../src/authn/issuer-keys.ts';
import { createFetchDocument } from '../../src/server/fetch-document.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { testIssuer } from './issuer.ts';

const amazon = 'www.amazon.com';
const facebook = 'graph.facebook.com';
const tokenOf = { [amazon]: 'Atza|alice', [facebook]: 'EAAB-alice' } as const;
const app = { [amazon]: 'amzn1.application.1234', [facebook]: '111222333444555' } as const;
const user = { [amazon]: 'amzn1.account.K2LI23KL2LK2', [facebook]: '10157000' } as const;

interface Asked { readonly url: URL; readonly trust: FetchTrust }
let asked: Asked[] = [];
/** What a path answers for a token, beside the usual. */
let answers: Record<string, (token: string) => unknown> = {};
const usual: typeof answers = {
  'https://api.amazon.com/auth/o2/tokeninfo': (token) => (token === tokenOf[amazon] ? { iss: 'https://www.amazon.com', user_id: user[amazon], aud: 'amzn1.application-oa2-client.99', app_id: app[amazon], exp: 3_597, iat: 1_311_280_970 } : reject(400)),
  'https://graph.facebook.com/me': (token) => (token === tokenOf[facebook] ? { id: user[facebook] } : reject(400)),
  'https://graph.facebook.com/app': (token) => (token === tokenOf[facebook] ? { id: app[facebook] } : reject(400)),
};
const reject = (status: number, isPassing = false): never => { throw new IssuerUnreachable(`it answers ${status}`, { status, isPassing }); };

let gatehouse: TestGatehouse;
beforeEach(async () => {
  asked = [];
  answers = { ...usual };
  gatehouse = await startGatehouse({ seed: 'access tokens', fetchDocument: async (text, trust) => {
    const url = new URL(text);
    asked.push({ url, trust });
    const answer = answers[`${url.origin}${url.pathname}`];
    return answer ? answer(url.searchParams.get('access_token')!) : reject(404);
  } });
});

async function makeRole(RoleName: string, Federated: string, Condition: object, Action: string | readonly string[] = 'sts:AssumeRoleWithWebIdentity'): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated }, Action, Condition } });
  return (await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))).Role!.Arn!;
}
const assume = (RoleArn: string, WebIdentityToken: string, ProviderId?: string, rest: Partial<AssumeRoleWithWebIdentityCommandInput> = {}): Promise<AssumeRoleWithWebIdentityCommandOutput> =>
  gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'app', WebIdentityToken, ...(ProviderId !== undefined && { ProviderId }), ...rest }));
const keyOf = ({ Credentials }: AssumeRoleWithWebIdentityCommandOutput) => ({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });

const notAuthorized = { code: 'AccessDenied', status: 403, message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' };
const rejected = { code: 'IDPRejectedClaim', status: 403, message: /rejected the access token/ };
const odd = { code: 'InvalidIdentityToken', status: 400, message: /did not say whose the access token is/ };

const cases = [
  { provider: amazon, userKey: 'user_id', audience: 'amzn1.application-oa2-client.99' },
  { provider: facebook, userKey: 'id', audience: app[facebook] },
] as const;

for (const { provider, userKey, audience } of cases) {
  test(`${provider}: its token gives a session, by the application and the user that the provider names`, async () => {
    const RoleArn = await makeRole('mobile', provider, { StringEquals: { [`${provider}:app_id`]: app[provider], [`${provider}:${userKey}`]: user[provider] } });
    const answer = await assume(RoleArn, tokenOf[provider], provider);
    assert.deepEqual([answer.Provider, answer.Audience, answer.SubjectFromWebIdentityToken, answer.AssumedRoleUser?.Arn], [provider, audience, user[provider], `arn:aws:sts::${gatehouse.account}:assumed-role/mobile/app`]);
    assert.equal((await gatehouse.sts(keyOf(answer)).send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:sts::${gatehouse.account}:assumed-role/mobile/app`);
    const record = JSON.stringify(gatehouse.auditRecords.find((one) => Reflect.get(one, 'eventName') === 'AssumeRoleWithWebIdentity'));
    assert.match(record, /"type":"WebIdentityUser"/);
    const seen = JSON.stringify([gatehouse.auditRecords, gatehouse.logLines]);
    assert.doesNotMatch(seen, /Atza|EAAB/, 'the token is in no record and no log line');
    assert.ok(asked.every(({ trust }) => trust.holdsSecret && trust.thumbprints.length === 0), 'the token is sent nowhere else');
    // The id outlives the trust policy, the application does not.
    await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'mobile', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [
      { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { StringEquals: { [`${provider}:${userKey}`]: user[provider], 'aws:FederatedProvider': provider } } },
      { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*', Condition: { StringEquals: { [`${provider}:app_id`]: app[provider] } } },
      { Effect: 'Allow', Action: 'iam:GetUser', Resource: `arn:aws:iam::*:user/\${${provider}:${userKey}}` },
    ] }) }));
    const iam = gatehouse.iam(keyOf(answer));
    await iam.send(new iamSdk.ListUsersCommand({}));
    await assertRefused(iam.send(new iamSdk.ListRolesCommand({})), { code: 'AccessDenied', status: 403, message: /iam:ListRoles/ });
    await gatehouse.iam().send(new iamSdk.CreateUserCommand({ UserName: user[provider] }));
    await iam.send(new iamSdk.GetUserCommand({ UserName: user[provider] }));
  });

  test(`${provider}: a token for another application, of another user, or one that the provider does not know is refused`, async () => {
    const RoleArn = await makeRole('mobile', provider, { StringEquals: { [`${provider}:app_id`]: 'another' } });
    await assertRefused(assume(RoleArn, tokenOf[provider], provider), notAuthorized);
    await assertRefused(assume(await makeRole('one', provider, { StringEquals: { [`${provider}:${userKey}`]: 'another' } }), tokenOf[provider], provider), notAuthorized);
    for (const status of [400, 401, 403]) {
      for (const path of Object.keys(usual)) answers[path] = () => reject(status);
      await assertRefused(assume(RoleArn, 'forged', provider), rejected);
    }
    answers = { ...usual };
    // The other provider's token is none of this one's, and a role that trusts the other one is not for it.
    const other = provider === amazon ? facebook : amazon;
    await assertRefused(assume(RoleArn, tokenOf[other], provider), rejected);
    await assertRefused(assume(await makeRole('other', other, { StringLike: { [`${other}:app_id`]: '*' } }), tokenOf[provider], provider), notAuthorized);
    // Nor is an account's own provider of that host the same principal.
    const { OpenIDConnectProviderArn } = await gatehouse.iam().send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: `https://${provider}`, ClientIDList: ['x'] }));
    await assertRefused(assume(await makeRole('own', OpenIDConnectProviderArn!, { StringLike: { [`${provider}:app_id`]: '*' } }), tokenOf[provider], provider), notAuthorized);
  });

  test(`${provider}: an answer that does not say whose the token is proves nobody`, async () => {
    const RoleArn = await makeRole('mobile', provider, { StringLike: { [`${provider}:app_id`]: '*' } });
    const paths = Object.keys(usual).filter((path) => path.includes(provider === amazon ? 'amazon' : 'facebook'));
    for (const path of paths) {
      const good = usual[path]!(tokenOf[provider]) as Readonly<Record<string, unknown>>;
      const altered = (name: string, value: unknown): object => ({ ...good, [name]: value });
      const forged: readonly unknown[] = [null, [], 'text', 7, {}, ...Object.keys(good).filter((name) => name !== 'iat').flatMap((name) => [undefined, null, ['x'], { x: 1 }, '', 'a b', 'x'.repeat(256), 'é'].map((value) => altered(name, value)))];
      for (const answer of forged) {
        answers = { ...usual, [path]: () => answer };
        await assertRefused(assume(RoleArn, tokenOf[provider], provider), odd);
      }
    }
  });

  test(`${provider}: one that does not answer is told apart, for clients to try again`, async () => {
    const RoleArn = await makeRole('mobile', provider, { StringLike: { [`${provider}:app_id`]: '*' } });
    for (const path of Object.keys(usual)) answers[path] = () => reject(503, true);
    await assertRefused(assume(RoleArn, tokenOf[provider], provider), { code: 'IDPCommunicationError', status: 400, message: /could not be reached/ });
    for (const path of Object.keys(usual)) answers[path] = () => { throw new IssuerUntrusted('its certificate is not trusted'); };
    await assertRefused(assume(RoleArn, tokenOf[provider], provider), { code: 'InvalidIdentityToken', status: 400, message: /certificate/ });
    for (const path of Object.keys(usual)) answers[path] = () => reject(404);
    await assertRefused(assume(RoleArn, tokenOf[provider], provider), odd);
  });
}

test('Amazon: a token that its provider says has expired, or that another issuer stands for, is refused', async () => {
  const RoleArn = await makeRole('mobile', amazon, { StringLike: { [`${amazon}:app_id`]: '*' } });
  const good = usual['https://api.amazon.com/auth/o2/tokeninfo']!(tokenOf[amazon]) as object;
  for (const exp of [0, -1, NaN]) {
    answers['https://api.amazon.com/auth/o2/tokeninfo'] = () => ({ ...good, exp });
    await assertRefused(assume(RoleArn, tokenOf[amazon], amazon), { code: 'ExpiredTokenException', status: 400, message: /expired/ });
  }
  for (const iss of ['https://www.amazon.co.uk', 'https://www.amazon.com/', 'www.amazon.com']) {
    answers['https://api.amazon.com/auth/o2/tokeninfo'] = () => ({ ...good, iss });
    await assertRefused(assume(RoleArn, tokenOf[amazon], amazon), odd);
  }
});

test('a token is asked about each time: one that was revoked is no good any more', async () => {
  const RoleArn = await makeRole('mobile', amazon, { StringLike: { [`${amazon}:app_id`]: '*' } });
  await assume(RoleArn, tokenOf[amazon], amazon);
  answers['https://api.amazon.com/auth/o2/tokeninfo'] = () => reject(400);
  await assertRefused(assume(RoleArn, tokenOf[amazon], amazon), rejected);
});

test('there are two providers of access tokens; no other name is asked, and none is guessed', async () => {
  const RoleArn = await makeRole('mobile', amazon, { StringLike: { [`${amazon}:app_id`]: '*' } });
  for (const ProviderId of ['https://www.amazon.com', 'www.amazon.com:443', 'WWW.AMAZON.COM', 'accounts.google.com', 'cognito-identity.amazonaws.com', 'evil.example', '127.0.0.1', '__proto__', 'constructor', 'api.amazon.com']) {
    await assertRefused(assume(RoleArn, tokenOf[amazon], ProviderId), { code: 'InvalidIdentityToken', status: 400, message: "Specified provider doesn't exist" });
  }
  await assertRefused(assume(RoleArn, tokenOf[amazon], 'abc'), { code: 'ValidationError', status: 400, message: /providerId/ });
  assert.deepEqual(asked, []);
  // Without a provider it is an ID token, which it is not; and an ID token is no access token.
  await assertRefused(assume(RoleArn, tokenOf[amazon]), { code: 'InvalidIdentityToken', status: 400, message: /not a valid JWT/ });
  const issuer = await testIssuer('https://www.amazon.com');
  await assertRefused(assume(RoleArn, await issuer.mint({ user_id: user[amazon], app_id: app[amazon] })), { code: 'InvalidIdentityToken', status: 400, message: /No OpenIDConnect provider found/ });
  await assertRefused(assume(RoleArn, await issuer.mint(), amazon), rejected);
});

test('a token cannot reach out of its parameter', async () => {
  const RoleArn = await makeRole('mobile', facebook, { StringLike: { [`${facebook}:app_id`]: '*' } });
  for (const token of ['x&access_token=EAAB-alice', 'x#EAAB-alice', '../../me?access_token=EAAB-alice', 'x\nHost: evil.example', '%45AAB-alice']) await assertRefused(assume(RoleArn, token, facebook), rejected);
  assert.deepEqual([...new Set(asked.map(({ url }) => `${url.origin}${url.pathname}`))].toSorted(), ['https://graph.facebook.com/app', 'https://graph.facebook.com/me']);
  for (const { url } of asked) assert.equal(url.searchParams.getAll('access_token').length, 1);
});

test('a duration, session policies and an account that is not there are held to the same rules', async () => {
  const RoleArn = await makeRole('mobile', amazon, { StringEquals: { [`${amazon}:app_id`]: app[amazon] } });
  await assertRefused(assume(RoleArn, tokenOf[amazon], amazon, { DurationSeconds: 3_601 }), { code: 'ValidationError', status: 400, message: /MaxSessionDuration/ });
  await assertRefused(assume(RoleArn, tokenOf[amazon], amazon, { Policy: '{}' }), { code: 'MalformedPolicyDocument', status: 400, message: /./ });
  for (const arn of [RoleArn.replace(gatehouse.account, '999999999999'), `${RoleArn}-not`]) await assertRefused(assume(arn, tokenOf[amazon], amazon), notAuthorized);
});

// Over real sockets: where the operator says that the provider is.

let served: { readonly url: string; readonly seen: string[] };
let close: () => void;
before(async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url!);
    const { pathname, searchParams } = new URL(request.url!, 'http://x');
    const token = searchParams.get('access_token');
    if (token === 'moved') return void response.writeHead(302, { Location: '/elsewhere' }).end();
    if (token === 'huge') return void response.writeHead(200).end(`{"id":"${'9'.repeat(300_000)}"}`);
    if (token !== tokenOf[facebook]) return void response.writeHead(400).end('{"error":{"message":"Invalid OAuth access token."}}');
    response.writeHead(200).end(JSON.stringify({ id: pathname.endsWith('/me') ? '1' : '2' }));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  served = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  close = () => server.close();
});
after(() => close());

test('an address that the operator gives stands for the provider; a redirect and a huge answer are refused; a private address that nobody named is not asked', async () => {
  const fetchDocument = createFetchDocument({ allowsPrivate: false });
  const read = createAccessTokenReader({ fetchDocument, issuerAddresses: new Map([[`https://${facebook}`, `${served.url}/graph`]]) });
  assert.deepEqual(await read(facebook, tokenOf[facebook]), { provider: facebook, subject: '1', audience: '2', keys: { 'graph.facebook.com:id': '1', 'graph.facebook.com:app_id': '2' }, lastingKeys: { 'graph.facebook.com:id': '1' } });
  await assert.rejects(read(facebook, 'none'), (thrown) => thrown instanceof AccessTokenRefused && thrown.rejection === 'rejected');
  for (const token of ['moved', 'huge']) await assert.rejects(read(facebook, token), (thrown) => thrown instanceof AccessTokenRefused && thrown.rejection === 'odd');
  assert.ok(served.seen.every((url) => /^\/graph\/(me|app)\?fields=id&access_token=/.test(url)), 'nothing was asked elsewhere');
  const toPrivate = createAccessTokenReader({ fetchDocument: (url, trust) => fetchDocument(url.replace('https://api.amazon.com', 'https://localhost:1'), trust), issuerAddresses: new Map() });
  await assert.rejects(toPrivate(amazon, 'x'), (thrown) => thrown instanceof AccessTokenRefused && /private address/.test(thrown.message));
});

test('many tokens at once wait for each other, and beyond that are turned away', async () => {
  let inside = 0;
  let most = 0;
  let release!: () => void;
  const gate = new Promise<void>((resolve) => { release = resolve; });
  const read = createAccessTokenReader({ issuerAddresses: new Map(), fetchDocument: async () => {
    most = Math.max(most, ++inside);
    await gate;
    inside--;
    return reject(400);
  } });
  const all = Array.from({ length: 300 }, (_, i) => read(amazon, `token-${i}`).catch((thrown: unknown) => thrown));
  release();
  const outcomes = await Promise.all(all);
  assert.equal(most, 16);
  assert.equal(outcomes.filter((thrown) => thrown instanceof IssuerUnreachable && thrown.isPassing).length, 300 - 16 - 256);
});

test('Google: a token that names its issuer without the scheme is Google\'s, for its built-in provider and for an account\'s own', async () => {
  const issuer = await testIssuer('https://accounts.google.com');
  gatehouse = await startGatehouse({ seed: 'google', fetchDocument: issuer.fetchDocument });
  const RoleArn = await makeRole('google', 'accounts.google.com', { StringEquals: { 'accounts.google.com:aud': 'app-1', 'accounts.google.com:oaud': 'backend', 'accounts.google.com:sub': '108' } });
  const claims = { sub: '108', azp: 'app-1', aud: 'backend', iss: 'accounts.google.com' };
  const answer = await assume(RoleArn, await issuer.mint(claims));
  assert.deepEqual([answer.Provider, answer.Audience, answer.SubjectFromWebIdentityToken], ['accounts.google.com', 'app-1', '108']);
  await assume(RoleArn, await issuer.mint({ ...claims, iss: issuer.url }));
  await assertRefused(assume(RoleArn, await issuer.mint({ ...claims, azp: 'app-2' })), notAuthorized);
  const noKey = { code: 'InvalidIdentityToken', status: 400, message: /./ };
  const other = await testIssuer('https://other.example');
  await assertRefused(assume(RoleArn, await other.mint(claims)), noKey);
  for (const iss of ['http://accounts.google.com', 'accounts.google.com/', 'Accounts.google.com', 'accounts.google.com.evil.example', 'other.example']) await assertRefused(assume(RoleArn, await issuer.mint({ ...claims, iss })), { code: 'InvalidIdentityToken', status: 400, message: /No OpenIDConnect provider found/ });
  const { OpenIDConnectProviderArn } = await gatehouse.iam().send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: issuer.url, ClientIDList: ['app-1'] }));
  const own = await makeRole('own', OpenIDConnectProviderArn!, { StringEquals: { 'accounts.google.com:sub': '108' } });
  assert.equal((await assume(own, await issuer.mint(claims))).Provider, OpenIDConnectProviderArn);
  await assertRefused(assume(own, await issuer.mint({ ...claims, azp: 'app-2' })), { code: 'InvalidIdentityToken', status: 400, message: 'Incorrect token audience' });
});
