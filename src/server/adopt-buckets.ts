/** Buckets of other stores that were there before, made an account's at a start: what the operator says of them is so, or the start fails. */
import type { RandomBytes } from '../base/ids.ts';
import type { Clock } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import { isBucketName } from '../services/s3/bucket-names.ts';
import { everythingBlocked } from '../services/s3/public-access.ts';
import { sealingKeyPlace } from '../services/s3/sealing.ts';
import type { Store } from '../store/store.ts';
import type { UpstreamSettings } from './upstream-stores.ts';

export interface AdoptionParts { readonly store: Store; readonly seal: Seal; readonly random: RandomBytes; readonly clock: Clock }

/** What the operator wrote cannot be done. */
export class AdoptionRefused extends Error {
  override readonly name = 'AdoptionRefused';
}

/** Those that an earlier start adopted are left as they are. */
export async function adoptBuckets({ accounts }: UpstreamSettings, parts: AdoptionParts): Promise<void> {
  for (const [account, { store: Store, region: Region, buckets }] of accounts) {
    if (!parts.store.partition.accounts.find(account)) throw new AdoptionRefused(`the file of object stores names the account ${account}, which is not here`);
    for (const [BucketName, Bucket] of buckets) await adopt({ account, BucketName, Region, Upstream: { Store, Bucket } }, parts);
  }
}

interface Adopted { readonly account: string; readonly BucketName: string; readonly Region: string; readonly Upstream: { readonly Store: string; readonly Bucket: string } }

async function adopt({ account, BucketName, Region, Upstream }: Adopted, { store, seal, random, clock }: AdoptionParts): Promise<void> {
  if (!isBucketName(BucketName)) throw new AdoptionRefused(`${BucketName} cannot be a bucket's name`);
  await store.account(account);
  const BucketId = Buffer.from(random(16)).toString('hex');
  const SealingKey = seal.seal(Buffer.from(random(32)).toString('base64'), sealingKeyPlace(account, BucketId));
  await store.write(account, { by: 'gatehouse', requestId: BucketId, action: 'gatehouse:AdoptBucket' }, (draft) => {
    const taken = draft.partition.bucketNames.find(BucketName);
    if (taken) {
      const known = taken.AccountId === account ? draft.buckets.find(taken.BucketId) : undefined;
      if (known?.Upstream?.Store === Upstream.Store && known.Upstream.Bucket === Upstream.Bucket) return;
      throw new AdoptionRefused(`there is a bucket ${BucketName} already, and it is not ${Upstream.Bucket} of ${Upstream.Store}`);
    }
    draft.partition.bucketNames.insert({ BucketName, AccountId: account, BucketId });
    draft.buckets.insert({ BucketId, BucketName, Region, CreateDate: clock(), PublicAccessBlock: everythingBlocked, ObjectOwnership: 'BucketOwnerEnforced', SealingKey, Upstream });
  });
}
