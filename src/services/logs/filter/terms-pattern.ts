/** Patterns for any text: terms that must, may or must not stand in a message, or one regular expression. Source: "Using filter patterns to match terms in unstructured log events". */
import type { Matches } from './pattern.ts';
import { compileRegex } from './regex.ts';
import { PatternRefused, Scanner } from './scanner.ts';

export function termsPattern(pattern: string): Matches {
  if (pattern.startsWith('%')) return regexAlone(pattern);
  const terms: Readonly<Record<'' | '?' | '-', string[]>> = { '': [], '?': [], '-': [] };
  const scanner = new Scanner(pattern);
  while (!scanner.isAtEnd) {
    const sign = scanner.takes('?') ? '?' : scanner.takes('-') ? '-' : '';
    scanner.skipSpace();
    terms[sign].push(termOf(scanner));
    scanner.skipSpace();
  }
  const { '': required, '?': optional, '-': excluded } = terms;
  // Beside others, terms with a question mark have no effect: the page says so.
  if (required.length + excluded.length === 0) return (message) => optional.some((term) => message.includes(term));
  return (message) => required.every((term) => message.includes(term)) && !excluded.some((term) => message.includes(term));
}

function termOf(scanner: Scanner): string {
  if (scanner.text[scanner.at] === '"') {
    const phrase = scanner.quoted();
    if (!/^(?:\s|$)/.test(scanner.text.slice(scanner.at))) throw scanner.refusal('a space');
    // `" "` is how everything is matched.
    return phrase.trim() === '' ? '' : phrase;
  }
  const term = scanner.take(/\S+/y) ?? '';
  if (!/^[\p{L}\p{N}_]+$/u.test(term)) throw new PatternRefused(`Invalid character(s) in term '${term}'`);
  return term;
}

function regexAlone(pattern: string): Matches {
  const scanner = new Scanner(pattern);
  const source = scanner.regex();
  if (!scanner.isAtEnd) throw scanner.refusal('the end, behind a regular expression');
  return compileRegex(source);
}
