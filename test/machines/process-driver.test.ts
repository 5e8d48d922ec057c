/** Instances are real: they boot, run their user data once, have credentials without keys, keep their disk, and end when and how they are told to. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DeleteRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { removeTree } from '../../src/doors/machines/machine-disk.ts';
import { consoleLogGroup } from '../../src/server/console-logs.ts';
import { machinesMissing, removeLeft, startRunning } from './running.ts';
import type { RunningMachines } from './running.ts';
import { findOnPath } from '../running.ts';
import { region, roleName } from '../metadata/test-instance.ts';

const missing = await machinesMissing();
const skip = missing !== undefined && `NO MACHINE CAN BE RUN HERE, so none was: ${missing}. Debian: bubblewrap iproute2 openssh-server.`;
const run = promisify(execFile);

describe('machines', { skip }, () => {
  let running: RunningMachines;
  let number = 0;

  before(async () => {
    running = await startRunning();
  });

  after(() => running[Symbol.asyncDispose]());

  /** Changes of an instance with that script. */
  const withScript = (script: string): { readonly InstanceId: string; readonly UserData: string } => {
    const InstanceId = `i-0bbbbbbbbbbbbbb${String(++number).padStart(2, '0')}`;
    return { InstanceId, UserData: running.machines.sealUserData(InstanceId, `#!/bin/bash\n${script}`) };
  };

  test('the AWS CLI inside reads what the role may read, without any key; when the role may no more, it may not at its next call', { skip: !existsSync('/usr/bin/aws') && '/usr/bin/aws IS NOT ON THE MACHINE: no CLI was run inside' }, async () => {
    const { gatehouse } = running.machines;
    const Profile = await running.machines.role();
    await gatehouse.s3().send(new CreateBucketCommand({ Bucket: 'letters' }));
    await gatehouse.s3().send(new PutObjectCommand({ Bucket: 'letters', Key: 'hello', Body: 'read without a key\n' }));
    await gatehouse.iam().send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'read', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::letters/*' }] }) }));
    const machine = await running.run({ Profile, ...withScript('aws --endpoint-url $AWS_ENDPOINT_URL s3 cp s3://letters/hello -; aws --endpoint-url $AWS_ENDPOINT_URL sts get-caller-identity --query Arn; sleep 3600') });
    const said = await running.console(machine, /assumed-role\/app\/i-0b/);
    assert.match(said, /read without a key\n/);
    await gatehouse.iam().send(new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: 'read' }));
    await running.driver.terminate(machine.machineId);
    const next = await running.run({ Profile: { ...Profile, AssociationId: 'iip-assoc-0next' }, ...withScript('aws --endpoint-url $AWS_ENDPOINT_URL s3 cp s3://letters/hello -') });
    assert.match(await running.console(next, /user data ended/), /\(403\)|Forbidden/);
  });

  test('user data is run once; stopping keeps the disk and the console, starting goes on from them', async () => {
    const machine = await running.run(withScript('echo once >>~/ran; echo kept >/tmp/kept; cat ~/ran'));
    await running.console(machine, /user data ended with status 0/);
    await running.driver.stop(machine.machineId, { isForced: false });
    assert.match(Buffer.from((await running.driver.consoleOutput(machine.machineId))!.bytes).toString(), /shutting down/);
    await running.driver.start(machine);
    await running.driver.stop(machine.machineId, { isForced: false });
    const said = Buffer.from((await running.driver.consoleOutput(machine.machineId))!.bytes).toString();
    assert.deepEqual([said.match(/boots as/g)?.length, said.match(/user data ended/g)?.length], [2, 1]);
    assert.equal(await fileOnDisk(join(running.folder, machine.machineId), 'home/ec2-user/ran'), 'once\n');
    await running.driver.terminate(machine.machineId);
    assert.equal(existsSync(join(running.folder, machine.machineId)), false);
    assert.equal(await running.driver.consoleOutput(machine.machineId), undefined);
  });

  test('what a machine writes to its console is in the logs of its owner, line by line, in its region', async () => {
    const { gatehouse } = running.machines;
    const machine = await running.run(withScript('echo logged one; echo logged two'));
    await running.console(machine, /user data ended/);
    await running.driver.stop(machine.machineId, { isForced: false });
    const logs = gatehouse.client(CloudWatchLogsClient, undefined, machine.region);
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: consoleLogGroup, logStreamNames: [machine.instanceId], filterPattern: 'logged' }));
    assert.deepEqual(events!.map(({ message }) => message), ['logged one', 'logged two']);
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: consoleLogGroup }));
    assert.equal(logGroups![0]!.retentionInDays, 30);
    await running.driver.terminate(machine.machineId);
    assert.equal((await logs.send(new FilterLogEventsCommand({ logGroupName: consoleLogGroup, filterPattern: 'logged' }))).events!.length, 2, 'its log outlives it');
  });

  test('everything may be asked twice; a machine whose disk is gone is refused', async () => {
    const machine = await running.run();
    assert.deepEqual(await running.driver.launch(machine), await running.driver.start(machine));
    for (const isForced of [true, false]) await running.driver.stop(machine.machineId, { isForced });
    for (let i = 0; i < 2; i++) await running.driver.terminate(machine.machineId);
    await assert.rejects(running.driver.start(machine), { name: 'MachineRefused', message: 'its disk is gone' });
  });

  test('a machine that is shut down from inside, and one that is not meant to end, are heard of', async () => {
    const well = await running.run(withScript('shutdown -h now'));
    assert.deepEqual(await running.heard(well.machineId), { machineId: well.machineId, how: 'shutdown', detail: 'exit status 0' });
    const badly = await running.run(withScript('kill -9 2'));
    assert.equal((await running.heard(badly.machineId)).how, 'failure');
  });

  test('user data that is no script is not run, and said not to be', async () => {
    const InstanceId = 'i-0cccccccccccccccc';
    const machine = await running.run({ InstanceId, UserData: running.machines.sealUserData(InstanceId, 'touch /tmp/ran') });
    await running.console(machine, /not a script/);
  });

  const ssh = findOnPath('ssh');

  test('SSH opens with the key pair, as ec2-user, and with no other key', { skip: (ssh === undefined || !existsSync('/usr/sbin/sshd')) && 'SSH OR SSHD IS NOT ON THE MACHINE: nobody signed in to a machine' }, async () => {
    const keys = mkdtempSync(join(tmpdir(), 'gatehouse-machine-keys-'));
    try {
      for (const name of ['mine', 'other']) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(keys, name)]);
      const machine = await running.run({ KeyPair: { KeyName: 'mine', PublicKey: readFileSync(join(keys, 'mine.pub'), 'utf8') } });
      const { publicIpAddress } = await running.driver.start(machine);
      const signIn = (key: string, user: string, ...command: string[]) => run(ssh!, ['-p', process.getuid!() === 0 ? '22' : '2222', '-i', join(keys, key), '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-F', '/dev/null', `${user}@${publicIpAddress}`, ...command]);
      assert.match((await signIn('mine', 'ec2-user', 'id -un; hostname; echo $AWS_ENDPOINT_URL; which shutdown')).stdout, /^ec2-user\nip-172-31-0-\d+\nhttp:\/\/127\.0\.0\.1:\d+\n\/opt\/gatehouse\/bin\/shutdown\n$/);
      assert.match((await signIn('mine', 'ec2-user', '-tt', 'tty')).stdout, /\/dev\/pts\/\d/);
      await assert.rejects(signIn('other', 'ec2-user', 'id'), /Permission denied \(publickey\)/);
      await assert.rejects(signIn('mine', 'root', 'id'), /Permission denied \(publickey\)/);
      // EC2 Instance Connect: for a minute.
      const { gatehouse } = running.machines;
      gatehouse.plane.activeSshKeys.offer({ account: gatehouse.account, region, instanceId: machine.instanceId }, 'ec2-user', readFileSync(join(keys, 'other.pub'), 'utf8').trim());
      assert.match((await signIn('other', 'ec2-user', 'id -un')).stdout, /^ec2-user\n$/);
      gatehouse.clock.advance(60_000);
      await assert.rejects(signIn('other', 'ec2-user', 'id'), /Permission denied \(publickey\)/);
      assert.match((await signIn('mine', 'ec2-user', 'id -un')).stdout, /^ec2-user\n$/);
    } finally {
      rmSync(keys, { recursive: true });
    }
  });

  test('what is left of machines that nobody knows is removed at the start; of known ones it is kept', async () => {
    for (const name of ['known', 'unknown']) mkdirSync(join(running.folder, name, 'disk', 'home'), { recursive: true });
    chmodSync(join(running.folder, 'unknown', 'disk', 'home'), 0);
    await running.driver.settle(new Set(readdirSync(running.folder).filter((name) => name !== 'unknown')));
    assert.deepEqual([existsSync(join(running.folder, 'known')), existsSync(join(running.folder, 'unknown'))], [true, false]);
  });
});

/** A file of a stopped machine, whose disk is a volume or a folder. Source: debugfs(8). */
async function fileOnDisk(folder: string, path: string): Promise<string> {
  const volume = join(folder, 'disk.ext4');
  return existsSync(volume) ? (await run('/usr/sbin/debugfs', ['-R', `cat /${path}`, volume])).stdout : readFileSync(join(folder, 'disk', path), 'utf8');
}

interface Said { readonly missing?: string; readonly console: string }

/** The process of boot-one.ts, and what it said. */
async function bootOne(folder: string, userData: string, uid?: number): Promise<{ readonly child: ReturnType<typeof spawn>; readonly said: Said | undefined }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./boot-one.ts', import.meta.url)), folder, userData], { stdio: ['ignore', 'pipe', 'ignore'], ...(uid !== undefined && { uid, gid: uid, env: { PATH: process.env['PATH'] } }) });
  const said = await new Promise<Said | undefined>((resolve) => {
    createInterface(child.stdout!).once('line', (line) => resolve(JSON.parse(line)));
    child.once('exit', () => resolve(undefined));
  });
  return { child, said };
}

async function killed(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
}

test('a Gatehouse that is killed takes its machines with it', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-machines-'));
  const { child, said } = await bootOne(folder, '#!/bin/bash\nsetsid sleep 86399 & disown\n');
  const tree = processesBelow(child.pid!);
  await killed(child);
  assert.match(said!.console, /user data ended/);
  assert.ok(tree.length >= 4, 'bwrap, its inner one, bash, sleep');
  while (tree.some((pid) => existsSync(`/proc/${pid}/exe`) && !/^State:\s+Z/m.test(statusOf(pid)))) await new Promise((resolve) => setTimeout(resolve, 20));
  await removeLeft(folder);
});

test('a Gatehouse that is not root runs machines too', { skip: skip || (process.getuid?.() !== 0 && 'the tests above were run as no root') }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-machines-'));
  const own = join(folder, 'own');
  mkdirSync(own);
  chmodSync(folder, 0o755);
  const uid = 64_123;
  await run('chown', [`${uid}:${uid}`, own]);
  const { child, said } = await bootOne(own, `#!/bin/bash\nid -un; grep -c 'CapEff:.0000000000000000' /proc/self/status; curl -s -o /dev/null -w '%{http_code}\\n' http://169.254.169.254/; mkdir -m 0 ~/closed\n`, uid);
  await killed(child);
  if (!said || said.missing !== undefined) t.skip(`NO MACHINE WAS RUN AS ANOTHER USER THAN ROOT: ${said?.missing ?? 'that user cannot read this checkout'}`);
  else assert.match(said.console, /ec2-user\n1\n404\n/);
  await removeTree(folder);
});

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It has ended.
    return 'State: Z';
  }
};

function processesBelow(pid: number): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
  return children.concat(children.flatMap((child) => processesBelow(child)));
}
