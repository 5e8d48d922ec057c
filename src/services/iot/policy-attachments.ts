/** Which policies certificates have. Source: "AttachPolicy" and its siblings (AWS IoT API Reference); AttachPrincipalPolicy is its older name. */
import type { Raise } from '../../base/api-error.ts';
import type { Iot } from '../../../models/iot.ts';
import type { DevicePolicyDoc } from '../../store/iot-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { AccessContext, Operations, RunContext } from '../operation.ts';
import { iotLimits } from './limits.ts';
import { anyAsk, certificateIdOf, findPolicy, getCertificate, getPolicy, iotArn, iotAsk, taggedAsk } from './lookup.ts';
import { markedPage } from './paging.ts';

type Naming = Pick<AccessContext<'InvalidRequestException'>, 'account' | 'region' | 'error'>;

const certificateAsk = (target: string, context: Naming) => iotAsk(context, 'cert', certificateIdOf(target, context, context.error));

function attach(policyName: string, target: string, { write, account, region, error }: Pick<RunContext<'ResourceNotFoundException' | 'InvalidRequestException' | 'LimitExceededException'>, 'write' | 'account' | 'region' | 'error'>): Promise<void> {
  return write((draft) => {
    const { PolicyId } = getPolicy(draft, region, policyName, error);
    const { CertificateId } = getCertificate(draft, region, certificateIdOf(target, { account, region }, error), error);
    // Attaching what is attached changes nothing.
    if (draft.devicePolicyAttachments.find(pairKey(CertificateId, PolicyId))) return;
    if (draft.devicePolicyAttachments.countBy('certificate', CertificateId) >= iotLimits.policiesPerCertificateMax) throw error('LimitExceededException', `A certificate can have at most ${iotLimits.policiesPerCertificateMax} policies.`);
    draft.devicePolicyAttachments.insert({ PolicyId, CertificateId });
  });
}

function detach(policyName: string, target: string, { write, account, region, error }: Pick<RunContext<'InvalidRequestException'>, 'write' | 'account' | 'region' | 'error'>): Promise<void> {
  return write((draft) => {
    const policy = findPolicy(draft, region, policyName);
    if (policy) draft.devicePolicyAttachments.remove(pairKey(certificateIdOf(target, { account, region }, error), policy.PolicyId));
  });
}

/** The policies of a certificate, by name. */
function policiesOf(target: string, { view, account, region, error }: Pick<RunContext<'ResourceNotFoundException' | 'InvalidRequestException'>, 'view' | 'account' | 'region' | 'error'>): readonly DevicePolicyDoc[] {
  const { CertificateId } = getCertificate(view, region, certificateIdOf(target, { account, region }, error), error);
  return view.devicePolicyAttachments.listBy('certificate', CertificateId).map(({ PolicyId }) => view.devicePolicies.find(PolicyId)!);
}

const targetsOf = (policyName: string, view: AccountView, region: string, error: Raise<'ResourceNotFoundException'>): readonly string[] =>
  view.devicePolicyAttachments.listBy('policy', getPolicy(view, region, policyName, error).PolicyId).map(({ CertificateId }) => CertificateId);

export const policyAttachments = {
  AttachPolicy: {
    access: ({ target }, context) => [certificateAsk(target, context)],
    run: ({ policyName, target }, context) => attach(policyName, target, context),
  },

  AttachPrincipalPolicy: {
    access: ({ principal }, context) => [certificateAsk(principal, context)],
    run: ({ policyName, principal }, context) => attach(policyName, principal, context),
  },

  DetachPolicy: {
    access: ({ target }, context) => [certificateAsk(target, context)],
    run: ({ policyName, target }, context) => detach(policyName, target, context),
  },

  DetachPrincipalPolicy: {
    access: ({ principal }, context) => [certificateAsk(principal, context)],
    run: ({ policyName, principal }, context) => detach(policyName, principal, context),
  },

  // `recursive` is about groups of things above the target; there are none.
  ListAttachedPolicies: {
    access: () => [anyAsk()],
    run({ target, recursive: _, ...page }, context) {
      const { items, end } = markedPage(policiesOf(target, context), ({ PolicyName }) => PolicyName, page, context);
      return { policies: items.map(({ PolicyName }) => ({ policyName: PolicyName, policyArn: iotArn(context, 'policy', PolicyName) })), ...end };
    },
  },

  ListPrincipalPolicies: {
    access: () => [anyAsk()],
    run({ principal, ...page }, context) {
      const { items, end } = markedPage(policiesOf(principal, context), ({ PolicyName }) => PolicyName, page, context);
      return { policies: items.map(({ PolicyName }) => ({ policyName: PolicyName, policyArn: iotArn(context, 'policy', PolicyName) })), ...end };
    },
  },

  ListTargetsForPolicy: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run({ policyName, ...page }, context) {
      const { items, end } = markedPage(targetsOf(policyName, context.view, context.region, context.error), (id) => id, page, context);
      return { targets: items.map((id) => iotArn(context, 'cert', id)), ...end };
    },
  },

  ListPolicyPrincipals: {
    access: () => [anyAsk()],
    run({ policyName, ...page }, context) {
      const { items, end } = markedPage(targetsOf(policyName, context.view, context.region, context.error), (id) => id, page, context);
      return { principals: items.map((id) => iotArn(context, 'cert', id)), ...end };
    },
  },
} satisfies Operations<Iot, 'AttachPolicy' | 'AttachPrincipalPolicy' | 'DetachPolicy' | 'DetachPrincipalPolicy' | 'ListAttachedPolicies' | 'ListPrincipalPolicies' | 'ListTargetsForPolicy' | 'ListPolicyPrincipals'>;
