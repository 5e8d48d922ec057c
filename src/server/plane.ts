/** What the path of a request stands on: everything is an argument, so that a whole Gatehouse runs in memory in a test. */
import type { BeginDigest } from '../proof/payload/digest.ts';
import type { Authorize } from '../authz/authorize.ts';
import type { Denials } from '../authz/denials.ts';
import type { ProvePod } from '../authn/pod-identity.ts';
import type { Authenticate } from '../authn/authenticate.ts';
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Seal } from '../base/seal.ts';
import type { SessionSealer } from '../credentials/session-token.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { RecentRequests } from '../store/recent-requests.ts';
import type { ReportStore } from '../store/reports.ts';
import type { Intents } from '../store/intents.ts';
import type { ConsoleSessions } from '../store/console-sessions.ts';
import type { GuardStore, LastUsed, Store, Warn } from '../store/store.ts';
import type { GitFolder } from '../services/codecommit/git/git-folder.ts';
import type { DatabaseServers } from '../services/rds/database-servers.ts';
import type { ActiveSshKeys } from '../services/active-ssh-keys.ts';
import type { Machines } from '../services/ec2/machines.ts';
import type { InstanceIdentity } from '../services/instance-identity.ts';
import type { GitUrls } from '../services/codecommit/git/git-urls.ts';
import type { RepositoryRemoval } from '../services/codecommit/repository-removal.ts';
import type { LogResources } from '../services/logs/resources.ts';
import type { ProvePresented } from './prove-presented.ts';
import type { S3Resources } from '../services/s3/resources.ts';
import type { AuditLog } from './audit-log.ts';
import type { ConsoleFiles } from './console-files.ts';
import type { Exchange } from './exchange.ts';
import type { AnswerGit } from './git-listener.ts';
import type { RoutedService } from './lazy-service.ts';
import type { MayReadMetrics } from './metrics-readers.ts';
import type { Peers } from './peers.ts';
import type { IsServedHost } from './served-hosts.ts';
import type { RefusedProofs } from './refused-proofs.ts';
import type { SignInDoor } from './sign-in-routes.ts';
import type { TokenIssuers } from './token-issuers.ts';

export interface Plane {
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** How digests of bodies are computed. */
  readonly beginDigest: BeginDigest;
  readonly newRequestId: () => string;
  readonly store: Store;
  readonly awsManagedPolicies: AwsManagedPolicies;
  readonly seal: Seal;
  readonly sessions: SessionSealer;
  readonly lastUsed: LastUsed;
  readonly reports: ReportStore;
  readonly recentRequests: RecentRequests;
  readonly guard: GuardStore;
  readonly git: GitFolder;
  readonly repositoryRemoval: RepositoryRemoval;
  readonly gitUrls: GitUrls;
  readonly databases: DatabaseServers;
  /** Where devices ask for credentials; undefined where nothing listens for them. */
  readonly deviceEndpoint: () => string | undefined;
  readonly machines: Machines;
  /** Keys that open instances for a minute. */
  readonly activeSshKeys: ActiveSshKeys;
  /** What vouches for instances, loaded with the first that is asked for. */
  readonly instanceIdentity: () => Promise<InstanceIdentity>;
  /** The events of log streams. */
  readonly logs: LogResources;
  readonly consoleSessions: ConsoleSessions;
  readonly s3: S3Resources;
  /** By name, which is also the prefix of its actions. */
  readonly services: ReadonlyMap<string, RoutedService>;
  readonly authenticate: Authenticate;
  /** Proves who presents a token or an assertion. */
  readonly provePresented: ProvePresented;
  /** Proves whose a pod's token is; what does is loaded with the first. */
  readonly provePod: ProvePod;
  readonly authorize: Authorize;
  readonly denials: Denials;
  /** What is to be done outside the journal. */
  readonly intents: Intents;
  readonly issuers: TokenIssuers;
  readonly audit: AuditLog;
  /** Who could not prove at a door who he is. */
  readonly refusedProofs: RefusedProofs;
  /** Hears of what failed and is no request of AWS's API. */
  readonly warn: Warn;
  /** One call a request, when it is answered. */
  readonly log: (exchange: Exchange, status: number) => void;
  /** The door of people, loaded with the first who comes. */
  readonly signIn: () => Promise<SignInDoor>;
  /** What the console's browser loads. */
  readonly console: ConsoleFiles;
  /** Git over HTTP, loaded with the first who comes. */
  readonly gitHttp: () => Promise<AnswerGit>;
  /** Whether unsigned routes answer to that Host. */
  readonly isServedHost: IsServedHost;
  /** Who may read what the processes count. */
  readonly mayReadMetrics: MayReadMetrics;
  /** The processes of this start: how each is. */
  readonly peers: Peers;
}
