/** A store of objects whose process is killed at any moment: what was acknowledged is there, and nothing is there by half. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { md5, readText, withStore } from './object-folder.ts';

const putting = fileURLToPath(new URL('./putting-process.ts', import.meta.url));
const kills = 12;

test(`${kills} times SIGKILL: every acknowledged object is there, whole or newer, every removed one gone or put anew`, () => withStore(async (_, { path, reopen }) => {
  /** Key → the last round that was acknowledged; a removal that was begun may or may not have come about. */
  const acknowledged = new Map<string, { round: number; state: 'put' | 'removing' | 'removed' }>();
  for (let kill = 0; kill < kills; kill++) {
    const child = spawn(process.execPath, [putting, path, `s${kill}`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let lines = 0;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [state, key, round] = line.split(' ');
      acknowledged.set(key!, { round: Number(round), state: state as 'put' });
      // Wherever it then is.
      if (++lines === 20 + kill * 13) child.kill('SIGKILL');
    });
    await once(child, 'close');
  }
  const again = await reopen();
  assert.ok(acknowledged.size > kills * 3);
  for (const [key, { round, state }] of acknowledged) {
    const found = again.find({ bucket: 'b', key });
    if (state !== 'put' && !found) continue;
    assert.ok(found, `${key} was acknowledged in round ${round}`);
    const text = await readText(again, 'b', key);
    assert.equal(md5(text), found.etag, `${key} is whole`);
    const seen = Number(text.split(' ')[1]);
    assert.ok(state === 'put' ? seen >= round : seen !== round || state === 'removing', `${key}: seen round ${seen}, ${state} ${round}`);
  }
  for (const entry of again.list({ bucket: 'b', limit: 10_000 }).entries) if ('item' in entry) assert.equal(md5(await readText(again, 'b', entry.item.key)), entry.item.etag);
  // What the last kill left is young: it may still be somebody's. All else is known, and lies where it belongs.
  const known = new Set(again.list({ bucket: 'b', limit: 10_000 }).entries.flatMap((entry) => ('item' in entry ? entry.item.segments.map(({ fileId }) => fileId) : [])));
  for (const fileId of readdirSync(join(path, 'incoming'))) assert.ok(!known.has(fileId), `${fileId} was settled by the opening`);
}));
