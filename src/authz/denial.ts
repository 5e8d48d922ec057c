/** What a denied caller is told: who, which action, on which resource, and because of which kind of policy. Source: "Troubleshoot access denied error messages" (IAM User Guide). */
import { ApiError } from '../base/api-error.ts';
import type { Caller } from '../base/caller.ts';
import type { Decision, PolicyLayer } from '../policy/types.ts';
import type { Ask } from './ask.ts';
import type { DenialEvidence } from './denial-trace.ts';

/** A denial by policies, with what was asked and decided, so that it can be explained. */
export class Denied extends ApiError<'AccessDenied'> {
  readonly evidence: DenialEvidence;

  constructor(message: string, evidence: DenialEvidence) {
    super('AccessDenied', message);
    this.evidence = evidence;
  }
}

interface Wording { readonly implicit: string; readonly explicit: string }

const wordings: Record<PolicyLayer, Wording> = {
  identity: { implicit: 'no identity-based policy', explicit: 'an identity-based policy' },
  boundary: { implicit: 'no permissions boundary', explicit: 'a permissions boundary' },
  session: { implicit: 'no session policy', explicit: 'a session policy' },
  resource: { implicit: 'no resource-based policy', explicit: 'a resource-based policy' },
  trust: { implicit: 'no role trust policy', explicit: 'the role trust policy' },
  endpoint: { implicit: 'no VPC endpoint policy', explicit: 'a VPC endpoint policy' },
  scp: { implicit: 'no service control policy', explicit: 'a service control policy' },
  rcp: { implicit: 'no resource control policy', explicit: 'a resource control policy' },
};

/** The message of AccessDenied for a decision that did not allow `action`. */
export function denialMessage(caller: Caller, action: string, ask: Ask, decision: Decision): string {
  // AWS: who presents a token or an assertion is told the action alone.
  if (caller.kind === 'webIdentity' || caller.kind === 'saml') return `Not authorized to perform ${action}`;
  if (ask.refusedAs !== undefined && ask.resourceAccount !== caller.account) return ask.refusedAs;
  const where = ask.isResourceHidden ? '' : ` on resource: ${ask.shownAs ?? ask.resource}`;
  const refused = `User: ${caller.arn} is not authorized to perform: ${action}${where}`;
  // AWS leaves the reason out where the request crosses accounts.
  const crossesAccounts = ask.resourceAccount !== undefined && ask.resourceAccount !== caller.account;
  return ask.isReasonHidden || crossesAccounts ? refused : `${refused} ${reason(action, decision)}`;
}

function reason(action: string, { outcome, layer, statements }: Decision): string {
  if (outcome === 'budgetExceeded') return 'because its policies take too much work to evaluate';
  if (outcome === 'implicitDeny') return `because ${wordings[layer].implicit} allows the ${action} action`;
  const policyArn = statements[0]?.policy.arn;
  return `with an explicit deny in ${wordings[layer].explicit}${policyArn === undefined ? '' : `: ${policyArn}`}`;
}
