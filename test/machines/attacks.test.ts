/** A tenant with a shell in its machine, against the host, the server, and other tenants. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { machinesMissing, startRunning } from './running.ts';
import type { RunningMachines } from './running.ts';

const missing = await machinesMissing();

/** Where people's files are on any Linux. */
const homes = ['root', 'home/*'].map((name) => `/${name}`).join(' ');

describe('attacks from inside a machine', { skip: missing !== undefined && `NO MACHINE CAN BE RUN HERE, so none was attacked from: ${missing}` }, () => {
  let running: RunningMachines;
  let number = 0;

  before(async () => {
    running = await startRunning();
  });

  after(() => running[Symbol.asyncDispose]());

  async function inside(script: string, type = 't3.nano'): Promise<{ readonly said: () => Promise<string>; readonly machine: Awaited<ReturnType<RunningMachines['run']>> }> {
    const InstanceId = `i-0eeeeeeeeeeeeee${String(++number).padStart(2, '0')}`;
    const machine = await running.run({ InstanceId, InstanceType: type, UserData: running.machines.sealUserData(InstanceId, `#!/bin/bash\nexec 2>&1\n${script}\n`) });
    return { machine, said: () => running.console(machine, /user data ended/) };
  }

  test('it finds nothing of the host but programs: no data directory, no home, no processes, no environment of the server', async () => {
    writeFileSync(join(running.folder, 'secret'), 'master key');
    process.env['GATEHOUSE_TEST_SECRET'] = 'in the environment';
    const { said } = await inside(`
      ls -d ${running.folder} ${homes} /proc/1/root/root ${process.cwd()} /sys /boot 2>&1
      find / -xdev -name secret 2>/dev/null; cat ${running.folder}/secret
      grep -rl 'in the environment' /proc/*/environ 2>/dev/null; env | grep -c GATEHOUSE_TEST
      cat /proc/1/environ; ls -l /proc/1/fd; ls -l /proc/1/exe /proc/1/cwd
      ls -d /proc/[0-9]* | wc -l
      for fd in /proc/self/fd/*; do readlink $fd; done
      cat /etc/shadow; find / -xdev -perm -4000 -newer /proc/self/exe 2>/dev/null | head -1; find / -writable -type d -not -path '/proc/*' 2>/dev/null | grep -E '^/usr|^/sys' | head -1`);
    delete process.env['GATEHOUSE_TEST_SECRET'];
    const text = await said();
    assert.doesNotMatch(text, /master key|in the environment$/m);
    assert.doesNotMatch(text, /^\/(?:root|sys|boot|usr)/m);
    assert.match(text, /\/proc\/1\/environ: Permission denied/);
    assert.match(text, /\/etc\/shadow: No such file/);
    assert.deepEqual(text.match(/^\/home\/.*$/gm), ['/home/ec2-user']);
    assert.ok(Number(/^(\d+)$/m.exec(text.replace(/^0$/m, ''))?.[1]) < 12, 'its own processes alone');
  });

  test('it gains no right: not by user namespaces, mounts, devices, setuid programs, kernel settings or tracing what it did not start', async () => {
    const { said } = await inside(`
      unshare -r id && echo GAINED; unshare -n id && echo GAINED; mount -t tmpfs x /mnt && echo GAINED; mount --bind /tmp /usr && echo GAINED
      umount /usr && echo GAINED; mount -o remount,rw / && echo GAINED; mknod /tmp/d b 8 0 && echo GAINED; chroot / id && echo GAINED; sethostname x 2>/dev/null && echo GAINED; hostname other && echo GAINED
      echo x >/proc/sys/kernel/core_pattern && echo GAINED; echo 1 >/proc/sys/net/ipv4/ip_forward && echo GAINED; echo 9 >/proc/sys/user/max_user_namespaces && echo GAINED; echo b >/proc/sysrq-trigger && echo GAINED
      ip link add d0 type dummy && echo GAINED; ip address add 10.0.0.1/8 dev lo && echo GAINED; nice -n -20 id -u | grep -v 1000 && echo GAINED
      cp /usr/bin/id /tmp/id && chmod 4755 /tmp/id && chown 0 /tmp/id && echo GAINED; su -c id && echo GAINED; python3 -c 'import os; os.setuid(0)' && echo GAINED
      python3 -c 'import ctypes; import sys; sys.exit(0 if ctypes.CDLL(None).ptrace(16, 1, 0, 0) == 0 else 1)' && echo GAINED
      kill -9 1; [ -d /proc/1 ] && echo STILL; ulimit -u 100000 && echo GAINED; prlimit --pid $$ --nofile=1000000 && echo GAINED
      grep -E 'NoNewPrivs|Seccomp:|CapBnd' /proc/self/status; true`);
    const text = await said();
    assert.doesNotMatch(text, /GAINED/);
    assert.match(text, /STILL/);
    assert.match(text, /NoNewPrivs:\t1\n/);
    assert.match(text, /CapBnd:\t0{16}\n/);
  });

  test('its network is its own: no port of the host, no other machine, no way out; its metadata service is that of no other', async () => {
    const host = createServer((socket) => socket.end('HOST'));
    await new Promise<void>((resolve) => host.listen(0, '0.0.0.0', resolve));
    const { port } = host.address() as AddressInfo;
    const other = await running.run({ KeyPair: { KeyName: 'k', PublicKey: 'ssh-ed25519 AAAA' } });
    const { publicIpAddress } = await running.driver.start(other);
    const token = await running.machines.endpoint(other.instanceId).token();
    const { said, machine } = await inside(`
      reach() { timeout 2 bash -c "exec 5<>/dev/tcp/$1/$2" 2>/dev/null && echo REACHED $1 $2; }
      reach 169.254.169.254 80
      for address in 127.0.0.1 ${publicIpAddress} ${other.privateIpAddress} 10.0.2.2 172.17.0.1 1.1.1.1; do reach $address ${port}; reach $address 22; done
      python3 - <<'PY'
import socket
for name in ("\\0/tmp/.X11-unix/X0", "\\0gatehouse"):
    try: socket.socket(socket.AF_UNIX).connect(name); print("REACHED", repr(name))
    except OSError: pass
for kind in (socket.SOCK_RAW,):
    try: socket.socket(socket.AF_INET, kind, 1); print("REACHED raw")
    except OSError: pass
PY
      curl -s -m 3 -o /dev/null -w 'stolen %{http_code}\\n' -H 'X-aws-ec2-metadata-token: ${token}' http://169.254.169.254/latest/meta-data/instance-id
      curl -s -m 3 -o /dev/null -w 'rebound %{http_code}\\n' -H 'Host: evil.example' -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token
      mine=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token)
      echo; echo "I am $(curl -s -H "X-aws-ec2-metadata-token: $mine" http://169.254.169.254/latest/meta-data/instance-id)"`);
    const text = await said();
    host.close();
    assert.deepEqual(text.match(/REACHED.*/g), ['REACHED 169.254.169.254 80']);
    assert.match(text, /stolen 401\n/);
    assert.match(text, /rebound 403\n/);
    assert.match(text, new RegExp(`I am ${machine.instanceId}\n`));
    await running.driver.terminate(other.machineId);
  });

  test('what it leaves on its disk is followed by nobody at the next boot, and removed with it', async () => {
    const victim = join(running.folder, '..', `gatehouse-victim-${process.pid}`);
    mkdirSync(victim);
    writeFileSync(join(victim, 'file'), 'untouched');
    const { machine, said } = await inside(`
      cd / && rm -rf /opt/gatehouse /var/lib/gatehouse; for name in etc/alternatives etc/ssl var/log var/lib tmp/link home/ec2-user/.ssh; do rm -rf /$name; ln -s ${victim} /$name; ln -s /oldroot${victim}/made /$name.new; done
      mkdir -m 0 /tmp/closed; mkdir -p /tmp/deep/$(printf 'd/%.0s' $(seq 400)); mkfifo /tmp/fifo; touch -- '/tmp/-rf' $'/tmp/new\\nline'; rm -rf /run/gatehouse 2>/dev/null; true`);
    await said();
    await running.driver.stop(machine.machineId, { isForced: false });
    await running.driver.start(machine);
    await running.driver.terminate(machine.machineId);
    assert.equal(existsSync(join(running.folder, machine.machineId)), false);
    assert.equal(readFileSync(join(victim, 'file'), 'utf8'), 'untouched');
    assert.equal(existsSync(join(victim, 'made')), false);
  });

  test('a console that is written without end is kept to its length and holds nobody up', async () => {
    const { machine } = await inside('yes "$(head -c 1000 /dev/zero | tr "\\0" x)"');
    await running.console(machine, /x{1000}[\s\S]{60000}/);
    assert.equal((await running.machines.gatehouse.send({ method: 'GET', target: '/health' })).status, 200);
    assert.equal((await running.driver.consoleOutput(machine.machineId))!.bytes.length, 64 * 1024);
    await running.driver.terminate(machine.machineId);
  });
});
