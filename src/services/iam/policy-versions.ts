/** Versions of customer-managed policies, up to five at a time; AWS's own policies show the one in force. */
import type { Iam, PolicyVersion } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { AwsManagedPolicies } from '../../store/aws-managed-policies.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey, type PolicyVersionDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { findPolicy, getPolicy } from './lookup.ts';
import { changePolicyAsk, policyNotFound, readPolicyAsk } from './managed-policies.ts';
import { pageList } from './paging.ts';
import { checkGrammar, checkSize, encodeDocument } from './policy-documents.ts';
import { versionsPerPolicy } from './quotas.ts';

/** The operations on the versions of managed policies. */
export const policyVersions = {
  CreatePolicyVersion: {
    access: ({ PolicyArn }, { view, error }) => [changePolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn, PolicyDocument, SetAsDefault = false }, { write, now, error }) => write((draft) => {
      const policy = getPolicy(draft, PolicyArn, error);
      checkGrammar(PolicyDocument, 'identity', error);
      checkSize(PolicyDocument, error);
      if (draft.policyVersions.countBy('policy', policy.PolicyId) >= versionsPerPolicy) {
        throw error('LimitExceeded', `A managed policy can have up to ${versionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`);
      }
      const LatestVersion = policy.LatestVersion + 1;
      const VersionId = `v${LatestVersion}`;
      draft.policyVersions.insert({ PolicyId: policy.PolicyId, VersionId, CreateDate: now, Document: PolicyDocument });
      draft.policies.update({ ...policy, LatestVersion, UpdateDate: now, ...(SetAsDefault && { DefaultVersionId: VersionId }) });
      return { PolicyVersion: { VersionId, IsDefaultVersion: SetAsDefault, CreateDate: now } };
    }),
  },

  GetPolicyVersion: {
    access: ({ PolicyArn }, { view, error }) => [readPolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn, VersionId }, { view, awsManagedPolicies, error }) => {
      const { versions, defaultVersionId } = getVersions(view, awsManagedPolicies, PolicyArn, error);
      const version = versions.find((each) => each.VersionId === VersionId);
      if (!version) throw versionNotFound(PolicyArn, VersionId, error);
      return { PolicyVersion: { Document: encodeDocument(version.Document), ...listedVersion(version, defaultVersionId) } };
    },
  },

  ListPolicyVersions: {
    access: ({ PolicyArn }, { view, error }) => [readPolicyAsk(view, PolicyArn, error)],
    run: (request, { view, awsManagedPolicies, marker, error }) => {
      const { versions, defaultVersionId } = getVersions(view, awsManagedPolicies, request.PolicyArn, error);
      const { items, end } = pageList(versions, newestFirst, request, marker);
      return { Versions: items.map((version) => listedVersion(version, defaultVersionId)), ...end };
    },
  },

  DeletePolicyVersion: {
    access: ({ PolicyArn }, { view, error }) => [changePolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn, VersionId }, { write, error }) => write((draft) => {
      const policy = getPolicy(draft, PolicyArn, error);
      if (VersionId === policy.DefaultVersionId) throw error('DeleteConflict', 'Cannot delete the default version of a policy.');
      if (!draft.policyVersions.remove(pairKey(policy.PolicyId, VersionId))) throw versionNotFound(PolicyArn, VersionId, error);
    }),
  },

  SetDefaultPolicyVersion: {
    access: ({ PolicyArn }, { view, error }) => [changePolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn, VersionId }, { write, error }) => write((draft) => {
      const policy = getPolicy(draft, PolicyArn, error);
      if (!draft.policyVersions.find(pairKey(policy.PolicyId, VersionId))) throw versionNotFound(PolicyArn, VersionId, error);
      // UpdateDate stays: it is when the newest version was created ("Policy", IAM API Reference).
      draft.policies.update({ ...policy, DefaultVersionId: VersionId });
    }),
  },
} satisfies Operations<Iam, 'CreatePolicyVersion' | 'GetPolicyVersion' | 'ListPolicyVersions' | 'DeletePolicyVersion' | 'SetDefaultPolicyVersion'>;

interface Versions { readonly versions: readonly PolicyVersionDoc[]; readonly defaultVersionId: string }

/** The versions of the managed policy of that ARN; of one of AWS's, the one that is in force. */
export function findVersions(view: AccountView, awsManagedPolicies: AwsManagedPolicies, policyArn: string): Versions | undefined {
  const awsManaged = awsManagedPolicies.find(policyArn);
  if (awsManaged) return { versions: [awsManaged.version], defaultVersionId: awsManaged.DefaultVersionId };
  const policy = findPolicy(view, policyArn);
  return policy && { versions: view.policyVersions.listBy('policy', policy.PolicyId), defaultVersionId: policy.DefaultVersionId };
}

/** The document that an attachment of the policy stands for; empty where there is no such policy. */
export function documentInForce(view: AccountView, awsManagedPolicies: AwsManagedPolicies, policyArn: string): string {
  const found = findVersions(view, awsManagedPolicies, policyArn);
  return found?.versions.find(({ VersionId }) => VersionId === found.defaultVersionId)?.Document ?? '';
}

function getVersions(view: AccountView, awsManagedPolicies: AwsManagedPolicies, policyArn: string, error: Raise<'NoSuchEntity'>): Versions {
  const found = findVersions(view, awsManagedPolicies, policyArn);
  if (!found) throw policyNotFound(policyArn, error);
  return found;
}

/** A version without its document. */
export function listedVersion({ VersionId, CreateDate }: PolicyVersionDoc, defaultVersionId: string): PolicyVersion {
  return { VersionId, IsDefaultVersion: VersionId === defaultVersionId, CreateDate };
}

/** A position that sorts `v10` before `v9`. */
export function newestFirst({ VersionId }: PolicyVersionDoc): string {
  return String(Number.MAX_SAFE_INTEGER - Number(VersionId.slice(1)));
}

function versionNotFound(policyArn: string, versionId: string, error: Raise<'NoSuchEntity'>): Error {
  return error('NoSuchEntity', `Policy ${policyArn} version ${versionId} does not exist or is not attachable.`);
}
