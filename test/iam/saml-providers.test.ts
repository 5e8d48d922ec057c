/** SAML providers, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { leafCertificate, leafKey } from '../certificates.ts';
import { assertRefused, beyondQuota } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'saml providers' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const certificate = leafCertificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const metadata = ({ root = 'EntityDescriptor', attributes = '', body = `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>\n${certificate}\n</X509Certificate></X509Data></KeyInfo></KeyDescriptor>` } = {}): string =>
  `<?xml version="1.0"?>\n<!-- ${'padding '.repeat(120)} -->\n<${root} xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/metadata"${attributes}><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${body}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/></IDPSSODescriptor></${root}>`;

const rsaKey = (): string => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const arnOf = (name: string): string => `arn:aws:iam::${gatehouse.account}:saml-provider/${name}`;
const create = (Name: string, rest: Partial<sdk.CreateSAMLProviderCommandInput> = {}) => iam.send(new sdk.CreateSAMLProviderCommand({ Name, SAMLMetadataDocument: metadata(), ...rest }));
const get = (SAMLProviderArn: string) => iam.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn }));
const update = (SAMLProviderArn: string, rest: Partial<sdk.UpdateSAMLProviderCommandInput>) => iam.send(new sdk.UpdateSAMLProviderCommand({ SAMLProviderArn, ...rest }));
const notFound = (arn: string) => ({ code: 'NoSuchEntity', status: 404, message: `Manifest not found for arn ${arn}` });
const invalid = (message: string | RegExp) => ({ code: 'InvalidInput', status: 400, message });

test('a provider is made, read as it was uploaded, listed, and holds for a hundred years', async () => {
  const document = metadata();
  const made = await create('idp', { SAMLMetadataDocument: document, Tags: [{ Key: 'team', Value: 'blue' }] });
  assert.equal(made.SAMLProviderArn, arnOf('idp'));
  const provider = await get(arnOf('idp'));
  assert.equal(provider.SAMLMetadataDocument, document);
  assert.match(provider.SAMLProviderUUID!, /^[A-Z2-7]{24}$/);
  assert.deepEqual([provider.CreateDate, provider.ValidUntil, provider.Tags, provider.PrivateKeyList], [new Date(gatehouse.clock.now), new Date('2126-11-23T10:00:00Z'), [{ Key: 'team', Value: 'blue' }], []]);
  await create('until', { SAMLMetadataDocument: metadata({ attributes: ' validUntil="2030-01-02T03:04:05Z"' }) });
  assert.deepEqual((await iam.send(new sdk.ListSAMLProvidersCommand({}))).SAMLProviderList, [
    { Arn: arnOf('idp'), CreateDate: new Date(gatehouse.clock.now), ValidUntil: new Date('2126-11-23T10:00:00Z') },
    { Arn: arnOf('until'), CreateDate: new Date(gatehouse.clock.now), ValidUntil: new Date('2030-01-02T03:04:05Z') },
  ]);
  await assertRefused(create('idp'), { code: 'EntityAlreadyExists', status: 409, message: 'Provider with name idp already exists.' });
});

test('metadata that nobody could verify an assertion with is refused, and nothing is made', async () => {
  const bad: readonly (readonly [string, string])[] = [
    ['not XML', 'x'.repeat(1_000)],
    ['cut short', metadata().slice(0, -20)],
    ['another root', metadata({ root: 'EntitiesDescriptor' })],
    ['another namespace', metadata().replace('urn:oasis:names:tc:SAML:2.0:metadata', 'urn:other')],
    ['no entityID', metadata().replace(/ entityID="[^"]*"/, '')],
    ['no certificate', metadata({ body: '' })],
    ['a certificate for encryption only', metadata().replace('use="signing"', 'use="encryption"')],
    ['a certificate that is none', metadata().replace(certificate, 'AAAA')],
    ['a validUntil that is no time', metadata({ attributes: ' validUntil="soon"' })],
    ['a document type', metadata().replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>')],
    ['elements without end', metadata({ body: '<a>'.repeat(100) + '</a>'.repeat(100) })],
  ];
  for (const [what, SAMLMetadataDocument] of bad) {
    await assertRefused(create('bad', { SAMLMetadataDocument }), invalid(/^Could not parse metadata: /)).catch((thrown: unknown) => { throw new Error(what, { cause: thrown }); });
  }
  await assertRefused(get(arnOf('bad')), notFound(arnOf('bad')));
  await assertRefused(create('bad', { SAMLMetadataDocument: 'short' }), { code: 'ValidationError', status: 400, message: /length greater than or equal to 1000/ });
});

test('private keys are two at most, never shown, and needed where encryption is required', async () => {
  await assertRefused(create('keys', { AssertionEncryptionMode: 'Required' }), invalid('Assertion encryption cannot be required without a private key.'));
  await assertRefused(create('keys', { AddPrivateKey: leafKey }), invalid('The private key must be an unencrypted RSA key in PEM format.'));
  await create('keys', { AssertionEncryptionMode: 'Required', AddPrivateKey: rsaKey() });
  await update(arnOf('keys'), { AddPrivateKey: rsaKey() });
  await assertRefused(update(arnOf('keys'), { AddPrivateKey: rsaKey() }), beyondQuota('PrivateKeysPerSAMLProvider', 2));
  const { PrivateKeyList, AssertionEncryptionMode, $metadata: _, ...rest } = await get(arnOf('keys'));
  assert.equal(AssertionEncryptionMode, 'Required');
  assert.equal(PrivateKeyList?.length, 2);
  assert.doesNotMatch(JSON.stringify(rest), /PRIVATE KEY/);
  const [first, second] = PrivateKeyList!.map(({ KeyId }) => KeyId!);
  await update(arnOf('keys'), { RemovePrivateKey: first });
  await assertRefused(update(arnOf('keys'), { RemovePrivateKey: first }), { code: 'NoSuchEntity', status: 404, message: `The private key with id ${first} cannot be found.` });
  await assertRefused(update(arnOf('keys'), { RemovePrivateKey: second }), invalid('Assertion encryption cannot be required without a private key.'));
  await update(arnOf('keys'), { RemovePrivateKey: second, AssertionEncryptionMode: 'Allowed' });
  assert.deepEqual((await get(arnOf('keys'))).PrivateKeyList, []);
});

test('metadata is replaced, and its end with it', async () => {
  await create('changed');
  const { SAMLProviderUUID } = await get(arnOf('changed'));
  const SAMLMetadataDocument = metadata({ attributes: ' validUntil="2031-01-01T00:00:00Z"' });
  assert.equal((await update(arnOf('changed'), { SAMLMetadataDocument })).SAMLProviderArn, arnOf('changed'));
  const changed = await get(arnOf('changed'));
  assert.deepEqual([changed.SAMLMetadataDocument, changed.ValidUntil, changed.SAMLProviderUUID], [SAMLMetadataDocument, new Date('2031-01-01T00:00:00Z'), SAMLProviderUUID]);
});

test('what is not there is not found', async () => {
  const SAMLProviderArn = arnOf('absent');
  for (const send of [() => get(SAMLProviderArn), () => update(SAMLProviderArn, { AssertionEncryptionMode: 'Allowed' }), () => update(SAMLProviderArn, { AddPrivateKey: rsaKey() }), () => iam.send(new sdk.DeleteSAMLProviderCommand({ SAMLProviderArn }))]) {
    await assertRefused(send(), notFound(SAMLProviderArn));
  }
});

test('each operation asks for its own action on the provider', async () => {
  const caller = await restrictedCaller(gatehouse);
  const SAMLProviderArn = arnOf('access');
  await create('access', { Tags: [{ Key: 'team', Value: 'blue' }] });
  const rows: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['CreateSAMLProvider', arnOf('new'), () => caller.iam.send(new sdk.CreateSAMLProviderCommand({ Name: 'new', SAMLMetadataDocument: metadata() }))],
    ['GetSAMLProvider', SAMLProviderArn, () => caller.iam.send(new sdk.GetSAMLProviderCommand({ SAMLProviderArn }))],
    ['ListSAMLProviders', arnOf('*'), () => caller.iam.send(new sdk.ListSAMLProvidersCommand({}))],
    ['UpdateSAMLProvider', SAMLProviderArn, () => caller.iam.send(new sdk.UpdateSAMLProviderCommand({ SAMLProviderArn, SAMLMetadataDocument: metadata() }))],
    ['TagSAMLProvider', SAMLProviderArn, () => caller.iam.send(new sdk.TagSAMLProviderCommand({ SAMLProviderArn, Tags: [{ Key: 'x', Value: '' }] }))],
    ['UntagSAMLProvider', SAMLProviderArn, () => caller.iam.send(new sdk.UntagSAMLProviderCommand({ SAMLProviderArn, TagKeys: ['x'] }))],
    ['ListSAMLProviderTags', SAMLProviderArn, () => caller.iam.send(new sdk.ListSAMLProviderTagsCommand({ SAMLProviderArn }))],
    ['DeleteSAMLProvider', SAMLProviderArn, () => caller.iam.send(new sdk.DeleteSAMLProviderCommand({ SAMLProviderArn }))],
  ];
  for (const [action, resource, send] of rows) {
    await caller.permit();
    await assertRefused(send(), caller.denied(action, resource));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: resource, ...(resource === SAMLProviderArn && { Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }) });
    await send();
  }
});

test('metadata has ten keys that sign at most', async () => {
  const key = metadata().match(/<KeyDescriptor[\s\S]*<\/KeyDescriptor>/)![0];
  await create('ten-keys', { SAMLMetadataDocument: metadata({ body: key.repeat(10) }) });
  const eleven = metadata({ body: key.repeat(11) });
  await assertRefused(create('eleven-keys', { SAMLMetadataDocument: eleven }), beyondQuota('KeysPerSAMLProvider', 10));
  await assertRefused(update(arnOf('ten-keys'), { SAMLMetadataDocument: eleven }), beyondQuota('KeysPerSAMLProvider', 10));
});

test('an ARN of something else is refused', async () => {
  for (const arn of [`arn:aws:iam::${gatehouse.account}:role/idp`, 'arn:aws:iam::aws:saml-provider/idp']) await assertRefused(get(arn), invalid(`ARN ${arn} is not valid.`));
});
