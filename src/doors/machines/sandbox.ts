/** The commands by which a machine gets namespaces of its own – of users, mounts, processes, network, IPC and names – made by bubblewrap. Source: bwrap(1), user_namespaces(7). */
import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { ownFolders } from './machine-disk.ts';
import type { MachineFolder, Owner } from './machine-disk.ts';
import { machineLimits } from './limits.ts';

/** Programs of the host that a machine is made with, and Debian's package of each. */
export const neededPrograms: Readonly<Record<string, string>> = {
  bwrap: 'bubblewrap', bash: 'bash', ip: 'iproute2', unshare: 'util-linux', setpriv: 'util-linux', prlimit: 'util-linux', mount: 'mount', nice: 'coreutils', env: 'coreutils', du: 'coreutils', rm: 'coreutils', chmod: 'coreutils',
};

export interface SandboxPlaces {
  readonly folder: MachineFolder;
  /** What runs first inside: see inside.ts. */
  readonly node: string;
  readonly insideModule: string;
  readonly hostName: string;
  /** Files of control groups that the machine writes itself to first. */
  readonly joins: readonly string[];
}

/** What a disk takes that is a volume. */
export const volumePrograms: Readonly<Record<string, string>> = { mke2fs: 'e2fsprogs', losetup: 'mount' };

/** A command, and what it reads from its descriptor 4: so nothing of it is seen from inside. */
export interface SandboxCommand { readonly file: string; readonly args: readonly string[]; readonly hidden: string }

/** The folder, the program and the module, brought to where a user who sees none of the host's own folders reaches them: in a namespace of mounts that only this command is in. */
const prelude = `set -e
mount -t tmpfs -o mode=755,nosuid,nodev,size=1m gatehouse /mnt
mkdir -m 755 /mnt/disk
: >/mnt/node
: >/mnt/inside
if [ -d "$1" ]; then mount --bind "$1" /mnt/disk
else
  # Of its last run, whose end the kernel may still be seeing to.
  for _ in $(seq 200); do [ -n "$(losetup -j "$1")" ] || break; sleep 0.05; done
  mount -t ext4 -o loop,nosuid,nodev,discard "$1" /mnt/disk
fi
mount --bind "$2" /mnt/node
mount --bind "$3" /mnt/inside
exec setpriv --reuid "$4" --regid "$4" --clear-groups --no-new-privs --inh-caps=-all -- bwrap --args 4 -- "$5" "$6"`;

/** Where they are inside. The name says in which of the two ways of JavaScript's a module is written. */
const inside = { node: '/run/gatehouse/node', module: (file: string): string => `/run/gatehouse/inside.${file.endsWith('.ts') ? 'mts' : 'cjs'}` };

/** Joins its control groups before it becomes anything. */
const joining = 'own=$1; shift; for file in $own; do echo $$ >"$file" || exit 1; done; exec "$@"';

/** `owner` is a user of the host's that is nobody's but this machine's, where whoever runs Gatehouse may become others; else everything is done as whoever that is. */
export function sandboxCommand(places: SandboxPlaces, owner: Owner): SandboxCommand {
  const { file, args, hidden } = ungrouped(places, owner);
  if (places.joins.length === 0) return { file, args, hidden };
  // INVARIANT: no space in them: they are a mount's path, our own name, and a machine's id.
  return { file: '/bin/sh', args: ['-c', joining, 'sh', places.joins.join(' '), file, ...args], hidden };
}

function ungrouped({ folder, node, insideModule, hostName }: SandboxPlaces, owner: Owner): SandboxCommand {
  const disk = existsSync(folder.volume) ? folder.volume : folder.disk;
  const first = [inside.node, inside.module(insideModule)];
  const places = owner === undefined ? { disk, node, module: insideModule } : { disk: '/mnt/disk', node: '/mnt/node', module: '/mnt/inside' };
  const hidden = `${optionsOf(places, insideModule, hostName).join('\0')}\0`;
  if (owner === undefined) return { file: 'bwrap', args: ['--args', '4', '--', ...first], hidden };
  return { file: 'unshare', args: ['--mount', '--propagation', 'private', '--', '/bin/sh', '-c', prelude, 'sh', disk, node, insideModule, String(owner), ...first], hidden };
}

function optionsOf(places: { readonly disk: string; readonly node: string; readonly module: string }, insideModule: string, hostName: string): readonly string[] {
  const memoryFolder = ['--size', String(machineLimits.memoryFolderMiB * 2 ** 20), '--tmpfs'];
  return [
    '--unshare-all', '--unshare-user', '--die-with-parent', '--new-session', '--hostname', hostName, '--uid', '0', '--gid', '0',
    ...['NET_ADMIN', 'NET_BIND_SERVICE', 'SYS_RESOURCE', 'SETPCAP', 'SETFCAP'].flatMap((name) => ['--cap-add', `CAP_${name}`]),
    '--clearenv', '--setenv', 'NODE_CHANNEL_FD', '3', '--setenv', 'NODE_CHANNEL_SERIALIZATION_MODE', 'json', '--setenv', 'PATH', '/usr/sbin:/usr/bin',
    '--ro-bind', '/usr', '/usr', ...['bin', 'sbin', 'lib', 'lib32', 'lib64'].flatMap((name) => (hostLink(`/${name}`) === undefined ? [] : ['--symlink', hostLink(`/${name}`)!, `/${name}`])),
    '--proc', '/proc', '--dev', '/dev', ...memoryFolder, '/dev/shm', ...memoryFolder, '/run',
    ...ownFolders.flatMap((name) => ['--bind', `${places.disk}/${name}`, `/${name}`]),
    '--ro-bind', places.node, inside.node, '--ro-bind', places.module, inside.module(insideModule),
    '--dir', '/mnt', '--dir', '/media', '--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/',
  ];
}

/** Where the host's name leads, which must be below /usr. */
export function hostLink(path: string): string | undefined {
  return existsSync(path) && lstatSync(path).isSymbolicLink() ? readlinkSync(path).replace(/^\//, '') : undefined;
}

/** What a host lacks whatever its programs are; undefined where nothing. */
export function unfitHost(): string | undefined {
  if (process.platform !== 'linux') return 'machines run on Linux only';
  return hostLink('/bin') === 'usr/bin' ? undefined : 'the host keeps programs outside /usr (its /bin is no link to /usr/bin)';
}
