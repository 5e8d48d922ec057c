/** Appends batches of events to a stream in a process of its own, which says each that is durable, until it is killed. */
import { EventLog } from '../../src/services/logs/events/event-log.ts';
import type { StoredEvent } from '../../src/services/logs/events/record.ts';

const [path, streamId, round] = process.argv.slice(2) as [string, string, string];
const log = new EventLog(path);
const at = Date.parse('2026-11-24T10:00:00Z');
for (let batch = 0; ; batch++) {
  // Some are larger than a pipe, a page and what a file system takes at once.
  const events = Array.from({ length: 1 + (batch % 4) }, (_, i): StoredEvent => [at + batch, `${round} ${batch} ${i} ${'x'.repeat(batch % 7 === 0 ? 300_000 : 20)}`]);
  await log.append({ account: '111122223333', groupId: '00000000-0000-4000-8000-000000000001', streamId }, events, at, () => true);
  process.stdout.write(`${batch} ${events.length}\n`);
}
