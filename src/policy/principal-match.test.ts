/** Whom a Principal element names, and how closely. Source: "AWS JSON policy elements: Principal" (IAM User Guide). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NamedPrincipal } from './document.ts';
import { principalMatcher } from './principal-match.ts';
import type { Principal } from './types.ts';

const account = '111122223333';
const role: Principal = { kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/r/s`, principalArn: `arn:aws:iam::${account}:role/path/r`, principalId: 'AROAR' };
const naming = (principal: Principal, element: NamedPrincipal['element'], ...texts: readonly string[]) => principalMatcher(texts.map((text) => ({ element, text, start: 0, end: 0 })))(principal, undefined, false);

test('the closest of several names counts', () => {
  assert.equal(naming(role, 'AWS', account), 'delegated');
  assert.equal(naming(role, 'AWS', account, role.principalArn), 'bounded');
  assert.equal(naming(role, 'AWS', role.principalArn, account, role.arn), 'direct');
  assert.equal(naming(role, 'AWS', account, '*'), 'direct');
});

test('a name is exact: no wildcard, no other letter case, no other path, no other account', () => {
  for (const text of [`arn:aws:iam::${account}:role/*`, `arn:aws:iam::${account}:role/r`, `arn:aws:iam::${account}:ROLE/path/r`, `arn:aws:sts::${account}:assumed-role/r/*`, 'AROAR:s', '11112222333', '444455556666', 'arn:aws:iam::444455556666:root', `${account}:root`]) {
    assert.equal(naming(role, 'AWS', text), undefined, text);
  }
});

test('an element names its own kind of principal only', () => {
  const service: Principal = { kind: 'service', service: 'ec2.amazonaws.com' };
  const web: Principal = { kind: 'webIdentity', federated: 'accounts.google.com' };
  assert.equal(naming(service, 'Service', 'ec2.amazonaws.com'), 'direct');
  assert.equal(naming(service, 'Service', '*'), 'direct');
  assert.equal(naming(service, 'AWS', 'ec2.amazonaws.com'), undefined);
  assert.equal(naming(web, 'Federated', 'accounts.google.com'), 'direct');
  assert.equal(naming(web, 'Federated', '*'), undefined);
  assert.equal(naming(role, 'Service', role.arn), undefined);
  assert.equal(naming(role, 'CanonicalUser', '*'), undefined);
});
