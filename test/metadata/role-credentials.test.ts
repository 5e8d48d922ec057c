/** An instance has the credentials of its role and no others, for as long as the role trusts EC2; nothing is stored anywhere. Source: "Retrieve security credentials from instance metadata" (EC2 User Guide). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AddRoleToInstanceProfileCommand, CreateRoleCommand, DeleteInstanceProfileCommand, GetUserCommand, PutRolePolicyCommand, RemoveRoleFromInstanceProfileCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { metadataLimits } from '../../src/doors/metadata/limits.ts';
import { defaultNetwork } from '../../src/services/ec2/network.ts';
import type { KeyPair } from '../gatehouse.ts';
import { ec2Trust, metadataOptions, region, roleName, startMachines } from './test-instance.ts';
import type { AskMetadata, TestMachines } from './test-instance.ts';

const path = `/latest/meta-data/iam/security-credentials/${roleName}`;
const credentials = async (endpoint: AskMetadata): Promise<Record<string, string>> => JSON.parse(await endpoint.text(path));
const keyOf = ({ AccessKeyId, SecretAccessKey, Token }: Record<string, string>): KeyPair => ({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: Token });

async function withRole(trust?: object): Promise<{ machines: TestMachines; id: string; endpoint: AskMetadata; may(...statements: object[]): Promise<void> }> {
  const machines = await startMachines();
  const id = await machines.instance({ Profile: await machines.role(trust) });
  return { machines, id, endpoint: machines.endpoint(id), may: async (...Statement) => void await machines.gatehouse.iam().send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })) };
}

test('the credentials are a session of the role, named by the instance, for six hours; CloudTrail says that EC2 assumed it', async () => {
  const { machines, id, endpoint } = await withRole();
  assert.equal(await endpoint.text('/latest/meta-data/iam/security-credentials/'), roleName);
  const given = await credentials(endpoint);
  assert.deepEqual([given['Code'], given['Type'], given['LastUpdated'], given['Expiration']], ['Success', 'AWS-HMAC', '2026-11-23T10:00:00Z', '2026-11-23T16:00:00Z']);
  const { Arn, Account } = await machines.gatehouse.sts(keyOf(given)).send(new GetCallerIdentityCommand({}));
  assert.deepEqual([Arn, Account], [`arn:aws:sts::111122223333:assumed-role/${roleName}/${id}`, '111122223333']);
  const record = machines.gatehouse.auditRecords.find((one) => 'eventName' in one && one.eventName === 'AssumeRole');
  assert.partialDeepStrictEqual(record, { userIdentity: { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }, awsRegion: region, requestParameters: { roleSessionName: id } });
  assert.ok(!JSON.stringify(machines.gatehouse.auditRecords).includes(given['SecretAccessKey']!));
  const info = JSON.parse(await endpoint.text('/latest/meta-data/iam/info'));
  assert.deepEqual([info.Code, info.InstanceProfileArn], ['Success', 'arn:aws:iam::111122223333:instance-profile/app-profile']);
  await machines.gatehouse.stop();
});

test('policies see the instance and how the credentials were delivered: by a token, or without', async () => {
  const { machines, id, endpoint, may } = await withRole();
  await machines.change(id, metadataOptions({ HttpTokens: 'optional' }));
  await may({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*', Condition: { NumericGreaterThanEquals: { 'ec2:RoleDelivery': '2.0' }, ArnEquals: { 'ec2:SourceInstanceArn': `arn:aws:ec2:${region}:111122223333:instance/${id}` }, StringEquals: { 'aws:Ec2InstanceSourcePrivateIPv4': '172.31.0.4', 'aws:Ec2InstanceSourceVpc': defaultNetwork('111122223333', region).vpcId } } });
  const byToken = keyOf(await credentials(endpoint));
  const without = keyOf(JSON.parse(Buffer.from((await endpoint.ask(path)).body).toString()));
  const ask = (key: KeyPair) => machines.gatehouse.iam(key).send(new GetUserCommand({ UserName: 'admin' }));
  assert.equal((await ask(byToken)).User?.UserName, 'admin');
  await assert.rejects(ask(without), { name: 'AccessDenied' });
  await machines.gatehouse.stop();
});

test('what is handed out is handed out again for an hour, then made anew: a client is never near the end', async () => {
  const { machines, endpoint } = await withRole();
  const first = await credentials(endpoint);
  machines.gatehouse.clock.advance(59 * 60_000);
  assert.deepEqual(await credentials(endpoint), first);
  machines.gatehouse.clock.advance(60_000);
  const second = await credentials(endpoint);
  assert.notEqual(second['AccessKeyId'], first['AccessKeyId']);
  assert.equal(second['Expiration'], '2026-11-23T17:00:00Z');
  await machines.gatehouse.stop();
});

test('a role that does not trust EC2 gives no credentials and says so, with 200 as on AWS; once it does, it does', async () => {
  const nobody = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
  const { machines, endpoint } = await withRole(nobody);
  const refused = await credentials(endpoint);
  assert.deepEqual([refused['Code'], refused['AccessKeyId']], ['AssumeRoleUnauthorizedAccess', undefined]);
  assert.partialDeepStrictEqual(machines.gatehouse.auditRecords.at(-1), { eventName: 'AssumeRole', errorCode: 'AccessDenied', userIdentity: { type: 'AWSService' } });
  const trust = (document: object) => machines.gatehouse.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: JSON.stringify(document) }));
  await trust(ec2Trust);
  assert.equal((await credentials(endpoint))['Code'], 'Success');
  // What was handed out before is not handed out any more once the trust is gone.
  await trust(nobody);
  assert.equal((await credentials(endpoint))['Code'], 'AssumeRoleUnauthorizedAccess');
  await machines.gatehouse.stop();
});

test('whoever asks without end for what is refused is recorded once in a while, and given it at the first ask after a change', async () => {
  const { machines, endpoint, may } = await withRole({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
  const recorded = (): number => machines.gatehouse.auditRecords.filter((one) => 'eventName' in one && one.eventName === 'AssumeRole').length;
  for (let i = 0; i < 20; i++) assert.equal((await credentials(endpoint))['Code'], 'AssumeRoleUnauthorizedAccess');
  assert.equal(recorded(), 1);
  machines.gatehouse.clock.advance(metadataLimits.refusalSeconds * 1_000);
  await credentials(endpoint);
  assert.equal(recorded(), 2);
  await may({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
  await credentials(endpoint);
  assert.equal(recorded(), 3, 'any change asks anew');
  await machines.gatehouse.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName, PolicyDocument: JSON.stringify(ec2Trust) }));
  assert.equal((await credentials(endpoint))['Code'], 'Success');
  await machines.gatehouse.stop();
});

test('conditions of the trust policy are asked: another instance, another account is refused', async () => {
  for (const [condition, code] of [
    [{ StringEquals: { 'aws:SourceAccount': '111122223333' } }, 'Success'],
    [{ ArnLike: { 'aws:SourceArn': `arn:aws:ec2:${region}:111122223333:instance/*` } }, 'Success'],
    [{ StringEquals: { 'aws:SourceAccount': '999988887777' } }, 'AssumeRoleUnauthorizedAccess'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:ec2:us-east-1:*:instance/*' } }, 'AssumeRoleUnauthorizedAccess'],
  ] as const) {
    const { machines, endpoint } = await withRole({ ...ec2Trust, Statement: [{ ...ec2Trust.Statement[0], Condition: condition }] });
    assert.equal((await credentials(endpoint))['Code'], code, JSON.stringify(condition));
    await machines.gatehouse.stop();
  }
});

test('the next role in the profile is told of, and nothing of the last; a profile that is gone is said to be', async () => {
  const { machines, id, endpoint } = await withRole();
  const iam = machines.gatehouse.iam();
  await credentials(endpoint);
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'app-profile', RoleName: roleName }));
  assert.equal((await endpoint.get(path)).status, 404);
  await iam.send(new CreateRoleCommand({ RoleName: 'next', AssumeRolePolicyDocument: JSON.stringify(ec2Trust) }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'app-profile', RoleName: 'next' }));
  assert.equal(await endpoint.text('/latest/meta-data/iam/security-credentials/'), 'next');
  assert.equal((await endpoint.get(path)).status, 404);
  const next = JSON.parse(await endpoint.text('/latest/meta-data/iam/security-credentials/next'));
  assert.equal((await machines.gatehouse.sts(keyOf(next)).send(new GetCallerIdentityCommand({}))).Arn, `arn:aws:sts::111122223333:assumed-role/next/${id}`);
  await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'app-profile', RoleName: 'next' }));
  await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: 'app-profile' }));
  assert.equal(JSON.parse(await endpoint.text('/latest/meta-data/iam/info')).Code, 'InstanceProfileNotFound');
  assert.equal((await endpoint.get('/latest/meta-data/iam/security-credentials/')).status, 404);
  await machines.gatehouse.stop();
});

test('an instance that is being terminated is told nothing more; what it has ends at its time, as on AWS', async () => {
  const { machines, id, endpoint } = await withRole();
  const key = keyOf(await credentials(endpoint));
  await machines.change(id, { State: 'shutting-down' });
  assert.equal((await endpoint.ask(path)).status, 404);
  assert.equal((await endpoint.ask('/latest/api/token', { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' } })).status, 404);
  const whoAmI = () => machines.gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
  assert.match((await whoAmI()).Arn!, new RegExp(id));
  machines.gatehouse.clock.advance(6 * 3_600_000);
  await assert.rejects(whoAmI(), { name: 'ExpiredToken' });
  await machines.gatehouse.stop();
});
