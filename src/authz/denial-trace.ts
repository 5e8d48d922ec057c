/** A denial as it is kept: all that was asked and decided, with the very texts of the policies, so that no later change of a policy can falsify its explanation. */
import { compilePolicy } from '../policy/compile.ts';
import type { AppliedPolicy, AppliedResourcePolicy, ContextValue, Decision, DecisionRequest, OrganizationPolicies, PolicyKind, PolicyLayer, PolicySet, Principal } from '../policy/types.ts';

/** What was asked and decided, when it was. */
export interface DenialEvidence {
  readonly request: DecisionRequest;
  /** Every key that the request had, by its name in lower case. */
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly policies: PolicySet;
  readonly decision: Decision;
  /** The caller's account's revision that the policies were read at. */
  readonly revision: number | undefined;
  /** False for what needs no Allow, and only a Deny can refuse. */
  readonly isAllowNeeded: boolean;
}

/** A denial as it is read back. */
export interface RecordedDenial extends DenialEvidence {
  /** Where the request came from and what the caller was told. */
  readonly occasion: DenialOccasion;
  /** True when the resource belongs to another account, whose policies are that account's to know. */
  readonly isOtherSideHidden: boolean;
}

export interface DenialOccasion {
  readonly requestId: string;
  /** `iam:CreateUser`: the operation that was called. */
  readonly operation: string;
  readonly message: string;
}

interface WrittenPolicy { readonly name: string; readonly arn?: string | undefined; readonly kind: PolicyKind; /** Which of the trace's documents. */ readonly text: number; readonly principalIds?: Readonly<Record<string, string>> | undefined }
type WrittenOrganization = Omit<OrganizationPolicies, 'levels'> & { readonly levels: readonly (readonly WrittenPolicy[])[] };

interface WrittenDenial {
  readonly occasion: DenialOccasion;
  readonly request: { readonly action: string; readonly resource: string; readonly resourceAccount: string; readonly principal: Principal };
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly decision: { readonly outcome: Decision['outcome']; readonly layer?: PolicyLayer | undefined };
  readonly revision?: number | undefined;
  readonly isAllowNeeded: boolean;
  readonly isOtherSideHidden: boolean;
  readonly isResourcePolicyRequired?: boolean | undefined;
  readonly identity: readonly WrittenPolicy[];
  readonly boundary?: WrittenPolicy | undefined;
  readonly session?: readonly WrittenPolicy[] | undefined;
  readonly resource?: WrittenPolicy | undefined;
  readonly endpoint?: WrittenPolicy | undefined;
  readonly scps?: WrittenOrganization | undefined;
  readonly rcps?: WrittenOrganization | undefined;
}

/** The text of a denial, and the policies that it refers to. What belongs to the resource's account, where that is another than the caller's, is not written. */
export function writeDenial({ request, context, policies, decision, revision, isAllowNeeded }: DenialEvidence, occasion: DenialOccasion): { readonly body: string; readonly documents: readonly string[] } {
  const { action, resource, resourceAccount, principal } = request;
  const isOtherSideHidden = principal.account !== undefined && principal.account !== resourceAccount;
  const documents: string[] = [];
  const places = new Map<string, number>();
  const written = ({ name, arn, compiled: { kind, text }, principalIds }: AppliedPolicy & Pick<AppliedResourcePolicy, 'principalIds'>): WrittenPolicy => {
    let place = places.get(text);
    if (place === undefined) {
      place = documents.push(text) - 1;
      places.set(text, place);
    }
    return { name, arn, kind, text: place, principalIds };
  };
  const organization = (one: OrganizationPolicies | undefined): WrittenOrganization | undefined => one && { ...one, levels: one.levels.map((level) => level.map(written)) };
  const denial: WrittenDenial = {
    occasion,
    request: { action, resource, resourceAccount, principal },
    context,
    decision: { outcome: decision.outcome, layer: decision.layer },
    revision,
    isAllowNeeded,
    isOtherSideHidden,
    isResourcePolicyRequired: policies.isResourcePolicyRequired,
    identity: policies.identity.map(written),
    boundary: policies.boundary && written(policies.boundary),
    session: policies.session?.map(written),
    scps: organization(policies.scps),
    endpoint: policies.endpoint && written(policies.endpoint),
    ...(!isOtherSideHidden && { resource: policies.resource && written(policies.resource), rcps: organization(policies.rcps) }),
  };
  return { body: JSON.stringify(denial), documents };
}

/** Reads what writeDenial() wrote. */
export function readDenial(body: string, documents: readonly string[]): RecordedDenial {
  const denial = JSON.parse(body) as WrittenDenial;
  const applied = ({ name, arn, kind, text, principalIds }: WrittenPolicy): AppliedResourcePolicy => {
    const document = documents[text];
    if (document === undefined) throw new Error(`the trace of ${denial.occasion.requestId} lacks the text of the policy ${name}`);
    // A policy that was not there allowed nothing: it has no text, and nothing is compiled.
    return { name, arn, compiled: document === '' ? { kind, text: '', statements: [] } : compilePolicy(document, kind), principalIds };
  };
  const organization = (one: WrittenOrganization | undefined): OrganizationPolicies | undefined => one && { ...one, levels: one.levels.map((level) => level.map(applied)) };
  const context = new Map(Object.entries(denial.context));
  const { outcome, layer } = denial.decision;
  return {
    occasion: denial.occasion,
    request: { ...denial.request, context: { get: (key) => context.get(key) } },
    context: denial.context,
    decision: outcome === 'budgetExceeded' || layer === undefined ? { outcome: 'budgetExceeded', statements: [] } : { outcome, layer, statements: [] },
    revision: denial.revision,
    isAllowNeeded: denial.isAllowNeeded,
    isOtherSideHidden: denial.isOtherSideHidden,
    policies: {
      identity: denial.identity.map(applied),
      boundary: denial.boundary && applied(denial.boundary),
      session: denial.session?.map(applied),
      resource: denial.resource && applied(denial.resource),
      endpoint: denial.endpoint && applied(denial.endpoint),
      isResourcePolicyRequired: denial.isResourcePolicyRequired,
      scps: organization(denial.scps),
      rcps: organization(denial.rcps),
    },
  };
}
