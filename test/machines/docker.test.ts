/** Instances in containers of a Docker Engine: they are what instances are, held to their limits by the engine, and end with whoever had them made. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { openDockerDriver } from '../../src/doors/machines/docker-driver.ts';
import { ContainerEngine } from '../../src/doors/machines/docker-engine.ts';
import { removeTree } from '../../src/doors/machines/machine-disk.ts';
import type { Machine } from '../../src/services/ec2/driver.ts';
import type { InstanceDoc } from '../../src/store/instance-docs.ts';
import { roleName, startMachines } from '../metadata/test-instance.ts';
import { findOnPath } from '../running.ts';
import { startEngine } from './docker-engine.ts';
import type { TestEngine } from './docker-engine.ts';
import { startRunning } from './running.ts';
import type { RunningMachines } from './running.ts';

const run = promisify(execFile);
const engine = await startEngine();

describe('instances in containers', { skip: typeof engine === 'string' && `NO INSTANCE WAS RUN IN A CONTAINER: ${engine}` }, () => {
  // INVARIANT: the suite is skipped where there is none.
  const { socketPath, stop } = engine as TestEngine;
  let running: RunningMachines;
  let number = 0;

  before(async () => {
    running = await startRunning((settings, ...rest) => openDockerDriver({ ...settings, socketPath }, ...rest));
  });

  after(async () => {
    try {
      await running[Symbol.asyncDispose]();
    } finally {
      await stop();
    }
  });

  async function inside(script: string, changes: Partial<InstanceDoc> = {}): Promise<Machine> {
    const InstanceId = `i-0ddddddddddddddd${++number}`;
    return running.run({ ...changes, InstanceType: 't3.nano', InstanceId, UserData: running.machines.sealUserData(InstanceId, `#!/bin/bash\nexec 2>&1\n${script}\n`) });
  }

  test('the engine runs instances', () => assert.equal(running.driver.missing(), undefined));

  test('user data is run once, with the role\'s credentials from the metadata service; stopping keeps the disk; terminating leaves nothing', async () => {
    const Profile = await running.machines.role();
    await running.machines.gatehouse.iam().send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: 'all', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }) }));
    const machine = await inside(`
      token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
      curl -s -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/iam/security-credentials/${roleName} | grep Code
      curl -s -o /dev/null -w 'without a token %{http_code}\\n' http://169.254.169.254/latest/meta-data/
      curl -s -o /dev/null -w 'the API %{http_code}\\n' $AWS_ENDPOINT_URL/health
      echo once >>~/ran; cat ~/ran; id -un; hostname`, { Profile });
    const said = await running.console(machine, /user data ended/);
    assert.match(said, /"Code" : "Success"/);
    assert.match(said, /without a token 401\nthe API 200\nonce\nec2-user\nip-172-31-0-\d+\n/);
    await running.driver.stop(machine.machineId, { isForced: false });
    assert.match(Buffer.from((await running.driver.consoleOutput(machine.machineId))!.bytes).toString(), /shutting down/);
    await running.driver.start(machine);
    await running.driver.stop(machine.machineId, { isForced: true });
    assert.equal(readFileSync(join(running.folder, machine.machineId, 'disk/home/ec2-user/ran'), 'utf8'), 'once\n');
    await running.driver.terminate(machine.machineId);
    assert.equal(existsSync(join(running.folder, machine.machineId)), false);
  });

  test('a tenant finds nothing of the host, gains no right, and has no network but its own', async () => {
    const machine = await inside(`
      ls -d /root ${process.cwd()} ${running.folder} /var/run/docker.sock; ls /gatehouse
      unshare -r id && echo GAINED; mount -t tmpfs x /mnt && echo GAINED; touch /usr/x && echo GAINED; touch /x && echo GAINED; touch /gatehouse/x && echo GAINED; cat /proc/1/environ | tr '\\0' '\\n' | grep -v '^\\(PATH\\|HOME\\|USER\\|LOGNAME\\|SHELL\\|LANG\\|HOSTNAME\\|AWS_\\|GATEHOUSE_\\)' && echo LEAKED
      ip link add d0 type dummy && echo GAINED; ip address add 10.0.0.1/8 dev lo && echo GAINED; su -c id && echo GAINED; kill -9 $(pgrep -f relay) && echo GAINED
      timeout 2 bash -c 'exec 5<>/dev/tcp/1.1.1.1/53' && echo REACHED
      grep -E 'NoNewPrivs|CapBnd|CapEff' /proc/self/status; ls /sys/class/net`);
    const said = await running.console(machine, /user data ended/);
    assert.doesNotMatch(said, /GAINED|LEAKED|REACHED/);
    assert.match(said, /NoNewPrivs:\t1/);
    assert.match(said, /CapEff:\t0{16}\nCapBnd:\t0{16}\n/);
    assert.match(said, /\nlo\n/);
    await running.driver.terminate(machine.machineId);
  });

  test('its limits are the engine\'s: a fork bomb and memory that many processes take together stay within them', async () => {
    const machine = await inside(`
      for i in 1 2 3 4 5 6 7 8; do python3 -c 'import time
x = bytearray(110 * 2**20)
for at in range(0, len(x), 4096): x[at] = 1
time.sleep(3600)' & done
      for i in 1 2 3; do wait -n; echo "ended with $?"; done
      ( :(){ :|:& };: ) 2>/dev/null & sleep 1
      ls -d /proc/[0-9]* | wc -l; echo counted`);
    const said = await running.console(machine, /counted|Resource temporarily unavailable/);
    assert.equal(said.match(/^ended with 137$/gm)?.length, 3, said);
    assert.ok(Number(/^(\d+)\ncounted/m.exec(said)?.[1] ?? 0) <= 520, said);
    assert.equal((await running.machines.gatehouse.send({ method: 'GET', target: '/health' })).status, 200);
    await running.driver.terminate(machine.machineId);
  });

  const ssh = findOnPath('ssh');

  test('SSH opens with the key pair, and with no other', { skip: (ssh === undefined || !existsSync('/usr/sbin/sshd')) && 'SSH OR SSHD IS NOT ON THE MACHINE' }, async () => {
    const keys = mkdtempSync(join(tmpdir(), 'gatehouse-docker-keys-'));
    for (const name of ['mine', 'other']) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', join(keys, name)]);
    const machine = await inside('true', { KeyPair: { KeyName: 'mine', PublicKey: readFileSync(join(keys, 'mine.pub'), 'utf8') } });
    const { publicIpAddress } = await running.driver.start(machine);
    const signIn = (key: string): Promise<{ stdout: string }> => run(ssh!, ['-p', process.getuid!() === 0 ? '22' : '2222', '-i', join(keys, key), '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-F', '/dev/null', `ec2-user@${publicIpAddress}`, 'id -un']);
    assert.equal((await signIn('mine')).stdout, 'ec2-user\n');
    await assert.rejects(signIn('other'), /Permission denied \(publickey\)/);
    rmSync(keys, { recursive: true });
    await running.driver.terminate(machine.machineId);
  });

  test('a machine that is shut down from inside is heard of; what an earlier process left running is ended at the start', async () => {
    const well = await inside('shutdown -h now');
    assert.deepEqual(await running.heard(well.machineId), { machineId: well.machineId, how: 'shutdown', detail: 'exit status 0' });
    const left = await inside('sleep 3600');
    await running.driver.settle(new Set([well.machineId, left.machineId]));
    assert.equal((await running.heard(left.machineId)).how, 'failure');
  });

  test('a Gatehouse that is killed takes its containers with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-machines-'));
    const child = spawn(process.execPath, [fileURLToPath(new URL('./boot-one.ts', import.meta.url)), folder, '#!/bin/bash\nsleep 86397 & disown\n', socketPath], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const docker = await ContainerEngine.connect(socketPath);
    const label = `gatehouse.machines=${hash('sha256', folder).slice(0, 16)}`;
    const [id] = await docker.labelled(label);
    assert.ok(id);
    const over = once(child, 'exit');
    child.kill('SIGKILL');
    await over;
    assert.equal(await docker.wait(id), 0, 'it shuts down');
    await docker.remove(id);
    await removeTree(folder);
  });
});

test('where no engine answers, it is said where one was looked for', async () => {
  const { gatehouse, parts } = await startMachines();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-machines-'));
  const driver = await openDockerDriver({ folder, api: { url: 'http://127.0.0.1:9', host: '127.0.0.1', port: 9 }, socketPath: join(folder, 'none.sock') }, parts, () => {});
  assert.match(driver.missing()!, /^no container engine answers at .*none\.sock \(connect ENOENT .*\): start it, or name its socket with --docker-socket$/);
  await assert.rejects(driver.launch({ machineId: 'm' } as Machine), { name: 'MachineRefused' });
  await driver.close();
  await gatehouse.stop();
  rmSync(folder, { recursive: true });
});
