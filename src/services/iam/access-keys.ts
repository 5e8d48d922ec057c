/** Access keys of users and of root: created, made active or inactive, deleted, listed, and when they were last used. */
import * as arn from '../../base/arn.ts';
import type { AccessKey, Iam } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { AccountView } from '../../store/store.ts';
import type { AccessKeyDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { userAsk } from './lookup.ts';
import { pageList } from './paging.ts';
import { claim } from './quotas.ts';
import { getSubject, subjectAsk, type Subject } from './subject.ts';

export const accessKeys = {
  CreateAccessKey: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    async run({ UserName }, { account, caller, write, now, newId, newSecretAccessKey, seal, error }) {
      const AccessKeyId = newId('AKIA');
      const SecretAccessKey = newSecretAccessKey();
      const sealed = seal.seal(SecretAccessKey, { account, table: 'accessKeys', key: AccessKeyId, field: 'SecretAccessKey' });
      return write((draft) => {
        const owner = getSubject(UserName, { caller, view: draft, error });
        claim('AccessKeysPerUser', draft.accessKeys.countBy('principal', owner.principalId) + 1, error);
        const key: AccessKeyDoc = { AccessKeyId, PrincipalId: owner.principalId, Status: 'Active', CreateDate: now, SecretAccessKey: sealed };
        if (!draft.accessKeys.insert(key)) throw new Error(`the new access key id ${AccessKeyId} is taken`);
        // A key of root has no UserName, though the model requires one (AWS: recorded lists of root's keys).
        return { AccessKey: { ...shownKey(owner, key), SecretAccessKey } as AccessKey };
      });
    },
  },

  UpdateAccessKey: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    async run({ UserName, AccessKeyId, Status }, { caller, write, error }) {
      return write((draft) => {
        const key = getKey(draft, getSubject(UserName, { caller, view: draft, error }), AccessKeyId, error);
        // Expired is a status of other credentials; the three share one enum. GUESS: the words.
        if (Status === 'Expired') throw error('InvalidInput', 'The status of an access key can be Active or Inactive.');
        draft.accessKeys.update({ ...key, Status });
      });
    },
  },

  DeleteAccessKey: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    async run({ UserName, AccessKeyId }, { caller, write, lastUsed, error }) {
      await write((draft) => {
        getKey(draft, getSubject(UserName, { caller, view: draft, error }), AccessKeyId, error);
        draft.accessKeys.remove(AccessKeyId);
        // A key whose id does not embed its account is also known to the partition.
        if (draft.partition.foreignAccessKeys.find(AccessKeyId)) draft.partition.foreignAccessKeys.remove(AccessKeyId);
      });
      // Key ids do not come back.
      lastUsed.forget(AccessKeyId);
    },
  },

  ListAccessKeys: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run({ UserName, ...page }, context) {
      const owner = getSubject(UserName, context);
      const { items, end } = pageList(context.view.accessKeys.listBy('principal', owner.principalId), ({ AccessKeyId }) => AccessKeyId, page, context.marker);
      return { AccessKeyMetadata: items.map((key) => shownKey(owner, key)), ...end };
    },
  },

  GetAccessKeyLastUsed: {
    access: ({ AccessKeyId }, { caller, view, error }) => {
      const key = view.accessKeys.find(AccessKeyId);
      // The operation has no NoSuchEntity: a key that is not the account's is one that nobody in it may ask about.
      if (!key) throw error('AccessDenied', `User: ${caller.arn} is not authorized to perform: iam:GetAccessKeyLastUsed on resource: access key ${AccessKeyId}`);
      return [{ ...ownerAsk(view, key), shownAs: `access key ${AccessKeyId}` }];
    },
    run({ AccessKeyId }, { view, lastUsed }) {
      const key = view.accessKeys.find(AccessKeyId);
      const UserName = key && view.users.find(key.PrincipalId)?.UserName;
      const use = lastUsed.find(AccessKeyId);
      const AccessKeyLastUsed = use ? { LastUsedDate: use.at, ServiceName: use.service, Region: use.region } : { ServiceName: 'N/A', Region: 'N/A' };
      return { ...(UserName !== undefined && { UserName }), AccessKeyLastUsed };
    },
  },
} satisfies Operations<Iam, 'CreateAccessKey' | 'UpdateAccessKey' | 'DeleteAccessKey' | 'ListAccessKeys' | 'GetAccessKeyLastUsed'>;

/** The key of that id, which must be the owner's. */
function getKey(view: AccountView, owner: Subject, AccessKeyId: string, error: Raise<'NoSuchEntity'>): AccessKeyDoc {
  const key = view.accessKeys.find(AccessKeyId);
  if (key?.PrincipalId !== owner.principalId) throw error('NoSuchEntity', `The Access Key with id ${AccessKeyId} cannot be found`);
  return key;
}

function ownerAsk(view: AccountView, { PrincipalId }: AccessKeyDoc): Ask {
  const user = view.users.find(PrincipalId);
  return user ? userAsk(view, user.UserName) : { resource: arn.root(view.account) };
}

/** A key without its secret. */
function shownKey({ UserName }: Subject, { AccessKeyId, Status, CreateDate }: AccessKeyDoc) {
  return { ...(UserName !== undefined && { UserName }), AccessKeyId, Status, CreateDate };
}
