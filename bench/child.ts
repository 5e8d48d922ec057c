/** A program in a process of its own, which tells what it has used of processor and memory. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Usage {
  /** User and system time of all its threads since it began. */
  readonly cpuMs: number;
  readonly rssBytes: number;
}

export interface ServerProcess {
  readonly port: number;
  /** What it had used when it said that it answers. */
  readonly atReady: Usage;
  usage(): Promise<Usage>;
  /** What it holds of memory now, looked at from outside. */
  residentBytes(): number;
  /** Sends it a message and waits for the answer. */
  ask(message: object): Promise<unknown>;
  stop(): Promise<void>;
}

export interface Command {
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Where its standard error goes. */
  readonly logFile: string;
  /** Switches of Node itself. */
  readonly nodeArgs?: readonly string[];
}

const probe = join(import.meta.dirname, 'probe.js');

/** Starts a server on this Node; resolves when it says where it answers. */
export async function startServer({ file, args = [], env = process.env, logFile, nodeArgs = [] }: Command): Promise<ServerProcess> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...nodeArgs, '--import', probe, file, ...args], { env, stdio: ['ignore', 'pipe', log, 'ipc'] });
  closeSync(log);
  const port = await readyPort(child, file, logFile);
  const usage = (): Promise<Usage> => ask(child, 'usage') as Promise<Usage>; // the probe's answer
  return {
    port,
    atReady: await usage(),
    usage,
    residentBytes: () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))![1]) * 1024,
    ask: (message) => ask(child, message),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code]: unknown[] = await ended;
      if (code !== 0) throw new Error(`${file} ended with ${String(code)}:\n${readFileSync(logFile, 'utf8').slice(-2_000)}`);
    },
  };
}

function readyPort(child: ChildProcess, file: string, logFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const port = /answers at https?:\/\/[^\s;]*:(\d+);/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${file} ended with ${code ?? signal} before it answered:\n${readFileSync(logFile, 'utf8')}`)));
  });
}

async function ask(child: ChildProcess, message: string | object): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(message);
  const [answer]: unknown[] = await answered;
  return answer;
}
