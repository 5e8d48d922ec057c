/** A request as its signer saw it: what the wire carried, before anything was decoded, split or joined. */

/** One HTTP/1.1 request. Every character of the strings is one byte of the wire, as node:http hands them out. */
export interface SignedRequest {
  readonly method: string;
  /** The request target as received: path, and `?query` where there is one. */
  readonly target: string;
  /** Names and values by turns, in wire order, repeats kept. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
}
