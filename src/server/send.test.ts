/** Answers that nobody waits for any more. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { send } from './send.ts';

test('the body of a client that is gone is closed, though nobody has begun to read it', async () => {
  let close = (): void => {};
  const closed = new Promise<string>((resolve) => { close = () => resolve('closed'); });
  const body = (async function* () {
    try {
      yield Buffer.from('text');
      yield Buffer.from('more');
    } finally {
      close();
    }
  })();
  send({ method: 'GET' }, { destroyed: true } as ServerResponse, { status: 200, headers: {}, body }, false);
  assert.equal(await Promise.race([closed, new Promise((resolve) => { setImmediate(resolve, 'left open'); })]), 'closed');
});
