/** A pretended machine for the tests of the commands: an environment and a folder of their own, output that is kept. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment, StopSignal, World } from '../../src/cli/world.ts';

export interface Machine extends World, Disposable {
  /** What was written so far. */
  readonly said: { stdout: string; stderr: string };
  /** Sends the signal to whoever listens. */
  signal(signal: StopSignal): void;
}

/** Its folder is removed at the end of the block that holds it. */
export function machine({ env = {}, isTerminal = false }: { readonly env?: Environment; readonly isTerminal?: boolean } = {}): Machine {
  const cwd = mkdtempSync(join(tmpdir(), 'gatehouse-cli-'));
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<(signal: StopSignal) => void>();
  return {
    program: 'gatehouse',
    env,
    cwd,
    platform: 'linux',
    stdout: { write: (text) => { said.stdout += text; }, isTerminal },
    stderr: { write: (text) => { said.stderr += text; }, isTerminal },
    said,
    onStop(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    signal: (signal) => { for (const listener of listeners) listener(signal); },
    exit: (code) => { throw new Error(`exit ${code}`); },
    [Symbol.dispose]: () => rmSync(cwd, { recursive: true }),
  };
}
