/** A request as it came off the wire, whole: what is routed, verified and read. */
import type { ByteStream } from '../base/byte-stream.ts';
import type { FormNode } from '../protocol/form.ts';
import type { Parameters } from '../protocol/rest-parameters.ts';
import type { WireRequest } from '../protocol/protocol.ts';
import type { SignedRequest } from '../proof/signed-request.ts';
import type { Timestamp } from '../base/clock.ts';

export interface RequestHead {
  readonly method: string;
  /** The request target as received: path, and `?query` if there is one. */
  readonly target: string;
  /** Names and values by turns, as received. */
  readonly rawHeaders: readonly string[];
}

export interface Arrival extends RequestHead {
  readonly body: Uint8Array;
  /** The body of a request that is handed on before it has come. */
  readonly stream?: ByteStream | undefined;
  readonly remoteAddress: string;
  readonly isSecure: boolean;
  /** `1.3`, of a secure one. */
  readonly tlsVersion?: string | undefined;
  readonly receivedAt: Timestamp;
  readonly requestId: string;
}

/** Serves both the signature's view of a request and the protocols'. */
export class HttpRequest implements SignedRequest, WireRequest {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  /** Once verified, what the wires read: of a body in chunks, what they hold. */
  body: Uint8Array;
  stream: ByteStream | undefined;
  readonly remoteAddress: string;
  readonly isSecure: boolean;
  readonly tlsVersion: string | undefined;
  readonly receivedAt: Timestamp;
  readonly requestId: string;
  /** As received, but that a bucket which the host names is its first segment. */
  path: string;
  readonly query: string;
  form: FormNode | undefined = undefined;
  parameters: Parameters | undefined = undefined;

  constructor({ method, target, rawHeaders, body, stream, remoteAddress, isSecure, tlsVersion, receivedAt, requestId }: Arrival) {
    this.method = method;
    this.target = target;
    this.rawHeaders = rawHeaders;
    this.body = body;
    this.stream = stream;
    this.remoteAddress = remoteAddress;
    this.isSecure = isSecure;
    this.tlsVersion = tlsVersion;
    this.receivedAt = receivedAt;
    this.requestId = requestId;
    const mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.slice(0, mark);
    this.query = mark < 0 ? '' : target.slice(mark + 1);
  }

  /** The first header of that lower-case name. */
  header(name: string): string | undefined {
    const { rawHeaders } = this;
    for (let i = 0; i < rawHeaders.length; i += 2) {
      const raw = rawHeaders[i]!;
      if (raw.length === name.length && (raw === name || raw.toLowerCase() === name)) return rawHeaders[i + 1];
    }
    return undefined;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Values of Set-Cookie, a header each. */
  readonly cookies?: readonly string[];
  /** A string is sent as latin1 when it is ASCII, else as UTF-8. */
  readonly body: string | Uint8Array;
  /** The connection is not to be used again. */
  readonly isLast?: boolean;
}

/** An answer that is sent as it is read; in chunks, unless its length stands in its headers. */
export type StreamedAnswer = Omit<Answer, 'body'> & { readonly body: ByteStream };
export type AnyAnswer = Answer | StreamedAnswer;
