/** What policies say of all the requests that agree in what is known: allowed whatever else they hold, allowed some of them, or none. The engine decides, twice: once with all that is open taken for what grants most, once for what grants least. */
import { Asked } from '../asked.ts';
import { BudgetExceeded } from '../budget.ts';
import { decide } from '../decide.ts';
import type { ConditionEntry } from '../document.ts';
import { EnginePolicy } from '../engine-policy.ts';
import type { AppliedPolicy, AppliedResourcePolicy, Decision, DecisionRequest, PolicyLayer, PolicySet } from '../types.ts';
import type { SupposedContext } from './supposed-context.ts';
import { SupposedStatement } from './supposed-policy.ts';

/** The answer. `allowedIf` may be less than it seems: conditions that no request can meet together count as open. */
export type Access = 'allowed' | 'allowedIf' | 'denied';

export interface PossibleAccess {
  readonly access: Access;
  /** The decision on the most, where that is a denial; else on the least. */
  readonly decision: Decision;
}

/** A request whose context is supposed. */
export type SupposedRequest = Omit<DecisionRequest, 'context'> & { readonly context: SupposedContext };

/** The policies must be compiled by compileSupposed(): of others a condition on what is open throws OpenKey. */
export function possibleAccess(request: SupposedRequest, policies: PolicySet): PossibleAccess {
  request.context.isGenerous = true;
  const most = decide(request, policies);
  if (most.outcome !== 'allowed') return { access: 'denied', decision: most };
  request.context.isGenerous = false;
  const least = decide(request, policies);
  return { access: least.outcome === 'allowed' ? 'allowed' : 'allowedIf', decision: least };
}

/** A statement that has a part in the answer. */
export interface Reason {
  readonly layer: PolicyLayer;
  readonly effect: 'Allow' | 'Deny';
  readonly policy: AppliedPolicy;
  /** Which of the layer's policies, from 0. */
  readonly policyIndex: number;
  readonly statement: SupposedStatement | undefined;
  /** From 0. */
  readonly statementIndex: number;
  readonly sid: string | undefined;
  /** The conditions that are open. */
  readonly conditions: readonly ConditionEntry[];
  readonly isResourceOpen: boolean;
}

/** What gives the access, and what limits it: the Denies that match or may, and the Allows of a boundary, of session policies and of an organization. */
export interface Reasons { readonly grants: readonly Reason[]; readonly limits: readonly Reason[] }

/** Every statement that has a part in the answer, in the order in which policies are asked; none where looking takes too much work, as it then did to decide. */
export function reasonsOf(request: SupposedRequest, policies: PolicySet): Reasons {
  try {
    return reasonsWithin(request, policies);
  } catch (thrown) {
    if (thrown instanceof BudgetExceeded) return { grants: [], limits: [] };
    throw thrown;
  }
}

function reasonsWithin(request: SupposedRequest, policies: PolicySet): Reasons {
  const asked = new Asked(request, policies.boundary !== undefined);
  const { rcps, scps, endpoint, resource, identity, boundary, session } = policies;
  const layers: readonly (readonly [PolicyLayer, readonly AppliedResourcePolicy[]])[] = [
    ...(rcps?.levels ?? []).map((level) => ['rcp', level] as const),
    ...(scps?.levels ?? []).map((level) => ['scp', level] as const),
    ['endpoint', endpoint ? [endpoint] : []],
    [resource?.compiled.kind === 'trust' ? 'trust' : 'resource', resource ? [resource] : []],
    ['identity', identity],
    ['boundary', boundary ? [boundary] : []],
    ['session', session ?? []],
  ];
  const all = layers.flatMap(([layer, those]) => those.flatMap((policy, index) => (['Allow', 'Deny'] as const).flatMap((effect) => matching(layer, policy, index, effect, asked, request.context))));
  const isGrant = ({ layer, effect }: Reason): boolean => effect === 'Allow' && granting.has(layer);
  return { grants: all.filter(isGrant), limits: all.filter((reason) => !isGrant(reason)) };
}

const granting: ReadonlySet<PolicyLayer> = new Set(['resource', 'trust', 'identity']);

function matching(layer: PolicyLayer, policy: AppliedResourcePolicy, policyIndex: number, effect: 'Allow' | 'Deny', asked: Asked, context: SupposedContext): readonly Reason[] {
  const { compiled } = policy;
  if (!(compiled instanceof EnginePolicy)) return [];
  return compiled.about(effect, asked.actionIn(compiled.vocabulary), asked.budget).flatMap((statement): readonly Reason[] => {
    if (statement.namingOf(asked, policy.principalIds) === undefined) return [];
    const named = { layer, effect, policy, policyIndex, statementIndex: statement.index, sid: statement.sid };
    // What could not be read denies, and says nothing.
    if (!(statement instanceof SupposedStatement)) return [{ ...named, statement: undefined, conditions: [], isResourceOpen: false }];
    const { certainty, conditions, isResourceOpen } = statement.match(asked, context);
    return certainty === 'never' ? [] : [{ ...named, statement, conditions, isResourceOpen }];
  });
}
