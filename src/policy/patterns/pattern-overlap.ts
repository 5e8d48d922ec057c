/** Whether two wildcard patterns can match the same text, and whether one takes in all that another does. For checks of policies, not for decisions. */
import { ArnText } from './arn-text.ts';
import { resourcePattern } from './arn-pattern.ts';
import { Budget } from '../budget.ts';
import { globOf } from './wildcard.ts';

/** A character, or any one or any run of characters but for one. */
type Mark = { readonly is: string } | { readonly any: 'one' | 'run'; readonly but?: string | undefined };

const isRun = (mark: Mark | undefined): boolean => mark !== undefined && 'any' in mark && mark.any === 'run';

/** Longer patterns are taken to overlap. */
const stepsMax = 4_000_000;

/** Whether some text matches both: how far each of them can be read when so much of the other has been. At most a step for each pair of marks. */
function marksOverlap(a: readonly Mark[], b: readonly Mark[]): boolean {
  if (a.length * b.length > stepsMax) return true;
  let reached = new Uint8Array(b.length + 1);
  reached[0] = 1;
  for (let i = 0; ; i++) {
    const left = a[i];
    const next = new Uint8Array(b.length + 1);
    for (let j = 0; j <= b.length; j++) {
      if (reached[j] === 0) continue;
      const right = b[j];
      const isCommon = left !== undefined && right !== undefined && haveCommon(left, right);
      // A run may end here, or go on with what the other pattern has next.
      if (isRun(left) || (isCommon && isRun(right))) next[j] = 1;
      if (isRun(right) || (isCommon && isRun(left))) reached[j + 1] = 1;
      if (isCommon && !isRun(left) && !isRun(right)) next[j + 1] = 1;
    }
    if (left === undefined) return reached[b.length] === 1;
    reached = next;
  }
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
