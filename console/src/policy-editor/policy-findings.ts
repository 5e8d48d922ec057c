/** What is wrong, or could be better, in a policy as it is typed: found by the same library that the server refuses by. */
import { JsonError, readJson } from '../../../src/policy/json.ts';
import { lintPolicy } from '../../../src/policy/lint/lint.ts';
import type { LintCode, LintType } from '../../../src/policy/lint/finding.ts';
import type { AuthorizationReference } from '../../../src/base/authorization-reference.ts';
import type { PolicyKind } from '../../../src/policy/types.ts';

export interface PolicyFinding {
  readonly type: LintType;
  readonly code: LintCode;
  readonly message: string;
  /** Where in the text, in UTF-16 units; `end` is behind the last. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface PolicyFindings {
  readonly list: readonly PolicyFinding[];
  /** Whether the policy could not be stored as it is. */
  readonly isRefused: boolean;
  /** `looking` until the text was looked through once; `failed` where that could not be done, and the server alone will say. */
  readonly state: 'looking' | 'done' | 'failed';
}

export const noFindings: PolicyFindings = { list: [], isRefused: false, state: 'looking' };

export function findingsOf(text: string, kind: PolicyKind, reference: AuthorizationReference): PolicyFindings {
  const starts = lineStarts(text);
  const syntax = syntaxError(text);
  const list = lintPolicy(text, kind, reference).map(({ type, code, message, position: { line, column } }): PolicyFinding => {
    const start = Math.min(text.length, starts[line - 1]! + column - 1);
    return { type, code, message: code === 'POLICY_IS_REFUSED' && syntax ? `${message} (${syntax})` : message, start, end: endOfToken(text, start), line, column };
  });
  return { list, isRefused: list.some(({ code }) => code === 'POLICY_IS_REFUSED'), state: 'done' };
}

/** What of the JSON is wrong, which AWS's messages do not say. */
function syntaxError(text: string): string | undefined {
  try {
    readJson(text);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof JsonError) return thrown.message;
    throw thrown;
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** A string, a word, or one character. */
function endOfToken(text: string, start: number): number {
  const token = /"(?:[^"\\\n]|\\.)*"?|[\w.+-]+|[^]/y;
  token.lastIndex = start;
  return start + (token.exec(text)?.[0].length ?? 0);
}
