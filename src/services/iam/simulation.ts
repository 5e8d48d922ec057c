/** Evaluates a simulated request for each action and resource, with the statements that settled it and where they stand. Source: EvaluationResult, ResourceSpecificResult, Statement (IAM API Reference). */
import type { EvaluationResult, PolicyEvaluationDecisionType, PolicySourceType, ResourceSpecificResult, Statement } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import type { AuthorizationReference } from '../../base/authorization-reference.ts';
import { compilePolicy } from '../../policy/compile.ts';
import { contextKeysOf, uniqueKeys } from '../../policy/context-keys.ts';
import { decide } from '../../policy/decide.ts';
import { rawText, readSource } from '../../policy/explain/source.ts';
import { likelyKind } from '../../policy/lint/likely-kind.ts';
import type { AccountPrincipal, AppliedPolicy, ContextValue, DecisionRequest, PolicyKind, PolicySet } from '../../policy/types.ts';
import { simulatedAction } from './simulated-action.ts';
import type { SourcePolicy } from './simulation-sources.ts';

export interface SimulationParts {
  /** Whether the policies of the account's organization allow it; undefined for an account in none. */
  readonly isAllowedByOrganization?: boolean | undefined;
  readonly identity: readonly SourcePolicy[];
  readonly boundary: SourcePolicy | undefined;
  readonly resourcePolicy: SourcePolicy | undefined;
  readonly principal: AccountPrincipal;
  /** The account that ResourceOwner names. */
  readonly owner: string | undefined;
  /** Undefined for `*`. */
  readonly resources: readonly string[] | undefined;
  readonly context: ReadonlyMap<string, ContextValue>;
  /** What AWS lists of its services. */
  readonly reference: AuthorizationReference;
}

export interface Simulation {
  /** How many statements each evaluation looks at. */
  readonly statements: number;
  /** The results of one action, over all the resources. */
  simulate(action: string): EvaluationResult;
}

/** A statement by itself, and how a result names it. */
interface Piece { readonly policy: AppliedPolicy; readonly shown: Statement }

/** What one action on one resource comes to. */
interface Outcome {
  readonly decision: PolicyEvaluationDecisionType;
  readonly matched: readonly Statement[];
  readonly isWithinBoundary: boolean | undefined;
  /** By type of policy; undefined within one account. */
  readonly details: Readonly<Record<string, PolicyEvaluationDecisionType>> | undefined;
}

export function openSimulation(parts: SimulationParts): Simulation {
  const { identity, boundary, resourcePolicy, resources, context, reference, isAllowedByOrganization } = parts;
  const documents = [...identity, ...(boundary ? [boundary] : []), ...(resourcePolicy ? [resourcePolicy] : [])].map(({ document }) => document);
  // AWS: every key of every policy that was not given, whatever statement it stands in (boto3 issue 3111, 2022).
  const missing = uniqueKeys(documents.flatMap(contextKeysOf)).filter((key) => !context.has(key.toLowerCase()));
  const { evaluate, statements } = evaluator(parts);
  return { statements, simulate };

  function simulate(action: string): EvaluationResult {
    const named = simulatedAction(action, reference);
    const results = (resources ?? ['*']).map((resource) => ({ resource, outcome: evaluate(action, named.evaluatedOn(resource), resource) }));
    const decision = together(results.map(({ outcome }) => outcome.decision));
    const [{ outcome: first }] = results as [typeof results[number], ...typeof results];
    const isWithinBoundary = first.isWithinBoundary === undefined ? undefined : results.every(({ outcome }) => outcome.isWithinBoundary);
    return {
      EvalActionName: action,
      EvalResourceName: named.nameOf(resources ?? ['*']),
      EvalDecision: decision,
      MatchedStatements: uniqueStatements(results.flatMap(({ outcome }) => (outcome.decision === decision ? outcome.matched : []))),
      MissingContextValues: results.length === 1 ? missing : [],
      ...(isWithinBoundary !== undefined && { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: isWithinBoundary } }),
      ...(isAllowedByOrganization !== undefined && { OrganizationsDecisionDetail: { AllowedByOrganizations: isAllowedByOrganization } }),
      // Within one account the details are there but empty where resources are named, and absent for `*`.
      ...((resources || first.details) && { EvalDecisionDetails: first.details ?? {} }),
      ...(resources && { ResourceSpecificResults: results.map(({ resource, outcome }) => specificResult(resource, outcome, missing)) }),
    };
  }
}

/** All must be allowed; one explicit denial denies them together. Source: "An action touching several resources", Policy evaluation logic (IAM User Guide). */
function together(decisions: readonly PolicyEvaluationDecisionType[]): PolicyEvaluationDecisionType {
  if (decisions.includes('explicitDeny')) return 'explicitDeny';
  return decisions.includes('implicitDeny') ? 'implicitDeny' : 'allowed';
}

function specificResult(resource: string, { decision, matched, isWithinBoundary, details }: Outcome, missing: readonly string[]): ResourceSpecificResult {
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decision,
    MatchedStatements: matched,
    MissingContextValues: missing,
    ...(details && { EvalDecisionDetails: details }),
    ...(isWithinBoundary !== undefined && { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: isWithinBoundary } }),
  };
}

function uniqueStatements(statements: readonly Statement[]): readonly Statement[] {
  return [...new Set(statements)];
}

type Layer = 'identity' | 'boundary' | 'resource';

function evaluator({ identity, boundary, resourcePolicy, principal, owner, context }: SimulationParts): { readonly statements: number; readonly evaluate: (action: string, resource: string, owned: string) => Outcome } {
  const resourceKind: PolicyKind = resourcePolicy && likelyKind(resourcePolicy.document) === 'trust' ? 'trust' : 'resource';
  const set: PolicySet = {
    identity: identity.map((policy) => applied(policy, 'identity')),
    boundary: boundary && applied(boundary, 'boundary'),
    resource: resourcePolicy && applied(resourcePolicy, resourceKind),
    // A role lets in only whom its own policy names.
    isResourcePolicyRequired: resourceKind === 'trust',
  };
  const pieces: Readonly<Record<Layer, readonly Piece[]>> = {
    identity: identity.flatMap((policy) => piecesOf(policy, 'identity', 'IAM Policy')),
    boundary: boundary ? piecesOf(boundary, 'boundary', 'IAM Policy') : [],
    resource: resourcePolicy ? piecesOf(resourcePolicy, resourceKind, 'Resource Policy') : [],
  };
  const statements = pieces.identity.length + pieces.boundary.length + pieces.resource.length;
  return { statements, evaluate };

  /** `owned` is the resource that tells the owner. */
  function evaluate(action: string, resource: string, owned: string): Outcome {
    // Only a resource's policy can tell its owner apart from the caller; without one AWS looks at the caller's side alone.
    const resourceAccount = resourcePolicy ? ownerOf(owned, owner, principal) : principal.account;
    const request: DecisionRequest = { action, resource, resourceAccount, principal, context: { get: (key) => context.get(key) } };
    const decision = decisionOf(decide(request, set).outcome);
    const having = (layers: readonly Layer[], wanted: Effect): readonly Statement[] => layers.flatMap((layer) => pieces[layer].filter((piece) => effectOf(piece, layer, request) === wanted).map(({ shown }) => shown));
    const matched = decision === 'implicitDeny' ? [] : decision === 'explicitDeny' ? having(['identity', 'boundary', 'resource'], 'Deny') : having(['identity', 'resource'], 'Allow');
    const sideOf = (layer: Layer): PolicyEvaluationDecisionType => (having([layer], 'Deny').length > 0 ? 'explicitDeny' : having([layer], 'Allow').length > 0 ? 'allowed' : 'implicitDeny');
    return {
      decision,
      matched,
      isWithinBoundary: boundary && sideOf('boundary') === 'allowed',
      // GUESS: the names of the two sides are those that AWS gives to the types of policies.
      details: resourceAccount === principal.account ? undefined : { 'IAM Policy': sideOf('identity'), 'Resource Policy': sideOf('resource') },
    };
  }
}

/** A decision that takes too much work is a denial for want of an Allow. */
const decisionOf = (outcome: ReturnType<typeof decide>['outcome']): PolicyEvaluationDecisionType => (outcome === 'budgetExceeded' ? 'implicitDeny' : outcome);

const applied = ({ id, document }: SourcePolicy, kind: PolicyKind): AppliedPolicy => ({ compiled: compilePolicy(document, kind), arn: undefined, name: id });

/** The owner that the ARN names, else the one that was given, else the caller's account. Source: ResourceOwner (IAM API Reference). */
function ownerOf(resource: string, owner: string | undefined, principal: AccountPrincipal): string {
  const account = arn.parse(resource)?.account ?? '';
  return /^\d{12}$/.test(account) ? account : (owner ?? principal.account);
}

/** Each statement as a policy of its own, so that all that match can be told. */
function piecesOf({ id, document }: SourcePolicy, kind: PolicyKind, type: string): readonly Piece[] {
  const source = readSource(document);
  if ('unreadable' in source) return [];
  const version = source.version === undefined ? '' : `"Version":${JSON.stringify(source.version)},`;
  return source.statements.map(({ node, simulatorSpan: { start, end } }) => ({
    policy: applied({ id, document: `{${version}"Statement":[${rawText(document, node)}]}` }, kind),
    shown: {
      SourcePolicyId: id,
      // AWS: on the wire it is `IAM Policy` or `Resource Policy`, none of the values that the model lists.
      SourcePolicyType: type as PolicySourceType,
      StartPosition: { Line: start.line, Column: start.column },
      EndPosition: { Line: end.line, Column: end.column },
    },
  }));
}

type Effect = 'Allow' | 'Deny' | undefined;

const everything = (): AppliedPolicy => applied({ id: 'everything', document: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }, 'identity');

/** What one statement does to the request when nothing else is in its way. */
function effectOf({ policy }: Piece, layer: Layer, request: DecisionRequest): Effect {
  const alone: PolicySet = layer === 'identity' ? { identity: [policy] } : layer === 'boundary' ? { identity: [everything()], boundary: policy } : { identity: [everything()], resource: policy, isResourcePolicyRequired: true };
  const { outcome } = decide(layer === 'resource' ? request : { ...request, resourceAccount: request.principal.account! }, alone);
  return outcome === 'allowed' ? 'Allow' : outcome === 'explicitDeny' ? 'Deny' : undefined;
}
