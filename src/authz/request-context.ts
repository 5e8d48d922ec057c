/** The condition keys of a request, read when a condition asks for one. Source: "AWS global condition context keys" (IAM User Guide). */
import type { Caller, IdentifiedCaller } from '../base/caller.ts';
import { isoSeconds } from '../base/clock.ts';
import type { Timestamp } from '../base/clock.ts';
import type { ContextValue, RequestContext } from '../policy/types.ts';
import type { Membership } from '../store/organizations.ts';
import type { AccountView } from '../store/store.ts';
import type { TagDoc } from '../store/tables.ts';
import type { Ask } from './ask.ts';

/** How a request came and how it was signed. */
export interface Transport {
  readonly sourceIp: string;
  readonly authType?: 'REST-HEADER' | 'REST-QUERY-STRING' | 'POST' | undefined;
  /** When it was signed; undefined where it was not. */
  readonly signedAt?: Timestamp | undefined;
  /** What it states of its body. */
  readonly contentSha256?: string | undefined;
  /** `1.3` */
  readonly tlsVersion?: string | undefined;
}

/** What the transport and the signature say about a request. */
export interface RequestFacts extends Transport {
  readonly now: Timestamp;
  readonly isSecure: boolean;
  readonly userAgent: string | undefined;
  readonly referer: string | undefined;
  /** The region that the request counts as made in: us-east-1 for global services. */
  readonly requestedRegion: string;
}

/** The place of an account in an organization; undefined where it is in none. */
export type FindMembership = (account: string) => Membership | undefined;

interface Asked { readonly caller: Caller; readonly facts: RequestFacts; readonly ask: Ask; readonly view: AccountView | undefined; readonly findMembership: FindMembership }

const principalTypes: Record<Caller['kind'], string> = { root: 'Account', user: 'User', role: 'AssumedRole', federatedUser: 'FederatedUser', anonymous: 'Anonymous', certificate: 'AWSService', webIdentity: 'WebIdentityUser', saml: 'SAMLUser', service: 'AWSService' };

/** Roles Anywhere acts for whoever has a certificate. */
const isService = (caller: Caller): caller is Extract<Caller, { kind: 'service' | 'certificate' }> => caller.kind === 'service' || caller.kind === 'certificate';

const signedOnly = (value: (caller: IdentifiedCaller) => string | undefined) => ({ caller }: Asked): ContextValue | undefined => (caller.account === undefined ? undefined : value(caller));

const mfaAt = (caller: Caller): Timestamp | undefined => (caller.account === undefined ? undefined : caller.mfaAt ?? caller.session?.mfaAt);

const resourceAccount = ({ ask, caller }: Asked): string | undefined => ask.resourceAccount ?? caller.account;
const principalMembership = ({ caller, findMembership }: Asked): Membership | undefined => (caller.account === undefined ? undefined : findMembership(caller.account));
function resourceMembership(asked: Asked): Membership | undefined {
  const account = resourceAccount(asked);
  return account === undefined ? undefined : asked.findMembership(account);
}
/** Of a key that has several values where it has any. */
const listOf = (value: string | undefined): readonly string[] | undefined => (value === undefined ? undefined : [value]);

/** Key, as AWS writes it → its value, undefined where the request has none. */
const globalKeys: Readonly<Record<string, (asked: Asked) => ContextValue | undefined>> = {
  'aws:AssumedRoot': ({ caller }) => (caller.session?.issuer === 'AssumeRoot' ? 'true' : undefined),
  'aws:CurrentTime': ({ facts }) => isoSeconds(facts.now),
  'aws:EpochTime': ({ facts }) => String(Math.floor(facts.now / 1000)),
  'aws:FederatedProvider': ({ caller }) => (caller.kind === 'webIdentity' || caller.kind === 'saml' ? caller.federated : caller.session?.federatedProvider),
  'aws:MultiFactorAuthAge': ({ caller, facts }) => (mfaAt(caller) === undefined ? undefined : String(Math.floor((facts.now - mfaAt(caller)!) / 1000))),
  // Present with temporary credentials, and where a code comes with the request itself.
  'aws:MultiFactorAuthPresent': ({ caller }) => (caller.session || mfaAt(caller) !== undefined ? String(mfaAt(caller) !== undefined) : undefined),
  'aws:PrincipalAccount': ({ caller }) => (isService(caller) ? undefined : caller.account ?? 'anonymous'),
  'aws:PrincipalArn': signedOnly((caller) => caller.principalArn),
  'aws:PrincipalIsAWSService': ({ caller }) => (isService(caller) ? 'true' : caller.account === undefined ? undefined : 'false'),
  'aws:PrincipalServiceName': ({ caller }) => (isService(caller) ? caller.service : undefined),
  'aws:PrincipalOrgID': (asked) => principalMembership(asked)?.organization.OrganizationId,
  'aws:PrincipalOrgPaths': (asked) => listOf(principalMembership(asked)?.path),
  'aws:PrincipalType': ({ caller }) => principalTypes[caller.kind],
  'aws:referer': ({ facts }) => facts.referer,
  'aws:RequestedRegion': ({ facts }) => facts.requestedRegion,
  'aws:ResourceAccount': resourceAccount,
  'aws:ResourceOrgID': (asked) => resourceMembership(asked)?.organization.OrganizationId,
  'aws:ResourceOrgPaths': (asked) => listOf(resourceMembership(asked)?.path),
  'aws:SecureTransport': ({ facts }) => String(facts.isSecure),
  'aws:SourceIdentity': ({ caller }) => caller.session?.sourceIdentity,
  'aws:SourceIp': ({ facts }) => facts.sourceIp,
  'aws:TokenIssueTime': ({ caller }) => (caller.session ? isoSeconds(caller.session.issuedAt) : undefined),
  'aws:UserAgent': ({ facts }) => facts.userAgent,
  'aws:userid': ({ caller }) => caller.userId,
  'aws:username': ({ caller }) => (caller.kind === 'user' ? caller.userName : undefined),
  'aws:ViaAWSService': () => 'false',
};

/** The same by the key in lower case, in which conditions ask. */
const globalKeysByFolded = new Map(Object.entries(globalKeys).map(([name, value]) => [name.toLowerCase(), { name, value }]));

/** A global key as AWS writes it; undefined for any other key. `folded` is in lower case. */
export const globalKeyName = (folded: string): string | undefined => globalKeysByFolded.get(folded)?.name;

const principalTagPrefix = 'aws:principaltag/';

/** The context of one ask. Session tags win over the tags of the principal. */
export class AskContext implements RequestContext {
  readonly #asked: Asked;
  #own: Map<string, ContextValue> | undefined;

  constructor(caller: Caller, facts: RequestFacts, ask: Ask, view: AccountView | undefined, findMembership: FindMembership) {
    this.#asked = { caller, facts, ask, view, findMembership };
  }

  get(key: string): ContextValue | undefined {
    // What the operation says of its own ask comes first: it is the only source of service keys and the right one for tags.
    const own = this.#ownKeys().get(key);
    if (own !== undefined) return own;
    const global = globalKeysByFolded.get(key);
    if (global) return global.value(this.#asked);
    return key.startsWith(principalTagPrefix) ? this.#principalTag(key.slice(principalTagPrefix.length)) : this.#providerKey(key);
  }

  /** Every key that the request has, in lower case, with its value now. */
  all(): Readonly<Record<string, ContextValue>> {
    const keys = [...globalKeysByFolded.keys(), ...this.#ownKeys().keys(), ...this.#principalTagKeys(), ...Object.keys(this.#providerKeys()).map((key) => key.toLowerCase())];
    return Object.fromEntries(keys.flatMap((key) => {
      const value = this.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }));
  }

  #principalTagKeys(): readonly string[] {
    const { caller } = this.#asked;
    if (caller.kind === 'certificate') return Object.keys(caller.tags).map((name) => `${principalTagPrefix}${name.toLowerCase()}`);
    if (caller.account === undefined || caller.kind === 'root') return [];
    const names = [...Object.keys(caller.session?.tags ?? {}), ...(this.#taggedPrincipal()?.Tags ?? []).map(({ Key }) => Key)];
    return names.map((name) => `${principalTagPrefix}${name.toLowerCase()}`);
  }

  #ownKeys(): Map<string, ContextValue> {
    if (this.#own) return this.#own;
    this.#own = new Map();
    for (const [key, value] of Object.entries(this.#asked.ask.context ?? {})) {
      const folded = key.toLowerCase();
      // The keys that say who is calling, and how, are never an operation's to set.
      if (value !== undefined && !globalKeysByFolded.has(folded) && !folded.startsWith(principalTagPrefix)) this.#own.set(folded, value);
    }
    return this.#own;
  }

  /** What the identity provider said of whoever is calling now, or of whoever began the session. */
  #providerKey(key: string): ContextValue | undefined {
    for (const [name, value] of Object.entries(this.#providerKeys())) if (name.toLowerCase() === key) return value;
    return undefined;
  }

  #providerKeys(): Readonly<Record<string, ContextValue>> {
    const { caller } = this.#asked;
    return (caller.kind === 'webIdentity' || caller.kind === 'saml' ? caller.keys : caller.session?.providerKeys) ?? {};
  }

  #principalTag(key: string): string | undefined {
    const { caller } = this.#asked;
    if (caller.kind === 'certificate') return Object.entries(caller.tags).find(([name]) => name.toLowerCase() === key)?.[1];
    if (caller.account === undefined || caller.kind === 'root') return undefined;
    for (const [name, value] of Object.entries(caller.session?.tags ?? {})) if (name.toLowerCase() === key) return value;
    return tagValue(this.#taggedPrincipal()?.Tags, key);
  }

  #taggedPrincipal(): { readonly Tags?: readonly TagDoc[] | undefined } | undefined {
    const { caller, view } = this.#asked;
    if (caller.account === undefined) return undefined;
    return caller.kind === 'role' ? view?.roles.find(caller.principalId) : view?.users.find(caller.principalId);
  }
}

function tagValue(tags: readonly TagDoc[] | undefined, foldedKey: string): string | undefined {
  return tags?.find((tag) => tag.Key.toLowerCase() === foldedKey)?.Value;
}
