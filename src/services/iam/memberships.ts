/** Which users are in which groups. */
import type { Iam } from '../../../models/iam.ts';
import { foldCase, pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { shownGroup } from './groups.ts';
import { getGroup, getUser, groupAsk, userAsk } from './lookup.ts';
import { pageList } from './paging.ts';
import { claimAdjustable } from './quotas.ts';

export const memberships = {
  AddUserToGroup: {
    // The group alone is the resource. Source: "Actions, resources, and condition keys for IAM" (Service Authorization Reference).
    access: ({ GroupName }, { view }) => [groupAsk(view, GroupName)],
    async run({ GroupName, UserName }, { write, error }) {
      return write((draft) => {
        const { GroupId } = getGroup(draft, GroupName, error);
        const { UserId } = getUser(draft, UserName, error);
        if (draft.memberships.find(pairKey(UserId, GroupId))) return;
        claimAdjustable(draft, 'GroupsPerUser', draft.memberships.countBy('user', UserId) + 1, error);
        draft.memberships.insert({ GroupId, UserId });
      });
    },
  },

  RemoveUserFromGroup: {
    access: ({ GroupName }, { view }) => [groupAsk(view, GroupName)],
    async run({ GroupName, UserName }, { write, error }) {
      return write((draft) => {
        const { GroupId } = getGroup(draft, GroupName, error);
        const { UserId } = getUser(draft, UserName, error);
        // AWS: taking out a user who is not in the group is no error, nor is adding one who is (tried on the real service, September 2019).
        draft.memberships.remove(pairKey(UserId, GroupId));
      });
    },
  },

  ListGroupsForUser: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    run({ UserName, ...page }, { view, marker, error }) {
      const { UserId } = getUser(view, UserName, error);
      const groups = view.memberships.listBy('user', UserId).flatMap(({ GroupId }) => view.groups.find(GroupId) ?? []);
      const { items, end } = pageList(groups, ({ GroupName }) => foldCase(GroupName), page, marker);
      return { Groups: items.map((group) => shownGroup(view, group)), ...end };
    },
  },
} satisfies Operations<Iam, 'AddUserToGroup' | 'RemoveUserFromGroup' | 'ListGroupsForUser'>;
