/** Joined sockets: every byte, in order, however slowly the other reads; who goes takes the other along, and not before all was said. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { test } from 'node:test';
import { joinSockets } from './joined.ts';

/** Both ends of a connection. */
async function pair(): Promise<{ readonly theirs: Socket; readonly ours: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const theirs = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [ours] = await accepted as [Socket];
  server.close();
  return { theirs, ours };
}

async function joined(): Promise<{ readonly client: Socket; readonly server: Socket; readonly inner: Socket }> {
  const [a, b] = [await pair(), await pair()];
  joinSockets(a.ours, Buffer.from('greeting'), b.ours, Buffer.from('ahead'));
  assert.equal((a.ours as Socket & { _handle: unknown })._handle, null, 'the connection is read into a buffer of its own: where this Node does not let it, every question costs more');
  return { client: a.theirs, server: b.theirs, inner: a.ours };
}

/** All that it says until it ends, read by and by. */
async function heard(socket: Socket): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of socket) {
    pieces.push(piece as Buffer);
    if (pieces.length % 8 === 0) await new Promise(setImmediate);
  }
  return Buffer.concat(pieces);
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('megabytes go both ways at once and arrive as they were, to the last byte before the end', async () => {
  const { client, server } = await joined();
  const [question, answer] = [randomBytes(20_000_003), randomBytes(30_000_001)];
  // Nobody reads at first: what the kernel does not take waits, and what was read is not read over.
  client.write(question);
  server.end(answer);
  await new Promise((resolve) => { setImmediate(resolve); });
  const [atClient, atServer] = await Promise.all([heard(client), heard(server)]);
  assert.equal(digest(atClient), digest(Buffer.concat([Buffer.from('greeting'), answer])));
  // The server was done: what the client still had to say has nobody to hear it, and none of what was heard is another's.
  assert.ok(Buffer.concat([Buffer.from('ahead'), question]).subarray(0, atServer.length).equals(atServer));
});

for (const who of ['client', 'server', 'inner'] as const) {
  test(`where ${who === 'inner' ? 'the door puts the client out' : `the ${who} goes`}, nobody is left`, async () => {
    const all = await joined();
    for (const socket of [all.client, all.server]) socket.on('error', () => {}).resume();
    const gone = [all.client, all.server, all.inner].map((socket) => new Promise((resolve) => { socket.once('close', resolve); }));
    all[who].destroy();
    await Promise.all(gone);
  });
}
