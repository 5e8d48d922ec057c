/** Bodies in `aws-chunked`, put together and signed for tests by code that shares nothing with what verifies them. Source: "Transferring Payload in Multiple Chunks" (S3). */
import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { isoBasic } from '../../src/base/clock.ts';
import type { KeyPair, RawRequest, TestGatehouse } from '../gatehouse.ts';
import { headerOf, signRequest } from '../sign-request.ts';

const hex = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export type Mode = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' | 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER' | 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/** A body as its signer meant it, in parts that a test may spoil. */
export interface ChunkedBody {
  /** Each with its head and its line end; the last is empty. */
  chunks: string[];
  /** Lines, with their ends. */
  trailers: string[];
}

export interface ChunkedPut {
  readonly key: KeyPair;
  readonly target: string;
  readonly mode: Mode;
  readonly pieces: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of the right value. */
  readonly checksum?: string;
  readonly spoil?: (body: ChunkedBody) => void;
  readonly spoilRequest?: (headers: [string, string][]) => void;
}

export const crc32Of = (text: string): string => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return bytes.toString('base64');
};

/** A PUT, ready to be sent. */
export function chunkedPut(gatehouse: TestGatehouse, { key, target, mode, pieces, headers = {}, checksum, spoil, spoilRequest }: ChunkedPut): RawRequest {
  const at = gatehouse.clock.now;
  const text = pieces.join('');
  const hasTrailer = mode.endsWith('TRAILER');
  const signed = signRequest({
    accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey, at, service: 's3', region: 'us-east-1', method: 'PUT', target,
    headers: { 'X-Amz-Content-Sha256': mode, 'X-Amz-Decoded-Content-Length': String(text.length), 'Content-Encoding': 'aws-chunked', ...(hasTrailer && { 'X-Amz-Trailer': 'x-amz-checksum-crc32' }), ...headers },
  });
  const date = isoBasic(at);
  const day = date.slice(0, 8);
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const signingKey = hmac(hmac(hmac(hmac(`AWS4${key.secretAccessKey}`, day), 'us-east-1'), 's3'), 'aws4_request');
  let previous = /Signature=([0-9a-f]{64})/.exec(headerOf(signed, 'authorization')!)![1]!;
  const isSigned = mode !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
  const body: ChunkedBody = { chunks: [], trailers: [] };
  for (const piece of [...pieces, '']) {
    if (isSigned) previous = hmac(signingKey, `AWS4-HMAC-SHA256-PAYLOAD\n${date}\n${scope}\n${previous}\n${hex('')}\n${hex(piece)}`).toString('hex');
    body.chunks.push(`${piece.length.toString(16)}${isSigned ? `;chunk-signature=${previous}` : ''}\r\n${piece === '' ? '' : `${piece}\r\n`}`);
  }
  if (hasTrailer) {
    const value = checksum ?? crc32Of(text);
    body.trailers.push(`x-amz-checksum-crc32:${value}\r\n`);
    if (isSigned) body.trailers.push(`x-amz-trailer-signature:${hmac(signingKey, `AWS4-HMAC-SHA256-TRAILER\n${date}\n${scope}\n${previous}\n${hex(`x-amz-checksum-crc32:${value}\n`)}`).toString('hex')}\r\n`);
  }
  spoil?.(body);
  const wire = `${body.chunks.join('')}${body.trailers.join('')}\r\n`;
  const sent = signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as [string, string]] : []));
  spoilRequest?.(sent);
  return { method: 'PUT', target, headers: sent, body: wire };
}
