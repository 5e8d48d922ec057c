/** What hangs on a caller, made ready for many decisions: for each action that is asked often enough the statements about it are kept at hand. */
import type { Asked } from './asked.ts';
import { type CallerLayers, plainLayers, plannedLayers } from './caller-layers.ts';
import { type CallerSide, decideOn } from './decide.ts';
import { EnginePolicy } from './engine-policy.ts';
import type { AppliedPolicy, CallerPolicies, Decision, DecisionRequest, ResourcePolicies } from './types.ts';

/** A set makes plans once going through its policies has cost this many numbers: who asks seldom, of ten thousand others, is not worth the memory. */
const goneThroughMax = 4_096;
/** The most that the plans of one set may hold. */
const plansMax = 512;
const plannedStatementsMax = 16_384;

const noResourcePolicies: ResourcePolicies = {};

/** INVARIANT: decide() answers as the function of that name does for the same policies. */
export class PreparedPolicies implements CallerSide {
  readonly policies: CallerPolicies;
  readonly #plain: CallerLayers;
  readonly #size: number;
  #goneThrough = 0;
  #plans: Map<string, CallerLayers> | undefined;
  #plannedStatements = 0;

  constructor(policies: CallerPolicies) {
    this.policies = policies;
    this.#plain = plainLayers(policies);
    this.#size = sizeOf(policies);
  }

  decide(request: DecisionRequest, resource: ResourcePolicies = noResourcePolicies): Decision {
    return decideOn(request, this, resource);
  }

  layersFor(asked: Asked): CallerLayers {
    return this.#plans?.get(asked.action) ?? this.#meet(asked);
  }

  #meet(asked: Asked): CallerLayers {
    this.#goneThrough += this.#size;
    if (this.#goneThrough < goneThroughMax) return this.#plain;
    if (!this.#plans || this.#plans.size >= plansMax || this.#plannedStatements >= plannedStatementsMax) {
      this.#plans = new Map();
      this.#plannedStatements = 0;
    }
    const plan = plannedLayers(this.policies, asked);
    this.#plannedStatements += plan.size;
    this.#plans.set(asked.action, plan);
    return plan;
  }
}

export const preparePolicies = (policies: CallerPolicies): PreparedPolicies => new PreparedPolicies(policies);

function sizeOf({ identity, boundary, session, scps }: CallerPolicies): number {
  const all: readonly (AppliedPolicy | undefined)[] = [...identity, boundary, ...(session ?? []), ...(scps?.levels.flat() ?? [])];
  return all.reduce((size, policy) => size + (policy?.compiled instanceof EnginePolicy ? policy.compiled.size : 0), 1);
}
