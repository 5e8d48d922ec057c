/** Requests whose beginning and end two readers could see differently, and heads that are no request: each is refused, and serving goes on. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { limits } from '../../src/server/limits.ts';
import { startAttacked, wire } from './listener.ts';
import type { Attacked } from './listener.ts';

let attacked: Attacked;
before(async () => { attacked = await startAttacked(); });
after(() => attacked[Symbol.asyncDispose]());

const host = 'Host: localhost\r\n';
const chunked = `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`;

/** The status of every answer that came on a connection, in order. */
const statuses = (received: string): readonly number[] => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]));

/** The bytes are answered with this one status and the connection is closed; another connection is served as ever. */
async function assertRefused(bytes: string, status: number): Promise<string> {
  const received = await attacked.exchange(bytes);
  assert.deepEqual(statuses(received), [status], received);
  assert.doesNotMatch(received, /GetCallerIdentityResult/);
  const served = await attacked.connect();
  served.socket.write(attacked.signed());
  assert.match(await served.until(/<\/GetCallerIdentityResponse>/), /^HTTP\/1\.1 200 /);
  served.socket.destroy();
  return received;
}

describe('a request that another could be smuggled in', () => {
  // Each holds a second, signed and valid request where a reader who took the framing otherwise would find it.
  const smuggled = (): string => attacked.signed();
  for (const [what, bytes] of [
    ['Content-Length beside Transfer-Encoding', () => `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled()}`],
    ['Transfer-Encoding beside Content-Length', () => `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${smuggled()}`],
    ['two Content-Lengths that differ', () => `POST / HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: 3\r\n\r\nabc${smuggled()}`],
    ['two Content-Lengths that agree', () => `POST / HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc${smuggled()}`],
    ['a list as Content-Length', () => `POST / HTTP/1.1\r\n${host}Content-Length: 3, 3\r\n\r\nabc${smuggled()}`],
    ['a signed Content-Length', () => `POST / HTTP/1.1\r\n${host}Content-Length: +3\r\n\r\nabc${smuggled()}`],
    ['a negative Content-Length', () => `POST / HTTP/1.1\r\n${host}Content-Length: -3\r\n\r\nabc${smuggled()}`],
    ['a hexadecimal Content-Length', () => `POST / HTTP/1.1\r\n${host}Content-Length: 0x3\r\n\r\nabc${smuggled()}`],
    ['an empty Content-Length', () => `POST / HTTP/1.1\r\n${host}Content-Length: \r\n\r\nabc${smuggled()}`],
    ['a Content-Length beyond 64 bits', () => `POST / HTTP/1.1\r\n${host}Content-Length: 18446744073709551619\r\n\r\nabc${smuggled()}`],
    ['a blank before the colon', () => `POST / HTTP/1.1\r\n${host}Content-Length : 3\r\n\r\nabc${smuggled()}`],
    ['a folded header', () => `POST / HTTP/1.1\r\n${host}X-A: b\r\n Content-Length: 3\r\n\r\nabc${smuggled()}`],
    ['a blank before the first header', () => `POST / HTTP/1.1\r\n ${host}${host}\r\n${smuggled()}`],
    ['lines that end in a bare line feed', () => `POST / HTTP/1.1\nHost: localhost\nContent-Length: 3\n\nabc${smuggled()}`],
    ['one header that ends in a bare line feed', () => `POST / HTTP/1.1\r\n${host}X-A: b\nContent-Length: 3\r\n\r\nabc${smuggled()}`],
    ['a bare carriage return in a header', () => `POST / HTTP/1.1\r\n${host}X-A: b\rContent-Length: 3\r\n\r\nabc${smuggled()}`],
    ['a NUL in a header', () => `POST / HTTP/1.1\r\n${host}X-A: b\0c\r\n\r\n${smuggled()}`],
    ['a coding after chunked', () => `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled()}`],
    ['chunked twice', () => `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled()}`],
    ['chunked after a vertical tab', () => `POST / HTTP/1.1\r\n${host}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n${smuggled()}`],
    ['chunked in HTTP/1.0', () => `POST / HTTP/1.0\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled()}`],
    ['a size that is no number', () => `${chunked}zz\r\nabc\r\n0\r\n\r\n${smuggled()}`],
    ['a negative size', () => `${chunked}-3\r\nabc\r\n0\r\n\r\n${smuggled()}`],
    ['a size with a prefix', () => `${chunked}0x3\r\nabc\r\n0\r\n\r\n${smuggled()}`],
    ['a size beyond 64 bits', () => `${chunked}10000000000000003\r\nabc\r\n0\r\n\r\n${smuggled()}`],
    ['a chunk that is longer than its size', () => `${chunked}3\r\nabcX\r\n0\r\n\r\n${smuggled()}`],
    ['chunk lines that end in a bare line feed', () => `${chunked}3\nabc\n0\n\n${smuggled()}`],
    ['a line feed in a chunk extension', () => `${chunked}3;a\nabc\r\n0\r\n\r\n${smuggled()}`],
  ] as const) test(`${what} is refused`, async () => void await assertRefused(bytes(), 400));

  for (const coding of ['gzip, chunked', 'xchunked', '"chunked"', 'chunked;q=1']) {
    // What it would mean for the end of the body is not known, so nothing after the head is read as a request.
    test(`the coding ${coding}, which is not understood, is not taken for none`, async () => {
      const received = await attacked.exchange(`POST / HTTP/1.1\r\n${host}Transfer-Encoding: ${coding}\r\n\r\n0\r\n\r\n${smuggled()}`);
      assert.match(received, /^HTTP\/1\.1 (?:400|501) /);
      assert.deepEqual(statuses(received).length, 1);
    });
  }

  test('a chunk extension and trailers are read over: neither becomes part of the request', async () => {
    const [head, body] = attacked.signedWithoutLength().split('\r\n\r\n') as [string, string];
    const sent = `${head}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)};a=b;c="d"\r\n${body}\r\n0\r\nAuthorization: none\r\nHost: evil.example\r\nX-Amz-Security-Token: x\r\n\r\n`;
    assert.match(await attacked.exchange(sent), /^HTTP\/1\.1 200 [^]*GetCallerIdentityResult/);
  });
});

describe('a head that is no request of ours', () => {
  for (const [what, bytes, status] of [
    ['garbage', '\x00\xff\xfe garbage\r\n\r\n', 400],
    ['a TLS hello on the plain port', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
    ['HTTP/2 with prior knowledge', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['HTTP/0.9', 'GET /health\r\n\r\n', 505],
    ['an HTTP version that is none', `GET /health HTTP/3.7\r\n${host}\r\n`, 400],
    ['HTTP/1.1 without Host', 'GET /health HTTP/1.1\r\n\r\n', 400],
    ['a method that is none', `GETX / HTTP/1.1\r\n${host}\r\n`, 400],
    ['a NUL in the target', `GET /\0 HTTP/1.1\r\n${host}\r\n`, 400],
    ['a blank in the target', `GET /a b HTTP/1.1\r\n${host}\r\n`, 400],
    ['a target that is longer than all headers may be', `GET /${'a'.repeat(limits.headerBytesMax)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['a header that is longer than all may be', `GET /health HTTP/1.1\r\n${host}X-A: ${'a'.repeat(limits.headerBytesMax)}\r\n\r\n`, 431],
    ['headers that are longer than all may be', `GET /health HTTP/1.1\r\n${host}${`X-A: ${'a'.repeat(1000)}\r\n`.repeat(40)}\r\n`, 431],
    ['one header too many', `GET /health HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(limits.headersMax)}\r\n`, 431],
    ['many headers too many', `GET /health HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(1_000)}\r\n`, 431],
    ['trailers that are longer than all headers may be', `${chunked}0\r\n${`X-A: ${'a'.repeat(1000)}\r\n`.repeat(40)}\r\n`, 431],
    ['a chunk extension without end', `${chunked}3;${'a'.repeat(100_000)}\r\nabc\r\n0\r\n\r\n`, 413],
    ['an expectation that is unknown', `POST / HTTP/1.1\r\n${host}Expect: 200-maybe\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc`, 417],
  ] as const) test(`${what} is answered ${status}`, async () => void await assertRefused(bytes, status));

  test('as many headers as there may be are served', async () => {
    assert.match(await attacked.exchange(`GET /health HTTP/1.1\r\n${host}Connection: close\r\n${'X-A: b\r\n'.repeat(limits.headersMax - 2)}\r\n`), /^HTTP\/1\.1 200 /);
  });

  test('CONNECT makes no tunnel: the connection is closed', async () => {
    assert.equal(await attacked.exchange(`CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`), '');
  });

  test('an upgrade is not made: the request is answered as the HTTP/1.1 that it is', async () => {
    for (const protocol of ['websocket', 'h2c', 'TLS/1.2']) {
      const connection = await attacked.connect();
      connection.socket.write(`GET /health HTTP/1.1\r\n${host}Connection: upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
      assert.match(await connection.until(/alive/), /^HTTP\/1\.1 200 /);
      connection.socket.destroy();
    }
  });

  test('HTTP/1.0 is answered, and its connection closed', async () => {
    assert.match(await attacked.exchange('GET /health HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 [^]*Connection: close[^]*alive/);
  });
});

describe('a body beyond its limit', () => {
  const tooLong = limits.bodyBytesMax + 1;
  const isEmpty413 = /^HTTP\/1\.1 413 [^]*Content-Length: 0[^]*Connection: close[^]*\r\n\r\n$/;

  test('is refused by its declared length, before a byte of it is sent', async () => {
    const connection = await attacked.connect();
    connection.socket.write(wire('POST', '/', ['Host', 'localhost', 'Content-Length', String(tooLong)]));
    assert.match(await connection.until(/\r\n\r\n/), isEmpty413);
    connection.socket.end();
  });

  test('is refused without being asked for, where the client waits for word', async () => {
    const connection = await attacked.connect();
    connection.socket.write(wire('POST', '/', ['Host', 'localhost', 'Expect', '100-continue', 'Content-Length', String(tooLong)]));
    assert.match(await connection.until(/\r\n\r\n/), isEmpty413);
    connection.socket.end();
  });

  test('is refused where a client sends all of it before it reads', async () => {
    assert.match(await attacked.exchange(wire('POST', '/', ['Host', 'localhost', 'Content-Length', String(tooLong)], 'a'.repeat(tooLong))), isEmpty413);
  });

  test('is refused where chunks add up to it', async () => {
    const chunk = `100000\r\n${'a'.repeat(0x10_0000)}\r\n`;
    assert.match(await attacked.exchange(`${chunked}${chunk.repeat(10)}0\r\n\r\n`), isEmpty413);
  });

  test('is read up to the limit, and then asks for a signature like any other', async () => {
    const received = await attacked.exchange(wire('POST', '/', ['Host', 'localhost', 'Connection', 'close', 'Content-Length', String(limits.bodyBytesMax)], 'a'.repeat(limits.bodyBytesMax)));
    assert.match(received, /^HTTP\/1\.1 403 [^]*MissingAuthenticationToken/);
  });

  test('is asked for where it is within the limit', async () => {
    const connection = await attacked.connect();
    const [head, body] = attacked.signed().split('\r\n\r\n') as [string, string];
    connection.socket.write(`${head}\r\nExpect: 100-continue\r\n\r\n`);
    await connection.until(/^HTTP\/1\.1 100 Continue\r\n\r\n$/);
    connection.socket.write(body);
    assert.deepEqual(statuses(await connection.until(/<\/GetCallerIdentityResponse>/)), [100, 200]);
    connection.socket.destroy();
  });
});
