/** Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}` `${?}` `${$}`. Source: "IAM policy elements: Variables and tags" (IAM User Guide). */
import type { RequestContext } from './types.ts';
import { literalTokens, wildcardTokens, type Tokens } from './wildcard.ts';

type Part = Tokens | { readonly key: string; readonly fallback: string | undefined };

/** Text that may hold variables: fixed, or resolved at each request. */
export type Template = { readonly fixed: Tokens } | { readonly parts: readonly Part[] };

/** How the text outside variables is read. */
type Reader = (text: string) => Tokens;

/** Reads text with variables. Where they are not allowed, or it is an old policy's, `${` is itself. A variable that cannot be read is never resolved. */
export function readTemplate(text: string, hasVariables: boolean, hasWildcards: boolean): Template {
  const read: Reader = hasWildcards ? wildcardTokens : literalTokens;
  if (!hasVariables || !text.includes('${')) return { fixed: read(text) };
  const parts: Part[] = [];
  let at = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', at)) {
    const close = text.indexOf('}', open);
    if (close < 0) break;
    parts.push(read(text.slice(at, open)), variablePart(text.slice(open + 2, close)));
    at = close + 1;
  }
  parts.push(read(text.slice(at)));
  return parts.every((part) => 'length' in part) ? { fixed: (parts as readonly Tokens[]).flat() } : { parts };
}

function variablePart(body: string): Part {
  if (body === '*' || body === '?' || body === '$') return literalTokens(body);
  const comma = body.indexOf(',');
  if (comma < 0) return { key: body.trim().toLowerCase(), fallback: undefined };
  const quoted = body.slice(comma + 1).trim();
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  return { key: body.slice(0, comma).trim().toLowerCase(), fallback: isQuoted ? quoted.slice(1, -1) : undefined };
}

/** The tokens at this request; undefined where a variable has no single value and no default. What a variable stands for is literal, never a wildcard. */
export function resolve(template: Template, context: RequestContext): Tokens | undefined {
  if ('fixed' in template) return template.fixed;
  const tokens: number[] = [];
  for (const part of template.parts) {
    if ('length' in part) {
      for (const token of part) tokens.push(token);
      continue;
    }
    const value = context.get(part.key);
    const text = typeof value === 'string' ? value : value === undefined ? part.fallback : undefined;
    if (text === undefined) return undefined;
    for (let i = 0; i < text.length; i++) tokens.push(text.charCodeAt(i));
  }
  return tokens;
}
