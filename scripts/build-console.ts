/** Builds the console into dist/console/, each file also compressed as browsers take it. It is part of npm's `prepare`, and does nothing where nothing has changed. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { licences } from './licences.ts';

const root = resolve(import.meta.dirname, '..');
const built = join(root, 'dist', 'console');
const stampName = 'built-from';

/** What the console is made of: its sources, what they take from the rest, and the packages. */
const sources = ['console/**/*.{ts,tsx,css,html,json}', 'data/authorization-reference.json', 'models/gatehouse.{ts,json}', 'src/policy/**/*.ts', 'src/base/**/*.ts', 'package-lock.json', 'scripts/build-console.ts', 'scripts/licences.ts', 'NOTICE'];

function stampOfSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(sources, { cwd: root }).filter((path) => !path.endsWith('.test.ts')).sort()) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0');
  return hash.digest('hex');
}

function compress(folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:js|css|html|svg)$/.test(name)) continue;
    const whole = readFileSync(join(folder, name));
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(whole, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: whole.length } }));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(whole, { level: 9 }));
  }
}

/** Builds it unless it is built from these very sources. */
export async function buildConsole(): Promise<void> {
  const stamp = stampOfSources();
  if (isBuiltFrom(stamp)) return;
  // Loaded here: most runs have nothing to build.
  const { build } = await import('vite');
  const modules = new Set<string>();
  const noted: Plugin = { name: 'noted', moduleParsed: ({ id }) => void modules.add(id) };
  // Apart, and put in its place when it is whole: several tests may begin with an old one at the same time, and the first serves it while the next still builds.
  const folder = join(root, 'node_modules', '.cache', `console-${process.pid}`);
  try {
    await build({ configFile: join(root, 'console', 'vite.config.ts'), logLevel: 'warn', plugins: [noted], build: { outDir: folder } });
    writeFileSync(join(folder, 'LICENSES'), licences([...modules]));
    compress(folder);
    writeFileSync(join(folder, stampName), stamp);
    if (!isBuiltFrom(stamp)) {
      rmSync(built, { recursive: true, force: true });
      mkdirSync(dirname(built), { recursive: true });
      renameSync(folder, built);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isBuiltFrom(stamp: string): boolean {
  const file = join(built, stampName);
  return existsSync(file) && readFileSync(file, 'utf8') === stamp;
}

if (import.meta.main) await buildConsole();
