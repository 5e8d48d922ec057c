/** What S3 has beside the journal: the store of objects, opened when it is first needed. */
import type { RandomBytes } from '../../base/ids.ts';
import type { Seal } from '../../base/seal.ts';
import type { Objects } from './attributes.ts';

/** Opens the store of objects. */
export type OpenObjects = () => Promise<Objects>;

export interface S3Resources {
  /** Resolves when the store of objects is open; undefined when it is. */
  open(): Promise<void> | undefined;
  /** The store of objects; before it is open, one that throws whatever it is asked. */
  opened(): Objects;
  readonly random: RandomBytes;
  readonly seal: Seal;
  close(): Promise<void>;
}

export function createS3Resources({ openObjects, random, seal }: { readonly openObjects: OpenObjects; readonly random: RandomBytes; readonly seal: Seal }): S3Resources {
  let opening: Promise<void> | undefined;
  let objects: Objects | undefined;
  async function bringIn(): Promise<void> {
    try {
      objects = await openObjects();
    } finally {
      opening = undefined;
    }
  }
  return {
    random,
    seal,
    open() {
      if (objects) return undefined;
      opening ??= bringIn();
      return opening;
    },
    opened: () => objects ?? unopened,
    async close() {
      await opening;
      await objects?.close();
    },
  };
}

const unopened = new Proxy({}, {
  get() {
    throw new Error('the store of objects was asked for something before it was opened: the operation lacks needsObjects');
  },
}) as Objects;
