/** Conditions: every operator, missing keys, several values, variables. Sources: "Condition operators", "Conditions with multiple context keys or values", "Variables and tags" (IAM User Guide). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Budget } from './budget.ts';
import { compileCondition } from './conditions.ts';
import type { ContextValue } from './types.ts';

const context = (values: Readonly<Record<string, ContextValue>>) => ({ get: (key: string) => (Object.hasOwn(values, key) ? values[key] : undefined) });

/** Whether `operator` holds between the key's value (undefined: no such key) and the policy's; undefined where it is not understood. */
function holds(operator: string, given: ContextValue | undefined, wanted: string | readonly string[], more: Readonly<Record<string, ContextValue>> = {}): boolean | undefined {
  const condition = compileCondition({ operator, key: 'X:Key', values: [wanted].flat() }, true);
  return condition?.(context({ ...(given !== undefined && { 'x:key': given }), ...more }), new Budget());
}

/** operator, given, wanted, whether it holds. */
const rows: readonly (readonly [string, string, string | readonly string[], boolean])[] = [
  ['StringEquals', 'a', 'a', true], ['StringEquals', 'A', 'a', false], ['StringEquals', 'a', '*', false], ['StringEquals', 'a', ['b', 'a'], true],
  ['StringNotEquals', 'a', ['b', 'a'], false], ['StringNotEquals', 'c', ['b', 'a'], true],
  ['StringEqualsIgnoreCase', 'ABC', 'aBc', true], ['StringNotEqualsIgnoreCase', 'ABC', 'aBc', false],
  ['StringEquals', 'e', ['a', 'b', 'c', 'd', 'e'], true], ['StringNotEquals', 'e', ['a', 'b', 'c', 'd', 'e'], false], ['StringEqualsIgnoreCase', 'E', ['a', 'b', 'c', 'd', 'e'], true],
  ['StringLike', 'abc', 'a*', true], ['StringLike', 'abc', 'A*', false], ['StringLike', 'abc', 'a?c', true], ['StringNotLike', 'abc', ['x*', '*c'], false],
  ['NumericEquals', '10', '10.0', true], ['NumericNotEquals', '10', '11', true], ['NumericLessThan', '-2', '1e1', true], ['NumericLessThanEquals', '3', '3', true],
  ['NumericGreaterThan', '2.5', '2.4', true], ['NumericGreaterThanEquals', '2', '3', false],
  ['DateEquals', '2026-11-24T10:00:00Z', '2026-11-24T12:00:00+02:00', true], ['DateEquals', '2026-11-24T10:00:00Z', '1795514400', true], ['DateNotEquals', '2026-11-24', '2026-11-25', true],
  ['DateLessThan', '2026-11-24T09:59:59.999Z', '2026-11-24T10:00Z', true], ['DateGreaterThanEquals', '2026-11-24T10:00:00Z', '2026-11-24T10:00:00.001Z', false],
  ['DateLessThanEquals', '2026', '2026-01-01', true], ['DateGreaterThan', '2026-11-24T10:00:00Z', '2026-11-24', true],
  ['Bool', 'true', 'TRUE', true], ['Bool', 'false', 'true', false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true], ['BinaryEquals', 'QQ', 'QQ==', true], ['BinaryEquals', 'QR==', 'QQ==', true], ['BinaryEquals', 'QQ==', 'Qg==', false],
  ['IpAddress', '10.1.2.3', '10.0.0.0/8', true], ['IpAddress', '11.1.2.3', '10.0.0.0/8', false], ['IpAddress', '10.1.2.3', '10.1.2.3', true], ['IpAddress', '10.1.2.3', '0.0.0.0/0', true],
  ['IpAddress', '2001:db8::1', '2001:db8::/32', true], ['IpAddress', '2001:db9::1', '2001:db8::/32', false], ['IpAddress', '::ffff:10.1.2.3', '::ffff:0a01:0203', true], ['IpAddress', '10.1.2.3', '::/0', false],
  ['NotIpAddress', '10.1.2.3', ['192.0.2.0/24', '10.0.0.0/8'], false], ['NotIpAddress', '198.51.100.1', ['192.0.2.0/24', '10.0.0.0/8'], true],
  ['ArnLike', 'arn:aws:iam::1:user/a/b', 'arn:aws:iam::*:user/*', true], ['ArnEquals', 'arn:aws:iam::1:user/a', 'arn:aws:iam::?:user/a', true], ['ArnLike', 'arn:aws:s3:::b:c', 'arn:aws:*:c', false],
  ['ArnNotLike', 'arn:aws:iam::1:user/a', 'arn:aws:iam::2:*', true], ['ArnNotEquals', 'arn:aws:iam::2:user/a', 'arn:aws:iam::2:*', false],
];

for (const [operator, given, wanted, expected] of rows) {
  test(`${operator}: ${given} against ${String(wanted)} is ${String(expected)}, with IfExists and for every or any of one value too`, () => {
    for (const name of [operator, `${operator}IfExists`, `ForAllValues:${operator}`, `ForAnyValue:${operator}`]) assert.equal(holds(name, given, wanted), expected, name);
  });
}

test('a value of the wrong type meets no operator, negated or not', () => {
  for (const operator of ['NumericEquals', 'NumericNotEquals', 'DateEquals', 'DateNotEquals']) assert.equal(holds(operator, 'soon', operator.startsWith('N') ? '1' : '2026-01-01'), false, operator);
  for (const operator of ['IpAddress', 'NotIpAddress']) for (const given of ['10.0.0', '010.0.0.1', '10.0.0.256', ':::', '1.2.3.4/33']) assert.equal(holds(operator, given, '0.0.0.0/0'), false, `${operator} ${given}`);
  for (const operator of ['ArnLike', 'ArnNotLike']) for (const given of ['user/a', '*']) assert.equal(holds(operator, given, 'arn:aws:*:*:*:*'), false, `${operator} ${given}`);
  assert.equal(holds('Bool', 'yes', 'true'), false);
  assert.equal(holds('BinaryEquals', 'not base64!', 'QQ=='), false);
});

test('what is no operator, or no value of it, is not understood', () => {
  for (const operator of ['stringequals', 'StringEqualsifexists', 'NullIfExists', 'ForAllValues:Null', 'ForSomeValues:StringEquals', 'BoolNot', 'toString', '__proto__', '']) assert.equal(holds(operator, 'a', 'true'), undefined, operator);
  for (const [operator, wanted] of [['NumericEquals', 'ten'], ['DateEquals', 'today'], ['Bool', 'yes'], ['BinaryEquals', '%'], ['IpAddress', '10.0.0.0/33'], ['Null', 'maybe']] as const) assert.equal(holds(operator, 'a', wanted), undefined, operator);
});

test('a missing key meets negated operators, IfExists and ForAllValues, and nothing else; a key without values is a missing one', () => {
  for (const missing of [undefined, []]) {
    assert.equal(holds('StringEquals', missing, 'a'), false);
    for (const operator of ['StringNotEquals', 'StringNotLike', 'NumericNotEquals', 'DateNotEquals', 'NotIpAddress', 'ArnNotLike']) assert.equal(holds(operator, missing, operator.startsWith('Num') ? '1' : operator.startsWith('D') ? '2026' : operator.includes('Ip') ? '::/0' : 'a'), true, operator);
    for (const operator of ['StringEqualsIfExists', 'StringNotEqualsIfExists', 'ForAnyValue:StringEqualsIfExists', 'ForAllValues:StringEquals', 'ForAllValues:StringNotEquals']) assert.equal(holds(operator, missing, 'a'), true, operator);
    for (const operator of ['ForAnyValue:StringEquals', 'ForAnyValue:StringNotEquals']) assert.equal(holds(operator, missing, 'a'), false, operator);
    assert.equal(holds('Null', missing, 'true'), true);
    assert.equal(holds('Null', missing, 'false'), false);
  }
  assert.equal(holds('Null', 'a', 'true'), false);
  assert.equal(holds('Null', ['a', 'b'], 'false'), true);
});

test('ForAllValues asks every value of the request, ForAnyValue at least one', () => {
  assert.equal(holds('ForAllValues:StringEquals', ['a', 'b'], ['a', 'b', 'c']), true);
  assert.equal(holds('ForAllValues:StringEquals', ['a', 'd'], ['a', 'b', 'c']), false);
  assert.equal(holds('ForAnyValue:StringEquals', ['d', 'a'], ['a', 'b', 'c']), true);
  assert.equal(holds('ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b']), false);
  assert.equal(holds('ForAnyValue:StringNotEquals', ['a', 'd'], ['a', 'b']), true);
  assert.equal(holds('ForAllValues:StringNotLike', ['a1', 'b1'], 'c*'), true);
});

test('GUESS: several values without a set operator: one of them meets a positive operator, all must meet a negated one', () => {
  assert.equal(holds('StringEquals', ['x', 'a'], 'a'), true);
  assert.equal(holds('StringNotEquals', ['x', 'a'], 'a'), false);
});

test('a list without values is met by nothing, and by everything where the operator is negated', () => {
  assert.equal(holds('StringEquals', 'a', []), false);
  assert.equal(holds('StringNotEquals', 'a', []), true);
});

test('variables stand for a single value of the request, a default, or one of the escaped characters', () => {
  const more = { 'aws:username': 'ann', 'aws:tagkeys': ['t'] };
  assert.equal(holds('StringEquals', 'ann', '${aws:UserName}', more), true);
  assert.equal(holds('StringEquals', 'x-ann-y', 'x-${ aws:username }-y', more), true);
  assert.equal(holds('StringEquals', 'none', "${aws:absent, 'none'}", more), true);
  assert.equal(holds('StringEquals', 'a*?$', 'a${*}${?}${$}', more), true);
  assert.equal(holds('StringLike', 'a*b', 'a${*}?', more), true);
  assert.equal(holds('StringLike', 'axb', 'a${*}?', more), false);
  assert.equal(holds('StringLike', 'home/ann/x', 'home/${aws:username}/*', more), true);
  assert.equal(holds('StringLike', 'home/annx', 'home/${aws:username}/*', more), false);
  assert.equal(holds('ArnLike', 'arn:aws:iam::ann:role/ann', 'arn:aws:iam::${aws:username}:role/${aws:username}', more), true);
  assert.equal(holds('Bool', 'true', '${x:flag}', { 'x:flag': 'TRUE' }), true);
  assert.equal(holds('StringEqualsIgnoreCase', 'ANN', '${aws:username}', more), true);
  // A wildcard that comes out of a variable is a character.
  assert.equal(holds('StringLike', 'anything', '${x:any}', { 'x:any': '*' }), false);
  assert.equal(holds('StringLike', '*', '${x:any}', { 'x:any': '*' }), true);
});

test('a variable that stands for nothing, or for several values, meets nothing: a negated operator is met', () => {
  for (const variable of ['${aws:absent}', '${aws:tagkeys}', '${}']) {
    assert.equal(holds('StringEquals', '', variable, { 'aws:tagkeys': ['t', 'u'] }), false, variable);
    assert.equal(holds('StringLike', 'a', `*${variable}`, { 'aws:tagkeys': ['t', 'u'] }), false, variable);
    assert.equal(holds('StringNotEquals', 'a', variable, { 'aws:tagkeys': ['t', 'u'] }), true, variable);
  }
});

test('in a policy of 2008 a variable is text', () => {
  const condition = compileCondition({ operator: 'StringEquals', key: 'k', values: ['${aws:username}'] }, false);
  assert.equal(condition?.(context({ k: '${aws:username}', 'aws:username': 'ann' }), new Budget()), true);
});
