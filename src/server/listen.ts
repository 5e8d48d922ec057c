/** The listener: node:http in front of handle(), with every limit against slow, large and many. */
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './http-request.ts';
import { HttpRequest } from './http-request.ts';
import { limits } from './limits.ts';
import { WholeMessage } from './whole-message.ts';
import type { BodyReader } from './whole-message.ts';

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  readonly now: () => number;
  readonly newRequestId: () => string;
  readonly handle: (request: HttpRequest) => Promise<Answer>;
  /** Runs `work`, which hands `handle` all requests that have arrived whole in a turn of the event loop. */
  readonly together: (work: () => void) => void;
}

export interface Listening {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** Stops taking connections, lets requests under way finish, and closes what is left after the drain time. */
  stop(): Promise<void>;
}

/** Resolves when the port is open; rejects when it cannot be. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const receiver = new Receiver(options);
  const serverOptions = {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    insecureHTTPParser: false,
    IncomingMessage: WholeMessage,
    noDelay: true,
  };
  const onRequest = (request: WholeMessage, response: ServerResponse): void => receiver.receive(request, response);
  const server: Server = options.tls
    ? createTlsServer({ ...serverOptions, cert: Buffer.from(options.tls.cert), key: Buffer.from(options.tls.key), minVersion: 'TLSv1.2' }, onRequest)
    : createServer(serverOptions, onRequest);
  server.maxConnections = limits.connectionsMax;
  server.maxHeadersCount = limits.headersMax;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A listening server that asked for an address by name always has one.
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `${options.tls ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    stop() {
      receiver.isStopping = true;
      return drain(server);
    },
  };
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), limits.drainTimeoutMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

const noBody = new Uint8Array(0);

/** The bodies of all requests in memory, together. */
interface Held { bytes: number }

/** A body as it comes in, until it is whole or too long. */
class Body implements BodyReader {
  readonly #held: Held;
  readonly #onRefused: (status: number) => void;
  readonly #onWhole: (bytes: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #isRefused = false;

  constructor(held: Held, onRefused: (status: number) => void, onWhole: (bytes: Uint8Array) => void) {
    this.#held = held;
    this.#onRefused = onRefused;
    this.#onWhole = onWhole;
  }

  add(chunk: Uint8Array): void {
    if (this.#isRefused) return;
    this.#size += chunk.length;
    this.#held.bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#size > limits.bodyBytesMax) this.refuse(413);
    else if (this.#held.bytes > limits.bodyBytesInFlightMax) this.refuse(503);
  }

  end(): void {
    if (this.#isRefused) return;
    const [first = noBody] = this.#chunks;
    this.#onWhole(this.#chunks.length > 1 ? Buffer.concat(this.#chunks, this.#size) : first);
  }

  refuse(status: number): void {
    this.#isRefused = true;
    this.#chunks = [];
    this.#onRefused(status);
  }

  /** When the answer is sent, or nobody waits for it. */
  release(): void {
    this.#held.bytes -= this.#size;
    this.#size = 0;
  }
}

/** What is the same for all requests of a connection. */
interface Connection {
  readonly remoteAddress: string;
  /** Requests that wait for their answers. */
  waiting: number;
}

/** A request that has arrived whole. */
interface Arrived { readonly arrival: HttpRequest; readonly request: WholeMessage; readonly response: ServerResponse }

/** Reads requests whole, within the limits, and sends their answers. */
class Receiver {
  readonly #options: ListenOptions;
  readonly #connections = new WeakMap<Socket, Connection>();
  #arrived: Arrived[] = [];
  readonly #held: Held = { bytes: 0 };
  /** From then on every answer is its connection's last. */
  isStopping = false;

  constructor(options: ListenOptions) {
    this.#options = options;
  }

  receive(request: WholeMessage, response: ServerResponse): void {
    const { socket } = request;
    const connection = this.#connectionOf(socket);
    if (connection.waiting >= limits.requestsInFlightPerConnectionMax) {
      socket.destroy();
      return;
    }
    connection.waiting++;
    const body = new Body(this.#held, (status) => refuse(response, status), (bytes) => this.#handle(request, response, connection, bytes));
    response.on('close', () => {
      connection.waiting--;
      body.release();
    });
    if (Number(request.headers['content-length']) > limits.bodyBytesMax) body.refuse(413);
    request.reader = body;
  }

  #connectionOf(socket: Socket): Connection {
    let connection = this.#connections.get(socket);
    if (!connection) {
      connection = { remoteAddress: plainAddress(socket.remoteAddress), waiting: 0 };
      this.#connections.set(socket, connection);
    }
    return connection;
  }

  #handle(request: WholeMessage, response: ServerResponse, { remoteAddress }: Connection, body: Uint8Array): void {
    const { newRequestId, now, tls } = this.#options;
    const arrival = new HttpRequest({
      // node:http always sets both on a request that a server received.
      method: request.method!,
      target: request.url!,
      rawHeaders: request.rawHeaders,
      body,
      remoteAddress,
      isSecure: tls !== undefined,
      receivedAt: now(),
      requestId: newRequestId(),
    });
    this.#arrived.push({ arrival, request, response });
    // When the turn has read all it reads, so that one look at what other processes wrote is late enough for every request of it.
    if (this.#arrived.length === 1) setImmediate(() => this.#answer());
  }

  #answer(): void {
    const { handle, together } = this.#options;
    const arrived = this.#arrived;
    this.#arrived = [];
    together(() => {
      for (const { arrival, request, response } of arrived) handle(arrival).then((answer) => send(request, response, answer, answer.isLast === true || this.isStopping), () => refuse(response, 500));
    });
  }
}

/** An IPv4 address as such, also where the socket is IPv6. */
function plainAddress(address: string | undefined): string {
  if (address === undefined) return '0.0.0.0';
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

const beyondAscii = /[^\x00-\x7f]/;

function send(request: WholeMessage, response: ServerResponse, { status, headers, body }: Answer, isLast: boolean): void {
  if (response.destroyed) return;
  const isAscii = typeof body === 'string' && !beyondAscii.test(body);
  const bytes = typeof body === 'string' && !isAscii ? Buffer.from(body) : body;
  // As a list: an object would be put together from `headers` only to be taken apart again.
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name]!);
  list.push('Content-Length', String(bytes.length));
  if (isLast) list.push('Connection', 'close');
  response.writeHead(status, list);
  if (request.method === 'HEAD') response.end();
  else if (typeof bytes === 'string') response.end(bytes, 'latin1');
  else response.end(bytes);
}

/** An empty answer, and the end of the connection: what follows on it cannot be trusted to be a request. */
function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'Content-Length': 0, Connection: 'close' });
  response.end();
}
