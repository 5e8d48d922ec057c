/** Policies compiled so that they can also be asked about a request of which only some is known. About a whole request they say what others do. */
import type { Asked } from '../asked.ts';
import type { Budget } from '../budget.ts';
import { compilePolicy, type MakeStatement } from '../compile.ts';
import { compileCondition, type Condition } from '../conditions.ts';
import type { ConditionEntry, StatementNode } from '../document.ts';
import { EngineStatement, type StatementParts } from '../engine-policy.ts';
import { canBeOfForm } from '../patterns/pattern-overlap.ts';
import type { CompiledPolicy, PolicyKind } from '../types.ts';
import { OpenKey, SupposedContext } from './supposed-context.ts';

/** Whether a statement matches: whatever is open, depending on it, or never. */
export type Certainty = 'sure' | 'open' | 'never';

/** How a statement matches, and on which of its conditions, and whether on the resource, that depends. */
export interface SupposedMatch { readonly certainty: Certainty; readonly conditions: readonly ConditionEntry[]; readonly isResourceOpen: boolean }

/** Compiles a policy. Never throws. */
export const compileSupposed = (text: string, kind: PolicyKind): CompiledPolicy => compilePolicy(text, kind, kind === 'trust' ? withoutResources : withResources);

const withResources: MakeStatement = (parts, node, areVariablesAllowed) => new SupposedStatement(parts, node, node.resources ?? node.notResources, areVariablesAllowed);
const withoutResources: MakeStatement = (parts, node, areVariablesAllowed) => new SupposedStatement(parts, node, undefined, areVariablesAllowed);

const never: SupposedMatch = { certainty: 'never', conditions: [], isResourceOpen: false };
const sure: SupposedMatch = { certainty: 'sure', conditions: [], isResourceOpen: false };

export class SupposedStatement extends EngineStatement {
  /** As they stand in the policy. */
  readonly resourceTexts: readonly string[];
  /** By form of ARN: which of the resources can be of it, so far. Actions of a service share their forms. */
  readonly #ofForm = new Map<string, (boolean | undefined)[]>();
  readonly #terms: readonly { readonly entry: ConditionEntry; readonly isMet: Condition }[];

  constructor(parts: StatementParts, { conditions }: StatementNode, resources: readonly string[] | undefined, areVariablesAllowed: boolean) {
    super(parts);
    this.resourceTexts = resources ?? [];
    // Those that are not understood stand in no Allow, and narrow no Deny.
    this.#terms = conditions.flatMap((entry) => {
      const isMet = compileCondition(entry, areVariablesAllowed);
      return isMet ? [{ entry, isMet }] : [];
    });
  }

  override applies(asked: Asked): boolean {
    const { context } = asked;
    if (!(context instanceof SupposedContext)) return super.applies(asked);
    const { certainty } = this.match(asked, context);
    return certainty === 'open' ? (this.effect === 'Allow') === context.isGenerous : certainty === 'sure';
  }

  /** Resource and conditions held against what is known. */
  match(asked: Asked, context: SupposedContext): SupposedMatch {
    asked.budget.spend(1 + this.resources.length);
    const resource = this.#resourceCertainty(asked, context);
    if (resource === 'never') return never;
    const conditions: ConditionEntry[] = [];
    for (const { entry, isMet } of this.#terms) {
      const met = orOpen(() => isMet(context, asked.budget));
      if (met === false) return never;
      if (met === undefined) conditions.push(entry);
    }
    if (resource === 'sure' && conditions.length === 0) return sure;
    return { certainty: 'open', conditions, isResourceOpen: resource === 'open' };
  }

  #resourceCertainty(asked: Asked, context: SupposedContext): Certainty {
    let named: Certainty = 'never';
    for (const index of this.resources.keys()) {
      const certainty = this.#patternCertainty(index, asked, context);
      if (certainty === 'sure') {
        named = certainty;
        break;
      }
      if (certainty === 'open') named = certainty;
    }
    if (!this.isNotResource) return named;
    const areResolved = orOpen(() => this.resources.every((pattern) => pattern.isResolved(context)));
    if (named === 'sure' || areResolved === false) return 'never';
    return named === 'never' && areResolved ? 'sure' : 'open';
  }

  /** Whether one of the patterns takes in the resource; where that is open: all of its form, some or none. */
  #patternCertainty(index: number, { resource, budget }: Asked, context: SupposedContext): Certainty {
    const pattern = this.resources[index]!;
    const matches = orOpen(() => pattern.matches(resource, context, budget));
    const { resourceForm } = context;
    if (resourceForm === undefined) return matches === undefined ? 'open' : matches ? 'sure' : 'never';
    const text = this.resourceTexts[index]!;
    // The resource stands there as its form, with `*` for what is open: a `?` would take that for a character.
    if (matches && !text.includes('?')) return 'sure';
    return this.#canBeOf(resourceForm, index, text, budget) ? 'open' : 'never';
  }

  #canBeOf(form: string, index: number, text: string, budget: Budget): boolean {
    let known = this.#ofForm.get(form);
    if (!known) this.#ofForm.set(form, (known = []));
    const can = known[index];
    if (can !== undefined) return can;
    budget.spend((text.length * form.length) >> 2);
    return (known[index] = canBeOfForm(text, form));
  }
}

/** Undefined where the answer needs what is open. */
function orOpen(ask: () => boolean): boolean | undefined {
  try {
    return ask();
  } catch (thrown) {
    if (thrown instanceof OpenKey) return undefined;
    throw thrown;
  }
}
