/** Users: created, read, listed, renamed, deleted. */
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Iam, User } from '../../../models/iam.ts';
import { passwordUse } from '../../store/last-used.ts';
import type { AccountView, LastUsed, PartitionView } from '../../store/store.ts';
import type { UserDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { attachedBoundary, checkBoundary } from './attached-boundary.ts';
import { findUser, getUser, userArn, userAsk } from './lookup.ts';
import { pageTable } from './paging.ts';
import { claimAdjustable } from './quotas.ts';
import { getSubject, subjectAsk } from './subject.ts';
import { mergeTags, requestTagContext } from './tags.ts';

export const users = {
  CreateUser: {
    access({ UserName, Path = '/', Tags, PermissionsBoundary }, { account }) {
      const tagAsk = { action: 'iam:TagUser', resource: arn.user(account, Path, UserName), context: requestTagContext(Tags) };
      const ask = { ...tagAsk, action: 'iam:CreateUser', context: { ...tagAsk.context, 'iam:PermissionsBoundary': PermissionsBoundary } };
      return Tags?.length ? [ask, tagAsk] : [ask];
    },
    async run({ UserName, Path = '/', Tags = [], PermissionsBoundary }, { write, now, newId, awsManagedPolicies, error }) {
      const UserId = newId('AIDA');
      return write((draft) => {
        if (PermissionsBoundary !== undefined) checkBoundary(PermissionsBoundary, draft, awsManagedPolicies, error);
        const user: UserDoc = { UserId, UserName, Path, CreateDate: now, ...(Tags.length > 0 && { Tags: mergeTags('user', [], Tags, error) }), ...(PermissionsBoundary !== undefined && { PermissionsBoundary }) };
        claimAdjustable(draft, 'UsersPerAccount', draft.users.size + 1, error);
        if (!draft.users.insert(user)) throw alreadyExists(UserName, error);
        return { User: wholeUser(draft, user) };
      });
    },
  },

  GetUser: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run({ UserName }, context) {
      const { account, view, partition, lastUsed, error } = context;
      const subject = getSubject(UserName, context);
      const used = passwordLastUsed(view, subject.principalId, lastUsed);
      if (subject.UserName === undefined) return { User: { ...rootUser(account, partition), ...used } };
      return { User: { ...wholeUser(view, getUser(view, subject.UserName, error)), ...used } };
    },
  },

  ListUsers: {
    // AWS: a denial names `user` and the prefix asked for (recorded 2026), so a policy can confine listing to a path.
    access: ({ PathPrefix = '/' }, { account }) => [{ resource: arn.user(account, PathPrefix, '') }],
    run({ PathPrefix = '/', ...page }, { view, lastUsed, marker }) {
      const { docs, end } = pageTable(view.users, page, marker, ({ Path }) => Path.startsWith(PathPrefix));
      return { Users: docs.map((user) => Object.assign(listedUser(view, user), passwordLastUsed(view, user.UserId, lastUsed))), ...end };
    },
  },

  UpdateUser: {
    // Both the user as it is and the user as it will be named must be allowed. Source: "UpdateUser" (IAM API Reference).
    access({ UserName, NewUserName, NewPath }, { account, view }) {
      const ask = userAsk(view, UserName);
      const user = findUser(view, UserName);
      const renamed = arn.user(account, NewPath ?? user?.Path ?? '/', NewUserName ?? user?.UserName ?? UserName);
      return renamed === ask.resource ? [ask] : [ask, { ...ask, resource: renamed, shownAs: `user ${NewUserName ?? UserName}` }];
    },
    async run({ UserName, NewUserName, NewPath }, { write, error }) {
      return write((draft) => {
        const user = getUser(draft, UserName, error);
        const renamed = { ...user, UserName: NewUserName ?? user.UserName, Path: NewPath ?? user.Path };
        if (!draft.users.update(renamed)) throw alreadyExists(renamed.UserName, error);
      });
    },
  },

  DeleteUser: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    async run({ UserName }, { write, error }) {
      return write((draft) => {
        const user = getUser(draft, UserName, error);
        for (const { isLeft, message } of deletePreconditions) {
          if (isLeft(draft, user.UserId)) throw error('DeleteConflict', `Cannot delete entity, must ${message} first.`);
        }
        draft.users.remove(user.UserId);
      });
    },
  },
} satisfies Operations<Iam, 'CreateUser' | 'GetUser' | 'ListUsers' | 'UpdateUser' | 'DeleteUser'>;

/** What must be gone before a user can be deleted. Source: "DeleteUser" (IAM API Reference). GUESS: the order in which they are named. */
const deletePreconditions: readonly { readonly isLeft: (view: AccountView, userId: string) => boolean; readonly message: string }[] = [
  { isLeft: (view, userId) => view.attachments.countBy('principal', userId) > 0, message: 'detach all policies' },
  { isLeft: (view, userId) => view.inlinePolicies.countBy('principal', userId) > 0, message: 'delete policies' },
  { isLeft: (view, userId) => view.memberships.countBy('user', userId) > 0, message: 'remove users from group' },
  { isLeft: (view, userId) => view.accessKeys.countBy('principal', userId) > 0, message: 'delete access keys' },
  { isLeft: (view, userId) => view.signingCertificates.countBy('principal', userId) > 0, message: 'delete signing certificates' },
  { isLeft: (view, userId) => view.sshPublicKeys.countBy('principal', userId) + view.serviceSpecificCredentials.countBy('principal', userId) > 0, message: 'remove referenced objects' },
  { isLeft: (view, userId) => view.loginProfiles.find(userId) !== undefined, message: 'delete login profile' },
  // AWS: quoted from the real service, October 2018.
  { isLeft: (view, userId) => view.mfaDevices.countBy('owner', userId) > 0, message: 'delete MFA device' },
];

function alreadyExists(UserName: string, error: Raise<'EntityAlreadyExists'>): Error {
  return error('EntityAlreadyExists', `User with name ${UserName} already exists.`);
}

/** A user as lists show it: without its boundary and its tags. Source: "ListUsers" (IAM API Reference). */
export function listedUser(view: AccountView, user: UserDoc): User {
  const { Path, UserName, UserId, CreateDate } = user;
  return { Path, UserName, UserId, Arn: userArn(view, user), CreateDate };
}

/** When the password was last used to sign in: told by GetUser and ListUsers, of whoever has a password and has used it. Source: User, PasswordLastUsed (IAM API Reference). */
function passwordLastUsed(view: AccountView, principalId: string, lastUsed: LastUsed): Pick<User, 'PasswordLastUsed'> {
  const use = principalId === view.account || view.loginProfiles.find(principalId) ? lastUsed.find(passwordUse(principalId)) : undefined;
  return use ? { PasswordLastUsed: use.at } : {};
}

/** A user as CreateUser and GetUser show it. */
function wholeUser(view: AccountView, user: UserDoc): User {
  const { PermissionsBoundary, Tags } = user;
  return { ...listedUser(view, user), ...(PermissionsBoundary !== undefined && { PermissionsBoundary: attachedBoundary(PermissionsBoundary) }), ...(Tags && Tags.length > 0 && { Tags }) };
}

/** Root as GetUser shows it to root. */
export function rootUser(account: string, partition: PartitionView): User {
  const { CreateDate } = partition.accounts.find(account)!;
  // AWS: root's answer has neither UserName nor Path, though the model requires both.
  return { UserId: account, Arn: arn.root(account), CreateDate } as User;
}
