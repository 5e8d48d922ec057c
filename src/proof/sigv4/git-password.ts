/** The password that AWS's credential helper makes for Git: a signature over the repository's path. Source: the AWS CLI, `aws codecommit credential-helper`. */
import type { SignedRequest } from '../signed-request.ts';
import type { SignatureClaim } from './claim.ts';
import { scanHeaders } from './headers.ts';
import { readSigner } from './signer.ts';
import { parseBasic } from './timestamp.ts';

export interface GitRepositoryPlace {
  /** As the client names it, without a port. */
  readonly host: string;
  /** `/v1/repos/NAME` */
  readonly path: string;
  readonly region: string;
}

const form = /^(\d{8}T\d{6})Z([0-9a-f]{64})$/;
const noBody = new Uint8Array(0);

/**
 * The claim in a user name (`AKID`, or `AKID%TOKEN`) and a password, and the request that it is said to have signed; undefined where the password is none of these.
 * The dialect `git` verifies it. Scope and time are as in a header, but the time that is signed has no `Z`.
 */
export function readGitPassword(userName: string, password: string, { host, path, region }: GitRepositoryPlace): { readonly claim: SignatureClaim; readonly request: SignedRequest } | undefined {
  const [, timestamp, signature] = form.exec(password) ?? [];
  const signedAt = timestamp === undefined ? undefined : parseBasic(`${timestamp}Z`);
  if (timestamp === undefined || signature === undefined || signedAt === undefined) return undefined;
  const percent = userName.indexOf('%');
  const accessKeyId = percent < 0 ? userName : userName.slice(0, percent);
  if (accessKeyId.includes('/')) return undefined;
  const request: SignedRequest = { method: 'GIT', target: path, rawHeaders: ['host', host], body: noBody };
  const signer = readSigner(`${accessKeyId}/${timestamp.slice(0, 8)}/${region}/codecommit/aws4_request`, 'host');
  return {
    request,
    claim: { ...signer, isPresigned: false, signature, timestamp, signedAt, expiresSeconds: undefined, sessionToken: percent < 0 ? undefined : userName.slice(percent + 1), headers: scanHeaders(request.rawHeaders), parameters: [] },
  };
}
