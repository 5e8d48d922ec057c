/** Reads what a request says about its own signature, in its Authorization header or in the query of a presigned URL, before anything of it is believed. */
import type { Timestamp } from '../../base/clock.ts';
import type { SignedRequest } from '../signed-request.ts';
import { readAuthorization } from './authorization-header.ts';
import { scanHeaders, type Headers } from './headers.ts';
import { hasCredentials, readPresigned, refuseRepeated } from './presigned-query.ts';
import { parseQuery, type Parameter } from './query-string.ts';
import { SignatureRefusal } from './refusal.ts';
import type { Signer } from './signer.ts';

/** A claim that a request was signed with a secret: everything that is needed to check it. */
export interface SignatureClaim extends Signer {
  /** Whether the signature stands in the query. */
  readonly isPresigned: boolean;
  readonly signature: string;
  /** `20150830T123600Z` */
  readonly timestamp: string;
  readonly signedAt: Timestamp;
  /** X-Amz-Expires, of a presigned request that has it. */
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
  /** The request's own headers and parameters, read once. */
  readonly headers: Headers;
  readonly parameters: readonly Parameter[];
}

/**
 * Reads the claim of a request; undefined where it shows no credentials at all. Throws SignatureRefusal where it shows some that
 * cannot be read, and where it shows credentials twice: nothing may depend on which of two a reader takes.
 */
export function readClaim(request: SignedRequest): SignatureClaim | undefined {
  const headers = scanHeaders(request.rawHeaders);
  const queryStart = request.target.indexOf('?');
  const parameters = queryStart < 0 ? noParameters : parseQuery(request.target.slice(queryStart + 1));
  if (parameters.length > 1) refuseRepeated(parameters);
  const isPresigned = parameters.length > 0 && hasCredentials(parameters);
  if (isPresigned && headers.authorization !== undefined) {
    throw new SignatureRefusal('twice', "Credentials must be given once: in the 'Authorization' header or in the query string, not in both.");
  }
  if (!isPresigned && headers.authorization === undefined) {
    if (headers.securityToken !== undefined) throw new SignatureRefusal('incomplete', "A request with 'X-Amz-Security-Token' must be signed.");
    return undefined;
  }
  const { signer, signature, timestamp, signedAt, expiresSeconds, sessionToken } = headers.authorization === undefined ? readPresigned(headers, parameters) : readAuthorization(headers.authorization, headers);
  const { algorithm, credential, accessKeyId, date, region, service, terminator, signedHeaders, signedHeaderList, signedHeaderLabels } = signer;
  return { isPresigned, algorithm, credential, accessKeyId, date, region, service, terminator, signedHeaders, signedHeaderList, signedHeaderLabels, signature, timestamp, signedAt, expiresSeconds, sessionToken, headers, parameters };
}

const noParameters: readonly Parameter[] = [];
