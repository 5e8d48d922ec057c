/** Starts the program as a person does, in a process of its own, and stops it as one does, or as a power cut does. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
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

/** The folders of the PATH, without those that npm puts in front. */
export const searchPath = (): readonly string[] => (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.includes('node_modules'));

/** A program on the PATH of the machine; undefined where there is none. */
export function findOnPath(name: string): string | undefined {
  for (const folder of searchPath()) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder: the next one is looked at.
    }
  }
  return undefined;
}
