/** Who gives way when the bodies in memory are too many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BodyBudget, type Share } from './body-budget.ts';

const limits = { bodyBytesPerClientMax: 100, bodyBytesInFlightMax: 150 };

/** Takes as much for a body that is still coming; tells whether it was given up. */
function coming(budget: BodyBudget, share: Share, size: number): { readonly hasGivenWay: boolean; readonly whole: () => void } {
  let hasGivenWay = false;
  const body = {
    size,
    giveWay() {
      hasGivenWay = true;
      share.coming.delete(body);
      budget.giveBack(share, size);
    },
  };
  share.coming.add(body);
  budget.take(share, size);
  return { get hasGivenWay() { return hasGivenWay; }, whole: () => void share.coming.delete(body) };
}

test('beyond its own share a client gives way to itself: the largest body first, and nobody else\'s', () => {
  const budget = new BodyBudget(limits);
  const [greedy, other] = [budget.enter('203.0.113.1'), budget.enter('203.0.113.2')];
  const others = coming(budget, other, 80);
  const large = coming(budget, greedy, 60);
  const small = coming(budget, greedy, 10);
  const one = coming(budget, greedy, 40);
  assert.deepEqual([large, small, one, others].map((body) => body.hasGivenWay), [true, false, false, false]);
});

test('beyond what all may have, the largest body that is coming gives way, whosever it is', () => {
  const budget = new BodyBudget(limits);
  const shares = ['203.0.113.1', '203.0.113.2', '203.0.113.3'].map((address) => budget.enter(address));
  const bodies = [90, 50, 20].map((size, i) => coming(budget, shares[i]!, size));
  assert.deepEqual(bodies.map((body) => body.hasGivenWay), [true, false, false]);
});

test('a body that has come whole gives way to nothing, and the next is refused instead', () => {
  const budget = new BodyBudget(limits);
  const share = budget.enter('203.0.113.1');
  const whole = coming(budget, share, 95);
  whole.whole();
  const next = coming(budget, share, 10);
  assert.deepEqual([whole.hasGivenWay, next.hasGivenWay, share.bytes], [false, true, 95]);
});

test('one client is an address of IPv4, or 64 bits of IPv6, for as long as it is connected', () => {
  const budget = new BodyBudget(limits);
  const share = budget.enter('2001:db8:1:2::1');
  assert.equal(budget.enter('2001:db8:1:2:ffff::9'), share);
  assert.notEqual(budget.enter('2001:db8:1:3::1'), share);
  assert.notEqual(budget.enter('203.0.113.1'), budget.enter('203.0.113.2'));
  budget.leave(share);
  assert.equal(budget.enter('2001:db8:1:2::7'), share);
  for (let i = 0; i < 2; i++) budget.leave(share);
  assert.notEqual(budget.enter('2001:db8:1:2::1'), share);
});
