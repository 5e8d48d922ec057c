/** Instances without namespaces, for hosts that give none; and what unmodified clients make of an instance's metadata service by themselves. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openUnconfinedDriver } from '../../src/doors/machines/unconfined-driver.ts';
import { removeTree } from '../../src/doors/machines/machine-disk.ts';
import { findOnPath, homeOf, plainEnvironment } from '../running.ts';
import { startRunning } from './running.ts';
import type { RunningMachines } from './running.ts';

const run = promisify(execFile);

describe('unconfined instances', { skip: !existsSync('/bin/bash') && 'THERE IS NO /bin/bash: no unconfined instance was run' }, () => {
  let running: RunningMachines;
  /** The environment of an instance that has a role, as its user data sees it. */
  let environment: NodeJS.ProcessEnv;
  let arn: RegExp;
  let home: string;

  before(async () => {
    running = await startRunning(openUnconfinedDriver);
    home = mkdtempSync(join(tmpdir(), 'gatehouse-chains-'));
    process.env['GATEHOUSE_TEST_SECRET'] = 'in the environment';
    const InstanceId = 'i-0dddddddddddddddd';
    const machine = await running.run({ InstanceId, Profile: await running.machines.role(), UserData: running.machines.sealUserData(InstanceId, '#!/bin/bash\nenv; echo once >>~/ran; cat ~/ran\n') });
    const said = await running.console(machine, /user data ended with status 0/);
    delete process.env['GATEHOUSE_TEST_SECRET'];
    environment = { ...plainEnvironment(), ...homeOf(home), ...Object.fromEntries(Array.from(said.matchAll(/^(AWS_\w+)=(.*)$/gm), ([, name, value]) => [name!, value])) };
    assert.doesNotMatch(said, /in the environment/);
    assert.match(environment['AWS_EC2_METADATA_SERVICE_ENDPOINT']!, /^http:\/\/127\./);
    arn = new RegExp(`arn:aws:sts::${running.machines.gatehouse.account}:assumed-role/app/${InstanceId}`);
  });

  after(async () => {
    await running[Symbol.asyncDispose]();
    await removeTree(home);
  });

  for (const cli of new Set([findOnPath('aws'), '/usr/bin/aws'].filter((path) => path !== undefined && existsSync(path)))) {
    test(`the AWS CLI at ${cli} finds the role's credentials by itself`, async () => {
      const { stdout } = await run(cli!, ['--endpoint-url', environment['AWS_ENDPOINT_URL']!, 'sts', 'get-caller-identity'], { env: environment });
      assert.match(stdout, arn);
    });
  }

  test('boto3 finds them by itself, and what tells them apart says that they come from the role of an instance', { skip: findOnPath('python3') === undefined && 'PYTHON IS NOT ON THE MACHINE' }, async (t) => {
    const script = 'import boto3, os\ns = boto3.Session()\nc = s.get_credentials()\nprint(c.method, s.client("sts", endpoint_url=os.environ["AWS_ENDPOINT_URL"]).get_caller_identity()["Arn"])';
    const { stdout, stderr } = await run(findOnPath('python3')!, ['-c', script], { env: environment }).catch((failed: { stdout: string; stderr: string }) => failed);
    if (stderr.includes('No module named')) return t.skip('BOTO3 IS NOT ON THE MACHINE');
    assert.match(stdout, /^iam-role /, stderr);
    assert.match(stdout, arn);
  });

  test('the AWS SDK for JavaScript finds them by its default chain', async () => {
    const script = "const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts'); const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers'); console.log((await new STSClient({ credentials: fromNodeProviderChain() }).send(new GetCallerIdentityCommand({}))).Arn);";
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env: environment, cwd: fileURLToPath(new URL('../..', import.meta.url)) });
    assert.match(stdout, arn);
  });

  test('its endpoint answers under its own address and port alone: under any other name there is nothing', async () => {
    const endpoint = new URL(environment['AWS_EC2_METADATA_SERVICE_ENDPOINT']!);
    const put = (Host: string): Promise<string> => run('curl', ['-s', '-o', '/dev/null', '-w', '%{http_code}', '-X', 'PUT', '-H', `Host: ${Host}`, '-H', 'X-aws-ec2-metadata-token-ttl-seconds: 60', `${endpoint.origin}/latest/api/token`]).then(({ stdout }) => stdout);
    assert.deepEqual([await put(endpoint.host), await put('evil.example'), await put('localhost'), await put('169.254.169.254')], ['200', '403', '403', '403']);
  });

  test('stopping ends all of its group, also what takes no notice; starting does not run user data again; terminating leaves nothing', async () => {
    const InstanceId = 'i-0eeeeeeeeeeeeeeee';
    const machine = await running.run({ InstanceId, UserData: running.machines.sealUserData(InstanceId, '#!/bin/bash\necho once >>~/ran\n(trap "" TERM; echo "stubborn $BASHPID"; while :; do sleep 1; done) &\n') });
    const pid = /stubborn (\d+)/.exec(await running.console(machine, /user data ended[\s\S]*stubborn|stubborn[\s\S]*user data ended/))![1]!;
    await running.driver.stop(machine.machineId, { isForced: false });
    while (existsSync(`/proc/${pid}/cwd`)) await new Promise((resolve) => setTimeout(resolve, 20));
    await running.driver.start(machine);
    await running.driver.stop(machine.machineId, { isForced: true });
    assert.equal(Buffer.from((await running.driver.consoleOutput(machine.machineId))!.bytes).toString().match(/user data ended/g)?.length, 1);
    await running.driver.terminate(machine.machineId);
    assert.equal(existsSync(join(running.folder, machine.machineId)), false);
  });
});

test('a Gatehouse that is killed takes its unconfined instances with it', { skip: process.platform !== 'linux' && 'processes are looked at as on Linux' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-machines-'));
  const child = spawn(process.execPath, [fileURLToPath(new URL('./boot-one.ts', import.meta.url)), folder, '#!/bin/bash\nsleep 86398 & echo "sleeps $!"\n', 'unconfined'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [said] = await once(child.stdout!, 'data');
  const over = once(child, 'exit');
  child.kill('SIGKILL');
  await over;
  const pid = /sleeps (\d+)/.exec(String(said))![1]!;
  while (existsSync(`/proc/${pid}/cwd`)) await new Promise((resolve) => setTimeout(resolve, 20));
  await removeTree(folder);
});
