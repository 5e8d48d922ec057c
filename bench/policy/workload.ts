/** What the benches of the policy engine ask: rules that every engine can say in its own words, whom they hang on, and requests. Made from a seed, so each run asks the same. */

export interface RuleCondition { readonly operator: 'StringEquals' | 'Bool'; readonly key: string; readonly values: readonly string[] }

export interface Rule {
  readonly effect: 'Allow' | 'Deny';
  /** Actions, `service:*` or `service:Verb*`, or `*`. */
  readonly actions: readonly string[];
  /** ARNs in which a `*` never meets a colon, or `*`. */
  readonly resources: readonly string[];
  readonly conditions: readonly RuleCondition[];
}

/** Rules that make up one policy document. */
export type RulePolicy = readonly Rule[];

export interface Subject {
  readonly identity: readonly RulePolicy[];
  readonly boundary?: RulePolicy;
  readonly session?: RulePolicy;
  readonly scps?: readonly (readonly RulePolicy[])[];
}

export interface BenchRequest {
  /** Which subject asks. */
  readonly subject: number;
  readonly action: string;
  readonly resource: string;
  /** Condition keys in lower case. */
  readonly context: ReadonlyMap<string, string>;
}

export interface Workload {
  readonly name: string;
  readonly subjects: number;
  /** The same subject for the same number, always. */
  subject(number: number): Subject;
  readonly requests: readonly BenchRequest[];
}

export const account = '111122223333';

/** A policy document as AWS writes it. */
export function documentOf(rules: RulePolicy): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: rules.map(({ effect, actions, resources, conditions }, i) => ({
      Sid: `S${i}`,
      Effect: effect,
      Action: one(actions),
      Resource: one(resources),
      ...(conditions.length > 0 && { Condition: blockOf(conditions) }),
    })),
  });
}

const one = (values: readonly string[]): string | readonly string[] => (values.length === 1 ? values[0]! : values);

function blockOf(conditions: readonly RuleCondition[]): Readonly<Record<string, Record<string, string | readonly string[]>>> {
  const block: Record<string, Record<string, string | readonly string[]>> = {};
  for (const { operator, key, values } of conditions) (block[operator] ??= {})[key] = one(values);
  return block;
}

/** Numbers that look random and are the same in every run (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  isBelow(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  /** `count` different ones. */
  some<T>(values: readonly T[], count: number): readonly T[] {
    const left = [...values];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(this.below(left.length), 1)[0]!);
  }
}
