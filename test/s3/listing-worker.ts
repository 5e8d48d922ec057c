/** Lists a bucket page by page in a thread that has little memory; answers how many keys and prefixes it saw, and whether they came in order. */
import { parentPort, workerData } from 'node:worker_threads';
import { directoryStore } from '../../src/services/s3/objects/directory-store.ts';
import { seededRandom } from '../seeded-random.ts';

const { path, prefix, delimiter } = workerData as { readonly path: string; readonly prefix: string; readonly delimiter: string | undefined };
const store = await directoryStore(path, seededRandom('listing'));
let after: string | undefined;
let [keys, prefixes, pages, isOrdered] = [0, 0, 0, true];
for (let isTruncated = true; isTruncated; pages++) {
  const page = store.list({ bucket: 'b', prefix, delimiter, after, limit: 1000 });
  for (const entry of page.entries) {
    const name = 'item' in entry ? entry.item.key : entry.commonPrefix;
    if ('item' in entry) keys++;
    else prefixes++;
    isOrdered &&= after === undefined || Buffer.compare(Buffer.from(after), Buffer.from(name)) < 0;
    after = name;
  }
  isTruncated = page.isTruncated;
}
await store.close();
parentPort!.postMessage({ keys, prefixes, pages, isOrdered });
