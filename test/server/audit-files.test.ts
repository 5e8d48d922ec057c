/** The audit files: what happens while they cannot be written, what stands in them afterwards, and that a deleted one is noticed. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { isoBasic } from '../../src/base/clock.ts';
import { openAuditLog } from '../../src/server/audit-log.ts';
import { limits } from '../../src/server/limits.ts';
import { startGatehouse, testEpoch } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';

const isFullThere = process.platform === 'linux' ? false : 'only Linux has /dev/full, a file whose disk is full';

/** A Gatehouse with audit files in a folder of its own; `prepare` is called before the first is opened. */
async function audited(t: TestContext, prepare: (dir: string) => void = () => {}) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-audit-'));
  prepare(dir);
  const warnings: string[] = [];
  let events = 0;
  const audit = openAuditLog({ dir, clock: () => testEpoch, newEventId: () => `event-${++events}`, warn: (message) => void warnings.push(message) });
  const gatehouse = await startGatehouse({ audit });
  const ask = async (service: string, body: string) => {
    const { accessKeyId, secretAccessKey } = gatehouse.admin;
    const { method, target, rawHeaders, body: bytes } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, service, body });
    const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i) => [rawHeaders[2 * i]!, rawHeaders[2 * i + 1]!] as const);
    const { status, body: answer } = await gatehouse.send({ method, target, headers, body: bytes });
    return { status, text: String(answer) };
  };
  const ready = async () => {
    const { status, body } = await gatehouse.send({ method: 'GET', target: '/ready', headers: [['Host', 'localhost']] });
    return { code: status, ...JSON.parse(String(body)) as { status: string; reason?: string } };
  };
  const files = () => readdirSync(dir).sort().map((name) => join(dir, name));
  return {
    dir, audit, warnings, ask, ready, files,
    records: () => files().filter((file) => lstatSync(file).isFile()).flatMap((file) => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { eventName: string; errorCode?: string; eventID: string; additionalEventData?: { recordsLost: number } })),
    async [Symbol.asyncDispose]() {
      audit.close();
      await gatehouse.stop();
      rmSync(dir, { recursive: true });
    },
  };
}

const identity = ['sts', 'Action=GetCallerIdentity&Version=2011-06-15'] as const;
const makeUser = (name: string) => ['iam', `Action=CreateUser&Version=2010-05-08&UserName=${name}`] as const;
const fileName = (n: number): string => `audit-${isoBasic(testEpoch)}-${process.pid}-${n}.jsonl`;

/** Lets the buffer be written, and waits for the file system. */
async function flushed(t: TestContext, isDone: () => boolean): Promise<void> {
  t.mock.timers.tick(limits.auditFlushMs);
  while (!isDone()) await new Promise((resolve) => { setImmediate(resolve); });
}

test('while records cannot be written, reads go on, changes are refused, /ready says so; what was asked meanwhile, and the gap, are recorded when it works again', { skip: isFullThere }, async (t) => {
  await using it = await audited(t, (dir) => symlinkSync('/dev/full', join(dir, fileName(1))));
  assert.deepEqual((await it.ready()).code, 200);
  assert.equal((await it.ask(...makeUser('before'))).status, 200);
  await flushed(t, () => it.audit.failure() !== undefined);
  assert.match(it.audit.failure()!, /ENOSPC/);
  assert.deepEqual(it.warnings, ['the audit log cannot be written; changes are refused until it can']);
  assert.deepEqual(await it.ready(), { code: 503, status: 'not ready', reason: 'the audit log cannot be written' });
  const refused = await it.ask(...makeUser('during'));
  assert.equal(refused.status, 503);
  assert.match(refused.text, /<Code>ServiceUnavailable<\/Code><Message>The audit log cannot be written, so nothing is changed until it can\.<\/Message>/);
  assert.doesNotMatch(refused.text, /ENOSPC/);
  assert.equal((await it.ask(...identity)).status, 200);
  assert.match((await it.ask('iam', 'Action=ListUsers&Version=2010-05-08')).text, /<UserName>before</);
  assert.doesNotMatch((await it.ask('iam', 'Action=ListUsers&Version=2010-05-08')).text, /<UserName>during</);
  // The next try is with a new file.
  await flushed(t, () => it.audit.failure() === undefined);
  await flushed(t, () => it.records().some(({ eventName }) => eventName === 'AuditGap'));
  assert.equal((await it.ask(...makeUser('after'))).status, 200);
  it.audit.close();
  assert.deepEqual(it.records().map(({ eventName, errorCode }) => [eventName, errorCode]), [
    ['CreateUser', undefined], ['CreateUser', 'ServiceUnavailable'], ['GetCallerIdentity', undefined], ['ListUsers', undefined], ['ListUsers', undefined], ['AuditGap', undefined], ['CreateUser', undefined],
  ]);
  assert.equal(it.records().find(({ eventName }) => eventName === 'AuditGap')!.additionalEventData!.recordsLost, 0);
});

test('records of a stop that comes while they cannot be written go to a new file, with the gap', { skip: isFullThere }, async (t) => {
  await using it = await audited(t, (dir) => symlinkSync('/dev/full', join(dir, fileName(1))));
  await it.ask(...identity);
  await flushed(t, () => it.audit.failure() !== undefined);
  it.audit.close();
  assert.deepEqual(it.records().map(({ eventName }) => eventName), ['GetCallerIdentity', 'AuditGap']);
});

test('a file that was deleted is noticed: what comes after stands in a new one', async (t) => {
  await using it = await audited(t);
  await it.ask(...identity);
  await flushed(t, () => it.records().length === 1);
  rmSync(it.files()[0]!);
  await it.ask(...makeUser('alice'));
  await flushed(t, () => it.records().length === 1);
  assert.deepEqual([it.files().length, it.records().map(({ eventName }) => eventName)], [1, ['CreateUser']]);
});

test('records are their owner\'s alone, one line each, and a stop leaves none behind', async (t) => {
  await using it = await audited(t);
  for (let i = 0; i < 20; i++) {
    const [service, body] = i % 2 === 0 ? identity : makeUser(`user-${i}`);
    await it.ask(service, body);
  }
  it.audit.close();
  assert.equal(statSync(it.files()[0]!).mode & 0o777, 0o600);
  assert.equal(it.records().length, 20);
  assert.equal(new Set(it.records().map(({ eventID }) => eventID)).size, 20);
});
