/** A Gatehouse in memory behind a socket on loopback: for clients that are programs of their own, where a test must hand in what a started program could not be given. */
import { handle } from '../src/server/handle.ts';
import { limits } from '../src/server/limits.ts';
import { listen } from '../src/server/listen.ts';
import { isStreamed } from '../src/server/route.ts';
import type { TestGatehouse } from './gatehouse.ts';

/** Its clock goes with the machine's, by which clients sign, from each request on. */
export async function listenFor({ plane, clock }: TestGatehouse): Promise<{ readonly endpoint: string; stop(): Promise<void> }> {
  const { url, stop } = await listen({
    host: '127.0.0.1', port: 0, tls: undefined, now: () => (clock.now = Math.max(clock.now, Date.now())), newRequestId: plane.newRequestId, limits,
    handle: (request) => handle(plane, request), streams: (head) => isStreamed(plane, head), together: (work) => work(),
  });
  return { endpoint: url, stop: async () => void (await stop()) };
}
