/** A process of its own that puts, replaces, completes and removes objects without end, and prints what of it is acknowledged: `FOLDER SEED`. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { directoryStore } = await import('../../src/services/s3/objects/directory-store.ts');
const { at, chunked, md5 } = await import('./object-folder.ts');
const { seededRandom } = await import('../seeded-random.ts');
const [folder = '', seed = ''] = process.argv.slice(2);
const random = seededRandom(seed);
const store = await directoryStore<{ type?: string }>(folder, random);
await store.createBucket('b');

/** A key is put as often as it is removed; the text says the round, so that a reader knows how new what it sees is. */
async function work(worker: number): Promise<never> {
  for (let round = 0; ; round++) {
    const key = `${seed}/${worker}/${round % 7}`;
    const text = `${key} ${round} `.repeat(1 + (round % 3) * 4_000);
    if (round % 5 === 4) {
      const upload = { bucket: 'b', key, uploadId: `${key}/${round}` };
      await store.createUpload({ ...upload, initiated: at, attributes: {} });
      await store.putPart(upload, 1, { source: chunked(text), verified: () => ({ etag: md5(text), lastModified: at, attributes: {} }) });
      await store.completeUpload({ ...upload, etag: md5(text), lastModified: at, attributes: {}, parts: [{ number: 1, etag: md5(text) }], partBytesMin: 0, versioning: 'off' });
    } else {
      await store.put({ bucket: 'b', key, versioning: 'off', source: chunked(text), verified: () => ({ etag: md5(text), lastModified: at, attributes: {} }) });
    }
    process.stdout.write(`put ${key} ${round}\n`);
    if (round % 4 !== 3) continue;
    process.stdout.write(`removing ${key} ${round}\n`);
    await store.remove({ bucket: 'b', key, versioning: 'off', at });
    process.stdout.write(`removed ${key} ${round}\n`);
  }
}

await Promise.all([0, 1, 2].map(work));
