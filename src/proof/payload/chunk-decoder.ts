/** Takes an `aws-chunked` body apart as it comes: sizes, signatures, data, trailers. Source: "Transferring Payload in Multiple Chunks", "Working with trailing checksums" (S3). */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { ApiError } from '../../base/api-error.ts';
import type { ChunkSigner } from './chunk-signer.ts';

/** Every chunk but the last is at least so long. Source: "Transferring Payload in Multiple Chunks". */
const chunkBytesMin = 8_192;
/** A chunk's head, or a trailer's line: far longer than any that means something. */
const lineBytesMax = 1_024;
const trailersMax = 8;

const headForm = /^([0-9a-fA-F]{1,16})(?:;chunk-signature=([0-9a-f]{64}))?$/;

export interface ChunkOptions {
  /** Of signed chunks. */
  readonly signer: ChunkSigner | undefined;
  /** Lower-case names of the trailers that the request announced; undefined where its mode has none. */
  readonly trailers: readonly string[] | undefined;
}

type State = 'head' | 'data' | 'dataEnd' | 'trailer' | 'done';

export class ChunkDecoder {
  readonly #signer: ChunkSigner | undefined;
  readonly #announced: readonly string[] | undefined;
  #state: State = 'head';
  #line: Buffer = Buffer.alloc(0);
  #left = 0;
  #isShort = false;
  #signature = '';
  #hash: Hash | undefined;
  #trailerSignature: string | undefined;
  #trailerText = '';
  readonly trailers = new Map<string, string>();

  constructor({ signer, trailers }: ChunkOptions) {
    this.#signer = signer;
    this.#announced = trailers;
  }

  /** The data in the next bytes of the body, in order. Throws ApiError at the first byte that is not as it should be. */
  *decode(bytes: Uint8Array): Generator<Uint8Array> {
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'done') throw malformedTrailer();
      if (this.#state === 'data') {
        const piece = bytes.subarray(at, at + this.#left);
        at += piece.length;
        this.#left -= piece.length;
        this.#hash?.update(piece);
        if (this.#left === 0) this.#state = 'dataEnd';
        yield piece;
        continue;
      }
      const lineFeed = bytes.indexOf(0x0a, at);
      const end = lineFeed < 0 ? bytes.length : lineFeed + 1;
      this.#line = Buffer.concat([this.#line, bytes.subarray(at, end)]);
      at = end;
      if (this.#line.length > lineBytesMax) throw incomplete();
      if (lineFeed < 0) continue;
      const line = this.#line.toString('latin1');
      this.#line = Buffer.alloc(0);
      if (!line.endsWith('\r\n')) throw incomplete();
      this.#takeLine(line.slice(0, -2));
    }
  }

  /** After the last byte: throws where something is still to come. */
  end(): void {
    if (this.#state !== 'done') throw incomplete();
  }

  #takeLine(line: string): void {
    switch (this.#state) {
      case 'head': return this.#takeHead(line);
      case 'dataEnd':
        if (line !== '') throw incomplete();
        this.#closeChunk();
        this.#state = 'head';
        return;
      default: return this.#takeTrailer(line);
    }
  }

  #takeHead(line: string): void {
    const [, size, signature] = headForm.exec(line) ?? [];
    if (size === undefined || (signature !== undefined) !== (this.#signer !== undefined)) throw incomplete();
    const bytes = Number.parseInt(size, 16);
    if (bytes > 0 && this.#isShort) throw new ApiError('InvalidChunkSizeError', 'Only the last chunk is allowed to have a size less than 8192 bytes');
    this.#isShort = bytes < chunkBytesMin;
    this.#left = bytes;
    if (this.#signer) {
      this.#signature = signature!;
      this.#hash = createHash('sha256');
    }
    if (bytes > 0) {
      this.#state = 'data';
      return;
    }
    this.#closeChunk();
    this.#state = 'trailer';
  }

  #closeChunk(): void {
    if (this.#signer && !this.#signer.isNextChunk(this.#hash!.digest('hex'), this.#signature)) throw wrongSignature();
  }

  #takeTrailer(line: string): void {
    if (line === '') return this.#finish();
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon <= 0 || this.#announced === undefined) throw malformedTrailer();
    if (name === 'x-amz-trailer-signature' && this.#signer && this.#trailerSignature === undefined) {
      this.#trailerSignature = value;
      return;
    }
    if (!this.#announced.includes(name) || this.trailers.has(name) || this.#trailerSignature !== undefined || this.trailers.size >= trailersMax) throw malformedTrailer();
    this.trailers.set(name, value);
    this.#trailerText += `${name}:${value}\n`;
  }

  #finish(): void {
    for (const name of this.#announced ?? []) if (!this.trailers.has(name)) throw malformedTrailer();
    if (this.#signer && this.#announced) {
      if (this.#trailerSignature === undefined) throw malformedTrailer();
      if (!this.#signer.isTrailer(this.#trailerText, this.#trailerSignature)) throw wrongSignature();
    }
    this.#state = 'done';
  }
}

// AWS: S3's words for each.
const incomplete = (): ApiError => new ApiError('IncompleteBody', 'The request body terminated unexpectedly');
const malformedTrailer = (): ApiError => new ApiError('MalformedTrailerError', 'The request contained trailing data that was not well-formed or did not conform to our published schema.');
const wrongSignature = (): ApiError => new ApiError('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.');
