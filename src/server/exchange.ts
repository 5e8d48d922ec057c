/** What became of a request, gathered on its way: the audit record and the log line are written from it. */
import type { Caller } from '../base/caller.ts';
import type { Operation } from '../model/service.ts';
import type { StructureValue } from '../protocol/protocol.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import type { HttpRequest } from './http-request.ts';

const none: readonly string[] = [];

export class Exchange {
  readonly request: HttpRequest;
  /** What the request was routed to, as far as that could be told. */
  serviceName: string | undefined;
  operation: Operation | undefined;
  /** The row of the table of own routes, where it was no request for AWS's API. */
  route: string | undefined;
  region: string | undefined;
  /** Whether it came to STS's endpoint of all regions. */
  isGlobalEndpoint = false;
  /** What the request says of its signature, proven or not. */
  claim: SignatureClaim | undefined;
  /** The access key id that the request claims, proven or not. */
  claimedAccessKeyId: string | undefined;
  /** The account that a token was presented to, of a caller that has none. */
  presentedAccount: string | undefined;
  /** Set once the caller is proven. */
  caller: Caller | undefined;
  /** The accounts beside the caller's that own what was addressed. */
  ownerAccounts: readonly string[] = none;
  /** `none` until the policies were asked. */
  decision: 'none' | 'allowed' | 'denied' = 'none';
  /** By which a denial can be explained. */
  authorizationId: string | undefined;
  /** Of a denial: what the caller can hand to somebody who may decode it. EC2's wire says it in the error's message. */
  encodedAuthorizationMessage: string | undefined;
  input: StructureValue | undefined;
  output: StructureValue | undefined;
  error: { readonly code: string; readonly message: string; readonly cause: unknown } | undefined;
  /** The caller's account's revision after what the request wrote. */
  revision: number | undefined;

  constructor(request: HttpRequest) {
    this.request = request;
  }
}
