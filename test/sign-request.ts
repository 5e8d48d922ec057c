/** Signs requests for tests with aws4, which shares no code with what verifies them. */
import aws4 from 'aws4';
import { isoBasic, type Timestamp } from '../src/base/clock.ts';
import type { SignedRequest } from '../src/proof/signed-request.ts';

export interface RequestToSign {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly at: Timestamp;
  readonly service?: string;
  readonly region?: string;
  readonly method?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Lower-case names of headers that are left unsigned. */
  readonly ignoredHeaders?: readonly string[];
  /** Whether the signature goes into the query. */
  readonly isPresigned?: boolean;
}

export function signRequest({ accessKeyId, secretAccessKey, sessionToken, at, service = 'sts', region = 'eu-central-1', method = 'POST', target = '/', headers = {}, body = '', isPresigned = false, ignoredHeaders = [] }: RequestToSign): SignedRequest {
  const host = 'gatehouse.example:4566';
  const date = isoBasic(at);
  // aws4 takes the date from where it is going to stand.
  const path = isPresigned ? `${target}${target.includes('?') ? '&' : '?'}X-Amz-Date=${date}` : target;
  const signed = aws4.sign(
    { method, service, region, host, path, signQuery: isPresigned, headers: { Host: host, ...(!isPresigned && { 'X-Amz-Date': date }), ...headers }, ...(body !== '' && { body }), extraHeadersToIgnore: Object.fromEntries(ignoredHeaders.map((name) => [name, true])) },
    { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  );
  return { method, target: signed.path, rawHeaders: Object.entries(signed.headers).flatMap(([name, value]) => [name, String(value)]), body: Buffer.from(body) };
}

/** The request with a header changed, added, or taken away (undefined). */
export function withHeader(request: SignedRequest, name: string, value: string | undefined): SignedRequest {
  const rawHeaders: string[] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    if (request.rawHeaders[i]!.toLowerCase() !== name.toLowerCase()) rawHeaders.push(request.rawHeaders[i]!, request.rawHeaders[i + 1]!);
  }
  if (value !== undefined) rawHeaders.push(name, value);
  return { ...request, rawHeaders };
}

/** The first value of a header. */
export function headerOf({ rawHeaders }: SignedRequest, name: string): string | undefined {
  const at = rawHeaders.findIndex((raw, i) => i % 2 === 0 && raw.toLowerCase() === name.toLowerCase());
  return at < 0 ? undefined : rawHeaders[at + 1];
}
