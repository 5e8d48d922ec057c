/** Has endpoints answer over HTTP: one server for all of them, whose connections each belong to the endpoint that they came in at. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Server as SocketServer, Socket } from 'node:net';
import { refusal } from './answer.ts';
import type { MetadataAnswer } from './answer.ts';
import type { AnswerMetadata } from './endpoint.ts';
import { metadataLimits } from './limits.ts';

export interface ServedEndpoint { close(): void }

interface Endpoint { readonly answer: AnswerMetadata; readonly sockets: Set<Socket> }

export class MetadataListener {
  readonly #http: Server;
  readonly #endpoints = new WeakMap<Socket, Endpoint>();
  readonly #warn: (message: string, cause: unknown) => void;

  constructor(warn: (message: string, cause: unknown) => void) {
    this.#warn = warn;
    this.#http = createServer({ maxHeaderSize: metadataLimits.headerBytesMax, keepAlive: false }, (request, response) => void this.#serve(request, response));
    this.#http.on('clientError', (_cause, socket) => socket.destroy());
    // CONNECT and upgrades are nothing that is answered here.
    this.#http.on('connect', (_request, socket) => socket.destroy());
    this.#http.on('upgrade', (_request, socket) => socket.destroy());
  }

  /** Answers at a listening socket until it is closed. */
  open(listening: SocketServer, answer: AnswerMetadata): ServedEndpoint {
    const endpoint: Endpoint = { answer, sockets: new Set() };
    listening.on('connection', (socket) => this.#accept(socket, endpoint));
    return {
      close() {
        listening.close();
        for (const socket of endpoint.sockets) socket.destroy();
      },
    };
  }

  #accept(socket: Socket, endpoint: Endpoint): void {
    socket.on('error', () => socket.destroy());
    if (endpoint.sockets.size >= metadataLimits.connectionsMax) {
      socket.destroy();
      return;
    }
    endpoint.sockets.add(socket);
    const tooSlow = setTimeout(() => socket.destroy(), metadataLimits.connectionMs);
    socket.on('close', () => {
      clearTimeout(tooSlow);
      endpoint.sockets.delete(socket);
    });
    this.#endpoints.set(socket, endpoint);
    this.#http.emit('connection', socket);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = this.#endpoints.get(request.socket);
    let answer: MetadataAnswer;
    try {
      // INVARIANT: a connection comes in at an endpoint.
      if (!endpoint) throw new Error('a connection of no endpoint');
      answer = await endpoint.answer({ method: request.method ?? '', target: request.url ?? '', header: (name) => headerOf(request, name) });
    } catch (thrown) {
      this.#warn('a request to a metadata service failed', thrown);
      answer = refusal(500);
    }
    const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    // A body that nobody reads ends with its connection.
    response.writeHead(answer.status, { ...answer.headers, 'Server': 'EC2ws', 'Content-Length': body.length, 'Connection': 'close' });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

/** All values of a header, as they came: the parsed headers leave repeated ones of some names out. */
function headerOf({ rawHeaders }: IncomingMessage, name: string): string | undefined {
  const values: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) if (rawHeaders[i]!.toLowerCase() === name) values.push(rawHeaders[i + 1]!);
  return values.length === 0 ? undefined : values.join(', ');
}
