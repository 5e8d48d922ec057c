/** Instance profiles, each of which hands one role to the EC2 instances that are started with it. */
import type { Iam, InstanceProfile } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase, type InstanceProfileDoc, type RoleDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { getRole, roleArn, roleAsk, withContext } from './lookup.ts';
import { pageListing, pageTable, selectionOf } from './paging.ts';
import { encodeDocument } from './policy-documents.ts';
import { getUnprotectedRole } from './protected-roles.ts';
import { claim, claimAdjustable } from './quotas.ts';
import { tagPage } from './resource-tags.ts';
import { mergeTags, removeTags, requestTagContext, resourceTagContext, tagKeysContext } from './tags.ts';
import { shownTrustPolicy } from './trust-policies.ts';

/** The operations on instance profiles. */
export const instanceProfiles = {
  CreateInstanceProfile: {
    access: ({ InstanceProfileName, Path = '/', Tags }, { account }) => {
      const ask = { resource: arn.instanceProfile(account, Path, InstanceProfileName), context: requestTagContext(Tags) };
      return Tags?.length ? [ask, { ...ask, action: 'iam:TagInstanceProfile' }] : [ask];
    },
    run: ({ InstanceProfileName, Path = '/', Tags = [] }, { write, now, newId, error }) => {
      const profile: InstanceProfileDoc = {
        InstanceProfileId: newId('AIPA'), InstanceProfileName, Path, CreateDate: now,
        ...(Tags.length > 0 && { Tags: mergeTags('instanceProfile', undefined, Tags, error) }),
      };
      return write((draft) => {
        claimAdjustable(draft, 'InstanceProfilesPerAccount', draft.instanceProfiles.size + 1, error);
        if (!draft.instanceProfiles.insert(profile)) throw error('EntityAlreadyExists', `Instance Profile ${InstanceProfileName} already exists.`);
        return { InstanceProfile: wholeProfile(draft, profile) };
      });
    },
  },

  GetInstanceProfile: {
    access: ({ InstanceProfileName }, { view }) => [profileAsk(view, InstanceProfileName)],
    run: ({ InstanceProfileName }, { view, error }) => ({ InstanceProfile: wholeProfile(view, getProfile(view, InstanceProfileName, error)) }),
  },

  ListInstanceProfiles: {
    access: ({ PathPrefix = '/' }, { account }) => [{ resource: arn.instanceProfile(account, PathPrefix, '') }],
    run: ({ PathPrefix = '/', ...page }, { view, marker }) => {
      const { docs, end } = pageTable(view.instanceProfiles, page, marker, ({ Path }) => Path.startsWith(PathPrefix));
      return { InstanceProfiles: docs.map((profile) => listedProfile(view, profile)), ...end };
    },
  },

  ListInstanceProfilesForRole: {
    access: ({ RoleName }, { view }) => [roleAsk(view, RoleName)],
    run: ({ RoleName, ...page }, { view, marker, error }) => {
      const { RoleId } = getRole(view, RoleName, error);
      const profiles = selectionOf(view.instanceProfiles, ({ InstanceProfileName }) => foldCase(InstanceProfileName), {
        count: view.instanceProfiles.countBy('role', RoleId),
        list: () => view.instanceProfiles.listBy('role', RoleId),
        has: (profile) => profile.RoleId === RoleId,
      });
      const { items, end } = pageListing(profiles, page, marker);
      return { InstanceProfiles: items.map((profile) => listedProfile(view, profile)), ...end };
    },
  },

  AddRoleToInstanceProfile: {
    // The role is passed to EC2, to instances that nobody knows yet. Source: "AddRoleToInstanceProfile" (IAM API Reference), which spells out the key's
    // value, and the table of operations of IAM (Service Authorization Reference).
    access: ({ InstanceProfileName, RoleName }, { account, view }) => {
      const { shownAs: _, ...role } = roleAsk(view, RoleName);
      const passed = { 'iam:PassedToService': 'ec2.amazonaws.com', 'iam:AssociatedResourceArn': `arn:${arn.partition}:ec2:*:${account}:instance/*` };
      return [profileAsk(view, InstanceProfileName), withContext({ ...role, action: 'iam:PassRole' }, passed)];
    },
    run: ({ InstanceProfileName, RoleName }, { write, error }) => write((draft) => {
      const profile = getProfile(draft, InstanceProfileName, error);
      const { RoleId } = getUnprotectedRole(draft, RoleName, error);
      claim('InstanceSessionsPerInstanceProfile', profile.RoleId === undefined ? 1 : 2, error);
      draft.instanceProfiles.update({ ...profile, RoleId });
    }),
  },

  RemoveRoleFromInstanceProfile: {
    access: ({ InstanceProfileName }, { view }) => [profileAsk(view, InstanceProfileName)],
    run: ({ InstanceProfileName, RoleName }, { write, error }) => write((draft) => {
      const { RoleId, ...profile } = getProfile(draft, InstanceProfileName, error);
      // GUESS: the words for a role that is there but not in this profile; the page names the error only.
      if (RoleId !== getRole(draft, RoleName, error).RoleId) throw error('NoSuchEntity', `The role with name ${RoleName} cannot be found in Instance Profile ${InstanceProfileName}.`);
      draft.instanceProfiles.update(profile);
    }),
  },

  DeleteInstanceProfile: {
    access: ({ InstanceProfileName }, { view }) => [profileAsk(view, InstanceProfileName)],
    run: ({ InstanceProfileName }, { write, error }) => write((draft) => {
      const { InstanceProfileId, RoleId } = getProfile(draft, InstanceProfileName, error);
      if (RoleId !== undefined) throw error('DeleteConflict', 'Cannot delete entity, must remove roles from instance profile first.');
      draft.instanceProfiles.remove(InstanceProfileId);
    }),
  },

  TagInstanceProfile: {
    access: ({ InstanceProfileName, Tags }, { view }) => [withContext(profileAsk(view, InstanceProfileName), requestTagContext(Tags))],
    run: ({ InstanceProfileName, Tags }, { write, error }) => write((draft) => {
      const profile = getProfile(draft, InstanceProfileName, error);
      draft.instanceProfiles.update({ ...profile, Tags: mergeTags('instanceProfile', profile.Tags, Tags, error) });
    }),
  },

  UntagInstanceProfile: {
    access: ({ InstanceProfileName, TagKeys }, { view }) => [withContext(profileAsk(view, InstanceProfileName), tagKeysContext(TagKeys))],
    run: ({ InstanceProfileName, TagKeys }, { write, error }) => write((draft) => {
      const profile = getProfile(draft, InstanceProfileName, error);
      draft.instanceProfiles.update({ ...profile, Tags: removeTags('instanceProfile', profile.Tags, TagKeys) });
    }),
  },

  ListInstanceProfileTags: {
    access: ({ InstanceProfileName }, { view }) => [profileAsk(view, InstanceProfileName)],
    run: ({ InstanceProfileName, ...page }, { view, marker, error }) => tagPage(getProfile(view, InstanceProfileName, error).Tags, page, marker),
  },
} satisfies Operations<Iam, `${'Create' | 'Get' | 'Delete' | 'Tag' | 'Untag'}InstanceProfile` | `ListInstanceProfile${'s' | 'sForRole' | 'Tags'}` | 'AddRoleToInstanceProfile' | 'RemoveRoleFromInstanceProfile'>;

function findProfile(view: AccountView, name: string): InstanceProfileDoc | undefined {
  return view.instanceProfiles.findBy('name', foldCase(name));
}

function getProfile(view: AccountView, name: string, error: Raise<'NoSuchEntity'>): InstanceProfileDoc {
  const profile = findProfile(view, name);
  if (!profile) throw error('NoSuchEntity', `Instance Profile ${name} cannot be found.`);
  return profile;
}

const profileArn = (view: AccountView, { Path, InstanceProfileName }: InstanceProfileDoc): string => arn.instanceProfile(view.account, Path, InstanceProfileName);

function profileAsk(view: AccountView, name: string): Ask {
  const profile = findProfile(view, name);
  return { resource: profile ? profileArn(view, profile) : arn.instanceProfile(view.account, '/', name), shownAs: `instance profile ${name}`, context: resourceTagContext('instanceProfile', profile?.Tags) };
}

/** A profile as lists show it: without its tags. Source: "ListInstanceProfiles" (IAM API Reference). */
export function listedProfile(view: AccountView, profile: InstanceProfileDoc): InstanceProfile {
  const { Path, InstanceProfileName, InstanceProfileId, CreateDate, RoleId } = profile;
  const role = RoleId === undefined ? undefined : view.roles.find(RoleId);
  return { Path, InstanceProfileName, InstanceProfileId, Arn: profileArn(view, profile), CreateDate, Roles: role ? [roleInProfile(view, role)] : [] };
}

function wholeProfile(view: AccountView, profile: InstanceProfileDoc): InstanceProfile {
  const { Tags } = profile;
  return { ...listedProfile(view, profile), ...(Tags && Tags.length > 0 && { Tags }) };
}

/** A role as its instance profile shows it. Source: the sample answer of "GetInstanceProfile" (IAM API Reference). */
function roleInProfile(view: AccountView, role: RoleDoc): InstanceProfile['Roles'][number] {
  const { Path, RoleName, RoleId, CreateDate, TrustPolicy } = role;
  return { Path, RoleName, RoleId, Arn: roleArn(view, role), CreateDate, AssumeRolePolicyDocument: encodeDocument(shownTrustPolicy(TrustPolicy, view)) };
}
