/** Accounts that hold much: documents written through the store, each as an entry of its own, as operations write them. */
import { randomBytes } from 'node:crypto';
import { newId } from '../src/base/ids.ts';
import { pooled } from '../src/base/random-pool.ts';
import { dataDir } from '../src/server/data-dir.ts';
import { sqliteJournal } from '../src/store/journals/sqlite.ts';
import { openStore } from '../src/store/open.ts';
import type { Draft, Store } from '../src/store/store.ts';

export const random = pooled((size) => randomBytes(size));
/** A store that warns is not one whose speed is worth knowing. */
export const warn = (message: string, cause: unknown): never => {
  throw new Error(message, { cause });
};
export const cause = { by: 'arn:aws:iam::111122223333:user/admin', requestId: '5e1f0c4e-6d0e-4f43-9d7c-000000000000', action: 'iam:CreateUser' };

/** Adds users to the one account of a data directory, beside the server that runs on it. */
export async function populate(dir: string, { users, from = 0 }: { readonly users: number; readonly from?: number }): Promise<void> {
  const store = await openStore({ journal: sqliteJournal(dataDir(dir).journal), clock: Date.now, random, warn });
  const [account] = [...store.partition.accounts.all()];
  await writeMany(store, account!.AccountId, users, (draft, i) => insertUser(draft, from + i));
  await store.close();
}

/** Drafts that wait for a commit at a time. */
const waitingMax = 1_000;

/** Writes `count` entries, the next when one is durable. */
export async function writeMany(store: Store, account: string, count: number, draft: (draft: Draft, i: number) => void): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < count) {
      const i = next++;
      await store.write(account, cause, (face) => draft(face, i));
    }
  };
  await Promise.all(Array.from({ length: waitingMax }, writer));
}

/** What CreateUser writes. */
export function insertUser(draft: Draft, i: number): void {
  inserted(draft.users.insert({ UserId: newId('AIDA', draft.account, random), UserName: `user-${i}`, Path: '/', CreateDate: Date.now() }));
}

/** The i-th of a mixed population: of ten, six users, two access keys, a role and a policy. */
export function insertEntity(draft: Draft, i: number): void {
  const CreateDate = Date.now();
  const kind = i % 10;
  if (kind < 6) return insertUser(draft, i);
  if (kind < 8) {
    return inserted(draft.accessKeys.insert({ AccessKeyId: newId('AKIA', draft.account, random), PrincipalId: newId('AIDA', draft.account, random), Status: 'Active', CreateDate, SecretAccessKey: Buffer.from(random(84)).toString('base64url') }));
  }
  if (kind < 9) return inserted(draft.roles.insert({ RoleId: newId('AROA', draft.account, random), RoleName: `role-${i}`, Path: '/', CreateDate, TrustPolicy: { Document: trust, PrincipalIds: {} } }));
  const PolicyId = newId('ANPA', draft.account, random);
  inserted(draft.policyVersions.insert({ PolicyId, VersionId: 'v1', CreateDate, Document: policy }));
  return inserted(draft.policies.insert({ PolicyId, PolicyName: `policy-${i}`, Path: '/', CreateDate, UpdateDate: CreateDate, DefaultVersionId: 'v1', LatestVersion: 1 }));
}

const trust = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*"]}]}';

function inserted(isNew: boolean): void {
  if (!isNew) throw new Error('an entity is there already');
}
