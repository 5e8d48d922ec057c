/** Whether two wildcard patterns can match the same text, and whether one takes in all that another does. For checks of policies, not for decisions. */
import { ArnText } from './arn-text.ts';
import { resourcePattern } from './arn-pattern.ts';
import { Budget } from '../budget.ts';
import { globOf } from './wildcard.ts';

/** A character, or any one or any run of characters but for one. */
type Mark = { readonly is: string } | { readonly any: 'one' | 'run'; readonly but?: string | undefined };

const isRun = (mark: Mark | undefined): boolean => mark !== undefined && 'any' in mark && mark.any === 'run';

/** Longer patterns are taken to overlap. */
const stepsMax = 2_000_000;

/** Whether some text matches both. */
function marksOverlap(a: readonly Mark[], b: readonly Mark[]): boolean {
  if (a.length * b.length > stepsMax) return true;
  const width = b.length + 1;
  const seen = new Set<number>([0]);
  // A set is gone through in the order of insertion, and what is added meanwhile too.
  for (const place of seen) {
    const [i, j] = [Math.floor(place / width), place % width];
    const [left, right] = [a[i], b[j]];
    if (left === undefined && right === undefined) return true;
    if (isRun(left)) seen.add(place + width);
    if (isRun(right)) seen.add(place + 1);
    if (left !== undefined && right !== undefined && haveCommon(left, right)) seen.add((isRun(left) ? i : i + 1) * width + (isRun(right) ? j : j + 1));
  }
  return false;
}

function haveCommon(a: Mark, b: Mark): boolean {
  if ('is' in a) return 'is' in b ? a.is === b.is : a.is !== b.but;
  return !('is' in b) || b.is !== a.but;
}

const variable = /\$\{[^}]*\}/g;

/** A pattern of Resource, in which a variable may stand for anything. */
const marksOfResource = (pattern: string): readonly Mark[] => [...pattern.replaceAll(variable, '*')].map((is): Mark => (is === '*' ? { any: 'run' } : is === '?' ? { any: 'one' } : { is }));

/** A form of ARN as AWS lists it: `arn:${Partition}:s3:::${BucketName}`. No name in its first five parts has a colon, and no bucket's a slash. */
function marksOfForm(form: string): readonly Mark[] {
  let colons = 0;
  return (form.match(/\$\{[^}]*\}|[^]/g) ?? []).map((part): Mark => {
    if (part === ':') colons++;
    if (part.length === 1 && part !== '*') return { is: part };
    return { any: 'run', but: colons < 5 ? ':' : part === '${BucketName}' ? '/' : undefined };
  });
}

/** Whether a pattern of Resource can match an ARN of that form. Parts that it leaves out may be anything. */
export function canBeOfForm(resource: string, form: string): boolean {
  if (resource === '*') return true;
  const isWhole = resource.replaceAll(variable, '').split(':').length >= 6 || resource.endsWith('*');
  return marksOverlap(marksOfResource(isWhole ? resource : `${resource}:*`), marksOfForm(form));
}

/** Whether `wide` takes in every action that `narrow` does, as the two are written. */
export function takesInAction(wide: string, narrow: string): boolean {
  const [outer, inner] = [wide.toLowerCase(), narrow.toLowerCase()];
  return outer === inner || (!isBlurred(outer, inner) && globOf(outer).matches(inner, 0, inner.length, new Budget()));
}

/** The same of resources. A variable is what it is written as. */
export function takesInResource(wide: string, narrow: string): boolean {
  return wide === '*' || wide === narrow || (!isBlurred(wide, narrow) && resourcePattern(wide, false).matches(new ArnText(narrow), { get: () => undefined }, new Budget()));
}

/** A `?` of the one would take a `*` of the other for a character. */
const isBlurred = (wide: string, narrow: string): boolean => wide.includes('?') && narrow.includes('*');
