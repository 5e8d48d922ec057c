/** The two directions of a client of Git, joined to those of a git that serves it. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { stopGit } from '../../services/codecommit/git/git-process.ts';
import { gitDoorLimits } from './limits.ts';

/** `session`: both speak by turns, as over SSH. `advertise` and `request`: the two halves of it that HTTP has. */
export type GitMode = 'session' | 'advertise' | 'request';

/** Nobody is there any more to be served: no failure of ours. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

export interface Wire {
  /** What the client sends. */
  readonly source: AsyncIterator<Uint8Array>;
  /** Resolves when more can be taken. Rejects with ClientGone. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Passes on what git says of what went wrong. */
  readonly say: (text: string) => void;
}

/** What a git gives, passed on until it ends. Resolves to its exit status. */
export async function passOn(git: ChildProcessWithoutNullStreams, wire: Pick<Wire, 'write' | 'say'>): Promise<number> {
  let said = '';
  git.stderr.on('data', (bytes: Buffer) => { if (said.length < gitDoorLimits.saidBytesMax) said += bytes.toString(); });
  const closed = once(git, 'close') as Promise<[status: number | null]>;
  // Awaited below, when what it wrote has been passed on.
  closed.catch(() => {});
  try {
    for await (const bytes of git.stdout) await wire.write(bytes as Buffer);
  } catch (thrown) {
    // The client is gone, and so is what git was at work for.
    stopGit(git);
    await closed.catch(() => {});
    throw thrown;
  }
  const [status] = await closed;
  if (said !== '') wire.say(said);
  return status ?? 1;
}

/** Feeds a git what the client sends; ends its input when the client does. */
export async function feed(git: ChildProcessWithoutNullStreams, source: AsyncIterator<Uint8Array>): Promise<void> {
  // Git may end before it has read all: its status says why.
  git.stdin.on('error', () => {});
  const ended = new Promise<{ readonly done: true; readonly value: undefined }>((resolve) => { git.once('close', () => resolve({ done: true, value: undefined })); });
  for (;;) {
    const { done, value } = await Promise.race([source.next(), ended]);
    if (done) break;
    if (!git.stdin.write(value)) await Promise.race([once(git.stdin, 'drain').catch(() => {}), ended]);
  }
  git.stdin.end();
}

/** Both at once. Resolves to git's exit status. */
export async function runOn(git: ChildProcessWithoutNullStreams, wire: Wire): Promise<number> {
  const feeding = feed(git, wire.source).catch(() => { git.stdin.destroy(); });
  const status = await passOn(git, wire);
  await feeding;
  return status;
}
