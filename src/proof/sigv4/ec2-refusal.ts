/** Why EC2 refuses a signature, in its own words. Source: "Error codes for the Amazon EC2 API", AuthFailure and RequestExpired. */
import { ApiError } from '../../base/api-error.ts';
import type { RefusalKind, SignatureRefusal } from './refusal.ts';

/** It does not tell a key that is not there from a wrong signature. GUESS: of the other kinds its words are not known, and the refusal's own say more. */
const words: { readonly [Kind in RefusalKind]?: string } = {
  credentials: 'AWS was not able to validate the provided access credentials',
  mismatch: 'AWS was not able to validate the provided access credentials',
  expired: 'Request has expired.',
};

export const ec2Refusal = (refusal: SignatureRefusal): ApiError => new ApiError(refusal.name, words[refusal.kind] ?? refusal.message, { cause: refusal });
