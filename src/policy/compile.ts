/** Compiles a policy: once, when it is stored or first used. What cannot be understood can never allow, and its Deny denies. */
import { arnMatcher, type ArnMatcher } from './arn-pattern.ts';
import type { Budget } from './budget.ts';
import { compileCondition, type Condition } from './conditions.ts';
import { readDocument, type DocumentNode, type StatementNode } from './document.ts';
import { notPrincipalMatcher, principalMatcher, type PrincipalMatcher } from './principal-match.ts';
import type { CompiledPolicy, CompiledStatement, DecisionRequest, PolicyKind } from './types.ts';
import { matches, wildcardTokens } from './wildcard.ts';

/** A statement as the engine holds it. */
export interface EngineStatement extends CompiledStatement {
  readonly matchesAction: (foldedAction: string, budget: Budget) => boolean;
  /** Undefined where the kind of policy has no Resource. */
  readonly matchesResource: ((request: DecisionRequest, budget: Budget) => boolean) | undefined;
  /** Undefined where the kind of policy has no Principal. */
  readonly naming: PrincipalMatcher | undefined;
  readonly conditions: readonly Condition[];
}

/** The most actions whose statements are remembered for one policy. */
const rememberedActionsMax = 1_024;

export class EnginePolicy implements CompiledPolicy {
  readonly kind: PolicyKind;
  readonly statements: readonly EngineStatement[];
  readonly #byAction = new Map<string, readonly EngineStatement[]>();

  constructor(kind: PolicyKind, statements: readonly EngineStatement[]) {
    this.kind = kind;
    this.statements = statements;
  }

  /** The statements whose Action or NotAction takes in this action, in lower case; found once for each action. */
  statementsFor(foldedAction: string, budget: Budget): readonly EngineStatement[] {
    let found = this.#byAction.get(foldedAction);
    if (!found) {
      found = this.statements.filter((statement) => statement.matchesAction(foldedAction, budget));
      if (this.#byAction.size >= rememberedActionsMax) this.#byAction.clear();
      this.#byAction.set(foldedAction, found);
    }
    return found;
  }
}

/** Never throws. */
export function compilePolicy(text: string, kind: PolicyKind): CompiledPolicy {
  let document: DocumentNode;
  try {
    document = readDocument(text);
  } catch {
    // Nothing of it is known, so it may be a Deny of anything.
    return new EnginePolicy(kind, [denyAll(0)]);
  }
  const hasVariables = document.version === '2012-10-17';
  const statements = document.statements.map((statement, index) => compileStatement(statement, index, kind, hasVariables)).filter((statement) => statement !== undefined);
  if (document.problems.length === 0) return new EnginePolicy(kind, statements);
  return new EnginePolicy(kind, statements.filter(({ effect }) => effect === 'Deny'));
}

const denyAll = (index: number): EngineStatement => ({ index, sid: undefined, effect: 'Deny', matchesAction: () => true, matchesResource: () => true, naming: () => 'direct', conditions: [] });

/** Undefined for an Allow that is not understood. Of a Deny that is not understood, only what is understood narrows it. */
function compileStatement(node: StatementNode, index: number, kind: PolicyKind, hasVariables: boolean): EngineStatement | undefined {
  const effect = node.effect === 'Allow' ? 'Allow' : 'Deny';
  const conditions: Condition[] = [];
  let isUnderstood = node.problems.length === 0 && (node.effect === 'Allow' || node.effect === 'Deny');
  for (const entry of node.conditions) {
    const condition = compileCondition(entry, hasVariables);
    if (condition) conditions.push(condition);
    else isUnderstood = false;
  }
  const hasPrincipal = kind === 'trust' || kind === 'resource' || kind === 'rcp';
  const naming = !hasPrincipal ? undefined : node.principal !== undefined ? principalMatcher(node.principal) : node.notPrincipal !== undefined ? notPrincipalMatcher(node.notPrincipal) : undefined;
  if (effect === 'Allow' && (!isUnderstood || !isComplete(node, kind, naming !== undefined))) return undefined;
  return {
    index,
    sid: node.sid,
    effect,
    matchesAction: actionMatcher(node),
    matchesResource: kind === 'trust' ? undefined : resourceMatcher(node, hasVariables),
    naming: hasPrincipal ? (naming ?? (() => 'direct')) : undefined,
    conditions,
  };
}

/** Whether an Allow says all that its kind of policy must say, and nothing it must not. */
function isComplete(node: StatementNode, kind: PolicyKind, isNaming: boolean): boolean {
  const hasPrincipal = node.principal !== undefined || node.notPrincipal !== undefined;
  const actions = (node.actions?.length ?? 0) + (node.notActions?.length ?? 0);
  const isOneAction = actions > 0 && (node.actions === undefined || node.notActions === undefined);
  const isOneResource = (node.resources === undefined) !== (node.notResources === undefined);
  if (!isOneAction) return false;
  if (kind === 'trust') return isNaming && node.notPrincipal === undefined;
  if (kind === 'resource' || kind === 'rcp') return isNaming && isOneResource;
  return !hasPrincipal && isOneResource;
}

function actionMatcher({ actions, notActions }: StatementNode): EngineStatement['matchesAction'] {
  const patterns = (actions ?? notActions ?? []).map((action) => wildcardTokens(action.toLowerCase()));
  if (actions === undefined && notActions === undefined) return () => true;
  const isNegated = actions === undefined;
  return (foldedAction, budget) => patterns.some((pattern) => matches(pattern, foldedAction, budget)) !== isNegated;
}

function resourceMatcher({ resources, notResources }: StatementNode, hasVariables: boolean): EngineStatement['matchesResource'] {
  if (resources === undefined && notResources === undefined) return () => true;
  const patterns = (resources ?? notResources ?? []).map((pattern): ArnMatcher => arnMatcher(pattern, hasVariables));
  const isNegated = resources === undefined;
  return ({ resource, context }, budget) => patterns.some((matcher) => matcher(resource, context, budget)) !== isNegated;
}
