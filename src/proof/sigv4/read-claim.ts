/** Finds the claim of a request: in its Authorization header, or in the query of a presigned URL. */
import type { SignedRequest } from '../signed-request.ts';
import { readAuthorization } from './authorization-header.ts';
import type { SignatureClaim } from './claim.ts';
import { scanHeaders } from './headers.ts';
import { hasCredentials, readPresigned } from './presigned-query.ts';
import { parseQuery, type Parameter } from './query-string.ts';
import { SignatureRefusal } from './refusal.ts';

/**
 * Reads the claim of a request; undefined where it shows no credentials at all. Throws SignatureRefusal where it shows some that
 * cannot be read, and where it shows credentials twice: nothing may depend on which of two a reader takes.
 */
export function readClaim(request: SignedRequest): SignatureClaim | undefined {
  const headers = scanHeaders(request.rawHeaders);
  const queryStart = request.target.indexOf('?');
  const parameters = queryStart < 0 ? noParameters : parseQuery(request.target.slice(queryStart + 1));
  const isPresigned = parameters.length > 0 && hasCredentials(parameters);
  if (isPresigned && headers.authorization !== undefined) {
    throw new SignatureRefusal('incomplete', "Credentials must be given once: in the 'Authorization' header or in the query string, not in both.");
  }
  if (isPresigned) return readPresigned(headers, parameters);
  if (headers.authorization !== undefined) return readAuthorization(headers.authorization, headers, parameters);
  if (headers.securityToken !== undefined) throw new SignatureRefusal('incomplete', "A request with 'X-Amz-Security-Token' must be signed.");
  return undefined;
}

const noParameters: readonly Parameter[] = [];
