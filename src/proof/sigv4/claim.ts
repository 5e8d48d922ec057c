/** Reads what a request says about its own signature, in its Authorization header or in the query of a presigned URL, before anything of it is believed. */
import type { SignedRequest } from '../signed-request.ts';
import { readAuthorization } from './authorization-header.ts';
import type { ClaimParts } from './claim-parts.ts';
import { scanHeaders, type Headers } from './headers.ts';
import { hasCredentials, readPresigned } from './presigned-query.ts';
import { parseQuery, type Parameter } from './query-string.ts';
import { SignatureRefusal } from './refusal.ts';

/** A claim that a request was signed with a secret: everything that is needed to check it. */
export interface SignatureClaim extends Omit<ClaimParts, 'signedHeaders'> {
  readonly accessKeyId: string;
  /** `20150830`, from the scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** Lower-case names, sorted, each once. */
  readonly signedHeaders: readonly string[];
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
  const isPresigned = parameters.length > 0 && hasCredentials(parameters);
  if (isPresigned && headers.authorization !== undefined) {
    throw new SignatureRefusal('incomplete', "Credentials must be given once: in the 'Authorization' header or in the query string, not in both.");
  }
  if (isPresigned) return takeApart(readPresigned(headers, parameters), headers, parameters);
  if (headers.authorization !== undefined) return takeApart(readAuthorization(headers.authorization, headers), headers, parameters);
  if (headers.securityToken !== undefined) throw new SignatureRefusal('incomplete', "A request with 'X-Amz-Security-Token' must be signed.");
  return undefined;
}

const noParameters: readonly Parameter[] = [];

/** Takes credential and signed headers apart. */
function takeApart(parts: ClaimParts, headers: Headers, parameters: readonly Parameter[]): SignatureClaim {
  const elements = parts.credential.split('/');
  const [accessKeyId, date, region, service, terminator] = elements;
  if (elements.length !== 5 || accessKeyId === undefined || date === undefined || region === undefined || service === undefined || terminator === undefined) {
    throw new SignatureRefusal('incomplete', `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${parts.credential}'`);
  }
  const { isPresigned, credential, signature, timestamp, signedAt, expiresSeconds, sessionToken } = parts;
  return { isPresigned, credential, accessKeyId, date, region, service, terminator, signedHeaders: readSignedHeaders(parts.signedHeaders), signature, timestamp, signedAt, expiresSeconds, sessionToken, headers, parameters };
}

/** More signed headers than any client sends; what coverage costs grows with them. */
const signedHeadersMax = 256;

/** The list as it is signed: lower case, sorted, each name once. */
function readSignedHeaders(list: string): readonly string[] {
  const names = list.toLowerCase().split(';');
  if (names.length > signedHeadersMax) throw new SignatureRefusal('incomplete', `No more than ${signedHeadersMax} headers can be signed.`);
  for (let i = 1; i < names.length; i++) {
    if (names[i - 1]! >= names[i]!) return [...new Set(names)].sort();
  }
  return names;
}
