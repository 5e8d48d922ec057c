/** Any operation of a query service, asked of a Gatehouse in memory without an SDK: for our own API, and for what no SDK would send. */
import type { Answer } from '../src/server/http-request.ts';
import type { KeyPair, TestGatehouse } from './gatehouse.ts';
import { signRequest } from './sign-request.ts';
import type { RequestToSign } from './sign-request.ts';

/** What `signRequest` makes, as a raw request. */
export function sendSigned(gatehouse: TestGatehouse, options: Omit<RequestToSign, 'accessKeyId' | 'secretAccessKey' | 'at'>, { accessKeyId, secretAccessKey, sessionToken }: KeyPair = gatehouse.admin): Promise<Answer> {
  const { method, target, rawHeaders, body } = signRequest({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }), at: gatehouse.clock.now, ...options });
  return gatehouse.send({ method, target, headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), body });
}

const versions = { gatehouse: '2026-11-24', iam: '2010-05-08', sts: '2011-06-15' } as const;

export function callQuery(gatehouse: TestGatehouse, service: keyof typeof versions, parameters: Readonly<Record<string, string>>, key?: KeyPair): Promise<Answer> {
  const body = new URLSearchParams({ ...parameters, Version: versions[service] }).toString();
  return sendSigned(gatehouse, { service, region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body }, key);
}

export const textOf = ({ body }: Answer): string => Buffer.from(body).toString();
