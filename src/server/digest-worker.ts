/** The thread that digests large bodies; see digest-thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { algorithmsOf } from './digest-ring.ts';
import { beginDigest } from '../proof/payload/digest.ts';
import type { Digest } from '../proof/payload/digest.ts';
import { RingReader, digestCommands } from './digest-ring.ts';
import type { DigestAnswer, DigestSettings } from './digest-thread.ts';

// An edge: digestThread starts this thread, with the memory that both see.
const ring = new RingReader((workerData as DigestSettings).memory);
const digests = new Map<number, Digest>();

for (;;) {
  const { body, command, bytes } = ring.next();
  let digest = digests.get(body);
  if (!digest) {
    digest = beginDigest(algorithmsOf(body), undefined);
    digests.set(body, digest);
  }
  if (command === digestCommands.add) digest.add(bytes);
  else digests.delete(body);
  ring.taken();
  // What is computed here is never a promise.
  if (command === digestCommands.end) parentPort!.postMessage({ body, values: digest.values() } as DigestAnswer);
}
