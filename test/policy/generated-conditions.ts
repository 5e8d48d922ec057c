/** Conditions and request contexts at random, over a few keys of each type. */
import * as fc from 'fast-check';

/** The values of a type: some that a policy may say, some that a request may have. A request's value of another type stands among them. */
interface Alphabet { readonly operators: readonly string[]; readonly keys: readonly string[]; readonly operands: readonly unknown[]; readonly values: readonly string[] }

const alphabets: readonly Alphabet[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
    keys: ['aws:username', 'aws:PrincipalTag/t', 'aws:TagKeys'],
    operands: ['a', 'A', 'ab', '*', 'a*', '?', '', 'k', '${aws:username}', '${AWS:username}b', "${aws:principaltag/T, 'a'}", '${*}', '${?}*', '${aws:TagKeys}', "${aws:TagKeys, 'k'}", '$', 'a${', 5, true, '${$}{aws:username}'],
    values: ['a', 'A', 'ab', 'k', '', '*', '?', 'true', '5', '${aws:username}', '$'],
  },
  {
    operators: ['NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals'],
    keys: ['s3:max-keys'],
    operands: [1, 10, '10', '10.0', '-1', '1e1', '+10', 0.5],
    values: ['1', '10', '10.00', '-1', '1e1', 'x', '', '0.5', '١'],
  },
  {
    operators: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
    keys: ['aws:CurrentTime'],
    operands: ['2026-01-01', '2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '1767225600', 1767225600, '2026', '2026-01', '2026-01-01T00:00Z', '2026-01-01T00:00:00.5Z'],
    values: ['2026-01-01T00:00:00Z', '2025-12-31T23:00:00-01:00', '1767225600', '1767225601', '2026-01-01T00:00:00.5Z', 'x', '', '2026-02-30', '2026-01-01T24:00:00Z', '2026-01-01T23:60Z'],
  },
  { operators: ['Bool'], keys: ['aws:SecureTransport'], operands: ['true', 'false', true, 'TRUE', '${aws:username}', '${aws:SecureTransport}'], values: ['true', 'false', 'True', 'x', ''] },
  { operators: ['BinaryEquals'], keys: ['k:binary'], operands: ['QUI=', 'QQ==', ''], values: ['QUI=', 'QQ==', 'QR==', '', '-'] },
  {
    operators: ['IpAddress', 'NotIpAddress'],
    keys: ['aws:SourceIp'],
    operands: ['10.0.0.0/8', '10.0.0.1', '10.0.0.1/32', '0.0.0.0/0', '2001:db8::/32', '::/0', '2001:DB8:0:0::1', '10.0.0.9/24'],
    values: ['10.0.0.1', '10.1.0.1', '2001:db8::1', '::1', '::ffff:10.0.0.1', '10.0.0.256', 'x', ''],
  },
  {
    operators: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
    keys: ['aws:SourceArn'],
    operands: ['arn:aws:sns:*:1:t', 'arn:aws:sns:us:1:t', '*', 'arn:aws:sns:us:1:*', 'arn:aws:s?s:us:1:${aws:username}', 'arn:aws:sns:us:${aws:PrincipalTag/t}:t', '${aws:SourceArn}', '${aws:username}', '${*}', 'arn:*', 'arn:aws:sns:*:t', 'arn:*:*:*:*:*:*'],
    values: ['arn:aws:sns:us:1:t', 'arn:aws:sns:us:1:t:s', 'arn:aws:sns:us:a:t', 'arn:aws:sns:us:1:a', 'arn:aws:sns', 'x', ''],
  },
];

const prefixes = ['', '', '', 'ForAllValues:', 'ForAnyValue:'];
const suffixes = ['', '', 'IfExists'];

const oneOrSome = <T>(items: readonly T[]): fc.Arbitrary<T | T[]> => fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...items) }, { weight: 2, arbitrary: fc.array(fc.constantFrom(...items), { minLength: 1, maxLength: 3 }) });

const allKeys = alphabets.flatMap(({ keys }) => keys);

const entries: readonly fc.Arbitrary<readonly [operator: string, keys: unknown]>[] = alphabets.map(({ operators, keys, operands }) =>
  fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...operators), fc.constantFrom(...suffixes), fc.dictionary(fc.constantFrom(...keys), oneOrSome(operands), { minKeys: 1, maxKeys: 2 }))
    .map(([prefix, operator, suffix, values]) => [`${prefix}${operator}${suffix}`, values] as const));

const nullEntry = fc.tuple(fc.constant('Null'), fc.dictionary(fc.constantFrom(...allKeys), oneOrSome<unknown>(['true', 'false', true, 'True']), { minKeys: 1, maxKeys: 1 }));

/** What is no condition. */
const brokenEntry = fc.constantFrom<readonly [string, unknown]>(
  ['StringMatches', { k: 'a' }], ['NullIfExists', { k: 'true' }], ['ForAnyValue:Null', { k: 'true' }], ['stringequals', { 'aws:username': 'a' }], ['ForSomeValues:StringEquals', { k: 'a' }], ['StringEquals', 'a'], ['StringEquals', { 'aws:username': null }],
  ['NumericEquals', { 's3:max-keys': 'x' }], ['IpAddress', { 'aws:SourceIp': '10.0.0.0/33' }], ['DateLessThan', { 'aws:CurrentTime': '2026-02-30' }], ['Bool', { 'aws:SecureTransport': 'yes' }], ['BinaryEquals', { 'k:binary': '*' }], ['Null', { k: 'maybe' }],
  ['StringEquals', { 'aws:username': [] }], ['StringNotEquals', { 'aws:username': [] }], ['StringEquals', {}], ['StringEquals', { 'aws:username': ['a', ['b']] }], ['StringEquals', { 'aws:username': { a: 1 } }], ['toString', { k: 'a' }], ['StringEqualsIfExistsIfExists', { k: 'a' }],
);

const entry = fc.oneof({ weight: 12, arbitrary: fc.oneof(...entries) }, { weight: 2, arbitrary: nullEntry }, { weight: 1, arbitrary: brokenEntry });

/** A statement's Condition, or none. */
export const condition: fc.Arbitrary<object> = fc.oneof(
  { weight: 10, arbitrary: fc.constant({}) },
  { weight: 9, arbitrary: fc.array(entry, { minLength: 1, maxLength: 2 }).map((some) => ({ Condition: Object.fromEntries(some) })) },
  { weight: 1, arbitrary: fc.constantFrom<object>({ Condition: {} }, { Condition: [] }, { Condition: 'x' }, { Condition: null }) },
);

const valueOf = (values: readonly string[]): fc.Arbitrary<string | string[]> => fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 2, arbitrary: fc.array(fc.constantFrom(...values), { maxLength: 3 }) });

/** A request's context: each key is there or not. */
export const context: fc.Arbitrary<Record<string, string | string[]>> = fc.tuple(...alphabets.flatMap(({ keys, values }) => keys.map((key) => fc.option(valueOf(values).map((value) => [key, value] as const), { nil: undefined, freq: 3 }))))
  .map((some) => Object.fromEntries(some.filter((pair) => pair !== undefined)));
