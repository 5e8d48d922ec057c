/** Other S3-compatible stores, behind buckets whose objects are kept there: asked with credentials of Gatehouse's own for whoever was authorized here. */
import type { S3 } from '../../../models/s3.ts';
import type { UpstreamFeature } from './upstream-features.ts';

/** Where the buckets are kept that an account makes. */
export interface UpstreamHome {
  /** The store, as the operator calls it. */
  readonly store: string;
  /** What the names of buckets are preceded by there. No other account's begins with it, or the other way round. */
  readonly prefix: string;
}

export interface UpstreamCallOptions {
  /** What the client said that the body's SHA-256 is: the store verifies it too. */
  readonly payloadSha256?: string | undefined;
}

export interface Upstreams {
  /** Undefined where what the account makes is kept here. */
  homeOf(account: string): UpstreamHome | undefined;
  /** Whether the operator says that the store has it. */
  has(store: string, feature: UpstreamFeature): boolean;
  /** What requests to a store are signed for, which is where it makes buckets. */
  regionOf(store: string): string | undefined;
  /** Has the store do it. A body of the input is asked `verified()` before its last bytes are handed on. Rejects with UpstreamRefused, UpstreamFailed or what the body threw. */
  call<Name extends keyof S3>(store: string, operation: Name, input: S3[Name]['input'], options?: UpstreamCallOptions): Promise<S3[Name]['output']>;
  close(): void;
}

/** Where the operator named none. */
export const noUpstreams: Upstreams = {
  homeOf: () => undefined,
  has: () => false,
  regionOf: () => undefined,
  call: (store) => Promise.reject(new UpstreamFailed('misconfigured', `there is no store ${store}`)),
  close() {},
};

/** The store refused, in words that the caller may hear: what he asked for cannot be. */
export class UpstreamRefused extends Error {
  override readonly name = 'UpstreamRefused';
  readonly code: string;
  /** Those of its headers that belong to the refusal. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}

/** `busy`: it says that it is; `away`: it cannot be reached, breaks off or fails; `misconfigured`: it does not let Gatehouse in, or is not what the operator said. */
export type UpstreamFailure = 'busy' | 'away' | 'misconfigured';

export class UpstreamFailed extends Error {
  override readonly name = 'UpstreamFailed';
  readonly failure: UpstreamFailure;

  /** The message is for the log. */
  constructor(failure: UpstreamFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
