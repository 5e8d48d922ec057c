/** ARNs as patterns. In a condition each part is matched by itself; in Resource a `*` that ends a part may reach into the next. Source: "IAM JSON policy elements: Resource", "Condition operators" (IAM User Guide). */
import type { ArnPattern, ArnText } from './arn-text.ts';
import type { Budget } from '../budget.ts';
import { EitherPattern, ReachingPattern } from './reaching-pattern.ts';
import type { RequestContext } from '../types.ts';
import { GlobTemplate, hasVariable, TextTemplate } from './variables.ts';
import { behindColons, type Glob, globOf } from './wildcard.ts';

/** `*`: everything, ARN or not. */
const everything: ArnPattern = { resourceHead: undefined, isReaching: false, matches: () => true, isResolved: () => true };

/** Text that is nothing but itself, or all that begins with it: what most resources are written as. */
class LiteralPattern implements ArnPattern {
  readonly isReaching = false;
  readonly #text: string;
  readonly #isPrefix: boolean;

  constructor(text: string, isPrefix: boolean) {
    this.#text = text;
    this.#isPrefix = isPrefix;
  }

  get resourceHead(): string {
    return behindColons([this.#text], 5);
  }

  matches({ text }: ArnText): boolean {
    return this.#isPrefix ? text.startsWith(this.#text) : text === this.#text;
  }

  isResolved(): boolean {
    return true;
  }
}

/** One variable alone, which stands for a whole ARN. */
class VariablePattern implements ArnPattern {
  readonly resourceHead = '';
  readonly isReaching = false;
  readonly #variable: TextTemplate;

  constructor(text: string) {
    this.#variable = new TextTemplate(text);
  }

  matches({ text }: ArnText, context: RequestContext): boolean {
    return text === this.#variable.resolve(context);
  }

  isResolved(context: RequestContext): boolean {
    return this.#variable.resolve(context) !== undefined;
  }
}

/** A pattern of six parts that may be matched as one text: its first five are nothing but themselves, so that the parts cannot but fall on each other, or their only wildcards may take in colons. */
class WholePattern implements ArnPattern {
  readonly #pattern: Glob | GlobTemplate;
  readonly isReaching: boolean;

  constructor(pattern: Glob | GlobTemplate, isReaching: boolean) {
    this.#pattern = pattern;
    this.isReaching = isReaching;
  }

  get resourceHead(): string {
    return this.#pattern.behindColons(5);
  }

  matches({ text }: ArnText, context: RequestContext, budget: Budget): boolean {
    return this.#pattern.matches(text, 0, text.length, budget, context);
  }

  isResolved(context: RequestContext): boolean {
    return this.#pattern.isResolved(context);
  }
}

/**
 * Any other: span by span. A span is some parts that are nothing but themselves and the one behind them, matched as one text between two colons: again the parts
 * cannot but fall on each other. Missing parts match anything.
 */
class SpannedPattern implements ArnPattern {
  readonly isReaching = false;
  readonly #spans: readonly (Glob | GlobTemplate)[];
  /** The last part of each span. */
  readonly #lasts: readonly number[];

  constructor(spans: readonly (Glob | GlobTemplate)[], lasts: readonly number[]) {
    this.#spans = spans;
    this.#lasts = lasts;
  }

  get resourceHead(): string {
    const last = this.#spans.length - 1;
    return this.#lasts[last] === 5 ? this.#spans[last]!.behindColons(4 - (this.#lasts[last - 1] ?? -1)) : '';
  }

  matches({ text, ends }: ArnText, context: RequestContext, budget: Budget): boolean {
    if (ends.length === 0) return false;
    let start = 0;
    for (let i = 0; i < this.#spans.length; i++) {
      const last = this.#lasts[i]!;
      const end = last < 5 ? ends[last]! : text.length;
      if (!this.#spans[i]!.matches(text, start, end, budget, context)) return false;
      start = end + 1;
    }
    return true;
  }

  isResolved(context: RequestContext): boolean {
    return this.#spans.every((span) => span.isResolved(context));
  }
}

/**
 * A pattern of Resource or NotResource: variables may stand in its last part only. "If the * wildcard is the last character of a resource ARN segment, it can expand to match
 * beyond the colon boundaries": over as many as there are. Earlier editions of the page had it that "a wildcard cannot span segments", as S3's pages still do. Other wildcards stay within
 * their part. Parts that are missing match anything: AWS's messages about such patterns print them as `*`.
 */
export function resourcePattern(pattern: string, areVariablesAllowed: boolean): ArnPattern {
  if (pattern === '*') return everything;
  const isTemplate = hasVariable(pattern, areVariablesAllowed);
  const parts = isTemplate ? partsOutsideVariables(pattern) : partsOf(pattern);
  const isReaching = parts.some((part, i) => i < 5 && part.endsWith('*'));
  if (parts.length < 6 && !pattern.endsWith('*')) {
    const filled = resourcePattern(`${pattern}:*`, false);
    // Or nothing is missing, and a wildcard reaches over the colons that are.
    return isReaching ? new EitherPattern(filled, new ReachingPattern(parts, undefined)) : filled;
  }
  if (!isReaching) return arnPattern(pattern, parts, isTemplate, 5);
  // In the first five parts there is nothing but text, and `*` where they end.
  const isPlain = parts.length === 6 && parts.every((part, i) => i === 5 || !/[*?]|\$\{/.test(part.replace(/\*+$/, '')));
  if (!isPlain) return new ReachingPattern(parts, isTemplate && parts.length === 6 ? new GlobTemplate(parts[5]!) : undefined);
  return new WholePattern(isTemplate ? new GlobTemplate(pattern) : globOf(pattern), true);
}

/** A pattern of a condition, "each of the six colon-delimited components" of which "is checked separately": variables may stand in every part. */
export function conditionArnPattern(pattern: string, areVariablesAllowed: boolean): ArnPattern {
  if (pattern === '*') return everything;
  const isTemplate = hasVariable(pattern, areVariablesAllowed);
  if (isTemplate && pattern.startsWith('${') && pattern.indexOf('}') === pattern.length - 1) return new VariablePattern(pattern);
  return arnPattern(pattern, isTemplate ? partsOutsideVariables(pattern) : partsOf(pattern), isTemplate, 0);
}

/** A pattern whose wildcards stay within their parts. */
function arnPattern(pattern: string, parts: readonly string[], isTemplate: boolean, variablesFrom: number): ArnPattern {
  const open = parts.findIndex((part) => part.includes('*') || part.includes('?') || (isTemplate && part.includes('${')));
  if (open < 0 && parts.length === 6) return new LiteralPattern(pattern, false);
  // The first five colons stand in what it begins with, so the parts cannot but fall on each other.
  if (open === 5 && !isTemplate && !pattern.includes('?') && pattern.indexOf('*') === pattern.length - 1) return new LiteralPattern(pattern.slice(0, -1), true);
  if (open === 5) return new WholePattern(isTemplate ? new GlobTemplate(pattern) : globOf(pattern), false);
  return spannedPattern(parts, (part, i) => isTemplate && i >= variablesFrom && part.includes('${'));
}

function spannedPattern(parts: readonly string[], isTemplate: (part: string, i: number) => boolean): SpannedPattern {
  const spans: (Glob | GlobTemplate)[] = [];
  const lasts: number[] = [];
  for (const [i, part] of parts.entries()) {
    const isOpen = isTemplate(part, i) || part.includes('*') || part.includes('?');
    if (!isOpen && i < parts.length - 1) continue;
    const text = parts.slice((lasts.at(-1) ?? -1) + 1, i + 1).join(':');
    spans.push(isTemplate(part, i) ? new GlobTemplate(text) : i < 5 ? sharedGlob(text) : globOf(text));
    lasts.push(i);
  }
  // A copy is as long as it must be, which a list that grew is not.
  return new SpannedPattern(spans.slice(), shared(lasts));
}

/** What patterns begin with is much the same in all of them: `arn:aws:sqs:*`. */
const sharedMax = 4_096;
const sharedGlobs = new Map<string, Glob>();
const sharedLasts = new Map<string, readonly number[]>();

function sharedGlob(text: string): Glob {
  const known = sharedGlobs.get(text);
  if (known) return known;
  const glob = globOf(text);
  if (sharedGlobs.size >= sharedMax) sharedGlobs.clear();
  if (text.length <= 128) sharedGlobs.set(text, glob);
  return glob;
}

/** There are only so many ways to part six parts. */
function shared(lasts: readonly number[]): readonly number[] {
  const name = lasts.join('');
  if (!sharedLasts.has(name)) sharedLasts.set(name, lasts.slice());
  return sharedLasts.get(name)!;
}

function partsOf(text: string): readonly string[] {
  const parts = text.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

/** The parts where a colon inside of `${…}` parts nothing. */
function partsOutsideVariables(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length && parts.length < 5; at++) {
    if (text.startsWith('${', at)) {
      const close = text.indexOf('}', at);
      if (close >= 0) at = close;
    } else if (text[at] === ':') {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
