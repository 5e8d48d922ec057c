/** The recovery of root: what is taken off and what is kept, and which account is meant. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ListMFADevicesCommand, ListVirtualMFADevicesCommand } from '@aws-sdk/client-iam';
import { startGatehouse } from '../../test/gatehouse.ts';
import { enable, newAuthenticator } from '../../test/iam/authenticator.ts';
import { Browser } from '../../test/signin/browser.ts';
import { signedInRoot } from '../../test/signin/people.ts';
import { recoverRoot } from './recover-root.ts';

test('lost devices are taken off and may be enabled again; the password is only another one where it was lost; sessions end', async () => {
  const gatehouse = await startGatehouse({ seed: 'recovery' });
  const browser = await signedInRoot(gatehouse);
  const iam = gatehouse.iam(gatehouse.root);
  const device = await newAuthenticator(gatehouse, 'root-phone', { client: iam });
  await enable(iam, device, gatehouse.account);
  const { store, consoleSessions, audit, clock, random } = gatehouse.plane;
  const recovery = await recoverRoot({ store, consoleSessions, audit, clock, random }, { accountId: undefined, isPasswordLost: false, isMfaLost: true });
  assert.deepEqual(recovery, { accountId: gatehouse.account, email: gatehouse.rootSignIn.email, rootPassword: undefined, devices: [device.serialNumber] });
  assert.equal((await browser.get('session')).status, 401);
  assert.deepEqual((await iam.send(new ListMFADevicesCommand({}))).MFADevices, []);
  assert.deepEqual((await iam.send(new ListVirtualMFADevicesCommand({}))).VirtualMFADevices?.map(({ SerialNumber }) => SerialNumber), [device.serialNumber]);
  assert.equal((await new Browser(gatehouse).signIn({ kind: 'root', email: gatehouse.rootSignIn.email, password: 'Root-Password-9' })).step, 'signedIn');
  assert.equal(Reflect.get(gatehouse.auditRecords.findLast((record) => Reflect.get(record, 'eventName') === 'PasswordRecoveryCompleted')!, 'recipientAccountId'), gatehouse.account);
  await gatehouse.newAccount('444455556666');
  await assert.rejects(recoverRoot({ store, consoleSessions, audit, clock, random }, { accountId: undefined, isPasswordLost: true, isMfaLost: false }), { name: 'ValidationError', message: 'There are 2 accounts: say which one with --account-id.' });
  await gatehouse.stop();
});
