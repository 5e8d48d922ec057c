/** Sends an answer: a text, bytes, or a stream at the pace that the client takes it. */
import type { ServerResponse } from 'node:http';
import { abandon, ownsChunks } from '../base/byte-stream.ts';
import type { ByteStream } from '../base/byte-stream.ts';
import { freeMemory } from '../base/free-memory.ts';
import type { AnyAnswer } from './http-request.ts';
import { limits } from './limits.ts';

const beyondAscii = /[^\x00-\x7f]/;

/** `isHeldOpen`: the whole answer goes out, and whoever asked ends the connection. */
export function send(request: { readonly method?: string | undefined }, response: ServerResponse, { status, headers, cookies, body }: AnyAnswer, isLast: boolean, isHeldOpen = false): void {
  if (response.destroyed) {
    if (isStream(body)) abandon(body);
    return;
  }
  const isAscii = typeof body === 'string' && !beyondAscii.test(body);
  const bytes = typeof body === 'string' && !isAscii ? Buffer.from(body) : body instanceof Uint8Array && body.length <= limits.joinedBytesMax ? latin1Of(body) : body;
  // As a list: an object would be put together from `headers` only to be taken apart again.
  const list: string[] = [];
  for (const name in headers) {
    // Behind a Content-Length node:http takes the bytes of this one for UTF-8, reads them, and refuses to send what it has read.
    if (name === 'Content-Disposition') list.unshift(name, headers[name]!);
    else list.push(name, headers[name]!);
  }
  if (cookies) for (const cookie of cookies) list.push('Set-Cookie', cookie);
  if (!isStream(bytes) && headers['Content-Length'] === undefined && status !== 204 && status !== 304) list.push('Content-Length', String(bytes.length));
  if (isLast) list.push('Connection', 'close');
  response.writeHead(status, list);
  if (isStream(bytes)) {
    if (request.method === 'HEAD') abandon(bytes);
    else void sendStream(response, bytes);
  } else if (request.method === 'HEAD' || bytes.length === 0) {
    if (isHeldOpen) response.flushHeaders();
    else response.end();
  } else if (isHeldOpen) {
    response.write(bytes, typeof bytes === 'string' ? 'latin1' : 'binary');
  } else if (typeof bytes === 'string') {
    response.end(bytes, 'latin1');
  } else {
    response.end(bytes);
  }
}

/** Bytes as a text of as many characters: node:http sends such a one together with the headers, in one piece. */
const latin1Of = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

export const isStream = (body: AnyAnswer['body']): body is ByteStream => typeof body === 'object' && Symbol.asyncIterator in body;

/** What goes wrong in the middle cannot be told any more: the client sees that fewer bytes came than were promised. */
async function sendStream(response: ServerResponse, stream: ByteStream): Promise<void> {
  try {
    const isOwned = ownsChunks(stream);
    for await (const chunk of stream) {
      if (response.destroyed) return;
      if (!response.write(chunk, isOwned ? (error) => { if (!error) freeMemory(chunk); } : undefined) && response.writableLength > limits.answerBytesHeldMax) await room(response);
    }
    response.end();
  } catch {
    response.destroy();
  }
}

/** Resolves when the client has taken enough, or is gone. */
function room(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const settle = (): void => {
      response.off('drain', settle);
      response.off('close', settle);
      resolve();
    };
    response.on('drain', settle);
    response.on('close', settle);
  });
}
