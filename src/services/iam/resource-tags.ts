/** The tag operations of users, roles and managed policies. */
import { hash } from 'node:crypto';
import type { Iam } from '../../../models/iam.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { getPolicy, getRole, getUser, roleAsk, userAsk, withContext } from './lookup.ts';
import { changePolicyAsk, getManagedPolicy, readPolicyAsk } from './managed-policies.ts';
import { pageList, type PageRequest } from './paging.ts';
import { mergeTags, removeTags, requestTagContext, tagKeysContext } from './tags.ts';

export const resourceTags = {
  TagUser: {
    access: ({ UserName, Tags }, { view }) => [withContext(userAsk(view, UserName), requestTagContext(Tags))],
    async run({ UserName, Tags }, { write, error }) {
      return write((draft) => {
        const user = getUser(draft, UserName, error);
        draft.users.update({ ...user, Tags: mergeTags('user', user.Tags, Tags, error) });
      });
    },
  },

  UntagUser: {
    access: ({ UserName, TagKeys }, { view }) => [withContext(userAsk(view, UserName), tagKeysContext(TagKeys))],
    async run({ UserName, TagKeys }, { write, error }) {
      return write((draft) => {
        const user = getUser(draft, UserName, error);
        draft.users.update({ ...user, Tags: removeTags('user', user.Tags, TagKeys) });
      });
    },
  },

  ListUserTags: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    run: ({ UserName, ...page }, { view, marker, error }) => tagPage(getUser(view, UserName, error).Tags, page, marker),
  },

  TagRole: {
    access: ({ RoleName, Tags }, { view }) => [withContext(roleAsk(view, RoleName), requestTagContext(Tags))],
    async run({ RoleName, Tags }, { write, error }) {
      return write((draft) => {
        const role = getRole(draft, RoleName, error);
        draft.roles.update({ ...role, Tags: mergeTags('role', role.Tags, Tags, error) });
      });
    },
  },

  UntagRole: {
    access: ({ RoleName, TagKeys }, { view }) => [withContext(roleAsk(view, RoleName), tagKeysContext(TagKeys))],
    async run({ RoleName, TagKeys }, { write, error }) {
      return write((draft) => {
        const role = getRole(draft, RoleName, error);
        draft.roles.update({ ...role, Tags: removeTags('role', role.Tags, TagKeys) });
      });
    },
  },

  ListRoleTags: {
    access: ({ RoleName }, { view }) => [roleAsk(view, RoleName)],
    run: ({ RoleName, ...page }, { view, marker, error }) => tagPage(getRole(view, RoleName, error).Tags, page, marker),
  },

  TagPolicy: {
    access: ({ PolicyArn, Tags }, { view, error }) => [withContext(changePolicyAsk(view, PolicyArn, error), requestTagContext(Tags))],
    async run({ PolicyArn, Tags }, { write, error }) {
      return write((draft) => {
        const policy = getPolicy(draft, PolicyArn, error);
        draft.policies.update({ ...policy, Tags: mergeTags('policy', policy.Tags, Tags, error) });
      });
    },
  },

  UntagPolicy: {
    access: ({ PolicyArn, TagKeys }, { view, error }) => [withContext(changePolicyAsk(view, PolicyArn, error), tagKeysContext(TagKeys))],
    async run({ PolicyArn, TagKeys }, { write, error }) {
      return write((draft) => {
        const policy = getPolicy(draft, PolicyArn, error);
        draft.policies.update({ ...policy, Tags: removeTags('policy', policy.Tags, TagKeys) });
      });
    },
  },

  ListPolicyTags: {
    access: ({ PolicyArn }, { view, error }) => [readPolicyAsk(view, PolicyArn, error)],
    run: ({ PolicyArn, ...page }, { view, marker, awsManagedPolicies, error }) => tagPage(getManagedPolicy(view, awsManagedPolicies, PolicyArn, error).Tags, page, marker),
  },
} satisfies Operations<Iam, 'TagUser' | 'UntagUser' | 'ListUserTags' | 'TagRole' | 'UntagRole' | 'ListRoleTags' | 'TagPolicy' | 'UntagPolicy' | 'ListPolicyTags'>;

/** A page of tags, sorted by key. */
export function tagPage(tags: readonly TagDoc[] = [], page: PageRequest, marker: RunContext<never>['marker']) {
  const { items, end } = pageList(tags, ({ Key }) => positionOf(Key), page, marker);
  return { Tags: items, ...end };
}

/** Bytes of a key that a marker has room for: a marker has at most 320 characters, a key 128 of any script. */
const positionBytesMax = 150;

/** The key itself; of one that is longer its beginning, told apart from others that begin so by a hash, so that it keeps its place whichever of them come and go. */
function positionOf(key: string): string {
  const { read } = new TextEncoder().encodeInto(key, new Uint8Array(positionBytesMax));
  return read === key.length ? key : `${key.slice(0, read)}\0${hash('sha256', key).slice(0, 16)}`;
}
