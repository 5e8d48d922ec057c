/** What the door asks policies itself, and what becomes of a denial: it is kept, so that it can be explained, as every other. */
import { Denied } from '../../authz/denial.ts';
import type { DoorParts } from './parts.ts';
import { refusal } from './refusal.ts';
import type { DoorRequest } from './request.ts';

/** The words of a denial by policies, which is kept; undefined where there was none. */
export function denialOf(parts: Pick<DoorParts, 'recordDenial'>, request: DoorRequest, operation: string, ask: () => void): string | undefined {
  try {
    ask();
    return undefined;
  } catch (thrown) {
    return kept(parts, request, operation, thrown).message;
  }
}

/** Does what policies may deny. Raises AccessDenied in the words of the denial, which is kept. */
export async function permitted<T>(parts: Pick<DoorParts, 'recordDenial'>, request: DoorRequest, operation: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const denied = kept(parts, request, operation, thrown);
    throw refusal('AccessDenied', denied.message, { cause: denied });
  }
}

/** Throws again what is no denial. */
function kept({ recordDenial }: Pick<DoorParts, 'recordDenial'>, request: DoorRequest, operation: string, thrown: unknown): Denied {
  if (!(thrown instanceof Denied)) throw thrown;
  recordDenial(thrown, { requestId: request.requestId, operation, message: thrown.message }, request.receivedAt);
  return thrown;
}
