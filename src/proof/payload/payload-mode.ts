/** What `x-amz-content-sha256` says of a body. Source: "Authenticating Requests (AWS Signature Version 4)" (S3). */
import { ApiError } from '../../base/api-error.ts';

/** `sha256`: lower-case hexadecimal. `chunks`: the body comes in `aws-chunked` pieces. */
export type PayloadMode =
  | { readonly kind: 'hash'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'chunks'; readonly isSigned: boolean; readonly hasTrailer: boolean };

export const unsignedPayload = 'UNSIGNED-PAYLOAD';

const chunked: ReadonlyMap<string, PayloadMode> = new Map([
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', { kind: 'chunks', isSigned: true, hasTrailer: false }],
  ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', { kind: 'chunks', isSigned: true, hasTrailer: true }],
  ['STREAMING-UNSIGNED-PAYLOAD-TRAILER', { kind: 'chunks', isSigned: false, hasTrailer: true }],
]);

const hashForm = /^[0-9a-f]{64}$/;

/** The mode of a body. `stated` is the header, or the parameter of a presigned request; a presigned body never comes in chunks. Raises S3's errors. */
export function payloadMode(stated: string | undefined, isPresigned: boolean): PayloadMode {
  if (stated === undefined) {
    if (isPresigned) return { kind: 'unsigned' };
    throw new ApiError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  if (stated === unsignedPayload) return { kind: 'unsigned' };
  if (hashForm.test(stated)) return { kind: 'hash', sha256: stated };
  const mode = isPresigned ? undefined : chunked.get(stated);
  if (mode) return mode;
  if (stated.startsWith('STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD')) throw new ApiError('NotImplemented', 'Signature Version 4A is not implemented.');
  throw new ApiError('InvalidArgument', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.', { details: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: stated.slice(0, 128) } });
}
