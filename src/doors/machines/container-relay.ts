/** Runs beside a machine's first process in its container: what listens at the machine's addresses goes on to the sockets that Gatehouse mounted into it, and so does its console. It imports nothing but Node. */
import { execFileSync } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** What it is told, as its one argument. */
export interface RelayOrders {
  /** Addresses of the loopback device beside 127.0.0.1. */
  readonly addresses: readonly string[];
  /** Where to listen, and the socket that is the other end. */
  readonly places: readonly { readonly address: string; readonly port: number; readonly socket: string }[];
  /** A connection that is Gatehouse's word to go on: when it ends, the machine is to shut down. */
  readonly leash: string;
  readonly console: string;
  /** Whom to become once that is done. */
  readonly uid: number;
}

const connectionsMax = 512;

async function main({ addresses, places, leash, console, uid }: RelayOrders): Promise<void> {
  for (const address of addresses) execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'lo'], { stdio: 'ignore' });
  for (const { address, port, socket } of places) {
    const server = createServer((from) => join(from, connect(socket)));
    server.maxConnections = connectionsMax;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
  }
  const [held, log] = await Promise.all([opened(leash), opened(console)]);
  // No right is needed any more, and none is kept; whoever breaks this process is nobody.
  process.setgroups!([]);
  process.setgid!(uid);
  process.setuid!(uid);
  held.resume().on('error', () => {}).once('close', () => closeSync(1));
  log.on('error', () => {});
  writeSync(1, 'ready\n');
  process.stdin.pipe(log);
}

function opened(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Each side's bytes to the other, until either ends. */
function join(one: Socket, other: Socket): void {
  for (const [socket, peer] of [[one, other], [other, one]] as const) socket.on('error', () => socket.destroy()).once('close', () => peer.destroy()).pipe(peer);
}

// Last: everything above is there by now. What wrote the argument is Gatehouse.
void main(JSON.parse(process.argv[2]!) as RelayOrders);
