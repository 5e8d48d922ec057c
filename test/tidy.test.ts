/** The rules of the house, checked: which room may import which, what is pure, what every file says of itself, what may only shrink. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { options } from '../src/cli/options.ts';
import { loadedServices } from '../src/services/index.ts';
import { importedPath, importsOf, roomOf, root, sourceFiles } from './imports.ts';
import type { SourceFile } from './imports.ts';

const services = await loadedServices();

/** Room → what its files may import besides their own room. The same table stands in docs/architecture.md, and both are checked to be equal. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  base: [],
  model: ['base'],
  protocol: ['model', 'base'],
  policy: ['base'],
  store: ['base'],
  credentials: ['base'],
  proof: ['base'],
  authn: ['proof', 'credentials', 'store', 'base'],
  authz: ['policy', 'store', 'base'],
  services: ['authz', 'proof', 'credentials', 'policy', 'store', 'model', 'base'],
  server: ['services', 'authz', 'authn', 'proof', 'credentials', 'store', 'policy', 'protocol', 'model', 'base'],
  doors: ['authn', 'authz', 'services', 'credentials', 'proof', 'store', 'base'],
  cli: ['doors', 'policy', 'credentials', 'base'],
  main: ['cli', 'doors', 'server', 'services', 'authz', 'authn', 'proof', 'credentials', 'store', 'policy', 'protocol', 'model', 'base'],
};

/** The rooms that do no I/O and read no clock, environment or randomness: those are arguments. */
const pureRooms: ReadonlySet<string> = new Set(['base', 'model', 'protocol', 'policy', 'proof']);

/** Modules of Node that compute and touch nothing. */
const pureModules = new Set(['node:buffer', 'node:crypto', 'node:util', 'node:assert', 'node:zlib']);

/** How a pure room could reach for the world all the same. */
const impurities: readonly RegExp[] = [
  /\bDate\.now\b/, /\bnew Date\(\s*\)/, /\bperformance\b/, /\bprocess\b/, /\bMath\.random\b/, /\bgetRandomValues\b/, /\brandom(?:Bytes|UUID|Int|Fill|FillSync)\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/, /\bfetch\(/, /\bconsole\./, /\bglobalThis\b/, /\bWebSocket\b/, /\bgenerateKey(?:Pair)?(?:Sync)?\b/,
];

/** What is not built yet, counted. May only shrink. */
const unimplementedMax: Readonly<Record<string, number>> = { iam: 0, sts: 0, s3: 41, codecommit: 59, rds: 157, ec2: 728, logs: 95, iot: 216, 'ec2-instance-connect': 1, rolesanywhere: 0, eks: 54, 'eks-auth': 0, gatehouse: 0 };

/** Files that a person looked at and found to hold one idea although they are long. */
const longFiles: ReadonlySet<string> = new Set([]);

const code = () => sourceFiles('{src,test,scripts,bench,bin}/**/*.{ts,js}', 'bin/gatehouse', 'bin/run');
const product = () => sourceFiles('src/**/*.ts').filter(({ path }) => !path.endsWith('.test.ts'));

/** The text without comments, so that prose about a clock is not a clock. Strings stay. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

test('a room imports only what the table lets it import', () => {
  for (const file of product()) {
    const room = roomOf(file.path)!;
    const allowed = rooms[room];
    assert.ok(allowed, `${file.path}: ${room} is no room; a new one gets a row in test/tidy.test.ts and in docs/architecture.md`);
    for (const specifier of importsOf(file)) {
      const path = importedPath(file, specifier);
      const other = path === undefined ? undefined : roomOf(path);
      if (other === undefined || other === room) continue;
      assert.ok(allowed.includes(other), `${file.path} imports ${specifier}, but ${room} may import only ${allowed.join(', ') || 'nothing'}. Move what both need into a room that both may import, or hand it in as an argument.`);
    }
  }
});

test('no two rooms of the table import each other, directly or round about', () => {
  const reaches = (from: string, seen: ReadonlySet<string>): void => {
    for (const next of rooms[from]!) {
      assert.ok(!seen.has(next), `${[...seen, next].join(' → ')} is a circle`);
      reaches(next, new Set([...seen, next]));
    }
  };
  for (const room of ['main', 'doors']) reaches(room, new Set([room]));
});

test('outside src, product code imports only the generated types of models/', () => {
  for (const file of product()) {
    for (const specifier of importsOf(file)) {
      const path = importedPath(file, specifier);
      if (path === undefined || roomOf(path) !== undefined) continue;
      assert.match(path, /^models\/[a-z0-9-]+\.ts$/, `${file.path} imports ${specifier}`);
      assert.ok(!withoutComments(file.text).split('\n').some((line) => line.includes(specifier) && !line.includes('import type')), `${file.path}: ${specifier} holds types only, so \`import type\``);
    }
  }
});

test('one service never imports another: they meet in the store', () => {
  const serviceOf = (path: string) => /^src\/services\/([^/]+)\//.exec(path)?.[1];
  for (const file of product()) {
    const service = serviceOf(file.path);
    if (service === undefined) continue;
    for (const specifier of importsOf(file)) {
      const other = serviceOf(importedPath(file, specifier) ?? '');
      assert.ok(other === undefined || other === service, `${file.path} imports ${specifier}`);
    }
  }
});

test('the pure rooms do no I/O and read no clock, environment or randomness', () => {
  for (const file of product()) {
    if (!pureRooms.has(roomOf(file.path)!)) continue;
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('node:')) assert.ok(pureModules.has(specifier), `${file.path} imports ${specifier}: hand in what it would fetch`);
    }
    const text = withoutComments(file.text);
    for (const impurity of impurities) assert.doesNotMatch(text, impurity, `${file.path}: hand it in as an argument`);
  }
});

test('the first line of every file says what the file is for', () => {
  for (const { path, text } of [...code(), ...sourceFiles('models/*.ts')]) {
    const [first, second] = text.split('\n');
    const line = first!.startsWith('#!') ? second : first;
    assert.match(line ?? '', /^\/\*\* .{20,} \*\/$/, `${path}: its first line must be a sentence in /** … */ that says what the file is for`);
  }
});

test('no file is long, and none is named after nothing', () => {
  for (const { path, text } of code()) {
    assert.doesNotMatch(path, /(?:^|[/.-])(?:utils?|helpers?|common|misc|managers?)(?:[/.-]|$)/, `${path}: name it after the thing that it holds`);
    const lines = text.split('\n').length;
    assert.ok(lines <= 400 || longFiles.has(path), `${path} has ${lines} lines: look again whether it holds one idea; if it does, it may stand in longFiles`);
  }
});

test('a service\'s list of what is not built only gets shorter', () => {
  for (const { name, unimplemented } of services) {
    const most = unimplementedMax[name];
    assert.ok(most !== undefined, `${name}: a new service states here how much of it is missing`);
    assert.ok(unimplemented.length <= most, `${name}: ${unimplemented.length} operations are not built, and it was ${most}. An operation that is there stays there.`);
    assert.equal(unimplemented.length, most, `${name}: now only ${unimplemented.length} operations are not built. Well done: lower the number in unimplementedMax, so that it stays so.`);
  }
});

/** Written in parts, so that this file does not hold what it looks for. */
const foreign = ['/wo' + 'rk/', '.libr' + 'ary/', '../sha' + 'red', 'registry.' + 'npm', 'npm' + 'js.org', 'registry.' + 'yarn', 'py' + 'pi.org', 'proxy.' + 'golang', '/ro' + 'ot/.', '/opt/' + 'tf', 'Docu' + 'ments/git'];

const texts = (): readonly SourceFile[] => sourceFiles('{src,test,scripts,bench,bin,docs,runtime,.ci}/**/*', 'models/*.{ts,json}', '*.{md,json,rc}', '.*rc*', 'NOTICE', 'LICENSE').filter(({ path }) => /\.(?:ts|js|md|json|sh|tf)$|^bin\/|^\.ci\/|^[A-Z]+$|^\.npmrc$/.test(path));

test('nothing names this or that machine\'s folders, or a package registry', () => {
  for (const { path, text } of texts()) {
    for (const word of foreign) assert.ok(!text.includes(word), `${path} contains ${word}`);
  }
});

test('the lockfile names packages by version and checksum, not by where one machine got them', () => {
  const lock: { packages: Record<string, { resolved?: string; integrity?: string; link?: boolean; version?: string }> } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, { resolved, integrity, link }] of Object.entries(lock.packages)) {
    assert.doesNotMatch(resolved ?? '', /^https?:/, path);
    if (path.startsWith('node_modules/') && link !== true) assert.ok(integrity, `${path} has no checksum`);
  }
});

test('docs/architecture.md shows the same table of rooms', () => {
  const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
  const shown = Object.fromEntries([...text.matchAll(/^\| `src\/([a-z]+)(?:\/|\.ts)` \|.*\| ([^|]*) \|$/gm)].map((match) => [match[1]!, match[2]!.trim()]));
  const anything = new Set(['server', 'main']);
  for (const [room, allowed] of Object.entries(rooms)) {
    assert.equal(shown[room], anything.has(room) ? 'all above' : allowed.join(', ') || 'nothing', `the row of ${room}`);
  }
  assert.deepEqual(Object.keys(shown).sort(), Object.keys(rooms).sort());
});

test('docs/dependencies.md says why of every dependency, and of no other', () => {
  const manifest: Record<string, Record<string, string> | undefined> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const text = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]!);
  assert.deepEqual(listed.toSorted(), [...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.devDependencies ?? {})].sort());
});

test('a GATEHOUSE_ variable or a flag of a start that a document names exists', () => {
  const variables = new Set(Object.values(options).map(({ environment }) => environment as string));
  const flags = new Set(['--help', ...Object.values(options).map(({ flag }) => flag)]);
  for (const { path, text } of sourceFiles('*.md', 'docs/**/*.md')) {
    for (const [name] of text.matchAll(/\bGATEHOUSE_[A-Z_]*[A-Z]\b/g)) assert.ok(variables.has(name), `${path} names ${name}`);
    for (const match of text.matchAll(/gatehouse(?:-iam)? start((?: [^`\n#|&]+)?)/g)) {
      for (const [flag] of match[1]!.matchAll(/--[a-z-]+/g)) assert.ok(flags.has(flag), `${path} names ${flag}`);
    }
  }
});

test('README.md says how many operations there are', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll(/\s+/g, ' ');
  const built = Object.fromEntries(services.map(({ name, operations, unimplemented }) => [name, { there: operations.size, all: operations.size + unimplemented.length }]));
  const sentence = `${built.iam!.there} of IAM's ${built.iam!.all} operations and ${built.sts!.there} of STS's ${built.sts!.all}`;
  assert.ok(readme.includes(sentence), `README.md must say: ${sentence}`);
});

test('a link from one document to another leads somewhere', () => {
  for (const { path, text } of sourceFiles('*.md', 'docs/**/*.md')) {
    for (const match of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)) assert.ok(existsSync(join(root, dirname(path), match[1]!)), `${path} links to ${match[1]}`);
  }
});

test('CHANGELOG.md has a place for what is not released yet, and the version of package.json', () => {
  const text = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  assert.match(text, /^## Unreleased$/m);
  assert.match(text, new RegExp(`^## (?:Unreleased|${version.replaceAll('.', String.raw`\.`)}\\b)`, 'm'));
});
