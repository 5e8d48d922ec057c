/** Customer-managed policies, and the lists that show AWS's beside them. */
import type { Iam, ListPoliciesRequest, ListPoliciesResponse } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import type { AwsManagedPolicy } from '../../store/aws-managed-policies.ts';
import { foldCase, pairKey, type PolicyDoc } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { getPolicy, policyArnOf } from './lookup.ts';
import { changePolicyAsk, getManagedPolicy, listedPolicy, type ManagedPolicy, type PolicyUse, readPolicyAsk, useOf } from './managed-policies.ts';
import { type Listing, listingAs, listingOf, listingOfAll, pageListing, tableListing } from './paging.ts';
import { checkGrammar, checkSize } from './policy-documents.ts';
import { claimAdjustable } from './quotas.ts';
import { mergeTags, requestTagContext } from './tags.ts';

const notUsed = { attachments: 0, boundaries: 0 };

/** The operations on managed policies as a whole. */
export const policies = {
  CreatePolicy: {
    access: ({ PolicyName, Path = '/', Tags }, { account }) => {
      const ask = { resource: arn.policy(account, Path, PolicyName), shownAs: `policy ${PolicyName}`, context: requestTagContext(Tags) };
      return Tags?.length ? [ask, { ...ask, action: 'iam:TagPolicy' }] : [ask];
    },
    run: ({ PolicyName, Path = '/', PolicyDocument, Description, Tags = [] }, { account, write, now, newId, error }) => {
      checkGrammar(PolicyDocument, 'identity', error);
      checkSize(PolicyDocument, error);
      const policy: PolicyDoc = {
        PolicyId: newId('ANPA'), PolicyName, Path, Description, CreateDate: now, UpdateDate: now, DefaultVersionId: 'v1', LatestVersion: 1,
        ...(Tags.length > 0 && { Tags: mergeTags('policy', undefined, Tags, error) }),
      };
      return write((draft) => {
        claimAdjustable(draft, 'PoliciesPerAccount', draft.policies.size + 1, error);
        if (!draft.policies.insert(policy)) throw error('EntityAlreadyExists', `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
        draft.policyVersions.insert({ PolicyId: policy.PolicyId, VersionId: 'v1', CreateDate: now, Document: PolicyDocument });
        return { Policy: { ...listedPolicy(arn.policy(account, Path, PolicyName), policy, notUsed), Description, Tags: policy.Tags } };
      });
    },
  },

  GetPolicy: {
    access: ({ PolicyArn }, { view, error }) => [readPolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn }, { view, awsManagedPolicies, error }) => {
      const policy = getManagedPolicy(view, awsManagedPolicies, PolicyArn, error);
      // AWS: an empty list of tags is answered, too.
      return { Policy: { ...listedPolicy(PolicyArn, policy, useOf(view, PolicyArn)), Description: policy.Description, Tags: policy.Tags ?? [] } };
    },
  },

  ListPolicies: {
    // Nothing narrower than `*` can be named. Source: "Actions, resources, and condition keys for IAM" (Service Authorization Reference).
    access: ({ PathPrefix = '/' }) => [{ resource: '*', shownAs: `policy path ${PathPrefix}` }],
    run: (input, context) => listPolicies(input, context),
  },

  DeletePolicy: {
    access: ({ PolicyArn }, { view, error }) => [changePolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn }, { write, error }) => write((draft) => {
      const { PolicyId, DefaultVersionId } = getPolicy(draft, PolicyArn, error);
      const use = useOf(draft, PolicyArn);
      if (use.attachments + use.boundaries > 0) throw error('DeleteConflict', 'Cannot delete a policy attached to entities.');
      if (draft.policyVersions.countBy('policy', PolicyId) > 1) {
        throw error('DeleteConflict', 'This policy has more than one version. Before you delete a policy, you must delete the policy\'s versions. The default version is deleted with the policy.');
      }
      draft.policyVersions.remove(pairKey(PolicyId, DefaultVersionId));
      draft.policies.remove(PolicyId);
    }),
  },
} satisfies Operations<Iam, 'CreatePolicy' | 'GetPolicy' | 'ListPolicies' | 'DeletePolicy'>;

interface ListablePolicy { readonly policyArn: string; readonly policy: ManagedPolicy }

function listPolicies(request: ListPoliciesRequest, { view, awsManagedPolicies, marker }: Pick<RunContext<never>, 'view' | 'awsManagedPolicies' | 'marker'>): ListPoliciesResponse {
  const { Scope = 'All', OnlyAttached = false, PathPrefix = '/', PolicyUsageFilter } = request;
  const isListed = (policyArn: string, policy: ManagedPolicy): boolean =>
    policy.Path.startsWith(PathPrefix) && (!(OnlyAttached || PolicyUsageFilter) || isUsedAs(PolicyUsageFilter, useOf(view, policyArn)));
  const own = tableListing(view.policies, ({ PolicyName }) => foldCase(PolicyName), (policy) => isListed(policyArnOf(view, policy), policy));
  // AWS's are looked through only when a page comes to them.
  const awsOwn: Listing<AwsManagedPolicy> = (after, limit) => listingOf(awsManagedPolicies.all().filter((policy) => isListed(policy.Arn, policy)), ({ PolicyName }) => PolicyName)(after, limit);
  const local = listingAs(own, (policy): ListablePolicy => ({ policyArn: policyArnOf(view, policy), policy }));
  const aws = listingAs(awsOwn, (policy): ListablePolicy => ({ policyArn: policy.Arn, policy }));
  // The account's own come first; a name may be taken in both.
  const scopes = { Local: [local], AWS: [aws], All: [local, aws] };
  const { items, end } = pageListing(listingOfAll(scopes[Scope]), request, marker);
  return { Policies: items.map(({ policyArn, policy }) => listedPolicy(policyArn, policy, useOf(view, policyArn))), ...end };
}

/** Whether a policy is in use in the way that is asked for; in any way where none is. */
function isUsedAs(usage: ListPoliciesRequest['PolicyUsageFilter'], { attachments, boundaries }: PolicyUse): boolean {
  const count = { PermissionsPolicy: attachments, PermissionsBoundary: boundaries };
  return usage ? count[usage] > 0 : attachments + boundaries > 0;
}
