/** Connections passed on: from inside a machine to the API, and from outside to its SSH. */
import { connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { machineLimits } from './limits.ts';

export interface Relay { close(): void }

/** Where the API listens, and the address that a machine comes from. */
export interface ApiPlace { readonly host: string; readonly port: number; readonly localAddress?: string | undefined }

/** What one machine asks of the API goes there, from an address that is its own. */
export function relayToApi(inside: Server, { host, port, localAddress }: ApiPlace): Relay {
  const open = new Set<Socket>();
  inside.on('connection', (socket) => {
    if (open.size >= machineLimits.apiConnectionsMax) return void socket.destroy();
    join(socket, connect({ host, port, ...(localAddress !== undefined && { localAddress }) }), open);
  });
  return { close: () => end(inside, open) };
}

/**
 * Clients of SSH reach a machine at a socket of the host's. Nothing listens inside: the machine connects to the socket that was handed out of it, waits there for a line, and
 * answers as a server on that connection.
 */
export function relayToSsh(inside: Server, outside: Server): Relay {
  const open = new Set<Socket>();
  const offers: Socket[] = [];
  const waiting: Socket[] = [];
  const pair = (): void => {
    while (offers.length > 0 && waiting.length > 0) {
      const offer = offers.shift()!;
      offer.removeAllListeners('close');
      offer.write('\n');
      join(waiting.shift()!, offer, open);
    }
  };
  const queue = (socket: Socket, list: Socket[]): void => {
    list.push(socket);
    socket.on('error', () => socket.destroy()).once('close', () => {
      if (list.includes(socket)) list.splice(list.indexOf(socket), 1);
    });
    pair();
  };
  inside.on('connection', (socket) => (offers.length >= machineLimits.sshOffersMax ? void socket.destroy() : queue(socket, offers)));
  outside.on('connection', (socket) => {
    if (waiting.length + open.size / 2 >= machineLimits.sshConnectionsMax) return void socket.destroy();
    const tooLate = setTimeout(() => {
      if (waiting.includes(socket)) socket.destroy();
    }, machineLimits.sshWaitMs);
    socket.once('close', () => clearTimeout(tooLate));
    queue(socket, waiting);
  });
  return {
    close() {
      end(outside, open);
      end(inside, new Set([...offers, ...waiting]));
    },
  };
}

/** Each side's bytes to the other, until either ends. */
function join(one: Socket, other: Socket, open: Set<Socket>): void {
  for (const [socket, peer] of [[one, other], [other, one]] as const) {
    open.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      open.delete(socket);
      peer.destroy();
    });
  }
  one.pipe(other);
  other.pipe(one);
}

function end(server: Server, sockets: ReadonlySet<Socket>): void {
  server.close();
  for (const socket of sockets) socket.destroy();
}
