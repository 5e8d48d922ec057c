/** Clients that are slow, many or greedy: each is cut at its limit, nothing that they took stays taken, and others are served meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startAttacked, wire } from './listener.ts';
import type { Attacked, Connection } from './listener.ts';

/** Limits so short that a test need not wait for them; only that something is cut is asserted, never when. */
const hasty = { headersTimeoutMs: 500, requestTimeoutMs: 1_000, timeoutCheckMs: 20, keepAliveTimeoutMs: 50, drainTimeoutMs: 100 };

async function assertServes(attacked: Attacked): Promise<void> {
  // Signed before there is a connection whose time runs.
  const request = attacked.signed();
  const connection = await attacked.connect();
  connection.socket.write(request);
  assert.match(await connection.until(/<\/GetCallerIdentityResponse>/), /^HTTP\/1\.1 200 /);
  connection.socket.destroy();
}

/** A handler that answers when it is let go, and how many requests have come to it. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => { open = resolve; });
  let count = 0;
  const watchers = new Set<() => void>();
  return {
    open,
    intercept: async <T>(_: unknown, answer: () => Promise<T>): Promise<T> => {
      count++;
      for (const watch of watchers) watch();
      await opened;
      return answer();
    },
    /** Resolves when so many requests have come. */
    arrived: (wanted: number) => new Promise<void>((resolve) => {
      const watch = (): void => {
        if (count < wanted) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    }),
    count: () => count,
  };
}

test('headers, bodies and connections that come slowly or not at all are cut, others being served meanwhile', async () => {
  await using attacked = await startAttacked({ limits: hasty });
  const slow: Connection[] = [];
  for (const beginning of [
    '',
    'POST / HT',
    'POST / HTTP/1.1\r\nHost: localhost\r\nX-A',
    'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\na',
    'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab',
  ]) {
    const connection = await attacked.connect();
    connection.socket.write(beginning);
    slow.push(connection);
  }
  await assertServes(attacked);
  const received = await Promise.all(slow.map(({ closed }) => closed));
  for (const answer of received) assert.match(answer, /^HTTP\/1\.1 408 /);
});

test('a client that never stops sending is cut all the same: a byte now and then buys no time', async () => {
  await using attacked = await startAttacked({ limits: hasty });
  for (const [beginning, drop] of [['POST / HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n'], ['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n', 'a']] as const) {
    const connection = await attacked.connect();
    connection.socket.write(beginning);
    const dripping = setInterval(() => connection.socket.write(drop), 10);
    assert.match(await connection.closed, /^HTTP\/1\.1 408 /);
    clearInterval(dripping);
  }
  await assertServes(attacked);
});

test('a connection that is idle after its answer is closed', async () => {
  await using attacked = await startAttacked({ limits: hasty });
  const connection = await attacked.connect();
  connection.socket.write(attacked.signed());
  assert.match(await connection.closed, /^HTTP\/1\.1 200 /);
});

test('a client that takes nothing of its answer is cut', async () => {
  const large = 'x'.repeat(64 * 1024 * 1024);
  let arrived = (): void => {};
  const answered = new Promise<void>((resolve) => { arrived = resolve; });
  await using attacked = await startAttacked({ limits: { ...hasty, stallTimeoutMs: 100 }, intercept: async () => {
    setImmediate(arrived);
    return { status: 200, headers: {}, body: large };
  } });
  const socket = createConnection({ host: '127.0.0.1', port: attacked.port });
  await once(socket, 'connect');
  socket.pause();
  socket.write(wire('GET', '/health', ['Host', 'localhost']));
  // Nothing is read here until only this end of the connection is left: then there is less to read than was promised.
  const openSockets = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
  await answered;
  while (openSockets() > 1) await new Promise((resolve) => { setImmediate(resolve); });
  let size = 0;
  socket.on('error', () => {}).on('data', (chunk) => { size += chunk.length; });
  socket.resume();
  await once(socket, 'close');
  assert.ok(size < large.length, `${size} bytes`);
});

test('pipelined requests are answered in order, up to the limit; beyond it the connection is closed and nothing more of it handled', async () => {
  const within = gate();
  await using attacked = await startAttacked({ limits: { requestsInFlightPerConnectionMax: 4 }, intercept: within.intercept });
  const connection = await attacked.connect();
  connection.socket.write(attacked.signed().repeat(4));
  await within.arrived(4);
  const greedy = await attacked.connect();
  greedy.socket.write(attacked.signed().repeat(50));
  assert.equal(await greedy.closed, '');
  assert.equal(within.count(), 8);
  within.open();
  const answers = await connection.until(/(?:<\/GetCallerIdentityResponse>[^]*){4}/);
  const ids = [...answers.matchAll(/x-amzn-RequestId: \S+?(\d+)\r/g)].map((match) => Number(match[1]));
  assert.deepEqual(ids, ids.toSorted((a, b) => a - b));
  // What was answered no longer counts.
  for (let i = 0; i < 3; i++) {
    connection.socket.write(attacked.signed().repeat(4));
    await connection.until(new RegExp(`(?:</GetCallerIdentityResponse>[^]*){${4 * (i + 2)}}`));
  }
  connection.socket.destroy();
});

test('the bodies of all requests together are bounded, and what a client took is given back however it leaves', async () => {
  const waiting = gate();
  const bodyBytesInFlightMax = 1_000;
  await using attacked = await startAttacked({ limits: { bodyBytesInFlightMax, lingerMs: 50 }, intercept: waiting.intercept });
  const post = (length: number, body: string): string => wire('POST', '/', ['Host', 'localhost', 'Content-Length', String(length)], body);
  const whole = await attacked.connect();
  whole.socket.write(post(90, 'a'.repeat(90)).repeat(5));
  await waiting.arrived(5);
  // Half a body, on its way for ever, and a chunked one.
  const half = await attacked.connect();
  half.socket.write(post(500, 'a'.repeat(250)));
  const chunkedHalf = await attacked.connect();
  chunkedHalf.socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nc8\r\n' + 'a'.repeat(150));
  // Together with these 300 there are too many, as soon as the halves have been read.
  const over = await attacked.connect();
  over.socket.write(post(300, 'a'.repeat(300)));
  assert.match(await over.until(/\r\n\r\n/), /^HTTP\/1\.1 503 [^]*Content-Length: 0/);
  for (const { socket } of [whole, half, chunkedHalf, over]) socket.destroy();
  waiting.open();
  await Promise.all([whole, half, chunkedHalf, over].map(({ closed }) => closed));
  // All of it can be had again, more than once.
  for (let i = 0; i < 3; i++) {
    const connection = await attacked.connect();
    connection.socket.write(post(bodyBytesInFlightMax, 'a'.repeat(bodyBytesInFlightMax)));
    assert.match(await connection.until(/\r\n\r\n/), /^HTTP\/1\.1 403 /);
    connection.socket.destroy();
    await connection.closed;
  }
});

test('who sends many large bodies and never ends them keeps nobody out, not at the same address either', async () => {
  await using attacked = await startAttacked({ limits: { bodyBytesPerClientMax: 100_000, bodyBytesInFlightMax: 150_000, lingerMs: 50 } });
  const slow: Connection[] = [];
  // Three times what a client may have, in bodies that lack their last byte.
  for (let i = 0; i < 30; i++) {
    const connection = await attacked.connect();
    connection.socket.write(wire('POST', '/', ['Host', 'localhost', 'Content-Length', '10000'], 'a'.repeat(9_999)));
    slow.push(connection);
  }
  // There is room for ten.
  while (slow.filter(({ received }) => received() !== '').length < 20) await new Promise((resolve) => { setImmediate(resolve); });
  for (const address of ['127.0.0.1', '127.0.0.2', '127.0.0.1', '127.0.0.1']) {
    const other = await attacked.connect(address);
    other.socket.write(attacked.signed());
    assert.match(await other.until(/<\/GetCallerIdentityResponse>/), /^HTTP\/1\.1 200 /);
    other.socket.destroy();
  }
  const refused = slow.filter(({ received }) => received() !== '');
  assert.ok(refused.length >= 20 && refused.length < 30, `${refused.length} gave way`);
  for (const { received } of refused) assert.match(received(), /^HTTP\/1\.1 503 /);
  // What is still held is whole with its last byte.
  const kept = slow.find(({ received }) => received() === '')!;
  kept.socket.write('a');
  assert.match(await kept.until(/\r\n\r\n/), /^HTTP\/1\.1 403 /);
  for (const { socket } of slow) socket.destroy();
});

test('a body that comes a byte at a time is the same body, and weighs little more', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const waiting = gate();
  await using attacked = await startAttacked({ intercept: waiting.intercept });
  const connection = await attacked.connect();
  const [head, body] = attacked.signedWithoutLength().split('\r\n\r\n') as [string, string];
  const chunked = 'Transfer-Encoding: chunked\r\n\r\n';
  // Of so many chunks that, each kept apart, they would weigh a hundred megabytes.
  const greedy = await attacked.connect();
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  greedy.socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\n${chunked}`);
  for (let i = 0; i < 60; i++) if (!greedy.socket.write('1\r\na\r\n'.repeat(10_000))) await once(greedy.socket, 'drain');
  greedy.socket.write('0\r\n\r\n');
  await waiting.arrived(1);
  collectGarbage();
  const grown = process.memoryUsage().heapUsed - before;
  assert.ok(grown < 20_000_000, `${grown} bytes`);
  connection.socket.write(`${head}\r\n${chunked}${[...body].map((byte) => `1\r\n${byte}\r\n`).join('')}0\r\n\r\n`);
  await waiting.arrived(2);
  waiting.open();
  assert.match(await connection.until(/<\/GetCallerIdentityResponse>/), /^HTTP\/1\.1 200 /);
  assert.match(await greedy.until(/<\/ErrorResponse>/), /^HTTP\/1\.1 403 /);
  for (const { socket } of [connection, greedy]) socket.destroy();
});

test('a handler that breaks answers 500 without a word, and a client that leaves early breaks nothing', async () => {
  let isBroken = true;
  await using attacked = await startAttacked({ intercept: (_, answer) => (isBroken ? Promise.reject(new Error('secret detail')) : answer()) });
  assert.match(await attacked.exchange(attacked.signed()), /^HTTP\/1\.1 500 [^]*Content-Length: 0[^]*\r\n\r\n$/);
  isBroken = false;
  for (let i = 0; i < 20; i++) {
    const connection = await attacked.connect();
    connection.socket.write(attacked.signed().repeat(3));
    connection.socket.resetAndDestroy();
    await connection.closed;
  }
  await assertServes(attacked);
});

test('a stop lets requests under way end, takes no new connection, and closes kept ones with their last answer', async () => {
  const underWay = gate();
  const attacked = await startAttacked({ intercept: underWay.intercept });
  const busy = await attacked.connect();
  busy.socket.write(attacked.signed());
  await underWay.arrived(1);
  const idle = await attacked.connect();
  const stopped = attacked[Symbol.asyncDispose]();
  await idle.closed;
  const late = createConnection({ host: '127.0.0.1', port: attacked.port });
  const [refusal] = await once(late, 'error') as [Error & { code: string }];
  assert.equal(refusal.code, 'ECONNREFUSED');
  underWay.open();
  assert.match(await busy.closed, /^HTTP\/1\.1 200 [^]*Connection: close[^]*<\/GetCallerIdentityResponse>$/);
  await stopped;
});
