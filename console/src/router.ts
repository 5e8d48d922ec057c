/** Which page the address names, by path under the console's own; the parameter that says which session stays wherever the person goes. */
import { useSyncExternalStore } from 'react';

export const base = '/_gatehouse/console/';

/** The names in a path: of `users/:userName` it is `userName`. */
export type ParametersOf<Path extends string> = Path extends `${infer Segment}/${infer Rest}` ? NameIn<Segment> | ParametersOf<Rest> : NameIn<Path>;
type NameIn<Segment extends string> = Segment extends `:${infer Name}` ? Name : never;
export type Values<Path extends string> = { readonly [Name in ParametersOf<Path>]: string };

export interface Address { readonly path: string; readonly query: URLSearchParams }

const listeners = new Set<() => void>();
let key = '';
let address: Address = { path: '', query: new URLSearchParams() };

/** The address as it is now; the same object until it changes. */
function current(): Address {
  const now = `${location.pathname}${location.search}`;
  if (now === key) return address;
  key = now;
  address = { path: location.pathname.startsWith(base) ? location.pathname.slice(base.length).replace(/\/$/, '') : '', query: new URLSearchParams(location.search) };
  return address;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

export const useAddress = (): Address => useSyncExternalStore(subscribe, current);

/** The address of a path of the console, for links: `href('users/alice', { tab: 'tags' })`. Names in it are encoded by `pathOf`. */
export function href(path: string, query: Readonly<Record<string, string>> = {}): string {
  const session = new URLSearchParams(location.search).get('session');
  const parameters = new URLSearchParams({ ...query, ...(session !== null && { session }) }).toString();
  return `${base}${path}${parameters === '' ? '' : `?${parameters}`}`;
}

/** A path with names filled in: `pathOf('users/:userName', { userName })`. */
export const pathOf = <Path extends string>(path: Path, values: Values<Path>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent((values as Readonly<Record<string, string>>)[name]!));

/** Goes to an address that `href` made, without loading anew. */
export function navigate(to: string, { isReplaced = false }: { readonly isReplaced?: boolean } = {}): void {
  history[isReplaced ? 'replaceState' : 'pushState'](null, '', to);
  for (const listener of listeners) listener();
  scrollTo(0, 0);
}

/** For the `onFollow` of Cloudscape's links: ours are followed here, others by the browser. */
export function follow(event: { readonly detail: { readonly href?: string | undefined; readonly external?: boolean | undefined }; preventDefault(): void }): void {
  const { href: to, external } = event.detail;
  if (external === true || to === undefined || !to.startsWith(base)) return;
  event.preventDefault();
  navigate(to);
}

/** The values of a path's names in an address; undefined where the path is another. */
export function match<Path extends string>(path: Path, given: string): Values<Path> | undefined {
  const wanted = path.split('/');
  const actual = given.split('/');
  if (wanted.length !== actual.length) return undefined;
  const values: Record<string, string> = {};
  for (const [i, segment] of wanted.entries()) {
    if (segment.startsWith(':')) {
      if (actual[i] === '') return undefined;
      values[segment.slice(1)] = decoded(actual[i]!);
    } else if (segment !== actual[i]) return undefined;
  }
  return values as Values<Path>;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not ours, then: it names nothing.
    return segment;
  }
}
