/** Holds a body to all that its request says of it: hash, chunk signatures, length, Content-MD5, checksum in a header or trailer. */
import { ApiError } from '../../base/api-error.ts';
import { checksumAlgorithms } from '../../base/byte-stream.ts';
import type { BodyDigests, ChecksumAlgorithm } from '../../base/byte-stream.ts';
import { checksums } from './checksum.ts';
import type { Checksum } from './checksum.ts';
import { ChunkDecoder } from './chunk-decoder.ts';
import type { ChunkSigner } from './chunk-signer.ts';
import { beginDigest } from './digest.ts';
import type { BeginDigest, Digest, DigestAlgorithm, DigestValues } from './digest.ts';
import type { PayloadMode } from './payload-mode.ts';

export interface PayloadClaims {
  readonly mode: PayloadMode;
  /** Of a body in signed chunks. */
  readonly signer: ChunkSigner | undefined;
  /** A header by its lower-case name, as the request has it. */
  header(name: string): string | undefined;
  /** The lower-case names of the request's `x-amz-…` headers, where they are at hand. */
  readonly amzNames?: readonly string[] | undefined;
  /** Where it is computed; here and at once where that is left out. */
  readonly beginDigest?: BeginDigest | undefined;
}

interface StatedChecksum { readonly algorithm: ChecksumAlgorithm; /** Undefined where it comes in the trailer. */ readonly value: string | undefined; readonly sum: Checksum }

const checksumPrefix = 'x-amz-checksum-';
/** Headers that begin so and state no checksum. */
const notChecksums: ReadonlySet<string> = new Set(['x-amz-checksum-mode', 'x-amz-checksum-algorithm', 'x-amz-checksum-type']);
const sdkAlgorithm = 'x-amz-sdk-checksum-algorithm';

/** The header, or trailer, that holds a checksum. */
const headerOf = (algorithm: string): string => checksumPrefix + algorithm.toLowerCase();

const unserved = ['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'].map((name) => ({ name, header: headerOf(name) }));
const served = checksumAlgorithms.map((algorithm) => ({ algorithm, header: headerOf(algorithm) }));

/** Bytes are added in order; nothing of them is to be believed before `digests` has returned. */
export class PayloadVerifier {
  readonly statedBytes: number | undefined;
  readonly #mode: PayloadMode;
  readonly #decoder: ChunkDecoder | undefined;
  readonly #begin: BeginDigest;
  #digest: Digest | undefined;
  #isMd5Forgone = false;
  readonly #contentMd5: string | undefined;
  readonly #checksum: StatedChecksum | undefined;
  #size = 0;
  #digests: BodyDigests | undefined;

  /** Throws what S3 answers where the request says what cannot be. */
  constructor({ mode, signer, header, amzNames, beginDigest: begin = beginDigest }: PayloadClaims) {
    this.#mode = mode;
    this.statedBytes = statedLength(mode, header);
    this.#contentMd5 = readContentMd5(header('content-md5'));
    const trailers = mode.kind === 'chunks' && mode.hasTrailer ? announced(header) : undefined;
    this.#checksum = trailers === undefined && amzNames?.some(isOfChecksums) === false ? undefined : readChecksum(header, trailers);
    if (mode.kind === 'chunks' && mode.isSigned && !signer) throw new ApiError('AccessDenied', 'Access Denied');
    this.#decoder = mode.kind === 'chunks' ? new ChunkDecoder({ signer: mode.isSigned ? signer : undefined, trailers }) : undefined;
    this.#begin = begin;
  }

  /** What the next bytes of the wire are of the body. */
  *add(bytes: Uint8Array): Generator<Uint8Array> {
    if (!this.#decoder) {
      this.#take(bytes);
      yield bytes;
      return;
    }
    for (const piece of this.#decoder.decode(bytes)) {
      this.#take(piece);
      yield piece;
    }
  }

  /** Whether the body is but part of what comes over the wire. */
  get isDecoded(): boolean {
    return this.#decoder !== undefined;
  }

  /** Before anything is added. What the request says of its MD5 is held to all the same. */
  forgoMd5(): void {
    this.#isMd5Forgone = this.#contentMd5 === undefined;
  }

  /** What must be waited for before more is added; undefined where nothing must. */
  room(): Promise<void> | undefined {
    return this.#digest?.room();
  }

  /** Nothing more is added, and nobody asks for the digests. */
  abandon(): void {
    this.#digest?.abandon();
  }

  /** After the last byte. */
  end(): Promise<void> | undefined {
    this.#decoder?.end();
    if (this.statedBytes !== undefined && this.#size !== this.statedBytes) throw incomplete();
    const values = this.#begun().values();
    if (values instanceof Promise) return values.then((computed) => this.#settle(computed));
    this.#settle(values);
    return undefined;
  }

  #settle({ md5, sha256 }: DigestValues): void {
    if (this.#mode.kind === 'hash') {
      const actual = sha256!.toString('hex');
      if (actual !== this.#mode.sha256) throw new ApiError('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.", { details: { ClientComputedContentSHA256: this.#mode.sha256, S3ComputedContentSHA256: actual } });
    }
    const calculated = md5?.toString('base64');
    if (this.#contentMd5 !== undefined && calculated !== this.#contentMd5) throw new ApiError('BadDigest', 'The Content-MD5 you specified did not match what we received.', { details: { ExpectedDigest: this.#contentMd5, CalculatedDigest: calculated ?? '' } });
    this.#digests = { sizeBytes: this.#size, md5: md5?.toString('hex') ?? '', checksum: this.#verifiedChecksum() };
  }

  /** Throws unless the whole body was added and found true. */
  digests(): BodyDigests {
    if (!this.#digests) throw incomplete();
    return this.#digests;
  }

  #take(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.statedBytes !== undefined && this.#size > this.statedBytes) throw incomplete();
    this.#begun().add(bytes);
    this.#checksum?.sum.add(bytes);
  }

  #begun(): Digest {
    return (this.#digest ??= this.#begin([...(this.#isMd5Forgone ? [] : onlyMd5), ...(this.#mode.kind === 'hash' ? onlySha256 : [])], this.statedBytes));
  }

  #verifiedChecksum(): BodyDigests['checksum'] {
    if (!this.#checksum) return undefined;
    const { algorithm, value, sum } = this.#checksum;
    const stated = value ?? checkedValue(algorithm, this.#decoder?.trailers.get(headerOf(algorithm)) ?? '');
    const actual = sum.value();
    if (stated !== actual) throw new ApiError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
    return { algorithm, value: actual };
  }
}

const onlyMd5: readonly DigestAlgorithm[] = ['md5'];
const onlySha256: readonly DigestAlgorithm[] = ['sha256'];

const incomplete = (): ApiError => new ApiError('IncompleteBody', 'The request body terminated unexpectedly');

function statedLength(mode: PayloadMode, header: PayloadClaims['header']): number | undefined {
  const name = mode.kind === 'chunks' ? 'x-amz-decoded-content-length' : 'content-length';
  const text = header(name);
  if (text === undefined) {
    if (mode.kind === 'chunks') throw new ApiError('MissingContentLength', 'You must provide the Content-Length HTTP header.');
    // Source: RFC 9112, section 6.3: without either header there is no body.
    return header('transfer-encoding') === undefined ? 0 : undefined;
  }
  if (!/^\d{1,15}$/.test(text)) throw new ApiError('InvalidArgument', `Invalid value for ${name}`, { details: { ArgumentName: name, ArgumentValue: text.slice(0, 128) } });
  return Number(text);
}

function readContentMd5(text: string | undefined): string | undefined {
  if (text !== undefined && !/^[A-Za-z0-9+/]{22}==$/.test(text)) throw new ApiError('InvalidDigest', 'The Content-MD5 you specified was invalid.', { details: { 'Content-MD5': text.slice(0, 128) } });
  return text;
}

function announced(header: PayloadClaims['header']): readonly string[] {
  const names = (header('x-amz-trailer') ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  if (names.length === 0) throw new ApiError('InvalidRequest', 'Missing required header for this request: x-amz-trailer');
  for (const name of names) if (!name.startsWith(checksumPrefix) || notChecksums.has(name)) throw new ApiError('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported', { details: { ArgumentName: 'x-amz-trailer', ArgumentValue: name.slice(0, 128) } });
  return names;
}

/** Whether a header has to do with checksums: most requests have none such. */
const isOfChecksums = (name: string): boolean => name.startsWith(checksumPrefix) || name === sdkAlgorithm;

/** The one checksum that a request states, in a header or, announced, in its trailer. */
function readChecksum(header: PayloadClaims['header'], trailers: readonly string[] | undefined): StatedChecksum | undefined {
  for (const { name, header: itsHeader } of unserved) {
    if (header(itsHeader) !== undefined || trailers?.includes(itsHeader)) throw new ApiError('NotImplemented', `Checksums by ${name} are not implemented yet.`);
  }
  const inHeaders = served.filter((one) => header(one.header) !== undefined);
  const inTrailer = served.filter((one) => trailers?.includes(one.header));
  if (inHeaders.length + inTrailer.length > 1) throw new ApiError('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  const stated = inHeaders[0] ?? inTrailer[0];
  if (stated === undefined) {
    if (trailers) throw new ApiError('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
    if (header(sdkAlgorithm) !== undefined) throw new ApiError('InvalidRequest', 'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.');
    return undefined;
  }
  const { algorithm } = stated;
  const text = header(stated.header);
  return { algorithm, value: text === undefined ? undefined : checkedValue(algorithm, text), sum: checksums[algorithm].begin() };
}

function checkedValue(algorithm: ChecksumAlgorithm, text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== checksums[algorithm].sizeBytes || bytes.toString('base64') !== text) throw new ApiError('InvalidRequest', `Value for ${headerOf(algorithm)} header is invalid.`);
  return text;
}
