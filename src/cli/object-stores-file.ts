/** Reads the file of `--object-stores`: which other S3-compatible stores there are, and whose buckets are kept there. Strictly: what is misspelt is not passed over, for it would decide where objects go. */
import { statSync } from 'node:fs';
import { UsageError } from './option.ts';
import { isLoopback, readGivenFile } from './value-readers.ts';

/** What a store may lack. */
export const objectStoreFeatures = ['attributes', 'conditional-writes', 'encryption', 'lifecycle', 'object-lock', 'storage-classes', 'tagging', 'versioning'] as const;
export type ObjectStoreFeature = (typeof objectStoreFeatures)[number];

export interface ObjectStores {
  readonly stores: ReadonlyMap<string, {
    readonly endpoint: URL;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    /** What the store has beside objects, lists, parts and copies. */
    readonly features: ReadonlySet<ObjectStoreFeature>;
    /** PEM. */
    readonly ca: string | undefined;
  }>;
  readonly accounts: ReadonlyMap<string, {
    readonly store: string;
    /** Undefined: the buckets that the account makes are kept here. */
    readonly prefix: string | undefined;
    /** Where buckets are that were there before. */
    readonly region: string;
    /** Our name → the name there. */
    readonly buckets: ReadonlyMap<string, string>;
  }>;
}

export const noObjectStores: ObjectStores = { stores: new Map(), accounts: new Map() };

/** The file holds secrets. A mistake in it is told by its place; what it says is never shown. */
export function readObjectStores(path: string, flag: string, resolved: (file: string) => string): ObjectStores {
  const bytes = readGivenFile(path, flag);
  if ((statSync(path).mode & 0o007) !== 0) throw new UsageError(`${path} holds secrets and everybody on this machine may read it: chmod o-rwx ${path}`);
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
  const file = new Place(path, document).record(['stores', 'accounts']);
  const stores = new Map(file.get('stores').entries().map(([name, place]) => [name, storeOf(name, place, resolved)]));
  const accounts = new Map(file.get('accounts').entries().map(([account, place]) => [account, accountOf(account, place, stores)]));
  refuseOverlaps(path, accounts);
  return { stores, accounts };
}

type Store = ObjectStores['stores'] extends ReadonlyMap<string, infer Value> ? Value : never;
type Account = ObjectStores['accounts'] extends ReadonlyMap<string, infer Value> ? Value : never;

function storeOf(name: string, place: Place, resolved: (file: string) => string): Store {
  if (!/^[\w.-]{1,64}$/.test(name)) throw place.wrong('is no name of a store: letters, digits, _ . -');
  const fields = place.record(['endpoint', 'region', 'accessKeyId', 'secretAccessKey', 'caFile', 'allowPlainHttp', 'features']);
  const endpoint = URL.parse(fields.get('endpoint').text());
  const isUrl = endpoint && (endpoint.protocol === 'https:' || endpoint.protocol === 'http:') && endpoint.pathname === '/' && endpoint.search === '' && endpoint.hash === '' && endpoint.username === '' && endpoint.password === '';
  if (!isUrl) throw fields.get('endpoint').wrong('must be a URL of scheme, host and port only');
  const allowsPlain = fields.find('allowPlainHttp')?.boolean() ?? false;
  if (endpoint.protocol === 'http:' && !allowsPlain && !isLoopback(endpoint.hostname.replaceAll(/[[\]]/g, ''))) throw fields.get('endpoint').wrong('must be https, or objects could be read and changed on their way; "allowPlainHttp": true says that nobody is between');
  const caFile = fields.find('caFile')?.text();
  return {
    endpoint,
    region: fields.find('region')?.matching(/^[a-z0-9-]{1,64}$/, 'must be a region') ?? 'us-east-1',
    accessKeyId: fields.get('accessKeyId').matching(/^[\x21-\x2e\x30-\x7e]{1,128}$/, 'must be an access key id'),
    secretAccessKey: fields.get('secretAccessKey').matching(/^[\x21-\x7e]{1,256}$/, 'must be a secret access key'),
    features: new Set(featuresOf(fields.find('features'))),
    ca: caFile === undefined ? undefined : readGivenFile(resolved(caFile), 'caFile').toString('latin1'),
  };
}

function featuresOf(place: Place | undefined): readonly ObjectStoreFeature[] {
  if (place?.is('all')) return objectStoreFeatures;
  return (place?.items() ?? []).map((one) => {
    const text = one.text();
    const feature = objectStoreFeatures.find((known) => known === text);
    if (feature === undefined) throw one.wrong(`must be one of ${objectStoreFeatures.join(', ')}`);
    return feature;
  });
}

/** Source: "General purpose bucket naming rules" (S3 User Guide); older stores' own may hold more. */
const bucketForm = /^[A-Za-z0-9][\w.-]{2,62}$/;

function accountOf(account: string, place: Place, stores: ReadonlyMap<string, Store>): Account {
  if (!/^\d{12}$/.test(account)) throw place.wrong('is no account: twelve digits');
  const fields = place.record(['store', 'prefix', 'region', 'buckets']);
  const store = fields.get('store').text();
  if (!stores.has(store)) throw fields.get('store').wrong('names none of the stores');
  const buckets = new Map((fields.find('buckets')?.entries() ?? []).map(([name, there]) => [name, there.matching(bucketForm, 'must be the name of a bucket')]));
  return { store, prefix: fields.find('prefix')?.matching(/^(?:[a-z0-9][a-z0-9.-]{0,39})?$/, 'must be what the name of a bucket may begin with'), region: fields.find('region')?.matching(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'must be a region') ?? 'us-east-1', buckets };
}

/** INVARIANT: no bucket of a store is ever two accounts'. */
function refuseOverlaps(path: string, accounts: ReadonlyMap<string, Account>): void {
  const all = [...accounts];
  const taken = new Set<string>();
  for (const [account, { store, buckets }] of all) {
    for (const there of buckets.values()) {
      if (taken.has(`${store}/${there}`)) throw new UsageError(`${path}: the bucket ${there} of ${store} is given twice`);
      taken.add(`${store}/${there}`);
      for (const [other, { store: itsStore, prefix }] of all) if (other !== account && store === itsStore && prefix !== undefined && there.startsWith(prefix)) throw new UsageError(`${path}: the bucket ${there} of ${store} is given to ${account}, and its name begins with the prefix of ${other}`);
    }
  }
  for (const [one, a] of all) for (const [other, b] of all) if (one < other && a.store === b.store && a.prefix !== undefined && b.prefix !== undefined && (a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix))) throw new UsageError(`${path}: the prefixes of ${one} and ${other} begin with one another: their buckets in ${a.store} could not be told apart`);
}

/** A value in the file, and where it stands. */
class Place {
  readonly #path: string;
  readonly #value: unknown;

  constructor(path: string, value: unknown) {
    this.#path = path;
    this.#value = value;
  }

  wrong(what: string): UsageError {
    return new UsageError(`${this.#path} ${what}`);
  }

  entries(): (readonly [string, Place])[] {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.wrong('must be an object');
    return Object.entries(value).map(([name, one]) => [name, new Place(`${this.#path}: ${name}`, one)]);
  }

  /** Its members, all of these names. */
  record(names: readonly string[]): { get(name: string): Place; find(name: string): Place | undefined } {
    const members = new Map(this.entries());
    for (const [name, place] of members) if (!names.includes(name)) throw place.wrong(`is not known; there are ${names.join(', ')}`);
    return {
      find: (name) => members.get(name),
      get: (name) => members.get(name) ?? raise(this.wrong(`lacks ${name}`)),
    };
  }

  is(text: string): boolean {
    return this.#value === text;
  }

  items(): readonly Place[] {
    return Array.isArray(this.#value) ? this.#value.map((value: unknown, i) => new Place(`${this.#path}: ${i + 1}`, value)) : raise(this.wrong('must be a list, or "all"'));
  }

  text(): string {
    return typeof this.#value === 'string' ? this.#value : raise(this.wrong('must be a text'));
  }

  boolean(): boolean {
    return typeof this.#value === 'boolean' ? this.#value : raise(this.wrong('must be true or false'));
  }

  matching(form: RegExp, what: string): string {
    const text = this.text();
    return form.test(text) ? text : raise(this.wrong(what));
  }
}

function raise(error: Error): never {
  throw error;
}
