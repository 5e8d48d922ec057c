/** OpenID Connect providers, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'oidc providers' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const arnOf = (url: string): string => `arn:aws:iam::${gatehouse.account}:oidc-provider/${url}`;
const create = (Url: string, rest: Partial<sdk.CreateOpenIDConnectProviderCommandInput> = {}) => iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url, ...rest }));
const get = (OpenIDConnectProviderArn: string) => iam.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
const notFound = (arn: string) => ({ code: 'NoSuchEntity', status: 404, message: `OpenIDConnect Provider not found for arn ${arn}` });
const thumbprint = (digit: string): string => digit.repeat(40);

test('a provider is named by its issuer, which is shown without its scheme', async () => {
  const made = await create('https://token.actions.githubusercontent.com', { ClientIDList: ['sts.amazonaws.com', 'sts.amazonaws.com'], ThumbprintList: [thumbprint('A')], Tags: [{ Key: 'team', Value: 'blue' }] });
  assert.equal(made.OpenIDConnectProviderArn, arnOf('token.actions.githubusercontent.com'));
  assert.deepEqual(made.Tags, [{ Key: 'team', Value: 'blue' }]);
  const { $metadata: _, ...provider } = await get(made.OpenIDConnectProviderArn!);
  assert.deepEqual(provider, {
    Url: 'token.actions.githubusercontent.com', ClientIDList: ['sts.amazonaws.com'], ThumbprintList: [thumbprint('a')], CreateDate: new Date(gatehouse.clock.now), Tags: [{ Key: 'team', Value: 'blue' }],
  });
  await create('https://oidc.example/id/EXAMPLE');
  assert.deepEqual((await iam.send(new sdk.ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList, [{ Arn: arnOf('oidc.example/id/EXAMPLE') }, { Arn: arnOf('token.actions.githubusercontent.com') }]);
});

test('the same issuer twice is refused, one that differs in letter case or by a slash is another', async () => {
  await create('https://same.example/a');
  await assertRefused(create('https://same.example/a'), { code: 'EntityAlreadyExists', status: 409, message: 'Provider with url https://same.example/a already exists.' });
  await create('https://same.example/A');
  await create('https://same.example/a/');
});

test('an issuer is an https URL of host and path', async () => {
  for (const url of ['http://plain.example', 'plain.example', 'https://', 'https://a.example?x=1', 'https://a.example?', 'https://a.example#f', 'https://user@a.example', 'https://a b.example', 'HTTPS://a.example', 'https://*.example', 'ftp://a.example']) {
    await assertRefused(create(url), { code: 'ValidationError', status: 400, message: 'Invalid Open ID Connect Provider URL' });
  }
  await create('https://localhost:8443/realms/test');
});

test('thumbprints are five of forty hexadecimal digits, or none', async () => {
  const five = ['0', '1', '2', '3', '4'].map(thumbprint);
  await assertRefused(create('https://thumbs.example', { ThumbprintList: [...five, thumbprint('5')] }), { code: 'InvalidInput', status: 400, message: 'Thumbprint list must contain fewer than 5 entries.' });
  await assertRefused(create('https://thumbs.example', { ThumbprintList: [thumbprint('g')] }), { code: 'InvalidInput', status: 400, message: 'Thumbprint must be 40 hexadecimal characters.' });
  await assertRefused(create('https://thumbs.example', { ThumbprintList: ['abc'] }), { code: 'ValidationError', status: 400, message: /Member must have length greater than or equal to 40/ });
  const { OpenIDConnectProviderArn } = await create('https://thumbs.example');
  assert.deepEqual((await get(OpenIDConnectProviderArn!)).ThumbprintList, []);
  await iam.send(new sdk.UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList: five }));
  assert.deepEqual((await get(OpenIDConnectProviderArn!)).ThumbprintList, five);
});

test('client ids are added and removed, each as often as one likes, up to a hundred', async () => {
  const { OpenIDConnectProviderArn } = await create('https://clients.example', { ClientIDList: Array.from({ length: 99 }, (_, i) => `id-${i}`) });
  const add = (ClientID: string) => iam.send(new sdk.AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));
  await add('one-more');
  await add('one-more');
  await assertRefused(add('too-many'), beyondQuota('ClientIdsPerOpenIdConnectProvider', 100));
  for (const ClientID of ['one-more', 'not-there']) await iam.send(new sdk.RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));
  assert.equal((await get(OpenIDConnectProviderArn!)).ClientIDList?.length, 99);
  await assertRefused(create('https://more.example', { ClientIDList: Array.from({ length: 101 }, (_, i) => `id-${i}`) }), beyondQuota('ClientIdsPerOpenIdConnectProvider', 100));
});

test('tags are put on, taken off and listed', async () => {
  const { OpenIDConnectProviderArn } = await create('https://tags.example');
  await iam.send(new sdk.TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags: [{ Key: 'b', Value: '2' }, { Key: 'a', Value: '1' }] }));
  const first = await iam.send(new sdk.ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn, MaxItems: 1 }));
  assert.deepEqual([first.Tags, first.IsTruncated], [[{ Key: 'a', Value: '1' }], true]);
  await iam.send(new sdk.UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys: ['a'] }));
  assert.deepEqual((await get(OpenIDConnectProviderArn!)).Tags, [{ Key: 'b', Value: '2' }]);
  await assertRefused(create('https://reserved.example', { Tags: [{ Key: 'aws:x', Value: '' }] }), { code: 'InvalidInput', status: 400, message: /^Tag key aws:x is invalid/ });
});

test('what is not there is not found, but to delete it succeeds', async () => {
  const OpenIDConnectProviderArn = arnOf('absent.example');
  await assertRefused(get(OpenIDConnectProviderArn), notFound(OpenIDConnectProviderArn));
  const foreign = OpenIDConnectProviderArn.replace(gatehouse.account, '999999999999');
  await assertRefused(get(foreign), notFound(foreign));
  await assertRefused(get('no arn, but long enough for one'), { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' });
  await iam.send(new sdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  await create('https://absent.example');
  await iam.send(new sdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  await assertRefused(get(OpenIDConnectProviderArn), notFound(OpenIDConnectProviderArn));
});

test('each operation asks for its own action on the provider, tags included', async () => {
  const caller = await restrictedCaller(gatehouse);
  const OpenIDConnectProviderArn = arnOf('access.example/realm');
  await create('https://access.example/realm', { Tags: [{ Key: 'team', Value: 'blue' }] });
  const rows: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['CreateOpenIDConnectProvider', arnOf('new.example'), () => caller.iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://new.example' }))],
    ['GetOpenIDConnectProvider', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))],
    ['ListOpenIDConnectProviders', arnOf('*'), () => caller.iam.send(new sdk.ListOpenIDConnectProvidersCommand({}))],
    ['AddClientIDToOpenIDConnectProvider', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'x' }))],
    ['RemoveClientIDFromOpenIDConnectProvider', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'x' }))],
    ['UpdateOpenIDConnectProviderThumbprint', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList: [] }))],
    ['TagOpenIDConnectProvider', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags: [{ Key: 'team', Value: 'blue' }] }))],
    ['UntagOpenIDConnectProvider', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys: ['none'] }))],
    ['ListOpenIDConnectProviderTags', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn }))],
    ['DeleteOpenIDConnectProvider', OpenIDConnectProviderArn, () => caller.iam.send(new sdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))],
  ];
  for (const [action, resource, send] of rows) {
    await caller.permit();
    await assertRefused(send(), caller.denied(action, resource));
    const isTagged = resource === OpenIDConnectProviderArn;
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: resource, ...(isTagged && { Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }) });
    await send();
  }
});

test('a provider that is made with tags asks for iam:TagOpenIDConnectProvider, too, with what it is tagged with', async () => {
  const caller = await restrictedCaller(await startGatehouse({ seed: 'oidc tag access' }));
  const send = () => caller.iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://tagged.example', Tags: [{ Key: 'team', Value: 'blue' }] }));
  const create = { Effect: 'Allow', Action: 'iam:CreateOpenIDConnectProvider', Resource: '*' };
  await caller.permit(create);
  await assertRefused(send(), { code: 'AccessDenied', status: 403, message: /is not authorized to perform: iam:TagOpenIDConnectProvider/ });
  await caller.permit(create, { Effect: 'Allow', Action: 'iam:TagOpenIDConnectProvider', Resource: '*', Condition: { StringEquals: { 'aws:RequestTag/team': 'red' } } });
  await assertRefused(send(), { code: 'AccessDenied', status: 403, message: /is not authorized to perform: iam:TagOpenIDConnectProvider/ });
  await caller.permit(create, { Effect: 'Allow', Action: 'iam:TagOpenIDConnectProvider', Resource: '*', Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] }, StringEquals: { 'aws:RequestTag/team': 'blue' } } });
  await send();
});

test('an ARN of something else is refused, where deleting a provider that is gone is not', async () => {
  const remove = (OpenIDConnectProviderArn: string) => iam.send(new sdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  await remove(`arn:aws:iam::${gatehouse.account}:oidc-provider/gone.example`);
  for (const arn of [`arn:aws:iam::${gatehouse.account}:user/alice`, `arn:aws:iam::${gatehouse.account}:oidc-provider/`, `arn:aws:sts::${gatehouse.account}:oidc-provider/gone.example`]) await assertRefused(remove(arn), { code: 'InvalidInput', status: 400, message: `ARN ${arn} is not valid.` });
  await assertRefused(remove('oidc-provider/gone.example'), { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' });
});
