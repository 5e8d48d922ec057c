/** A policy as the engine holds it: its Denies, then its Allows, and the actions of all of them as one row of numbers. */
import type { ActionVocabulary, KnownAction } from './action-vocabulary.ts';
import type { ArnPattern } from './patterns/arn-text.ts';
import type { Asked } from './asked.ts';
import type { Budget } from './budget.ts';
import type { Condition } from './conditions.ts';
import type { PrincipalIds, PrincipalMatcher, Naming } from './principal-match.ts';
import type { CompiledPolicy, CompiledStatement, PolicyKind } from './types.ts';

/** What a statement is made of, but for its actions. */
export interface StatementParts extends CompiledStatement {
  /** Whether `resources` are those that it is not about. */
  readonly isNotResource: boolean;
  readonly resources: readonly ArnPattern[];
  /** Undefined where it is about everyone who comes by: in kinds of policies without Principal, and in a Deny that names nobody. */
  readonly naming: PrincipalMatcher | undefined;
  readonly conditions: readonly Condition[];
}

/** A statement, but for its actions. */
export class EngineStatement implements StatementParts {
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly isNotResource: boolean;
  readonly resources: readonly ArnPattern[];
  readonly naming: PrincipalMatcher | undefined;
  readonly conditions: readonly Condition[];

  constructor({ index, sid, effect, isNotResource, resources, naming, conditions }: StatementParts) {
    this.index = index;
    this.sid = sid;
    this.effect = effect;
    this.isNotResource = isNotResource;
    this.resources = resources;
    this.naming = naming;
    this.conditions = conditions;
  }

  /** How closely it names the caller; undefined where it is not about it. */
  namingOf({ principal, hasBoundary }: Asked, ids: PrincipalIds): Naming | undefined {
    return this.naming ? this.naming(principal, ids, hasBoundary) : 'direct';
  }

  /** Whether it is about the caller; in kinds of policies that name nobody it always is. */
  names({ principal, hasBoundary }: Asked): boolean {
    return this.naming === undefined || this.naming(principal, undefined, hasBoundary) !== undefined;
  }

  /** Whether it is about every caller, resource and context. */
  get isUnconditional(): boolean {
    return this.naming === undefined && this.conditions.length === 0 && !this.isNotResource && this.resources.some(({ resourceHead }) => resourceHead === undefined);
  }

  /** Whether resource and conditions match. */
  applies(asked: Asked): boolean {
    const { resource, context, budget } = asked;
    budget.spend(1 + this.resources.length);
    if (this.#hasResource(resource, context, budget) === this.isNotResource) return false;
    // "Any attempt to match it fails and causes the statement to be invalid": what NotResource leaves out is not known. Source: "IAM policy elements: Variables and tags".
    if (this.isNotResource && !this.resources.every((pattern) => pattern.isResolved(context))) return false;
    return this.areConditionsMet(asked);
  }

  #hasResource(resource: Asked['resource'], context: Asked['context'], budget: Asked['budget']): boolean {
    for (const pattern of this.resources) if (pattern.matches(resource, context, budget)) return true;
    return false;
  }

  areConditionsMet({ context, budget }: Asked): boolean {
    for (const condition of this.conditions) if (!condition(context, budget)) return false;
    return true;
  }
}

/** A statement and the actions, as numbers of the vocabulary, that it is about or (`isNotAction`) not about. */
export interface StatementActions {
  readonly of: EngineStatement;
  readonly isNotAction: boolean;
  readonly actions: readonly number[];
}

export class EnginePolicy implements CompiledPolicy {
  readonly kind: PolicyKind;
  readonly text: string;
  readonly vocabulary: ActionVocabulary;
  /** The Denies, then the Allows, each in the document's order. */
  readonly statements: readonly EngineStatement[];
  readonly #denyCount: number;
  /** For each statement how many actions it has, doubled, one more if they are those that it is not about; then their numbers. */
  readonly #actions: readonly number[];
  /** Where the actions of the Allows begin. */
  readonly #allowsAt: number;

  constructor(kind: PolicyKind, text: string, vocabulary: ActionVocabulary, statements: readonly StatementActions[]) {
    this.kind = kind;
    this.text = text;
    this.vocabulary = vocabulary;
    const denies = statements.filter(({ of }) => of.effect === 'Deny');
    const allows = statements.filter(({ of }) => of.effect === 'Allow');
    this.statements = [...denies, ...allows].map(({ of }) => of);
    this.#denyCount = denies.length;
    this.#allowsAt = rowOf(denies).length;
    this.#actions = rowOf([...denies, ...allows]);
  }

  /** How many numbers a search goes through. */
  get size(): number {
    return this.#actions.length;
  }

  /** The statements of one effect whose Action or NotAction takes the action in, in the document's order. */
  about(effect: 'Allow' | 'Deny', action: KnownAction, budget: Budget): readonly EngineStatement[] {
    const actions = this.#actions;
    budget.spend(1 + (actions.length >> 4));
    let found: EngineStatement[] | undefined;
    let at = effect === 'Deny' ? 0 : this.#allowsAt;
    const end = effect === 'Deny' ? this.#allowsAt : actions.length;
    for (let i = effect === 'Deny' ? 0 : this.#denyCount; at < end; i++) {
      const head = actions[at++]!;
      const next = at + (head >>> 1);
      let isNamed = false;
      while (at < next && !isNamed) isNamed = action.isTakenIn(actions[at++]!, budget);
      at = next;
      if (isNamed !== ((head & 1) === 1)) (found ??= []).push(this.statements[i]!);
    }
    return found ?? none;
  }
}

const none: readonly EngineStatement[] = [];

/** A copy is as long as it must be, which a list that grew is not. */
const rowOf = (statements: readonly StatementActions[]): readonly number[] => statements.flatMap(({ isNotAction, actions }) => [actions.length * 2 + Number(isNotAction), ...actions]).slice();
