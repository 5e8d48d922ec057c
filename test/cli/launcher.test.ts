/** The launcher hands over as if it were the program itself: same streams, signals, end; and what it started never outlives it. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findOnPath, plainEnvironment } from '../running.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-launcher-'));
after(() => rmSync(folder, { recursive: true }));

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** Starts `bin/run FILE args`, under the Node that runs the tests. */
function launch(file: string, ...args: readonly string[]): ChildProcess {
  const { npm_lifecycle_event: _, ...env } = process.env;
  return spawn(process.execPath, [join(root, 'bin', 'run'), file, ...args], { stdio: ['pipe', 'pipe', 'pipe'], env });
}

async function allOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const part of stream) text += String(part);
  return text;
}

const exitOf = async (child: ChildProcess): Promise<readonly [number | null, NodeJS.Signals | null]> => {
  const [code, signal] = await once(child, 'exit');
  return [code, signal];
};

test('arguments, standard input and the exit code pass through', async () => {
  const child = launch(script('echo.ts', `const args: readonly string[] = process.argv.slice(2);
    process.stdin.on('data', (data) => { console.log(args.join(','), String(data).trim()); process.exitCode = 7; });`), 'a', '--b');
  child.stdin!.end('hello');
  const [text, end] = await Promise.all([allOf(child.stdout!), exitOf(child)]);
  assert.equal(text, 'a,--b hello\n');
  assert.deepEqual(end, [7, null]);
});

const waiting = `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log(process.pid);`;

async function startWaiting(): Promise<{ readonly child: ChildProcess; readonly pid: number }> {
  const child = launch(script('wait.ts', waiting));
  const [line] = await once(child.stdout!, 'data');
  return { child, pid: Number(String(line)) };
}

test('a signal is handed on, and answered by the program', async () => {
  const { child, pid } = await startWaiting();
  assert.notEqual(pid, child.pid);
  child.kill('SIGTERM');
  assert.deepEqual(await exitOf(child), [9, null]);
});

test('a program that ends by a signal is seen to end by that signal', async () => {
  const { child, pid } = await startWaiting();
  process.kill(pid, 'SIGKILL');
  assert.deepEqual(await exitOf(child), [null, 'SIGKILL']);
});

test('a launcher that is killed with SIGKILL takes the program with it', async () => {
  const { child } = await startWaiting();
  const ended = exitOf(child);
  // The program holds the other end of this pipe: its end is the pipe's.
  const closed = once(child.stdout!.resume(), 'close');
  child.kill('SIGKILL');
  assert.deepEqual(await ended, [null, 'SIGKILL']);
  await closed;
});

test('a program that has no more to do ends, although the launcher still holds the channel', async () => {
  const child = launch(script('nothing.ts', 'export {};'));
  assert.deepEqual(await exitOf(child), [0, null]);
});

test('the launcher is plain JavaScript that an older Node parses too', (t) => {
  const node = findOnPath('node');
  const version = node === undefined ? '' : execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (!/^v2[0-3]\./.test(version)) return t.skip(`the machine's own Node is ${version || 'missing'}: one from 20 to 23 would show it`);
  for (const file of ['gatehouse', 'run', 'launch.js', 'leash.js', 'compile-cache.js']) {
    // Through standard input, because a Node this old knows no file without an ending.
    execFileSync(node!, ['--check', '-'], { input: readFileSync(join(root, 'bin', file), 'utf8').replace(/^#!.*/, ''), encoding: 'utf8' });
  }
});

test('under an older Node the checkout runs on the Node it is pinned to', (t) => {
  const node = findOnPath('node');
  const version = node === undefined ? '' : execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  if (!/^v2[0-3]\./.test(version)) return t.skip(`the machine's own Node is ${version || 'missing'}: one from 20 to 23 would show it`);
  const said = execFileSync(node!, [join(root, 'bin', 'gatehouse'), 'version'], { encoding: 'utf8', env: plainEnvironment() });
  assert.match(said, /^gatehouse \d+\.\d+\.\d+ \(Node (?!2[0-3]\.)\d+\.\d+\.\d+\)\n$/);
});

test('the program that is handed over to knows when the launcher began, and nothing that it starts is told', async () => {
  const child = launch(script('told.js', `console.log(JSON.stringify([globalThis[Symbol.for('gatehouse.launchedAt')] <= Date.now() - process.uptime() * 1000 + 1, Object.keys(process.env).filter((name) => name.includes('LAUNCHED'))]));`));
  const [text] = await Promise.all([allOf(child.stdout!), exitOf(child)]);
  assert.deepEqual(JSON.parse(text), [true, []]);
});
