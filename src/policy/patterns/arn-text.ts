/** Texts that may be ARNs, and what is asked of patterns of them. Source: "Identify AWS resources with Amazon Resource Names (ARNs)" (IAM User Guide). */
import type { Budget } from '../budget.ts';
import type { RequestContext } from '../types.ts';

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
  /** A wildcard of it may take in colons: `resourceHead` stands behind the fifth colon of the ARN, or a later one. */
  readonly isReaching: boolean;
  matches(value: ArnText, context: RequestContext, budget: Budget): boolean;
  /** Whether each of its variables stands for something. */
  isResolved(context: RequestContext): boolean;
}
