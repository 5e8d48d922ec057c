/** What a command sees of the machine: environment, folder, streams. An argument, so that a test can be another machine. */
import { relative, resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Output {
  write(text: string): void;
  /** Whether a person reads it: only then may a secret be printed. */
  readonly isTerminal: boolean;
}

export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export interface World {
  /** What a person types to run this program. */
  readonly program: string;
  readonly env: Environment;
  readonly cwd: string;
  readonly platform: NodeJS.Platform;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Calls `listener` for every signal that asks to stop, until the function it returns is called. */
  onStop(listener: (signal: StopSignal) => void): () => void;
  /** Ends the process at once. */
  exit(code: number): never;
}

const stopSignals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function output(stream: NodeJS.WriteStream): Output {
  // Who read it may have had enough, as `| head` has: what is written then is for nobody, and no failure.
  stream.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'EPIPE') throw error; });
  return { write: (text) => { stream.write(text); }, isTerminal: stream.isTTY === true };
}

/** A checkout, which runs TypeScript, is called by the path of its launcher; an installed package by npx or by its name. */
function programName(): string {
  if (!import.meta.filename.endsWith('.ts')) return process.env.npm_command === 'exec' ? 'npx gatehouse-iam' : 'gatehouse';
  const launcher = resolve(import.meta.dirname, '..', '..', 'bin', 'gatehouse');
  const fromHere = relative(process.cwd(), launcher);
  return fromHere.startsWith('..') ? launcher : fromHere;
}

/** The machine this process runs on. */
export function processWorld(): World {
  return {
    program: programName(),
    env: process.env,
    cwd: process.cwd(),
    platform: process.platform,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    onStop(listener) {
      for (const signal of stopSignals) process.on(signal, listener);
      return () => { for (const signal of stopSignals) process.off(signal, listener); };
    },
    exit: (code) => process.exit(code),
  };
}
