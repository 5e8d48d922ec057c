/** SSH public keys of users, for Git alone. Source: "UploadSSHPublicKey" and its siblings (IAM API Reference). */
import type { Raise } from '../../base/api-error.ts';
import type { Iam } from '../../../models/iam.ts';
import { readSshPublicKey, sshKeyBitsMax, sshKeyBitsMin } from '../../credentials/ssh-public-key.ts';
import type { SshPublicKeyDoc } from '../../store/user-credential-docs.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations } from '../operation.ts';
import { getUser, userAsk } from './lookup.ts';
import { pageList } from './paging.ts';
import { claim } from './quotas.ts';
import { getSubject, subjectAsk } from './subject.ts';

export const sshPublicKeys = {
  UploadSSHPublicKey: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    async run({ UserName, SSHPublicKeyBody }, { write, now, newId, error }) {
      const SSHPublicKeyId = newId('APKA');
      return write((draft) => {
        const user = getUser(draft, UserName, error);
        const { openSsh, fingerprint } = readKey(SSHPublicKeyBody, error);
        const others = draft.sshPublicKeys.listBy('principal', user.UserId);
        // GUESS: the words.
        if (others.some(({ PublicKey }) => PublicKey === openSsh)) throw error('DuplicateSSHPublicKey', 'The SSH public key is already associated with the specified IAM user.');
        claim('SSHPublicKeysPerUser', others.length + 1, error);
        const key: SshPublicKeyDoc = { SSHPublicKeyId, PrincipalId: user.UserId, Status: 'Active', UploadDate: now, Fingerprint: fingerprint, PublicKey: openSsh };
        draft.sshPublicKeys.insert(key);
        return { SSHPublicKey: { UserName: user.UserName, SSHPublicKeyId, Fingerprint: fingerprint, SSHPublicKeyBody, Status: key.Status, UploadDate: now } };
      });
    },
  },

  GetSSHPublicKey: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    run({ UserName, SSHPublicKeyId, Encoding }, { view, error }) {
      const user = getUser(view, UserName, error);
      const { Fingerprint, Status, UploadDate, PublicKey } = getKey(view, user.UserId, SSHPublicKeyId, error);
      // INVARIANT: what is stored was written by the same reader.
      const SSHPublicKeyBody = Encoding === 'PEM' ? readSshPublicKey(PublicKey)!.pem : PublicKey;
      return { SSHPublicKey: { UserName: user.UserName, SSHPublicKeyId, Fingerprint, SSHPublicKeyBody, Status, UploadDate } };
    },
  },

  ListSSHPublicKeys: {
    access: ({ UserName }, context) => [subjectAsk(UserName, context)],
    run({ UserName, ...page }, context) {
      const owner = getSubject(UserName, context);
      const { items, end } = pageList(context.view.sshPublicKeys.listBy('principal', owner.principalId), ({ SSHPublicKeyId }) => SSHPublicKeyId, page, context.marker);
      // Root has no SSH keys, so whoever owns one has a name.
      return { SSHPublicKeys: items.map(({ SSHPublicKeyId, Status, UploadDate }) => ({ UserName: owner.UserName!, SSHPublicKeyId, Status, UploadDate })), ...end };
    },
  },

  UpdateSSHPublicKey: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    run: ({ UserName, SSHPublicKeyId, Status }, { write, error }) => write((draft) => {
      const key = getKey(draft, getUser(draft, UserName, error).UserId, SSHPublicKeyId, error);
      // Expired is a status of other credentials; all share one enum. GUESS: the words.
      if (Status === 'Expired') throw error('InvalidInput', 'The status of an SSH public key can be Active or Inactive.');
      draft.sshPublicKeys.update({ ...key, Status });
    }),
  },

  DeleteSSHPublicKey: {
    access: ({ UserName }, { view }) => [userAsk(view, UserName)],
    run: ({ UserName, SSHPublicKeyId }, { write, error }) => write((draft) => {
      draft.sshPublicKeys.remove(getKey(draft, getUser(draft, UserName, error).UserId, SSHPublicKeyId, error).SSHPublicKeyId);
    }),
  },
} satisfies Operations<Iam, `${'Upload' | 'Get' | 'Update' | 'Delete'}SSHPublicKey` | 'ListSSHPublicKeys'>;

function readKey(text: string, error: Raise<'InvalidPublicKey' | 'UnrecognizedPublicKeyEncoding'>) {
  const key = readSshPublicKey(text);
  // AWS: seen of a body that is no key at all.
  if (!key) throw error('UnrecognizedPublicKeyEncoding', 'Invalid public key uploaded.');
  // GUESS: the words.
  if (key.bits < sshKeyBitsMin) throw error('InvalidPublicKey', `The public key must have at least ${sshKeyBitsMin} bits.`);
  if (key.bits > sshKeyBitsMax) throw error('InvalidPublicKey', `The public key must have at most ${sshKeyBitsMax} bits.`);
  return key;
}

/** The key of that id, which must be the user's. */
function getKey(view: AccountView, userId: string, SSHPublicKeyId: string, error: Raise<'NoSuchEntity'>): SshPublicKeyDoc {
  const key = view.sshPublicKeys.find(SSHPublicKeyId);
  if (key?.PrincipalId !== userId) throw error('NoSuchEntity', `The SSH Public Key with id ${SSHPublicKeyId} cannot be found.`);
  return key;
}
