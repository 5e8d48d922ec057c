/** Server certificates, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { intermediateCertificate, leafCertificate, leafKey, leafKeyEncrypted, leafKeySec1, otherKey, rootCertificate } from '../certificates.ts';
import { assertRefused, beyondQuota } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'server certificates' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const arnOf = (place: string): string => `arn:aws:iam::${gatehouse.account}:server-certificate/${place}`;
const upload = (ServerCertificateName: string, rest: Partial<sdk.UploadServerCertificateCommandInput> = {}) => iam.send(new sdk.UploadServerCertificateCommand({ ServerCertificateName, CertificateBody: leafCertificate, PrivateKey: leafKey, ...rest }));
const get = async (ServerCertificateName: string) => (await iam.send(new sdk.GetServerCertificateCommand({ ServerCertificateName }))).ServerCertificate!;
const remove = (ServerCertificateName: string) => iam.send(new sdk.DeleteServerCertificateCommand({ ServerCertificateName }));
const list = async (rest: sdk.ListServerCertificatesCommandInput = {}) => (await iam.send(new sdk.ListServerCertificatesCommand(rest))).ServerCertificateMetadataList!.map(({ ServerCertificateName }) => ServerCertificateName);
const notFound = (name: string) => ({ code: 'NoSuchEntity', status: 404, message: `The Server Certificate with name ${name} cannot be found.` });
const exists = (name: string) => ({ code: 'EntityAlreadyExists', status: 409, message: `The Server Certificate with name ${name} already exists.` });
const badChain = (index: number) => ({ code: 'MalformedCertificate', status: 400, message: `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}` });

test('a certificate is kept with its chain, and its key is never shown again', async () => {
  const { ServerCertificateMetadata, Tags } = await upload('site', { Path: '/cloudfront/prod/', CertificateChain: intermediateCertificate + rootCertificate, Tags: [{ Key: 'team', Value: 'blue' }] });
  assert.match(ServerCertificateMetadata!.ServerCertificateId!, /^ASCA[A-Z2-7]{17}$/);
  assert.deepEqual([ServerCertificateMetadata!.Arn, ServerCertificateMetadata!.Path, ServerCertificateMetadata!.UploadDate, ServerCertificateMetadata!.Expiration?.getUTCFullYear(), Tags], [arnOf('cloudfront/prod/site'), '/cloudfront/prod/', new Date(gatehouse.clock.now), 2126, [{ Key: 'team', Value: 'blue' }]]);
  const certificate = await get('SITE');
  assert.deepEqual(certificate, { ServerCertificateMetadata, CertificateBody: leafCertificate.trim(), CertificateChain: (intermediateCertificate + rootCertificate).trim(), Tags });
  const inRest = JSON.stringify([gatehouse.plane.store.loaded(gatehouse.account)!.serverCertificates.findBy('name', 'site'), gatehouse.auditRecords]);
  assert.ok(!inRest.includes(leafKey.split('\n')[1]!), 'the key is sealed, and not in the audit record');
  await remove('site');
});

test('body, key and chain must belong together', async () => {
  const refusals: readonly (readonly [Partial<sdk.UploadServerCertificateCommandInput>, Parameters<typeof assertRefused>[1]])[] = [
    [{ CertificateBody: 'no certificate' }, { code: 'MalformedCertificate', status: 400, message: 'Unable to parse certificate. Please ensure the certificate is in PEM format.' }],
    [{ CertificateBody: leafCertificate + intermediateCertificate }, { code: 'MalformedCertificate', status: 400, message: 'Unable to parse certificate. Please ensure the certificate is in PEM format.' }],
    [{ PrivateKey: 'no key' }, { code: 'MalformedCertificate', status: 400, message: 'Unable to parse private key. Please ensure the private key is not encrypted and is in PEM format.' }],
    [{ PrivateKey: leafKeyEncrypted }, { code: 'MalformedCertificate', status: 400, message: 'Unable to parse private key. Please ensure the private key is not encrypted and is in PEM format.' }],
    [{ PrivateKey: otherKey }, { code: 'KeyPairMismatch', status: 400, message: 'Certificate and PrivateKey do not match.' }],
    [{ CertificateChain: 'no chain' }, badChain(-1)],
    [{ CertificateChain: rootCertificate }, badChain(-1)],
    [{ CertificateChain: rootCertificate + intermediateCertificate }, badChain(-1)],
    [{ CertificateChain: intermediateCertificate + leafCertificate }, badChain(0)],
    [{ CertificateChain: intermediateCertificate.repeat(11) }, badChain(-1)],
  ];
  for (const [rest, refusal] of refusals) await assertRefused(upload('bad', rest), refusal);
  await assertRefused(get('bad'), notFound('bad'));
  await upload('sec1', { PrivateKey: leafKeySec1, CertificateChain: intermediateCertificate });
  await remove('sec1');
});

test('certificates are listed by name, by path and in pages; a name is taken in any letter case', async () => {
  await upload('b', { Path: '/x/' });
  await upload('A');
  await upload('c', { Path: '/x/y/' });
  await assertRefused(upload('B'), exists('B'));
  assert.deepEqual([await list(), await list({ PathPrefix: '/x/' }), await list({ MaxItems: 2 })], [['A', 'b', 'c'], ['b', 'c'], ['A', 'b']]);
  assert.equal((await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.ServerCertificates, 3);
  const rename = (ServerCertificateName: string, NewServerCertificateName?: string, NewPath?: string) => iam.send(new sdk.UpdateServerCertificateCommand({ ServerCertificateName, NewServerCertificateName, NewPath }));
  await assertRefused(rename('b', 'a'), exists('a'));
  await rename('b', 'd', '/z/');
  assert.equal((await get('d')).ServerCertificateMetadata?.Arn, arnOf('z/d'));
  await rename('d', 'D');
  await assertRefused(rename('b', 'e'), notFound('b'));
  for (const name of ['A', 'c', 'd']) await remove(name);
});

test('an account has twenty at most', async () => {
  for (let i = 0; i < 20; i++) await upload(`cert-${i}`);
  await assertRefused(upload('cert-20'), beyondQuota('ServerCertificatesPerAccount', 20));
  for (let i = 0; i < 20; i++) await remove(`cert-${i}`);
});

test('each operation asks for its own action on the certificate, without its path where it is not there', async () => {
  const caller = await restrictedCaller(gatehouse);
  const ServerCertificateName = 'target';
  await upload(ServerCertificateName, { Path: '/eng/', Tags: [{ Key: 'team', Value: 'blue' }] });
  const target = arnOf('eng/target');
  const rows: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['UploadServerCertificate', arnOf('new'), () => caller.iam.send(new sdk.UploadServerCertificateCommand({ ServerCertificateName: 'new', CertificateBody: leafCertificate, PrivateKey: leafKey }))],
    ['GetServerCertificate', target, () => caller.iam.send(new sdk.GetServerCertificateCommand({ ServerCertificateName }))],
    ['ListServerCertificates', arnOf(''), () => caller.iam.send(new sdk.ListServerCertificatesCommand({}))],
    ['TagServerCertificate', target, () => caller.iam.send(new sdk.TagServerCertificateCommand({ ServerCertificateName, Tags: [{ Key: 'x', Value: '' }] }))],
    ['UntagServerCertificate', target, () => caller.iam.send(new sdk.UntagServerCertificateCommand({ ServerCertificateName, TagKeys: ['x'] }))],
    ['ListServerCertificateTags', target, () => caller.iam.send(new sdk.ListServerCertificateTagsCommand({ ServerCertificateName }))],
    ['UpdateServerCertificate', target, () => caller.iam.send(new sdk.UpdateServerCertificateCommand({ ServerCertificateName }))],
    ['DeleteServerCertificate', target, () => caller.iam.send(new sdk.DeleteServerCertificateCommand({ ServerCertificateName }))],
  ];
  for (const [action, resource, send] of rows) {
    await caller.permit();
    await assertRefused(send(), caller.denied(action, resource));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: resource, ...(resource === target && { Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }) });
    await send();
  }
  await assertRefused(caller.iam.send(new sdk.GetServerCertificateCommand({ ServerCertificateName })), caller.denied('GetServerCertificate', arnOf('target')));
});

test('renaming asks for the old name and for the new one', async () => {
  const caller = await restrictedCaller(await startGatehouse({ seed: 'server certificates renamed' }).then((other) => { gatehouse = other; iam = other.iam(); return other; }));
  await upload('old');
  const rename = () => caller.iam.send(new sdk.UpdateServerCertificateCommand({ ServerCertificateName: 'old', NewServerCertificateName: 'new' }));
  await caller.permit({ Effect: 'Allow', Action: 'iam:UpdateServerCertificate', Resource: arnOf('old') });
  await assertRefused(rename(), caller.denied('UpdateServerCertificate', arnOf('new')));
  await caller.permit({ Effect: 'Allow', Action: 'iam:UpdateServerCertificate', Resource: [arnOf('old'), arnOf('new')] });
  await rename();
});
