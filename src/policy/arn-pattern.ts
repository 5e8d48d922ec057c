/** ARNs as patterns: each part matched by itself, so that a wildcard in one never reaches into the next. Source: "IAM JSON policy elements: Resource", "Condition operators" (IAM User Guide). */
import type { Budget } from './budget.ts';
import type { RequestContext } from './types.ts';
import { GlobTemplate, hasVariable } from './variables.ts';
import { Glob, globOf } from './wildcard.ts';

/** A text that may be an ARN: where its parts end is looked up once. */
export class ArnText {
  readonly text: string;
  #ends: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Where the first five colons stand; fewer where there are fewer. */
  get ends(): readonly number[] {
    return (this.#ends ??= colonsOf(this.text));
  }
}

function colonsOf(text: string): readonly number[] {
  const colons: number[] = [];
  for (let at = text.indexOf(':'); at >= 0 && colons.length < 5; at = text.indexOf(':', at + 1)) colons.push(at);
  return colons;
}

/** A pattern of ARNs. */
export interface ArnPattern {
  /** What the sixth part of every ARN that matches begins with; undefined where that which is no ARN may match too. */
  readonly resourceHead: string | undefined;
  matches(value: ArnText, context: RequestContext, budget: Budget): boolean;
}

/** `*`: everything, ARN or not. */
const everything: ArnPattern = { resourceHead: undefined, matches: () => true };

/** Text that is nothing but itself. */
class ExactArn implements ArnPattern {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get resourceHead(): string {
    return behindFifthColon(this.#text);
  }

  matches({ text }: ArnText): boolean {
    return text === this.#text;
  }
}

/** A pattern whose first five parts are nothing but themselves: then the whole may be matched as one text, for the parts cannot but fall on each other. */
class WholePattern implements ArnPattern {
  readonly #pattern: Glob | GlobTemplate;

  constructor(pattern: Glob | GlobTemplate) {
    this.#pattern = pattern;
  }

  get resourceHead(): string {
    return behindFifthColon(literalHeadOf(this.#pattern));
  }

  matches({ text }: ArnText, context: RequestContext, budget: Budget): boolean {
    return matchesPart(this.#pattern, text, 0, text.length, context, budget);
  }
}

/** Any other: part by part. Missing parts match anything. */
class PartsPattern implements ArnPattern {
  readonly #parts: readonly (Glob | GlobTemplate)[];

  constructor(parts: readonly (Glob | GlobTemplate)[]) {
    this.#parts = parts;
  }

  get resourceHead(): string {
    return this.#parts.length < 6 ? '' : literalHeadOf(this.#parts[5]!);
  }

  matches(value: ArnText, context: RequestContext, budget: Budget): boolean {
    const { text, ends } = value;
    if (ends.length < 5) return false;
    let start = 0;
    for (let i = 0; i < this.#parts.length; i++) {
      const end = i < 5 ? ends[i]! : text.length;
      if (!matchesPart(this.#parts[i]!, text, start, end, context, budget)) return false;
      start = end + 1;
    }
    return true;
  }
}

function matchesPart(part: Glob | GlobTemplate, text: string, start: number, end: number, context: RequestContext, budget: Budget): boolean {
  return part instanceof Glob ? part.matches(text, start, end, budget) : part.matches(text, start, end, context, budget);
}

const literalHeadOf = (part: Glob | GlobTemplate): string => (part instanceof GlobTemplate ? part.literalHead : typeof part.head === 'string' ? part.head : '');

function behindFifthColon(text: string): string {
  const colon = colonsOf(text)[4];
  return colon === undefined ? '' : text.slice(colon + 1);
}

/** A pattern of Resource or NotResource: variables may stand in its last part only. */
export const resourcePattern = (pattern: string, areVariablesAllowed: boolean): ArnPattern => arnPattern(pattern, areVariablesAllowed, 5);

/** A pattern of a condition: variables may stand in every part. */
export const conditionArnPattern = (pattern: string, areVariablesAllowed: boolean): ArnPattern => arnPattern(pattern, areVariablesAllowed, 0);

function arnPattern(pattern: string, areVariablesAllowed: boolean, variablesFrom: number): ArnPattern {
  if (pattern === '*') return everything;
  const isTemplate = hasVariable(pattern, areVariablesAllowed);
  const parts = isTemplate ? partsOutsideVariables(pattern) : partsOf(pattern);
  const areFirstLiteral = parts.length === 6 && parts.slice(0, 5).every((part) => !part.includes('*') && !part.includes('?') && !(isTemplate && part.includes('${')));
  if (areFirstLiteral && !isTemplate && !parts[5]!.includes('*') && !parts[5]!.includes('?')) return new ExactArn(pattern);
  if (areFirstLiteral) return new WholePattern(isTemplate ? new GlobTemplate(pattern) : globOf(pattern));
  return new PartsPattern(parts.map((part, i) => (i >= variablesFrom && hasVariable(part, areVariablesAllowed) ? new GlobTemplate(part) : globOf(part))));
}

function partsOf(text: string): readonly string[] {
  const colons = colonsOf(text);
  return [...colons, text.length].map((end, i) => text.slice(i === 0 ? 0 : colons[i - 1]! + 1, end));
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
