/** Runs instances as plain processes of whoever runs Gatehouse: for hosts that give no namespaces. Nothing confines them: whoever may run an instance has this host, and every other instance's credentials. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { MachineRefused } from '../../services/ec2/driver.ts';
import type { Booted, Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import { openEndpoint } from '../metadata/endpoint.ts';
import { MetadataListener } from '../metadata/listener.ts';
import type { ServedEndpoint } from '../metadata/listener.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import { ConsoleLines } from './console-lines.ts';
import { ConsoleLog, readConsole } from './console-log.ts';
import { machineLimits, metadataPatience } from './limits.ts';
import { listenAtOwnAddress } from './machine-addresses.ts';
import { machineFolder, removeTree } from './machine-disk.ts';
import type { MachineDriverSettings } from './process-driver.ts';

interface Live { readonly machine: Machine; readonly child: ChildProcess; readonly console: ConsoleLog; readonly endpoint: ServedEndpoint; readonly address: string; isEnding: boolean }

/** The end of its input is the request to shut down, and so is the end of Gatehouse: what it started, as long as it stayed in its group of processes, ends with it. */
const init = String.raw`
exec 3<&0 </dev/null
trap 'trap "" TERM; kill -TERM 0; sleep 1; kill -KILL 0' TERM
( read -r _ <&3; kill -TERM $$ ) &
exec 3<&-
echo "gatehouse: $GATEHOUSE_INSTANCE_ID boots, unconfined"
if [ -e "$0" ] && mkdir "$0.done" 2>/dev/null; then
  if [ "$(head -c 2 "$0")" = '#!' ]; then ( trap - TERM; "$0"; echo "gatehouse: user data ended with status $?" ) &
  else echo "gatehouse: the user data is not a script (its first line begins with #!): it is not run"
  fi
fi
while :; do wait; sleep 86400 & wait $!; done
`;

export async function openUnconfinedDriver(settings: MachineDriverSettings, parts: MetadataParts, heard: (ended: MachineEnded) => void): Promise<MachineDriver> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 });
  return new UnconfinedDriver(settings, parts, heard);
}

class UnconfinedDriver implements MachineDriver {
  readonly #settings: MachineDriverSettings;
  readonly #parts: MetadataParts;
  readonly #heard: (ended: MachineEnded) => void;
  readonly #metadata: MetadataListener;
  readonly #live = new Map<string, Live>();

  constructor(settings: MachineDriverSettings, parts: MetadataParts, heard: (ended: MachineEnded) => void) {
    this.#settings = settings;
    this.#parts = parts;
    this.#heard = heard;
    this.#metadata = new MetadataListener(parts.warn);
  }

  missing(): string | undefined {
    return existsSync('/bin/bash') ? undefined : 'the host has no /bin/bash';
  }

  async settle(known: ReadonlySet<string>): Promise<void> {
    for (const name of readdirSync(this.#settings.folder)) if (!known.has(name)) await removeTree(join(this.#settings.folder, name));
  }

  async launch(machine: Machine): Promise<Booted> {
    const { disk } = machineFolder(this.#settings.folder, machine.machineId);
    if (!existsSync(disk)) {
      mkdirSync(join(disk, 'home'), { recursive: true, mode: 0o700 });
      if (machine.userData) writeFileSync(join(disk, 'user-data'), machine.userData, { mode: 0o700 });
    }
    return this.start(machine);
  }

  async start(machine: Machine): Promise<Booted> {
    const live = this.#live.get(machine.machineId);
    if (live) return { publicIpAddress: live.address };
    const missing = this.missing();
    if (missing !== undefined) throw new MachineRefused(missing);
    if (!existsSync(machineFolder(this.#settings.folder, machine.machineId).disk)) throw new MachineRefused('its disk is gone');
    return this.#boot(machine);
  }

  async stop(machineId: string, { isForced }: { readonly isForced: boolean }): Promise<void> {
    const live = this.#live.get(machineId);
    if (!live) return;
    live.isEnding = true;
    const over = once(live.child, 'exit');
    const timer = setTimeout(() => endGroup(live.child), isForced ? 0 : machineLimits.shutdownMs);
    live.child.stdin!.end();
    await over;
    clearTimeout(timer);
    await this.#forget(live);
  }

  async reboot(machine: Machine): Promise<Booted> {
    await this.stop(machine.machineId, { isForced: false });
    return this.start(machine);
  }

  async terminate(machineId: string): Promise<void> {
    await this.stop(machineId, { isForced: true });
    await removeTree(machineFolder(this.#settings.folder, machineId).folder);
  }

  async consoleOutput(machineId: string): ReturnType<MachineDriver['consoleOutput']> {
    return this.#live.get(machineId)?.console.output ?? readConsole(machineFolder(this.#settings.folder, machineId).console);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#live.keys(), (machineId) => this.stop(machineId, { isForced: false })));
  }

  async #boot(machine: Machine): Promise<Booted> {
    const { machineId, account, region, instanceId } = machine;
    const { disk, console: file } = machineFolder(this.#settings.folder, machineId);
    const { server, address } = await this.#listen(machineId);
    const { port } = server.address() as AddressInfo;
    const hosts = new Set([`${address}:${port}`, ...(port === 80 ? [address] : [])]);
    const endpoint = this.#metadata.open(server, openEndpoint(this.#parts, { account, region, instanceId, hosts }));
    const { keepConsole } = this.#settings;
    const log = new ConsoleLog(file, this.#parts.clock, keepConsole && new ConsoleLines((lines) => keepConsole(machine, lines), this.#parts.clock, this.#parts.warn));
    const child = spawn('/bin/bash', ['-c', init, join(disk, 'user-data')], {
      detached: true, cwd: join(disk, 'home'), stdio: ['pipe', 'pipe', 'pipe'],
      // Of this process's environment it has where programs are, and nothing else.
      env: { PATH: process.env['PATH'], HOME: join(disk, 'home'), LANG: 'C.UTF-8', GATEHOUSE_INSTANCE_ID: instanceId, AWS_ENDPOINT_URL: this.#settings.api.url, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...metadataPatience, AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://${address}:${port}/` },
    });
    child.stdin.on('error', () => {});
    for (const stream of [child.stdout, child.stderr]) log.follow(stream);
    const live: Live = { machine, child, console: log, endpoint, address, isEnding: false };
    this.#live.set(machineId, live);
    child.once('error', (error) => void this.#ended(live, error.message));
    child.once('exit', (code, signal) => void this.#ended(live, code === null ? `killed by ${signal}` : `exit status ${code}`));
    return { publicIpAddress: address };
  }

  async #listen(machineId: string): Promise<{ readonly server: Server; readonly address: string }> {
    const own = await listenAtOwnAddress(machineId, [80, 1338], new Set(Array.from(this.#live.values(), ({ address }) => address)));
    if (own) return own;
    // Elsewhere than on Linux 127.0.0.1 is all there is.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, address: '127.0.0.1' };
  }

  async #ended(live: Live, detail: string): Promise<void> {
    endGroup(live.child);
    await this.#forget(live);
    if (!live.isEnding) this.#heard({ machineId: live.machine.machineId, how: 'failure', detail });
  }

  async #forget(live: Live): Promise<void> {
    if (this.#live.get(live.machine.machineId) !== live) return;
    this.#live.delete(live.machine.machineId);
    live.endpoint.close();
    await live.console.close();
  }
}

/** Ends what is left of a group of processes. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ESRCH')) throw thrown;
  }
}
