/** Holds promises.ts to the compiler: each line under an `@ts-expect-error` is refused, for the reason that stands there, and no other line is. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../imports.ts';

const promises = readFileSync(join(root, 'test', 'types', 'promises.ts'), 'utf8');

interface Refused { readonly line: number; readonly message: string }

/** What the compiler, under the project's own settings, says of a text that stands in test/types. */
function compile(text: string): readonly Refused[] {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-types-'));
  try {
    const file = join(folder, 'promises.ts');
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(file, text.replaceAll("from '../../", `from '${root}/`));
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { typeRoots: [join(root, 'node_modules', '@types')] }, files: [file], include: [] }));
    const { stdout, error } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['--noEmit', '--pretty', 'false', '-p', folder], { encoding: 'utf8', cwd: folder, shell: process.platform === 'win32' });
    assert.equal(error, undefined);
    const refusals: { line: number; message: string }[] = [];
    for (const line of stdout.split('\n').filter((each) => each !== '')) {
      const at = /^(.*)\((\d+),\d+\): error (.*)$/.exec(line);
      if (at) {
        assert.match(at[1]!, /promises\.ts$/, line);
        refusals.push({ line: Number(at[2]), message: at[3]! });
      } else {
        // Indented lines go on with the reason.
        refusals.at(-1)!.message += `\n${line}`;
      }
    }
    return refusals;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines under the comments, by number, with the words that the compiler must say of them. */
function expectations(): ReadonlyMap<number, string> {
  return new Map(promises.split('\n').flatMap((line, i): [number, string][] => {
    const words = /^\/\/ @ts-expect-error(?:: (.+))?$/.exec(line);
    if (!words) return [];
    assert.ok(words[1], `line ${i + 1}: say after a colon what the compiler says`);
    return [[i + 2, words[1]]];
  }));
}

test('every promise is kept: with its @ts-expect-error each line compiles, and none of these is unused', () => {
  assert.deepEqual(compile(promises), []);
});

test('each line is refused for the reason that stands above it', () => {
  const expected = expectations();
  assert.ok(expected.size >= 25);
  const refused = compile(promises.replaceAll('// @ts-expect-error', '// Refused'));
  assert.deepEqual([...new Set(refused.map(({ line }) => line))], [...expected.keys()]);
  const mistaken = [...expected].flatMap(([line, words]) => {
    const message = refused.filter((each) => each.line === line).map((each) => each.message).join('\n');
    return message.includes(words) ? [] : [`line ${line}: not because ${words}, but because\n${message}`];
  });
  assert.equal(mistaken.join('\n'), '');
});
