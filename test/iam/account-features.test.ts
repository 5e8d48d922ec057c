/** What an account switches on and off as a whole, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { testAsks } from './asked-resources.ts';
import { assertRefused } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
let own: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'account features', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
  own = caller.iam;
});
after(() => gatehouse.stop());

const enable = (client = iam) => client.send(new sdk.EnableOutboundWebIdentityFederationCommand({}));
const disable = (client = iam) => client.send(new sdk.DisableOutboundWebIdentityFederationCommand({}));
const info = (client = iam) => client.send(new sdk.GetOutboundWebIdentityFederationInfoCommand({}));
const prefer = (GlobalEndpointTokenVersion: sdk.GlobalEndpointTokenVersion, client = iam) => client.send(new sdk.SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion }));
const enabled = { code: 'FeatureEnabled', status: 409, message: 'Outbound identity federation is already enabled for your AWS account.' };
const disabled = { code: 'FeatureDisabled', status: 404, message: 'Outbound identity federation is already disabled for your AWS account.' };

test('outbound federation is off, goes on and off, and keeps the account\'s issuer', async () => {
  await assertRefused(info(), disabled);
  await assertRefused(disable(), disabled);
  const { IssuerIdentifier } = await enable();
  assert.match(IssuerIdentifier ?? '', /^https:\/\/gatehouse\.test\/_gatehouse\/issuers\/[0-9a-f-]{36}$/);
  const told = await info();
  assert.deepEqual([told.IssuerIdentifier, told.JwtVendingEnabled], [IssuerIdentifier, true]);
  await assertRefused(enable(), enabled);
  await disable();
  await assertRefused(info(), disabled);
  assert.equal((await enable()).IssuerIdentifier, IssuerIdentifier);
  await disable();
});

test('each account has an issuer of its own', async () => {
  const other = gatehouse.iam(await gatehouse.newAccount('444455556666'));
  const theirs = await enable(other);
  assert.notEqual(theirs.IssuerIdentifier, (await enable()).IssuerIdentifier);
  await disable();
});

test('the version of tokens is the first until it is chosen, and GetAccountSummary tells it', async () => {
  const version = async () => (await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.['GlobalEndpointTokenVersion'];
  assert.equal(await version(), 1);
  await prefer('v2Token');
  assert.equal(await version(), 2);
  await prefer('v1Token');
  assert.equal(await version(), 1);
  await assertRefused(iam.send(new sdk.SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: 'v3Token' as sdk.GlobalEndpointTokenVersion })), { code: 'ValidationError', status: 400, message: /'globalEndpointTokenVersion' failed to satisfy constraint: Member must satisfy enum value set/ });
});

const ofOrganizations = {
  ListOrganizationsFeatures: (client: IAMClient) => client.send(new sdk.ListOrganizationsFeaturesCommand({})),
  EnableOrganizationsRootCredentialsManagement: (client: IAMClient) => client.send(new sdk.EnableOrganizationsRootCredentialsManagementCommand({})),
  EnableOrganizationsRootSessions: (client: IAMClient) => client.send(new sdk.EnableOrganizationsRootSessionsCommand({})),
  DisableOrganizationsRootCredentialsManagement: (client: IAMClient) => client.send(new sdk.DisableOrganizationsRootCredentialsManagementCommand({})),
  DisableOrganizationsRootSessions: (client: IAMClient) => client.send(new sdk.DisableOrganizationsRootSessionsCommand({})),
};

test('features of organizations: an account in none is told so, once it may ask', async () => {
  const notFound = { code: 'OrganizationNotFoundException', status: 400, message: 'The request was rejected because no organization is associated with your account.' };
  for (const [action, send] of Object.entries(ofOrganizations)) {
    await caller.permit();
    await assertRefused(send(own), caller.denied(action, '*'));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: '*' });
    await assertRefused(send(own), notFound);
  }
});

describe('is denied, unless exactly the action is allowed on exactly the resource:', () => {
  testAsks([
    { action: 'EnableOutboundWebIdentityFederation', resource: '*', send: () => enable(own) },
    { action: 'GetOutboundWebIdentityFederationInfo', resource: '*', send: () => info(own) },
    { action: 'DisableOutboundWebIdentityFederation', resource: '*', send: () => disable(own) },
    { action: 'SetSecurityTokenServicePreferences', resource: '*', send: () => prefer('v1Token', own) },
  ], () => caller);
});
