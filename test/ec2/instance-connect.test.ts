/** EC2 Instance Connect: a key opens an instance for a minute, pushed by who may, for the user that a policy names. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { InstanceDoc } from '../../src/store/instance-docs.ts';
import type { KeyPair } from '../gatehouse.ts';
import { importedKey } from '../../src/credentials/ec2-key-pair.ts';
import { permittedUser } from '../rest-call.ts';
import { sendSigned, textOf } from '../signed-call.ts';
import { region, startMachines } from '../metadata/test-instance.ts';
import type { TestMachines } from '../metadata/test-instance.ts';

describe('SendSSHPublicKey', () => {
  let machines: TestMachines;
  let id: string;
  let line: string;

  before(async () => {
    machines = await startMachines();
    id = await machines.instance();
    line = importedKey(generateKeyPairSync('ed25519').publicKey, 'ed25519').openSsh;
  });
  after(() => machines.gatehouse.stop());

  async function send(body: object, key?: KeyPair): Promise<{ readonly status: number; readonly code: string | undefined; readonly text: string }> {
    const answer = await sendSigned(machines.gatehouse, { service: 'ec2-instance-connect', region, headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AWSEC2InstanceConnectService.SendSSHPublicKey' }, body: JSON.stringify({ InstanceId: id, InstanceOSUser: 'ec2-user', SSHPublicKey: `${line} somebody`, ...body }) }, key);
    const text = textOf(answer);
    return { status: answer.status, code: /"__type":"([^"]+)"/.exec(text)?.[1], text };
  }
  const path = '/latest/meta-data/managed-ssh-keys/active-keys/ec2-user';

  test('the instance finds the key in its metadata for sixty seconds, and no other instance does', async () => {
    const endpoint = machines.endpoint(id);
    assert.equal((await endpoint.get(path)).status, 404);
    const { status, text } = await send({});
    assert.equal(status, 200, text);
    assert.equal(JSON.parse(text).Success, true);
    assert.equal(await endpoint.text(path), line);
    assert.equal((await machines.endpoint(await machines.instance()).get(path)).status, 404);
    machines.gatehouse.clock.advance(59_999);
    assert.equal(await endpoint.text(path), line);
    machines.gatehouse.clock.advance(1);
    assert.equal((await endpoint.get(path)).status, 404);
  });

  test('what is no key, no user, no instance, or no running one is refused', async () => {
    const weak = importedKey(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, 'rsa').openSsh;
    const stopped = await machines.instance({ State: 'stopped' } satisfies Partial<InstanceDoc>);
    const wrong: readonly (readonly [body: object, code: string])[] = [
      [{ SSHPublicKey: 'x'.repeat(100) }, 'InvalidArgsException'], [{ SSHPublicKey: `command="id" ${line}` }, 'InvalidArgsException'], [{ SSHPublicKey: `${line}\n${line}` }, 'InvalidArgsException'], [{ SSHPublicKey: weak }, 'InvalidArgsException'],
      [{ InstanceOSUser: 'root' }, 'InvalidArgsException'], [{ AvailabilityZone: 'eu-west-1c' }, 'InvalidArgsException'], [{ InstanceId: 'i-0ffffffffffffffff' }, 'EC2InstanceNotFoundException'], [{ InstanceId: stopped }, 'EC2InstanceStateInvalidException'],
    ];
    for (const [body, code] of wrong) assert.equal((await send(body)).code, code, JSON.stringify(body));
    assert.equal((await machines.endpoint(id).get(path)).status, 404);
  });

  test('it is asked for the instance, with its tags and the user', async () => {
    const user = await permittedUser(machines.gatehouse, 'operator');
    const resource = `arn:aws:ec2:${region}:${machines.gatehouse.account}:instance/${id}`;
    await machines.write((draft) => draft.ec2Tags.insert({ Region: region, ResourceId: id, ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'blue' }] }));
    const allow = (Resource: string, Condition?: object): object => ({ Effect: 'Allow', Action: 'ec2-instance-connect:SendSSHPublicKey', Resource, ...(Condition && { Condition }) });
    const cases: readonly (readonly [object, number])[] = [
      [allow(resource), 200], [allow(resource.replace(id, 'i-0aaaa')), 400], [allow('*', { StringEquals: { 'ec2:osuser': 'ec2-user', 'ec2:ResourceTag/team': 'blue', 'aws:ResourceTag/team': 'blue' } }), 200],
      [allow('*', { StringEquals: { 'ec2:osuser': 'root' } }), 400], [allow('*', { StringEquals: { 'ec2:ResourceTag/team': 'red' } }), 400],
    ];
    for (const [statement, status] of cases) {
      await user.permit(statement);
      assert.equal((await send({}, user.key)).status, status, JSON.stringify(statement));
    }
  });
});
