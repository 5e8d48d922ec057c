/** Why S3 refuses a signature, in its own words. Source: "Error responses" (S3 API Reference); recorded answers. */
import { ApiError } from '../../base/api-error.ts';
import type { ErrorDetails } from '../../base/api-error.ts';
import { isoMillis } from '../../base/clock.ts';
import type { SignatureClaim } from './claim.ts';
import { isRegionName } from './coverage.ts';
import type { RefusedRequest } from './dialect.ts';
import { skewSecondsMax } from './freshness.ts';
import type { RefusalKind, SignatureRefusal } from './refusal.ts';

type Wording = (refusal: SignatureRefusal, refused: RefusedRequest) => ApiError;

const say = (name: string, message: string, details?: ErrorDetails): ApiError => new ApiError(name, message, { details });

const wordings: { readonly [Kind in RefusalKind]: Wording } = {
  missing: () => say('AccessDenied', 'Access Denied'),
  incomplete: ({ message }, { isPresigned }) => (isPresigned ? say('AuthorizationQueryParametersError', message) : say('AuthorizationHeaderMalformed', `The authorization header is malformed; ${message}`)),
  twice: () => say('InvalidArgument', 'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified', { ArgumentName: 'Authorization' }),
  algorithm: () => say('InvalidRequest', 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.'),
  expires: ({ message }) => say('AuthorizationQueryParametersError', message),
  malformed: () => say('InvalidURI', "Couldn't parse the specified URI."),
  scope: wrongScope,
  time: wrongTime,
  coverage: ({ message }, { claim }) => {
    const unsigned = claim?.headers.amzNames.filter((name) => !claim.signedHeaders.includes(name)) ?? [];
    return unsigned.length === 0 ? say('AccessDenied', message) : say('AccessDenied', 'There were headers present in the request which were not signed', { HeadersNotSigned: unsigned.join(', ') });
  },
  mismatch: (_, { claim }) => say('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', claim && { AWSAccessKeyId: claim.accessKeyId, SignatureProvided: claim.signature.slice(0, 128) }),
  credentials: (_, { claim }) => say('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', claim && { AWSAccessKeyId: claim.accessKeyId.slice(0, 128) }),
  expired: () => say('ExpiredToken', 'The provided token has expired.'),
};

export function s3Refusal(refusal: SignatureRefusal, refused: RefusedRequest): ApiError {
  const worded = wordings[refusal.kind](refusal, refused);
  return new ApiError(worded.name, worded.message, { cause: refusal, details: worded.details });
}

/** Whose endpoint is also everybody's. Source: "Virtual hosting of general purpose buckets" (S3 User Guide). */
const namelessRegion = 'us-east-1';

function wrongScope({ message }: SignatureRefusal, { claim, isPresigned }: RefusedRequest): ApiError {
  // A client that guessed no region is told one, and signs again for it.
  const isNowhere = claim !== undefined && !isRegionName(claim.region);
  const details = isNowhere ? { Region: namelessRegion } : undefined;
  const reason = isNowhere ? `the region '${claim.region.slice(0, 64)}' is wrong; expecting '${namelessRegion}'` : claim && claim.service !== 's3' ? `incorrect service "${claim.service.slice(0, 64)}". This endpoint belongs to "s3".` : message.trim();
  return isPresigned ? say('AuthorizationQueryParametersError', `Error parsing the X-Amz-Credential parameter; ${reason}`, details) : say('AuthorizationHeaderMalformed', `The authorization header is malformed; ${reason}`, details);
}

function wrongTime(_: SignatureRefusal, { claim, isPresigned, now }: RefusedRequest): ApiError {
  if (!isPresigned || !claim) {
    return say('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', { ...(claim && { RequestTime: claim.timestamp }), ServerTime: isoMillis(now), MaxAllowedSkewMilliseconds: String(skewSecondsMax * 1000) });
  }
  if (claim.signedAt > now) return say('AccessDenied', 'Request is not valid yet', { ServerTime: isoMillis(now) });
  return say('AccessDenied', 'Request has expired', expiry(claim, now));
}

function expiry({ expiresSeconds = 0, signedAt }: SignatureClaim, now: number): ErrorDetails {
  return { 'X-Amz-Expires': String(expiresSeconds), Expires: isoMillis(signedAt + expiresSeconds * 1000), ServerTime: isoMillis(now) };
}
