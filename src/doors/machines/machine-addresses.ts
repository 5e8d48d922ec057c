/** Addresses of the host's loopback device, one for each machine: there its SSH is reached, and from there it asks the API. */
import { hash } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/** Every address of 127.0.0.0/8 is this host's, on Linux. The first ones are often used. */
const firstBlock = 64;

/** The addresses to try for a machine, in order: always the same ones, so that a stopped machine mostly has its own again. */
export function* addressesOf(machineId: string): Generator<string> {
  for (let attempt = 0; attempt < 64; attempt++) {
    const [a, b, c] = Buffer.from(hash('sha256', `${machineId} ${attempt}`), 'hex');
    yield `127.${firstBlock + (a! % (255 - firstBlock))}.${b}.${1 + (c! % 254)}`;
  }
}

/** The port of SSH, and the one in its place where only root may have that. */
const sshPorts = [22, 2222] as const;

/** Listens for SSH at a machine's address; undefined where nothing can be had. */
export async function listenForSsh(machineId: string, taken: ReadonlySet<string>): Promise<{ readonly server: Server; readonly address: string } | undefined> {
  for (const address of addressesOf(machineId)) {
    if (taken.has(address)) continue;
    for (const port of sshPorts) {
      const server = await listening(address, port);
      if (server) return { server, address };
    }
  }
  return undefined;
}

function listening(address: string, port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' || error.code === 'EACCES' || error.code === 'EPERM' ? resolve(undefined) : reject(error)));
    server.listen(port, address, () => resolve(server));
  });
}
