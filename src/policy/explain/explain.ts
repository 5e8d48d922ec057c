/** Explains a decision: every policy, statement and element that was asked, and what would have allowed the request. A second, slower path beside decide(), which must agree with it. */
import { compilePolicy } from '../compile.ts';
import { decide } from '../decide.ts';
import { readDocument } from '../document.ts';
import { findRemedy } from './remedy.ts';
import { readSource } from './source.ts';
import { explainStatement, shownPrincipal } from './statement.ts';
import type { Explanation, LayerExplanation, PolicyExplanation } from './explanation.ts';
import { JsonError } from '../json.ts';
import type { AppliedPolicy, AppliedResourcePolicy, DecisionRequest, OrganizationPolicies, PolicyLayer, PolicySet } from '../types.ts';

/** Never throws for what a policy or a request holds. */
export function explain(request: DecisionRequest, policies: PolicySet): Explanation {
  const { outcome, layer } = decide(request, policies);
  const layers = explainLayers(request, policies);
  const { action, resource, resourceAccount, principal } = request;
  return {
    request: { action, resource, resourceAccount, principal: shownPrincipal(principal), principalAccount: principal.account },
    outcome,
    layer,
    layers,
    remedy: outcome === 'allowed' ? undefined : findRemedy(request, policies, { decide: (changed) => decide(request, changed), explain: (changed) => (changed === policies ? layers : explainLayers(request, changed)) }),
  };
}

/** In the order in which AWS asks them. Source: "How AWS enforcement code logic evaluates requests" (IAM User Guide). */
function explainLayers(request: DecisionRequest, policies: PolicySet): readonly LayerExplanation[] {
  const { rcps, scps, endpoint, resource, isResourcePolicyRequired, identity, boundary, session } = policies;
  const layers: LayerExplanation[] = [];
  const add = (layer: PolicyLayer, those: readonly AppliedPolicy[], level?: number): void => {
    const explained = those.map((policy) => explainPolicy(policy, request, boundary !== undefined));
    layers.push({ layer, level, verdict: verdictOf(explained), policies: explained });
  };
  if (rcps && isBound('rcps', rcps, request)) rcps.levels.forEach((level, index) => add('rcp', level, index));
  if (scps && isBound('scps', scps, request)) scps.levels.forEach((level, index) => add('scp', level, index));
  if (endpoint) add('endpoint', [endpoint]);
  if (resource || isResourcePolicyRequired) add(!resource || resource.compiled.kind === 'trust' ? 'trust' : 'resource', resource ? [resource] : []);
  // A service, an identity provider and whoever is nobody have no policies of their own.
  if (request.principal.account !== undefined || identity.length > 0) add('identity', identity);
  if (boundary) add('boundary', [boundary]);
  if (session || request.principal.kind === 'federatedUser') add('session', session ?? []);
  return layers;
}

/** Whether an organization's policies bind this request: asked of the engine, with one that denies everything. */
function isBound(layer: 'scps' | 'rcps', { managementAccount }: OrganizationPolicies, request: DecisionRequest): boolean {
  const denyAll = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...(layer === 'rcps' && { Principal: '*' }), Action: '*', Resource: '*' }] });
  const level = [{ compiled: compilePolicy(denyAll, layer === 'rcps' ? 'rcp' : 'scp'), arn: undefined, name: 'probe' }];
  return decide(request, { identity: [], [layer]: { managementAccount, levels: [level] } }).outcome === 'explicitDeny';
}

/** A policy with more statements is explained briefly where it is about other services. */
const wholeMax = 20;

function explainPolicy(policy: AppliedPolicy & Pick<AppliedResourcePolicy, 'principalIds'>, request: DecisionRequest, hasBoundary: boolean): PolicyExplanation {
  const { name, arn, principalIds, compiled: { text, kind, statements } } = policy;
  // A policy that is named but is not there has no text and nothing that could match; an empty text that was compiled denies.
  if (text === '' && statements.length === 0) return { name, arn, statements: [], unreadable: undefined, isMissing: true };
  const source = readSource(text);
  if ('unreadable' in source) return { name, arn, statements: [], unreadable: source.unreadable, isMissing: false };
  const problems = problemsOf(text);
  const setting = { text, version: source.version, kind, principalIds, request, hasBoundary, isBrief: source.statements.length > wholeMax };
  return { name, arn, unreadable: undefined, isMissing: false, statements: source.statements.map((statement) => explainStatement(statement, [...problems.ofAll, ...(problems.ofEach[statement.index] ?? [])], setting)) };
}

/** What the engine finds in the document as a whole, which keeps every Allow of it from counting, and in each statement. */
function problemsOf(text: string): { readonly ofAll: readonly string[]; readonly ofEach: readonly (readonly string[])[] } {
  try {
    const { problems, statements } = readDocument(text);
    return { ofAll: problems, ofEach: statements.map((statement) => statement.problems) };
  } catch (thrown) {
    if (thrown instanceof JsonError) return { ofAll: [thrown.message], ofEach: [] };
    throw thrown;
  }
}

function verdictOf(policies: readonly PolicyExplanation[]): LayerExplanation['verdict'] {
  const matching = policies.flatMap(({ statements }) => statements.filter(({ matches }) => matches));
  if (policies.some(({ unreadable }) => unreadable !== undefined) || matching.some(({ effect }) => effect === 'Deny')) return 'denies';
  return matching.length > 0 ? 'allows' : 'silent';
}
