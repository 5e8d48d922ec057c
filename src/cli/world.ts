/** What a command sees of the machine: environment, folder, streams. An argument, so that a test can be another machine. */

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
  return { write: (text) => { stream.write(text); }, isTerminal: stream.isTTY === true };
}

/** A checkout runs TypeScript from its root; an installed package is run by npx or by its name. */
function programName(): string {
  if (import.meta.filename.endsWith('.ts')) return 'bin/gatehouse';
  return process.env.npm_command === 'exec' ? 'npx gatehouse-iam' : 'gatehouse';
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
