/** A process that puts one object of 200,000 bytes into the bucket `b` of a folder, and says what came of it. For directory-store.test.ts. */
import { directoryStore } from '../../src/services/s3/objects/directory-store.ts';
import { seededRandom } from '../seeded-random.ts';
import { at, chunked, putText } from './object-folder.ts';
import type { Attributes } from './object-folder.ts';

const store = await directoryStore<Attributes>(process.argv[2]!, seededRandom('large'));
try {
  await putText(store, 'b', 'large', '', { source: chunked(Buffer.alloc(200_000)), verified: () => ({ etag: 'x', lastModified: at, attributes: {} }) });
  process.stdout.write('acknowledged');
} catch (thrown) {
  process.stdout.write(String(thrown));
}
await store.close();
