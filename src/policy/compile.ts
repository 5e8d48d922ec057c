/** Compiles a policy: once, when it is stored or first used. What cannot be understood can never allow, and its Deny denies. */
import { type ActionVocabulary, currentVocabulary } from './action-vocabulary.ts';
import { resourcePattern } from './patterns/arn-pattern.ts';
import { compileCondition, type Condition } from './conditions.ts';
import { readDocument, type DocumentNode, type StatementNode } from './document.ts';
import { EnginePolicy, EngineStatement, type StatementActions, type StatementParts } from './engine-policy.ts';
import { notPrincipalMatcher, principalMatcher } from './principal-match.ts';
import type { CompiledPolicy, PolicyKind } from './types.ts';

/** Makes a statement of what the compiler understood of it. `node` is the statement as it stands. */
export type MakeStatement = (parts: StatementParts, node: StatementNode, areVariablesAllowed: boolean) => EngineStatement;

const plainStatement: MakeStatement = (parts) => new EngineStatement(parts);

/** Never throws. */
export function compilePolicy(text: string, kind: PolicyKind, make = plainStatement): CompiledPolicy {
  const vocabulary = currentVocabulary();
  let document: DocumentNode;
  try {
    document = readDocument(text);
  } catch {
    // Nothing of it is known, so it may be a Deny of anything.
    return new EnginePolicy(kind, text, vocabulary, [denyAll]);
  }
  const areVariablesAllowed = document.version === '2012-10-17';
  const statements: StatementActions[] = [];
  for (const [index, node] of document.statements.entries()) {
    const statement = compileStatement(node, index, kind, areVariablesAllowed, vocabulary, make);
    // Where the document as a whole is not understood, no Allow of it counts.
    if (statement && (statement.of.effect === 'Deny' || document.problems.length === 0)) statements.push(statement);
  }
  return new EnginePolicy(kind, text, vocabulary, statements);
}

const kindsWithPrincipal: ReadonlySet<PolicyKind> = new Set(['trust', 'resource', 'bucket', 'endpoint', 'rcp']);

/** Undefined for an Allow that is not understood. Of a Deny that is not understood, only what is understood narrows it. */
function compileStatement(node: StatementNode, index: number, kind: PolicyKind, areVariablesAllowed: boolean, vocabulary: ActionVocabulary, make: MakeStatement): StatementActions | undefined {
  const effect = node.effect === 'Allow' ? 'Allow' : 'Deny';
  const conditions = compileConditions(node, areVariablesAllowed);
  const isUnderstood = node.problems.length === 0 && (node.effect === 'Allow' || node.effect === 'Deny') && conditions.length === node.conditions.length;
  if (effect === 'Allow' && !(isUnderstood && isComplete(node, kind))) return undefined;
  const resources = kind === 'trust' ? undefined : (node.resources ?? node.notResources);
  return {
    // A Deny without Action or Resource lets nothing off, as if it had a Not form that names nothing.
    of: make({
      index,
      sid: node.sid,
      effect,
      isNotResource: resources === undefined || node.resources === undefined,
      resources: resources?.map((resource) => resourcePattern(resource, areVariablesAllowed)) ?? nothing,
      naming: kindsWithPrincipal.has(kind) ? namingOf(node) : undefined,
      conditions: conditions.length === 0 ? nothing : conditions,
    }, node, areVariablesAllowed),
    isNotAction: node.actions === undefined,
    actions: (node.actions ?? node.notActions ?? []).map((action) => vocabulary.numberOf(action)),
  };
}

const nothing: readonly never[] = [];

/** Those that are understood. */
function compileConditions({ conditions }: StatementNode, areVariablesAllowed: boolean): readonly Condition[] {
  return conditions.flatMap((entry) => compileCondition(entry, areVariablesAllowed) ?? []);
}

function namingOf({ principal, notPrincipal }: StatementNode): EngineStatement['naming'] {
  if (principal !== undefined) return principalMatcher(principal);
  return notPrincipal === undefined ? undefined : notPrincipalMatcher(notPrincipal);
}

/**
 * "If you create a resource-based policy, [Resource] is optional. If you do not include this element, then the resource to which the action applies is the resource to which the policy is
 * attached": the one that is asked for. S3 wants it all the same. Source: "Policies and permissions in IAM", "Policies and permissions in Amazon S3".
 */
const kindsWithoutResource: ReadonlySet<PolicyKind> = new Set(['trust', 'resource']);

/** Whether an Allow says all that its kind of policy must say, and nothing it must not. */
function isComplete(node: StatementNode, kind: PolicyKind): boolean {
  const hasAction = (node.actions ?? node.notActions ?? []).length > 0;
  const resources = node.resources ?? node.notResources;
  const isResourceRight = resources === undefined ? kindsWithoutResource.has(kind) : kind !== 'trust' && resources.length > 0;
  // "NotPrincipal must be used with Effect: Deny. Using it with Effect: Allow is not supported." Source: "NotPrincipal" (IAM User Guide).
  return hasAction && isResourceRight && node.notPrincipal === undefined && kindsWithPrincipal.has(kind) === (node.principal !== undefined);
}

/** A Deny of everything to everyone. */
const denyAll: StatementActions = {
  of: new EngineStatement({ index: 0, sid: undefined, effect: 'Deny', isNotResource: true, resources: nothing, naming: undefined, conditions: nothing }),
  isNotAction: true,
  actions: nothing,
};
