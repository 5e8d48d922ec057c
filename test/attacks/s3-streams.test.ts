/** Bodies that are read as they come, over a real socket: who is refused, who is slow, who leaves, and who sends more than is taken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { AnyAnswer } from '../../src/server/http-request.ts';
import { signRequest } from '../sign-request.ts';
import { startAttacked } from './listener.ts';
import type { Attacked } from './listener.ts';

const Bucket = 'streams';

/** The head of a PUT of so many bytes, whose body is not signed. */
function head({ gatehouse }: Attacked, length: number, { secret = gatehouse.admin.secretAccessKey, key = 'k', more = {} }: { readonly secret?: string; readonly key?: string; readonly more?: Readonly<Record<string, string>> } = {}): string {
  const { rawHeaders, target } = signRequest({ accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: secret, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'PUT', target: `/${Bucket}/${key}`, headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD', ...more } });
  const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 && name.toLowerCase() !== 'content-length' ? [`${name}: ${rawHeaders[i + 1]}`] : []));
  return `PUT ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\nContent-Length: ${length}\r\n`;
}

async function world(options: Parameters<typeof startAttacked>[0] = {}) {
  const it = await startAttacked(options);
  await it.gatehouse.s3().send(new CreateBucketCommand({ Bucket }));
  const keys = async (): Promise<readonly (string | undefined)[]> => (await it.gatehouse.s3().send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? [];
  return { it, keys };
}

test('a client that waits for word is given it only when it is let through', async () => {
  const { it, keys } = await world();
  await using _ = it;
  const refused = await it.connect();
  refused.socket.write(`${head(it, 5, { secret: 'x'.repeat(40) })}Expect: 100-continue\r\n\r\n`);
  const answer = await refused.closed;
  assert.match(answer, /^HTTP\/1\.1 403 /);
  assert.doesNotMatch(answer, /100 Continue/);
  const taken = await it.connect();
  taken.socket.write(`${head(it, 5)}Expect: 100-continue\r\n\r\n`);
  await taken.until(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  assert.deepEqual(await keys(), []);
  taken.socket.write('hello');
  await taken.until(/HTTP\/1\.1 200 OK/);
  assert.deepEqual(await keys(), ['k']);
  taken.socket.destroy();
});

test('a refusal arrives although the body is still coming, and ends the connection', async () => {
  const { it, keys } = await world({ limits: { lingerMs: 200 } });
  await using _ = it;
  const { socket, closed } = await it.connect();
  socket.on('error', () => {});
  socket.write(`${head(it, 50_000_000, { secret: 'x'.repeat(40) })}\r\n`);
  socket.write(Buffer.alloc(1_000_000));
  const answer = await closed;
  assert.match(answer, /^HTTP\/1\.1 403 [\s\S]*Connection: close[\s\S]*<Code>SignatureDoesNotMatch<\/Code>/);
  assert.deepEqual(await keys(), []);
});

test('after a body that was read the connection goes on', async () => {
  const { it, keys } = await world();
  await using _ = it;
  const { socket, until } = await it.connect();
  socket.write(`${head(it, 5, { key: 'one' })}\r\nhello${head(it, 5, { key: 'two' })}\r\nworld`);
  await until(/200 OK[\s\S]*200 OK/);
  assert.deepEqual(await keys(), ['one', 'two']);
  socket.destroy();
});

test('who leaves in the middle leaves nothing', async () => {
  let arrived = (_: Promise<AnyAnswer>): void => {};
  const arrival = new Promise<{ readonly answer: Promise<AnyAnswer> }>((resolve) => { arrived = (answer) => resolve({ answer }); });
  const { it, keys } = await world({
    intercept(_, answer) {
      const answered = answer();
      arrived(answered);
      return answered;
    },
  });
  await using _ = it;
  const { socket } = await it.connect();
  socket.write(`${head(it, 1_000)}\r\n${'x'.repeat(500)}`);
  const { answer } = await arrival;
  socket.destroy();
  assert.equal((await answer).status, 400);
  assert.deepEqual(await keys(), []);
});

test('who hardly sends is cut, and leaves nothing', async () => {
  const { it, keys } = await world({ limits: { streamRateWindowMs: 200, streamBytesPerWindowMin: 100_000, timeoutCheckMs: 20, lingerMs: 50 } });
  await using _ = it;
  const { socket, closed } = await it.connect();
  socket.on('error', () => {});
  socket.write(`${head(it, 1_000_000)}\r\n`);
  const dripping = setInterval(() => socket.write('x'), 20);
  const answer = await closed;
  clearInterval(dripping);
  assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*<Code>RequestTimeout<\/Code>/);
  assert.deepEqual(await keys(), []);
});

test('what nobody reads is not taken: the client waits', async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => { release = resolve; });
  const { it, keys } = await world({
    async intercept(_, answer) {
      await gate;
      return answer();
    },
  });
  await using _ = it;
  const size = 64 * 1024 * 1024;
  const { socket, until } = await it.connect();
  socket.write(`${head(it, size)}\r\n`);
  socket.write(Buffer.alloc(size));
  // Until the client's own side takes nothing more for a while.
  let sent = -1;
  for (let same = 0; same < 5; ) {
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    const now = socket.bytesWritten - socket.writableLength;
    same = now === sent ? same + 1 : 0;
    sent = now;
  }
  assert.ok(socket.writableLength > 0, 'all of it was taken');
  release();
  await until(/200 OK/);
  assert.deepEqual(await keys(), ['k']);
  socket.destroy();
});

test('no header that a request asks for, or an object has, ends the server: it is sent, or refused', async () => {
  const { it } = await world();
  await using _ = it;
  const { accessKeyId, secretAccessKey } = it.gatehouse.admin;
  const ask = (method: string, target: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<string> => {
    const { rawHeaders } = signRequest({ accessKeyId, secretAccessKey, at: it.gatehouse.clock.now, service: 's3', region: 'us-east-1', method, target, headers, body });
    const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 && name.toLowerCase() !== 'content-length' ? [`${name}: ${rawHeaders[i + 1]!}\r\n`] : [])).join('');
    return it.exchange(Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`));
  };
  const named = 'attachment; filename="漢ä"';
  assert.match(await ask('PUT', `/${Bucket}/named`, { 'Content-Disposition': named, 'x-amz-meta-a': named }, 'x'), /^HTTP\/1\.1 200 /);
  const answer = Buffer.from(await ask('GET', `/${Bucket}/named`), 'latin1').toString();
  assert.match(answer, /Content-Disposition: attachment; filename="漢ä"\r\n/);
  assert.match(answer, /x-amz-meta-a: attachment; filename="漢ä"\r\n/);
  assert.match(await ask('GET', `/${Bucket}/named?response-content-disposition=%C3%A4`), /^HTTP\/1\.1 200 /);
  for (const name of ['content-disposition', 'content-type', 'cache-control', 'content-language', 'content-encoding']) {
    for (const value of ['%E6%BC%A2', '%F0%9F%98%80', 'a%0D%0AX-Evil:%201', '%00', '%7F']) assert.match(await ask('GET', `/${Bucket}/named?response-${name}=${value}`), /^HTTP\/1\.1 400 [\s\S]*<Code>InvalidArgument</, `${name} ${value}`);
  }
});

test('an answer that cannot be sent is one client\'s trouble: the next is answered', async () => {
  let isSpoilt = true;
  const { it } = await world({
    async intercept(request, answer) {
      const given = await answer();
      return isSpoilt && request.method === 'HEAD' ? { ...given, headers: { ...given.headers, 'X-Spoilt': '漢' } } : given;
    },
  });
  await using _ = it;
  const head = `HEAD /${Bucket}/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
  assert.match(await it.exchange(head), /^HTTP\/1\.1 500 /);
  isSpoilt = false;
  assert.match(await it.exchange(head), /^HTTP\/1\.1 403 /);
});
