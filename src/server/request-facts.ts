/** What transport and signature say about a request, to whom a condition asks: headers are looked for only then. */
import type { Timestamp } from '../base/clock.ts';
import type { RequestFacts } from '../authz/request-context.ts';
import type { HttpRequest } from './http-request.ts';

export class HttpRequestFacts implements RequestFacts {
  readonly #request: HttpRequest;
  readonly requestedRegion: string;

  constructor(request: HttpRequest, requestedRegion: string) {
    this.#request = request;
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

  get userAgent(): string | undefined {
    return this.#request.header('user-agent');
  }

  get referer(): string | undefined {
    return this.#request.header('referer');
  }
}
