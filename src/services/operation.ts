/** What an operation is: how its caller is proven, what it asks permission for, and what it does. */
import type { CommonErrorName, Raise } from '../base/api-error.ts';
import type { AnonymousCaller, Caller, CertificateCaller, IdentifiedCaller, PresentedAssertion, PresentedCertificate, PresentedToken, ProvidedCaller } from '../base/caller.ts';
import type { Timestamp } from '../base/clock.ts';
import type { IdPrefix, RandomBytes } from '../base/ids.ts';
import type { Ask, NoPermission } from '../authz/ask.ts';
import type { Denials } from '../authz/denials.ts';
import type { AuthorizationReference } from '../base/authorization-reference.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { Transport } from '../authz/request-context.ts';
import type { Objects } from './s3/attributes.ts';
import type { S3Resources } from './s3/resources.ts';
import type { AccountView, Draft, GuardStore, LastUsed, NotPromise, PartitionView } from '../store/store.ts';
import type { RecentRequests } from '../store/recent-requests.ts';
import type { ReportStore } from '../store/reports.ts';
import type { Seal } from '../base/seal.ts';
import type { SessionClaims } from '../base/session.ts';
import type { ActiveSshKeys } from './active-ssh-keys.ts';
import type { LogResources } from './logs/resources.ts';
import type { DatabaseServers } from './rds/database-servers.ts';
import type { Machines } from './ec2/machines.ts';
import type { GitFolder } from './codecommit/git/git-folder.ts';
import type { Workloads } from './workloads.ts';
import type { GitUrls } from './codecommit/git/git-urls.ts';
import type { RepositoryRemoval } from './codecommit/repository-removal.ts';

/** How the caller of an operation is proven: by its signature, by it or not at all, by a token that an identity provider made, or by the key of a certificate. */
export type Proof = 'signature' | 'signatureOrNone' | keyof Presented;

/** What `access` may look at: nothing in it can change anything. */
export interface AccessContext<Errors extends string, Who extends Caller = IdentifiedCaller> {
  readonly caller: Who;
  /** The caller's account; of a caller without one, the account that the token was presented to. */
  readonly account: string;
  /** That account as of the revision that is authorized. */
  readonly view: AccountView;
  readonly partition: PartitionView;
  /** The store of objects, of an operation that says that it needs it. */
  readonly objects: Objects;
  /** Where else objects are, for what conditions ask of these. */
  readonly s3: Pick<S3Resources, 'upstreams' | 'upstreamFailed'>;
  /** How the request came: what the condition keys of S3 speak of. */
  readonly transport: Transport;
  /** The region that the request was made in: what it was signed for. */
  readonly region: string;
  /** Whether it was made to STS's endpoint of all regions, by AWS's own name of it. */
  readonly isGlobalEndpoint: boolean;
  /** One of the accounts that the operation's `accounts` named, undefined if there is none of that number. */
  accountView(account: string): AccountView | undefined;
  /** The policies that AWS itself manages: the same for every account, never changed by a request. */
  readonly awsManagedPolicies: AwsManagedPolicies;
  /** What policies denied, by account. */
  readonly denials: Pick<Denials, 'decode' | 'encode' | 'find' | 'list'>;
  readonly now: Timestamp;
  readonly error: Raise<Errors>;
}

export interface RunContext<Errors extends string, Who extends Caller = IdentifiedCaller> extends AccessContext<Errors, Who> {
  readonly requestId: string;
  /** Queues a draft; resolves to what it returned when that is durable. May run it again; asks `access` again first if the state has moved on since. */
  write<T>(draft: (draft: Draft) => NotPromise<T>): Promise<T>;
  /** The same in the account that owns what is addressed, which `accounts` named. */
  writeIn<T>(account: string, draft: (draft: Draft) => NotPromise<T>): Promise<T>;
  /** Asks for what only comes to light as the operation runs. Throws AccessDenied unless the policies allow all of it now. */
  require(asks: readonly [Ask, ...Ask[]]): void;
  readonly s3: S3Resources;
  /** A unique id that embeds the account (its own where none is given). */
  newId(prefix: IdPrefix, account?: string): string;
  newSecretAccessKey(): string;
  /** Randomness for whatever secret an operation mints. */
  readonly random: RandomBytes;
  readonly seal: Seal;
  /** The URL of an issuer of tokens of this Gatehouse, by its id: where its discovery document is. */
  issuerUrl(issuerId: string): string;
  /** Seals claims into a session token. `packedPercent` says how much of a token's allotted space policies and tags take; over 100 the token is not to be handed out. */
  sealSession(claims: SessionClaims): { readonly token: string; readonly packedPercent: number };
  readonly lastUsed: LastUsed;
  /** What all services of AWS list as their actions. */
  readonly authorizationReference: AuthorizationReference;
  readonly reports: ReportStore;
  /** What became of the latest requests, by account. */
  readonly recentRequests: Pick<RecentRequests, 'generation' | 'keptSince' | 'list' | 'newest'>;
  /** The repositories themselves, by their ids. */
  readonly git: GitFolder;
  /** What removes the folders of those that are deleted. */
  readonly repositoryRemoval: RepositoryRemoval;
  /** Where clients of Git find a repository. */
  readonly gitUrls: GitUrls;
  /** The servers behind database instances. */
  readonly databases: DatabaseServers;
  /** Where devices ask for credentials, `host:port`; undefined where nothing listens for them. */
  deviceEndpoint(): string | undefined;
  /** What instances run on. */
  readonly machines: Machines;
  /** Keys that open instances for a minute. */
  readonly activeSshKeys: ActiveSshKeys;
  /** The events of log streams. */
  readonly logs: LogResources;
  /** Roles for what runs elsewhere. */
  workloads(): Promise<Workloads>;
  /** What must happen once, or be counted, in all processes together. */
  readonly guard: GuardStore;
  /** Paging positions, opaque to the caller and bound to it and to the operation. `open` raises ValidationError `Invalid Marker.` */
  readonly marker: { seal(position: string): string; open(marker: string): string };
}

/** What a proof of the caller may look at and use up. */
export type ProofContext<Errors extends string, Who extends Caller = IdentifiedCaller> = AccessContext<Errors, Who> & Pick<RunContext<Errors, Who>, 'guard' | 'seal'>;

/** An operation whose caller signs. */
export interface SignedOperation<Input, Output, Errors extends string> {
  readonly proof?: 'signature';
  /** Other accounts that `access` and `run` need to see, loaded before. */
  readonly accounts?: (input: Input, partition: PartitionView, error: Raise<Errors>) => readonly string[];
  /** What the input proves of the caller beside its signature, before anything is asked: resolves to the caller as it is known from then on. */
  readonly proveCaller?: (input: Input, context: ProofContext<Errors>) => IdentifiedCaller | Promise<IdentifiedCaller>;
  /** What is being asked, read from the input and the state, without effects. May raise what must be said before authorization. */
  readonly access: NoPermission | ((input: Input, context: AccessContext<Errors>) => readonly [Ask, ...Ask[]]);
  readonly run: (input: Input, context: RunContext<Errors>) => Output | Promise<Output>;
}

/** Who calls an operation that anyone may try. */
export type OpenCaller = IdentifiedCaller | AnonymousCaller;

/** An operation on what may be open to everyone: without a signature its caller is nobody, and only the resource's own policy can allow it. */
export interface OpenOperation<Input, Output, Errors extends string> {
  readonly proof: 'signatureOrNone';
  readonly needsObjects: boolean;
  /** The accounts that own what is addressed, the first of them where it was addressed by path or host: that is where nobody's request counts. May raise that there is no such thing. */
  readonly accounts: (input: Input, partition: PartitionView, error: Raise<Errors>) => readonly [string, ...string[]];
  readonly access: NoPermission | ((input: Input, context: AccessContext<Errors, OpenCaller>) => readonly [Ask, ...Ask[]]);
  readonly run: (input: Input, context: RunContext<Errors, OpenCaller>) => Output | Promise<Output>;
}

/** What is presented for each kind of proof. */
export interface Presented { readonly webIdentity: PresentedToken; readonly saml: PresentedAssertion; readonly certificate: PresentedCertificate }

/** Who is proven by it. */
export interface PresentedCaller { readonly webIdentity: ProvidedCaller; readonly saml: ProvidedCaller; readonly certificate: CertificateCaller }

/** An operation whose caller presents a token or a certificate. It names the action it asks for, and the role's trust policy decides. */
export interface TokenOperation<Input, Output, Errors extends string, Kind extends keyof Presented> {
  readonly proof: Kind;
  /** The token, and the account that it is presented to. May raise what must be said before the token is looked at. */
  readonly presented: (input: Input, error: Raise<Errors>) => Presented[Kind];
  readonly access: (input: Input, context: AccessContext<Errors, PresentedCaller[Kind]>) => readonly [Ask, ...Ask[]];
  readonly run: (input: Input, context: RunContext<Errors, PresentedCaller[Kind]>) => Output | Promise<Output>;
}

export type OperationDefinition<Input, Output, Errors extends string> = SignedOperation<Input, Output, Errors> | OpenOperation<Input, Output, Errors> | TokenOperation<Input, Output, Errors, 'webIdentity'> | TokenOperation<Input, Output, Errors, 'saml'> | TokenOperation<Input, Output, Errors, 'certificate'>;

/** A service's operations as its generated types list them. */
export type ServiceTypes<S> = { [Name in keyof S]: { input: unknown; output: unknown; errors: string } };

/** The definitions of the named operations of a service: each must be there, and no other. */
export type Operations<S extends ServiceTypes<S>, Names extends keyof S = keyof S> = {
  readonly [Name in Names]: OperationDefinition<S[Name]['input'], S[Name]['output'], S[Name]['errors']>;
};

/** A caller that is proven, in whatever way, or known to be nobody. */
export type ProvenCaller = IdentifiedCaller | ProvidedCaller | CertificateCaller | AnonymousCaller;

/** An operation as the dispatcher sees it, its types checked where it was defined: the caller that it is handed is the one that its proof yields. */
export interface AnyOperation {
  readonly proof?: Proof;
  readonly presented?: (input: unknown, error: Raise<string>) => Presented[keyof Presented];
  /** Whether the store of objects is opened before it is run. */
  readonly needsObjects?: boolean;
  readonly accounts?: (input: unknown, partition: PartitionView, error: Raise<string>) => readonly string[];
  readonly proveCaller?: (input: unknown, context: ProofContext<string, ProvenCaller>) => ProvenCaller | Promise<ProvenCaller>;
  readonly access: NoPermission | ((input: unknown, context: AccessContext<string, ProvenCaller>) => readonly [Ask, ...Ask[]]);
  readonly run: (input: unknown, context: RunContext<string, ProvenCaller>) => unknown;
}

export interface ServiceDefinition<Name extends string = string> {
  readonly name: Name;
  readonly operations: ReadonlyMap<string, AnyOperation>;
  /** What is not built yet; each answers NotImplemented. */
  readonly unimplemented: readonly string[];
}

/** The members of an operation's output, at any depth, that its model does not have: an arrow function's own type would let them through. */
type StrayMember<Actual, Model> =
  Actual extends string | number | boolean | Uint8Array | AsyncIterable<unknown> | undefined ? never
  : Actual extends readonly (infer Item)[] ? (Model extends readonly (infer ModelItem)[] ? StrayMember<Item, ModelItem> : never)
  : { [Name in keyof Actual]-?: Name extends keyof Model ? StrayMember<Actual[Name], NonNullable<Model[Name]>> : Name }[keyof Actual];

type StrayOutput<Definition, Output> = Definition extends { readonly run: (...args: never[]) => infer Result } ? StrayMember<Awaited<Result>, Output> : never;

/** Takes operations apart from what only looks like one: a name that the service does not have, an output with a member that its model does not have. The compiler then says which. */
type Exactly<S extends ServiceTypes<S>, Defined> = {
  readonly [Name in keyof Defined]: Name extends keyof S ? ([StrayOutput<Defined[Name], S[Name]['output']>] extends [never] ? unknown : { readonly strayMember: StrayOutput<Defined[Name], S[Name]['output']> }) : { readonly noSuchOperation: Name };
};

/** A service: every operation of its model is either defined or stands in the ledger, and none in both, or it does not compile. */
export function service<S extends ServiceTypes<S>>() {
  return <const Name extends string, const Unimplemented extends keyof S & string, const Defined extends Operations<S, Exclude<keyof S, Unimplemented>> & { readonly [Name in Unimplemented]?: never }>(
    name: Name,
    definition: { readonly unimplemented: readonly Unimplemented[]; readonly operations: Defined & Exactly<S, Defined> },
  ): ServiceDefinition<Name> => ({
    name,
    // The types were checked above; the dispatcher hands each operation the input its own model describes.
    operations: new Map(Object.entries(definition.operations as Record<string, unknown>)) as unknown as ReadonlyMap<string, AnyOperation>,
    unimplemented: definition.unimplemented,
  });
}

export type ErrorsOf<S extends ServiceTypes<S>, Name extends keyof S> = S[Name]['errors'] | CommonErrorName;
