/** Messages between threads arrive as they were posted, whichever way each of them goes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Inbox, Outbox, openMailbox } from './mailbox.ts';

const text = fc.string({ unit: 'binary' }).map((given) => given.toWellFormed());
/** About as long as a slot, in characters of one to three bytes. */
const longText = fc.tuple(fc.constantFrom('a', 'ä', '€'), fc.nat({ max: 20_000 })).map(([character, length]) => character.repeat(length));
const message = fc.oneof(text, longText, fc.constant(null), fc.record({ result: text }, { noNullPrototype: true }));

test('whatever is posted is taken once, in order, however much lies there untaken', () => {
  fc.assert(fc.property(fc.array(fc.array(message, { maxLength: 20 }), { maxLength: 6 }), (batches) => {
    const [here, there] = openMailbox();
    const [outbox, inbox] = [new Outbox<unknown>(here), new Inbox<unknown>(there)];
    for (const batch of batches) {
      for (const posted of batch) outbox.post(posted);
      const taken = [];
      while (!inbox.isEmpty) taken.push(inbox.take());
      assert.deepEqual(taken, batch);
      assert.equal(inbox.take(), undefined);
    }
    here.port.close();
  }), { numRuns: 50 });
});

test('the two directions do not meet', () => {
  const [here, there] = openMailbox();
  new Outbox<string>(here).post('there');
  new Outbox<string>(there).post('back');
  assert.equal(new Inbox<string>(here).take(), 'back');
  assert.equal(new Inbox<string>(there).take(), 'there');
  here.port.close();
});

test('the numbers of messages may wrap round', () => {
  const [here, there] = openMailbox();
  new Int32Array(here.outgoing, 0, 2).fill(2 ** 31 - 5);
  const [outbox, inbox] = [new Outbox<string>(here), new Inbox<string>(there)];
  for (let i = 0; i < 20; i += 2) {
    outbox.post(`${i}`);
    outbox.post(`${i + 1}`);
    assert.deepEqual([inbox.take(), inbox.take(), inbox.take()], [`${i}`, `${i + 1}`, undefined]);
  }
  here.port.close();
});

test('who waits for an arrival hears of it', async () => {
  const [here, there] = openMailbox();
  const [outbox, inbox] = [new Outbox<string>(here), new Inbox<string>(there)];
  const arrival = inbox.arrival();
  outbox.post('a');
  await arrival;
  assert.equal(inbox.take(), 'a');
  const nothing = inbox.arrival();
  inbox.release();
  await nothing;
  assert.equal(inbox.take(), undefined);
  here.port.close();
});
