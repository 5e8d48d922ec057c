/** Who may read `/metrics`: who shows the operator's token; without one, who is on this machine. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpRequest } from './http-request.ts';

/** Whether a request may. */
export type MayReadMetrics = (request: HttpRequest) => boolean;

/** What a proxy adds: who asks through one is not on this machine, whatever the connection's address says. */
const forwardedHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

const isLocal = (address: string): boolean => /^(?:::ffff:)?127\./.test(address) || address === '::1';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** `token` is what a bearer must show (RFC 6750, section 2.1); with one, an address proves nothing. */
export function metricsReaders(token: string | undefined): MayReadMetrics {
  if (token === undefined) return (request) => isLocal(request.remoteAddress) && forwardedHeaders.every((name) => request.header(name) === undefined);
  const expected = digest(`Bearer ${token}`);
  return (request) => timingSafeEqual(digest(request.header('authorization') ?? ''), expected);
}
