/** Runs instances as plain processes of whoever runs Gatehouse: for hosts that give no namespaces. Nothing confines them: whoever may run an instance has this host, and every other instance's credentials. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import type { Machine, MachineDriver, MachineEnded } from '../../services/ec2/driver.ts';
import { openEndpoint } from '../metadata/endpoint.ts';
import { MetadataListener } from '../metadata/listener.ts';
import type { MetadataParts } from '../metadata/parts.ts';
import { machineLimits, metadataPatience } from './limits.ts';
import { listenAtOwnAddress } from './machine-addresses.ts';
import type { MachineFolder } from './machine-disk.ts';
import { hasFolder, MachineHost } from './machine-host.ts';
import type { BootPlace, Ending, MachineDriverSettings, MachineKind, RunningMachine } from './machine-host.ts';

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
  settings.tell?.('instances run UNCONFINED, as this process\'s own user and without a limit: whoever may run one has this host');
  return new MachineHost(settings, new UnconfinedMachines(settings, parts), parts, heard);
}

class UnconfinedMachines implements MachineKind {
  readonly #settings: MachineDriverSettings;
  readonly #parts: MetadataParts;
  readonly #metadata: MetadataListener;

  constructor(settings: MachineDriverSettings, parts: MetadataParts) {
    this.#settings = settings;
    this.#parts = parts;
    this.#metadata = new MetadataListener(parts.warn);
  }

  missing(): string | undefined {
    return existsSync('/bin/bash') ? undefined : 'the host has no /bin/bash';
  }

  hasDisk(folder: MachineFolder): boolean {
    return hasFolder(folder);
  }

  async makeDisk({ userData }: Machine, { disk }: MachineFolder): Promise<void> {
    if (existsSync(disk)) return;
    mkdirSync(join(disk, 'home'), { recursive: true, mode: 0o700 });
    if (userData) writeFileSync(join(disk, 'user-data'), userData, { mode: 0o700 });
  }

  async boot({ machineId, account, region, instanceId }: Machine, { folder: { disk }, console, takenAddresses }: BootPlace): Promise<RunningMachine> {
    const { server, address } = await this.#listen(machineId, takenAddresses);
    const { port } = server.address() as AddressInfo;
    const hosts = new Set([`${address}:${port}`, ...(port === 80 ? [address] : [])]);
    const endpoint = this.#metadata.open(server, openEndpoint(this.#parts, { account, region, instanceId, hosts }));
    const child = spawn('/bin/bash', ['-c', init, join(disk, 'user-data')], {
      detached: true, cwd: join(disk, 'home'), stdio: ['pipe', 'pipe', 'pipe'],
      // Of this process's environment it has where programs are, and nothing else.
      env: { PATH: process.env['PATH'], HOME: join(disk, 'home'), LANG: 'C.UTF-8', GATEHOUSE_INSTANCE_ID: instanceId, AWS_ENDPOINT_URL: this.#settings.api.url, AWS_REGION: region, AWS_DEFAULT_REGION: region, ...metadataPatience, AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://${address}:${port}/` },
    });
    child.stdin.on('error', () => {});
    for (const stream of [child.stdout, child.stderr]) console.follow(stream);
    const ended = new Promise<Ending>((resolve) => {
      child.on('error', ({ message }) => resolve({ isShutdown: false, detail: message }));
      child.once('exit', (code, signal) => resolve({ isShutdown: false, detail: code === null ? `killed by ${signal}` : `exit status ${code}` }));
    }).finally(() => endGroup(child));
    return {
      address, ended,
      async stop(isForced) {
        const timer = setTimeout(() => endGroup(child), isForced ? 0 : machineLimits.shutdownMs);
        child.stdin.end();
        await ended;
        clearTimeout(timer);
      },
      release: async () => endpoint.close(),
    };
  }

  async #listen(machineId: string, taken: ReadonlySet<string>): Promise<{ readonly server: Server; readonly address: string }> {
    const own = await listenAtOwnAddress(machineId, [80, 1338], taken);
    if (own) return own;
    // Elsewhere than on Linux 127.0.0.1 is all there is.
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, address: '127.0.0.1' };
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
