/** Starts the program as a person does, in a process of its own, and stops it as one does, or as a power cut does. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { root } from './imports.ts';

export interface Program {
  readonly endpoint: string;
  /** All that it printed on standard output until it answered. */
  readonly said: string;
  /** All that it has written to standard error, its log, so far. */
  readonly logged: () => string;
  readonly child: ChildProcess;
  /** Sends the signal and waits for the end; resolves to the exit code, null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartSettings {
  /** The launcher; the checkout's where it is left out. */
  readonly launcher?: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** What npm sets for its scripts, and what AWS and Gatehouse settings a person may have. Where npm gets packages from stays as it is. */
const personal = /^(?:npm_(?!config_(?:registry|cache|userconfig|globalconfig)$)|AWS_|GATEHOUSE_)/;

/** The tests' environment without it. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !personal.test(name)));
}

/** AWS's Python clients keep the sessions of roles in the home folder, from where a later test would take them: here the folder is the home. What is installed for the person alone is still found. */
export const homeOf = (folder: string): NodeJS.ProcessEnv => ({ HOME: folder, PYTHONUSERBASE: process.env.PYTHONUSERBASE ?? join(homedir(), '.local') });

/** Starts `gatehouse start ARGS` and resolves when it says that it answers; rejects with what it wrote if it ends before. */
export async function startProgram({ launcher = join(root, 'bin', 'gatehouse'), args, cwd, env = plainEnvironment() }: StartSettings): Promise<Program> {
  const child = spawn(process.execPath, [launcher, 'start', ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let logged = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { logged += text; });
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const answers = /^Gatehouse answers at (\S+);/m.exec(said);
      if (answers) resolve(answers[1]!);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`gatehouse start ended with ${code ?? signal}:\n${said}${logged}`)));
  });
  const ended = once(child, 'exit');
  // The streams end with the last process that holds them: not only the launcher is gone, but what it started.
  const closed = once(child, 'close');
  return {
    endpoint,
    said,
    logged: () => logged,
    child,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code]: (number | null)[] = await ended;
      await closed;
      return code ?? null;
    },
  };
}

export interface TestIssuerProgram {
  readonly url: string;
  /** `gatehouse issuer token ARGS`: the token. */
  mint(args: readonly string[]): string;
  stop(): Promise<void>;
}

/** Starts `gatehouse issuer start` on a free port; its key is in the folder. */
export async function startTestIssuer(folder: string): Promise<TestIssuerProgram> {
  const launcher = join(root, 'bin', 'gatehouse');
  const settings = { cwd: folder, env: plainEnvironment() };
  const child = spawn(process.execPath, [launcher, 'issuer', 'start', '--port', '0', '--data-dir', folder], { ...settings, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    said += text;
    const url = /answers at (http:\/\/127\.0\.0\.1:\d+);/.exec(said)?.[1];
    if (url === undefined) continue;
    return {
      url,
      mint: (args) => execFileSync(process.execPath, [launcher, 'issuer', 'token', '--data-dir', folder, ...args], { ...settings, encoding: 'utf8' }).trim(),
      async stop() {
        child.kill('SIGTERM');
        const [code]: unknown[] = await ended;
        if (code !== 0) throw new Error(`the test issuer ended with ${String(code)}`);
      },
    };
  }
  throw new Error(`the test issuer ended before it answered: ${said}`);
}

/** The folders of the PATH, without those that npm puts in front. */
export const searchPath = (): readonly string[] => (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.includes('node_modules'));

/** A program on the PATH of the machine; undefined where there is none. */
export const findOnPath = (name: string): string | undefined => findAllOnPath(name)[0];

/** The programs of that name on the PATH, the one that would be started first. */
export function findAllOnPath(name: string): readonly string[] {
  return searchPath().map((folder) => join(folder, name)).filter((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}
