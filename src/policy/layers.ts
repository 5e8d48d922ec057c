/** Layers of policies that are asked alike: identity policies, a boundary, one level of an organization. Each tells the first statement that denies, and the first that allows. */
import type { Asked } from './asked.ts';
import { EnginePolicy, type EngineStatement } from './engine-policy.ts';
import { closer, type Naming } from './principal-match.ts';
import { RowList, RowTree, type Row, type Rows } from './rows.ts';
import type { AppliedPolicy, AppliedResourcePolicy, MatchedStatement, PolicyLayer } from './types.ts';

export interface Layer {
  /** The first Deny that matches, by policy and statement. */
  firstDeny(asked: Asked): MatchedStatement | undefined;
  /** The first Allow that matches. */
  firstAllow(asked: Asked): MatchedStatement | undefined;
}

/** A layer as its policies stand: they are gone through, one after the other. */
export class PlainLayer implements Layer {
  readonly #policies: readonly AppliedPolicy[];

  constructor(policies: readonly AppliedPolicy[]) {
    this.#policies = policies;
  }

  firstDeny(asked: Asked): MatchedStatement | undefined {
    return this.#first('Deny', asked);
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

/** A layer for one action, with the statements that are about it at hand. INVARIANT: it answers as the plain layer of the same policies does. */
export class PlannedLayer implements Layer {
  readonly #denies: Rows;
  readonly #allows: Rows;
  /** How many statements are at hand. */
  readonly size: number;

  constructor(policies: readonly AppliedPolicy[], asked: Asked) {
    const rowsAbout = (effect: 'Allow' | 'Deny'): readonly Row[] => policies.flatMap((policy) => statementsAbout(policy, effect, asked).map((statement) => ({ policy, statement })));
    const [denies, allows] = [rowsAbout('Deny'), rowsAbout('Allow')];
    this.#denies = rowsOf(denies);
    this.#allows = rowsOf(allows);
    this.size = denies.length + allows.length;
  }

  firstDeny(asked: Asked): MatchedStatement | undefined {
    return this.#denies.first(asked);
  }

  firstAllow(asked: Asked): MatchedStatement | undefined {
    return this.#allows.first(asked);
  }
}

/** Few statements are gone through, many are found by what their resources begin with. */
const listedMax = 8;
const rowsOf = (rows: readonly Row[]): Rows => (rows.length <= listedMax ? new RowList(rows) : new RowTree(rows));

/** What a resource's own policy gives, and how closely it names the caller. */
export interface Grant { readonly naming: Naming; readonly by: MatchedStatement }

/** A resource's own policy, which says how closely its Allows name the caller. */
export class ResourceLayer {
  readonly #policy: AppliedResourcePolicy;
  readonly name: PolicyLayer;

  constructor(policy: AppliedResourcePolicy) {
    this.#policy = policy;
    this.name = policy.compiled.kind === 'trust' ? 'trust' : 'resource';
  }

  firstDeny(asked: Asked): MatchedStatement | undefined {
    const policy = this.#policy;
    const statement = statementsAbout(policy, 'Deny', asked).find((one) => one.namingOf(asked, policy.principalIds) !== undefined && one.applies(asked));
    return statement && { policy, statement };
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
  return compiled.about(effect, compiled.vocabulary.find(asked.action), asked.budget);
}
