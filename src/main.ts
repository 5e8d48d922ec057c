/** Starts everything: hands the command line what its commands do. The only file that may import any room. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiError } from './base/api-error.ts';
import { runCommandLine } from './cli/command-line.ts';
import { CommandError } from './cli/commands.ts';
import type { Commands, CreateAccountOptions, DataKeysOptions, MadeAccount, RecoveredRoot, RecoverRootOptions, RepairOptions, RepairReport, RunningGatehouse, ShownDataKey } from './cli/commands.ts';
import type { InstanceDriver, StartOptions } from './cli/start-options.ts';
import { processWorld } from './cli/world.ts';
import type { OpenMachines } from './server/assemble.ts';
import { dataDir } from './server/data-dir.ts';
import type { DataDir } from './server/data-dir.ts';
import type { NewAccount } from './server/new-account.ts';
import type { StartParts } from './server/start.ts';

// What only some commands need is imported when they run, so that `gatehouse env` does not wait for a server it does not start.

/** Runs what was typed; resolves to the exit code. */
export function main(argv: readonly string[]): Promise<number> {
  // What this process writes, journal and audit files above all, is its owner's alone.
  process.umask(0o077);
  return runCommandLine(argv, processWorld(), commands);
}

/** When what was typed began to run: the launcher where it handed over (bin/leash.js), else this process. */
function launchedAt(): number {
  const told: unknown = Reflect.get(globalThis, Symbol.for('gatehouse.launchedAt'));
  return typeof told === 'number' && told > 0 ? told : Date.now() - process.uptime() * 1000;
}

const commands: Commands = { start, createAccount, dataKeys, repair, recoverRoot, findAction: async (action) => (await import('./server/listed-actions.ts')).findAction(action), authorizationReference: async () => (await import('./server/read-model.ts')).authorizationReference };

/** By then a start is over, and nothing of it is compiled twice. */
const settledAfterMs = 20;

async function start(options: StartOptions): Promise<RunningGatehouse> {
  const [{ start: startServer, AccountAbsent }, storage] = await Promise.all([import('./server/start.ts'), openStorage(options)]);
  const { host, port, tls, publicUrl, servedHosts, accountId, rootEmail, rootAccessKey, logFormat, allowsPrivateIssuers, issuerAddresses, gitSshPort, devicePort, databaseServers, databasePorts, objectStores, metricsToken } = options;
  try {
    const parts: StartParts = { launchedAt: launchedAt(), host, port, tls, publicUrl, servedHosts, accountId, rootEmail, rootKey: rootAccessKey, logFormat, allowsPrivateIssuers, issuerAddresses, objectStores, metricsToken, doors: { gitSshPort, devicePort, loadDeviceDoor: () => import('./doors/mtls/listener.ts'), databaseServers, databasePorts, loadGitDoor: () => import('./doors/git/ssh-server.ts'), openGitHttp: async (ground) => (await import('./doors/git/smart-http.ts')).openGitHttp(ground), loadPostgresDoor: () => import('./doors/postgres/listeners.ts'), openMachineDriver: options.workers === 1 ? machineOpener(options, storage.files.machines) : noMachinesWithWorkers }, openSignIn: async (ground) => (await import('./doors/signin/door.ts')).openSignInDoor(ground), ...storage };
    const { url, made, accountIds, isWorker = false, stop } = options.workers === 1 ? await startServer(parts) : await (await import('./server/workers.ts')).startWithWorkers(parts, options.workers);
    setTimeout(async () => (await import('./server/compilers.ts')).leaveOutMaglev(), settledAfterMs).unref();
    return { endpoint: url, made: made && madeAccount(made, storage.files, true), accountIds, isWorker, stop };
  } catch (thrown) {
    throw thrown instanceof AccountAbsent ? new CommandError(`${thrown.message}: leave --account-id out, or choose another --data-dir`, { cause: thrown }) : startFailure(thrown);
  }
}

/** What runs instances, loaded with the first that asks. */
function machineOpener({ instances, dockerSocket }: StartOptions, folder: string): OpenMachines {
  const settings = ({ api, keepConsole, tell }: Parameters<OpenMachines>[0]) => ({ folder, api, keepConsole, tell });
  const open: Record<InstanceDriver, OpenMachines> = {
    process: async (ground, heard) => (await import('./doors/machines/process-driver.ts')).openProcessDriver(settings(ground), ground, heard),
    docker: async (ground, heard) => (await import('./doors/machines/docker-driver.ts')).openDockerDriver({ ...settings(ground), socketPath: dockerSocket }, ground, heard),
    unconfined: async (ground, heard) => (await import('./doors/machines/unconfined-driver.ts')).openUnconfinedDriver(settings(ground), ground, heard),
    off: async () => (await import('./services/ec2/driver.ts')).noMachines('this Gatehouse was started with --instances off'),
  };
  return open[instances];
}

/** The process that is asked for a machine would have to be the one that runs them. */
const noMachinesWithWorkers: OpenMachines = async () => (await import('./services/ec2/driver.ts')).noMachines('this Gatehouse was started with --workers, and instances run only in one that is a single process');

/** Opens what outlives the process, or, for an ephemeral start, what does not. */
async function openStorage({ dataDir: dir, isEphemeral, masterKey, explainHours }: StartOptions) {
  const files = dataDir(dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (isEphemeral) {
    if (existsSync(files.journal)) throw new CommandError(`${dir} holds a journal, which an ephemeral start would not read: choose another --data-dir`);
    const [{ memoryJournal }, { memoryGuard }, { memoryLastUsed }, { memoryTraces, traceLimits }, { memoryReports }, { memoryConsoleSessions }] = await Promise.all([import('./store/journals/memory.ts'), import('./store/guard.ts'), import('./store/last-used.ts'), import('./store/traces.ts'), import('./store/reports.ts'), import('./store/console-sessions.ts')]);
    const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-'));
    return { files: { ...files, git: join(scratch, 'git'), objects: join(scratch, 'objects'), logs: join(scratch, 'logs'), machines: join(scratch, 'machines'), gitHostKey: join(scratch, 'git-host-key') }, scratch, journal: memoryJournal(), guard: memoryGuard(Date.now), lastUsed: memoryLastUsed(), traces: memoryTraces(Date.now, traceLimits(explainHours)), reports: memoryReports(Date.now), consoleSessions: memoryConsoleSessions(), masterKey: masterKey ?? randomBytes(32) };
  }
  const [durable, { openTraces }, { traceLimits }] = await Promise.all([openDurable(files, masterKey), import('./store/trace-tables.ts'), import('./store/traces.ts')]);
  return { ...durable, traces: openTraces(files.side, Date.now, traceLimits(explainHours)) };
}

async function openDurable(files: DataDir, givenKey: Uint8Array | undefined) {
  const [{ sqliteJournal }, { openSideStore }, { readOrMakeMasterKey }] = await Promise.all([import('./store/journals/sqlite.ts'), import('./store/side-store.ts'), import('./credentials/master-key.ts')]);
  try {
    // A journal whose key is gone cannot be opened with a new one: no key is made where a journal is.
    const masterKey = givenKey ?? readOrMakeMasterKey(files.masterKey, { mayMake: !existsSync(files.journal), random: randomBytes });
    const journal = await sqliteJournal(files.journal);
    return { files, journal, ...openSideStore(files.side, Date.now), masterKey };
  } catch (thrown) {
    throw startFailure(thrown);
  }
}

async function createAccount({ dataDir: dir, email, accountId, managementAccount, masterKey: givenKey }: CreateAccountOptions): Promise<MadeAccount> {
  const files = dataDir(dir);
  if (!existsSync(files.journal)) throw new CommandError(`${dir} holds no Gatehouse: start one there first`);
  const [{ openStore }, { openKeyring }, { makeAccount }, { storedDataKeys }, { journal, guard, lastUsed, masterKey }] = await Promise.all([import('./store/open.ts'), import('./credentials/keyring.ts'), import('./server/accounts.ts'), import('./server/data-keys.ts'), openDurable(files, givenKey)]);
  const store = await openStore({ journal, clock: Date.now, random: randomBytes, warn });
  try {
    const keyring = openKeyring({ masterKey, stored: storedDataKeys(store), random: randomBytes, clock: Date.now });
    return madeAccount(await makeAccount({ store, keyring, files, clock: Date.now, random: randomBytes }, { accountId, email, managementAccount }), files, false);
  } catch (thrown) {
    throw startFailure(thrown);
  } finally {
    await lastUsed.flush();
    await store.close();
    await guard.close();
  }
}

async function dataKeys({ dataDir: dir, masterKey: givenKey, action }: DataKeysOptions): Promise<readonly ShownDataKey[]> {
  const files = dataDir(dir);
  if (!existsSync(files.journal)) throw new CommandError(`${dir} holds no Gatehouse: start one there first`);
  const [{ openStore }, { rotateDataKey, shownDataKeys }, { journal, guard, lastUsed, masterKey }] = await Promise.all([import('./store/open.ts'), import('./server/data-keys.ts'), openDurable(files, givenKey)]);
  const store = await openStore({ journal, clock: Date.now, random: randomBytes, warn });
  try {
    if (action !== 'show') await rotateDataKey({ store, masterKey, random: randomBytes, clock: Date.now, requestId: randomUUID(), endsSessions: action === 'revoke' });
    return shownDataKeys(store);
  } catch (thrown) {
    throw startFailure(thrown);
  } finally {
    await lastUsed.flush();
    await store.close();
    await guard.close();
  }
}

/** No secret is opened, so that no master key is needed: a password is only a hash. */
async function recoverRoot({ dataDir: dir, accountId, isPasswordLost, isMfaLost }: RecoverRootOptions): Promise<RecoveredRoot> {
  const files = dataDir(dir);
  if (!existsSync(files.journal)) throw new CommandError(`${dir} holds no Gatehouse`);
  const [{ openStore }, { sqliteJournal }, { openSideStore }, { openAuditLog }, recovery] = await Promise.all([import('./store/open.ts'), import('./store/journals/sqlite.ts'), import('./store/side-store.ts'), import('./server/audit-log.ts'), import('./server/recover-root.ts')]);
  try {
    const store = await openStore({ journal: await sqliteJournal(files.journal), clock: Date.now, random: randomBytes, warn });
    const { guard, consoleSessions } = openSideStore(files.side, Date.now);
    const audit = openAuditLog({ dir: files.audit, clock: Date.now, newEventId: randomUUID, warn });
    try {
      const { email, ...recovered } = await recovery.recoverRoot({ store, consoleSessions, audit, clock: Date.now, random: randomBytes }, { accountId, isPasswordLost, isMfaLost });
      return { ...recovered, rootEmail: email };
    } finally {
      audit.close();
      await store.close();
      await guard.close();
    }
  } catch (thrown) {
    throw startFailure(thrown);
  }
}

async function repair({ dataDir: dir }: RepairOptions): Promise<RepairReport> {
  const { journal } = dataDir(dir);
  if (!existsSync(journal)) throw new CommandError(`${dir} holds no journal: there is nothing to repair`);
  const { repairJournal } = await import('./store/repair.ts');
  try {
    return repairJournal(journal);
  } catch (thrown) {
    throw startFailure(thrown);
  }
}

function madeAccount({ accountId, email, rootPassword, administrator }: NewAccount, files: DataDir, isFirst: boolean): MadeAccount {
  return {
    accountId,
    rootEmail: email,
    rootPassword,
    administrator: administrator && { userName: administrator.userName, accessKeyId: administrator.accessKeyId, credentialsFile: files.credentials, profile: isFirst ? 'default' : accountId },
  };
}

/** What a command that runs beside the server has to say of what went wrong and did not stop it. */
function warn(message: string, cause: unknown): void {
  process.stderr.write(`gatehouse: ${message}: ${cause instanceof Error ? cause.message : String(cause)}\n`);
}

/** The failures that a person can do something about, in words; the others stay as they are. */
const explained: ReadonlySet<string> = new Set(['JournalDamaged', 'JournalTooNew', 'JournalInUse', 'SideFileDamaged', 'MasterKeyMissing', 'MasterKeyUnsafe', 'MasterKeyWrong', 'MasterKeyMalformed', 'AdoptionRefused']);

function startFailure(thrown: unknown): unknown {
  if (thrown instanceof ApiError || (thrown instanceof Error && explained.has(thrown.name))) return new CommandError(thrown.message, { cause: thrown });
  return thrown;
}
