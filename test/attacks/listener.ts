/** A whole Gatehouse behind a real socket, and raw connections to it: what the attacks on the wire are made with. */
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { listen } from '../../src/server/listen.ts';
import { limits } from '../../src/server/limits.ts';
import type { Limits } from '../../src/server/limits.ts';
import { handle } from '../../src/server/handle.ts';
import type { AnyAnswer, HttpRequest } from '../../src/server/http-request.ts';
import { isStreamed } from '../../src/server/route.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';

/** Stops at the end of the block that holds it. */
export interface Attacked extends AsyncDisposable {
  readonly gatehouse: TestGatehouse;
  readonly port: number;
  /** A connection of its own, not yet used. */
  connect(localAddress?: string): Promise<Connection>;
  /** Sends bytes on a connection of their own, and resolves to all that came back until it was closed. */
  exchange(bytes: string | Uint8Array): Promise<string>;
  /** The bytes of a signed GetCallerIdentity that is answered 200. */
  signed(): string;
  /** The same with neither a Content-Length nor a signature over one. */
  signedWithoutLength(): string;
}

export interface Connection {
  readonly socket: Socket;
  /** All that came back so far. */
  readonly received: () => string;
  /** Resolves when what came back matches. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves to all that came back when the server has closed. */
  readonly closed: Promise<string>;
}

export interface AttackOptions {
  readonly limits?: Partial<Limits>;
  /** Stands in front of handle(). */
  readonly intercept?: (request: HttpRequest, answer: () => Promise<AnyAnswer>) => Promise<AnyAnswer>;
}

export async function startAttacked({ limits: changed = {}, intercept = (_, answer) => answer() }: AttackOptions = {}): Promise<Attacked> {
  const gatehouse = await startGatehouse();
  const { plane } = gatehouse;
  const listening = await listen({
    host: '127.0.0.1', port: 0, tls: undefined, now: plane.clock, newRequestId: plane.newRequestId,
    handle: (request) => intercept(request, () => handle(plane, request)),
    streams: (head) => isStreamed(plane, head), together: (work) => work(),
    limits: { ...limits, ...changed },
  });
  const port = Number(new URL(listening.url).port);
  const connect = async (localAddress?: string): Promise<Connection> => {
    const socket = createConnection({ host: '127.0.0.1', port, noDelay: true, localAddress });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return follow(socket);
  };
  return {
    gatehouse,
    port,
    connect,
    async exchange(bytes) {
      const { socket, closed } = await connect();
      socket.write(bytes);
      return closed;
    },
    signed() {
      const { accessKeyId, secretAccessKey } = gatehouse.admin;
      const request = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, body: 'Action=GetCallerIdentity&Version=2011-06-15' });
      return wire(request.method, request.target, request.rawHeaders, Buffer.from(request.body).toString());
    },
    signedWithoutLength() {
      const { accessKeyId, secretAccessKey } = gatehouse.admin;
      const { method, target, rawHeaders, body } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, body: 'Action=GetCallerIdentity&Version=2011-06-15', ignoredHeaders: ['content-length'] });
      return wire(method, target, rawHeaders.filter((_, i) => rawHeaders[i - i % 2]!.toLowerCase() !== 'content-length'), Buffer.from(body).toString());
    },
    async [Symbol.asyncDispose]() {
      await listening.stop();
      await gatehouse.stop();
    },
  };
}

/** A request as text; headers are names and values by turns. */
export function wire(method: string, target: string, headers: readonly string[], body = ''): string {
  const lines: string[] = [];
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** Gathers what a socket receives. */
export function follow(socket: Socket): Connection {
  let received = '';
  const watchers = new Set<() => void>();
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
    for (const watch of watchers) watch();
  });
  const closed = new Promise<string>((resolve) => {
    // A reset is an end as good as any: what came before it counts.
    socket.on('error', () => {}).once('close', () => resolve(received));
  });
  return {
    socket,
    received: () => received,
    closed,
    until(pattern) {
      return new Promise((resolve, reject) => {
        const watch = (): void => {
          if (!pattern.test(received)) return;
          watchers.delete(watch);
          resolve(received);
        };
        watchers.add(watch);
        void closed.then(() => reject(new Error(`closed before ${pattern} came; received ${JSON.stringify(received)}`)));
        watch();
      });
    },
  };
}
