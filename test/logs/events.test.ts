/** Events of log streams, asked of a whole Gatehouse through the AWS SDK: taken, read in both directions, searched, and gone when their time is over. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { account, found, groupArn, logsOf, makeStream, messagesOf, put } from './logs-client.ts';

const day = 86_400_000;
const hour = 3_600_000;
let gatehouse: TestGatehouse;
let logs: sdk.CloudWatchLogsClient;
let now: number;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'log events' });
  logs = logsOf(gatehouse);
  now = gatehouse.clock.now;
});
after(() => gatehouse.stop());

const refused = (message: string | RegExp) => ({ code: 'InvalidParameterException', status: 400, message });
const get = (logGroupName: string, logStreamName: string, more: Partial<sdk.GetLogEventsCommandInput> = {}) => logs.send(new sdk.GetLogEventsCommand({ logGroupName, logStreamName, ...more }));
const filter = (logGroupName: string, more: Partial<sdk.FilterLogEventsCommandInput> = {}) => logs.send(new sdk.FilterLogEventsCommand({ logGroupName, ...more }));

test('what was put is read back as it was, with when it came', async () => {
  await makeStream(logs, 'whole', 's');
  const messages = ['plain', ' with\nlines\r\nand\ttabs ', '{"json":"ü€😀"}', '\\n', '-'.repeat(200_000)];
  const { nextSequenceToken, rejectedLogEventsInfo } = await put(logs, 'whole', 's', now - 100, ...messages);
  assert.match(nextSequenceToken!, /^\d{56}$/);
  assert.equal(rejectedLogEventsInfo, undefined);
  const events = messages.map((message, i) => ({ timestamp: now - 100 + i, message, ingestionTime: now }));
  assert.deepEqual((await get('whole', 's')).events, events);
  assert.deepEqual((await get('whole', 's', { logGroupName: undefined, logGroupIdentifier: groupArn('whole'), startFromHead: true })).events, events);
  const filtered = await found(logs, { logGroupName: 'whole' });
  for (const { eventId: _, logStreamName, ...event } of filtered) {
    assert.equal(logStreamName, 's');
    assert.deepEqual(event, events[event.timestamp! - now + 100]);
  }
  assert.equal(filtered.length, events.length);
  for (const { eventId } of filtered) assert.match(eventId!, /^\d{56}$/);
  assert.equal(new Set(filtered.map(({ eventId }) => eventId)).size, messages.length);
  // A token of an earlier answer, or none: either is taken, as on AWS since 2023.
  await logs.send(new sdk.PutLogEventsCommand({ logGroupName: 'whole', logStreamName: 's', sequenceToken: 'x', logEvents: [{ timestamp: now, message: 'more' }] }));
});

test('a batch that is none is refused whole, in AWS\'s words', async () => {
  await makeStream(logs, 'batches', 's');
  const send = (...logEvents: readonly sdk.InputLogEvent[]) => logs.send(new sdk.PutLogEventsCommand({ logGroupName: 'batches', logStreamName: 's', logEvents: [...logEvents] }));
  const event = (timestamp: number, message = 'x') => ({ timestamp, message });
  await assertRefused(send(), refused(/'logEvents' failed to satisfy constraint/));
  await assertRefused(send(event(now, '')), refused(/'logEvents\.1\.member\.message' failed to satisfy constraint/));
  await assertRefused(send(event(-1)), refused(/'logEvents\.1\.member\.timestamp' failed to satisfy constraint/));
  await assertRefused(send(event(now), event(now - 1)), refused('Log events in a single PutLogEvents request must be in chronological order.'));
  await assertRefused(send(event(now - day - 1), event(now)), refused('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.'));
  await assertRefused(send(event(now, 'ü'.repeat(524_276))), refused('Log event too large: 1048578 bytes exceeds limit of 1048576'));
  await assertRefused(send(...Array.from({ length: 11 }, () => event(now, 'a'.repeat(100_000)))), refused('Upload too large: 1100286 bytes exceeds limit of 1048576'));
  await assertRefused(send(...Array.from({ length: 10_001 }, () => event(now))), refused(/'logEvents' failed to satisfy constraint/));
  assert.deepEqual(await found(logs, { logGroupName: 'batches' }), []);
  await send(event(now, 'a'.repeat(1_048_550)));
  await send(event(now - day), event(now));
  assert.equal((await found(logs, { logGroupName: 'batches' })).length, 3);
});

test('events that are too old, too new or would be expired are left out and told, and the others are taken', async () => {
  await makeStream(logs, 'times', 's');
  const send = async (...times: readonly number[]) => (await logs.send(new sdk.PutLogEventsCommand({ logGroupName: 'times', logStreamName: 's', logEvents: times.map((timestamp) => ({ timestamp, message: `${timestamp - now}` })) }))).rejectedLogEventsInfo;
  assert.deepEqual(await send(now - 14 * day - 2, now - 14 * day - 1, now - 14 * day), { tooOldLogEventEndIndex: 2 });
  assert.deepEqual(await send(now, now + 2 * hour, now + 2 * hour + 1, now + 3 * hour), { tooNewLogEventStartIndex: 2 });
  await logs.send(new sdk.PutRetentionPolicyCommand({ logGroupName: 'times', retentionInDays: 1 }));
  assert.deepEqual(await send(now - day - 1, now - day, now - 1), { expiredLogEventEndIndex: 1 });
  assert.deepEqual(await send(now - 20 * day, now - 20 * day), { tooOldLogEventEndIndex: 2, expiredLogEventEndIndex: 2 });
  assert.deepEqual(messagesOf(await found(logs, { logGroupName: 'times' })), [`${-day}`, '-1', '0', `${2 * hour}`]);
});

test('a stream is read from its end backwards and from its head forwards, and each token goes on where the page ended', async () => {
  await makeStream(logs, 'pages', 's');
  for (let i = 0; i < 10; i++) await put(logs, 'pages', 's', now + i, `${i}`);
  const read = async (more: Partial<sdk.GetLogEventsCommandInput>) => {
    const page = await get('pages', 's', { limit: 4, ...more });
    return { text: messagesOf(page.events).join(''), forward: page.nextForwardToken!, backward: page.nextBackwardToken! };
  };
  const tail = await read({});
  assert.equal(tail.text, '6789');
  const middle = await read({ nextToken: tail.backward });
  assert.equal(middle.text, '2345');
  assert.equal((await read({ nextToken: middle.backward })).text, '01');
  assert.equal((await read({ nextToken: middle.forward })).text, '6789');
  const head = await read({ startFromHead: true });
  assert.equal(head.text, '0123');
  // The token says the direction, whatever else does.
  assert.equal((await read({ nextToken: head.forward, startFromHead: false })).text, '4567');
  const end = await read({ nextToken: tail.forward });
  assert.deepEqual([end.text, end.forward], ['', tail.forward], 'the end gives the same token again');
  await put(logs, 'pages', 's', now + 20, 'n', 'm');
  assert.equal((await read({ nextToken: end.forward })).text, 'nm');
  const start = await read({ nextToken: head.backward });
  assert.deepEqual([start.text, start.backward], ['', head.backward]);
  // From a time on, and before one.
  assert.equal((await read({ startTime: now + 3, endTime: now + 6, startFromHead: true })).text, '345');
  assert.equal((await read({ startTime: now + 3, endTime: now + 6 })).text, '345');
  for await (const page of sdk.paginateGetLogEvents({ client: logs, pageSize: 3, stopOnSameToken: true }, { logGroupName: 'pages', logStreamName: 's', startFromHead: true })) assert.ok((page.events ?? []).length <= 3);
  // An empty stream has tokens, too, by which what comes is found.
  await logs.send(new sdk.CreateLogStreamCommand({ logGroupName: 'pages', logStreamName: 'empty' }));
  const { events, nextForwardToken } = await get('pages', 'empty');
  assert.deepEqual(events, []);
  await put(logs, 'pages', 'empty', now, 'first');
  assert.deepEqual(messagesOf((await get('pages', 'empty', { nextToken: nextForwardToken })).events), ['first']);
});

test('a search goes through the streams in order of time, by name, beginning and pattern, both ends of its time included', async () => {
  for (const stream of ['web/1', 'web/2', 'db/1']) await makeStream(logs, 'search', stream);
  await put(logs, 'search', 'web/1', now, 'ERROR one', 'ok');
  await put(logs, 'search', 'web/2', now, 'ERROR two', 'ERROR three');
  await put(logs, 'search', 'db/1', now - 10, 'ERROR first', '{"level":"ERROR","ms":12}');
  const texts = async (more: Partial<sdk.FilterLogEventsCommandInput> = {}) => messagesOf(await found(logs, { logGroupName: 'search', ...more }));
  assert.deepEqual(await texts({ filterPattern: 'ERROR', logStreamNamePrefix: 'web/' }).then((all) => all.toSorted()), ['ERROR one', 'ERROR three', 'ERROR two']);
  assert.deepEqual(await texts({ filterPattern: '"ERROR" -first', endTime: now - 1 }), ['{"level":"ERROR","ms":12}']);
  assert.deepEqual(await texts({ filterPattern: '{ $.level = "ERROR" && $.ms > 10 }' }), ['{"level":"ERROR","ms":12}']);
  assert.deepEqual(await texts({ logStreamNames: ['db/1'], startTime: now - 10, endTime: now - 10 }), ['ERROR first']);
  assert.deepEqual(await texts({ startTime: now + 2 }), []);
  assert.deepEqual((await filter('search')).searchedLogStreams, []);
  // Every way of paging it is the same list.
  const whole = (await found(logs, { logGroupName: 'search' })).map(({ eventId }) => eventId);
  for (const limit of [1, 2, 5]) assert.deepEqual((await found(logs, { logGroupName: 'search', limit })).map(({ eventId }) => eventId), whole);
  await assertRefused(texts({ logStreamNames: ['web/1'], logStreamNamePrefix: 'web' }), refused(/mutually exclusive/));
  await assertRefused(texts({ logStreamNames: ['gone'] }), { code: 'ResourceNotFoundException', status: 400, message: 'The specified log stream does not exist.' });
  for (const filterPattern of ['{ $.a', '[a b]', 'a.b', '%(%']) await assertRefused(texts({ filterPattern }), refused(/./));
  await assertRefused(texts({ nextToken: 'x' }), refused('The specified nextToken is invalid.'));
  await assertRefused(texts({ filterPattern: 'x'.repeat(1_025) }), refused(/'filterPattern' failed to satisfy constraint/));
});

test('whatever was put in whatever order, every page walk gives each event once, in order of time', async () => {
  const event = fc.record({ stream: fc.constantFrom('a', 'b', 'c'), at: fc.integer({ min: 0, max: 30 }) });
  let walks = 0;
  await fc.assert(fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 20 }), fc.integer({ min: 1, max: 7 }), async (events, limit) => {
    const logGroupName = `walk-${walks++}`;
    for (const stream of ['a', 'b', 'c']) await makeStream(logs, logGroupName, stream);
    for (const [i, { stream, at }] of events.entries()) await put(logs, logGroupName, stream, now + at, `${i}`);
    const timesOf = (all: readonly { readonly timestamp?: number | undefined }[]) => all.map(({ timestamp }) => timestamp!);
    const searched = await found(logs, { logGroupName, limit });
    assert.deepEqual(searched.map(({ message }) => Number(message)).toSorted((a, b) => a - b), events.map((_, i) => i));
    assert.deepEqual(timesOf(searched), timesOf(searched).toSorted((a, b) => a - b));
    for (const startFromHead of [true, false]) {
      const read: sdk.OutputLogEvent[] = [];
      for (let nextToken: string | undefined; ;) {
        const page = await get(logGroupName, 'a', { limit, startFromHead, nextToken });
        if (startFromHead) read.push(...page.events!);
        else read.unshift(...page.events!);
        const following = startFromHead ? page.nextForwardToken : page.nextBackwardToken;
        if (following === nextToken) break;
        nextToken = following;
      }
      assert.deepEqual(messagesOf(read), messagesOf(searched.filter(({ logStreamName }) => logStreamName === 'a')));
    }
  }), { seed: 11, numRuns: 25 });
});

test('a page holds a mebibyte, and a long search answers with what it has and goes on', async () => {
  await makeStream(logs, 'large', 's');
  for (let i = 0; i < 5; i++) await put(logs, 'large', 's', now + i * 10, `${i}${'x'.repeat(400_000)}`, `${i}y`);
  const first = await filter('large');
  assert.ok(messagesOf(first.events).join('').length <= 1_048_576);
  assert.ok(first.nextToken !== undefined);
  assert.equal((await found(logs, { logGroupName: 'large' })).length, 10);
  assert.equal((await found(logs, { logGroupName: 'large', filterPattern: '%^[0-9]y$%' })).length, 5);
});

test('what has expired is not shown, and its files are removed; what is kept stays', async () => {
  const own = await startGatehouse({ seed: 'expiry' });
  const client = logsOf(own);
  try {
    await makeStream(client, 'kept', 's');
    await put(client, 'kept', 's', own.clock.now, 'old');
    await client.send(new sdk.PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 3 }));
    own.clock.advance(2 * day);
    await put(client, 'kept', 's', own.clock.now, 'young');
    const shown = async () => messagesOf(await found(client, { logGroupName: 'kept' }));
    const bytes = async () => (await client.send(new sdk.DescribeLogGroupsCommand({}))).logGroups![0]!.storedBytes!;
    assert.deepEqual(await shown(), ['old', 'young']);
    const before = await bytes();
    own.clock.advance(day + 1);
    assert.deepEqual(await shown(), ['young'], 'not shown from the moment on');
    await own.plane.logs.removeExpired();
    assert.equal(await bytes(), before, 'its day could still hold what is kept');
    own.clock.advance(2 * hour + day);
    await own.plane.logs.removeExpired();
    assert.ok((await bytes()) < before);
    assert.deepEqual(messagesOf((await client.send(new sdk.GetLogEventsCommand({ logGroupName: 'kept', logStreamName: 's', startFromHead: true }))).events), ['young']);
    own.clock.advance(3 * day);
    await own.plane.logs.removeExpired();
    assert.equal(await bytes(), 0);
    assert.equal((await client.send(new sdk.DescribeLogStreamsCommand({ logGroupName: 'kept' }))).logStreams![0]!.lastEventTimestamp, undefined);
  } finally {
    await own.stop();
  }
});

test('Gatehouse itself appends to a log, which it makes where it is not there, whatever the events are', async () => {
  const logStore = await gatehouse.plane.logs.open();
  const place = { account, region: 'us-east-1', group: '/gatehouse/console', stream: 'i-1' };
  await logStore.appendToLog(place, [{ timestamp: now + 5, message: 'second' }, { timestamp: now, message: 'first' }, { timestamp: now, message: '' }, { timestamp: 0, message: 'ancient' }, { timestamp: now + 5 * day, message: 'future' }]);
  await logStore.appendToLog(place, Array.from({ length: 10_500 }, (_, i) => ({ timestamp: now + 10, message: `${i}` })));
  await logStore.appendToLog(place, [{ timestamp: now + 20, message: 'ü'.repeat(600_000) }]);
  const events = await found(logs, { logGroupName: '/gatehouse/console' });
  assert.deepEqual(messagesOf(events.slice(0, 4)), ['ancient', 'first', 'second', '0']);
  assert.equal(events.length, 4 + 10_500 + 1);
  assert.match(messagesOf(events).find((message) => message!.startsWith('ü'))!, /^ü{524275}$/);
});
