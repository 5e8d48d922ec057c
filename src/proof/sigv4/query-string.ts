/** The query string as signatures see it: decoded, encoded again the one way that is signed, sorted. Source: "Create a signed AWS API request", step "Create a canonical request". */
import { encodeBytes } from './percent-encoding.ts';

/** A parameter with name and value in signed encoding. */
export interface Parameter { readonly name: string; readonly value: string }

/** The parameters of a query string (without its `?`), in wire order. Throws where a percent escape is broken. */
export function parseQuery(query: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    parameters.push({ name: encodeBytes(name, queryEncoding), value: equals < 0 ? '' : encodeBytes(part.slice(equals + 1), queryEncoding) });
  }
  return parameters;
}

// A `+` means a space to those who read parameters, so it has to mean one to the signature too: otherwise `%2B` could be turned into a space unnoticed.
const queryEncoding = { isEncoded: true, isPlusSpace: true, keepSlash: false } as const;

/** The parameters as they are signed, sorted by name and then value, without the signature itself. */
export function canonicalQuery(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  return parameters
    .filter(({ name }) => name.toLowerCase() !== 'x-amz-signature')
    .sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
