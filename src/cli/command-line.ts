/** The command line: which commands there are, what each is told, and how mistakes are answered. */
import { aws } from './aws.ts';
import { agentOptions, caCrlOptions, caFolder, caInitOptions, caIssueOptions, caRequestOptions, certificateSessionOptions } from './certificate-options.ts';
import { clientEnvironment } from './client-environment.ts';
import { CommandError } from './commands.ts';
import type { Commands } from './commands.ts';
import { announceAccount, announceRecovery } from './new-account.ts';
import { UsageError, refuseUnknownVariables } from './option.ts';
import type { GivenFlags } from './option.ts';
import { awsOptions, createAccountOptions, credentialProcessOptions, dataKeysOptions, envOptions, evaluateOptions, issuerKeysOptions, issuerStartOptions, issuerTokenOptions, lintOptions, mfaOptions, options, optionsOf, quotaOptions, recoverRootOptions, repairOptions, testOptions, tokenKeysOptions, whoCanOptions, whyOptions } from './options.ts';
import { assignments } from './shells.ts';
import { start } from './start.ts';
import { clusterOptions, machineOptions } from './workload-options.ts';
import type { World } from './world.ts';

export type CommandName = keyof typeof optionsOf;

/** Does what a command says with the flags that were given; resolves to the exit code. */
export type Run = (name: CommandName, given: GivenFlags, args: readonly string[]) => Promise<number>;

/** What a command does with its flags and further arguments; resolves to the exit code. */
type Action = (given: GivenFlags, world: World, commands: Commands, args: readonly string[]) => Promise<number>;

export interface CommandRow { readonly about: string; readonly action: Action; /** What stands behind the flags, as help shows it, and what it is. */ readonly takes?: readonly [name: string, about: string] }

const rows: Readonly<Record<CommandName, CommandRow>> = {
  start: { about: 'start Gatehouse: one process, one port', action: start },
  env: { about: 'write the variables that point AWS\'s clients here', action: writeEnvironment },
  aws: { about: 'run the AWS CLI, pointed here', action: (given, world, _, args) => aws(awsOptions(given, world), args, world) },
  why: { about: 'say why a request was denied, or list what was denied', action: async (given, world, _, args) => (await import('./why.ts')).why(whyOptions(given, world), args, world), takes: ['[id]', 'an authorization id, or last'] },
  'who-can': { about: 'say who in the account may do something, and by which statements', action: async (given, world, _, args) => (await import('./who-can.ts')).whoCan(whoCanOptions(given, world), args, world), takes: ['[words...]', 'an action, and the ARN of a resource'] },
  evaluate: { about: 'decide a request by policies in files, and say why', action: undecided(async (given, world, commands, args) => (await import('./evaluate.ts')).evaluate(evaluateOptions(given, world), args, world, commands)), takes: ['[files...]', 'the request, then the policies of the caller'] },
  lint: { about: 'say what in policies does nothing, does too much, or is said twice', action: undecided(async (given, world, commands, args) => (await import('./lint.ts')).lint(lintOptions(given, world), args, world, commands)), takes: ['[files...]', 'policies, JSON or YAML'] },
  test: { about: 'run policy tests', action: undecided(async (given, world, commands, args) => (await import('./test-command.ts')).testPolicies(testOptions(given, world), args, world, commands)), takes: ['[files...]', 'files of policy tests'] },
  'credential-process': { about: 'assume a role, with an access key or by certificate, and write its credentials as AWS\'s credential_process does', action: credentialProcess },
  machine: { about: 'let machines enrol with a code, list those that did, or take one off', action: async (given, world, _, args) => (await import('./machine.ts')).machine(machineOptions(given, world), args, world), takes: ['[words...]', 'authority, add NAME, list, or remove NAME'] },
  agent: { about: 'give what runs on this machine the credentials of a role, by a code that is good once or the machine\'s certificate', action: async (given, world) => (await import('./agent.ts')).agent(agentOptions(given, world), world) },
  cluster: { about: 'register a cluster of Kubernetes whose pods are given roles, list those that are, or take one off', action: async (given, world, _, args) => (await import('./cluster.ts')).cluster(clusterOptions(given, world), args, world), takes: ['[words...]', 'register NAME, list, or deregister NAME'] },
  'ca init': { about: 'make an authority', action: async (given, world) => (await import('./ca.ts')).caInit(caInitOptions(given, world), world) },
  'ca issue': { about: 'issue a certificate', action: async (given, world) => (await import('./ca.ts')).caIssue(caIssueOptions(given, world), world) },
  'ca request': { about: 'make a key and a request for its certificate, where the device is', action: async (given, world) => (await import('./ca.ts')).caRequest(caRequestOptions(given, world), world) },
  'ca revoke': { about: 'take certificates back', action: async (given, world, _, args) => (await import('./ca.ts')).caRevoke(caFolder('ca revoke', given, world), args, world), takes: ['[certificates...]', 'their files, or serial numbers in hexadecimal'] },
  'ca crl': { about: 'write the list of what was taken back', action: async (given, world) => (await import('./ca.ts')).caCrl(caCrlOptions(given, world), world) },
  'ca list': { about: 'list what was issued', action: async (given, world) => (await import('./ca.ts')).caList(caFolder('ca list', given, world), world) },
  quota: { about: 'show or set how many of each thing the account may have', action: async (given, world, _, args) => (await import('./quota.ts')).quota(quotaOptions(given, world), args, world), takes: ['[words...]', 'the name of a quota, and its new value'] },
  'token-keys': { about: 'show, rotate or revoke the keys that sign the account\'s tokens', action: async (given, world, _, args) => (await import('./token-keys.ts')).tokenKeys(tokenKeysOptions(given, world), args, world), takes: ['[action]', 'rotate, or revoke'] },
  mfa: { about: 'import hardware MFA tokens, list or delete them', action: async (given, world, _, args) => (await import('./mfa.ts')).mfa(mfaOptions(given, world), args, world), takes: ['[words...]', 'import FILE, list, or delete SERIAL'] },
  'account create': { about: 'make a further account, beside a running Gatehouse', action: createAccount },
  'recover root': { about: 'let root in again who lost the password or the MFA devices, beside a running Gatehouse or without one', action: recoverRoot },
  'issuer start': { about: 'for tests: serve the keys of a pretended token issuer to this machine', action: async (given, world) => (await import('./issuer.ts')).serveIssuer(issuerStartOptions(given, world), world) },
  'issuer keys': { about: 'for tests: write the public keys that such tokens are verified with', action: async (given, world) => (await import('./issuer.ts')).writeIssuerKeys(issuerKeysOptions(given, world), world) },
  'issuer token': { about: 'for tests: mint a token as GitHub Actions, GitLab CI or Kubernetes would', action: async (given, world) => (await import('./issuer.ts')).mintToken(issuerTokenOptions(given, world), world) },
  'data-keys': { about: 'show, rotate or revoke the keys that seal secrets and session tokens', action: dataKeys, takes: ['[action]', 'rotate, or revoke'] },
  repair: { about: 'cut a damaged journal back to its last whole entry, keeping a copy', action: repair },
};

/** What the commands of two words are about, by their first. */
const familyAbout: Readonly<Record<Extract<keyof typeof rows, `${string} ${string}`> extends `${infer Family} ${string}` ? Family : never, string>> = {
  account: 'make accounts',
  ca: 'a certificate authority of your own, for tests and small set-ups',
  recover: 'let in again who lost what it takes to sign in',
  issuer: 'mint and serve tokens of a pretended identity provider, for tests',
};

/** Runs what was typed; resolves to the exit code: 0, 1 for what went wrong, 2 for a mistake in what was typed. */
export async function runCommandLine(argv: readonly string[], world: World, commands: Commands): Promise<number> {
  const run: Run = (name, given, args) => {
    refuseUnknownVariables(options, world.env);
    return rows[name].action(given, world, commands, args);
  };
  try {
    const plain = readPlainCommand(argv);
    if (plain) return await run(plain.name, plain.given, []);
    const { parseCommand } = await import('./command-parser.ts');
    return await parseCommand(argv, { rows, familyAbout, run, world });
  } catch (error) {
    return answerFailure(error, world);
  }
}

/**
 * What was typed, where that is a command and flags of its own with their values and nothing else, which a start most often is: then nothing more need be loaded
 * to understand it. Undefined for all that takes more to understand, and for mistakes.
 */
export function readPlainCommand([first, second, ...rest]: readonly string[]): { readonly name: CommandName; readonly given: GivenFlags } | undefined {
  const [name, words] = Object.hasOwn(rows, `${first} ${second}`) ? [`${first} ${second}`, rest] : [`${first}`, second === undefined ? [] : [second, ...rest]];
  // Behind the flags of some commands stand words.
  if (!isCommandName(name) || name === 'aws' || rows[name].takes) return undefined;
  const given: Record<string, string | boolean> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const option = optionsOf[name].find((known) => options[known].flag === word);
    if (option === undefined || Object.hasOwn(given, option)) return undefined;
    if (options[option].argument === undefined) {
      given[option] = true;
      continue;
    }
    const value = words[++i];
    if (value === undefined || value === '' || value.startsWith('-')) return undefined;
    given[option] = value;
  }
  return { name, given };
}

const isCommandName = (name: string): name is CommandName => Object.hasOwn(rows, name);

function answerFailure(error: unknown, { stderr }: World): number {
  if (error instanceof UsageError) {
    stderr.write(`gatehouse: ${error.message}\n`);
    return 2;
  }
  if (error instanceof CommandError) {
    stderr.write(`gatehouse: ${error.message}\n`);
    return 1;
  }
  // Our bug: whoever reports it needs the whole of it.
  stderr.write(`gatehouse: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

/** Where 1 is an answer – denied, a test failed – whatever keeps the question from being answered ends in 2. */
function undecided(action: Action): Action {
  return async (given, world, commands, args) => {
    try {
      return await action(given, world, commands, args);
    } catch (error) {
      answerFailure(error, world);
      return 2;
    }
  };
}

async function credentialProcess(given: GivenFlags, world: World): Promise<number> {
  const shown = certificateSessionOptions(given, world);
  if (shown) return (await import('./certificate-session.ts')).certificateSession(shown, world);
  return (await import('./credential-process.ts')).credentialProcess(credentialProcessOptions(given, world), world);
}

async function writeEnvironment(given: GivenFlags, world: World): Promise<number> {
  const target = envOptions(given, world);
  world.stdout.write(assignments(target.shell, await clientEnvironment(target, world), world.program));
  return 0;
}

async function createAccount(given: GivenFlags, world: World, commands: Commands): Promise<number> {
  const told = createAccountOptions(given, world);
  announceAccount(await commands.createAccount(told), told.dataDir, world.stdout);
  return 0;
}

async function dataKeys(given: GivenFlags, world: World, commands: Commands, [action = 'show', ...more]: readonly string[]): Promise<number> {
  if ((action !== 'show' && action !== 'rotate' && action !== 'revoke') || more.length > 0) throw new UsageError('data-keys takes nothing, rotate, or revoke');
  for (const { id, createdAt, isSealing, hasEndedSessions } of await commands.dataKeys({ ...dataKeysOptions(given, world), action })) {
    world.stdout.write(`${isSealing ? 'seals' : 'opens'}  since ${new Date(createdAt).toISOString()}  ${id}${hasEndedSessions ? '  its sessions were ended' : ''}\n`);
  }
  return 0;
}

async function recoverRoot(given: GivenFlags, world: World, commands: Commands): Promise<number> {
  const told = recoverRootOptions(given, world);
  announceRecovery(await commands.recoverRoot(told), told.dataDir, world.stdout);
  return 0;
}

async function repair(given: GivenFlags, world: World, commands: Commands): Promise<number> {
  const { findings, copy } = await commands.repair(repairOptions(given, world));
  if (findings.length === 0) world.stdout.write('Nothing is damaged; nothing was changed.\n');
  for (const finding of findings) world.stdout.write(`${finding}\n`);
  if (copy !== undefined) world.stdout.write(`The journal as it was is kept in ${copy}\n`);
  return 0;
}
