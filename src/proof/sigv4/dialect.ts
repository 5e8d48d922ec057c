/** The two ways in which services read a signed request: S3's, and everyone else's. Source: "Create a signed AWS API request"; "Authenticating Requests (AWS Signature Version 4)" (S3). */
import { hash } from 'node:crypto';
import { normalizedPath, objectPath } from './canonical-path.ts';
import type { SignatureClaim } from './claim.ts';
import { expiresSecondsMax } from './presigned-query.ts';

export interface SignatureDialect {
  /** The path as it is signed. */
  readonly path: (path: string) => string;
  /** The payload hash as it is signed; undefined where what the request says of its body is not true of it. */
  readonly payload: (claim: SignatureClaim, body: Uint8Array) => string | undefined;
  /** For how long a presigned request is good at most; also where it does not say. */
  readonly presignedSecondsMax: number;
}

const bodyHash = (body: Uint8Array): string => (body.length === 0 ? emptyHash : hash('sha256', body));

const emptyHash = hash('sha256', '');

const standard: SignatureDialect = {
  path: normalizedPath,
  payload: ({ headers }, body) => {
    const actual = bodyHash(body);
    return headers.contentSha256 === undefined || headers.contentSha256 === actual ? actual : undefined;
  },
  presignedSecondsMax: 900,
};

const s3: SignatureDialect = {
  path: objectPath,
  payload: ({ headers, isPresigned }, body) => {
    const said = headers.contentSha256 ?? (isPresigned ? unsigned : undefined);
    return said === unsigned || said === bodyHash(body) ? said : undefined;
  },
  presignedSecondsMax: expiresSecondsMax,
};

/** The payload hash of a body that is not signed. */
const unsigned = 'UNSIGNED-PAYLOAD';

export const signatureDialects = { standard, s3 } as const;

/** The dialect of a service, by its signing name. */
export const dialectOf = (service: string): SignatureDialect => (service === 's3' ? s3 : standard);
