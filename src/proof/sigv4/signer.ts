/** The part of a claim that stays the same from request to request: who signs, for which day, region and service, and over which headers. */
import { algorithm as hmac } from './claim-parts.ts';
import type { SignatureAlgorithmName } from './claim-parts.ts';
import { SignatureRefusal } from './refusal.ts';

export interface Signer {
  readonly algorithm: SignatureAlgorithmName;
  /** The whole credential: `AKID/20150830/us-east-1/iam/aws4_request`. */
  readonly credential: string;
  /** Of who signs with a certificate's key, the certificate's serial number. */
  readonly accessKeyId: string;
  /** `20150830`, from the scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
  /** Lower-case names, sorted, each once. */
  readonly signedHeaders: readonly string[];
  /** The same, joined by semicolons. */
  readonly signedHeaderList: string;
  /** What stands before the value of each in the canonical request, from the line feed of the value before it on. */
  readonly signedHeaderLabels: readonly string[];
}

/** Takes credential and signed headers apart. */
export function readSigner(credential: string, signedHeaders: string, algorithm: SignatureAlgorithmName = hmac): Signer {
  const elements = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = elements;
  if (elements.length !== 5 || accessKeyId === undefined || date === undefined || region === undefined || service === undefined || terminator === undefined) {
    throw new SignatureRefusal('incomplete', `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`);
  }
  const names = [...new Set(signedHeaders.toLowerCase().split(';'))].sort();
  if (names.length > signedHeadersMax) throw new SignatureRefusal('incomplete', `No more than ${signedHeadersMax} headers can be signed.`);
  return { algorithm, credential, accessKeyId, date, region, service, terminator, signedHeaders: names, signedHeaderList: names.join(';'), signedHeaderLabels: names.map((name, i) => `${i === 0 ? '' : '\n'}${name}:`) };
}

/** More signed headers than any client sends; what verification costs grows with them. */
const signedHeadersMax = 256;
