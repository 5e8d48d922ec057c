/** The listener: node:http in front of handle(), with every limit against slow, large and many. */
import { createServer as createTlsServer } from 'node:https';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './http-request.ts';
import { HttpRequest } from './http-request.ts';
import { limits as ownLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { WholeMessage } from './whole-message.ts';
import type { BodyReader } from './whole-message.ts';

// An `import` looks at each export, and so loads fetch and WebSocket, which a checkout's start would pay for.
const { createServer } = process.getBuiltinModule('node:http');

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  readonly now: () => number;
  readonly newRequestId: () => string;
  readonly handle: (request: HttpRequest) => Promise<Answer>;
  /** Runs `work`, which hands `handle` all requests that have arrived whole in a turn of the event loop. */
  readonly together: (work: () => void) => void;
  /** Other limits than those of limits.ts, for tests that would wait too long for them. */
  readonly limits?: Limits;
}

export interface Listening {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** Stops taking connections, lets requests under way finish, and closes what is left after the drain time. */
  stop(): Promise<void>;
}

/** Resolves when the port is open; rejects when it cannot be. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const limits = options.limits ?? ownLimits;
  const receiver = new Receiver(options, limits);
  const serverOptions = {
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    // Node looks for connections beyond their time only so often, every half minute unless it is told.
    connectionsCheckingInterval: limits.timeoutCheckMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    insecureHTTPParser: false,
    IncomingMessage: WholeMessage,
    noDelay: true,
  };
  const onRequest = (request: WholeMessage, response: ServerResponse): void => receiver.receive(request, response, false);
  const server: Server = options.tls
    ? createTlsServer({ ...serverOptions, cert: Buffer.from(options.tls.cert), key: Buffer.from(options.tls.key), minVersion: 'TLSv1.2', handshakeTimeout: limits.headersTimeoutMs }, onRequest)
    : createServer(serverOptions, onRequest);
  // A body that will be refused is not asked for. Every request is of the class that was named above.
  server.on('checkContinue', (request, response) => receiver.receive(request as WholeMessage, response, true));
  // Node 24 does not count a connection that has not asked anything yet as idle, and a stop would wait for it.
  const unasked = new Set<Socket>();
  server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
  });
  for (const event of ['request', 'checkContinue'] as const) server.prependListener(event, ({ socket }) => unasked.delete(socket));
  server.timeout = limits.stallTimeoutMs;
  server.maxConnections = limits.connectionsMax;
  // One more than is served: Node may leave out silently what is beyond, and one too many must be seen to be refused.
  server.maxHeadersCount = limits.headersMax + 1;
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
      for (const socket of unasked) socket.destroy();
      return drain(server, limits);
    },
  };
}

function drain(server: Server, limits: Limits): Promise<void> {
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

/** So many chunks of a body are kept apart at most. */
const chunksApartMax = 1_000;

/** A body as it comes in, until it is whole or too long. */
class Body implements BodyReader {
  readonly #held: Held;
  readonly #limits: Limits;
  readonly #onRefused: (status: number) => void;
  readonly #onWhole: (bytes: Uint8Array) => void;
  #chunks: Uint8Array[] = [];
  /** How many of them, the first, are merged ones. */
  #merged = 0;
  #size = 0;
  #isRefused = false;

  constructor(held: Held, limits: Limits, onRefused: (status: number) => void, onWhole: (bytes: Uint8Array) => void) {
    this.#held = held;
    this.#limits = limits;
    this.#onRefused = onRefused;
    this.#onWhole = onWhole;
  }

  add(chunk: Uint8Array): void {
    if (this.#isRefused) return;
    this.#size += chunk.length;
    this.#held.bytes += chunk.length;
    this.#chunks.push(chunk);
    if (this.#chunks.length - this.#merged >= chunksApartMax) this.#merge();
    if (this.#size > this.#limits.bodyBytesMax) this.refuse(413);
    else if (this.#held.bytes > this.#limits.bodyBytesInFlightMax) this.refuse(503);
  }

  /** A body may come a byte at a time, and each chunk weighs hundreds of bytes beside its own: the newest are made one. */
  #merge(): void {
    this.#chunks.push(Buffer.concat(this.#chunks.splice(this.#merged)));
    this.#merged++;
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
  readonly #limits: Limits;
  readonly #connections = new WeakMap<Socket, Connection>();
  #arrived: Arrived[] = [];
  readonly #held: Held = { bytes: 0 };
  /** From then on every answer is its connection's last. */
  isStopping = false;

  constructor(options: ListenOptions, limits: Limits) {
    this.#options = options;
    this.#limits = limits;
  }

  /** `isAsking`: the client waits for word before it sends the body. */
  receive(request: WholeMessage, response: ServerResponse, isAsking: boolean): void {
    const { socket } = request;
    const connection = this.#connectionOf(socket);
    if (connection.waiting >= this.#limits.requestsInFlightPerConnectionMax) {
      socket.destroy();
      return;
    }
    connection.waiting++;
    const body = new Body(this.#held, this.#limits, (status) => this.#refuse(request, response, status), (bytes) => this.#handle(request, response, connection, bytes));
    response.on('close', () => {
      connection.waiting--;
      body.release();
    });
    request.reader = body;
    const fault = headFault(request, this.#limits);
    if (fault !== undefined) body.refuse(fault);
    else if (isAsking) response.writeContinue();
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
      for (const { arrival, request, response } of arrived) handle(arrival).then((answer) => send(request, response, answer, answer.isLast === true || this.isStopping), () => this.#refuse(request, response, 500));
    });
  }

  /**
   * An empty answer, and the end of the connection: what follows on it cannot be trusted to be a request. What is still coming is read and
   * forgotten for a moment, because the reset that answers bytes after a close would overtake the answer. Source: RFC 9112, section 9.6.
   */
  #refuse(request: WholeMessage, response: ServerResponse, status: number): void {
    if (response.headersSent || response.destroyed) return;
    response.writeHead(status, { 'Content-Length': 0, Connection: 'close' });
    if (request.complete) {
      response.end();
      return;
    }
    response.flushHeaders();
    const timer = setTimeout(() => response.end(), this.#limits.lingerMs);
    response.once('close', () => clearTimeout(timer));
    request.reader = { add: () => {}, end: () => response.end() };
  }
}

/** The status of the refusal of a request that its head alone condemns. */
function headFault({ headers, rawHeaders, httpVersionMajor, httpVersionMinor }: WholeMessage, { headersMax, bodyBytesMax }: Limits): number | undefined {
  // HTTP/0.9 has no headers that could say anything.
  if (httpVersionMajor !== 1) return 505;
  if (rawHeaders.length > 2 * headersMax) return 431;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined) {
    // Source: RFC 9112, section 6.1: in HTTP/1.0 its framing is faulty, and a coding that is not understood is not implemented.
    if (httpVersionMinor === 0) return 400;
    return coding.toLowerCase() === 'chunked' ? undefined : 501;
  }
  return Number(headers['content-length']) > bodyBytesMax ? 413 : undefined;
}

/** An IPv4 address as such, also where the socket is IPv6. */
function plainAddress(address: string | undefined): string {
  if (address === undefined) return '0.0.0.0';
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}

const beyondAscii = /[^\x00-\x7f]/;

function send(request: WholeMessage, response: ServerResponse, { status, headers, cookies, body }: Answer, isLast: boolean): void {
  if (response.destroyed) return;
  const isAscii = typeof body === 'string' && !beyondAscii.test(body);
  const bytes = typeof body === 'string' && !isAscii ? Buffer.from(body) : body;
  // As a list: an object would be put together from `headers` only to be taken apart again.
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name]!);
  if (cookies) for (const cookie of cookies) list.push('Set-Cookie', cookie);
  list.push('Content-Length', String(bytes.length));
  if (isLast) list.push('Connection', 'close');
  response.writeHead(status, list);
  if (request.method === 'HEAD') response.end();
  else if (typeof bytes === 'string') response.end(bytes, 'latin1');
  else response.end(bytes);
}
