/** Cross-origin requests: what a bucket's rules let pages of other origins do. Source: "Using cross-origin resource sharing (CORS)" (S3 User Guide); WHATWG Fetch, section 3.3. */
import type { CorsRuleDoc } from '../../store/bucket-doc.ts';

/** What a page's browser asks. */
export interface CrossOrigin {
  readonly origin: string;
  readonly method: string;
  /** Of a preflight: the headers that the request will have, in lower case. */
  readonly headers: readonly string[];
}

/** The headers of an answer that lets the page read it; undefined where no rule does. The first rule that fits counts. */
export function corsHeaders(rules: readonly CorsRuleDoc[] | undefined, asked: CrossOrigin, isPreflight: boolean): Readonly<Record<string, string>> | undefined {
  for (const rule of rules ?? []) {
    const origin = rule.AllowedOrigins.find((pattern) => matches(pattern, asked.origin));
    if (origin === undefined || !rule.AllowedMethods.includes(asked.method)) continue;
    if (isPreflight && !asked.headers.every((header) => rule.AllowedHeaders?.some((pattern) => matches(pattern.toLowerCase(), header)))) continue;
    return {
      'Access-Control-Allow-Origin': origin === '*' ? '*' : asked.origin,
      ...(origin !== '*' && { 'Access-Control-Allow-Credentials': 'true' }),
      'Access-Control-Allow-Methods': rule.AllowedMethods.join(', '),
      ...(isPreflight && asked.headers.length > 0 && { 'Access-Control-Allow-Headers': asked.headers.join(', ') }),
      ...(rule.ExposeHeaders?.length && { 'Access-Control-Expose-Headers': rule.ExposeHeaders.join(', ') }),
      ...(rule.MaxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.MaxAgeSeconds) }),
      Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    };
  }
  return undefined;
}

/** A pattern has one asterisk at most. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  return text.length >= pattern.length - 1 && text.startsWith(pattern.slice(0, star)) && text.endsWith(pattern.slice(star + 1));
}
