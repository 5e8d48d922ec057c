/** What both forms of a signature, in the header and in the query, say: before it is taken apart. */
import type { Timestamp } from '../../base/clock.ts';

/** The one algorithm that is verified here. SigV4A (`AWS4-ECDSA-P256-SHA256`) is refused by name. */
export const algorithm = 'AWS4-HMAC-SHA256';

export interface ClaimParts {
  /** Whether the signature stands in the query. */
  readonly isPresigned: boolean;
  /** The whole credential: `AKID/20150830/us-east-1/iam/aws4_request`. */
  readonly credential: string;
  /** Names joined by semicolons. */
  readonly signedHeaders: string;
  readonly signature: string;
  /** `20150830T123600Z` */
  readonly timestamp: string;
  readonly signedAt: Timestamp;
  /** X-Amz-Expires, of a presigned request that has it. */
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
}
