/** What keeps other sites out of our own routes: which origin a browser's request came from, and what a browser may do with our answers. */
import type { AnyAnswer, HttpRequest } from './http-request.ts';

/**
 * Whether a page of our own sent it. Browsers state the origin of every POST; one that does not, or says `null`, is not known to be ours. The port
 * is part of it, which neither cookies nor SameSite look at. Behind a proxy that speaks TLS the origin is https where we are not. Source: RFC 6454; Fetch, "Origin header".
 */
export function isFromOwnPage(request: HttpRequest): boolean {
  const origins = headerValues(request, 'origin');
  const host = request.header('host')?.toLowerCase();
  const [origin] = origins;
  if (origin === undefined || origins.length > 1 || host === undefined) return false;
  const schemes = request.isSecure ? ['https'] : ['http', 'https'];
  return schemes.some((scheme) => origin.toLowerCase() === `${scheme}://${host}`);
}

/** Whether the browser says that another site led here: then it withheld our cookies, which it sends along once the way goes on from a page of ours. Source: Fetch Metadata Request Headers, "Sec-Fetch-Site". */
export const isLedFromElsewhere = (request: HttpRequest): boolean => request.header('sec-fetch-site') === 'cross-site';

function headerValues({ rawHeaders }: HttpRequest, name: string): readonly string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === name);
}

/** Said of every answer of an own route that a browser may get to see. What an answer says itself comes first. `same-origin`, because with no referrer at all forms would state their origin as `null`. */
const browserHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** The answer with what a browser has to know. Over TLS it stays with TLS. Source: RFC 6797. */
export function guarded<Given extends AnyAnswer>(request: HttpRequest, answer: Given): Given {
  const strict: Readonly<Record<string, string>> = request.isSecure ? { 'Strict-Transport-Security': 'max-age=31536000' } : {};
  return { ...answer, headers: { ...browserHeaders, ...strict, 'x-amzn-RequestId': request.requestId, ...answer.headers } };
}
