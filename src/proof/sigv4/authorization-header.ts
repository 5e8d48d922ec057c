/** The claim in an Authorization header. Source: "Create a signed AWS API request", step "Add the signature to the request". */
import { hash } from 'node:crypto';
import { isoBasic } from '../../base/clock.ts';
import { algorithm, type ClaimParts } from './claim-parts.ts';
import { once, type Headers } from './headers.ts';
import { SignatureRefusal } from './refusal.ts';
import { notBasicForm, parseBasic, parseDateHeader } from './timestamp.ts';

/** Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, the three in any order. */
export function readAuthorization(authorization: string, headers: Headers): ClaimParts {
  const schemeEnd = authorization.indexOf(' ');
  const scheme = schemeEnd < 0 ? authorization : authorization.slice(0, schemeEnd);
  // GUESS: AWS's words for an algorithm it does not know have not been seen.
  if (scheme !== algorithm && /^AWS/i.test(scheme)) throw new SignatureRefusal('incomplete', `Unsupported AWS 'algorithm': '${scheme}'. Please use ${algorithm}.`);
  let credential: string | undefined, signedHeaders: string | undefined, signature: string | undefined;
  for (const part of scheme === algorithm && schemeEnd > 0 ? authorization.slice(schemeEnd + 1).split(',') : []) {
    const trimmed = part.trim();
    const equals = trimmed.indexOf('=');
    if (equals < 0) throw new SignatureRefusal('incomplete', `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${fingerprint(trimmed)}'.`);
    const value = trimmed.slice(equals + 1);
    switch (trimmed.slice(0, equals)) {
      case 'Credential': credential = once(credential, value, 'Credential'); break;
      case 'SignedHeaders': signedHeaders = once(signedHeaders, value, 'SignedHeaders'); break;
      case 'Signature': signature = once(signature, value, 'Signature'); break;
      default:
    }
  }
  const timestamp = headers.amzDate ?? headers.date;
  if (!credential || !signedHeaders || !signature || timestamp === undefined) {
    throw incomplete(authorization, { Credential: credential, Signature: signature, SignedHeaders: signedHeaders }, timestamp);
  }
  const signedAt = headers.amzDate === undefined ? parseDateHeader(timestamp) : parseBasic(timestamp);
  if (signedAt === undefined) throw notBasicForm(timestamp);
  return { isPresigned: false, credential, signedHeaders, signature, timestamp: timestamp.length === 16 ? timestamp : isoBasic(signedAt), signedAt, expiresSeconds: undefined, sessionToken: headers.securityToken };
}

/** Says all that is missing at once, as AWS does. The header itself is shown as a hash: it may be a secret of another kind. */
function incomplete(authorization: string, parts: Readonly<Record<string, string | undefined>>, timestamp: string | undefined): SignatureRefusal {
  const sentences = Object.entries(parts).filter(([, value]) => !value).map(([name]) => `Authorization header requires '${name}' parameter.`);
  if (timestamp === undefined) sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  return new SignatureRefusal('incomplete', `${sentences.join(' ')} (Hashed with SHA-256 and encoded with Base64) Authorization=${fingerprint(authorization)}`);
}

const fingerprint = (text: string): string => hash('sha256', text, 'base64');
