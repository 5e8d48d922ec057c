/** The twin's wildcards, ARNs and variables. Source: "IAM JSON policy elements: Action", "Resource", "IAM policy elements: Variables and tags" (IAM User Guide). */
import type { RequestContext } from '../../src/policy/types.ts';
import type { ReadList } from './reference-document.ts';

/** A character that means itself, or a wildcard. */
type Mark = { readonly is: string } | 'anyRun' | 'anyOne';

const literal = (text: string): readonly Mark[] => text.split('').map((is) => ({ is }));

/** "An asterisk represents any combination of characters and a question mark represents any single character." */
export const withWildcards = (text: string): readonly Mark[] => text.split('').map((is) => (is === '*' ? 'anyRun' : is === '?' ? 'anyOne' : { is }));

/** Whether the whole text matches: by trying, each pair of places once. */
export function matchesAll(pattern: readonly Mark[], text: string): boolean {
  const tried = new Map<number, boolean>();
  const matchesFrom = (p: number, t: number): boolean => {
    const place = p * (text.length + 1) + t;
    let found = tried.get(place);
    if (found === undefined) {
      const mark = pattern[p];
      if (mark === undefined) found = t === text.length;
      else if (mark === 'anyRun') found = matchesFrom(p + 1, t) || (t < text.length && matchesFrom(p, t + 1));
      else found = t < text.length && (mark === 'anyOne' || mark.is === text[t]) && matchesFrom(p + 1, t + 1);
      tried.set(place, found);
    }
    return found;
  };
  return matchesFrom(0, 0);
}

/** "The prefix and the action name are case insensitive." */
export function actionMatches({ texts, isNegated }: ReadList, action: string): boolean {
  return texts.some((text) => matchesAll(withWildcards(text.toLowerCase()), action.toLowerCase())) !== isNegated;
}

/** Resource and NotResource. A variable that cannot be resolved matches nothing, in NotResource too: "any attempt to match it fails and causes the statement to be invalid". */
export function resourceMatches({ texts, isNegated }: ReadList, resource: string, context: RequestContext, areVariablesAllowed: boolean): boolean {
  const patterns = texts.map((text) => resourcePattern(text, context, areVariablesAllowed));
  if (isNegated && patterns.includes(undefined)) return false;
  return patterns.some((pattern) => pattern !== undefined && arnMatches(pattern, resource)) !== isNegated;
}

/** The parts between the first five colons, or fewer. */
type ArnParts<Part> = readonly Part[] | 'everything';

/** "You can use a policy variable in the Resource element, but only in the resource portion of the ARN [that] appears after the fifth colon." */
function resourcePattern(text: string, context: RequestContext, areVariablesAllowed: boolean): ArnParts<readonly Mark[]> | undefined {
  if (text === '*') return 'everything';
  const parts = splitArn(text.split(''), (letter) => letter === ':').map((part) => part.join(''));
  const last = parts[5] === undefined ? undefined : substitute(parts[5], context, areVariablesAllowed, withWildcards);
  if (parts[5] !== undefined && last === undefined) return undefined;
  return [...parts.slice(0, 5).map(withWildcards), ...(last ? [last] : [])];
}

/**
 * "Each of the six colon-delimited components of the ARN is checked separately." Parts that the pattern leaves out match anything.
 * GUESS: the page on Resource also says that a `*` that ends a segment "can expand to match beyond the colon boundaries". How far, nobody has seen; here it does not.
 */
function arnMatches(pattern: ArnParts<readonly Mark[]>, text: string): boolean {
  if (pattern === 'everything') return true;
  const parts = splitArn(text.split(''), (letter) => letter === ':').map((part) => part.join(''));
  return parts.length === 6 && pattern.every((part, i) => matchesAll(part, parts[i]!));
}

/** ArnEquals and ArnLike: a variable may stand in any part, and one alone for the whole. The colons in its name part nothing. */
export function arnConditionMatches(operand: string, value: string, context: RequestContext, areVariablesAllowed: boolean): boolean {
  if (operand === '*') return true;
  const isVariable = areVariablesAllowed && /^\$\{[^}]*\}$/.test(operand);
  if (isVariable) return substituteText(operand, context, areVariablesAllowed) === value;
  const letters = areVariablesAllowed ? operand.match(/\$\{[^}]*\}|[^]/g) ?? [] : operand.split('');
  const parts = splitArn(letters, (letter) => letter === ':').map((part) => substitute(part.join(''), context, areVariablesAllowed, withWildcards));
  return parts.every((part) => part !== undefined) && arnMatches(parts, value);
}

/** "Non-ARN request values never match." */
export const isArn = (text: string): boolean => text.startsWith('arn:') && text.split(':').length >= 6;

/** In at most six parts: the sixth may hold colons. */
function splitArn<Item>(items: readonly Item[], isColon: (item: Item) => boolean): readonly (readonly Item[])[] {
  const parts: Item[][] = [[]];
  for (const item of items) {
    if (isColon(item) && parts.length < 6) parts.push([]);
    else parts.at(-1)!.push(item);
  }
  return parts;
}

/**
 * A text with its variables replaced; undefined where one has no single value and no default. What a variable stands for is itself, never a wildcard.
 * "${*} ${?} ${$}: use where you need [the] character". "To add a default value to a variable, surround [it] with single quotes, and separate the variable text and the default value with a comma and space."
 */
export function substitute(text: string, context: RequestContext, areVariablesAllowed: boolean, read: (text: string) => readonly Mark[]): readonly Mark[] | undefined {
  if (!areVariablesAllowed) return read(text);
  const marks: Mark[] = [];
  let at = 0;
  for (const { 0: whole, 1: inside = '', index } of text.matchAll(/\$\{([^}]*)\}/g)) {
    marks.push(...read(text.slice(at, index)));
    at = index + whole.length;
    const value = valueOf(inside, context);
    if (value === undefined) return undefined;
    marks.push(...literal(value));
  }
  return [...marks, ...read(text.slice(at))];
}

/** Text in which only variables, not wildcards, mean something. */
export function substituteText(text: string, context: RequestContext, areVariablesAllowed: boolean): string | undefined {
  return substitute(text, context, areVariablesAllowed, literal)?.map((mark) => (typeof mark === 'object' ? mark.is : '')).join('');
}

function valueOf(variable: string, context: RequestContext): string | undefined {
  if (['*', '?', '$'].includes(variable)) return variable;
  const [, key = variable, fallback] = /^([^,]*), *'(.*)'$/.exec(variable) ?? [];
  // "Key names are case-insensitive." "You can use any available single-valued context key as a policy variable, but you can't use a multivalued context key."
  const value = context.get(key.toLowerCase());
  if (typeof value === 'string') return value;
  return value === undefined || value.length === 0 ? fallback : undefined;
}
