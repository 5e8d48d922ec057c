/** Log events whose writers are killed at any moment, or write to one stream together: what was acknowledged is there, whole and once, and what was not is there whole or not at all. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EventLog } from '../../src/services/logs/events/event-log.ts';
import { search } from '../../src/services/logs/events/search.ts';
import { StreamIndex } from '../../src/services/logs/events/stream-index.ts';

const writing = fileURLToPath(new URL('./writing-process.ts', import.meta.url));
const streamId = '00000000-0000-4000-8000-000000000002';
const place = { account: '111122223333', groupId: '00000000-0000-4000-8000-000000000001', streamId };

/** Starts a writer that is killed after so many acknowledgements; resolves to what it had said. */
async function writeUntilKilled(path: string, round: string, acknowledgements: number): Promise<readonly string[]> {
  const child: ChildProcess = spawn(process.execPath, [writing, path, streamId, round], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const [batch, events] = line.split(' ');
    for (let i = 0; i < Number(events); i++) said.push(`${round} ${batch} ${i}`);
    // Wherever it then is.
    if (said.length >= acknowledgements) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return said;
}

/** What is read of the stream, by a process that knows nothing of it. */
async function readAll(path: string): Promise<{ readonly names: readonly string[]; readonly warnings: readonly string[] }> {
  const log = new EventLog(path);
  const warnings: string[] = [];
  const index = new StreamIndex(log, (message) => warnings.push(message));
  const names: string[] = [];
  let gap: Parameters<typeof search>[2]['gap'];
  do {
    const { events, rest } = await search(log, index, { streams: [place], from: 0, to: Infinity, direction: 'forwards', gap, limit: 1_000 });
    names.push(...events.map(({ message }) => message.split(' ').slice(0, 3).join(' ')));
    gap = rest;
  } while (gap);
  return { names, warnings };
}

async function withFolder(work: (path: string) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-logs-'));
  await work(path).finally(() => rmSync(path, { recursive: true }));
}

test('eight times SIGKILL, with a second writer beside: every acknowledged event is there once, and none by half', () => withFolder(async (path) => {
  const acknowledged: string[] = [];
  for (let kill = 0; kill < 4; kill++) {
    const both = await Promise.all([writeUntilKilled(path, `a${kill}`, 10 + kill * 17), writeUntilKilled(path, `b${kill}`, 15 + kill * 11)]);
    acknowledged.push(...both.flat());
  }
  const { names, warnings } = await readAll(path);
  const seen = new Set(names);
  assert.equal(seen.size, names.length, 'none is there twice');
  for (const name of acknowledged) assert.ok(seen.has(name), `${name} was acknowledged`);
  assert.deepEqual(warnings, []);
}));

test('a line that a power cut left, and one that was damaged, spoil no other; a damaged one is told', () => withFolder(async (path) => {
  const log = new EventLog(path);
  const at = Date.parse('2026-11-24T10:00:00Z');
  const append = (name: string) => log.append(place, [[at, name]], at, () => true);
  await append('r 0 0');
  const folder = log.folderOf(place);
  const [file] = readdirSync(folder).map((name) => join(folder, name)) as [string];
  appendFileSync(file, '\n123 400 17');
  await append('r 1 0');
  appendFileSync(file, Buffer.from([10, 0, 255, 7]));
  await append('r 2 0');
  assert.deepEqual(await readAll(path), { names: ['r 0 0', 'r 1 0', 'r 2 0'], warnings: [] });
  writeFileSync(file, readFileSync(file, 'latin1').replace('r 1 0', 'r 9 0'), 'latin1');
  const { names, warnings } = await readAll(path);
  assert.deepEqual(names, ['r 0 0', 'r 2 0']);
  assert.match(warnings.join(), /^a batch of log events is damaged and left out: .* at byte \d+$/);
}));
