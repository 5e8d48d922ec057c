/** The machine's own git, run on a bare repository: no shell, no configuration but ours, no hooks, bounded output. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { devNull } from 'node:os';
import { ApiError } from '../../../base/api-error.ts';
import { gitLimits } from './limits.ts';

/** Settings that every run has, over whatever a repository's own file says. */
const settings: readonly (readonly [name: string, value: string])[] = [
  // What a repository brings along is never run.
  ['core.hooksPath', devNull],
  ['core.fsmonitor', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  // What comes in is looked at as a whole before it is kept.
  ['transfer.fsckObjects', 'true'],
  ['receive.maxInputSize', String(gitLimits.pushBytesMax)],
  ['receive.advertisePushOptions', 'false'],
  ['receive.autogc', 'false'],
  ['uploadpack.allowFilter', 'true'],
  // The folder is this process's own, whoever's name is on it.
  ['safe.directory', '*'],
];

/** Git's environment: nothing of the operator's but where programs are. `protocol` is what the client asks of it (`version=2`). */
function environment(protocol: string | undefined): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_LITERAL_PATHSPECS: '1',
    ...(protocol !== undefined && { GIT_PROTOCOL: protocol }),
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(settings.flatMap(([name, value], i) => [[`GIT_CONFIG_KEY_${i}`, name], [`GIT_CONFIG_VALUE_${i}`, value]])),
  };
}

/** Those that run now. */
let running = 0;

/** Starts git in a folder. Throws ServiceUnavailable where as many run as may, and where the machine has no room for another process. INVARIANT: no argument that a caller gave begins with a dash. */
export function startGit(folder: string, args: readonly string[], protocol?: string): ChildProcessWithoutNullStreams {
  if (running >= gitLimits.processesMax) throw new ApiError('ServiceUnavailable', 'As many Git clients are served as can be at once. Try again later.');
  const git = spawn('git', args, { cwd: folder, env: environment(protocol), stdio: 'pipe', windowsHide: true });
  // Where it cannot be started, `close` follows, which its owner awaits; an error that nobody hears would end the server.
  git.on('error', () => {});
  // Without descriptors left there are no pipes, whatever the type says.
  if ((git.stdin as unknown) === undefined || (git.stdin as unknown) === null) throw new Error('git cannot be started: too many files are open');
  running++;
  git.once('close', () => { running--; });
  return git;
}

/** Ends a git whose client is gone. It is asked first: so it removes what came in and ends the processes that work for it. */
export function stopGit(git: ChildProcessWithoutNullStreams): void {
  git.stdin.destroy();
  git.stdout.destroy();
  git.kill('SIGTERM');
  const timer = setTimeout(() => git.kill('SIGKILL'), gitLimits.stopMs).unref();
  git.once('close', () => clearTimeout(timer));
}

/** Git ended with a status other than 0; `output` is what it said of it. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  readonly status: number | null;

  constructor(args: readonly string[], status: number | null, output: string) {
    super(`git ${args[0]} ended with ${status}: ${output.slice(0, 1_000)}`);
    this.status = status;
  }
}

/** Git gave more than was asked to be taken. */
export class GitOutputTooLarge extends Error {
  override readonly name = 'GitOutputTooLarge';
}

/** Runs git to its end and gives what it wrote. Rejects with GitFailed, GitOutputTooLarge, or because there is no git. */
export function runGit(folder: string, args: readonly string[], { input = '', outputBytesMax = gitLimits.outputBytesMax }: { readonly input?: string; readonly outputBytesMax?: number } = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const git = startGit(folder, args);
    const timer = setTimeout(() => git.kill('SIGKILL'), gitLimits.runMs);
    const output: Buffer[] = [];
    let outputBytes = 0;
    let said = '';
    git.stdout.on('data', (bytes: Buffer) => {
      outputBytes += bytes.length;
      if (outputBytes > outputBytesMax) git.kill('SIGKILL');
      else output.push(bytes);
    });
    git.stderr.on('data', (bytes: Buffer) => { if (said.length < 10_000) said += bytes.toString(); });
    git.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    git.on('close', (status) => {
      clearTimeout(timer);
      if (outputBytes > outputBytesMax) reject(new GitOutputTooLarge(`git ${args[0]} wrote more than ${outputBytesMax} bytes`));
      else if (status === 0) resolve(Buffer.concat(output));
      else reject(new GitFailed(args, status, said));
    });
    // Git may end without reading all of it; its status tells.
    git.stdin.on('error', () => {});
    git.stdin.end(input);
  });
}
