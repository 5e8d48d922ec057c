/** What a machine keeps when it is stopped: folders of its own, which are mounted beside the host's /usr. */
import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { chmodSync, chownSync, copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readlinkSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Machine } from '../../services/ec2/driver.ts';
import { shutdownScript } from './init-script.ts';
import { machineLimits } from './limits.ts';

/** Everything of one machine on the host: its disk is a folder, or a volume in a file. */
export interface MachineFolder { readonly folder: string; readonly disk: string; readonly volume: string; readonly console: string }

export function machineFolder(machines: string, machineId: string): MachineFolder {
  const folder = join(machines, machineId);
  return { folder, disk: join(folder, 'disk'), volume: join(folder, 'disk.ext4'), console: join(folder, 'console') };
}

/** Who owns what is on the disk, as the host counts users; undefined where it is whoever runs Gatehouse. */
export type Owner = number | undefined;

/** A user of the host's for each machine, where that is ours to choose, of a range that nobody else uses: so no two machines can touch what is the other's, and none what is the host's. */
export function ownerOf(machineId: string): Owner {
  return process.getuid?.() === 0 ? 1_900_000_000 + (Number.parseInt(hash('sha256', machineId).slice(0, 8), 16) % 200_000_000) : undefined;
}

export const tenant = { uid: 1000, gid: 1000, name: 'ec2-user', home: '/home/ec2-user' } as const;

/** Where the programs are that only a machine has. */
export const ownPrograms = '/opt/gatehouse/bin';

/** What everything in a machine finds in its PATH. */
export const machinePath = `${ownPrograms}:/usr/local/bin:/usr/bin:/usr/sbin`;

/**
 * The folders that are a machine's own, below its root. INVARIANT: what is above them belongs to whoever runs Gatehouse and no machine sees it, so that nothing a tenant makes –
 * a symbolic link above all – is followed when the next boot mounts them; and nothing is mounted inside one of them.
 */
export const ownFolders = ['etc', 'home', 'opt', 'srv', 'tmp', 'var'] as const;

/** What a machine has of the host's /etc, as it is when its disk is made. */
const hostEtc = ['alternatives', 'bash.bashrc', 'ca-certificates.conf', 'inputrc', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'localtime', 'mime.types', 'profile', 'ssl/certs', 'ssl/openssl.cnf'];

const directories: Readonly<Record<string, number>> = {
  etc: 0o755, 'etc/ssh': 0o755, 'etc/ssl': 0o755, home: 0o755, 'home/ec2-user': 0o700, 'home/ec2-user/.ssh': 0o700, opt: 0o755, 'opt/gatehouse': 0o755, 'opt/gatehouse/bin': 0o755, srv: 0o755, tmp: 0o1777,
  var: 0o755, 'var/lib': 0o755, 'var/lib/gatehouse': 0o700, 'var/lib/cloud': 0o755, 'var/lib/cloud/instance': 0o700, 'var/log': 0o755, 'var/tmp': 0o1777,
};

/** What a disk is made for. */
export interface DiskWish {
  /** The name by which the machine reaches the API. */
  readonly apiHost: string;
  readonly owner: Owner;
  /** The tenant's number inside. */
  readonly uid: number;
  /** The number of the process that shuts it down: see init-script.ts. */
  readonly initPid: number;
  /** A volume takes no more of the host than its size; a folder is looked at now and then. */
  readonly isVolume: boolean;
}

export const hasDisk = ({ disk, volume }: MachineFolder): boolean => existsSync(volume) || existsSync(disk);

/** Makes the disk where there is none: whole, or not at all. */
export async function makeDisk(place: MachineFolder, machine: Machine, wish: DiskWish): Promise<void> {
  if (hasDisk(place)) return;
  const { folder, disk, volume } = place;
  const { owner } = wish;
  const making = join(folder, 'making');
  // Of an attempt that was cut off: no tenant was ever in it.
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  chmodSync(folder, 0o700);
  chmodSync(making, 0o755);
  for (const [name, mode] of Object.entries(directories)) {
    mkdirSync(join(making, name));
    chmodSync(join(making, name), mode);
  }
  for (const name of hostEtc) copyPublic(join('/etc', name), join(making, 'etc', name));
  for (const [name, { text, mode = 0o644 }] of Object.entries(filesOf(machine, wish))) {
    writeFileSync(join(making, name), text);
    chmodSync(join(making, name), mode);
  }
  if (owner !== undefined) for (const name of ownFolders) giveTree(join(making, name), owner);
  if (!wish.isVolume) return renameSync(making, disk);
  const filling = `${volume}.making`;
  rmSync(filling, { force: true });
  // As long as nothing is written to it, it takes next to nothing of the host. Source: mke2fs(8).
  await run('mke2fs', ['-q', '-F', '-t', 'ext4', '-m', '0', '-E', 'lazy_itable_init=1,lazy_journal_init=1,root_owner=0:0', '-d', making, filling, `${machine.diskGiB}G`]);
  await removeTree(making);
  renameSync(filling, volume);
}

/** Copies what everyone on the host may read. */
function copyPublic(from: string, to: string): void {
  const found = lstatSync(from, { throwIfNoEntry: false });
  if (!found) return;
  if (found.isSymbolicLink() && dirname(from) !== '/etc') return symlinkSync(readlinkSync(from), to);
  // A link in /etc itself may lead anywhere: what it leads to is what is meant.
  const target = statSync(from, { throwIfNoEntry: false });
  if (!target || (target.mode & 0o004) === 0) return;
  if (target.isDirectory()) {
    mkdirSync(to, { recursive: true });
    chmodSync(to, 0o755);
    for (const name of readdirSync(from)) copyPublic(join(from, name), join(to, name));
  } else if (target.isFile()) {
    copyFileSync(from, to);
    chmodSync(to, 0o644);
  }
}

interface NewFile { readonly text: string | Uint8Array; readonly mode?: number }

function filesOf({ hostName, region, userData, publicKey }: Machine, { apiHost, uid, initPid }: DiskWish): Readonly<Record<string, NewFile>> {
  const { name, home } = tenant;
  const domain = region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;
  const shutdown = { text: shutdownScript(initPid), mode: 0o755 };
  return {
    'etc/passwd': { text: `${name}:x:${uid}:${uid}::${home}:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n` },
    'etc/group': { text: `${name}:x:${uid}:\nnogroup:x:65534:\n` },
    'etc/hostname': { text: `${hostName}\n` },
    'etc/hosts': { text: `127.0.0.1 localhost ${hostName} ${hostName}.${domain}${/^[\d.:[\]]+$|^localhost$/.test(apiHost) ? '' : ` ${apiHost}`}\n` },
    'etc/nsswitch.conf': { text: 'passwd: files\ngroup: files\nshadow: files\nhosts: files\n' },
    'etc/resolv.conf': { text: '# This machine has no network but its own, the metadata service and the API.\n' },
    'etc/shells': { text: '/bin/sh\n/bin/bash\n' },
    'etc/ssh/sshd_config': { text: sshdConfig },
    'opt/gatehouse/bin/shutdown': shutdown,
    'opt/gatehouse/bin/poweroff': shutdown,
    'home/ec2-user/.ssh/authorized_keys': { text: publicKey === undefined ? '' : `${publicKey.trim()}\n`, mode: 0o600 },
    ...(userData && { 'var/lib/cloud/instance/user-data': { text: userData, mode: 0o600 } }),
  };
}

/** Keys alone open it, and only as the tenant: there is nobody else. */
const sshdConfig = `HostKey /var/lib/gatehouse/ssh_host_key
AuthenticationMethods publickey
AuthorizedKeysFile .ssh/authorized_keys /var/lib/gatehouse/active_keys
PasswordAuthentication no
KbdInteractiveAuthentication no
AllowUsers ${tenant.name}
UsePAM no
PidFile none
PrintMotd no
X11Forwarding no
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
`;

/** Before anything of a tenant's is in it. */
function giveTree(path: string, owner: number): void {
  if (lstatSync(path).isSymbolicLink()) return;
  chownSync(path, owner, owner);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) giveTree(join(path, name), owner);
}

const run = promisify(execFile);

/** Removes what a tenant made, however much and whatever its modes, without keeping anybody waiting. */
export async function removeTree(path: string): Promise<void> {
  try {
    await run('rm', ['-rf', '--one-file-system', '--', path]);
  } catch {
    // A folder that its owner may not read was made so by a tenant; what cannot be removed then either is an error.
    await run('chmod', ['-R', 'u+rwX', '--', path]);
    await run('rm', ['-rf', '--one-file-system', '--', path]);
  }
}

/** KiB that a folder takes. What a tenant keeps from being read is not counted, nor is what goes away meanwhile. */
export async function diskKiB(path: string): Promise<number> {
  const { stdout } = await run('nice', ['-n', '15', 'du', '-skx', '--', path], { timeout: machineLimits.diskLookMs }).catch((failed: { readonly stdout?: string }) => ({ stdout: failed.stdout ?? '' }));
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0);
}
