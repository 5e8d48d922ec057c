/** A claim: what a request says about its own signature, before anything of it is believed. */
import type { Timestamp } from '../../base/clock.ts';
import type { Headers } from './headers.ts';
import type { Parameter } from './query-string.ts';
import { SignatureRefusal } from './refusal.ts';

/** The one algorithm that is verified here. SigV4A (`AWS4-ECDSA-P256-SHA256`) is refused by name. */
export const algorithm = 'AWS4-HMAC-SHA256';

/** A claim that a request was signed with a secret: everything that is needed to check it. */
export interface SignatureClaim {
  /** Whether the signature stands in the query. */
  readonly isPresigned: boolean;
  /** The whole credential: `AKID/20150830/us-east-1/iam/aws4_request`. */
  readonly credential: string;
  readonly accessKeyId: string;
  /** `20150830`, from the scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** Lower-case names, sorted, each once. */
  readonly signedHeaders: readonly string[];
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

/** What both forms of a claim write the same way. */
export interface ClaimParts {
  readonly isPresigned: boolean;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly signedAt: Timestamp;
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
}

/** Takes credential and signed headers apart. */
export function claim(parts: ClaimParts, headers: Headers, parameters: readonly Parameter[]): SignatureClaim {
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
