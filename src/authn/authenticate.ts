/** Authentication of signed requests: from a claim to the caller it proves, or to the refusal AWS gives. */
import type { IdentifiedCaller } from '../base/caller.ts';
import { BoundedCache } from '../base/bounded-cache.ts';
import type { Clock } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import type { SessionClaims } from '../base/session.ts';
import type { SessionSealer } from '../credentials/session-token.ts';
import { algorithm } from '../proof/sigv4/claim-parts.ts';
import type { SignatureClaim } from '../proof/sigv4/claim.ts';
import { dialectOf } from '../proof/sigv4/dialect.ts';
import type { SignatureDialect } from '../proof/sigv4/dialect.ts';
import { refusals, SignatureRefusal } from '../proof/sigv4/refusal.ts';
import { isSameSignature, SigningKey } from '../proof/sigv4/signing-key.ts';
import { checkClaim, checkTextClaim, isSignedBy } from '../proof/sigv4/verify.ts';
import type { SignedRequest } from '../proof/signed-request.ts';
import type { ConsoleSession, ConsoleSessions } from '../store/console-sessions.ts';
import type { AccountView, Store } from '../store/store.ts';
import { accountOfKey } from './account-of-key.ts';
import { ownerCaller, sessionCaller } from './callers.ts';
import { isDefaultRegion } from './default-regions.ts';
import { isOfPasswordNow } from './password-mark.ts';

interface Options {
  readonly store: Store;
  /** Opens the secrets of access keys. */
  readonly keyring: Seal;
  readonly sessions: Pick<SessionSealer, 'open'>;
  /** The console sessions that have not ended. */
  readonly consoleSessions: Pick<ConsoleSessions, 'find'>;
  readonly clock: Clock;
}

/** The service that the dispatcher chose, and the region where the endpoint is one region's. */
interface AddressedService { readonly signingName: string; readonly region?: string | undefined; /** The service's own where it is left out. */ readonly dialect?: SignatureDialect }

/**
 * Proves who made a request. At once where the account is in memory. Throws, or rejects with, SignatureRefusal. Region, service and key
 * are the claim's own: by then they are proven.
 */
export type Authenticate = (claim: SignatureClaim, request: SignedRequest, service: AddressedService, how?: HowSigned) => IdentifiedCaller | Promise<IdentifiedCaller>;

/** Where a signature is of something else than of the request, or goes on in its body. */
export interface HowSigned {
  /** The text that is signed instead of the request: the policy of a form. */
  readonly text?: string;
  /** Is given the key that the request was proven with, by which the pieces of its body are signed. */
  readonly onProven?: (key: SigningKey) => void;
}

/** A caller, and the secret that proves it. */
interface Candidate {
  readonly caller: IdentifiedCaller;
  /** What the secret is known by without opening it: it changes with the secret. */
  readonly secretVersion: string;
  readonly openSecret: () => string;
  /** A long-term key came with a session token, which is refused, but not before its signature is verified. */
  readonly hasStrayToken: boolean;
}

interface CachedSigningKey { readonly secretVersion: string; readonly key: SigningKey }

const asRequest: HowSigned = {};

/** Signing keys kept at most: some 600 bytes each. */
const signingKeysMax = 20_000;

/**
 * The order of checks is that of STS: scope, time and coverage; the key; the token; its end; its owner; the signature. AWS: seen
 * on STS, July 2026. GUESS: where time stands in it has not been seen.
 */
export function createAuthenticator({ store, keyring, sessions, consoleSessions, clock }: Options): Authenticate {
  const signingKeys = new BoundedCache<string, CachedSigningKey>(signingKeysMax);

  function prove({ caller, secretVersion, openSecret, hasStrayToken }: Candidate, claim: SignatureClaim, request: SignedRequest, dialect: SignatureDialect, { text, onProven }: HowSigned): IdentifiedCaller {
    const cached = signingKeys.find(claim.credential);
    const isCached = cached !== undefined && cached.secretVersion === secretVersion;
    const key = isCached ? cached.key : new SigningKey(openSecret(), claim);
    if (text === undefined ? !isSignedBy(key, claim, request, dialect) : !isSameSignature(key.signText(text), claim.signature)) throw refusals.mismatch();
    // Only a key that has proven itself is kept: who knows no secret cannot drive others' keys out. Joined, the name is a string of its own and keeps no header alive.
    if (!isCached) signingKeys.insert([claim.accessKeyId, claim.date, claim.region, claim.service, claim.terminator].join('/'), { secretVersion, key });
    if (hasStrayToken) throw refusals.credentials();
    onProven?.(key);
    return caller;
  }

  function withLongTermKey(view: AccountView, claim: SignatureClaim): Candidate {
    const accessKey = view.accessKeys.find(claim.accessKeyId);
    if (!accessKey || accessKey.Status !== 'Active') throw refusals.credentials();
    const { AccessKeyId, SecretAccessKey } = accessKey;
    return {
      caller: ownerCaller(view, accessKey),
      secretVersion: SecretAccessKey,
      openSecret: () => keyring.open(SecretAccessKey, { account: view.account, table: 'accessKeys', key: AccessKeyId, field: 'SecretAccessKey' }),
      hasStrayToken: !!claim.sessionToken,
    };
  }

  function withSession(view: AccountView, session: SessionClaims): Candidate {
    return { caller: sessionCaller(view, session), secretVersion: session.secretAccessKey, openSecret: () => session.secretAccessKey, hasStrayToken: false };
  }

  /** The claims of a token that belongs to this key and is not over. */
  function openSession(claim: SignatureClaim): SessionClaims {
    const session = claim.sessionToken ? sessions.open(claim.sessionToken) : undefined;
    if (!session || session.accessKeyId !== claim.accessKeyId || !store.partition.accounts.find(session.account)) throw refusals.credentials();
    if (clock() >= session.expiresAt) throw refusals.expired();
    // AWS's order of this check has not been seen. GUESS: it is one of the token's.
    if (session.isOfDefaultRegions && !isDefaultRegion(claim.region)) throw refusals.credentials();
    return session;
  }

  /** The console session that the credentials were handed out for. Whoever signed out, in whichever process, has ended it. */
  function consoleSessionOf(session: SessionClaims | undefined): ConsoleSession | undefined {
    if (session?.consoleSessionId === undefined) return undefined;
    const held = consoleSessions.find(session.consoleSessionId, clock());
    if (!held) throw refusals.expired();
    return held;
  }

  return (claim, request, { signingName, region, dialect = dialectOf(signingName) }, how = asRequest) => {
    // A certificate's key opens sessions and nothing else.
    if (claim.algorithm !== algorithm) throw new SignatureRefusal('algorithm', `Unsupported AWS 'algorithm': '${claim.algorithm}'. Please use ${algorithm}.`);
    if (how.text === undefined) checkClaim(claim, signingName, clock(), dialect, region);
    else checkTextClaim(claim, signingName, clock());
    const session = claim.accessKeyId.startsWith('ASIA') ? openSession(claim) : undefined;
    const account = session?.account ?? accountOfKey(claim.accessKeyId, store.partition);
    if (account === undefined) throw refusals.credentials();
    const held = consoleSessionOf(session);
    /** `opened` is of the account that the console session was opened in: a role may be another's. */
    const conclude = (view: AccountView | undefined, opened: AccountView | undefined): IdentifiedCaller => {
      if (!view) throw refusals.credentials();
      // Another password, or none, ends at once what was opened with the one before.
      if (held && (!opened || !isOfPasswordNow({ store }, opened, held))) throw refusals.expired();
      return prove(session ? withSession(view, session) : withLongTermKey(view, claim), claim, request, dialect, how);
    };
    const openedIn = held?.account ?? account;
    const view = store.loaded(account);
    const opened = openedIn === account ? view : store.loaded(openedIn);
    return view && opened ? conclude(view, opened) : Promise.all([store.account(account), store.account(openedIn)]).then(([view, opened]) => conclude(view, opened));
  };
}
