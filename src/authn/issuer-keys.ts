/** The keys of token issuers: found by discovery, kept for a while, fetched again when a token names one that is not among them. Source: OpenID Connect Discovery 1.0. */
import type { JSONWebKeySet } from 'jose';
import type { Clock, Timestamp } from '../base/clock.ts';

/** Whose certificate is trusted, and whether it was the operator who named the address: then it may be a private one, and of this machine without TLS. */
export interface FetchTrust {
  readonly thumbprints: readonly string[];
  readonly isOperators?: boolean;
  /** The URL holds what only that place may see: it is not followed elsewhere. */
  readonly holdsSecret?: boolean;
}

/** Fetches a JSON document by https. Rejects with IssuerUnreachable or IssuerUntrusted. */
export type FetchDocument = (url: string, trust: FetchTrust) => Promise<unknown>;

/** Where the operator says that the documents of an issuer are, in place of the issuer's own address. */
export type IssuerAddresses = ReadonlyMap<string, string>;

/** The issuer does not answer, or not with what it should. */
export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
  /** It did not answer at all, or says that it cannot now: to ask again may help. */
  readonly isPassing: boolean;
  /** The HTTP status that it answered, where that is what is wrong. */
  readonly status: number | undefined;

  constructor(message: string, { isPassing = false, status, cause }: { readonly isPassing?: boolean; readonly status?: number; readonly cause?: unknown } = {}) {
    super(message, { cause });
    this.isPassing = isPassing;
    this.status = status;
  }
}

/** The issuer's certificate is signed by no authority that is trusted, and has none of the thumbprints given. */
export class IssuerUntrusted extends Error {
  override readonly name = 'IssuerUntrusted';
}

const limits = {
  /** Keys are fetched again after this time, so that a withdrawn one is soon unknown. */
  keptMs: 3_600_000,
  /** Tokens with keys that do not exist cannot make us ask an issuer more often than this. */
  refetchMs: 30_000,
  issuersMax: 1_000,
  keysMax: 100,
} as const;

interface Kept { readonly keys: JSONWebKeySet; readonly at: Timestamp }

export interface IssuerKeys {
  /** The keys of an issuer; fetched anew when `keyId` is not among those that are known. */
  keysOf(issuer: string, thumbprints: readonly string[], keyId: string | undefined): Promise<JSONWebKeySet>;
}

interface Options { readonly fetchDocument: FetchDocument; readonly clock: Clock; readonly issuerAddresses: IssuerAddresses }

export function createIssuerKeys({ fetchDocument, clock, issuerAddresses }: Options): IssuerKeys {
  const kept = new Map<string, Kept>();
  const fetching = new Map<string, Promise<Kept>>();

  async function fetchKeys(issuer: string, thumbprints: readonly string[]): Promise<Kept> {
    const given = issuerAddresses.get(issuer);
    const trust: FetchTrust = { thumbprints, ...(given !== undefined && { isOperators: true }) };
    const discovered = await fetchDocument(`${(given ?? issuer).replace(/\/$/, '')}/.well-known/openid-configuration`, trust);
    const { issuer: stated, jwks_uri: location } = isObject(discovered) ? discovered : {};
    if (stated !== issuer) throw new IssuerUnreachable('its discovery document is of another issuer');
    if (typeof location !== 'string') throw new IssuerUnreachable('its discovery document has no jwks_uri');
    // What the operator allowed is the address that was named, not wherever a document there points to.
    if (given === undefined ? !location.startsWith('https://') : !isSameOrigin(location, given)) throw new IssuerUnreachable(`its jwks_uri is not ${given === undefined ? 'of https' : `at ${given}`}`);
    const document = await fetchDocument(location, trust);
    if (!isKeySet(document)) throw new IssuerUnreachable('its keys are no JSON Web Key Set');
    return { keys: document, at: clock() };
  }

  return {
    async keysOf(issuer, thumbprints, keyId) {
      // Who trusts other certificates is answered from what was fetched under them.
      const name = [issuer, ...thumbprints.toSorted()].join(' ');
      const known = kept.get(name);
      if (known) {
        const age = clock() - known.at;
        const isMissing = keyId !== undefined && !known.keys.keys.some(({ kid }) => kid === keyId);
        if (age < limits.keptMs && !(isMissing && age >= limits.refetchMs)) return known.keys;
      }
      let pending = fetching.get(name);
      if (!pending) {
        pending = fetchKeys(issuer, thumbprints).finally(() => fetching.delete(name));
        fetching.set(name, pending);
      }
      const fetched = await pending;
      if (kept.size >= limits.issuersMax) kept.clear();
      kept.set(name, fetched);
      return fetched.keys;
    },
  };
}

const isSameOrigin = (a: string, b: string): boolean => URL.canParse(a) && new URL(a).origin === new URL(b).origin;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

function isKeySet(value: unknown): value is JSONWebKeySet {
  return isObject(value) && Array.isArray(value['keys']) && value['keys'].length <= limits.keysMax && value['keys'].every(isObject);
}
