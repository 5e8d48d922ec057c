/** Filter patterns of CloudWatch Logs: which events a pattern takes. Source: "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail" (CloudWatch Logs User Guide). */
import { fieldsPattern } from './fields-pattern.ts';
import { jsonPattern } from './json-pattern.ts';
import { termsPattern } from './terms-pattern.ts';

/** Whether a message is taken. Whatever the pattern, the work grows no faster than the message. */
export type Matches = (message: string) => boolean;

/** Raises PatternRefused for what is no pattern. Nothing that is not understood is passed over. */
export function compilePattern(text: string): Matches {
  const pattern = text.trim();
  if (pattern === '') return () => true;
  if (pattern.startsWith('{')) return jsonPattern(pattern);
  if (pattern.startsWith('[')) return fieldsPattern(pattern);
  return termsPattern(pattern);
}
