/** A client and its session, joined: bytes go from one to the other, unread, at as little cost as a process between them can have. */
import { Socket } from 'node:net';
import type { SocketConstructorOpts } from 'node:net';
import { TLSSocket } from 'node:tls';
import { partFrom } from '../../services/rds/postgres/session.ts';
import { postgresDoorLimits } from './limits.ts';

/** One of the two: where it is written to, and how what it says is read. */
interface End {
  readonly socket: Socket;
  readonly pumpTo: (other: Socket) => void;
}

/** Joins them, having said `greeting` to the client and `ahead` to the server, until one of the two goes; the other goes then, and is given a moment to hear what was said to it. */
export function joinSockets(client: Socket, greeting: Uint8Array, server: Socket, ahead: Uint8Array): void {
  const [near, far] = [endOf(client), endOf(server)];
  near.socket.write(greeting);
  if (ahead.length > 0) far.socket.write(ahead);
  near.pumpTo(far.socket);
  far.pumpTo(near.socket);
}

/** A plain socket is read into one buffer of its own: for each read Node would make another, and take it through two streams. */
function endOf(socket: Socket): End {
  return (socket instanceof TLSSocket ? undefined : rewired(socket)) ?? {
    socket,
    pumpTo(other) {
      socket.pipe(other);
      leaveTogether(socket, other);
    },
  };
}

/** The same connection as a socket that reads into its own buffer. Node takes that wish for new sockets alone; so this one is made of the old one's handle. Undefined where that cannot be. */
function rewired(old: Socket): End | undefined {
  // `_handle` and the option `handle` are how Node's own modules pass connections on; they stand in none of its types.
  const shell = old as Socket & { _handle: { reading: boolean; readStop(): void } | null };
  const handle = shell._handle;
  if (handle === null || typeof handle?.readStop !== 'function' || old.destroyed || old.writableLength > 0) return undefined;
  old.pause();
  handle.reading = false;
  handle.readStop();
  const ahead: unknown = old.read();
  shell._handle = null;
  let to: Socket;
  const socket: Socket = new Socket({
    handle, manualStart: true, noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafeSlow(postgresDoorLimits.joinedReadBytes),
      callback(length: number, buffer: Uint8Array) {
        to.write(buffer.subarray(0, length));
        // Nearly always the kernel has taken all of it, and the buffer is free again.
        if (to.writableLength === 0) return true;
        to.write(nothing, () => socket.resume());
        return false;
      },
    },
  } as object as SocketConstructorOpts);
  // Whoever holds the old socket counts it, and may put it out.
  old.once('close', () => socket.destroy());
  socket.once('close', () => old.destroy());
  return {
    socket,
    pumpTo(other) {
      to = other;
      if (ahead instanceof Uint8Array) other.write(ahead);
      socket.once('end', () => other.end());
      leaveTogether(socket, other);
      socket.resume();
    },
  };
}

const nothing = new Uint8Array(0);

function leaveTogether(socket: Socket, other: Socket): void {
  socket.on('error', () => socket.destroy());
  socket.once('close', () => partFrom(other));
}
