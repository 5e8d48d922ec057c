/** GetCallerIdentity says who is calling, to whoever is; GetAccessKeyInfo whose a key is, whatever became of it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, GetFederationTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { allow, document, keyOf, makeRole, makeUser, sessionOf, trust } from './roles.ts';

const account = '111122223333';
let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'identity', accountId: account }); });
after(() => gatehouse.stop());

async function identityOf(key: KeyPair): Promise<readonly (string | undefined)[]> {
  const { Account, Arn, UserId } = await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  return [Account, Arn, UserId];
}

test('GetCallerIdentity names every kind of caller as AWS does, also where everything is denied', async () => {
  const nothing = { Effect: 'Deny', Action: '*', Resource: '*' };
  const alice = await makeUser(gatehouse, 'alice', [allow('sts:GetFederationToken')], { Path: '/staff/' });
  const { User } = await gatehouse.iam().send(new iamSdk.GetUserCommand({ UserName: 'alice' }));
  const federated = keyOf((await gatehouse.sts(alice).send(new GetFederationTokenCommand({ Name: 'guest' }))).Credentials);
  const session = keyOf((await gatehouse.sts(alice).send(new GetSessionTokenCommand({}))).Credentials);
  const role = await makeRole(gatehouse, 'worker', { trust: [trust(account)], policy: [nothing], Path: '/jobs/' });
  const { Role } = await gatehouse.iam().send(new iamSdk.GetRoleCommand({ RoleName: 'worker' }));
  await gatehouse.iam().send(new iamSdk.PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'p', PolicyDocument: document(nothing) }));
  const asAlice = [account, `arn:aws:iam::${account}:user/staff/alice`, User!.UserId];
  assert.deepEqual(await identityOf(alice), asAlice);
  assert.deepEqual(await identityOf(session), asAlice);
  assert.deepEqual(await identityOf(federated), [account, `arn:aws:sts::${account}:federated-user/guest`, `${account}:guest`]);
  assert.deepEqual(await identityOf(await sessionOf(gatehouse, role)), [account, `arn:aws:sts::${account}:assumed-role/worker/session`, `${Role!.RoleId}:session`]);
  assert.deepEqual(await identityOf(gatehouse.root), [account, `arn:aws:iam::${account}:root`, account]);
});

test('GetAccessKeyInfo names the account of any key, inactive, deleted or of another account; and asks for its own action', async () => {
  const read = (AccessKeyId: string, key?: KeyPair) => gatehouse.sts(key).send(new GetAccessKeyInfoCommand({ AccessKeyId }));
  const bob = await makeUser(gatehouse, 'bob');
  const iam = gatehouse.iam();
  const named = async (): Promise<void> => assert.equal((await read(bob.accessKeyId)).Account, account);
  await named();
  await iam.send(new iamSdk.UpdateAccessKeyCommand({ UserName: 'bob', AccessKeyId: bob.accessKeyId, Status: 'Inactive' }));
  await named();
  await iam.send(new iamSdk.DeleteAccessKeyCommand({ UserName: 'bob', AccessKeyId: bob.accessKeyId }));
  await named();
  const other = await gatehouse.newAccount('444455556666');
  assert.equal((await read(other.accessKeyId)).Account, '444455556666');
  // One that was given, and says nothing by itself; and a session's.
  assert.equal((await read(gatehouse.root.accessKeyId)).Account, account);
  const role = await makeRole(gatehouse, 'named', { trust: [trust(account)] });
  assert.equal((await read((await sessionOf(gatehouse, role)).accessKeyId)).Account, account);
  // AWS: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html; the number is what the example key of AWS's pages says.
  assert.equal((await read('AKIAIOSFODNN7EXAMPLE')).Account, '581039954779');
  await assertRefused(read('AIDAIOSFODNN7EXAMPLE'), { code: 'ValidationError', status: 400, message: /AIDAIOSFODNN7EXAMPLE/ });
  const carol = await makeUser(gatehouse, 'carol');
  await assertRefused(read(carol.accessKeyId, carol), { code: 'AccessDenied', status: 403, message: /is not authorized to perform: sts:GetAccessKeyInfo/ });
  await iam.send(new iamSdk.PutUserPolicyCommand({ UserName: 'carol', PolicyName: 'p', PolicyDocument: document(allow('sts:GetAccessKeyInfo')) }));
  assert.equal((await read(carol.accessKeyId, carol)).Account, account);
});
