/** The twin's wildcards, ARNs and variables. Source: "IAM JSON policy elements: Action", "Resource", "IAM policy elements: Variables and tags" (IAM User Guide). */
import type { RequestContext } from '../../src/policy/types.ts';
import type { ReadList } from './reference-document.ts';

/** A character that means itself, or a wildcard; of the latter some take in no colon. */
type Mark = { readonly is: string } | 'anyRun' | 'anyOne' | 'anyRunButColons' | 'anyOneButColon';

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
      else if (mark === 'anyRun' || mark === 'anyRunButColons') found = matchesFrom(p + 1, t) || (t < text.length && (mark === 'anyRun' || text[t] !== ':') && matchesFrom(p, t + 1));
      else if (mark === 'anyOne' || mark === 'anyOneButColon') found = t < text.length && (mark === 'anyOne' || text[t] !== ':') && matchesFrom(p + 1, t + 1);
      else found = t < text.length && mark.is === text[t] && matchesFrom(p + 1, t + 1);
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
  const readings = texts.map((text) => resourceReadings(text, context, areVariablesAllowed));
  if (isNegated && readings.includes(undefined)) return false;
  return readings.some((of) => of?.some((reading) => reading === 'everything' || (splitArn(resource.split('')).length === 6 && matchesAll(reading, resource)))) !== isNegated;
}

/**
 * What a pattern may mean; undefined where a variable cannot be resolved. Parts that it leaves out match anything, or none is left out and a wildcard stands for several.
 * GUESS: both, for nobody has said which; a Deny should not take in less than was meant.
 */
function resourceReadings(text: string, context: RequestContext, areVariablesAllowed: boolean): readonly (readonly Mark[] | 'everything')[] | undefined {
  if (text === '*') return ['everything'];
  const parts = splitArn(lettersOf(text, areVariablesAllowed)).map((part) => part.join(''));
  const sixth = parts[5] === undefined ? undefined : substitute(parts[5], context, areVariablesAllowed, withWildcards);
  const before = parts.slice(0, 5).map(partOfResource);
  if (parts[5] !== undefined) return sixth && [joined([...before, sixth])];
  return [joined(before), joined([...before, ['anyRun']])];
}

/**
 * One of the first five parts, in which there are no variables: "You can use a policy variable in the Resource element, but only in the resource portion of the ARN [that] appears after the fifth colon."
 * "You can use wildcard characters (* and ?) within the individual segments of an ARN. If the * wildcard is the last character of a resource ARN segment, it can expand to match beyond the colon boundaries."
 * Until that sentence was written the page said that "a wildcard cannot span segments", as S3's page still does; the page on the language is taken for the one that is right.
 */
function partOfResource(part: string): readonly Mark[] {
  return withWildcards(part).map((mark, i) => (mark === 'anyOne' ? 'anyOneButColon' : mark === 'anyRun' && i < part.length - 1 ? 'anyRunButColons' : mark));
}

/** The parts with the colons between them. */
const joined = (parts: readonly (readonly Mark[])[]): readonly Mark[] => parts.flatMap((part, i) => (i === 0 ? part : literal(':').concat(part)));

/** The letters of a text, where a variable is one: the colons in its name part nothing. */
const lettersOf = (text: string, areVariablesAllowed: boolean): readonly string[] => (areVariablesAllowed ? text.match(/\$\{[^}]*\}|[^]/g) ?? [] : text.split(''));

/** ArnEquals and ArnLike: "each of the six colon-delimited components of the ARN is checked separately". A variable may stand in any part, and one alone for the whole. Parts that the pattern leaves out match anything. */
export function arnConditionMatches(operand: string, value: string, context: RequestContext, areVariablesAllowed: boolean): boolean {
  if (operand === '*') return true;
  const isVariable = areVariablesAllowed && /^\$\{[^}]*\}$/.test(operand);
  if (isVariable) return substituteText(operand, context, areVariablesAllowed) === value;
  const patterns = splitArn(lettersOf(operand, areVariablesAllowed)).map((part) => substitute(part.join(''), context, areVariablesAllowed, withWildcards));
  const parts = splitArn(value.split('')).map((part) => part.join(''));
  return parts.length === 6 && patterns.every((pattern, i) => pattern !== undefined && matchesAll(pattern, parts[i]!));
}

/** "Non-ARN request values never match." */
export const isArn = (text: string): boolean => text.startsWith('arn:') && text.split(':').length >= 6;

/** In at most six parts: the sixth may hold colons. */
function splitArn(letters: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  for (const letter of letters) {
    if (letter === ':' && parts.length < 6) parts.push([]);
    else parts.at(-1)!.push(letter);
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
