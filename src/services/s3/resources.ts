/** What S3 has beside the journal: the store of objects, opened when it is first needed. */
import type { RandomBytes } from '../../base/ids.ts';
import type { Seal } from '../../base/seal.ts';
import type { Clock } from '../../base/clock.ts';
import type { Intents } from '../../store/intents.ts';
import type { Store, Warn } from '../../store/store.ts';
import type { Objects } from './attributes.ts';
import { registerBucketEffects } from './bucket-effects.ts';
import type { BucketEffects } from './bucket-effects.ts';
import { runLifecycles } from './lifecycle-run.ts';
import type { UpstreamFailed, Upstreams } from './upstreams.ts';

/** Opens the store of objects. */
export type OpenObjects = () => Promise<Objects>;

export interface S3Resources {
  /** Resolves when the store of objects is open; undefined when it is. */
  open(): Promise<void> | undefined;
  /** The store of objects; before it is open, one that throws whatever it is asked. */
  opened(): Objects;
  readonly random: RandomBytes;
  readonly seal: Seal;
  readonly upstreams: Upstreams;
  /** Says in the log what keeps another store from serving, once in a while. */
  upstreamFailed(store: string, failure: UpstreamFailed): void;
  readonly intents: Intents;
  readonly effects: BucketEffects;
  /** Removes what has expired by buckets' lifecycle rules; done now and then anyway. */
  runLifecycles(): Promise<void>;
  close(): Promise<void>;
}

interface Parts {
  readonly openObjects: OpenObjects;
  readonly upstreams: Upstreams;
  readonly intents: Intents;
  readonly random: RandomBytes;
  readonly seal: Seal;
  readonly store: Store;
  readonly clock: Clock;
  readonly warn: Warn;
  /** Whether this process runs the lifecycle rules: one of several does. */
  readonly runsRules: boolean;
}

/** How often rules are run. AWS runs them once a day, and says that it may take longer. */
const lifecycleEveryMs = 3_600_000;

/** How often the log is told of the same trouble. */
const troubleEveryMs = 10_000;

export function createS3Resources({ openObjects, upstreams, intents, random, seal, store, clock, warn, runsRules }: Parts): S3Resources {
  let opening: Promise<void> | undefined;
  let objects: Objects | undefined;
  let running: Promise<void> | undefined;
  async function runRules(): Promise<void> {
    try {
      await bringInOnce();
      await runLifecycles(store, objects!, clock);
    } catch (cause) {
      warn('the lifecycle rules of buckets could not all be run; the next turn tries again', cause);
    } finally {
      running = undefined;
    }
  }
  const timer = setInterval(() => { if (runsRules && store.partition.bucketNames.size > 0) running ??= runRules(); }, lifecycleEveryMs).unref();
  async function bringIn(): Promise<void> {
    try {
      objects = await openObjects();
    } finally {
      opening = undefined;
    }
  }
  function bringInOnce(): Promise<void> | undefined {
    return objects ? undefined : (opening ??= bringIn());
  }
  const toldAt = new Map<string, number>();
  return {
    random,
    seal,
    upstreams,
    upstreamFailed(name, failure) {
      const trouble = `${name} ${failure.failure}`;
      const now = clock();
      if (now - (toldAt.get(trouble) ?? -Infinity) < troubleEveryMs) return;
      toldAt.set(trouble, now);
      warn(`the store of objects ${name} does not serve: ${failure.message}`, failure.cause);
    },
    intents,
    effects: registerBucketEffects({
      intents, upstreams,
      async objects() {
        await bringInOnce();
        return objects!;
      },
    }),
    open: bringInOnce,
    opened: () => objects ?? unopened,
    runLifecycles: () => (running ??= runRules()),
    async close() {
      clearInterval(timer);
      upstreams.close();
      await opening;
      await running;
      await objects?.close();
    },
  };
}

const unopened = new Proxy({}, {
  get() {
    throw new Error('the store of objects was asked for something before it was opened: the operation lacks needsObjects');
  },
}) as Objects;
