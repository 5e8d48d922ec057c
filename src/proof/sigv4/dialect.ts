/** The ways in which services read a signed request: S3's and EC2's, that of passwords for Git, and everyone else's. Source: "Create a signed AWS API request"; "Authenticating Requests (AWS Signature Version 4)" (S3). */
import { hash } from 'node:crypto';
import type { ApiError } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import { unsignedPayload } from '../payload/payload-mode.ts';
import { normalizedPath, objectPath } from './canonical-path.ts';
import type { SignatureClaim } from './claim.ts';
import { ec2Refusal } from './ec2-refusal.ts';
import { expiresSecondsMax } from './presigned-query.ts';
import type { SignatureRefusal } from './refusal.ts';
import { s3Refusal } from './s3-refusal.ts';

export interface SignatureDialect {
  /** The path as it is signed. */
  readonly path: (path: string) => string;
  /** The payload hash as it is signed; undefined where what the request says of its body is not true of it. S3's is what the request states: PayloadVerifier holds the body to it. */
  readonly payload: (claim: SignatureClaim, body: Uint8Array) => string | undefined;
  /** For how long a presigned request is good at most; also where it does not say. */
  readonly presignedSecondsMax: number;
  /** Whether a body is held to what the request states of it as it is read, and not by the signature. */
  readonly isPayloadStated: boolean;
  /** A refusal as the service words it. */
  readonly worded: (refusal: SignatureRefusal, refused: RefusedRequest) => ApiError;
}

/** What a refusal speaks of. */
export interface RefusedRequest { readonly claim: SignatureClaim | undefined; readonly isPresigned: boolean; readonly now: Timestamp; readonly requestId: string }

const bodyHash = (body: Uint8Array): string => (body.length === 0 ? emptyHash : hash('sha256', body));

const emptyHash = hash('sha256', '');

const standard: SignatureDialect = {
  path: normalizedPath,
  payload: ({ headers }, body) => {
    const actual = bodyHash(body);
    return headers.contentSha256 === undefined || headers.contentSha256 === actual ? actual : undefined;
  },
  presignedSecondsMax: 900,
  isPayloadStated: false,
  worded: (refusal) => refusal,
};

const s3: SignatureDialect = {
  path: objectPath,
  payload: (claim) => statedPayload(claim) ?? unsignedPayload,
  presignedSecondsMax: expiresSecondsMax,
  isPayloadStated: true,
  worded: s3Refusal,
};

const ec2: SignatureDialect = { ...standard, worded: ec2Refusal };

/** See git-password.ts: the path as it is, and nothing where a payload's hash would be. */
const git: SignatureDialect = { ...standard, path: (path) => path, payload: () => '' };

/** What a request to S3 states of its body; of a presigned one, a parameter may say it. */
export function statedPayload({ headers, isPresigned, parameters }: SignatureClaim): string | undefined {
  return headers.contentSha256 ?? (isPresigned ? parameters.find(({ name }) => name.toLowerCase() === 'x-amz-content-sha256')?.value : undefined);
}

export const signatureDialects = { standard, s3, ec2, git } as const;

const dialects: Readonly<Record<string, SignatureDialect>> = { s3, ec2 };

/** The dialect of a service, by its signing name. */
export const dialectOf = (service: string): SignatureDialect => (Object.hasOwn(dialects, service) ? dialects[service]! : standard);
