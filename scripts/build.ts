/** Builds what is published: dist/, the TypeScript of src/ compiled, with the data it reads where it looks for it. */
import { spawnSync } from 'node:child_process';
import { cpSync, globSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** What src/ reads at run time, by a path relative to itself. */
const data = ['models/*.json', 'data/*.json'];

function compile(): void {
  const { status, error } = spawnSync(join(root, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (error) throw error;
  if (status !== 0) throw new Error(`tsc ended with ${status}`);
}

rmSync(dist, { recursive: true, force: true });
compile();
for (const file of globSync(data, { cwd: root })) cpSync(join(root, file), join(dist, file));
