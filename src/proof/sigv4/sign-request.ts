/** Signs a request to another server, the way of S3: what verify.ts verifies, from the other end. Source: "Create a signed AWS API request"; "Authenticating Requests (AWS Signature Version 4)" (S3). */
import { hash } from 'node:crypto';
import { isoBasic } from '../../base/clock.ts';
import type { Timestamp } from '../../base/clock.ts';
import { algorithm } from './claim-parts.ts';
import { SigningKey } from './signing-key.ts';

export interface RequestToSign {
  readonly method: string;
  /** As it goes over the wire: every byte percent-encoded but unreserved ones and slashes. */
  readonly path: string;
  /** As it goes over the wire: encoded the same way, pairs in the order of their bytes. */
  readonly query: string;
  /** All that are signed, the host among them, in whatever case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Hexadecimal, or the word that stands in its place. */
  readonly payload: string;
}

/** Signs for one region with one access key. */
export class RequestSigner {
  readonly #accessKeyId: string;
  readonly #secret: string;
  readonly #region: string;
  /** Of the day that was signed last. */
  #key: { readonly date: string; readonly key: SigningKey } | undefined;

  constructor(accessKeyId: string, secret: string, region: string) {
    this.#accessKeyId = accessKeyId;
    this.#secret = secret;
    this.#region = region;
  }

  /** The headers that the request goes out with: those it has, and those that make it signed. */
  sign({ method, path, query, headers, payload }: RequestToSign, at: Timestamp): Readonly<Record<string, string>> {
    const timestamp = isoBasic(at);
    const date = timestamp.slice(0, 8);
    if (this.#key?.date !== date) this.#key = { date, key: new SigningKey(this.#secret, { date, region: this.#region, service: 's3', terminator: 'aws4_request' }) };
    const all = { ...headers, 'x-amz-date': timestamp, 'x-amz-content-sha256': payload };
    const signed = Object.entries(all).map(([name, value]) => [name.toLowerCase(), value.trim().replaceAll(/ +/g, ' ')] as const).sort(([a], [b]) => (a < b ? -1 : 1));
    const names = signed.map(([name]) => name).join(';');
    const canonical = `${method}\n${path}\n${query}\n${signed.map(([name, value]) => `${name}:${value}\n`).join('')}\n${names}\n${payload}`;
    const signature = this.#key.key.sign(timestamp, hash('sha256', Buffer.from(canonical, 'latin1')));
    return { ...all, Authorization: `${algorithm} Credential=${this.#accessKeyId}/${date}/${this.#region}/s3/aws4_request, SignedHeaders=${names}, Signature=${signature}` };
  }
}
