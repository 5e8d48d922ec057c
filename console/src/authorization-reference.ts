/** What AWS lists of its services, for pickers and findings: the names of all are there at once, the rest comes a slice at a time, as services are looked at. */
import { loadSlice, services } from 'virtual:authorization-reference';
import { openAuthorizationReference } from '../../src/base/authorization-reference.ts';
import type { AuthorizationReference, ServiceReference } from '../../src/base/authorization-reference.ts';

export interface ServiceName { readonly prefix: string; readonly name: string }

/** Every service, by prefix. */
export const serviceNames: readonly ServiceName[] = services.map(([prefix, name]) => ({ prefix, name }));

const sliceOf = new Map(services.map(([prefix, , slice]) => [prefix, slice]));
const prefixes = services.map(([prefix]) => prefix);
const loaded = new Map<number, AuthorizationReference>();
const loading = new Map<number, Promise<AuthorizationReference>>();

/** All that AWS lists of a service; undefined where it lists none of that prefix. */
export async function loadService(prefix: string): Promise<ServiceReference | undefined> {
  const slice = sliceOf.get(prefix);
  return slice === undefined ? undefined : (await load(slice)).find(prefix);
}

/** Asks something of what has come so far; where that looked at a service that had not, fetches it and asks again. */
export async function askReference<Answer>(ask: (reference: AuthorizationReference) => Answer): Promise<Answer> {
  for (;;) {
    const missing = new Set<number>();
    const answer = ask({ prefixes, find: (prefix) => {
      const slice = sliceOf.get(prefix);
      if (slice === undefined) return undefined;
      const reference = loaded.get(slice);
      if (!reference) missing.add(slice);
      return reference?.find(prefix);
    } });
    if (missing.size === 0) return answer;
    await Promise.all([...missing].map(load));
  }
}

function load(slice: number): Promise<AuthorizationReference> {
  const known = loading.get(slice);
  if (known) return known;
  const coming = loadSlice[slice]!().then(({ default: data }) => {
    const reference = openAuthorizationReference(() => data);
    loaded.set(slice, reference);
    return reference;
  });
  loading.set(slice, coming);
  // What did not come is asked for again the next time.
  coming.catch(() => loading.delete(slice));
  return coming;
}
