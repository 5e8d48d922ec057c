/** ARNs as patterns: each part matched by itself, so that a wildcard in one never reaches into the next. Source: "IAM JSON policy elements: Resource", "Condition operators" (IAM User Guide). */
import type { Budget } from './budget.ts';
import type { RequestContext } from './types.ts';
import { readTemplate, resolve, type Template } from './variables.ts';
import { matches, wildcardTokens, type Tokens } from './wildcard.ts';

/** Matches a resource or ARN value. */
export type ArnMatcher = (value: string, context: RequestContext, budget: Budget) => boolean;

/** Where the first five colons of an ARN stand; undefined when there are fewer. */
function colonsOf(text: string): readonly number[] | undefined {
  const colons: number[] = [];
  for (let at = text.indexOf(':'); at >= 0 && colons.length < 5; at = text.indexOf(':', at + 1)) colons.push(at);
  return colons.length === 5 ? colons : undefined;
}

const everything: Tokens = wildcardTokens('*');

/** A pattern of an ARN: `*`, or parts between the first five colons, of which missing ones match anything. Variables stand in the last part only. */
export function arnMatcher(pattern: string, hasVariables: boolean): ArnMatcher {
  if (pattern === '*') return () => true;
  const colons = colonsOf(pattern);
  const last: Template = readTemplate(colons ? pattern.slice(colons[4]! + 1) : '*', hasVariables, true);
  const parts = (colons ? pattern.slice(0, colons[4]) : pattern).split(':').map(wildcardTokens);
  while (parts.length < 5) parts.push(everything);
  return (value, context, budget) => {
    const at = colonsOf(value);
    if (!at) return false;
    let start = 0;
    for (let i = 0; i < 5; i++) {
      if (!matches(parts[i]!, value, budget, start, at[i]!)) return false;
      start = at[i]! + 1;
    }
    const tokens = resolve(last, context);
    return tokens !== undefined && matches(tokens, value, budget, start);
  };
}
