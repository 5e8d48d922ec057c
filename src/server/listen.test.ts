/** The listener: requests are read whole and within their limits, over real sockets. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Answer, HttpRequest } from './http-request.ts';
import { limits } from './limits.ts';
import { listen } from './listen.ts';

const echo = async ({ method, target, body, rawHeaders, remoteAddress }: HttpRequest): Promise<Answer> => ({ status: 200, headers: { 'X-Seen': `${method} ${target} ${rawHeaders.length / 2} ${remoteAddress}` }, body: Buffer.from(body).toString('latin1') });

async function open(t: TestContext, handle: (request: HttpRequest) => Promise<Answer> = echo): Promise<Client> {
  const listening = await listen({ host: '127.0.0.1', port: 0, tls: undefined, now: () => 0, newRequestId: () => 'id', handle, streams: () => false, together: (work) => work() });
  const client = new Client(Number(new URL(listening.url).port));
  t.after(async () => {
    client.socket.destroy();
    await listening.stop();
  });
  return client;
}

/** A client that sends bytes as they are given, and reads answers one by one. */
class Client {
  readonly socket: Socket;
  readonly port: number;
  readonly ended: Promise<unknown>;
  #received = '';

  constructor(port: number) {
    const socket = connect(port, '127.0.0.1');
    this.port = port;
    this.socket = socket;
    this.ended = once(socket, 'close');
    socket.setEncoding('latin1').on('error', () => {}).on('data', (text: string) => { this.#received += text; });
  }

  send(...lines: readonly string[]): void {
    this.socket.write(lines.join('\r\n'), 'latin1');
  }

  /** The next answer, head and body. */
  async answer(): Promise<string> {
    for (;;) {
      const head = this.#received.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)\r\n/i.exec(this.#received.slice(0, head + 4))?.[1] ?? 0);
      if (head >= 0 && this.#received.length >= head + 4 + length) {
        const answer = this.#received.slice(0, head + 4 + length);
        this.#received = this.#received.slice(answer.length);
        return answer;
      }
      await Promise.race([once(this.socket, 'data'), this.ended.then(() => { throw new Error(`the connection was closed after ${JSON.stringify(this.#received)}`); })]);
    }
  }
}

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);
const statusOf = (answer: string): string => answer.slice(9, 12);

describe('a request is handed over whole', () => {
  test('with its target, its headers as received and the address it came from', async (t) => {
    const client = await open(t);
    client.send('POST /a%20b?c=d HTTP/1.1', 'host: h', 'X-Twice: 1', 'x-twice: 2', 'Content-Length: 5', '', 'hello');
    const answer = await client.answer();
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\nX-Seen: POST \/a%20b\?c=d 4 127\.0\.0\.1\r\nContent-Length: 5\r\n/);
    assert.equal(bodyOf(answer), 'hello');
  });

  test('however its body is cut up, one request after another on one connection', async (t) => {
    const client = await open(t);
    for (const body of ['a', 'bc'.repeat(50_000), '', 'd']) {
      client.send('POST / HTTP/1.1', 'Host: h', `Content-Length: ${body.length}`, '', '');
      for (let at = 0; at < body.length; at += 30_000) client.send(body.slice(at, at + 30_000));
      assert.equal(bodyOf(await client.answer()), body);
    }
  });

  test('in chunks', async (t) => {
    const client = await open(t);
    client.send('POST / HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked', '', '3', 'abc', '2', 'de', '0', '', '');
    assert.equal(bodyOf(await client.answer()), 'abcde');
  });

  test('without a body', async (t) => {
    const client = await open(t);
    for (const method of ['GET', 'DELETE', 'POST']) {
      client.send(`${method} / HTTP/1.1`, 'Host: h', '', '');
      const answer = await client.answer();
      assert.match(answer, new RegExp(`X-Seen: ${method} / 1 `));
      assert.equal(bodyOf(answer), '');
    }
  });

  test('after the client was told to go on', async (t) => {
    const client = await open(t);
    client.send('POST / HTTP/1.1', 'Host: h', 'Expect: 100-continue', 'Content-Length: 2', '', '');
    assert.equal(await client.answer(), 'HTTP/1.1 100 Continue\r\n\r\n');
    client.send('ok');
    assert.equal(bodyOf(await client.answer()), 'ok');
  });

  test('and pipelined ones are answered in the order they came', async (t) => {
    const client = await open(t, async (request) => {
      // The first waits longer than the second.
      if (request.target === '/1') await new Promise((resolve) => { setImmediate(resolve); });
      return echo(request);
    });
    client.send('POST /1 HTTP/1.1', 'Host: h', 'Content-Length: 1', '', '1GET /2 HTTP/1.1', 'Host: h', '', '');
    assert.match(await client.answer(), /POST \/1/);
    assert.match(await client.answer(), /GET \/2/);
  });
});

describe('an answer', () => {
  test('is sent as UTF-8, and counted in bytes', async (t) => {
    const client = await open(t, async () => ({ status: 200, headers: {}, body: 'é' }));
    client.send('GET / HTTP/1.1', 'Host: h', '', '');
    assert.equal(Buffer.from(bodyOf(await client.answer()), 'latin1').toString(), 'é');
  });

  test('to HEAD says how long it would be, and ends there', async (t) => {
    const client = await open(t, async () => ({ status: 200, headers: {}, body: 'hello' }));
    client.send('HEAD / HTTP/1.1', 'Host: h', '', '');
    let head = '';
    client.socket.on('data', (text: string) => { head += text; });
    while (!head.endsWith('\r\n\r\n')) await once(client.socket, 'data');
    assert.match(head, /\r\nContent-Length: 5\r\n/);
  });

  test('that is the last closes its connection', async (t) => {
    const client = await open(t, async () => ({ status: 200, headers: {}, body: 'bye', isLast: true }));
    client.send('GET / HTTP/1.1', 'Host: h', '', '');
    assert.match(await client.answer(), /\r\nConnection: close\r\n/);
    await client.ended;
  });

  test('of a handler that fails is an empty 500', async (t) => {
    const client = await open(t, async () => { throw new Error('a bug'); });
    client.send('POST / HTTP/1.1', 'Host: h', 'Content-Length: 1', '', 'x');
    const answer = await client.answer();
    assert.deepEqual([statusOf(answer), bodyOf(answer)], ['500', '']);
    await client.ended;
  });
});

describe('limits', () => {
  test('a body that says it is too long is refused before it is sent', async (t) => {
    const client = await open(t, async () => assert.fail('it was handled'));
    client.send('POST / HTTP/1.1', 'Host: h', `Content-Length: ${limits.bodyBytesMax + 1}`, '', '');
    const answer = await client.answer();
    assert.equal(statusOf(answer), '413');
    assert.match(answer, /\r\nConnection: close\r\n/);
    await client.ended;
  });

  test('a body that turns out too long is refused as soon as it does', async (t) => {
    const client = await open(t, async () => assert.fail('it was handled'));
    client.send('POST / HTTP/1.1', 'Host: h', 'Transfer-Encoding: chunked', '', '');
    const chunk = 'x'.repeat(1_000_000);
    for (let sent = 0; sent <= limits.bodyBytesMax; sent += chunk.length) client.send('f4240', chunk, '');
    assert.equal(statusOf(await client.answer()), '413');
  });

  test('a body of exactly the limit is taken', async (t) => {
    const client = await open(t, async ({ body }) => ({ status: 200, headers: {}, body: String(body.length) }));
    client.send('POST / HTTP/1.1', 'Host: h', `Content-Length: ${limits.bodyBytesMax}`, '', 'x'.repeat(limits.bodyBytesMax));
    assert.equal(bodyOf(await client.answer()), String(limits.bodyBytesMax));
  });

  test('bodies that are held together exceed what one client may have in memory, and what was answered or given up no longer counts', async (t) => {
    const size = limits.bodyBytesMax;
    const whole = Math.floor(limits.bodyBytesPerClientMax / size);
    const waiting: (() => void)[] = [];
    let arrived: (() => void) | undefined;
    const client = await open(t, async () => {
      arrived?.();
      await new Promise<void>((resolve) => { waiting.push(resolve); });
      return { status: 200, headers: {}, body: '' };
    });
    const body = Buffer.alloc(size);
    const post = async (): Promise<Client> => {
      const other = new Client(client.port);
      t.after(() => other.socket.destroy());
      other.send('POST / HTTP/1.1', 'Host: h', `Content-Length: ${size}`, '', '');
      const came = new Promise<void>((resolve) => { arrived = resolve; });
      other.socket.write(body);
      await Promise.race([came, once(other.socket, 'data')]);
      return other;
    };
    const held: Client[] = [];
    for (let i = 0; i < whole; i++) held.push(await post());
    const refused = await post();
    assert.equal(statusOf(await refused.answer()), '503');
    // One that is given up, and one that is answered, make room for two.
    held[0]!.socket.destroy();
    await held[0]!.ended;
    waiting[1]!();
    assert.equal(statusOf(await held[1]!.answer()), '200');
    const next = await post();
    waiting.at(-1)!();
    assert.equal(statusOf(await next.answer()), '200');
    for (const resolve of waiting) resolve();
  });

  test('a connection with more requests waiting than it may have is closed', async (t) => {
    let handled = 0;
    const client = await open(t, () => {
      handled++;
      return new Promise<Answer>(() => {});
    });
    client.send(...Array.from({ length: limits.requestsInFlightPerConnectionMax + 1 }, () => 'GET / HTTP/1.1\r\nHost: h\r\n'), '');
    await client.ended;
    assert.equal(handled, limits.requestsInFlightPerConnectionMax);
  });

  test('headers that are too long are refused', async (t) => {
    const client = await open(t, async () => assert.fail('it was handled'));
    client.send('GET / HTTP/1.1', 'Host: h', `X-Long: ${'x'.repeat(limits.headerBytesMax)}`, '', '');
    await once(client.socket, 'data');
    await client.ended;
  });
});

test('what is no HTTP is refused, and no request of it is handled', async (t) => {
  for (const text of ['GET / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: h\r\nA : b\r\n\r\n']) {
    const client = await open(t, async () => assert.fail(`it was handled: ${text}`));
    client.send(text);
    assert.equal((await once(client.socket, 'data')).join('').slice(0, 12), 'HTTP/1.1 400', text);
    await client.ended;
  }
});

test('a stop lets the request under way finish', async (t) => {
  let finish = (): void => {};
  let arrived = (): void => {};
  const came = new Promise<void>((resolve) => { arrived = resolve; });
  const listening = await listen({ host: '127.0.0.1', port: 0, tls: undefined, now: () => 0, newRequestId: () => 'id', streams: () => false, together: (work) => work(), handle: async () => {
    arrived();
    await new Promise<void>((resolve) => { finish = resolve; });
    return { status: 200, headers: {}, body: 'done' };
  } });
  const client = new Client(Number(new URL(listening.url).port));
  t.after(() => client.socket.destroy());
  client.send('POST / HTTP/1.1', 'Host: h', 'Content-Length: 1', '', 'x');
  await came;
  const stopped = listening.stop();
  finish();
  assert.match(await client.answer(), /\r\nConnection: close\r\n[^]*\r\n\r\ndone$/);
  await Promise.all([stopped, client.ended]);
});
