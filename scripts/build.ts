/** Builds what is published: dist/, where src/ and the packages that it uses are a few files of plain JavaScript, with those packages' licences. */

// Few files, because looking for, reading and linking some hundred modules is most of what a start costs. CommonJS, because an
// `import` of a module of Node looks at each of its exports, and so loads what nobody asked for: fetch with node:http, for one.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import type { InputOptions, OutputChunk, OutputOptions, Plugin } from 'rolldown';
import { buildConsole } from './build-console.ts';
import { licences } from './licences.ts';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** As deep below the package as the rooms of src/ are, so that `../../models/` is the same folder from both. */
const program = join(dist, 'program');

/** A text in which no character is beyond ASCII takes half the memory, and is read as it is. Comments are gone, so what is escaped stands in a literal. */
const asciiOnly = (code: string): string => code.replaceAll(/[^\x00-\x7f]/g, (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Modules of Node that most starts never use, and that cost a millisecond or more to load. */
const seldomUsed: ReadonlySet<string> = new Set(['node:assert', 'node:child_process', 'node:fs/promises', 'node:https', 'node:timers/promises', 'node:tls', 'node:worker_threads', 'node:zlib']);

/** Stands before such a module: what is imported from it is looked up when it is used, and the module loaded at the first look. */
const seldomUsedLater: Plugin = {
  name: 'seldom-used-later',
  resolveId: (specifier) => (isBuiltin(specifier) && seldomUsed.has(withScheme(specifier)) ? `\0later:${withScheme(specifier)}` : undefined),
  load(id) {
    if (!id.startsWith('\0later:')) return undefined;
    const name = JSON.stringify(id.slice('\0later:'.length));
    const builtin: unknown = process.getBuiltinModule(JSON.parse(name));
    const exported = JSON.stringify(Object.keys(builtin ?? {}));
    // One that is itself a function can be called.
    const itself = typeof builtin === 'function' ? `module.exports = (...given) => process.getBuiltinModule(${name})(...given);` : '';
    return `${itself} for (const name of ${exported}) Object.defineProperty(module.exports, name, { enumerable: true, get: () => process.getBuiltinModule(${name})[name] });`;
  },
};

/** What a package compiles for the machine that it is installed on is not published: it does without where it cannot have it, as this one then cannot. */
const withoutAdditions: Plugin = {
  name: 'without-additions',
  resolveId: (specifier) => (specifier.endsWith('.node') || specifier === 'cpu-features' ? '\0absent' : undefined),
  load: (id) => (id === '\0absent' ? { code: 'throw new Error("not published with this program");', moduleType: 'js' } : undefined),
};

const withScheme = (specifier: string): string => (specifier.startsWith('node:') ? specifier : `node:${specifier}`);

/** In such a template an escape would be text. */
function refuseRaw(code: string): void {
  const [raw] = /String\.raw`[^`]*[^\x00-\x7f][^`]*`/.exec(code) ?? [];
  if (raw !== undefined) throw new Error(`no character beyond ASCII may stand in a raw template: ${raw}`);
}

const doors = join(root, 'src', 'doors');

const shape: OutputOptions = { format: 'cjs', strict: true, entryFileNames: '[name].js', chunkFileNames: '[name].js', comments: { legal: true, annotation: false, jsdoc: false } };

/** What starts in a process or a thread of its own is bundled on its own. */
const entries: readonly { readonly name: string; readonly file: string }[] = [
  { name: 'gatehouse', file: 'src/main.ts' },
  { name: 'sqlite-writer', file: 'src/store/journals/sqlite-writer.ts' },
  { name: 'side-writer', file: 'src/store/side-writer.ts' },
  { name: 'inside', file: 'src/doors/machines/inside.ts' },
  { name: 'container-relay', file: 'src/doors/machines/container-relay.ts' },
  { name: 'digest-worker', file: 'src/server/digest-worker.ts' },
  { name: 'index-writer', file: 'src/services/s3/objects/index-writer.ts' },
];

interface Imports { readonly now: readonly string[]; readonly later: readonly string[] }

/** All that is loaded with some modules, themselves among it. */
function loadedWith(ids: readonly string[], imports: ReadonlyMap<string, Imports>): ReadonlySet<string> {
  const loaded = new Set(ids);
  // A set is walked to the end of what is added on the way.
  for (const id of loaded) for (const next of imports.get(id)?.now ?? []) loaded.add(next);
  return loaded;
}

/** What main.ts loads for a start of some options, for other commands, or when a start is over. */
const seldomStarted: ReadonlySet<string> = new Set(['src/server/compilers.ts', 'src/server/listed-actions.ts', 'src/server/recover-root.ts', 'src/server/workers.ts', 'src/store/journals/memory.ts', 'src/store/repair.ts'].map((file) => join(root, file)));

/** The program in two files: the command line, and the server, which main.ts loads for the commands that need it. What either loads later has files of its own. */
function fileOf(id: string, main: string, imports: ReadonlyMap<string, Imports>): string | null {
  const commandLine = loadedWith([main], imports);
  if (commandLine.has(id)) return 'command-line';
  // A door is loaded when somebody comes to it: a start does without.
  const server = loadedWith((imports.get(main)?.later ?? []).filter((later) => !later.startsWith(doors) && !seldomStarted.has(later)), imports);
  return server.has(id) ? 'server' : null;
}

/** Whatever a build warns of is a mistake, but not that a busy machine took its time. */
const strict: Pick<InputOptions, 'checks' | 'onLog'> = { checks: { pluginTimings: false }, onLog: (_, log) => { throw new Error(log.message); } };

async function bundle({ name, file }: (typeof entries)[number]): Promise<readonly OutputChunk[]> {
  const imports = new Map<string, Imports>();
  const graph: Plugin = { name: 'graph', moduleParsed: ({ id, importedIds, dynamicallyImportedIds }) => { imports.set(id, { now: importedIds, later: dynamicallyImportedIds }); } };
  const bundled = await rolldown({ cwd: root, input: { [name]: file }, platform: 'node', plugins: [withoutAdditions, seldomUsedLater, graph], ...strict });
  const { output } = await bundled.generate({ ...shape, codeSplitting: { groups: [{ name: (id) => fileOf(id, join(root, file), imports) }] } });
  await bundled.close();
  const chunks = output.filter((part) => part.type === 'chunk');
  for (const { fileName, code } of chunks) {
    refuseRaw(code);
    writeFileSync(join(program, fileName), asciiOnly(code), { flag: 'wx' });
  }
  return chunks;
}

/** The library for other programs: one module, and the types of what it exports. */
async function bundleLibrary(): Promise<void> {
  const folder = join(dist, 'policy');
  mkdirSync(folder);
  // As for a browser: a module of Node would not be found.
  const bundled = await rolldown({ cwd: root, input: { library: 'src/policy/library.ts' }, platform: 'browser', ...strict });
  const { output: [chunk] } = await bundled.generate({ format: 'es', entryFileNames: '[name].js', comments: { legal: true, annotation: false, jsdoc: false } });
  await bundled.close();
  writeFileSync(join(folder, 'library.js'), asciiOnly(chunk.code));
  const compiled = join(dist, 'types');
  const options = ['--ignoreConfig', '--declaration', '--emitDeclarationOnly', '--rootDir', 'src', '--outDir', compiled, '--target', 'es2024', '--module', 'nodenext', '--allowImportingTsExtensions', '--rewriteRelativeImportExtensions', '--strict', '--skipLibCheck'];
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['src/policy/library.ts', ...options], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`tsc ended with ${status}`);
  copyTypes('library.d.ts', join(compiled, 'policy'), folder, new Set());
  rmSync(compiled, { recursive: true });
}

/** A file of types and those that it imports, by the names that they have for others. `name` is its path in either folder. */
function copyTypes(name: string, from: string, to: string, done: Set<string>): void {
  if (done.has(name)) return;
  done.add(name);
  const text = readFileSync(join(from, name), 'utf8').replaceAll(/(from '\.{1,2}\/[\w./-]+)\.ts'/g, "$1.js'");
  mkdirSync(dirname(join(to, name)), { recursive: true });
  writeFileSync(join(to, name), text);
  for (const [, imported] of text.matchAll(/from '(\.{1,2}\/[\w./-]+)\.js'/g)) copyTypes(join(dirname(name), `${imported!}.d.ts`), from, to, done);
}

// But for the console's, which is built only where it has changed.
for (const name of existsSync(dist) ? readdirSync(dist) : []) if (name !== 'console') rmSync(join(dist, name), { recursive: true });
mkdirSync(program, { recursive: true });
await buildConsole();
const chunks: OutputChunk[] = [];
for (const entry of entries) chunks.push(...(await bundle(entry)));
await bundleLibrary();
writeFileSync(join(program, 'package.json'), '{ "type": "commonjs" }\n');
writeFileSync(join(dist, 'LICENSES'), licences(chunks.flatMap(({ moduleIds }) => moduleIds)));
