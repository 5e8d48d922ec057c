/** Reads the imports of a source file, as the rules of the house need them: what is imported, from where, also for types only. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');

export interface SourceFile {
  /** From the root of the checkout, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The files that match, in order of path. */
export function sourceFiles(...patterns: readonly string[]): readonly SourceFile[] {
  const paths = globSync([...patterns], { cwd: root, exclude: ['**/node_modules/**', '**/dist/**', '**/.cache/**', '**/.tmp/**'] });
  return [...new Set(paths)].sort().filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile()).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** What a file imports or re-exports, in every form: static, `import type`, `import()`, and `import('…')` in a type. */
export function importsOf({ text }: SourceFile): readonly string[] {
  const specifiers = [...text.matchAll(/(?:^|[\s;}])(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]/g), ...text.matchAll(/(?:^|[\s;}])import\s*['"]([^'"]+)['"]/g), ...text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)];
  return specifiers.map((match) => match[1]!);
}

/** The room of a file of src/: its folder, or `main` for main.ts itself; undefined outside src/. */
export function roomOf(path: string): string | undefined {
  const [top, room, ...rest] = path.split('/');
  if (top !== 'src') return undefined;
  return rest.length === 0 ? room!.replace(/\.ts$/, '') : room;
}

/** The path, from the root, of what a relative import means; undefined for a package or a module of Node. */
export function importedPath(from: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return relative(root, resolve(root, dirname(from.path), specifier)).replaceAll('\\', '/');
}
