/** What both forms of a signature, in the header and in the query, say. */
import type { Timestamp } from '../../base/clock.ts';
import type { Signer } from './signer.ts';

/** The one algorithm that is verified here. SigV4A (`AWS4-ECDSA-P256-SHA256`) is refused by name. */
export const algorithm = 'AWS4-HMAC-SHA256';

export interface ClaimParts {
  readonly signer: Signer;
  readonly signature: string;
  readonly timestamp: string;
  readonly signedAt: Timestamp;
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
}
