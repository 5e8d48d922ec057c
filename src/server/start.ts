/** Starts a Gatehouse on a data directory: store, keys, first account, audit log, listener. */
import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { pooled } from '../base/random-pool.ts';
import { openKeyring } from '../credentials/keyring.ts';
import type { Clock } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { Objects } from '../services/s3/attributes.ts';
import { openAwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { ConsoleSessions } from '../store/console-sessions.ts';
import type { Journal } from '../store/journal.ts';
import { openStore } from '../store/open.ts';
import { takeProcessHold } from '../store/process-hold.ts';
import { GitFolder } from '../services/codecommit/git/git-folder.ts';
import type { GuardStore, LastUsed, Store, Warn } from '../store/store.ts';
import type { ReportStore } from '../store/reports.ts';
import type { TraceStore } from '../store/traces.ts';
import { makeFirstAccount } from './accounts.ts';
import { storedDataKeys } from './data-keys.ts';
import { assemblePlane } from './assemble.ts';
import { builtConsole, openConsoleFiles } from './console-files.ts';
import type { ApiPlace, OpenSignIn, Parts as AssembledParts } from './assemble.ts';
import { openAuditLog } from './audit-log.ts';
import { digestThread } from './digest-thread.ts';
import { settlePendingKeys } from './credentials-file.ts';
import type { DataDir } from './data-dir.ts';
import { Doors } from './doors.ts';
import { isStreamedRoute } from './own-routes.ts';
import type { DoorAddresses, DoorSettings } from './doors.ts';
import { keepTellingOfExpiries } from './expiry-notices.ts';
import { handle } from './handle.ts';
import type { Answer } from './http-request.ts';
import { listen } from './listen.ts';
import type { Listening } from './listen.ts';
import { openLog } from './log.ts';
import type { Log } from './log.ts';
import { standardError } from './log-output.ts';
import type { LogOutput } from './log-output.ts';
import type { GivenRootKey, NewAccount } from './new-account.ts';
import type { Plane } from './plane.ts';
import type { ProcessRole } from './peers.ts';
import { takeProcessWarnings } from './process-warnings.ts';
import { prettyLine } from './pretty-log.ts';
import { awsManagedPoliciesFile, readModel } from './read-model.ts';
import { requestLogger } from './request-log.ts';
import { isStreamed } from './route.ts';
import type { UpstreamSettings } from './upstream-stores.ts';

export interface StartParts {
  /** When the program was launched, which is earlier than this call: the log says how long a start took. */
  readonly launchedAt: number;
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | undefined;
  /** Host names that lead here, beside addresses and localhost. */
  readonly servedHosts: readonly string[];
  /** Where others reach this Gatehouse, as the issuers of its tokens are named; the address it listens on where undefined. */
  readonly publicUrl: string | undefined;
  readonly files: DataDir;
  /** A folder that is removed when it stops: where an ephemeral start keeps what has to lie in files. */
  readonly scratch?: string | undefined;
  readonly journal: Journal;
  readonly guard: GuardStore;
  readonly lastUsed: LastUsed;
  readonly traces: TraceStore;
  readonly reports: ReportStore;
  readonly consoleSessions: ConsoleSessions;
  readonly masterKey: Uint8Array;
  /** The account that a first start makes; a later start is refused if it names one that is not there. */
  readonly accountId: string | undefined;
  readonly rootEmail: string;
  readonly rootKey: GivenRootKey | undefined;
  /** Whether token issuers at private addresses are asked for their keys. */
  readonly allowsPrivateIssuers: boolean;
  /** Issuers whose keys the operator says are elsewhere. */
  readonly issuerAddresses: ReadonlyMap<string, string>;
  /** Other stores of objects, and whose buckets are kept there. */
  readonly objectStores: UpstreamSettings;
  readonly logFormat: 'json' | 'pretty';
  /** What a reader of `/metrics` must show; without it, who is on this machine may read. */
  readonly metricsToken: string | undefined;
  readonly doors: DoorSettings;
  /** Loads the sign-in door. */
  readonly openSignIn: OpenSignIn;
  /** What this process is to others of the same start; undefined where it is the only one. */
  readonly role?: ProcessRole;
}

export interface Started {
  readonly url: string;
  readonly made: NewAccount | undefined;
  readonly accountIds: readonly string[];
  /** Whether another process of the same start speaks to people. */
  readonly isWorker?: boolean;
  /** Tells the log: what a process of several leaves to the one that knows that all are. */
  sayReady(): void;
  readonly doors: DoorAddresses;
  readonly warn: Warn;
  /** Ends what a process that is gone had begun outside the journal. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Resolves when requests are answered. Rejects, with everything closed again, when something keeps it from starting. */
export async function start(parts: StartParts): Promise<Started> {
  const { files, journal, guard, lastUsed, traces, reports, consoleSessions } = parts;
  const clock = Date.now;
  const random = pooled((size) => randomBytes(size));
  const output = openOutput(parts.logFormat);
  const log = openLog(output, clock);
  const warn = log.error;
  const giveWarningsBack = takeProcessWarnings(log);
  let listening: Listening | undefined;
  let plane: Plane | undefined;
  let notices: ReturnType<typeof keepTellingOfExpiries> | undefined;
  const role = parts.role;
  const [doors, digests] = [new Doors(parts.doors, role?.kind === 'worker' ? role.doors : undefined), digestThread()];
  const store = await openStore({ journal, clock, random, warn, isAlone: () => hasOneClient(listening, doors, plane) });
  const flushing = flushRegularly(lastUsed, warn);
  /** What answers requests: nobody can be known until the accounts are there. */
  const ready: { plane?: Plane } = {};
  const close = async (): Promise<void> => {
    giveWarningsBack();
    await Promise.all([plane?.machines.close(), doors.close()]);
    await listening?.stop();
    await Promise.all([flushing.end(), notices?.end(), plane?.s3.close(), plane?.logs.close(), digests.close()]);
    traces.close();
    await store.close();
    await guard.close();
    if (parts.scratch !== undefined) rmSync(parts.scratch, { recursive: true, force: true });
  };
  try {
    const keyring = openKeyring({ masterKey: parts.masterKey, stored: storedDataKeys(store), random, clock });
    const audit = openAuditLog({ dir: files.audit, clock, newEventId: randomUUID, warn });
    // The ports are taken before an account is made: its one-time password is told only by a start that succeeds.
    listening = role?.kind === 'primary' ? listensNowhere(role.url) : await listen({ host: parts.host, port: parts.port, tls: parts.tls, now: clock, newRequestId: randomUUID, handle: (request) => (ready.plane ? handle(ready.plane, request) : starting), streams: (head) => ready.plane !== undefined && (isStreamedRoute(head.target) || isStreamed(ready.plane, head)), together: (work) => store.together(work) });
    const baseUrl = parts.publicUrl ?? reachableUrl(listening.url);
    const hostName = new URL(baseUrl).hostname;
    plane = assemblePlane({
      servedHosts: parts.servedHosts, issuerAddresses: parts.issuerAddresses, issuerBaseUrl: baseUrl, warn, tell: log.info,
      git: new GitFolder(files.git, random), gitUrls: doors.gitUrls(baseUrl), databases: doors.databases(hostName), deviceEndpoint: doors.deviceEndpoint,
      clock, random, beginDigest: digests.begin, newRequestId: randomUUID, store, keyring, lastUsed, reports, guard, consoleSessions, traces, audit, readModel, logsPath: files.logs, openObjects: () => openObjects(files.objects, random), ...(await openUpstreams(parts.objectStores, clock)), fetchDocument: async (...asked) => (await import('./fetch-document.ts')).createFetchDocument({ allowsPrivate: parts.allowsPrivateIssuers })(...asked),
      awsManagedPolicies: openAwsManagedPolicies(awsManagedPoliciesFile),
      log: requestLogger(output, clock),
      openSignIn: parts.openSignIn, openGitHttp: parts.doors.openGitHttp, openMachineDriver: parts.doors.openMachineDriver, api: apiPlace(listening.url, parts.tls && hostName), takeMachines: () => takeProcessHold(files.machinesHold), console: openConsoleFiles(builtConsole),
      peers: role?.connect, metricsToken: parts.metricsToken, runsRules: role?.kind !== 'worker',
    });
    await doors.open(plane, { host: parts.host, tls: parts.tls, hostName, hostKeyFile: files.gitHostKey, deviceAuthority: files.deviceAuthority }, log);
    const isFirst = role?.kind !== 'worker';
    const made = isFirst ? await settleAccounts({ store, keyring, files, clock, random }, parts) : undefined;
    if (isFirst) await adoptAndSettle(plane, parts.objectStores);
    ready.plane = plane;
    if (isFirst) notices = keepTellingOfExpiries(plane);
    if (!role) sayReady(log, parts, listening.url, clock());
    const stop = async (): Promise<void> => {
      await close();
      audit.close();
      log.info('stopped');
      output.flush();
    };
    return startedAs({ plane, log, parts, url: listening.url, made, doors: doors.addresses, stop });
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Where one client alone is connected, there is nobody whom a commit could hold up. */
const hasOneClient = (listening: Listening | undefined, doors: Doors, plane: Plane | undefined): boolean => listening !== undefined && listening.connections() <= 1 && !doors.isOpen && plane?.machines.mayRun !== true;

/** Ends what an earlier process left half done, and makes the first account where there is none. */
async function settleAccounts(makers: Parameters<typeof makeFirstAccount>[0], { accountId, rootEmail, rootKey }: StartParts): Promise<NewAccount | undefined> {
  await settlePendingKeys(makers.files.credentials, makers.store);
  const made = await makeFirstAccount(makers, { accountId, email: rootEmail, rootKey });
  refuseAbsentAccount(accountId, makers.store);
  return made;
}

function startedAs({ plane, log, parts, ...rest }: Pick<Started, 'url' | 'made' | 'doors' | 'stop'> & { readonly plane: Plane; readonly log: Log; readonly parts: StartParts }): Started {
  const { store, clock, warn } = plane;
  return { ...rest, accountIds: [...store.partition.accounts.all()].map(({ AccountId }) => AccountId), warn, settle: () => settleEffects(plane), sayReady: () => sayReady(log, parts, rest.url, clock()) };
}

/** Brings in what the operator says is outside the journal, and ends what an earlier process had begun there. */
async function adoptAndSettle(plane: Plane, objectStores: UpstreamSettings): Promise<void> {
  if (objectStores.accounts.size > 0) await (await import('./adopt-buckets.ts')).adoptBuckets(objectStores, plane);
  await settleEffects(plane);
}

async function settleEffects({ store, machines, intents }: Plane): Promise<void> {
  store.freshen();
  await machines.settle();
  await intents.settle();
}

/** What a primary has where others listen. */
const listensNowhere = (url: string): Listening => ({ url, connections: () => 0, stop: async () => {} });

/** Writes now and then when keys and roles were last used; `end` writes what is left. */
function flushRegularly(lastUsed: LastUsed, warn: Warn): { end(): Promise<void> } {
  const flush = (): Promise<void> => lastUsed.flush().catch((cause: unknown) => warn('when keys and roles were last used could not be written; it is kept and tried again', cause));
  const timer = setInterval(flush, lastUsedFlushMs).unref();
  return {
    end() {
      clearInterval(timer);
      return flush();
    },
  };
}

/** How often it is written when keys and roles were last used. */
const lastUsedFlushMs = 5_000;

/** The store of objects is loaded and opened by the first request that needs it. */
const openObjects = async (path: string, random: RandomBytes): Promise<Objects> => (await import('../services/s3/objects/directory-store.ts')).directoryStore(path, random);

/** Loaded only where there is another store. */
async function openUpstreams(settings: UpstreamSettings, clock: Clock): Promise<Pick<AssembledParts, 'upstreams'>> {
  if (settings.stores.size === 0) return {};
  const { upstreamStores } = await import('./upstream-stores.ts');
  return { upstreams: (model) => upstreamStores({ settings, clock, model }) };
}

const starting: Promise<Answer> = Promise.resolve({ status: 503, headers: { 'Retry-After': '1' }, body: '' });

/** Who listens on every address is reached on this machine by the loopback's. */
const reachableUrl = (url: string): string => url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');

/** Where machines reach the API: through TLS by the name in the certificate. */
function apiPlace(listeningUrl: string, certifiedName: string | undefined): ApiPlace {
  const { origin, hostname, port, protocol } = new URL(reachableUrl(listeningUrl));
  const url = certifiedName === undefined ? origin : `https://${certifiedName}${port === '' ? '' : `:${port}`}`;
  return { url, host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port || (protocol === 'https:' ? 443 : 80)) };
}

/** What an operator should know of a start, last that it is over. */
function sayReady(log: Log, { issuerAddresses, launchedAt }: StartParts, url: string, now: number): void {
  for (const [issuer, address] of issuerAddresses) log.info('tokens of this issuer are verified by keys from another address', { issuer, address });
  log.info('ready', { url, ms: Math.round(now - launchedAt) });
}

/** A start that names an account it does not find was meant for another directory. */
function refuseAbsentAccount(accountId: string | undefined, store: Store): void {
  if (accountId !== undefined && !store.partition.accounts.find(accountId)) throw new AccountAbsent(accountId);
}

/** A start was told of an account that the data directory does not hold. */
export class AccountAbsent extends Error {
  override readonly name = 'AccountAbsent';

  constructor(accountId: string) {
    super(`the data directory has no account ${accountId}`);
  }
}

function openOutput(format: 'json' | 'pretty'): LogOutput {
  return format === 'pretty' ? { write: (line) => void process.stderr.write(prettyLine(line)), flush: () => {} } : standardError();
}
