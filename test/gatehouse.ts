/** A whole Gatehouse in memory, with a fixed clock and seeded ids, and real AWS SDK clients in front of it: no socket is opened. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { IssuerUnreachable } from '../src/authn/issuer-keys.ts';
import type { FetchDocument } from '../src/authn/issuer-keys.ts';
import type { ByteStream } from '../src/base/byte-stream.ts';
import type { Timestamp } from '../src/base/clock.ts';
import { openKeyring } from '../src/credentials/keyring.ts';
import { openGitHttp } from '../src/doors/git/smart-http.ts';
import { openSignInDoor } from '../src/doors/signin/door.ts';
import type { DoorParts } from '../src/doors/signin/parts.ts';
import { assemblePlane } from '../src/server/assemble.ts';
import type { OpenMachines, Parts } from '../src/server/assemble.ts';
import { memoryAuditLog } from '../src/server/audit-log.ts';
import type { AuditLog } from '../src/server/audit-log.ts';
import { handle } from '../src/server/handle.ts';
import { isStreamed } from '../src/server/route.ts';
import { HttpRequest } from '../src/server/http-request.ts';
import type { AnyAnswer, Answer } from '../src/server/http-request.ts';
import { storedDataKeys } from '../src/server/data-keys.ts';
import { newAccount } from '../src/server/new-account.ts';
import type { NewAccount } from '../src/server/new-account.ts';
import { organizationMember } from '../src/server/organization-member.ts';
import type { Plane } from '../src/server/plane.ts';
import { requestLine } from '../src/server/request-log.ts';
import { GitFolder } from '../src/services/codecommit/git/git-folder.ts';
import { repositoryPath } from '../src/services/codecommit/git/git-urls.ts';
import type { Objects } from '../src/services/s3/attributes.ts';
import { directoryStore } from '../src/services/s3/objects/directory-store.ts';
import { noMachines } from '../src/services/ec2/driver.ts';
import type { DatabaseServers } from '../src/services/rds/database-servers.ts';
import { openAwsManagedPolicies } from '../src/store/aws-managed-policies.ts';
import { memoryJournal } from '../src/store/journals/memory.ts';
import type { Journal } from '../src/store/journal.ts';
import { memoryConsoleSessions } from '../src/store/console-sessions.ts';
import { memoryGuard } from '../src/store/guard.ts';
import { memoryLastUsed } from '../src/store/last-used.ts';
import { memoryReports } from '../src/store/reports.ts';
import { memoryTraces } from '../src/store/traces.ts';
import { openStore } from '../src/store/open.ts';
import type { ProcessHold } from '../src/store/process-hold.ts';
import type { Draft } from '../src/store/store.ts';
import { seededRandom } from './seeded-random.ts';

export interface KeyPair { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined }

export interface TestGatehouse {
  readonly plane: Plane;
  /** The first account, and the key of its administrator. */
  readonly account: string;
  readonly admin: KeyPair;
  readonly root: KeyPair;
  /** What root of the first account signs in with. */
  readonly rootSignIn: { readonly email: string; readonly password: string };
  /** Moves with `advance` only. */
  readonly clock: { now: Timestamp; advance(ms: number): void };
  readonly auditRecords: readonly object[];
  readonly logLines: readonly object[];
  iam(key?: KeyPair): IAMClient;
  sts(key?: KeyPair): STSClient;
  /** A client of any service, with the administrator's key and in us-east-1 where nothing else is said. */
  client<Client extends SdkClient>(make: new (options: SdkClientOptions) => Client, key?: KeyPair, region?: string): Client;
  s3(key?: KeyPair, region?: string): S3Client;
  /** Makes a further account and gives its administrator's key. */
  newAccount(accountId: string, managementAccount?: string): Promise<KeyPair>;
  /** A raw request, as it would come off the wire. */
  send(request: RawRequest): Promise<Answer>;
  /** Where objects are, once the first was asked for. */
  objectsFolder(): string | undefined;
  stop(): Promise<void>;
}

export interface RawRequest { readonly method?: string; readonly target?: string; readonly headers?: readonly (readonly [string, string])[]; readonly body?: string | Uint8Array; readonly remoteAddress?: string; readonly isSecure?: boolean }

/** What the tests need of a client: that its clock can be moved. */
interface SdkClient { readonly config: { systemClockOffset: number } }
/** Each service's own type of options takes these. */
// oxlint-disable-next-line typescript/no-explicit-any -- an edge: the services' types have no common one
type SdkClientOptions = any;

export const testEpoch = Date.parse('2026-11-23T10:00:00Z');
const managedPoliciesFile = fileURLToPath(new URL('../data/aws-managed-policies.json', import.meta.url));
const awsManagedPolicies = openAwsManagedPolicies(managedPoliciesFile);

export interface TestOptions { readonly seed?: string; readonly startsAt?: Timestamp; readonly accountId?: string; readonly journal?: Journal; readonly fetchDocument?: FetchDocument; readonly issuerBaseUrl?: string; /** Instead of one in memory, whose records are `auditRecords`. */ readonly audit?: AuditLog; /** Instead of a real comparison, whose work it counts. */ readonly verifyPassword?: DoorParts['verifyPassword']; /** What lets time pass; none does where it is left out. */ readonly pass?: DoorParts['pass']; /** Servers for database instances, and the ports that these take. */ readonly databases?: Partial<DatabaseServers>; /** What runs instances; where it is left out, none can be run. */ readonly openMachineDriver?: OpenMachines; /** Whether this is the process that runs them; it is, where that is left out. */ readonly takeMachines?: () => ProcessHold | undefined; /** Other stores of objects. */ readonly upstreams?: Parts['upstreams']; /** Where devices ask for credentials. */ readonly deviceEndpoint?: Parts['deviceEndpoint']; /** What readers of metrics must show. */ readonly metricsToken?: string; /** Hears of what goes wrong, which otherwise fails the test. */ readonly warn?: Parts['warn'] }

export async function startGatehouse({ seed = 'gatehouse', accountId = '111122223333', journal = memoryJournal(), fetchDocument, issuerBaseUrl = 'https://gatehouse.test', audit: givenAudit, verifyPassword, pass = () => Promise.resolve(), databases, openMachineDriver = async () => noMachines('a test brings no driver of machines'), upstreams, deviceEndpoint = () => undefined, metricsToken, warn = failOnWarning, takeMachines = () => ({ release: () => {} }), startsAt = testEpoch }: TestOptions = {}): Promise<TestGatehouse> {
  const random = seededRandom(seed);
  const clients: SdkClient[] = [];
  const clock = {
    now: startsAt,
    advance(ms: number) {
      clock.now += ms;
      for (const { config } of clients) config.systemClockOffset += ms;
    },
  };
  const now = (): Timestamp => clock.now;
  const store = await openStore({ journal, clock: now, random, warn: (message, cause) => { throw new Error(message, { cause }); } });
  const keyring = openKeyring({ masterKey: random(32), stored: storedDataKeys(store), random, clock: now });
  const dataKey = keyring.newDataKey();
  const rootKey = { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'r'.repeat(40) };
  const make = async (id: string, extra?: (draft: Draft) => void, managementAccount?: string): Promise<NewAccount> => {
    const join = managementAccount === undefined ? undefined : organizationMember({ accountId: id, managementAccount, random, now: clock.now });
    const made = await newAccount({ accountId: id, email: `root@${id}.example`, random, now: clock.now, keyring });
    await store.write(id, { by: 'test', requestId: 'test', action: 'gatehouse:CreateAccount' }, (draft) => {
      extra?.(draft);
      if (!made.insertInto(draft)) throw new Error('the account is taken');
      join?.(draft);
    });
    await store.account(id);
    return made;
  };
  const first = await make(accountId, (draft) => {
    draft.partition.dataKeys.insert(dataKey);
    draft.partition.foreignAccessKeys.insert({ AccessKeyId: rootKey.accessKeyId, AccountId: accountId });
    draft.accessKeys.insert({ AccessKeyId: rootKey.accessKeyId, PrincipalId: accountId, Status: 'Active', CreateDate: clock.now, SecretAccessKey: keyring.seal(rootKey.secretAccessKey, { account: accountId, table: 'accessKeys', key: rootKey.accessKeyId, field: 'SecretAccessKey' }) });
  });
  let requests = 0;
  let objectsFolder: string | undefined;
  const openObjects = async (): Promise<Objects> => {
    objectsFolder = mkdtempSync(join(tmpdir(), 'gatehouse-test-objects-'));
    return directoryStore(objectsFolder, random);
  };
  const gitPath = join(tmpdir(), `gatehouse-test-git-${randomUUID()}`);
  const logsPath = join(tmpdir(), `gatehouse-test-logs-${randomUUID()}`);
  const audit = memoryAuditLog(() => `event-${requests}`);
  const logLines: object[] = [];
  const plane = assemblePlane({
    openObjects, ...(upstreams && { upstreams }), metricsToken,
    clock: now, random, store, keyring, awsManagedPolicies, audit: givenAudit ?? audit, issuerBaseUrl,
    warn,
    fetchDocument: fetchDocument ?? (async (url) => { throw new IssuerUnreachable(`${url}: a test reaches no issuer that it does not bring`); }),
    newRequestId: () => `00000000-0000-4000-8000-${String(++requests).padStart(12, '0')}`,
    lastUsed: memoryLastUsed(),
    traces: memoryTraces(now),
    reports: memoryReports(now),
    guard: memoryGuard(now),
    git: new GitFolder(gitPath, random),
    logsPath,
    gitUrls: { http: (region, name) => `http://gatehouse.test${repositoryPath(region, name)}`, ssh: () => undefined },
    databases: { addresses: new Map(), ports: { first: 1, last: 0 }, hostName: () => '127.0.0.1', changed: () => {}, ...databases },
    openMachineDriver, takeMachines, api: { url: 'http://127.0.0.1:4566', host: '127.0.0.1', port: 4566 },
    consoleSessions: memoryConsoleSessions(),
    deviceEndpoint,
    openSignIn: async (ground) => openSignInDoor({ ...ground, pass, ...(verifyPassword && { verifyPassword }) }),
    openGitHttp: async (ground) => openGitHttp(ground),
    log: (exchange, status) => void logLines.push(JSON.parse(requestLine(exchange, status, clock.now))),
    readModel: (service) => JSON.parse(readFileSync(new URL(`../models/${service}.json`, import.meta.url), 'utf8')),
  });
  const admin = first.administrator!;
  const send = async ({ method = 'POST', target = '/', headers = [], body = '', remoteAddress = '127.0.0.1', isSecure = false }: RawRequest): Promise<Answer> => {
    const rawHeaders = headers.flat();
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const streamed = isStreamed(plane, { method, target, rawHeaders });
    const answer = await handle(plane, new HttpRequest({
      method, target, rawHeaders, ...(streamed ? { body: new Uint8Array(), stream: inPieces(bytes) } : { body: bytes }), remoteAddress, isSecure, receivedAt: clock.now, requestId: plane.newRequestId(),
    }));
    return { ...answer, body: await whole(answer.body) };
  };
  const requestHandler = { handle: async (request: SdkRequest) => ({ response: await sendSdkRequest(request, send) }) };
  const clientOptions = (key: KeyPair) => ({
    region: 'us-east-1', endpoint: 'http://gatehouse.test', maxAttempts: 1, requestHandler,
    credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey, ...(key.sessionToken !== undefined && { sessionToken: key.sessionToken }) },
    // The signer dates requests by the machine's clock plus this: with it, by ours, which `advance` moves.
    systemClockOffset: clock.now - Date.now(),
  });
  const kept = <Client extends SdkClient>(client: Client): Client => {
    clients.push(client);
    return client;
  };
  return {
    plane, account: accountId, admin, root: rootKey, rootSignIn: { email: first.email, password: first.rootPassword! }, clock, auditRecords: audit.records, logLines, send,
    iam: (key = admin) => kept(new IAMClient(clientOptions(key))),
    sts: (key = admin) => kept(new STSClient(clientOptions(key))),
    client: (Client, key = admin, region = 'us-east-1') => kept(new Client({ ...clientOptions(key), region })),
    s3: (key = admin, region = 'us-east-1') => kept(new S3Client({ ...clientOptions(key), region, forcePathStyle: true })),
    newAccount: async (id, managementAccount) => (await make(id, undefined, managementAccount)).administrator!,
    objectsFolder: () => objectsFolder,
    async stop() {
      await plane.machines.close();
      await plane.logs.close();
      for (const path of [gitPath, logsPath]) rmSync(path, { recursive: true, force: true });
      await plane.s3.close();
      if (objectsFolder !== undefined) rmSync(objectsFolder, { recursive: true, force: true });
      await store.close();
    },
  };
}

const failOnWarning: Parts['warn'] = (message, cause) => { throw new Error(message, { cause }); };

/** A body as it may come off the wire: cut anywhere. */
async function* inPieces(bytes: Uint8Array): ByteStream {
  for (let at = 0; at < bytes.length; at += 10_007) yield bytes.subarray(at, at + 10_007);
}

async function whole(body: AnyAnswer['body']): Promise<string | Uint8Array> {
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

const isByteStream = (body: unknown): body is ByteStream => typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

interface SdkRequest { readonly method: string; readonly path: string; readonly query?: Readonly<Record<string, string | readonly string[] | null>>; readonly headers: Readonly<Record<string, string>>; readonly body?: unknown }

async function sendSdkRequest({ method, path, query = {}, headers, body }: SdkRequest, send: TestGatehouse['send']) {
  const pairs = Object.entries(query).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one ?? '')}`));
  const answer = await send({
    method,
    target: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: Object.entries(headers),
    body: typeof body === 'string' || body instanceof Uint8Array ? body : isByteStream(body) ? Buffer.from(await whole(body)) : '',
  });
  const lowerCased = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { statusCode: answer.status, headers: lowerCased, body: Readable.from([Buffer.from(answer.body)]) };
}
