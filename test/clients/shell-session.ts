/** A bash in which the commands of a document are typed one after the other, as a person does: variables and functions stay. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Typed { readonly status: number; readonly lines: readonly string[] }

export interface ShellSession {
  /** Runs one line; resolves to its exit status and the lines that it wrote, on standard output or error. */
  type(command: string): Promise<Typed>;
  close(): Promise<void>;
}

/** `folder` is where the session keeps what its commands write. */
export function shellSession({ cwd, env, folder }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly folder: string }): ShellSession {
  const bash = spawn('bash', ['--noprofile', '--norc'], { cwd, env, stdio: ['pipe', 'pipe', 'inherit'] });
  const statuses = createInterface({ input: bash.stdout })[Symbol.asyncIterator]();
  const ended = once(bash, 'exit');
  const written = join(folder, 'written');
  return {
    async type(command) {
      bash.stdin.write(`{ ${command}\n} > ${written} 2>&1 < /dev/null; echo $?\n`);
      const { value, done } = await statuses.next();
      if (done) throw new Error(`bash ended at: ${command}`);
      return { status: Number(value), lines: readFileSync(written, 'utf8').split('\n').filter((line) => line.trim() !== '') };
    },
    async close() {
      bash.stdin.end();
      await ended;
    },
  };
}
