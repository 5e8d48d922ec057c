/** The claim in the query of a presigned URL. Source: "Create a signed AWS API request", step "Add the signature to the request"; "Authenticating Requests: Using Query Parameters" (S3). */
import { algorithm, type ClaimParts } from './claim-parts.ts';
import { once, type Headers } from './headers.ts';
import { decode } from './percent-encoding.ts';
import type { Parameter } from './query-string.ts';
import { SignatureRefusal } from './refusal.ts';
import { readSigner } from './signer.ts';
import { notBasicForm, parseBasic } from './timestamp.ts';

/** The parameters that show credentials, under their lower-case names: any one of them makes a request a presigned one, so that half a claim is refused rather than overlooked. */
const showsCredentials: ReadonlySet<string> = new Set(['x-amz-algorithm', 'x-amz-credential', 'x-amz-signature', 'x-amz-security-token']);

export const hasCredentials = (parameters: readonly Parameter[]): boolean => parameters.some(({ name }) => showsCredentials.has(name.toLowerCase()));

/** Refuses an `X-Amz-…` parameter that is there twice with different values, whatever it means and whoever would read it. */
export function refuseRepeated(parameters: readonly Parameter[]): void {
  const found = new Map<string, string>();
  for (const { name, value } of parameters) {
    const lower = name.toLowerCase();
    if (lower.startsWith('x-amz-')) found.set(lower, once(found.get(lower), value, wireNames.get(lower) ?? name));
  }
}

/** Reads the `X-Amz-…` parameters, the names in any letter case; none is there twice with different values. */
export function readPresigned(headers: Headers, parameters: readonly Parameter[]): ClaimParts {
  const found = new Map<string, string>();
  for (const { name, value } of parameters) {
    const lower = name.toLowerCase();
    const wire = wireNames.get(lower);
    if (wire === undefined) continue;
    const decoded = decode(value);
    if (decoded === undefined) throw new SignatureRefusal('malformed', `'${wire}' is not UTF-8.`);
    found.set(lower, decoded);
  }
  const given = (name: string): string => found.get(name) ?? '';
  const missing = required.filter((name) => given(name) === '');
  if (missing.length > 0) {
    throw new SignatureRefusal('incomplete', `${missing.map((name) => `AWS query-string parameters must include '${wireNames.get(name)}'. `).join('')}Re-examine the query-string parameters.`);
  }
  if (given('x-amz-algorithm') !== algorithm) throw new SignatureRefusal('algorithm', `Unsupported AWS 'algorithm': '${given('x-amz-algorithm')}'. Please use ${algorithm}.`);
  const timestamp = given('x-amz-date');
  const signedAt = parseBasic(timestamp);
  if (signedAt === undefined) throw notBasicForm(timestamp);
  if (headers.amzDate !== undefined) once(timestamp, headers.amzDate, 'X-Amz-Date');
  const token = found.get('x-amz-security-token');
  const sessionToken = headers.securityToken === undefined ? token : once(token, headers.securityToken, 'X-Amz-Security-Token');
  return {
    signer: readSigner(given('x-amz-credential'), given('x-amz-signedheaders')), signature: given('x-amz-signature'),
    timestamp, signedAt, expiresSeconds: readExpires(found.get('x-amz-expires')), sessionToken,
  };
}

const required = ['x-amz-algorithm', 'x-amz-credential', 'x-amz-signedheaders', 'x-amz-date', 'x-amz-signature'] as const;

const wireNames: ReadonlyMap<string, string> = new Map(
  ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature', 'X-Amz-Security-Token'].map((name) => [name.toLowerCase(), name]),
);

/** A week. Source: "Authenticating Requests: Using Query Parameters" (S3). */
export const expiresSecondsMax = 604_800;

/** X-Amz-Expires, in whole seconds. */
function readExpires(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(text)) throw new SignatureRefusal('expires', 'X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw new SignatureRefusal('expires', 'X-Amz-Expires must be non-negative');
  if (seconds > expiresSecondsMax) throw new SignatureRefusal('expires', `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${expiresSecondsMax} seconds`);
  return seconds;
}
