/** What a caller may be told when a request fails; anything else thrown is our bug and answered InternalFailure. */

/** The errors that every operation of every service may raise, whatever its model lists, as awsQuery names them; the last three it answers in a form of their own. Source: "Common Error Types" of the IAM and STS API references, reference pages of the query protocols. */
export const commonErrors = {
  AccessDenied: { status: 403, fault: 'Sender' },
  ExpiredToken: { status: 403, fault: 'Sender' },
  IncompleteSignature: { status: 400, fault: 'Sender' },
  InternalFailure: { status: 500, fault: 'Receiver' },
  InvalidAction: { status: 400, fault: 'Sender' },
  InvalidClientTokenId: { status: 403, fault: 'Sender' },
  InvalidParameterCombination: { status: 400, fault: 'Sender' },
  InvalidParameterValue: { status: 400, fault: 'Sender' },
  MalformedInput: { status: 400, fault: 'Sender' },
  MissingAction: { status: 400, fault: 'Sender' },
  MissingAuthenticationToken: { status: 403, fault: 'Sender' },
  MissingParameter: { status: 400, fault: 'Sender' },
  NotImplemented: { status: 501, fault: 'Receiver' },
  RequestEntityTooLarge: { status: 413, fault: 'Sender' },
  RequestExpired: { status: 400, fault: 'Sender' },
  SerializationException: { status: 400, fault: 'Sender' },
  ServiceFailure: { status: 500, fault: 'Receiver' },
  ServiceUnavailable: { status: 503, fault: 'Receiver' },
  SignatureDoesNotMatch: { status: 403, fault: 'Sender' },
  Throttling: { status: 400, fault: 'Sender' },
  ValidationError: { status: 400, fault: 'Sender' },
  Redirect: { status: 302, fault: 'Sender' },
  UnknownOperationException: { status: 404, fault: 'Sender' },
  UnreadableRequest: { status: 400, fault: 'Sender' },
  InvalidURI: { status: 400, fault: 'Sender' },
  MalformedXML: { status: 400, fault: 'Sender' },
} as const satisfies Record<string, { status: number; fault: 'Sender' | 'Receiver' }>;

export type CommonErrorName = keyof typeof commonErrors;

/** What an error says beside its message, element by element, in the wires that have a place for it. */
export type ErrorDetails = Readonly<Record<string, string>>;
export interface ApiErrorOptions extends ErrorOptions {
  readonly details?: ErrorDetails | undefined;
  /** Headers of the answer, in the wires that have any of their own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An error with one of AWS's names. The model (or `commonErrors`) holds its status and fault. `cause` is for the log and never leaves the process. */
export class ApiError<Name extends string = string> extends Error {
  override readonly name: Name;
  readonly details: ErrorDetails | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;

  constructor(name: Name, message: string, options?: ApiErrorOptions) {
    super(message, options);
    this.name = name;
    this.details = options?.details;
    this.headers = options?.headers;
  }
}

/**
 * How an operation raises its errors: `throw error('NoSuchEntity', '…')`. An operation's own `error` takes only the names its model lists
 * and the common ones, so that a shared function that asks for `Raise<'NoSuchEntity'>` cannot be used by an operation that lacks it.
 */
export type Raise<Name extends string> = (name: Name | CommonErrorName, message: string, options?: ApiErrorOptions) => ApiError;

/** The one implementation of every `Raise`. */
export const raise: Raise<string> = (name, message, options) => new ApiError(name, message, options);
