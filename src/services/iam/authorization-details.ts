/** GetAccountAuthorizationDetails: all users, groups, roles and policies of the account with what hangs on them, as one list in pages. */
import type { AttachedPolicy, EntityType, GetAccountAuthorizationDetailsResponse, GroupDetail, Iam, ManagedPolicyDetail, PolicyDetail, PolicyVersion, RoleDetail, UserDetail } from '../../../models/iam.ts';
import { awsPolicyArnPrefix } from '../../store/aws-managed-policies.ts';
import { foldCase, type PolicyVersionDoc } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { attachedBoundary } from './attached-boundary.ts';
import { attachedPoliciesOf, inlinePoliciesOf } from './entity-policies.ts';
import { shownGroup } from './groups.ts';
import { listedProfile } from './instance-profiles.ts';
import { policyArnOf } from './lookup.ts';
import { listedPolicy, type ManagedPolicy, policyArnsInUse, useOf } from './managed-policies.ts';
import { maxItemsDefault } from './paging.ts';
import { encodeDocument } from './policy-documents.ts';
import { findVersions, listedVersion, newestFirst } from './policy-versions.ts';
import { listedRole, roleLastUsed } from './roles.ts';
import { listedUser } from './users.ts';

/** A page ends when its documents have so many characters, whatever MaxItems says: IAM "might return fewer results, even when there are more". */
const pageSizeMax = 1_000_000;

type Context = Pick<RunContext<never>, 'view' | 'awsManagedPolicies' | 'lastUsed' | 'now'>;
interface Lists { readonly UserDetailList: UserDetail[]; readonly GroupDetailList: GroupDetail[]; readonly RoleDetailList: RoleDetail[]; readonly Policies: ManagedPolicyDetail[] }

/** One thing of the account: its place among its kind, and how it is put on the page it belongs to. */
interface Entry { readonly position: string; addTo(page: DetailPage): void }

/** The whole account. */
export const authorizationDetails = {
  GetAccountAuthorizationDetails: {
    access: () => [{ resource: '*' }],
    run: ({ Filter = [], MaxItems = maxItemsDefault, Marker }, context): GetAccountAuthorizationDetailsResponse => {
      const page = new DetailPage();
      let last: string | undefined;
      for (const { position, addTo } of entriesAfter(Marker === undefined ? undefined : context.marker.open(Marker), Filter, context)) {
        if (last !== undefined && (page.count >= MaxItems || page.size >= pageSizeMax)) return { ...page.lists, IsTruncated: true, Marker: context.marker.seal(last) };
        addTo(page);
        page.count++;
        last = position;
      }
      return { ...page.lists, IsTruncated: false };
    },
  },
} satisfies Operations<Iam, 'GetAccountAuthorizationDetails'>;

/** What is on the page so far, and how much that is. */
class DetailPage {
  readonly lists: Lists = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  count = 0;
  /** Characters of documents. */
  size = 0;

  /** The document as it is answered. */
  counted(document: string): string {
    this.size += document.length;
    return document;
  }
}

/** The kinds in the order in which they are listed. A position is the kind's place in it and the name. */
const kinds: readonly EntityType[] = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'];

function* entriesAfter(position: string | undefined, filter: readonly EntityType[], context: Context): Generator<Entry> {
  const firstKind = position === undefined ? 0 : Number(position.slice(0, 1));
  for (const [index, kind] of kinds.entries()) {
    if (index < firstKind || (filter.length > 0 && !filter.includes(kind))) continue;
    const after = index === firstKind ? position?.slice(2) : undefined;
    for (const { position: name, addTo } of entriesOf[kind](after, context)) yield { position: `${index}/${name}`, addTo };
  }
}

/** The entries of each kind after a name, in order of name. */
const entriesOf: Record<EntityType, (after: string | undefined, context: Context) => Iterable<Entry>> = {
  User: (after, context) => tableEntries(context.view.users, after, ({ UserName }) => UserName, (user, page) => {
    const { view } = context;
    const { UserId, PermissionsBoundary, Tags } = user;
    const GroupList = view.memberships.listBy('user', UserId).flatMap(({ GroupId }) => view.groups.find(GroupId)?.GroupName ?? []).sort();
    page.lists.UserDetailList.push({ ...listedUser(view, user), UserPolicyList: inlineDetails(UserId, context, page), GroupList, AttachedManagedPolicies: attachedDetails(UserId, context), ...boundaryAndTags(PermissionsBoundary, Tags) });
  }),

  Group: (after, context) => tableEntries(context.view.groups, after, ({ GroupName }) => GroupName, (group, page) => {
    page.lists.GroupDetailList.push({ ...shownGroup(context.view, group), GroupPolicyList: inlineDetails(group.GroupId, context, page), AttachedManagedPolicies: attachedDetails(group.GroupId, context) });
  }),

  Role: (after, context) => tableEntries(context.view.roles, after, ({ RoleName }) => RoleName, (role, page) => {
    const { view, lastUsed, now } = context;
    const { RoleId, PermissionsBoundary, Tags } = role;
    // A role's description and longest session are not among its details.
    const { Description: _, MaxSessionDuration: __, AssumeRolePolicyDocument = '', ...listed } = listedRole(view, role);
    page.lists.RoleDetailList.push({
      ...listed,
      AssumeRolePolicyDocument: page.counted(AssumeRolePolicyDocument),
      InstanceProfileList: view.instanceProfiles.listBy('role', RoleId).map((profile) => listedProfile(view, profile)),
      RolePolicyList: inlineDetails(RoleId, context, page),
      AttachedManagedPolicies: attachedDetails(RoleId, context),
      ...boundaryAndTags(PermissionsBoundary, Tags),
      RoleLastUsed: roleLastUsed(role, lastUsed, now),
    });
  }),

  LocalManagedPolicy: (after, context) => tableEntries(context.view.policies, after, ({ PolicyName }) => PolicyName, (policy, page) => {
    page.lists.Policies.push(policyDetails(policyArnOf(context.view, policy), policy, context, page));
  }),

  // Of AWS's policies those that the account uses.
  *AWSManagedPolicy(after, context) {
    const used = [...policyArnsInUse(context.view)].filter((policyArn) => policyArn.startsWith(awsPolicyArnPrefix)).flatMap((policyArn) => context.awsManagedPolicies.find(policyArn) ?? []);
    for (const policy of used.filter(({ PolicyName }) => after === undefined || PolicyName > after).sort((a, b) => (a.PolicyName < b.PolicyName ? -1 : 1))) {
      yield { position: policy.PolicyName, addTo: (page) => void page.lists.Policies.push(policyDetails(policy.Arn, policy, context, page)) };
    }
  },
};

/** How many documents are taken from a table at a time. */
const batch = 100;

interface Pageable<Doc> { page(options: { readonly after?: string | undefined; readonly limit: number }): { readonly docs: readonly Doc[]; readonly next: string | undefined } }

/** The documents of a table that is sorted by folded names. */
function* tableEntries<Doc>(table: Pageable<Doc>, after: string | undefined, nameOf: (doc: Doc) => string, add: (doc: Doc, page: DetailPage) => void): Generator<Entry> {
  for (let next = after, isFirst = true; isFirst || next !== undefined; isFirst = false) {
    const { docs, next: following } = table.page({ after: next, limit: batch });
    for (const doc of docs) yield { position: foldCase(nameOf(doc)), addTo: (page) => add(doc, page) };
    next = following;
  }
}

function inlineDetails(principalId: string, { view }: Context, page: DetailPage): readonly PolicyDetail[] {
  return inlinePoliciesOf(view, principalId).map(({ PolicyName, Document }) => ({ PolicyName, PolicyDocument: page.counted(encodeDocument(Document)) }));
}

function attachedDetails(principalId: string, { view }: Context): readonly AttachedPolicy[] {
  return attachedPoliciesOf(view, principalId).map(({ PolicyName, PolicyArn }) => ({ PolicyName, PolicyArn }));
}

function boundaryAndTags(boundary: string | undefined, tags: UserDetail['Tags']): Pick<UserDetail, 'PermissionsBoundary' | 'Tags'> {
  return { ...(boundary !== undefined && { PermissionsBoundary: attachedBoundary(boundary) }), ...(tags && tags.length > 0 && { Tags: tags }) };
}

function policyDetails(policyArn: string, policy: ManagedPolicy, { view, awsManagedPolicies }: Context, page: DetailPage): ManagedPolicyDetail {
  const { versions = [], defaultVersionId = '' } = findVersions(view, awsManagedPolicies, policyArn) ?? {};
  const shown = (version: PolicyVersionDoc): PolicyVersion => Object.assign(listedVersion(version, defaultVersionId), { Document: page.counted(encodeDocument(version.Document)) });
  return { ...listedPolicy(policyArn, policy, useOf(view, policyArn)), Description: policy.Description, PolicyVersionList: versions.toSorted((a, b) => (newestFirst(a) < newestFirst(b) ? -1 : 1)).map(shown) };
}
