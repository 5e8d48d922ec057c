/** What each kind of credentials may call at all, whatever its policies say: the whole table, asked of every operation of STS and of IAM. Source: "Compare AWS STS credentials" (IAM User Guide). */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRootCommand, AssumeRoleWithWebIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { sts } from '../../src/services/sts/index.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { enable, newAuthenticator } from '../iam/authenticator.ts';
import { callQuery, textOf } from '../signed-call.ts';
import { testIssuer } from './issuer.ts';
import { allow, document, keyOf, makeRole, makeUser, sessionOf, trust } from './roles.ts';

const account = '111122223333';
/** An input that gets past the model for each operation that is signed. */
const inputs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AssumeRole: { RoleArn: `arn:aws:iam::${account}:role/target`, RoleSessionName: 'session' },
  AssumeRoot: { TargetPrincipal: '222233334444', 'TaskPolicyArn.arn': 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy' },
  DecodeAuthorizationMessage: { EncodedMessage: 'x' },
  GetAccessKeyInfo: { AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  GetCallerIdentity: {},
  GetDelegatedAccessToken: { TradeInToken: 'x' },
  GetFederationToken: { Name: 'guest' },
  GetSessionToken: {},
  GetWebIdentityToken: { 'Audience.member.1': 'a', SigningAlgorithm: 'ES384' },
};
const signed = Object.keys(inputs);
const everything = [allow('*')];

/** Kind of credentials → the operations of STS that it may call, and whether it may call IAM. */
const table: Readonly<Record<string, { readonly sts: readonly string[]; readonly iam: boolean }>> = {
  'a user\'s key': { sts: signed, iam: true },
  'root\'s key': { sts: signed.filter((name) => name !== 'AssumeRole' && name !== 'AssumeRoot'), iam: true },
  'a session of AssumeRole': { sts: signed.filter((name) => name !== 'GetFederationToken' && name !== 'GetSessionToken'), iam: true },
  'a session of AssumeRoleWithWebIdentity': { sts: signed.filter((name) => name !== 'GetFederationToken' && name !== 'GetSessionToken'), iam: true },
  'a session of GetFederationToken': { sts: ['GetCallerIdentity'], iam: false },
  'a session of GetSessionToken without MFA': { sts: ['AssumeRole', 'GetCallerIdentity'], iam: false },
  'a session of GetSessionToken with MFA': { sts: ['AssumeRole', 'GetCallerIdentity'], iam: true },
  'a session of GetSessionToken, of root': { sts: ['GetCallerIdentity'], iam: false },
  'a session of AssumeRoot': { sts: ['GetCallerIdentity'], iam: true },
};

let gatehouse: TestGatehouse;
const keys: Record<string, KeyPair> = {};
before(async () => {
  const issuer = await testIssuer();
  gatehouse = await startGatehouse({ seed: 'session rights', accountId: account, fetchDocument: issuer.fetchDocument });
  const iam = gatehouse.iam();
  const user = await makeUser(gatehouse, 'user', everything);
  const role = await makeRole(gatehouse, 'role', { trust: [trust(account)], policy: everything });
  await makeRole(gatehouse, 'target', { trust: [trust(account)] });
  const { OpenIDConnectProviderArn: Federated } = await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: issuer.url, ClientIDList: ['sts.amazonaws.com'] }));
  const web = await makeRole(gatehouse, 'web', { trust: [{ Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { [`${issuer.name}:sub`]: 'repo:acme/app:*' } } }], policy: everything });
  await iam.send(new iamSdk.EnableOutboundWebIdentityFederationCommand({}));
  await gatehouse.newAccount('222233334444', account);
  await iam.send(new iamSdk.EnableOrganizationsRootSessionsCommand({}));
  const device = await newAuthenticator(gatehouse, 'user');
  await enable(iam, device, 'user');
  gatehouse.clock.advance(16 * 60_000);
  keys['a user\'s key'] = user;
  keys['root\'s key'] = gatehouse.root;
  keys['a session of AssumeRole'] = await sessionOf(gatehouse, role);
  const WebIdentityToken = await issuer.mint({ exp: Math.floor(gatehouse.clock.now / 1000) + 600 });
  keys['a session of AssumeRoleWithWebIdentity'] = keyOf((await gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: web, RoleSessionName: 'web', WebIdentityToken }))).Credentials);
  keys['a session of GetFederationToken'] = keyOf((await gatehouse.sts(user).send(new GetFederationTokenCommand({ Name: 'guest', Policy: document(...everything) }))).Credentials);
  keys['a session of GetSessionToken without MFA'] = keyOf((await gatehouse.sts(user).send(new GetSessionTokenCommand({}))).Credentials);
  keys['a session of GetSessionToken with MFA'] = keyOf((await gatehouse.sts(user).send(new GetSessionTokenCommand({ SerialNumber: device.serialNumber, TokenCode: device.code() }))).Credentials);
  keys['a session of GetSessionToken, of root'] = keyOf((await gatehouse.sts(gatehouse.root).send(new GetSessionTokenCommand({}))).Credentials);
  keys['a session of AssumeRoot'] = keyOf((await gatehouse.sts().send(new AssumeRootCommand({ TargetPrincipal: '222233334444', TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' } }))).Credentials);
});
after(() => gatehouse.stop());

test('the table has every operation of STS that is signed', () => {
  assert.deepEqual([...sts.operations].filter(([, { proof }]) => proof === undefined || proof === 'signature').map(([name]) => name).sort(), [...signed].sort());
});

/** Refusals that are about the credentials, or for want of a policy: not those about what was asked for. */
const refusals: ReadonlySet<string> = new Set(['AccessDenied', 'InvalidClientTokenId']);

for (const [kind, rights] of Object.entries(table)) {
  describe(kind, () => {
    for (const Action of signed) {
      const may = rights.sts.includes(Action);
      test(`${may ? 'may' : 'may not'} call ${Action}`, async () => {
        const answer = await callQuery(gatehouse, 'sts', { Action, ...inputs[Action] }, keys[kind]);
        const code = /<Code>(\w+)<\/Code>/.exec(textOf(answer))?.[1];
        assert.equal(code === undefined || !refusals.has(code), may, textOf(answer));
      });
    }

    test(`${rights.iam ? 'may' : 'may not'} call IAM`, async () => {
      const answer = await callQuery(gatehouse, 'iam', { Action: 'GetAccountSummary' }, keys[kind]);
      assert.deepEqual([answer.status, /<Code>(\w+)<\/Code>/.exec(textOf(answer))?.[1]], rights.iam ? [200, undefined] : [403, 'InvalidClientTokenId']);
    });
  });
}
