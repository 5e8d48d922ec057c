/** Who is refused is recorded, and cannot fill the disk by it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RefusedProofs } from './refused-proofs.ts';

test('a few refusals a minute are recorded as they are, of thousands how many they were', () => {
  let now = Date.UTC(2026, 0, 1);
  const records: { readonly name?: number; readonly eventName?: string; readonly additionalEventData?: object }[] = [];
  const refused = new RefusedProofs({ clock: () => now, recordEvent: (record) => void records.push(record) });
  for (let name = 0; name < 10_000; name++) refused.record({ name });
  assert.deepEqual(records.map(({ name }) => name), Array.from({ length: 20 }, (_, name) => name));
  now += 60_000;
  refused.record({ name: 10_000 });
  assert.deepEqual(records.slice(20).map(({ name, eventName, additionalEventData }) => [name, eventName, additionalEventData]), [
    [undefined, 'RefusedProofs', { refused: 9_980, since: '2026-01-01T00:00:00Z' }],
    [10_000, undefined, undefined],
  ]);
});
