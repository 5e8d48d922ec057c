/** Groups: created, read with their members, listed, renamed, deleted. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Group, Iam } from '../../../models/iam.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase, type GroupDoc, pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { findGroup, getGroup, groupArn, groupAsk } from './lookup.ts';
import { pageListing, pageTable, selectionOf } from './paging.ts';
import { claimAdjustable } from './quotas.ts';
import { listedUser } from './users.ts';

export const groups = {
  CreateGroup: {
    access: ({ GroupName, Path = '/' }, { account }) => [{ resource: arn.group(account, Path, GroupName) }],
    async run({ GroupName, Path = '/' }, { write, now, newId, error }) {
      const group: GroupDoc = { GroupId: newId('AGPA'), GroupName, Path, CreateDate: now };
      return write((draft) => {
        claimAdjustable(draft, 'GroupsPerAccount', draft.groups.size + 1, error);
        if (!draft.groups.insert(group)) throw alreadyExists(GroupName, error);
        return { Group: shownGroup(draft, group) };
      });
    },
  },

  GetGroup: {
    access: ({ GroupName }, { view }) => [groupAsk(view, GroupName)],
    run({ GroupName, ...page }, { view, marker, error }) {
      const group = getGroup(view, GroupName, error);
      const { GroupId } = group;
      const members = selectionOf(view.users, ({ UserName }) => foldCase(UserName), {
        count: view.memberships.countBy('group', GroupId),
        list: () => view.memberships.listBy('group', GroupId).flatMap(({ UserId }) => view.users.find(UserId) ?? []),
        has: ({ UserId }) => view.memberships.find(pairKey(UserId, GroupId)) !== undefined,
      });
      const { items, end } = pageListing(members, page, marker);
      return { Group: shownGroup(view, group), Users: items.map((user) => listedUser(view, user)), ...end };
    },
  },

  ListGroups: {
    access: ({ PathPrefix = '/' }, { account }) => [{ resource: arn.group(account, PathPrefix, '') }],
    run({ PathPrefix = '/', ...page }, { view, marker }) {
      const { docs, end } = pageTable(view.groups, page, marker, ({ Path }) => Path.startsWith(PathPrefix));
      return { Groups: docs.map((group) => shownGroup(view, group)), ...end };
    },
  },

  UpdateGroup: {
    // Both the group as it is and the group as it will be named must be allowed. Source: "UpdateGroup" (IAM API Reference).
    access({ GroupName, NewGroupName, NewPath }, { account, view }) {
      const ask = groupAsk(view, GroupName);
      const group = findGroup(view, GroupName);
      const renamed = arn.group(account, NewPath ?? group?.Path ?? '/', NewGroupName ?? group?.GroupName ?? GroupName);
      return renamed === ask.resource ? [ask] : [ask, { resource: renamed, shownAs: `group ${NewGroupName ?? GroupName}` }];
    },
    async run({ GroupName, NewGroupName, NewPath }, { write, error }) {
      return write((draft) => {
        const group = getGroup(draft, GroupName, error);
        const renamed = { ...group, GroupName: NewGroupName ?? group.GroupName, Path: NewPath ?? group.Path };
        if (!draft.groups.update(renamed)) throw alreadyExists(renamed.GroupName, error);
      });
    },
  },

  DeleteGroup: {
    access: ({ GroupName }, { view }) => [groupAsk(view, GroupName)],
    async run({ GroupName }, { write, error }) {
      return write((draft) => {
        const { GroupId } = getGroup(draft, GroupName, error);
        if (draft.memberships.countBy('group', GroupId) > 0) throw error('DeleteConflict', 'Cannot delete entity, must remove users from group first.');
        if (draft.attachments.countBy('principal', GroupId) > 0) throw error('DeleteConflict', 'Cannot delete entity, must detach all policies first.');
        if (draft.inlinePolicies.countBy('principal', GroupId) > 0) throw error('DeleteConflict', 'Cannot delete entity, must delete policies first.');
        draft.groups.remove(GroupId);
      });
    },
  },
} satisfies Operations<Iam, 'CreateGroup' | 'GetGroup' | 'ListGroups' | 'UpdateGroup' | 'DeleteGroup'>;

function alreadyExists(GroupName: string, error: Raise<'EntityAlreadyExists'>): Error {
  return error('EntityAlreadyExists', `Group with name ${GroupName} already exists.`);
}

/** A group as every answer shows it. */
export function shownGroup(view: AccountView, group: GroupDoc): Group {
  const { Path, GroupName, GroupId, CreateDate } = group;
  return { Path, GroupName, GroupId, Arn: groupArn(view, group), CreateDate };
}
