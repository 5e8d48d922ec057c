/** Layers of policies that are asked alike: identity policies, a boundary, one level of an organization. What is asked of them is the first statement that denies, over all, and the first that allows, of each. */
import type { Asked } from './asked.ts';
import { EnginePolicy, type EngineStatement } from './engine-policy.ts';
import { closer, type Naming } from './principal-match.ts';
import { OneRow, RowList, RowTree, type Row, type Rows } from './rows.ts';
import type { AppliedPolicy, AppliedResourcePolicy, MatchedStatement, PolicyDecision, PolicyLayer } from './types.ts';

export interface Layer {
  /** The first Allow that matches, by policy and statement. */
  firstAllow(asked: Asked): MatchedStatement | undefined;
}

/** The Denies of one or more layers. */
export interface Denies {
  /** The first that matches, by layer, policy and statement. */
  first(asked: Asked): PolicyDecision | undefined;
}

/** A layer as its policies stand: they are gone through, one after the other. */
export class PlainLayer implements Layer, Denies {
  readonly #name: PolicyLayer;
  readonly #policies: readonly AppliedPolicy[];

  constructor(name: PolicyLayer, policies: readonly AppliedPolicy[]) {
    this.#name = name;
    this.#policies = policies;
  }

  first(asked: Asked): PolicyDecision | undefined {
    const deny = this.#first('Deny', asked);
    return deny && denial(this.#name, deny);
  }

  firstAllow(asked: Asked): MatchedStatement | undefined {
    return this.#first('Allow', asked);
  }

  #first(effect: 'Allow' | 'Deny', asked: Asked): MatchedStatement | undefined {
    for (const policy of this.#policies) {
      for (const statement of statementsAbout(policy, effect, asked)) {
        if (statement.namingOf(asked, undefined) !== undefined && statement.applies(asked)) return { policy, statement };
      }
    }
    return undefined;
  }
}

export class PlainDenies implements Denies {
  readonly #layers: readonly PlainLayer[];

  constructor(layers: readonly PlainLayer[]) {
    this.#layers = layers;
  }

  first(asked: Asked): PolicyDecision | undefined {
    for (const layer of this.#layers) {
      const denied = layer.first(asked);
      if (denied) return denied;
    }
    return undefined;
  }
}

/** A layer, by name, and its policies. */
export type NamedLayer = readonly [name: PolicyLayer, policies: readonly AppliedPolicy[]];

/** The Allows of a layer that are about one action. INVARIANT: it answers as the plain layer of the same policies does. */
export class PlannedLayer implements Layer {
  readonly #rows: Rows;
  readonly size: number;

  constructor([name, policies]: NamedLayer, asked: Asked) {
    const rows = rowsAbout(name, policies, 'Allow', asked);
    this.#rows = rowsOf(rows);
    this.size = rows.length;
  }

  firstAllow(asked: Asked): MatchedStatement | undefined {
    return this.#rows.first(asked)?.matched;
  }
}

/** The Denies of several layers that are about one action, in one. INVARIANT: they answer as the plain ones of the same policies do. */
export class PlannedDenies implements Denies {
  readonly #rows: Rows;
  readonly size: number;

  constructor(layers: readonly NamedLayer[], asked: Asked) {
    const rows = layers.flatMap(([name, policies]) => rowsAbout(name, policies, 'Deny', asked));
    this.#rows = rowsOf(rows);
    this.size = rows.length;
  }

  first(asked: Asked): PolicyDecision | undefined {
    const row = this.#rows.first(asked);
    return row && denial(row.layer, row.matched);
  }
}

const denial = (layer: PolicyLayer, statement: MatchedStatement): PolicyDecision => ({ outcome: 'explicitDeny', layer, statements: [statement] });

const rowsAbout = (layer: PolicyLayer, policies: readonly AppliedPolicy[], effect: 'Allow' | 'Deny', asked: Asked): readonly Row[] =>
  policies.flatMap((policy) => statementsAbout(policy, effect, asked).map((statement) => ({ layer, statement, matched: { policy, statement } })));

/** Few statements are gone through, many are found by what their resources begin with. */
const listedMax = 8;

function rowsOf(rows: readonly Row[]): Rows {
  const [first] = rows;
  if (first?.statement.isUnconditional) return new OneRow(first);
  return rows.length <= listedMax ? new RowList(rows) : new RowTree(rows);
}

/** What a resource's own policy gives, and how closely it names the caller. */
export interface Grant { readonly naming: Naming; readonly by: MatchedStatement }

/** A resource's own policy, which says how closely its Allows name the caller. */
export class ResourceLayer implements Denies {
  readonly #policy: AppliedResourcePolicy;
  readonly name: PolicyLayer;

  constructor(policy: AppliedResourcePolicy) {
    this.#policy = policy;
    this.name = policy.compiled.kind === 'trust' ? 'trust' : 'resource';
  }

  first(asked: Asked): PolicyDecision | undefined {
    const policy = this.#policy;
    const statement = statementsAbout(policy, 'Deny', asked).find((one) => one.namingOf(asked, policy.principalIds) !== undefined && one.applies(asked));
    return statement && denial(this.name, { policy, statement });
  }

  /** The first of the matching Allows that name the caller most closely. */
  closestAllow(asked: Asked): Grant | undefined {
    const policy = this.#policy;
    let closest: Grant | undefined;
    for (const statement of statementsAbout(policy, 'Allow', asked)) {
      const naming = statement.namingOf(asked, policy.principalIds);
      if (naming === undefined || closer(closest?.naming, naming) === closest?.naming || !statement.applies(asked)) continue;
      closest = { naming, by: { policy, statement } };
    }
    return closest;
  }
}

const none: readonly never[] = [];

function statementsAbout({ compiled }: AppliedPolicy, effect: 'Allow' | 'Deny', asked: Asked): readonly EngineStatement[] {
  // Whatever compilePolicy() did not make holds no statements.
  if (!(compiled instanceof EnginePolicy)) return none;
  return compiled.about(effect, asked.actionIn(compiled.vocabulary), asked.budget);
}
