/** A directory store in a folder of its own, for tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { directoryStore } from '../../src/services/s3/objects/directory-store.ts';
import type { ObjectStore, ObjectVersion, Put } from '../../src/services/s3/objects/object-store.ts';
import { seededRandom } from '../seeded-random.ts';

export interface Attributes { readonly type?: string }
export type TestStore = ObjectStore<Attributes>;

export const at = Date.UTC(2026, 10, 24);

/** Runs `work` on the store of a new folder; `reopen` closes it and opens the folder again. */
export async function withStore(work: (store: TestStore, parts: { readonly path: string; readonly reopen: () => Promise<TestStore> }) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-objects-'));
  let opened = 0;
  const open = (): Promise<TestStore> => directoryStore<Attributes>(path, seededRandom(`objects-${opened++}`));
  let store = await open();
  const reopen = async (): Promise<TestStore> => {
    await store.close();
    return (store = await open());
  };
  try {
    await work(store, { path, reopen });
  } finally {
    await store.close();
    rmSync(path, { recursive: true, force: true });
  }
}

export async function* chunked(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

export const md5 = (...chunks: readonly (string | Uint8Array)[]): string => {
  const digest = createHash('md5');
  for (const chunk of chunks) digest.update(chunk);
  return digest.digest('hex');
};

/** Puts a text, with its MD5 as entity tag. */
export function putText(store: TestStore, bucket: string, key: string, text: string, rest: Partial<Put<Attributes>> = {}): Promise<ObjectVersion<Attributes>> {
  return store.put({ bucket, key, versioning: 'off', source: chunked(text), verified: () => ({ etag: md5(text), lastModified: at, attributes: { type: 'text' } }), ...rest });
}

export async function readAll(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export async function readText(store: TestStore, bucket: string, key: string, versionId?: string): Promise<string> {
  const { body } = await store.open({ bucket, key, versionId, select: () => ({ range: undefined }) });
  return (await readAll(body)).toString();
}
