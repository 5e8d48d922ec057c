/** Gatehouse as a stranger has it: the built package in a folder of its own, its data and its compiled code beside it. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAccessKey } from '../src/cli/credentials-file.ts';
import { startServer } from './child.ts';
import type { ServerProcess } from './child.ts';

const root = resolve(import.meta.dirname, '..');

export interface AccessKey { readonly accessKeyId: string; readonly secretAccessKey: string; /** Of temporary credentials. */ readonly sessionToken?: string }

export interface Installation extends Disposable {
  /** A folder for whatever the bench needs; gone at the end. */
  readonly folder: string;
  readonly dataDir: string;
  /** Starts the package, as `gatehouse start` does, with the audit log and the request log in files. */
  start(options?: { readonly nodeArgs?: readonly string[]; readonly args?: readonly string[]; readonly env?: NodeJS.ProcessEnv }): Promise<ServerProcess>;
  /** The same of the checkout, whose types are stripped as it starts. */
  startCheckout(): Promise<ServerProcess>;
  /** The reference, `bare-server.js`. */
  startBare(): Promise<ServerProcess>;
  /** The reference for objects, `streaming-server.js`: with files in that folder, or handing all on to another. */
  startStreaming(files: string, behind?: number): Promise<ServerProcess>;
  /** The administrator's, once a first start has made it. */
  adminKey(): AccessKey;
}

let isBuilt = false;

/** Builds the package, once for all benches of a run. */
function build(): void {
  if (isBuilt) return;
  const { status, error } = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root, stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`the build ended with ${status}`);
  isBuilt = true;
}

/** Builds the package and puts what is published of it into a new folder: all that it needs is in it. */
export function install(): Installation {
  build();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const installed = join(folder, 'package');
  const { files }: { files: readonly string[] } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const file of globSync(['package.json', ...files], { cwd: root })) cpSync(join(root, file), join(installed, file), { recursive: true });
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  const logFile = join(folder, 'log');
  const env = { ...plainEnvironment(), XDG_CACHE_HOME: join(folder, 'cache') };
  const args = ['start', '--port', '0', '--data-dir', dataDir];
  return {
    folder,
    dataDir,
    start: ({ nodeArgs = [], args: more = [], env: own = {} } = {}) => startServer({ file: join(installed, 'bin', 'gatehouse'), args: [...args, ...more], env: { ...env, ...own }, logFile, nodeArgs }),
    startCheckout: () => startServer({ file: join(root, 'bin', 'gatehouse'), args, env, logFile }),
    startBare: () => startServer({ file: join(import.meta.dirname, 'bare-server.js'), env, logFile }),
    startStreaming: (files, behind) => startServer({ file: join(import.meta.dirname, 'streaming-server.js'), args: [files, ...(behind === undefined ? [] : [String(behind)])], env, logFile }),
    adminKey() {
      const key = readAccessKey(dataDir, 'default');
      if (!key) throw new Error(`${dataDir} has no credentials`);
      return key;
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

/** Without what would make this Gatehouse another one than a stranger's. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:GATEHOUSE|AWS|NODE)_/.test(name)));
}
