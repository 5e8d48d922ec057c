/** A body held to what its request says of it: at once where it is whole, else as it is read. */
import { ownsChunks } from '../base/byte-stream.ts';
import type { BodyDigests, ByteStream, StreamedBody } from '../base/byte-stream.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { statedPayload } from '../proof/sigv4/dialect.ts';
import type { SigningKey } from '../proof/sigv4/signing-key.ts';
import { ChunkSigner } from '../proof/payload/chunk-signer.ts';
import { payloadMode, unsignedPayload } from '../proof/payload/payload-mode.ts';
import type { BeginDigest } from '../proof/payload/digest.ts';
import { PayloadVerifier } from '../proof/payload/payload-verifier.ts';
import type { HttpRequest } from './http-request.ts';

/** Replaces the request's body, or its stream, by what it verifiably holds. Of a stream the digests are computed as `beginDigest` has it. `claim` and `key` are those that proved the request; of one that nobody signed there are none. */
export function verifyPayload(request: HttpRequest, claim: SignatureClaim | undefined, key: SigningKey | undefined, beginDigest: BeginDigest): void {
  const stated = claim ? statedPayload(claim) : (request.header('x-amz-content-sha256') ?? unsignedPayload);
  const mode = payloadMode(stated, claim?.isPresigned === true);
  const signer = claim && key && mode.kind === 'chunks' && mode.isSigned ? new ChunkSigner(key, claim) : undefined;
  const verifier = new PayloadVerifier({ mode, signer, header: (name) => request.header(name), amzNames: claim?.headers.amzNames, beginDigest: request.stream && beginDigest });
  if (request.stream) request.stream = new VerifiedStream(request.stream, verifier);
  else request.body = verifiedWhole(request.body, verifier);
}

function verifiedWhole(body: Uint8Array, verifier: PayloadVerifier): Uint8Array {
  // Nobody asks for the digests of what is read whole; an MD5 that the request states is computed all the same.
  verifier.forgoMd5();
  const pieces = body.length === 0 ? [] : [...verifier.add(body)];
  // INVARIANT: what is digested here is waited for nowhere.
  void verifier.end();
  return pieces.length === 0 ? nothing : pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
}

const nothing = new Uint8Array(0);

class VerifiedStream implements StreamedBody {
  readonly #source: ByteStream;
  readonly #verifier: PayloadVerifier;

  /** Chunks of the wire are handed on whole where the body is not in chunks of its own. */
  get ownsChunks(): boolean {
    return !this.#verifier.isDecoded && ownsChunks(this.#source);
  }

  constructor(source: ByteStream, verifier: PayloadVerifier) {
    this.#source = source;
    this.#verifier = verifier;
  }

  get statedBytes(): number | undefined {
    return this.#verifier.statedBytes;
  }

  forgoMd5(): void {
    this.#verifier.forgoMd5();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let isWhole = false;
    try {
      for await (const chunk of this.#source) {
        for (let room = this.#verifier.room(); room; room = this.#verifier.room()) await room;
        yield* this.#verifier.add(chunk);
      }
      const ending = this.#verifier.end();
      if (ending) await ending;
      isWhole = true;
    } finally {
      if (!isWhole) this.#verifier.abandon();
    }
  }

  verified(): BodyDigests {
    return this.#verifier.digests();
  }
}
