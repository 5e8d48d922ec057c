/** The chain of signatures of a body that comes in chunks: each covers its chunk and the signature before it, the first the request's own. Source: "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks" (S3). */
import { hash } from 'node:crypto';
import type { SigningKey } from '../sigv4/signing-key.ts';
import { isSameSignature } from '../sigv4/signing-key.ts';

/** What of the request the chain hangs on. */
export interface ChunkSeed { readonly timestamp: string; readonly date: string; readonly region: string; readonly service: string; readonly terminator: string; readonly signature: string }

const emptyHash = hash('sha256', '');

export class ChunkSigner {
  readonly #key: SigningKey;
  readonly #scope: string;
  #previous: string;

  constructor(key: SigningKey, { timestamp, date, region, service, terminator, signature }: ChunkSeed) {
    this.#key = key;
    this.#scope = `${timestamp}\n${date}/${region}/${service}/${terminator}`;
    this.#previous = signature;
  }

  /** Whether the signature is that of the next chunk, whose SHA-256 is given in hexadecimal; if so the chain goes on from it. */
  isNextChunk(sha256: string, signature: string): boolean {
    return this.#isNext(`AWS4-HMAC-SHA256-PAYLOAD\n${this.#scope}\n${this.#previous}\n${emptyHash}\n${sha256}`, signature);
  }

  isTrailer(trailer: string, signature: string): boolean {
    return this.#isNext(`AWS4-HMAC-SHA256-TRAILER\n${this.#scope}\n${this.#previous}\n${hash('sha256', Buffer.from(trailer, 'latin1'))}`, signature);
  }

  #isNext(text: string, signature: string): boolean {
    if (!isSameSignature(this.#key.signText(text), signature)) return false;
    this.#previous = signature;
    return true;
  }
}
