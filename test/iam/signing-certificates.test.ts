/** Signing certificates of users and of root, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { expiredCertificate, intermediateCertificate, leafCertificate, leafKey, rootCertificate } from '../certificates.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'signing certificates' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const newUser = (UserName: string) => iam.send(new sdk.CreateUserCommand({ UserName }));
const upload = async (UserName: string | undefined, CertificateBody: string, client = iam) => (await client.send(new sdk.UploadSigningCertificateCommand({ UserName, CertificateBody }))).Certificate!;
const list = async (UserName: string | undefined, client = iam) => (await client.send(new sdk.ListSigningCertificatesCommand({ UserName }))).Certificates!;
const remove = (UserName: string | undefined, CertificateId: string | undefined, client = iam) => client.send(new sdk.DeleteSigningCertificateCommand({ UserName, CertificateId }));
const notFound = (id: string) => ({ code: 'NoSuchEntity', status: 404, message: `The Certificate with id ${id} cannot be found.` });

test('a certificate is kept as it was uploaded, made inactive, and deleted before its user can be', async () => {
  await newUser('alice');
  const made = await upload('alice', leafCertificate);
  assert.match(made.CertificateId!, /^[A-Z2-7]{32}$/);
  assert.deepEqual([made.UserName, made.CertificateBody, made.Status, made.UploadDate], ['alice', leafCertificate, 'Active', new Date(gatehouse.clock.now)]);
  const update = (Status: sdk.StatusType) => iam.send(new sdk.UpdateSigningCertificateCommand({ UserName: 'alice', CertificateId: made.CertificateId, Status }));
  await update('Inactive');
  assert.deepEqual(await list('alice'), [{ ...made, Status: 'Inactive' }]);
  await assertRefused(update('Expired'), { code: 'InvalidInput', status: 400, message: 'The status of a signing certificate can be Active or Inactive.' });
  await assertRefused(iam.send(new sdk.DeleteUserCommand({ UserName: 'alice' })), mustFirst('delete signing certificates'));
  await remove('alice', made.CertificateId);
  await iam.send(new sdk.DeleteUserCommand({ UserName: 'alice' }));
});

test('what is no certificate, more than one, or one that has ended is refused', async () => {
  await newUser('wrong');
  for (const body of ['no certificate', leafKey, leafCertificate + rootCertificate, `# mine\n${leafCertificate}`, leafCertificate.replace(/\n.{64}\n/, '\n')]) {
    await assertRefused(upload('wrong', body), { code: 'MalformedCertificate', status: 400, message: 'Unable to parse certificate. Please ensure the certificate is in PEM format.' });
  }
  await assertRefused(upload('wrong', expiredCertificate), { code: 'InvalidCertificate', status: 400, message: 'The certificate has expired.' });
  await assertRefused(upload('nobody', 'no certificate'), noSuch('user', 'nobody'));
});

test('a certificate belongs to one user of the account, and a user has two at most', async () => {
  await newUser('first');
  await newUser('second');
  const made = await upload('first', leafCertificate);
  for (const UserName of ['first', 'second']) await assertRefused(upload(UserName, leafCertificate), { code: 'DuplicateCertificate', status: 409, message: 'The same certificate is already associated with an IAM user in the account.' });
  await upload('first', rootCertificate);
  await assertRefused(upload('first', intermediateCertificate), beyondQuota('CertificatesPerUser', 2));
  await assertRefused(remove('second', made.CertificateId), notFound(made.CertificateId!));
  for (const { CertificateId } of await list('first')) await remove('first', CertificateId);
  await upload('second', leafCertificate);
  await remove('second', (await list('second'))[0]!.CertificateId);
});

test('root without a UserName works on its own certificates, which the account summary counts', async () => {
  const root = gatehouse.iam(gatehouse.root);
  const made = await upload(undefined, leafCertificate, root);
  assert.equal(made.UserName, undefined);
  assert.deepEqual((await list(undefined, root)).map(({ CertificateId }) => CertificateId), [made.CertificateId]);
  assert.equal((await root.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.AccountSigningCertificatesPresent, 1);
  await remove(undefined, made.CertificateId, root);
});

test('each operation asks for its own action on the user', async () => {
  const caller = await restrictedCaller(gatehouse);
  const UserName = 'target';
  await iam.send(new sdk.CreateUserCommand({ UserName, Path: '/eng/' }));
  const { CertificateId } = await upload(UserName, rootCertificate);
  const rows: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['UploadSigningCertificate', () => upload(UserName, leafCertificate, caller.iam)],
    ['ListSigningCertificates', () => list(UserName, caller.iam)],
    ['UpdateSigningCertificate', () => caller.iam.send(new sdk.UpdateSigningCertificateCommand({ UserName, CertificateId, Status: 'Inactive' }))],
    ['DeleteSigningCertificate', () => remove(UserName, CertificateId, caller.iam)],
  ];
  for (const [action, send] of rows) {
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: `arn:aws:iam::${gatehouse.account}:user/target` });
    await assertRefused(send(), caller.denied(action, 'user target'));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: `arn:aws:iam::${gatehouse.account}:user/eng/target` });
    await send();
  }
});
