/** Conditions joined by `&&` and `||`, with parentheses: `&&` binds closer. */
import { PatternRefused } from './scanner.ts';
import type { Scanner } from './scanner.ts';

type Condition<Subject> = (subject: Subject) => boolean;

/** Parentheses within parentheses. */
const depthMax = 50;

/** Reads conditions as far as they go; `readOne` reads what stands between the operators. */
export function readConditions<Subject>(scanner: Scanner, readOne: (scanner: Scanner) => Condition<Subject>, depth = 0): Condition<Subject> {
  if (depth > depthMax) throw new PatternRefused('The parentheses of the filter pattern are nested too deep');
  const primary = (): Condition<Subject> => {
    scanner.skipSpace();
    if (!scanner.takes('(')) return readOne(scanner);
    const inner = readConditions(scanner, readOne, depth + 1);
    scanner.skipSpace();
    if (!scanner.takes(')')) throw scanner.refusal('`)`');
    return inner;
  };
  const joined = (operator: string, read: () => Condition<Subject>): readonly Condition<Subject>[] => {
    const conditions = [read()];
    for (;;) {
      scanner.skipSpace();
      if (!scanner.takes(operator)) return conditions;
      conditions.push(read());
    }
  };
  const any = joined('||', () => {
    const all = joined('&&', primary);
    return (subject) => all.every((condition) => condition(subject));
  });
  return (subject) => any.some((condition) => condition(subject));
}
