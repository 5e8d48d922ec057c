/** A Gatehouse in front of a store that is another Gatehouse, over a real socket. */
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { adoptBuckets } from '../../src/server/adopt-buckets.ts';
import { upstreamStores } from '../../src/server/upstream-stores.ts';
import { upstreamFeatures } from '../../src/services/s3/upstream-features.ts';
import type { UpstreamSettings } from '../../src/server/upstream-stores.ts';
import { startAttacked } from '../attacks/listener.ts';
import type { AttackOptions, Attacked } from '../attacks/listener.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';

/** Stops at the end of the block that holds it. */
export interface TwoGatehouses extends AsyncDisposable {
  readonly front: TestGatehouse;
  readonly behind: Attacked;
  /** Of the administrators of both. */
  readonly s3: S3Client;
  readonly there: S3Client;
  readonly settings: UpstreamSettings;
  /** What the log of the front was warned of. */
  readonly warnings: readonly string[];
}

export const account = '111122223333';
/** What names of buckets that are made are preceded by behind, and the one bucket that was there before: `adopted` here, `old-one` there. */
export const prefix = 'front-';

export async function startTwo(options: AttackOptions & { readonly changed?: (settings: UpstreamSettings) => UpstreamSettings } = {}): Promise<TwoGatehouses> {
  const behind = await startAttacked(options);
  const { accessKeyId, secretAccessKey } = behind.gatehouse.admin;
  const stated: UpstreamSettings = {
    stores: new Map([['main', { endpoint: new URL(`http://127.0.0.1:${behind.port}`), region: 'us-east-1', accessKeyId, secretAccessKey, features: new Set(upstreamFeatures), ca: undefined }]]),
    accounts: new Map([[account, { store: 'main', prefix, region: 'us-east-1', buckets: new Map([['adopted', 'old-one']]) }]]),
  };
  const settings = options.changed?.(stated) ?? stated;
  const warnings: string[] = [];
  const front = await startGatehouse({ seed: 'front', accountId: account, upstreams: (model) => upstreamStores({ settings, clock: () => front.clock.now, model }), warn: (message) => void warnings.push(message) });
  const there = behind.gatehouse.s3();
  await there.send(new CreateBucketCommand({ Bucket: 'old-one' }));
  await adoptBuckets(settings, { store: front.plane.store, seal: front.plane.seal, random: front.plane.random, clock: () => front.clock.now });
  return {
    front, behind, settings, warnings, s3: front.s3(), there,
    async [Symbol.asyncDispose]() {
      await front.stop();
      await behind[Symbol.asyncDispose]();
    },
  };
}
