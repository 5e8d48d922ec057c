/** Why a role was refused to a token or an assertion: the explanation shows what the provider claimed, beside what the trust policy wanted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithSAMLCommand, AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import { explainDenial } from '../../src/authz/explain-denial.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testIssuer } from './issuer.ts';
import { assertionXml, base64, responseXml, samlMetadata, sign } from './saml-idp.ts';

/** The latest denial as `gatehouse why` and GetAuthorizationExplanation tell it. */
function explained(gatehouse: TestGatehouse) {
  const [denial] = gatehouse.plane.denials.list(gatehouse.account, { limit: 1 });
  assert.ok(denial, 'the denial was kept');
  return explainDenial(denial);
}

const denied = (error: { readonly name: string }): void => assert.match(error.name, /AccessDenied/);

test('a web identity\'s denial shows every claim that the trust policy saw, what it wanted, and never the token', async () => {
  const issuer = await testIssuer();
  const gatehouse = await startGatehouse({ fetchDocument: issuer.fetchDocument });
  const iam = gatehouse.iam();
  const { OpenIDConnectProviderArn: Federated } = await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: issuer.url, ClientIDList: ['sts.amazonaws.com'] }));
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringLike: { [`${issuer.name}:sub`]: 'repo:acme/app:environment:prod' } } } });
  const { Role } = await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument }));
  const token = await issuer.mint({ repository: 'acme/app', actor: 'octocat', 'https://aws.amazon.com/tags': { principal_tags: { Team: ['blue'] } } });
  await gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: Role!.Arn!, RoleSessionName: 'ci', WebIdentityToken: token })).then(() => assert.fail('it is denied'), denied);
  const { text, explanation } = explained(gatehouse);
  assert.deepEqual(explanation.request.keys, {
    'aws:requesttag/team': 'blue', 'aws:tagkeys': ['Team'], 'sts:roleauthorizedbyidp': 'false', 'sts:rolesessionname': 'ci',
    [`${issuer.name}:actor`]: 'octocat', [`${issuer.name}:aud`]: 'sts.amazonaws.com', [`${issuer.name}:repository`]: 'acme/app', [`${issuer.name}:sub`]: 'repo:acme/app:ref:refs/heads/main',
  });
  assert.match(text, /^ {2}keys {6}aws:requesttag\/team +"blue"$/m);
  assert.match(text, /^ +token\.actions\.githubusercontent\.com:sub +"repo:acme\/app:ref:refs\/heads\/main"$/m);
  assert.match(text, /StringLike token\.actions\.githubusercontent\.com:sub: does not hold: wanted "repo:acme\/app:environment:prod"; the request has "repo:acme\/app:ref:refs\/heads\/main"/);
  assert.ok(!JSON.stringify({ text, explanation }).includes(token.split('.')[2]!));
});

test('a SAML user\'s denial shows the attributes that the trust policy saw, and never the assertion', async () => {
  const gatehouse = await startGatehouse();
  const iam = gatehouse.iam();
  const { SAMLProviderArn: Federated } = await iam.send(new iamSdk.CreateSAMLProviderCommand({ Name: 'idp', SAMLMetadataDocument: samlMetadata() }));
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithSAML', Condition: { 'ForAnyValue:StringEquals': { 'saml:edupersonaffiliation': 'faculty' } } } });
  const { Role } = await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'staff', AssumeRolePolicyDocument }));
  const xml = sign(responseXml(assertionXml({ roles: [`${Role!.Arn},${Federated}`], attributes: { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': ['member', 'staff'] } })), 'Assertion');
  await gatehouse.sts().send(new AssumeRoleWithSAMLCommand({ RoleArn: Role!.Arn!, PrincipalArn: Federated!, SAMLAssertion: base64(xml) })).then(() => assert.fail('it is denied'), denied);
  const { text, explanation } = explained(gatehouse);
  assert.deepEqual(explanation.request.keys?.['saml:edupersonaffiliation'], ['member', 'staff']);
  assert.match(text, /^ +saml:sub +"alice"$/m);
  assert.match(text, /saml:edupersonaffiliation: does not hold: wanted "faculty"; the request has "member", "staff"/);
  assert.doesNotMatch(text, /SignatureValue|PHNhbWxw/);
});

test('a signed caller\'s denial shows no keys beside those that a policy asked for', async () => {
  const gatehouse = await startGatehouse();
  await gatehouse.iam().send(new iamSdk.CreateUserCommand({ UserName: 'eve' }));
  const { AccessKey } = await gatehouse.iam().send(new iamSdk.CreateAccessKeyCommand({ UserName: 'eve' }));
  await gatehouse.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }).send(new iamSdk.ListUsersCommand({})).then(() => assert.fail('it is denied'), denied);
  const { text, explanation } = explained(gatehouse);
  assert.equal(explanation.request.keys, undefined);
  assert.doesNotMatch(text, /^ {2}keys/m);
});
