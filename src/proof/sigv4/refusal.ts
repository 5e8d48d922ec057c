/** Why a signature, or the credentials in it, are refused: each kind, and the error that answers it. */
import { ApiError, type CommonErrorName } from '../../base/api-error.ts';

/** Each kind of refusal and what awsQuery calls it; other wires map `kind` to names of their own. Source: "Common Error Types" of the IAM and STS API references. */
export const refusalNames = {
  /** The request shows no credentials. */
  missing: 'MissingAuthenticationToken',
  /** What shows credentials cannot be read, lacks a part, or says two things. */
  incomplete: 'IncompleteSignature',
  /** Credentials stand in the header and in the query. */
  twice: 'IncompleteSignature',
  /** Another algorithm than ours. */
  algorithm: 'IncompleteSignature',
  /** X-Amz-Expires is not what it may be. */
  expires: 'IncompleteSignature',
  /** The request target cannot be read. */
  malformed: 'UnreadableRequest',
  /** The credential scope names another service, no region, or another day. */
  scope: 'SignatureDoesNotMatch',
  /** Signed too long ago, or in the future. */
  time: 'SignatureDoesNotMatch',
  /** A header that has to be signed is not. */
  coverage: 'SignatureDoesNotMatch',
  /** The signature is not the one that the secret makes of this request. */
  mismatch: 'SignatureDoesNotMatch',
  /** The access key or session token is unknown, inactive, altered, another's, or its owner is gone. */
  credentials: 'InvalidClientTokenId',
  /** The session is over. */
  expired: 'ExpiredToken',
} as const satisfies Record<string, CommonErrorName>;

export type RefusalKind = keyof typeof refusalNames;

/** The error of a request whose caller is not proven. */
export class SignatureRefusal extends ApiError<CommonErrorName> {
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string, options?: ErrorOptions) {
    super(refusalNames[kind], message, options);
    this.kind = kind;
  }
}

/** The refusals whose words do not depend on the request. Source: answers of STS. */
export const refusals = {
  missing: (): SignatureRefusal => new SignatureRefusal('missing', 'Request is missing Authentication Token'),
  mismatch: (): SignatureRefusal => new SignatureRefusal('mismatch', 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'),
  credentials: (): SignatureRefusal => new SignatureRefusal('credentials', 'The security token included in the request is invalid.'),
  expired: (): SignatureRefusal => new SignatureRefusal('expired', 'The security token included in the request is expired'),
} as const;
