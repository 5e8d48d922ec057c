/** SSH public keys of users, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota, mustFirst, noSuch } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'ssh public keys' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const newPem = (modulusLength = 2048): string => generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
const newUser = (UserName: string) => iam.send(new sdk.CreateUserCommand({ UserName }));
const upload = async (UserName: string, SSHPublicKeyBody: string) => (await iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody }))).SSHPublicKey!;
const get = async (UserName: string, SSHPublicKeyId: string, Encoding: 'SSH' | 'PEM') => (await iam.send(new sdk.GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Encoding }))).SSHPublicKey!;
const notFound = (id: string) => ({ code: 'NoSuchEntity', status: 404, message: `The SSH Public Key with id ${id} cannot be found.` });

test('a key is read in both encodings, whichever it came in', async () => {
  await newUser('reader');
  const pem = newPem();
  const made = await upload('reader', pem);
  assert.match(made.SSHPublicKeyId!, /^APKA[A-Z2-7]{16}$/);
  assert.match(made.Fingerprint!, /^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  assert.deepEqual([made.SSHPublicKeyBody, made.Status, made.UploadDate], [pem, 'Active', new Date(gatehouse.clock.now)]);
  const ssh = await get('READER', made.SSHPublicKeyId!, 'SSH');
  assert.match(ssh.SSHPublicKeyBody!, /^ssh-rsa [A-Za-z0-9+/]+=*$/);
  assert.deepEqual({ ...await get('reader', made.SSHPublicKeyId!, 'PEM') }, { ...ssh, SSHPublicKeyBody: pem });
  await newUser('again');
  assert.equal((await upload('again', `${ssh.SSHPublicKeyBody} again@laptop`)).Fingerprint, made.Fingerprint);
});

test('what is no RSA key of 2,048 bits is refused', async () => {
  await newUser('wrong');
  for (const body of ['no key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzvfE', generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'pem', type: 'pkcs1' }).toString()]) {
    await assertRefused(upload('wrong', body), { code: 'UnrecognizedPublicKeyEncoding', status: 400, message: 'Invalid public key uploaded.' });
  }
  await assertRefused(upload('wrong', newPem(1024)), { code: 'InvalidPublicKey', status: 400, message: 'The public key must have at least 2048 bits.' });
});

test('a user has five keys at most, each of them once, and cannot be deleted before they are gone', async () => {
  await newUser('many');
  const pems = Array.from({ length: 5 }, () => newPem());
  const ids: string[] = [];
  for (const pem of pems) ids.push((await upload('many', pem)).SSHPublicKeyId!);
  await assertRefused(upload('many', pems[2]!), { code: 'DuplicateSSHPublicKey', status: 400, message: 'The SSH public key is already associated with the specified IAM user.' });
  await assertRefused(upload('many', newPem()), beyondQuota('SSHPublicKeysPerUser', 5));
  const page = await iam.send(new sdk.ListSSHPublicKeysCommand({ UserName: 'many', MaxItems: 3 }));
  const rest = await iam.send(new sdk.ListSSHPublicKeysCommand({ UserName: 'many', Marker: page.Marker }));
  assert.deepEqual([...page.SSHPublicKeys!, ...rest.SSHPublicKeys!].map(({ SSHPublicKeyId }) => SSHPublicKeyId), ids.toSorted());
  await assertRefused(iam.send(new sdk.DeleteUserCommand({ UserName: 'many' })), mustFirst('remove referenced objects'));
  for (const SSHPublicKeyId of ids) await iam.send(new sdk.DeleteSSHPublicKeyCommand({ UserName: 'many', SSHPublicKeyId }));
  await iam.send(new sdk.DeleteUserCommand({ UserName: 'many' }));
});

test('a key is made inactive and active again; Expired is not its status', async () => {
  await newUser('switcher');
  const { SSHPublicKeyId } = await upload('switcher', newPem());
  const update = (Status: sdk.StatusType) => iam.send(new sdk.UpdateSSHPublicKeyCommand({ UserName: 'switcher', SSHPublicKeyId, Status }));
  await update('Inactive');
  assert.equal((await get('switcher', SSHPublicKeyId!, 'SSH')).Status, 'Inactive');
  await update('Active');
  assert.equal((await get('switcher', SSHPublicKeyId!, 'SSH')).Status, 'Active');
  await assertRefused(update('Expired'), { code: 'InvalidInput', status: 400, message: 'The status of an SSH public key can be Active or Inactive.' });
});

test('another user\'s key, and one that is not there, are not found', async () => {
  await newUser('owner');
  await newUser('stranger');
  const { SSHPublicKeyId } = await upload('owner', newPem());
  for (const [UserName, id] of [['stranger', SSHPublicKeyId!], ['owner', 'APKAABSENTABSENTABSE']] as const) {
    await assertRefused(get(UserName, id, 'SSH'), notFound(id));
    await assertRefused(iam.send(new sdk.UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId: id, Status: 'Inactive' })), notFound(id));
    await assertRefused(iam.send(new sdk.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId: id })), notFound(id));
  }
  // A user who is not there is named before a key that is none.
  await assertRefused(upload('nobody', 'no key'), noSuch('user', 'nobody'));
});

test('each operation asks for its own action on the user', async () => {
  const caller = await restrictedCaller(gatehouse);
  const UserName = 'target';
  await iam.send(new sdk.CreateUserCommand({ UserName, Path: '/eng/' }));
  const { SSHPublicKeyId } = await upload(UserName, newPem());
  const pem = newPem();
  const rows: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['UploadSSHPublicKey', () => caller.iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: pem }))],
    ['GetSSHPublicKey', () => caller.iam.send(new sdk.GetSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Encoding: 'SSH' }))],
    ['ListSSHPublicKeys', () => caller.iam.send(new sdk.ListSSHPublicKeysCommand({ UserName }))],
    ['UpdateSSHPublicKey', () => caller.iam.send(new sdk.UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status: 'Inactive' }))],
    ['DeleteSSHPublicKey', () => caller.iam.send(new sdk.DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId }))],
  ];
  for (const [action, send] of rows) {
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: `arn:aws:iam::${gatehouse.account}:user/target` });
    await assertRefused(send(), caller.denied(action, 'user target'));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: `arn:aws:iam::${gatehouse.account}:user/eng/target` });
    await send();
  }
});
