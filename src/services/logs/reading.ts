/** What reading events raises where it cannot be done. */
import type { Raise } from '../../base/api-error.ts';
import { TooManyReaders } from './log-store.ts';

/** Resolves to what was read. Raises ServiceUnavailableException where too many read already. */
export async function readersRefused<T>(reading: Promise<T>, error: Raise<'ServiceUnavailableException'>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof TooManyReaders) throw error('ServiceUnavailableException', 'The service cannot complete the request.', { cause });
    throw cause;
  }
}
