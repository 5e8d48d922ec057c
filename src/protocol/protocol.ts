/** What a wire format does: reads an operation's input off a request, and writes its output or error. One file a format, all driven by the model. */
import type { ApiError } from '../base/api-error.ts';
import type { ByteStream } from '../base/byte-stream.ts';
import type { FormNode } from './form.ts';
import type { ErrorShape, Operation, Service, ServiceCard } from '../model/service.ts';
import type { Parameters } from './rest-parameters.ts';

/** The value of a shape as handlers see it: structures and maps are objects, lists arrays, timestamps milliseconds, blobs bytes. */
export type Value = string | number | boolean | Uint8Array | ByteStream | readonly Value[] | { readonly [member: string]: Value | undefined };
export type StructureValue = { readonly [member: string]: Value | undefined };

export interface WireRequest {
  readonly method: string;
  /** The request target's path, undecoded. */
  readonly path: string;
  /** What follows `?`, undecoded, without it; empty when there is none. */
  readonly query: string;
  /** A header's value by its lower-case name. */
  header(name: string): string | undefined;
  /** Names and values by turns, each character one byte. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  /** The body of a request to a streaming operation, which is not in `body`. */
  readonly stream?: ByteStream | undefined;
  /** The parameters, once they are read: of a form, or of the query of a REST service. */
  form?: FormNode | undefined;
  parameters?: Parameters | undefined;
}

/** Status, headers and body of an answer. A string body is sent as UTF-8; the length of a stream stands in its headers. */
export interface WireResponse {
  readonly status: number;
  readonly contentType: string | undefined;
  /** Nobody else's: whoever is given them may add to them. */
  readonly headers?: Record<string, string>;
  readonly body: string | Uint8Array | ByteStream;
}

/** What an error says beside its message, in the formats that have a place for it. */
export interface ErrorExtras {
  /** Further elements, in order. */
  readonly details?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Of a denial: what DecodeAuthorizationMessage decodes. */
  readonly encodedAuthorizationMessage?: string | undefined;
}

export interface Protocol {
  /** The operation that a request says it is for, of a service with that card; whether there is one of that name only the model knows. Absent where a request cannot be read without the model. */
  statedOperation?(request: WireRequest, card: ServiceCard): string | undefined;
  /** The name of the operation that a request of this format names, or undefined where it names none, or one of another API version. The router asks it when the service is known. */
  operationName(request: WireRequest, service: Service): string | undefined;
  /** What a request is answered that names no operation of its service, in the format's own words. */
  unknownOperation(request: WireRequest, service: Service): ApiError;
  /** The input as the model types it, unknown parameters left out. What cannot be read as its shape's type raises MalformedInput (or the format's own error). */
  readInput(operation: Operation, request: WireRequest): StructureValue;
  writeOutput(operation: Operation, output: StructureValue | undefined, requestId: string): WireResponse;
  /** `service` is undefined where no service could be told (an unknown action: the AWSFault namespace). */
  writeError(service: Service | undefined, error: ErrorShape, message: string, requestId: string, extras?: ErrorExtras): WireResponse;
}
