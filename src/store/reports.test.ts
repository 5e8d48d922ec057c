/** Reports are kept until their time is over, in memory and in the file alike. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Clock } from '../base/clock.ts';
import { memoryReports } from './reports.ts';
import type { ReportStore } from './reports.ts';
import { openSideStore } from './side-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-reports-'));
const opened: { close(): Promise<void> }[] = [];
after(async () => {
  for (const guard of opened) await guard.close();
  rmSync(folder, { recursive: true });
});

function openReports(file: string, clock: Clock): ReportStore {
  const { guard, reports } = openSideStore(file, clock);
  opened.push(guard);
  return reports;
}

let files = 0;
const stores: Readonly<Record<string, (clock: Clock) => ReportStore>> = { memory: memoryReports, file: (clock) => openReports(join(folder, `side-${++files}.sqlite`), clock) };

for (const [kind, open] of Object.entries(stores)) {
  describe(kind, () => {
    test('a report is found by its account and name until its time is over, and replaced by the next of that name', async () => {
      let now = 1_000;
      const reports = open(() => now);
      const report = { account: '111122223333', name: 'credentials', at: 1_000, until: 2_000, body: 'a,b\n'.repeat(1_000) };
      await reports.put(report);
      await reports.put({ ...report, name: 'other', body: 'x' });
      assert.deepEqual(reports.find('111122223333', 'credentials'), report);
      assert.equal(reports.find('222233334444', 'credentials'), undefined);
      assert.equal(reports.find('111122223333', 'nothing'), undefined);
      await reports.put({ ...report, body: 'newer' });
      assert.equal(reports.find('111122223333', 'credentials')?.body, 'newer');
      now = 2_000;
      assert.equal(reports.find('111122223333', 'credentials'), undefined);
    });

    test('a report has parts, which go with it; of a family the newest are kept', async () => {
      const reports = open(() => 0);
      const report = (name: string, at: number) => ({ account: 'a', name, at, until: 1_000_000, body: name });
      await reports.put(report('jobs/other/1', 0), { prefix: 'jobs/other/', max: 2 });
      await reports.put({ ...report('jobs/own/1', 0), account: 'b' });
      for (let at = 1; at <= 4; at++) {
        for (let part = 0; part < 12; part++) await reports.putPart({ ...report(`jobs/own/${at}`, at), body: `part ${part} of ${at}` }, part);
        await reports.put(report(`jobs/own/${at}`, at), { prefix: 'jobs/own/', max: 2 });
      }
      assert.deepEqual([1, 2, 3, 4].map((at) => reports.find('a', `jobs/own/${at}`)?.body), [undefined, undefined, 'jobs/own/3', 'jobs/own/4']);
      assert.deepEqual([1, 2, 3, 4].map((at) => reports.find('a', `jobs/own/${at}`, 11)?.body), [undefined, undefined, 'part 11 of 3', 'part 11 of 4']);
      assert.deepEqual([reports.find('a', 'jobs/other/1')?.body, reports.find('b', 'jobs/own/1')?.body, reports.find('a', 'jobs/own/4', 12)], ['jobs/other/1', 'jobs/own/1', undefined]);
    });
  });
}

test('another process finds what one has made', async () => {
  const file = join(folder, 'shared.sqlite');
  const [one, other] = [openReports(file, () => 0), openReports(file, () => 0)];
  await one.put({ account: 'a', name: 'n', at: 0, until: 1, body: 'é' });
  assert.equal(other.find('a', 'n')?.body, 'é');
});
