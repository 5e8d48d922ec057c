/** The listener: node:http in front of handle(), with every limit against slow, large and many. */
import { createServer as createTlsServer } from 'node:https';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { abandon } from '../base/byte-stream.ts';
import { BodyBudget } from './body-budget.ts';
import type { Share } from './body-budget.ts';
import { HttpRequest } from './http-request.ts';
import type { AnyAnswer, RequestHead } from './http-request.ts';
import { limits as ownLimits } from './limits.ts';
import type { Limits } from './limits.ts';
import { IncomingStream } from './incoming-stream.ts';
import { isStream, send } from './send.ts';
import { WholeBody } from './whole-body.ts';
import { WholeMessage } from './whole-message.ts';
import { Watch } from './watch.ts';

// An `import` looks at each export, and so loads fetch and WebSocket, which a checkout's start would pay for.
const { createServer } = process.getBuiltinModule('node:http');

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  readonly now: () => number;
  readonly newRequestId: () => string;
  readonly handle: (request: HttpRequest) => Promise<AnyAnswer>;
  /** Whether a request is handed on with its head, its body to be read as it comes. */
  readonly streams?: (head: RequestHead) => boolean;
  /** Runs `work`, which hands `handle` all requests that have arrived whole in a turn of the event loop. */
  readonly together: (work: () => void) => void;
  /** Other limits than those of limits.ts, for tests that would wait too long for them. */
  readonly limits?: Limits;
}

export interface Listening {
  /** `http://127.0.0.1:4566` */
  readonly url: string;
  /** How many connections are open. */
  connections(): number;
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
    // Node's own would cut an object that takes long to send: watch.ts has its place.
    requestTimeout: 0,
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
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    socket.once('close', () => { connections--; });
  });
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
    connections: () => connections,
    stop() {
      receiver.stop();
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

/** What is the same for all requests of a connection. */
interface Connection {
  readonly remoteAddress: string;
  readonly share: Share;
  /** Requests that wait for their answers. */
  waiting: number;
}

/** A request that can be answered: it has arrived whole, or its body is read as it comes. */
interface Arrived { readonly arrival: HttpRequest; readonly request: WholeMessage; readonly response: ServerResponse; readonly stream: IncomingStream | undefined }

/** Reads requests whole, within the limits, and sends their answers. */
class Receiver {
  readonly #options: ListenOptions;
  readonly #limits: Limits;
  readonly #connections = new WeakMap<Socket, Connection>();
  #arrived: Arrived[] = [];
  readonly #budget: BodyBudget;
  readonly #watch: Watch;
  /** From then on every answer is its connection's last. */
  #isStopping = false;

  constructor(options: ListenOptions, limits: Limits) {
    this.#options = options;
    this.#limits = limits;
    this.#budget = new BodyBudget(limits);
    this.#watch = new Watch(limits.timeoutCheckMs);
  }

  stop(): void {
    this.#isStopping = true;
    this.#watch.stop();
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
    const head: RequestHead = { method: request.method!, target: request.url!, rawHeaders: request.rawHeaders };
    const isStreamed = this.#options.streams?.(head) ?? false;
    const fault = headFault(request, this.#limits, isStreamed);
    if (isStreamed && fault === undefined) this.#receiveStream(request, response, connection, isAsking);
    else this.#receiveWhole(request, response, connection, isAsking, fault);
  }

  #receiveWhole(request: WholeMessage, response: ServerResponse, connection: Connection, isAsking: boolean, fault: number | undefined): void {
    const body = new WholeBody(this.#budget, connection.share, this.#limits, (status) => {
      this.#watch.remove(body);
      this.#refuse(request, response, status);
    }, (bytes) => {
      this.#watch.remove(body);
      this.#handle(request, response, connection, bytes, undefined);
    });
    response.on('close', () => {
      connection.waiting--;
      this.#watch.remove(body);
      body.release();
    });
    request.reader = body;
    if (fault !== undefined) {
      body.refuse(fault);
      return;
    }
    if (hasBody(request)) this.#watch.add(body);
    if (isAsking) response.writeContinue();
  }

  #receiveStream(request: WholeMessage, response: ServerResponse, connection: Connection, isAsking: boolean): void {
    // A client that waits for word is given it when the body is first read: who is refused need not send it.
    const stream = new IncomingStream(this.#limits, { onFirstRead: () => { if (isAsking) response.writeContinue(); }, resume: () => request.resumeParser() });
    request.reader = stream;
    request.on('close', () => stream.cut());
    response.on('close', () => {
      connection.waiting--;
      this.#watch.remove(stream);
      stream.cut();
    });
    this.#watch.add(stream);
    this.#handle(request, response, connection, noBody, stream);
  }

  #connectionOf(socket: Socket): Connection {
    let connection = this.#connections.get(socket);
    if (!connection) {
      const remoteAddress = plainAddress(socket.remoteAddress);
      const share = this.#budget.enter(remoteAddress);
      socket.once('close', () => this.#budget.leave(share));
      connection = { remoteAddress, share, waiting: 0 };
      this.#connections.set(socket, connection);
    }
    return connection;
  }

  #handle(request: WholeMessage, response: ServerResponse, { remoteAddress }: Connection, body: Uint8Array, stream: IncomingStream | undefined): void {
    const { newRequestId, now, tls } = this.#options;
    const arrival = new HttpRequest({
      // node:http always sets both on a request that a server received.
      method: request.method!,
      target: request.url!,
      rawHeaders: request.rawHeaders,
      body,
      stream,
      remoteAddress,
      isSecure: tls !== undefined,
      tlsVersion: tls && protocolVersion(request.socket),
      receivedAt: now(),
      requestId: newRequestId(),
    });
    this.#arrived.push({ arrival, request, response, stream });
    // When the turn has read all it reads, so that one look at what other processes wrote is late enough for every request of it.
    if (this.#arrived.length === 1) setImmediate(() => this.#answer());
  }

  #answer(): void {
    const { handle, together } = this.#options;
    const arrived = this.#arrived;
    this.#arrived = [];
    together(() => {
      for (const one of arrived) handle(one.arrival).then((answer) => this.#send(one, answer), () => this.#refuse(one.request, one.response, 500));
    });
  }

  #send({ request, response, stream }: Arrived, answer: AnyAnswer): void {
    try {
      if (stream && !request.complete) this.#sendEarly(request, response, answer, stream);
      else send(request, response, answer, answer.isLast === true || this.#isStopping);
    } catch {
      // INVARIANT: no answer ends the process. What node:http refuses to send – a header with what no header may have – is our mistake, and one client's answer.
      if (isStream(answer.body)) abandon(answer.body);
      this.#refuse(request, response, 500);
    }
  }

  /** The answer of a request whose body was not read to its end: the connection's last, and held open for what is still coming, as in a refusal. */
  #sendEarly(request: WholeMessage, response: ServerResponse, answer: AnyAnswer, stream: IncomingStream): void {
    stream.cut();
    const timer = setTimeout(() => request.socket.destroySoon(), this.#limits.lingerMs);
    response.once('close', () => clearTimeout(timer));
    request.reader = { add: () => true, end: () => request.socket.destroySoon() };
    request.resumeParser();
    send(request, response, answer, true, true);
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
    request.reader = { add: () => true, end: () => response.end() };
    request.resumeParser();
  }
}

/** The status of the refusal of a request that its head alone condemns. */
function headFault({ headers, rawHeaders, httpVersionMajor, httpVersionMinor }: WholeMessage, { headersMax, bodyBytesMax }: Limits, isStreamed: boolean): number | undefined {
  // HTTP/0.9 has no headers that could say anything.
  if (httpVersionMajor !== 1) return 505;
  if (rawHeaders.length > 2 * headersMax) return 431;
  const coding = headers['transfer-encoding'];
  if (coding !== undefined) {
    // Source: RFC 9112, section 6.1: in HTTP/1.0 its framing is faulty, and a coding that is not understood is not implemented.
    if (httpVersionMinor === 0) return 400;
    return coding.toLowerCase() === 'chunked' ? undefined : 501;
  }
  return !isStreamed && Number(headers['content-length']) > bodyBytesMax ? 413 : undefined;
}

const noBody = new Uint8Array(0);

const hasBody = ({ headers }: WholeMessage): boolean => headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0');

/** `1.3`. */
const protocolVersion = (socket: Socket): string | undefined => (socket as TLSSocket).getProtocol()?.replace(/^TLSv/, '');

/** An IPv4 address as such, also where the socket is IPv6. */
function plainAddress(address: string | undefined): string {
  if (address === undefined) return '0.0.0.0';
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address;
}
