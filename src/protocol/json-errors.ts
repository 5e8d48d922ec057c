/** The common errors as the JSON wires name them, with the statuses that each wire gives them. Source: "Common Error Types" of the AWS Organizations and IoT API references. */
import type { CommonErrorName } from '../base/api-error.ts';
import type { ErrorShape } from '../model/service.ts';

interface JsonError { readonly code: string; readonly awsJson: number; readonly restJson: number }

const same = (code: string, status: number): JsonError => ({ code, awsJson: status, restJson: status });
/** awsJson answers 400 to whatever is the sender's fault. */
const refused = (code: string): JsonError => ({ code, awsJson: 400, restJson: 403 });

const jsonErrors: Readonly<Record<CommonErrorName, JsonError>> = {
  AccessDenied: refused('AccessDeniedException'),
  ExpiredToken: refused('ExpiredTokenException'),
  IncompleteSignature: refused('IncompleteSignatureException'),
  InternalFailure: same('InternalFailure', 500),
  InvalidAction: { code: 'UnknownOperationException', awsJson: 400, restJson: 404 },
  InvalidClientTokenId: refused('UnrecognizedClientException'),
  InvalidParameterCombination: same('InvalidParameterCombinationException', 400),
  InvalidParameterValue: same('InvalidParameterValueException', 400),
  MalformedInput: same('SerializationException', 400),
  SerializationException: same('SerializationException', 400),
  MissingAuthenticationToken: refused('MissingAuthenticationTokenException'),
  MissingAction: { code: 'UnknownOperationException', awsJson: 400, restJson: 404 },
  MissingParameter: same('ValidationException', 400),
  NotImplemented: same('NotImplemented', 501),
  RequestEntityTooLarge: same('RequestEntityTooLargeException', 413),
  RequestExpired: same('RequestExpired', 400),
  ServiceFailure: same('InternalFailure', 500),
  ServiceUnavailable: same('ServiceUnavailableException', 503),
  SignatureDoesNotMatch: refused('InvalidSignatureException'),
  Throttling: { code: 'ThrottlingException', awsJson: 400, restJson: 429 },
  ValidationError: same('ValidationException', 400),
  Redirect: { code: 'UnknownOperationException', awsJson: 400, restJson: 404 },
  UnknownOperationException: { code: 'UnknownOperationException', awsJson: 400, restJson: 404 },
  InvalidURI: same('SerializationException', 400),
  MalformedXML: same('SerializationException', 400),
  UnreadableRequest: same('SerializationException', 400),
};

/** What a JSON wire answers for an error: its own code and status for a common one, the model's for the service's own. */
export function jsonErrorOf({ code, status }: ErrorShape, isOwn: boolean, wire: 'awsJson' | 'restJson'): { readonly code: string; readonly status: number } {
  if (isOwn || !Object.hasOwn(jsonErrors, code)) return { code, status };
  const error = jsonErrors[code as CommonErrorName];
  return { code: error.code, status: error[wire] };
}
