/** A session's permissions are never more than what it was made of, for every operation and through chains; and a restricted one has no way out. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import fc from 'fast-check';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { testIssuer, type TestIssuer } from './issuer.ts';
import { startProbing, type Probe } from './probing.ts';

const account = '111122223333';
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const keyOf = (credentials: Credentials | undefined): KeyPair => ({ accessKeyId: credentials!.AccessKeyId!, secretAccessKey: credentials!.SecretAccessKey!, sessionToken: credentials!.SessionToken! });
const documentOf = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const trust = documentOf({ Effect: 'Allow', Principal: { AWS: account }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] });
const everything = documentOf({ Effect: 'Allow', Action: '*', Resource: '*' });

/** Policies that are about what is asked: every kind of element, and conditions that hold or do not. */
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  scope: fc.oneof(
    fc.record({ Action: fc.subarray(['*', 'iam:*', 'iam:Get*', 'iam:List*', 'iam:*User*', 'iam:*Role*', 'iam:*AccessKey*', 'iam:*MFA*', 'iam:*Password*', 'iam:Delete*', 'iam:CreateUser', 'iam:PassRole', 'sts:*', 'sts:AssumeRole', 'sts:Get*', 'gatehouse:*', 'gatehouse:List*'], { minLength: 1, maxLength: 3 }) }),
    fc.record({ NotAction: fc.subarray(['iam:*Policy*', 'iam:Create*', 'sts:*', 'iam:Get*'], { minLength: 1, maxLength: 2 }) }),
  ),
  place: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ Resource: '*' }) },
    { weight: 2, arbitrary: fc.record({ Resource: fc.subarray([`arn:aws:iam::${account}:user/*`, `arn:aws:iam::${account}:role/*`, `arn:aws:iam::${account}:user/sample-user`, `arn:aws:iam::${account}:policy/*`, `arn:aws:iam::*:role/sample-*`], { minLength: 1, maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.constant({ NotResource: `arn:aws:iam::${account}:user/*` }) },
  ),
  limit: fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom({ Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }, { Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } } }, { Condition: { Null: { 'aws:TokenIssueTime': 'true' } } }) },
  ),
}).map(({ Effect, scope, place, limit }) => Object.assign({ Effect }, scope, place, limit));
const policy = fc.array(statement, { minLength: 1, maxLength: 3 }).map((statements) => documentOf(...statements));

/** A role of this policy, and perhaps this boundary. */
async function makeRole(gatehouse: TestGatehouse, RoleName: string, own: string, boundary?: string): Promise<void> {
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await iam.send(new iamSdk.PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: own }));
  if (boundary === undefined) return;
  const { Policy } = await iam.send(new iamSdk.CreatePolicyCommand({ PolicyName: `boundary-of-${RoleName}`, PolicyDocument: boundary }));
  await iam.send(new iamSdk.PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: Policy!.Arn! }));
}

const assume = async (gatehouse: TestGatehouse, name: string, by: KeyPair = gatehouse.admin, Policy?: string): Promise<KeyPair> =>
  keyOf((await gatehouse.sts(by).send(new AssumeRoleCommand({ RoleArn: roleArn(name), RoleSessionName: 'test', ...(Policy !== undefined && { Policy }) }))).Credentials);

test('of every operation a session is allowed exactly what its role, its boundary and its session policies each allow, also at the end of a chain', async () => {
  const gatehouse = await startGatehouse({ seed: 'session rights', accountId: account });
  await makeRole(gatehouse, 'link', everything);
  await makeRole(gatehouse, 'target', everything);
  const { operations, ask } = await startProbing(gatehouse, roleArn('target'));
  const allows = async (key: KeyPair, operation: string): Promise<boolean> => (await ask(key, operation)) === 'allowed';
  let cases = 0;
  await fc.assert(fc.asyncProperty(policy, policy, policy, fc.integer({ min: 0, max: parts - 1 }), async (own, boundary, passed, part) => {
    const name = (what: string): string => `${what}-${cases}`;
    cases++;
    await makeRole(gatehouse, name('whole'), own, boundary);
    // What each layer allows by itself is told by a session that has nothing else.
    for (const [layer, document] of Object.entries({ own, boundary, passed })) await makeRole(gatehouse, name(layer), document);
    const alone = await Promise.all(['own', 'boundary', 'passed'].map((layer) => assume(gatehouse, name(layer))));
    const link = await assume(gatehouse, 'link');
    const sessions = { direct: await assume(gatehouse, name('whole'), gatehouse.admin, passed), chained: await assume(gatehouse, name('whole'), link, passed) };
    const unlimited = await assume(gatehouse, name('whole'));
    for (const operation of operations.filter((_, i) => i % parts === part)) {
      // What needs no permission is not given by any policy.
      if (operation === 'sts:GetCallerIdentity') continue;
      const [byOwn, byBoundary, byPassed] = [await allows(alone[0]!, operation), await allows(alone[1]!, operation), await allows(alone[2]!, operation)];
      const told = `${operation}: own ${byOwn}, boundary ${byBoundary}, passed ${byPassed}`;
      for (const [how, session] of Object.entries(sessions)) assert.equal(await allows(session, operation), byOwn && byBoundary && byPassed, `${how}, ${told}`);
      assert.equal(await allows(unlimited, operation), byOwn && byBoundary, `without a session policy, ${told}`);
    }
  }), { numRuns: 16, seed: 5 });
});

/** Of so many parts of all operations each case asks one; over all cases every operation is asked. */
const parts = 8;

/** Sessions of someone who may do everything, restricted to nothing of use: how each is made. */
const restrictions: Readonly<Record<string, (gatehouse: TestGatehouse, issuer: TestIssuer) => Promise<KeyPair>>> = {
  'a role\'s session with a session policy': (gatehouse) => assume(gatehouse, 'whole', gatehouse.admin, nothing),
  'a session at the end of a chain with a session policy': async (gatehouse) => assume(gatehouse, 'whole', await assume(gatehouse, 'link'), nothing),
  'a federated user without a policy': async (gatehouse) => keyOf((await gatehouse.sts().send(new GetFederationTokenCommand({ Name: 'guest' }))).Credentials),
  'a federated user with everything': async (gatehouse) => keyOf((await gatehouse.sts().send(new GetFederationTokenCommand({ Name: 'guest', Policy: everything }))).Credentials),
  'a user\'s session without MFA': async (gatehouse) => keyOf((await gatehouse.sts().send(new GetSessionTokenCommand({}))).Credentials),
  'a web identity with a session policy': async (gatehouse, issuer) => keyOf((await gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn('federated'), RoleSessionName: 'test', WebIdentityToken: await issuer.mint(), Policy: nothing }))).Credentials),
};
const nothing = documentOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::nowhere/*' });

/** What is left to each: nothing that makes a key, a password, a device, a role or another session. */
const left: Readonly<Record<keyof typeof restrictions, readonly string[]>> = {
  'a role\'s session with a session policy': ['sts:GetCallerIdentity'],
  'a session at the end of a chain with a session policy': ['sts:GetCallerIdentity'],
  'a federated user without a policy': ['sts:GetCallerIdentity'],
  'a federated user with everything': ['sts:GetCallerIdentity'],
  // It may go on to a role, as the user may: the role's trust policy can ask for MFA.
  'a user\'s session without MFA': ['sts:AssumeRole', 'sts:GetCallerIdentity'],
  'a web identity with a session policy': ['sts:GetCallerIdentity'],
};

let probe: Probe;
const keys = new Map<string, KeyPair>();
before(async () => {
  const issuer = await testIssuer('https://issuer.acme.example');
  const gatehouse = await startGatehouse({ seed: 'no way out', accountId: account, fetchDocument: issuer.fetchDocument });
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }));
  for (const name of ['whole', 'link', 'target']) await makeRole(gatehouse, name, everything);
  const { OpenIDConnectProviderArn: Federated } = await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url: issuer.url, ClientIDList: ['sts.amazonaws.com'] }));
  await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'federated', AssumeRolePolicyDocument: documentOf({ Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${issuer.name}:aud`]: 'sts.amazonaws.com' } } }) }));
  await iam.send(new iamSdk.PutRolePolicyCommand({ RoleName: 'federated', PolicyName: 'own', PolicyDocument: everything }));
  for (const [name, make] of Object.entries(restrictions)) keys.set(name, await make(gatehouse, issuer));
  keys.set('administrator', gatehouse.admin);
  probe = await startProbing(gatehouse, roleArn('target'));
});

for (const name of Object.keys(restrictions)) {
  test(`${name} has no way to more: of all operations it can call ${left[name]!.join(', ')}`, async () => {
    const allowed: string[] = [];
    const others: string[] = [];
    for (const operation of probe.operations) {
      const outcome = await probe.ask(keys.get(name)!, operation);
      if (outcome === 'allowed') allowed.push(operation);
      else if (outcome !== 'denied') others.push(`${operation} ${outcome.other}`);
    }
    assert.deepEqual(allowed, left[name]);
    assert.deepEqual(others, [], 'each is decided');
  });
}

test('the administrator is allowed all of them, so that what is denied above is denied to the session', async () => {
  // There is no organization whose members' root anyone could be.
  for (const operation of probe.operations) if (operation !== 'sts:AssumeRoot') assert.equal(await probe.ask(keys.get('administrator')!, operation), 'allowed', operation);
});
