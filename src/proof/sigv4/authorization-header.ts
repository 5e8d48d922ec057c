/** The claim in an Authorization header. Source: "Create a signed AWS API request", step "Add the signature to the request". */
import { hash } from 'node:crypto';
import { BoundedCache } from '../../base/bounded-cache.ts';
import { isoBasic } from '../../base/clock.ts';
import { algorithm, isCertificateAlgorithm, type ClaimParts } from './claim-parts.ts';
import { once, type Headers } from './headers.ts';
import { SignatureRefusal } from './refusal.ts';
import { readSigner, type Signer } from './signer.ts';
import { notBasicForm, parseBasic, parseDateHeader } from './timestamp.ts';

/** Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, the three in any order. */
export function readAuthorization(authorization: string, headers: Headers): ClaimParts {
  const { signer, signature } = readKnown(authorization) ?? read(authorization, headers);
  const { amzDate, date, securityToken } = headers;
  const time = amzDate ?? date;
  if (time === undefined) throw incomplete(authorization, {}, headers);
  const signedAt = amzDate === undefined ? parseDateHeader(time) : parseBasic(time);
  if (signedAt === undefined) throw notBasicForm(time);
  return { signer, signature, timestamp: amzDate ?? isoBasic(signedAt), signedAt, expiresSeconds: undefined, sessionToken: securityToken };
}

interface Authorization { readonly signer: Signer; readonly signature: string }

/**
 * Signers by the text before their signature: a client says the same of itself all day, so it is taken apart once. It is only what the
 * text says: nothing in here is believed for being here.
 */
const knownSigners = new BoundedCache<string, Signer>(2_000);
const knownLengthMax = 1_000;

const signatureName = 'Signature=';
const signatureLength = 64;

/** Reads a text that differs from one read before in its last characters, the signature, only. */
function readKnown(authorization: string): Authorization | undefined {
  const signer = knownSigners.find(authorization.slice(0, -signatureLength));
  if (!signer) return undefined;
  const signature = authorization.slice(-signatureLength);
  // These two would make something else of it than a signature.
  return signature.includes(',') || signature.includes(' ') ? undefined : { signer, signature };
}

/** Remembers a text that ends in its one signature. */
function remember(authorization: string, { signer, signature }: Authorization): void {
  const nameAt = authorization.length - signatureLength - signatureName.length;
  if (authorization.length > knownLengthMax || signature.length !== signatureLength || authorization.indexOf(signatureName) !== nameAt) return;
  knownSigners.insert(authorization.slice(0, -signatureLength), signer);
}

function read(authorization: string, headers: Headers): Authorization {
  const schemeEnd = authorization.indexOf(' ');
  const scheme = schemeEnd < 0 ? authorization : authorization.slice(0, schemeEnd);
  // GUESS: AWS's words for an algorithm it does not know have not been seen.
  const isKnown = scheme === algorithm || isCertificateAlgorithm(scheme);
  if (!isKnown && /^AWS/i.test(scheme)) throw new SignatureRefusal('algorithm', `Unsupported AWS 'algorithm': '${scheme}'. Please use ${algorithm}.`);
  let credential: string | undefined, signedHeaders: string | undefined, signature: string | undefined;
  for (const untrimmed of isKnown && schemeEnd > 0 ? authorization.slice(schemeEnd + 1).split(',') : []) {
    const part = untrimmed.trim();
    const equals = part.indexOf('=');
    if (equals < 0) throw new SignatureRefusal('incomplete', `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${fingerprint(part)}'.`);
    const value = part.slice(equals + 1);
    switch (part.slice(0, equals)) {
      case 'Credential': credential = once(credential, value, 'Credential'); break;
      case 'SignedHeaders': signedHeaders = once(signedHeaders, value, 'SignedHeaders'); break;
      case 'Signature': signature = once(signature, value, 'Signature'); break;
      default:
    }
  }
  if (!credential || !signedHeaders || !signature) throw incomplete(authorization, { Credential: credential, Signature: signature, SignedHeaders: signedHeaders }, headers);
  const claimed = { signer: readSigner(credential, signedHeaders, isCertificateAlgorithm(scheme) ? scheme : algorithm), signature };
  remember(authorization, claimed);
  return claimed;
}

/** Says all that is missing at once, as AWS does. The header itself is shown as a hash: it may be a secret of another kind. */
function incomplete(authorization: string, parts: Readonly<Record<string, string | undefined>>, { amzDate, date }: Headers): SignatureRefusal {
  const sentences = Object.entries(parts).filter(([, value]) => !value).map(([name]) => `Authorization header requires '${name}' parameter.`);
  if (amzDate === undefined && date === undefined) sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  return new SignatureRefusal('incomplete', `${sentences.join(' ')} (Hashed with SHA-256 and encoded with Base64) Authorization=${fingerprint(authorization)}`);
}

const fingerprint = (text: string): string => hash('sha256', text, 'base64');
