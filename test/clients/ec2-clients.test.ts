/** EC2 by the AWS CLI and boto3, unmodified, where they are on the machine: what they send is taken, and what they are answered is what their own models promise. */
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { AddRoleToInstanceProfileCommand, CreateInstanceProfileCommand, CreateRoleCommand } from '@aws-sdk/client-iam';
import type { Instance } from '../../models/ec2.ts';
import { ec2 as service } from '../../src/services/ec2/index.ts';
import { ec2Of } from '../ec2/ec2-client.ts';
import { testMachines } from '../ec2/test-machines.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { listenFor } from '../listening.ts';
import { findAllOnPath, findOnPath, plainEnvironment } from '../running.ts';

let gatehouse: TestGatehouse;
let listening: Awaited<ReturnType<typeof listenFor>>;
let folder: string;
let env: NodeJS.ProcessEnv;
let image: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-ec2-clients-'));
  gatehouse = await startGatehouse({ startsAt: Date.now(), openMachineDriver: testMachines().open });
  listening = await listenFor(gatehouse);
  const { accessKeyId, secretAccessKey } = gatehouse.admin;
  env = { ...plainEnvironment(), AWS_ENDPOINT_URL: listening.endpoint, AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'), AWS_EC2_METADATA_DISABLED: 'true' };
  const iam = gatehouse.iam();
  await iam.send(new CreateRoleCommand({ RoleName: 'app', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] }) }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'app' }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'app', RoleName: 'app' }));
  image = (await ec2Of(gatehouse)('DescribeImages', {})).Images![0]!.ImageId!;
});
after(async () => {
  await listening.stop();
  await gatehouse.stop();
  rmSync(folder, { recursive: true, force: true });
});

const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

interface Toured { readonly outcome: string; readonly faults: readonly string[] }

async function tour(python: string, requests: readonly (readonly [string, object])[]): Promise<Readonly<Record<string, Toured>>> {
  const child = spawn(python, [join(import.meta.dirname, 'boto3_tour.py')], { cwd: folder, env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify({ service: 'ec2', endpoint: listening.endpoint, accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: gatehouse.admin.secretAccessKey, requests }));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.notEqual(stdout, '', stderr);
  return JSON.parse(stdout) as Readonly<Record<string, Toured>>;
}

test('boto3 makes every request that is served, and reads every answer', async (t) => {
  const python = findOnPath('python3');
  if (python === undefined || spawnSync(python, ['-c', 'import boto3']).status !== 0) return t.skip('BOTO3 IS NOT THERE: EC2 was not asked by it.');
  const ec2 = ec2Of(gatehouse);
  const begun = await ec2('RunInstances', { ImageId: image, MinCount: 3, MaxCount: 3, IamInstanceProfile: { Name: 'app' }, UserData: Buffer.from('#!/bin/sh\n').toString('base64') });
  const [{ InstanceId, VpcId }, bare, stopped] = begun.Instances! as [Instance, Instance, Instance];
  await gatehouse.plane.machines.settled();
  await ec2('StopInstances', { InstanceIds: [stopped.InstanceId!] });
  await gatehouse.plane.machines.settled();
  const one = { InstanceId };
  const all = { InstanceIds: [InstanceId] };
  const associations = (await ec2('DescribeIamInstanceProfileAssociations', {})).IamInstanceProfileAssociations!;
  const associationOf = (id: string | undefined): string => associations.find((each) => each.InstanceId === id)!.AssociationId!;
  const tags = [{ Key: 'team', Value: 'blue' }];
  const inputs: Readonly<Record<string, object>> = {
    CreateKeyPair: { KeyName: 'toured', KeyType: 'ed25519', TagSpecifications: [{ ResourceType: 'key-pair', Tags: tags }] },
    ImportKeyPair: { KeyName: 'brought', PublicKeyMaterial: publicKey },
    DescribeKeyPairs: { IncludePublicKey: true },
    RunInstances: { ImageId: image, MinCount: 1, MaxCount: 2, KeyName: 'toured', ClientToken: 'tour', TagSpecifications: [{ ResourceType: 'instance', Tags: tags }, { ResourceType: 'volume', Tags: tags }], MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 3 } },
    CreateTags: { Resources: [InstanceId, VpcId], Tags: tags }, DescribeTags: {},
    DescribeInstances: { Filters: [{ Name: 'instance-state-name', Values: ['running', 'pending'] }] }, DescribeInstanceStatus: { IncludeAllInstances: true }, GetConsoleOutput: one,
    DescribeInstanceAttribute: { ...one, Attribute: 'userData' }, ModifyInstanceAttribute: { ...one, DisableApiTermination: { Value: false } }, ModifyInstanceMetadataOptions: { ...one, HttpTokens: 'optional' },
    DescribeIamInstanceProfileAssociations: {}, ReplaceIamInstanceProfileAssociation: { AssociationId: associationOf(InstanceId), IamInstanceProfile: { Name: 'app' } },
    DisassociateIamInstanceProfile: { AssociationId: associationOf(bare.InstanceId) }, AssociateIamInstanceProfile: { InstanceId: bare.InstanceId, IamInstanceProfile: { Name: 'app' } }, StartInstances: { InstanceIds: [stopped.InstanceId] },
    DescribeVpcAttribute: { VpcId, Attribute: 'enableDnsSupport' }, RebootInstances: all, StopInstances: all, TerminateInstances: all, DeleteTags: { Resources: [InstanceId], Tags: [{ Key: 'team' }] }, DeleteKeyPair: { KeyName: 'toured' },
  };
  const last = ['StopInstances', 'TerminateInstances', 'DeleteTags', 'DeleteKeyPair'];
  const order = [...Object.keys(inputs).filter((name) => !last.includes(name)), ...[...service.operations.keys()].filter((name) => !Object.hasOwn(inputs, name)), ...last];
  const toured = await tour(python, order.map((name) => [name, inputs[name] ?? {}]));
  // What replaces an association is another.
  assert.deepEqual(Object.values(toured).flatMap(({ faults }) => faults).filter((fault) => !/^ReplaceIamInstanceProfileAssociation\..*AssociationId is/.test(fault)), []);
  assert.deepEqual(Object.fromEntries(Object.entries(toured).flatMap(([name, { outcome }]) => (outcome === 'answered' ? [] : [[name, outcome]]))), {});
  assert.equal(Object.keys(toured).length, service.operations.size);
  await gatehouse.plane.machines.settled();
});

/** Each `aws` on the PATH, and Debian's beside it. */
for (const aws of new Set([...findAllOnPath('aws').slice(0, 1), '/usr/bin/aws'])) {
  test(`${aws}: aws ec2 create-key-pair, run-instances, wait, describe-instances, get-console-output, stop-instances, terminate-instances`, async (t) => {
    const run = async (...args: readonly string[]): Promise<string> => (await promisify(execFile)(aws, args, { cwd: folder, env })).stdout;
    if ((await run('--version').catch(() => undefined)) === undefined) return t.skip(`THERE IS NO AWS CLI AT ${aws}: it was not run.`);
    // Named, because Debian's version knows no AWS_ENDPOINT_URL.
    const ec2 = async (...args: readonly string[]): Promise<string> => (await run('--endpoint-url', listening.endpoint, 'ec2', ...args)).trim();
    const name = `cli-${Buffer.from(aws).toString('hex').slice(-12)}`;
    assert.match(await ec2('create-key-pair', '--key-name', name, '--query', 'KeyMaterial', '--output', 'text'), /^-----BEGIN RSA PRIVATE KEY-----/);
    writeFileSync(join(folder, 'data'), '#!/bin/sh\necho hello\n');
    const id = await ec2('run-instances', '--image-id', image, '--key-name', name, '--instance-type', 't3.nano', '--iam-instance-profile', 'Name=app', '--user-data', 'file://data', '--tag-specifications', 'ResourceType=instance,Tags=[{Key=team,Value=blue}]', '--query', 'Instances[0].InstanceId', '--output', 'text');
    await ec2('wait', 'instance-status-ok', '--instance-ids', id);
    const shown = JSON.parse(await ec2('describe-instances', '--filters', 'Name=tag:team,Values=blue', `Name=key-name,Values=${name}`, '--output', 'json')) as { Reservations: { Instances: { InstanceId: string; State: object; Tags: object[] }[] }[] };
    assert.deepEqual(shown.Reservations.flatMap(({ Instances }) => Instances.map(({ InstanceId, State, Tags }) => [InstanceId, State, Tags])), [[id, { Code: 16, Name: 'running' }, [{ Key: 'team', Value: 'blue' }]]]);
    assert.match(await ec2('get-console-output', '--instance-id', id, '--output', 'text'), new RegExp(`console of ${id}`));
    assert.match(await ec2('stop-instances', '--instance-ids', id, '--output', 'text'), /CURRENTSTATE\t64\tstopping/);
    await assert.rejects(ec2('terminate-instances', '--dry-run', '--instance-ids', id), /An error occurred \(DryRunOperation\) when calling the TerminateInstances operation: Request would have succeeded, but DryRun flag is set\./);
    await ec2('terminate-instances', '--instance-ids', id);
    await ec2('wait', 'instance-terminated', '--instance-ids', id);
  });
}
