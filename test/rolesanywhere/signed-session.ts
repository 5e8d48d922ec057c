/** CreateSession as a device makes it, signed with its certificate's key by the page of the user guide and none of the code that verifies. */
import { createHash, sign, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Timestamp } from '../../src/base/clock.ts';
import type { RawRequest } from '../gatehouse.ts';

export interface SessionRequest {
  readonly key: KeyObject;
  /** In DER, and those that come with it. */
  readonly certificate: Uint8Array;
  readonly chain?: readonly Uint8Array[];
  readonly at: Timestamp;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly region?: string;
  readonly algorithm?: string;
  readonly service?: string;
  readonly serial?: string;
  /** Header names that are not signed. */
  readonly unsigned?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly target?: string;
}

const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

export interface SignedSession extends RawRequest { readonly headers: readonly (readonly [string, string])[]; readonly body: string; readonly target: string }

export function signedSession({ key, certificate, chain = [], at, query = {}, body = {}, region = 'us-east-1', service = 'rolesanywhere', unsigned = [], ...more }: SessionRequest): SignedSession {
  const algorithm = more.algorithm ?? `AWS4-X509-${key.asymmetricKeyType === 'rsa' ? 'RSA' : 'ECDSA'}-SHA256`;
  const date = new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const serial = more.serial ?? BigInt(`0x${new X509Certificate(certificate).serialNumber}`).toString();
  const base64 = (der: Uint8Array): string => Buffer.from(der).toString('base64');
  const headers: Record<string, string> = {
    host: 'rolesanywhere.us-east-1.amazonaws.com', 'content-type': 'application/json', 'x-amz-date': date, 'x-amz-x509': base64(certificate),
    ...(chain.length > 0 && { 'x-amz-x509-chain': chain.map(base64).join(',') }), ...more.headers,
  };
  const names = Object.keys(headers).filter((name) => !unsigned.includes(name)).sort();
  const queryText = Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join('&');
  const text = JSON.stringify(body);
  const path = more.target ?? '/sessions';
  const canonical = ['POST', path, queryText, ...names.map((name) => `${name}:${headers[name]}`), '', names.join(';'), sha256(text)].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const signature = sign('sha256', Buffer.from([algorithm, date, scope, sha256(canonical)].join('\n')), key).toString('hex');
  const authorization = `${algorithm} Credential=${serial}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { method: 'POST', target: queryText === '' ? path : `${path}?${queryText}`, headers: [...Object.entries(headers), ['Authorization', authorization]], body: text };
}
