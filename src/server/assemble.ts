/** Puts a Gatehouse together from its parts, all of them arguments: for the program and for tests alike. */
import { createAuthorizer } from '../authz/authorize.ts';
import type { Denied } from '../authz/denial.ts';
import { Denials } from '../authz/denials.ts';
import { createAuthenticator } from '../authn/authenticate.ts';
import type { FetchDocument, IssuerAddresses } from '../authn/issuer-keys.ts';
import { once } from '../base/once.ts';
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Keyring } from '../credentials/keyring.ts';
import { createSessionSealer } from '../credentials/session-token.ts';
import type { Service } from '../model/service.ts';
import type { GitFolder } from '../services/codecommit/git/git-folder.ts';
import type { DatabaseServers } from '../services/rds/database-servers.ts';
import { RepositoryRemoval } from '../services/codecommit/repository-removal.ts';
import type { GitUrls } from '../services/codecommit/git/git-urls.ts';
import { beginDigest } from '../proof/payload/digest.ts';
import type { BeginDigest } from '../proof/payload/digest.ts';
import { services } from '../services/index.ts';
import { createLogResources } from '../services/logs/resources.ts';
import { createS3Resources } from '../services/s3/resources.ts';
import type { OpenObjects } from '../services/s3/resources.ts';
import { noUpstreams } from '../services/s3/upstreams.ts';
import type { Upstreams } from '../services/s3/upstreams.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import { membershipOf } from '../store/organizations.ts';
import type { ConsoleSessions } from '../store/console-sessions.ts';
import { Intents } from '../store/intents.ts';
import type { ProcessHold } from '../store/process-hold.ts';
import type { OpenMachineDriver } from '../services/ec2/driver.ts';
import { ActiveSshKeys } from '../services/active-ssh-keys.ts';
import { Machines } from '../services/ec2/machines.ts';
import type { GuardStore, LastUsed, Store } from '../store/store.ts';
import { RecentRequests } from '../store/recent-requests.ts';
import type { ReportStore } from '../store/reports.ts';
import type { TraceStore } from '../store/traces.ts';
import type { AuditLog } from './audit-log.ts';
import { noConsole } from './console-files.ts';
import { keepConsoleIn } from './console-logs.ts';
import type { KeepConsole } from './console-logs.ts';
import type { ConsoleFiles } from './console-files.ts';
import { LazyService } from './lazy-service.ts';
import { processFigures } from './metrics.ts';
import type { ProcessMetrics } from './metrics.ts';
import { metricsReaders } from './metrics-readers.ts';
import { alone, ownWord } from './peers.ts';
import type { OwnWord, Peers, Readiness } from './peers.ts';
import type { Plane } from './plane.ts';
import { gitGround } from './git-listener.ts';
import type { OpenGitHttp } from './git-listener.ts';
import { createPresentedProver } from './prove-presented.ts';
import { RefusedProofs } from './refused-proofs.ts';
import { RequestCounts } from './request-counts.ts';
import { servedHosts } from './served-hosts.ts';
import type { SignInDoor } from './sign-in-routes.ts';
import { tokenIssuers } from './token-issuers.ts';

/** What the sign-in door stands on. */
export interface SignInGround extends Pick<Plane, 'clock' | 'random' | 'store' | 'seal' | 'sessions' | 'lastUsed' | 'guard' | 'consoleSessions' | 'authorize'> {
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly recordDenial: (...denial: Parameters<Denials['record']>) => void;
  readonly assertAuditWritable: () => void;
}

/** Where machines reach the API: by which URL, and where that is on this host. */
export interface ApiPlace { readonly url: string; readonly host: string; readonly port: number }

/** What instances and what they are told stand on. */
export interface MachineGround extends Pick<Plane, 'clock' | 'random' | 'newRequestId' | 'store' | 'seal' | 'sessions' | 'authorize' | 'awsManagedPolicies' | 'activeSshKeys' | 'instanceIdentity' | 'warn'> {
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly api: ApiPlace;
  /** Has the lines of an instance's console in its owner's logs. */
  readonly keepConsole: KeepConsole;
  /** Tells the operator, once, what holds instances to their limits here. */
  readonly tell: (message: string) => void;
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
}

export type OpenMachines = (ground: MachineGround, heard: Parameters<OpenMachineDriver>[0]) => ReturnType<OpenMachineDriver>;

export type OpenSignIn = (ground: SignInGround) => Promise<SignInDoor>;

export interface Parts {
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** How digests of bodies that are read as they come are computed; at once where it is left out. */
  readonly beginDigest?: BeginDigest;
  readonly newRequestId: () => string;
  readonly store: Store;
  readonly keyring: Keyring;
  readonly lastUsed: LastUsed;
  readonly reports: ReportStore;
  readonly guard: GuardStore;
  readonly git: GitFolder;
  readonly gitUrls: GitUrls;
  readonly databases: DatabaseServers;
  readonly deviceEndpoint: Plane['deviceEndpoint'];
  /** Opens what runs instances, at the first that asks for one. */
  readonly openMachineDriver: OpenMachines;
  /** Of several processes on one journal one runs instances. */
  readonly takeMachines: () => ProcessHold | undefined;
  readonly api: ApiPlace;
  /** The folder of log events, made with the first of them. */
  readonly logsPath: string;
  readonly consoleSessions: ConsoleSessions;
  readonly traces: TraceStore;
  /** Opens the store of objects, at the first request that needs it. */
  readonly openObjects: OpenObjects;
  /** Other stores of objects, asked by S3's model; none where undefined. */
  readonly upstreams?: (model: () => Service) => Upstreams;
  readonly awsManagedPolicies: AwsManagedPolicies;
  /** How discovery documents and keys of token issuers are fetched. */
  readonly fetchDocument: FetchDocument;
  /** Issuers whose documents the operator says are elsewhere. */
  readonly issuerAddresses?: IssuerAddresses;
  readonly audit: AuditLog;
  readonly log: Plane['log'];
  readonly warn: Plane['warn'];
  /** Tells the operator what is no fault; nobody where it is left out. */
  readonly tell?: (message: string) => void;
  /** Where others fetch the documents of our issuers of tokens: a URL without a slash at its end. */
  readonly issuerBaseUrl: string;
  readonly openSignIn: OpenSignIn;
  /** The console as it is built; without it, people have the pages of the sign-in door. */
  readonly console?: ConsoleFiles;
  readonly openGitHttp: OpenGitHttp;
  /** The host names that the operator says lead here. */
  readonly servedHosts?: readonly string[];
  /** What a reader of `/metrics` must show; without it, who is on this machine may read. */
  readonly metricsToken?: string | undefined;
  /** The other processes of the same start, given this one's own word; none where undefined. */
  readonly peers?: ((own: OwnWord) => Peers) | undefined;
  /** Whether this process does what is done now and then, once for all processes. */
  readonly runsRules?: boolean;
  /** The parsed model of a service: `models/<name>.json`. */
  readonly readModel: (service: string) => unknown;
}

export function assemblePlane(parts: Parts): Plane {
  const { openObjects, clock, random, newRequestId, store, keyring, lastUsed, reports, guard, git, gitUrls, databases, consoleSessions, traces, awsManagedPolicies, fetchDocument, audit, log, warn, readModel } = parts;
  const sessions = createSessionSealer({ keyring });
  const issuerAddresses = parts.issuerAddresses ?? new Map();
  const issuers = tokenIssuers(parts.issuerBaseUrl, store);
  const authorize = createAuthorizer(awsManagedPolicies, (account) => membershipOf(store.partition, account));
  const denials = new Denials(traces, keyring);
  const instanceIdentity = once(async () => new (await import('../services/instance-identity.ts')).InstanceIdentity({ store, seal: keyring, random, clock }));
  const podProver = once(async () => (await import('../authn/pod-identity.ts')).createPodProver({ fetchDocument, clock, issuerAddresses }));
  const recordEvent = (record: Readonly<Record<string, unknown>>) => audit.recordEvent(record);
  const intents = new Intents({ store, clock, random, warn });
  const ground = { clock, random, store, seal: keyring, sessions, lastUsed, guard, consoleSessions, authorize, recordEvent, recordDenial: (...denial: Parameters<Denials['record']>) => void denials.record(...denial), assertAuditWritable: () => audit.assertWritable() };
  const logs = createLogResources({ path: parts.logsPath, store, clock, random, warn });
  const activeSshKeys = new ActiveSshKeys(clock);
  const machineGround: MachineGround = { api: parts.api, activeSshKeys, keepConsole: keepConsoleIn(logs), tell: parts.tell ?? (() => {}), clock, random, newRequestId, store, seal: keyring, sessions, authorize, awsManagedPolicies, instanceIdentity, warn, recordEvent, recordDenial: (...denial) => denials.record(...denial).id };
  const counts = new RequestCounts(new Set(services.map(({ card }) => card.name)));
  const s3Model = (): Service => plane.services.get('s3')!.model;
  const plane: Plane = {
    clock,
    random,
    beginDigest: parts.beginDigest ?? beginDigest,
    newRequestId,
    store,
    awsManagedPolicies,
    seal: keyring,
    sessions,
    lastUsed,
    reports,
    recentRequests: new RecentRequests(() => Buffer.from(random(9)).toString('base64url'), clock()),
    guard,
    git,
    repositoryRemoval: new RepositoryRemoval(intents, git),
    gitUrls,
    databases,
    deviceEndpoint: parts.deviceEndpoint,
    consoleSessions,
    s3: createS3Resources({ openObjects, upstreams: parts.upstreams?.(s3Model) ?? noUpstreams, intents, random, seal: keyring, store, clock, warn, runsRules: parts.runsRules ?? true }),
    services: new Map(services.map((row) => [row.card.name, new LazyService(row, readModel)])),
    authenticate: createAuthenticator({ store, keyring, sessions, consoleSessions, clock }),
    provePresented: createPresentedProver({ store, fetchDocument, isOwnIssuer: issuers.isOwn, seal: keyring, guard, clock, issuerAddresses }),
    provePod: async (...pod) => (await podProver())(...pod),
    authorize,
    denials,
    intents,
    machines: new Machines({ openDriver: (heard) => parts.openMachineDriver(machineGround, heard), takeHold: parts.takeMachines, intents, store, seal: keyring, clock, warn }),
    activeSshKeys,
    instanceIdentity,
    logs,
    refusedProofs: new RefusedProofs({ clock, recordEvent }),
    issuers, audit, warn, log: counts.countedLog(log, clock),
    console: parts.console ?? noConsole,
    signIn: once(() => parts.openSignIn(ground)),
    gitHttp: once(() => parts.openGitHttp(gitGround(plane))),
    isServedHost: servedHosts([...parts.servedHosts ?? [], new URL(parts.issuerBaseUrl).hostname]),
    mayReadMetrics: metricsReaders(parts.metricsToken),
    peers: (parts.peers ?? alone)(ownWord({ readiness: () => readinessOfThis(plane, traces), metrics: () => metricsOfThis(plane, traces, counts) })),
  };
  return plane;
}

/** Without an audit log nothing can be changed. What else fails keeps nobody from being served. */
const readinessOfThis = ({ audit, store }: Plane, traces: TraceStore): Readiness => ({
  reason: audit.failure() === undefined ? undefined : 'the audit log cannot be written',
  troubles: [...store.troubles(), ...(traces.isFailing ? ['denials cannot be kept to be explained'] : [])],
});

const metricsOfThis = (plane: Plane, traces: TraceStore, counts: RequestCounts): ProcessMetrics => ({ ...counts.counted(), ...processFigures(), accounts: [...plane.store.partition.accounts.all()].length, ready: readinessOfThis(plane, traces).reason === undefined ? 1 : 0 });
