/** What transport and signature say about a request, to whom a condition asks: headers are looked for only then. */
import type { Timestamp } from '../base/clock.ts';
import type { RequestFacts, Transport } from '../authz/request-context.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import type { HttpRequest } from './http-request.ts';

export class HttpRequestFacts implements RequestFacts {
  readonly #request: HttpRequest;
  readonly requestedRegion: string;

  readonly #claim: SignatureClaim | undefined;
  readonly #isForm: boolean;

  constructor(request: HttpRequest, requestedRegion: string, claim?: SignatureClaim, isForm = false) {
    this.#request = request;
    this.#claim = claim;
    this.#isForm = isForm;
    this.requestedRegion = requestedRegion;
  }

  get now(): Timestamp {
    return this.#request.receivedAt;
  }

  get sourceIp(): string {
    return this.#request.remoteAddress;
  }

  get isSecure(): boolean {
    return this.#request.isSecure;
  }

  get authType(): Transport['authType'] {
    if (!this.#claim) return undefined;
    return this.#isForm ? 'POST' : this.#claim.isPresigned ? 'REST-QUERY-STRING' : 'REST-HEADER';
  }

  get signedAt(): Timestamp | undefined {
    return this.#claim?.signedAt;
  }

  get contentSha256(): string | undefined {
    return this.#request.header('x-amz-content-sha256');
  }

  get tlsVersion(): string | undefined {
    return this.#request.tlsVersion;
  }

  get userAgent(): string | undefined {
    return this.#request.header('user-agent');
  }

  get referer(): string | undefined {
    return this.#request.header('referer');
  }
}
