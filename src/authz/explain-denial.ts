/** A denial explained, to those of the account that it is kept for. */
import { compilePolicy } from '../policy/compile.ts';
import { explain } from '../policy/explain/explain.ts';
import { explanationText } from '../policy/explain/text.ts';
import type { ExplainedRequest, Explanation, PolicyExplanation } from '../policy/explain/explanation.ts';
import type { AppliedResourcePolicy, PolicyLayer } from '../policy/types.ts';
import type { RecordedDenial } from './denial-trace.ts';

/** A denial explained, in structure and in words. */
export interface ExplainedDenial { readonly explanation: Explanation; readonly text: string }

/** Explains a denial by the policies as they were when it was decided. */
export function explainDenial(denial: RecordedDenial): ExplainedDenial {
  const { request: { principal, resourceAccount }, isOtherSideHidden } = denial;
  const explanation = withoutOrganizations(denial, isOtherSideHidden ? ownSide(denial) : explain(denial.request, denial.policies));
  const shown = { ...explanation, request: { ...explanation.request, keys: providedKeys(denial) } };
  const needed = denial.isAllowNeeded ? shown : { ...shown, remedy: shown.remedy?.filter(({ step }) => step === 'remove') };
  const text = explanationText(needed);
  if (!isOtherSideHidden) return { explanation: needed, text };
  const heading = explanation.outcome === 'allowed'
    ? `Denied on the side of account ${resourceAccount}: its policies do not let the caller in, or there is no such thing. What they say is for that account to know.\nThe caller's own account ${principal.account} allows the request:`
    : `The request crosses from account ${principal.account} to ${resourceAccount}, and both must allow it. What the other account says is for it to know. The caller's own side:`;
  return { explanation: needed, text: `${heading}\n\n${text}` };
}

/** What operators ask for first when a provider's users are refused: what its token or assertion claimed. The global keys say nothing of that, but for the tags that it asked for. */
function providedKeys({ request: { principal }, context }: RecordedDenial): ExplainedRequest['keys'] {
  if (principal.kind !== 'webIdentity' && principal.kind !== 'saml') return undefined;
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith('aws:') || key.startsWith('aws:requesttag/') || key === 'aws:tagkeys').toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Both accounts must allow. What the other one's policies say is not for this one to know; if they allowed, this is what the caller's side would say. */
function ownSide(denial: RecordedDenial): Explanation {
  const whole = explain(denial.request, { ...denial.policies, resource: otherSideAllows(denial), isResourcePolicyRequired: false });
  return { ...whole, layers: whole.layers.filter(({ layer }) => layer !== 'resource' && layer !== 'trust') };
}

/** What an organization's policies say is seen in its management account only; elsewhere that they deny or do not allow. Source: "DescribePolicy" (AWS Organizations API Reference). */
function withoutOrganizations({ request: { principal, resourceAccount }, policies: { scps, rcps } }: RecordedDenial, explanation: Explanation): Explanation {
  const reader = principal.account ?? resourceAccount;
  const isHidden = (layer: PolicyLayer): boolean => (layer === 'scp' && scps?.managementAccount !== reader) || (layer === 'rcp' && rcps?.managementAccount !== reader);
  return {
    ...explanation,
    layers: explanation.layers.map((one) => (isHidden(one.layer) ? { ...one, policies: one.policies.map(hidden) } : one)),
    remedy: explanation.remedy?.map((step) => (step.step === 'remove' && isHidden(step.layer) ? { ...step, statement: undefined, sid: undefined } : step)),
  };
}

const hidden = ({ name, arn }: PolicyExplanation): PolicyExplanation => ({ name, arn, statements: [], unreadable: undefined, isMissing: false, isHidden: true });

function otherSideAllows({ request: { principal } }: RecordedDenial): AppliedResourcePolicy | undefined {
  if (!('arn' in principal)) return undefined;
  const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal.arn }, Action: '*', Resource: '*' }] });
  return { name: 'the other account', arn: undefined, compiled: compilePolicy(document, 'resource') };
}
