/** Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}` `${?}` `${$}`. Source: "IAM policy elements: Variables and tags" (IAM User Guide). */
import type { Budget } from '../budget.ts';
import { hole, HoledText } from './holed-text.ts';
import type { RequestContext } from '../types.ts';
import { behindColons, Glob, type Piece, standsAt } from './wildcard.ts';

interface Variable { readonly key: string; readonly fallback: string | undefined }
/** Text as it was written, text that an escape stands for, or a variable. */
type Part = { readonly written: string } | { readonly verbatim: string } | Variable;

/** Whether the text holds anything but itself. Where variables are not allowed, or in an old policy, `${` is itself. */
export const hasVariable = (text: string, areVariablesAllowed: boolean): boolean => areVariablesAllowed && text.includes('${');

function partsOf(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', at)) {
    const close = text.indexOf('}', open);
    if (close < 0) break;
    if (open > at) parts.push({ written: text.slice(at, open) });
    parts.push(variableOf(text.slice(open + 2, close)));
    at = close + 1;
  }
  if (at < text.length) parts.push({ written: text.slice(at) });
  return parts;
}

function variableOf(body: string): Part {
  if (body === '*' || body === '?' || body === '$') return { verbatim: body };
  const comma = body.indexOf(',');
  if (comma < 0) return { key: body.trim().toLowerCase(), fallback: undefined };
  const quoted = body.slice(comma + 1).trim();
  const isQuoted = quoted.length >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
  return { key: body.slice(0, comma).trim().toLowerCase(), fallback: isQuoted ? quoted.slice(1, -1) : undefined };
}

/** What a variable stands for: the key's single value, or the default where the request has no such key. A key with several values stands for nothing. */
function valueOf({ key, fallback }: Variable, context: RequestContext): string | undefined {
  const value = context.get(key);
  return typeof value === 'string' ? value : value === undefined || value.length === 0 ? fallback : undefined;
}

/** Text with variables in which wildcards are nothing but characters. */
export class TextTemplate {
  readonly #parts: readonly Part[];

  constructor(text: string) {
    this.#parts = partsOf(text);
  }

  /** The text if no part of it depends on the request. */
  get fixed(): string | undefined {
    return this.#parts.some((part) => 'key' in part) ? undefined : this.resolve({ get: () => undefined });
  }

  /** Undefined where a variable stands for nothing. */
  resolve(context: RequestContext): string | undefined {
    let text = '';
    for (const part of this.#parts) {
      const value = 'written' in part ? part.written : 'verbatim' in part ? part.verbatim : valueOf(part, context);
      if (value === undefined) return undefined;
      text += value;
    }
    return text;
  }
}

/** What stands between two `*`: characters, holes and variables, in order. */
type Run = readonly (string | typeof hole | Variable)[];

/** A wildcard pattern with variables. What a variable stands for is itself, never a wildcard. */
export class GlobTemplate {
  readonly #head: Run;
  /** Behind the `*`s. */
  readonly #rest: readonly Run[];

  constructor(text: string) {
    const runs: (string | typeof hole | Variable)[][] = [[]];
    for (const part of partsOf(text)) {
      if ('verbatim' in part) runs.at(-1)!.push(part.verbatim);
      else if ('key' in part) runs.at(-1)!.push(part);
      else {
        for (const [i, piece] of part.written.split('*').entries()) {
          if (i > 0) runs.push([]);
          for (const [j, plain] of piece.split('?').entries()) {
            if (j > 0) runs.at(-1)!.push(hole);
            if (plain !== '') runs.at(-1)!.push(plain);
          }
        }
      }
    }
    this.#head = runs[0]!;
    this.#rest = runs.slice(1);
  }

  /** What stands behind that many colons of every text that matches, as far as the next wildcard or variable; nothing where that is not known. */
  behindColons(count: number): string {
    return behindColons([this.#head, ...this.#rest].flat(), count);
  }

  /** The pattern that it is in this request; undefined where a variable stands for nothing. */
  resolve(context: RequestContext, budget: Budget): Glob | undefined {
    const pieces: Piece[] = [];
    for (const run of [this.#head, ...this.#rest]) {
      const piece = resolveRun(run, context);
      if (piece === undefined) return undefined;
      budget.spend(1 + (piece.length >> 5));
      pieces.push(piece);
    }
    return new Glob(pieces);
  }

  /** Whether each variable stands for something. */
  isResolved(context: RequestContext): boolean {
    return [this.#head, ...this.#rest].every((run) => run.every((item) => item === hole || typeof item === 'string' || valueOf(item, context) !== undefined));
  }

  matches(text: string, start: number, end: number, budget: Budget, context: RequestContext): boolean {
    let at = start;
    for (const item of this.#head) {
      const piece = item === hole ? anyOne : typeof item === 'string' ? item : valueOf(item, context);
      if (piece === undefined || at + piece.length > end || !standsAt(piece, text, at)) return false;
      at += piece.length;
    }
    if (this.#rest.length === 0) return at === end;
    const pieces: Piece[] = [''];
    for (const run of this.#rest) {
      const piece = resolveRun(run, context);
      if (piece === undefined) return false;
      budget.spend(1 + (piece.length >> 5));
      pieces.push(piece);
    }
    return new Glob(pieces).matches(text, at, end, budget);
  }
}

const anyOne = new HoledText([hole]);

function resolveRun(run: Run, context: RequestContext): Piece | undefined {
  let text = '';
  const holes: number[] = [];
  for (const item of run) {
    const value = item === hole ? '?' : typeof item === 'string' ? item : valueOf(item, context);
    if (value === undefined) return undefined;
    if (item === hole) holes.push(text.length);
    text += value;
  }
  if (holes.length === 0) return text;
  const codes = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  for (const at of holes) codes[at] = hole;
  return new HoledText(codes);
}
