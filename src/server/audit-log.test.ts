/** The audit log: every record in a file of its own kind, and what becomes of records, reads and writes when it cannot be written. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, test } from 'node:test';
import type { TestContext } from 'node:test';
import { ApiError } from '../base/api-error.ts';
import { openAuditLog } from './audit-log.ts';
import type { AuditLog } from './audit-log.ts';
import { Exchange } from './exchange.ts';
import { HttpRequest } from './http-request.ts';
import { limits } from './limits.ts';

interface Opened { readonly dir: string; readonly log: AuditLog; readonly warnings: string[] }

/** A log whose timers run when they are told to. */
function open(t: TestContext): Opened {
  mock.timers.enable({ apis: ['setTimeout'] });
  const parent = mkdtempSync(join(tmpdir(), 'gatehouse-audit-'));
  t.after(() => {
    mock.timers.reset();
    rmSync(parent, { recursive: true });
  });
  const dir = join(parent, 'audit');
  const warnings: string[] = [];
  let events = 0;
  const log = openAuditLog({ dir, clock: () => Date.parse('2026-11-23T10:00:00Z'), newEventId: () => `event-${++events}`, warn: (message) => void warnings.push(message) });
  return { dir, log, warnings };
}

function exchangeOf(message: string): Exchange {
  const exchange = new Exchange(new HttpRequest({ method: 'POST', target: '/', rawHeaders: [], body: new Uint8Array(0), remoteAddress: '192.0.2.7', isSecure: false, receivedAt: 0, requestId: 'id' }));
  exchange.error = { code: 'AccessDenied', message, cause: undefined };
  return exchange;
}

const filesIn = (dir: string): readonly string[] => readdirSync(dir).sort().map((name) => join(dir, name));
/** Whole records, each once: those whose writing was under way at the end may be there twice. */
function linesIn(dir: string): readonly Record<string, unknown>[] {
  const lines = filesIn(dir).flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1));
  return [...new Set(lines)].map((line) => JSON.parse(line));
}

const messagesIn = (dir: string): unknown[] => linesIn(dir).map(({ errorMessage }) => errorMessage);

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => { setImmediate(resolve); });
}

/** Fills the file that is open, so that a record begins another as soon as the log knows. */
async function fillFile({ dir, log }: Opened): Promise<void> {
  const [file] = filesIn(dir).slice(-1);
  const big = 'x'.repeat(limits.auditPendingBytesMax / 4);
  for (let size = 0; size < limits.auditFileBytesMax; size = statSync(file!).size) {
    log.record(exchangeOf(big));
    await until(() => statSync(file!).size > size + big.length);
  }
}

/** Takes the folder away from a log whose file is full, and records until it is missed; gives how many records that took. */
async function recordInVain({ dir, log }: Opened): Promise<number> {
  renameSync(dir, `${dir}-away`);
  let recorded = 0;
  await until(() => {
    log.record(exchangeOf(`late ${++recorded}`));
    mock.timers.tick(limits.auditFlushMs);
    return log.failure() !== undefined;
  });
  return recorded;
}

test('records wait at most a second, and those that still wait are written at the end; only the owner may read them', async (t) => {
  const { dir, log } = open(t);
  log.record(exchangeOf('first'));
  log.record(exchangeOf('é'));
  mock.timers.tick(limits.auditFlushMs - 1);
  assert.deepEqual(linesIn(dir), []);
  mock.timers.tick(1);
  await until(() => linesIn(dir).length === 2);
  log.record(exchangeOf('last'));
  log.close();
  assert.deepEqual(messagesIn(dir), ['first', 'é', 'last']);
  const [file, ...others] = filesIn(dir);
  assert.deepEqual(others, []);
  if (process.platform !== 'win32') assert.deepEqual([statSync(dir).mode & 0o777, statSync(file!).mode & 0o777], [0o700, 0o600]);
});

test('a file that has grown large is followed by another', async (t) => {
  const opened = open(t);
  await fillFile(opened);
  assert.equal(filesIn(opened.dir).length, 1);
  let recorded = 0;
  await until(() => {
    opened.log.record(exchangeOf(`small ${++recorded}`));
    mock.timers.tick(limits.auditFlushMs);
    return filesIn(opened.dir).length === 2;
  });
  opened.log.close();
  assert.match(readFileSync(filesIn(opened.dir)[1]!, 'utf8'), new RegExp(`"errorMessage":"small ${recorded}"`));
});

test('while records cannot be written, changes are refused and nothing is lost; the gap stands in the log', async (t) => {
  const opened = open(t);
  const { dir, log, warnings } = opened;
  await fillFile(opened);
  const recorded = await recordInVain(opened);
  assert.match(log.failure() ?? '', /ENOENT/);
  assert.deepEqual(warnings, ['the audit log cannot be written; changes are refused until it can']);
  assert.throws(() => log.assertWritable(), (thrown) => thrown instanceof ApiError && thrown.name === 'ServiceUnavailable' && !thrown.message.includes('ENOENT'));
  // Again and again, but said once.
  mock.timers.tick(limits.auditFlushMs);
  assert.equal(warnings.length, 1);

  renameSync(`${dir}-away`, dir);
  mock.timers.tick(limits.auditFlushMs);
  await until(() => log.failure() === undefined);
  log.assertWritable();
  log.close();
  const messages = messagesIn(dir).filter((message) => !String(message).startsWith('xxx'));
  assert.deepEqual(messages.slice(0, -1), Array.from({ length: recorded }, (_, i) => `late ${i + 1}`));
  assert.match(String(messages.at(-1)), /^ENOENT/);
  assert.equal(linesIn(dir).at(-1)!['eventName'], 'AuditGap');
});

test('more records than memory may hold are counted, and the count is recorded', async (t) => {
  const { dir, log } = open(t);
  const big = 'x'.repeat(limits.auditPendingBytesMax / 2 - 2_000);
  for (let i = 0; i < 5; i++) log.record(exchangeOf(big));
  await until(() => linesIn(dir).some(({ eventName }) => eventName === 'Unknown'));
  await until(() => {
    mock.timers.tick(limits.auditFlushMs);
    return linesIn(dir).some(({ eventName }) => eventName === 'AuditGap');
  });
  log.close();
  const gaps = linesIn(dir).filter(({ eventName }) => eventName === 'AuditGap');
  assert.deepEqual(gaps.map(({ additionalEventData }) => additionalEventData), [{ recordsLost: 3 }]);
});

test('what cannot be written even at the end is told', async (t) => {
  const opened = open(t);
  await fillFile(opened);
  await recordInVain(opened);
  opened.log.close();
  assert.deepEqual(opened.warnings.slice(1), ['the last audit records could not be written']);
});
