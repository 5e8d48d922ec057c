/** One request to another store of objects: its body at the pace that the store takes it, and the answer as it comes. */
import type { ClientRequest as NodeRequest, IncomingMessage, RequestOptions } from 'node:http';
import { ownsChunks } from '../base/byte-stream.ts';
import type { OwnedByteStream, StreamedBody } from '../base/byte-stream.ts';
import { freeMemory } from '../base/free-memory.ts';
import { limits } from './limits.ts';
import { UpstreamFailed } from '../services/s3/upstreams.ts';

export type Body = Uint8Array | StreamedBody;

export interface Outgoing {
  readonly options: RequestOptions;
  readonly body: Body;
}

/** Makes a request of these options; `request` of node:http or node:https. */
export type Connect = (options: RequestOptions) => NodeRequest;

export const isStreamed = (body: Body): body is StreamedBody => !(body instanceof Uint8Array);

/** Resolves with the head of the answer. What the body throws rejects it, and the store is left with less than it was promised: it keeps nothing. */
export async function sendUpstream(connect: Connect, outgoing: Outgoing): Promise<IncomingMessage> {
  try {
    return await sendOnce(connect, outgoing);
  } catch (thrown) {
    // A connection that the store had closed meanwhile: nothing of the request reached it, or nothing that is not the same when it comes twice.
    if (!(thrown instanceof StaleConnection)) throw thrown;
    return sendOnce((options) => connect({ ...options, agent: false }), outgoing);
  }
}

/** A connection that was kept open turned out to be closed before anything was answered, and the body is still whole. */
class StaleConnection extends UpstreamFailed {}

function sendOnce(connect: Connect, { options, body }: Outgoing): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = connect(options);
    let isBegun = false;
    let isAnswered = false;
    const fail = (thrown: unknown): void => {
      clearTimeout(timer);
      request.destroy();
      reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
    };
    const timer = setTimeout(() => fail(new UpstreamFailed('away', 'it could not be connected to in time')), limits.upstreamConnectMs);
    request.once('socket', (socket) => {
      if (request.reusedSocket || !socket.connecting) clearTimeout(timer);
      else socket.once('connect', () => clearTimeout(timer));
    });
    request.setTimeout(limits.upstreamStallMs, () => fail(new UpstreamFailed('away', 'it stood still for too long')));
    request.on('error', (cause) => {
      if (isAnswered) return;
      fail(new (request.reusedSocket && (!isBegun || !isStreamed(body)) ? StaleConnection : UpstreamFailed)('away', 'the connection to it failed', { cause }));
    });
    request.once('response', (response) => {
      isAnswered = true;
      clearTimeout(timer);
      freeWhatWasRead(response);
      resolve(response);
    });
    if (!isStreamed(body)) {
      request.end(body);
      return;
    }
    const begin = (): void => {
      if (isBegun || isAnswered) return;
      isBegun = true;
      // An answer that comes before the end of the body is an answer all the same: what is left of the body is not asked for.
      pour(body, request, () => isAnswered).catch((thrown: unknown) => { if (!isAnswered) fail(thrown); });
    };
    // Whom the store refuses sends nothing. One that knows nothing of asking first gets the body a little later.
    request.once('continue', begin);
    const waiting = setTimeout(begin, limits.upstreamContinueMs);
    request.once('close', () => clearTimeout(waiting));
    request.flushHeaders();
  });
}

/** INVARIANT: the last bytes go out only once the whole body was verified: a store keeps what came whole. */
async function pour(body: StreamedBody, request: NodeRequest, isOver: () => boolean): Promise<void> {
  const isOwned = ownsChunks(body);
  let held: Uint8Array | undefined;
  for await (const chunk of body) {
    if (chunk.length === 0) continue;
    if (isOver()) return;
    if (held) {
      const written = held;
      if (!request.write(written, isOwned ? (error) => { if (!error) freeMemory(written); } : undefined)) await room(request);
    }
    held = chunk;
  }
  body.verified();
  request.end(held);
}

/** Resolves when the store has taken enough, or is gone. */
function room(request: NodeRequest): Promise<void> {
  return new Promise((resolve) => {
    if (request.destroyed) return resolve();
    const settle = (): void => {
      for (const event of ['drain', 'close', 'response'] as const) request.off(event, settle);
      resolve();
    };
    for (const event of ['drain', 'close', 'response'] as const) request.on(event, settle);
  });
}

/** The answer's body as bytes. */
export async function wholeAnswer(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of streamedAnswer(response)) {
    size += chunk.length;
    if (size > limits.upstreamAnswerBytesMax) throw new UpstreamFailed('misconfigured', 'its answer is too long');
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}

/** The answer's body as it comes; whoever leaves it unread closes the connection. */
export function streamedAnswer(response: IncomingMessage): OwnedByteStream & AsyncGenerator<Uint8Array> {
  // The parser copies each chunk out of what it reads.
  return Object.assign(chunksOf(response), { ownsChunks: true as const });
}

/** Chunk by chunk: `for await` of the response itself would put together those that wait, and leave them for the garbage collector. */
async function* chunksOf(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  const ended: { how?: 'whole' | 'broken'; cause?: unknown } = {};
  let wake = (): void => {};
  const end = (how: 'whole' | 'broken', cause?: unknown): void => {
    if (ended.how === undefined) Object.assign(ended, { how, cause });
    wake();
  };
  response.on('data', (chunk: Uint8Array) => {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= limits.answerBytesHeldMax) response.pause();
    wake();
  });
  response.once('end', () => end('whole'));
  response.on('error', (cause) => end('broken', cause));
  response.once('close', () => end('broken'));
  try {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk) {
        bytes -= chunk.length;
        if (bytes < limits.answerBytesHeldMax / 2 && response.isPaused()) response.resume();
        yield chunk;
      } else if (ended.how === 'whole') {
        return;
      } else if (ended.how === 'broken') {
        throw new UpstreamFailed('away', 'its answer broke off', { cause: ended.cause });
      } else {
        await new Promise<void>((resolve) => { wake = resolve; });
      }
    }
  } finally {
    if (ended.how !== 'whole') response.destroy();
  }
}

/** What the parser has copied an answer's chunks from is looked at by nobody any more: without this, as much garbage as bytes. */
function freeWhatWasRead(response: IncomingMessage): void {
  const { socket } = response;
  const free = (read: Uint8Array): void => {
    if (read.buffer instanceof ArrayBuffer && !read.buffer.detached) read.buffer.transfer(0);
  };
  socket.on('data', free);
  response.once('close', () => socket.off('data', free));
}
