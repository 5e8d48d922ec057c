/** ARNs as patterns: each part matched by itself, so that a wildcard in one never reaches into the next. Source: "IAM JSON policy elements: Resource", "Condition operators" (IAM User Guide). */
import type { Budget } from './budget.ts';
import type { RequestContext } from './types.ts';
import { GlobTemplate, hasVariable, TextTemplate } from './variables.ts';
import { type Glob, globOf } from './wildcard.ts';

/** A text that may be an ARN: where its parts end is looked up once. */
export class ArnText {
  readonly text: string;
  #ends: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Where the first five colons stand; none where there are fewer. */
  get ends(): readonly number[] {
    return (this.#ends ??= colonsOf(this.text));
  }

  get isArn(): boolean {
    return this.text.startsWith('arn:') && this.ends.length === 5;
  }
}

const none: readonly number[] = [];

function colonsOf(text: string): readonly number[] {
  const first = text.indexOf(':') + 1;
  const second = text.indexOf(':', first) + 1;
  const third = text.indexOf(':', second) + 1;
  const fourth = text.indexOf(':', third) + 1;
  const fifth = text.indexOf(':', fourth);
  // Where one is missing, the search began again at the front.
  return fourth > third && third > second && second > first && first > 0 && fifth >= fourth ? [first - 1, second - 1, third - 1, fourth - 1, fifth] : none;
}

/** A pattern of ARNs. */
export interface ArnPattern {
  /** What the sixth part of every ARN that matches begins with; undefined where that which is no ARN may match too. */
  readonly resourceHead: string | undefined;
  matches(value: ArnText, context: RequestContext, budget: Budget): boolean;
  /** Whether each of its variables stands for something. */
  isResolved(context: RequestContext): boolean;
}

/** `*`: everything, ARN or not. */
const everything: ArnPattern = { resourceHead: undefined, matches: () => true, isResolved: () => true };

/** Text that is nothing but itself, or all that begins with it: what most resources are written as. */
class LiteralPattern implements ArnPattern {
  readonly #text: string;
  readonly #isPrefix: boolean;

  constructor(text: string, isPrefix: boolean) {
    this.#text = text;
    this.#isPrefix = isPrefix;
  }

  get resourceHead(): string {
    return behindColons(this.#text, 5);
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

/** A pattern whose first five parts are nothing but themselves: then the whole may be matched as one text, for the parts cannot but fall on each other. */
class WholePattern implements ArnPattern {
  readonly #pattern: Glob | GlobTemplate;

  constructor(pattern: Glob | GlobTemplate) {
    this.#pattern = pattern;
  }

  get resourceHead(): string {
    return behindColons(this.#pattern.literalHead, 5);
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
  readonly #spans: readonly (Glob | GlobTemplate)[];
  /** The last part of each span. */
  readonly #lasts: readonly number[];

  constructor(spans: readonly (Glob | GlobTemplate)[], lasts: readonly number[]) {
    this.#spans = spans;
    this.#lasts = lasts;
  }

  get resourceHead(): string {
    const last = this.#spans.length - 1;
    return this.#lasts[last] === 5 ? behindColons(this.#spans[last]!.literalHead, 4 - (this.#lasts[last - 1] ?? -1)) : '';
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

/** What is left of a text behind that many colons; nothing where there are fewer. */
function behindColons(text: string, count: number): string {
  let at = 0;
  for (let i = 0; i < count; i++) {
    at = text.indexOf(':', at) + 1;
    if (at === 0) return '';
  }
  return text.slice(at);
}

/** A pattern of Resource or NotResource: variables may stand in its last part only. */
export const resourcePattern = (pattern: string, areVariablesAllowed: boolean): ArnPattern => arnPattern(pattern, areVariablesAllowed, 5);

/** A pattern of a condition: variables may stand in every part. */
export const conditionArnPattern = (pattern: string, areVariablesAllowed: boolean): ArnPattern => arnPattern(pattern, areVariablesAllowed, 0);

function arnPattern(pattern: string, areVariablesAllowed: boolean, variablesFrom: number): ArnPattern {
  if (pattern === '*') return everything;
  const isTemplate = hasVariable(pattern, areVariablesAllowed);
  if (isTemplate && variablesFrom === 0 && pattern.startsWith('${') && pattern.indexOf('}') === pattern.length - 1) return new VariablePattern(pattern);
  const parts = isTemplate ? partsOutsideVariables(pattern) : partsOf(pattern);
  const open = parts.findIndex((part) => part.includes('*') || part.includes('?') || (isTemplate && part.includes('${')));
  if (open < 0 && parts.length === 6) return new LiteralPattern(pattern, false);
  // The first five colons stand in what it begins with, so the parts cannot but fall on each other.
  if (open === 5 && !isTemplate && !pattern.includes('?') && pattern.indexOf('*') === pattern.length - 1) return new LiteralPattern(pattern.slice(0, -1), true);
  if (open === 5) return new WholePattern(isTemplate ? new GlobTemplate(pattern) : globOf(pattern));
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
