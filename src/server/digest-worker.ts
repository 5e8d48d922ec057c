/** The thread that digests large bodies; see digest-thread.ts. */
import { parentPort, workerData } from 'node:worker_threads';
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
    // The number says which: even ones have no SHA-256.
    digest = beginDigest(body % 2 === 1 ? ['md5', 'sha256'] : ['md5'], undefined);
    digests.set(body, digest);
  }
  if (command === digestCommands.add) digest.add(bytes);
  else digests.delete(body);
  ring.taken();
  // What is computed here is never a promise.
  if (command === digestCommands.end) parentPort!.postMessage({ body, values: digest.values() } as DigestAnswer);
}
