/** Policies of devices, and their versions. Source: "CreatePolicy" and its siblings (AWS IoT API Reference); "AWS IoT Core policies" (AWS IoT Developer Guide). */
import { newUuid } from '../../base/ids.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Iot } from '../../../models/iot.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import type { DevicePolicyDoc, DevicePolicyVersionDoc } from '../../store/iot-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { iotLimits } from './limits.ts';
import { anyAsk, findPolicy, getPolicy, iotArn, taggedAsk } from './lookup.ts';
import { markedPage } from './paging.ts';
import { readTags, requestTagContext } from './tags.ts';

export const policies = {
  CreatePolicy: {
    access: ({ policyName, tags }, context) => [taggedAsk(context, 'policy', policyName, undefined, requestTagContext(readTags(tags, context.error)))],
    run({ policyName, policyDocument, tags }, context) {
      const { write, region, now, random, error } = context;
      checkDocument(policyDocument, error);
      const Tags = readTags(tags, error);
      const PolicyId = newUuid(random);
      return write((draft) => {
        const made = draft.devicePolicies.insert({ PolicyId, Region: region, PolicyName: policyName, DefaultVersionId: '1', LatestVersion: 1, CreateDate: now, UpdateDate: now, ...(Tags.length > 0 && { Tags }) });
        if (!made) throw error('ResourceAlreadyExistsException', `Policy cannot be created - name already exists (name=${policyName})`);
        draft.devicePolicyVersions.insert({ PolicyId, VersionId: '1', Document: policyDocument, CreateDate: now });
        return { policyName, policyArn: iotArn(context, 'policy', policyName), policyDocument, policyVersionId: '1' };
      });
    },
  },

  GetPolicy: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run({ policyName }, context) {
      const policy = getPolicy(context.view, context.region, policyName, context.error);
      const { Document } = getVersion(context.view, policy, policy.DefaultVersionId, context.error);
      return { policyName, policyArn: iotArn(context, 'policy', policyName), policyDocument: Document, defaultVersionId: policy.DefaultVersionId, creationDate: policy.CreateDate, lastModifiedDate: policy.UpdateDate };
    },
  },

  ListPolicies: {
    access: () => [anyAsk()],
    run(page, context) {
      const { items, end } = markedPage(context.view.devicePolicies.listBy('region', context.region), ({ PolicyName }) => PolicyName, page, context);
      return { policies: items.map(({ PolicyName }) => ({ policyName: PolicyName, policyArn: iotArn(context, 'policy', PolicyName) })), ...end };
    },
  },

  DeletePolicy: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run: ({ policyName }, { write, region, error }) => write((draft) => {
      const { PolicyId } = getPolicy(draft, region, policyName, error);
      if (draft.devicePolicyAttachments.countBy('policy', PolicyId) > 0) throw error('DeleteConflictException', `The policy cannot be deleted as the policy is attached to one or more principals (name=${policyName})`);
      const versions = draft.devicePolicyVersions.listBy('policy', PolicyId);
      if (versions.length > 1) throw error('DeleteConflictException', `Cannot delete the policy because it has one or more policy versions attached to it (name=${policyName})`);
      for (const { VersionId } of versions) draft.devicePolicyVersions.remove(pairKey(PolicyId, VersionId));
      draft.devicePolicies.remove(PolicyId);
    }),
  },

  CreatePolicyVersion: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run({ policyName, policyDocument, setAsDefault = false }, context) {
      const { write, region, now, error } = context;
      checkDocument(policyDocument, error);
      return write((draft) => {
        const policy = getPolicy(draft, region, policyName, error);
        if (draft.devicePolicyVersions.countBy('policy', policy.PolicyId) >= iotLimits.policyVersionsMax) throw error('VersionsLimitExceededException', `The policy ${policyName} already has the maximum number of versions (${iotLimits.policyVersionsMax})`);
        const VersionId = String(policy.LatestVersion + 1);
        draft.devicePolicyVersions.insert({ PolicyId: policy.PolicyId, VersionId, Document: policyDocument, CreateDate: now });
        draft.devicePolicies.update({ ...policy, LatestVersion: policy.LatestVersion + 1, UpdateDate: now, ...(setAsDefault && { DefaultVersionId: VersionId }) });
        return { policyArn: iotArn(context, 'policy', policyName), policyDocument, policyVersionId: VersionId, isDefaultVersion: setAsDefault };
      });
    },
  },

  GetPolicyVersion: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run({ policyName, policyVersionId }, context) {
      const policy = getPolicy(context.view, context.region, policyName, context.error);
      const { Document, CreateDate } = getVersion(context.view, policy, policyVersionId, context.error);
      return { policyName, policyArn: iotArn(context, 'policy', policyName), policyDocument: Document, policyVersionId, isDefaultVersion: policy.DefaultVersionId === policyVersionId, creationDate: CreateDate, lastModifiedDate: CreateDate };
    },
  },

  ListPolicyVersions: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run({ policyName }, { view, region, error }) {
      const { PolicyId, DefaultVersionId } = getPolicy(view, region, policyName, error);
      const versions = view.devicePolicyVersions.listBy('policy', PolicyId).toSorted((a, b) => Number(b.VersionId) - Number(a.VersionId));
      return { policyVersions: versions.map(({ VersionId, CreateDate }) => ({ versionId: VersionId, isDefaultVersion: VersionId === DefaultVersionId, createDate: CreateDate })) };
    },
  },

  DeletePolicyVersion: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run: ({ policyName, policyVersionId }, { write, region, error }) => write((draft) => {
      const policy = getPolicy(draft, region, policyName, error);
      getVersion(draft, policy, policyVersionId, error);
      if (policy.DefaultVersionId === policyVersionId) throw error('DeleteConflictException', `Cannot delete the default version of a policy (name=${policyName})`);
      draft.devicePolicyVersions.remove(pairKey(policy.PolicyId, policyVersionId));
    }),
  },

  SetDefaultPolicyVersion: {
    access: ({ policyName }, context) => [taggedAsk(context, 'policy', policyName, findPolicy(context.view, context.region, policyName))],
    run: ({ policyName, policyVersionId }, { write, region, now, error }) => write((draft) => {
      const policy = getPolicy(draft, region, policyName, error);
      getVersion(draft, policy, policyVersionId, error);
      draft.devicePolicies.update({ ...policy, DefaultVersionId: policyVersionId, UpdateDate: now });
    }),
  },
} satisfies Operations<Iot, 'CreatePolicy' | 'GetPolicy' | 'ListPolicies' | 'DeletePolicy' | 'CreatePolicyVersion' | 'GetPolicyVersion' | 'ListPolicyVersions' | 'DeletePolicyVersion' | 'SetDefaultPolicyVersion'>;

function getVersion(view: AccountView, { PolicyId, PolicyName }: DevicePolicyDoc, versionId: string, error: Raise<'ResourceNotFoundException'>): DevicePolicyVersionDoc {
  const version = view.devicePolicyVersions.find(pairKey(PolicyId, versionId));
  if (!version) throw error('ResourceNotFoundException', `Policy version not found, policy name: ${PolicyName}, version: ${versionId}`);
  return version;
}

/** They have the form of identity policies. AWS: what is wrong is told as a malformed policy. */
function checkDocument(document: string, error: Raise<'MalformedPolicyException'>): void {
  if (document.replaceAll(/\s/g, '').length > iotLimits.policyLengthMax) throw error('MalformedPolicyException', `A policy document can have at most ${iotLimits.policyLengthMax} characters, white space apart.`);
  const [finding] = validatePolicy(document, 'identity');
  if (finding) throw error('MalformedPolicyException', `Policy document is Malformed: ${finding.message}`);
}
