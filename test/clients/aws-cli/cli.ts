/** The AWS CLI as a test types it: what it answers, how it refuses, and which of its commands were typed. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { findAllOnPath } from '../../running.ts';

export interface Ended { readonly status: number; readonly stdout: string; readonly stderr: string }

/** What the CLI on this machine has. */
export interface CliTables {
  readonly version: string;
  /** By service: command → operation. */
  readonly commands: Readonly<Record<'iam' | 'sts', Readonly<Record<string, string>>>>;
  readonly waiters: Readonly<Record<'iam' | 'sts', readonly string[]>>;
  readonly configure: readonly string[];
  readonly outputs: readonly string[];
}

/** A command line, as a template: its words are parted by white space, and what is put in stays together. */
export type Typed<Result> = (parts: TemplateStringsArray, ...values: readonly string[]) => Promise<Result>;

export interface Cli {
  readonly tables: CliTables;
  /** How it ends where the service refused. */
  readonly refusedStatus: number;
  /** Commands that were answered, such as `iam create-user` and `iam wait user-exists`. */
  readonly answered: ReadonlySet<string>;
  /** Commands that were refused by the service, with one of its errors. */
  readonly refused: ReadonlySet<string>;
  /** Whether this CLI has the operation: an older one lacks the newer ones, and what a tour says of them is left out. */
  has(operation: string): boolean;
  /** The same CLI in an environment with these variables. */
  as(env: NodeJS.ProcessEnv): Cli;
  /** Whatever becomes of it. */
  run: Typed<Ended>;
  /** Must be answered; gives the answer, which is read from JSON. */
  json: Typed<unknown>;
  /** Must be answered; gives what it wrote, without the white space around it. */
  text: Typed<string>;
  /** Must be refused by the service; gives the line that says why. */
  refusal: Typed<string>;
  close(): Promise<void>;
}

export interface FoundCli {
  readonly version: string;
  /** A Python that has it as a module. */
  readonly python: string;
  /** The program itself, beside that Python; undefined where there is none. */
  readonly program: string | undefined;
}

/** The AWS CLIs of this machine that can be driven, the first of each major version. */
export function findClis(): ReadonlyMap<string, FoundCli> {
  const found = new Map<string, FoundCli>();
  const programs = findAllOnPath('aws');
  for (const python of findAllOnPath('python3')) {
    const version = spawnSync(python, ['-c', 'import awscli.clidriver; print(awscli.__version__)'], { encoding: 'utf8' }).stdout?.trim() ?? '';
    const [major] = version.split('.');
    if (major && !found.has(major)) found.set(major, { version, python, program: programs.find((program) => dirname(program) === dirname(python)) });
  }
  return found;
}

/** Starts a CLI. */
export async function openCli({ python }: FoundCli, env: NodeJS.ProcessEnv, cwd: string): Promise<Cli> {
  const child = spawn(python, [join(import.meta.dirname, 'aws_cli_loop.py')], { env, cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async <Line>(): Promise<Line> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the AWS CLI ended');
    return JSON.parse(value);
  };
  const tables = await nextLine<CliTables>();
  // Version 2 says that the service refused with 254, version 1 with 255 as of any failure. Source: "Return codes" (AWS CLI User Guide of each).
  const refusedStatus = tables.version.startsWith('1.') ? 255 : 254;
  // Before 1.29 and 2.13 it reads no AWS_ENDPOINT_URL. Source: the CLI's change log.
  const [major = 0, minor = 0] = tables.version.split('.').map(Number);
  const pointing = minor < (major === 1 ? 29 : 13) ? ['--endpoint-url', env['AWS_ENDPOINT_URL']!] : [];
  const operations = new Set(Object.values(tables.commands).flatMap((commands) => Object.values(commands)));
  const answered = new Set<string>();
  const refused = new Set<string>();

  const typing = (more: NodeJS.ProcessEnv): Cli => {
    const runWords = async (words: readonly string[]): Promise<Ended> => {
      child.stdin.write(`${JSON.stringify({ args: [...pointing, ...words], env: more })}\n`);
      const result = await nextLine<Ended>();
      const command = words.slice(0, words[1] === 'wait' ? 3 : 2).join(' ');
      if (result.status === 0) answered.add(command);
      else if (result.stderr.includes('An error occurred (')) refused.add(command);
      return result;
    };
    const run: Cli['run'] = (parts, ...values) => runWords(wordsOf(parts, values));
    const stdoutOf: Typed<string> = async (parts, ...values) => {
      const words = wordsOf(parts, values);
      const { status, stdout, stderr } = await runWords(words);
      assert.equal(status, 0, `aws ${words.join(' ')}\n${stderr}`);
      return stdout.trim();
    };
    return {
      tables, refusedStatus, answered, refused, run,
      has: (operation) => operations.has(operation),
      as: (env) => typing({ ...more, ...env }),
      text: stdoutOf,
      async json(parts, ...values) {
        const stdout = await stdoutOf(parts, ...values);
        return stdout === '' ? {} : JSON.parse(stdout);
      },
      async refusal(parts, ...values) {
        const words = wordsOf(parts, values);
        const { status, stdout, stderr } = await runWords(words);
        assert.deepEqual([status, stdout], [refusedStatus, ''], `aws ${words.join(' ')}\n${stdout}${stderr}`);
        // A newer CLI writes `aws: [ERROR]: ` in front.
        const said = stderr.trim().replace(/^aws: \[ERROR\]: /, '');
        assert.match(said, /^An error occurred \(/, `aws ${words.join(' ')}`);
        return said;
      },
      async close() {
        child.stdin.end();
        const [code]: unknown[] = await ended;
        assert.equal(code, 0);
      },
    };
  };
  return typing({});
}

function wordsOf(parts: TemplateStringsArray, values: readonly string[]): readonly string[] {
  const words: string[] = [];
  let isOpen = false;
  const append = (piece: string): void => {
    if (isOpen) words[words.length - 1] += piece;
    else words.push(piece);
    isOpen = true;
  };
  for (const [index, part] of parts.entries()) {
    for (const piece of part.split(/(\s+)/)) {
      if (piece === '') continue;
      if (piece.trim() === '') isOpen = false;
      else append(piece);
    }
    if (index < values.length) append(values[index]!);
  }
  return words;
}

/** The answer holds all this, and maybe more. */
export function assertHolds(answer: unknown, expected: unknown): void {
  assert.partialDeepStrictEqual(answer, expected);
}
