/** Addresses of the host's loopback device, one for each machine: there it is reached, and from there it asks the API. */
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

/** Listens at an address that no other machine has, at the first of the ports that can be had; undefined where none can. */
export async function listenAtOwnAddress(machineId: string, ports: readonly number[], taken: ReadonlySet<string>): Promise<{ readonly server: Server; readonly address: string } | undefined> {
  for (const address of addressesOf(machineId)) {
    if (taken.has(address)) continue;
    for (const port of ports) {
      const server = await listening(address, port);
      if (server) return { server, address };
    }
  }
  return undefined;
}

const elsewhere: ReadonlySet<string | undefined> = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']);

function listening(address: string, port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => (elsewhere.has(error.code) ? resolve(undefined) : reject(error)));
    server.listen(port, address, () => resolve(server));
  });
}
