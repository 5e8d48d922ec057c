/** Inputs held to their model: what is allowed, and what AWS says of what is not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { check } from './check.ts';
import { patternLengthMax } from './constraints.ts';
import { failureLimits } from './failures.ts';
import { loadService } from './load.ts';
import type { Service, Shape } from './service.ts';

const load = (name: string): Service => loadService(JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')));
const iam = load('iam');
const sts = load('sts');

type Input = Parameters<typeof check>[1];
const ask = (service: Service, name: string, input: Input): string | undefined => {
  const operation = service.operations.get(name);
  assert.ok(operation);
  return check(operation, input)?.message;
};

const role = 'arn:aws:iam::123456789012:role/reader';

describe('what is allowed', () => {
  for (const [name, input] of [
    ['CreateUser', { UserName: 'alice' }],
    ['CreateUser', { UserName: 'a'.repeat(64), Path: '/a/b/', Tags: [{ Key: 'k', Value: '' }] }],
    ['CreateUser', { UserName: 'alice', Tags: [] }],
    ['CreateUser', { UserName: 'alice', Tags: [{ Key: '\u00e9\u{1d4d0}'.repeat(64), Value: '\u{1d4d0}'.repeat(256) }] }],
    ['ListUsers', {}],
    ['ListUsers', { MaxItems: 1000 }],
    ['UntagUser', { UserName: 'alice', TagKeys: ['a', 'b'] }],
  ] as const satisfies readonly (readonly [string, Input])[]) test(`${name} ${JSON.stringify(input).slice(0, 80)}`, () => assert.equal(ask(iam, name, input), undefined));

  test('an operation without an input has nothing to refuse', () => assert.equal(ask(iam, 'GetAccountSummary', {}), undefined));
});

describe('what is refused', () => {
  for (const [service, name, input, message] of [
    [iam, 'CreateUser', {}, "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null"],
    [iam, 'CreateUser', { UserName: '' }, "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    [iam, 'CreateUser', { UserName: 'a'.repeat(65) }, "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64"],
    [iam, 'ListUsers', { MaxItems: 1001 }, "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000"],
    [iam, 'ListUsers', { MaxItems: 0 }, "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    [iam, 'ListPolicies', { Scope: 'all' }, "1 validation error detected: Value at 'scope' failed to satisfy constraint: Member must satisfy enum value set: [All, AWS, Local]"],
    [iam, 'CreateUser', { UserName: 'a', Tags: [{ Key: 'ok', Value: '' }, { Key: 'a(b', Value: '' }] }, "1 validation error detected: Value at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+"],
    [iam, 'CreateUser', { UserName: 'a', Tags: [{ Key: 'ok' }] }, "1 validation error detected: Value at 'tags.1.member.value' failed to satisfy constraint: Member must not be null"],
    [iam, 'CreateUser', { UserName: 'a', Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }, "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50"],
    [iam, 'UntagUser', { UserName: 'a', TagKeys: ['ok', '', 'x('] }, "1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]"],
    [sts, 'AssumeRole', { RoleSessionName: 'ok' }, "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null"],
    [sts, 'AssumeRole', { RoleArn: role, RoleSessionName: 'a:b' }, "1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"],
    [sts, 'AssumeRole', { RoleArn: role, RoleSessionName: 'ok', DurationSeconds: 600 }, "1 validation error detected: Value '600' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"],
    [sts, 'AssumeRole', { RoleArn: role, RoleSessionName: 'ok', TransitiveTagKeys: ['a', 'b('] }, "1 validation error detected: Value '[a, b(]' at 'transitiveTagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+, Member must not be null]"],
    [sts, 'AssumeRoleWithSAML', { RoleArn: role, PrincipalArn: role, SAMLAssertion: 'abc' }, "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length greater than or equal to 4"],
  ] as const satisfies readonly (readonly [Service, string, Input, string])[]) test(message.slice(0, 150), () => assert.equal(ask(service, name, input), message));

  test('several failures stand in one sentence, of one value the pattern\'s first', () => {
    assert.equal(
      ask(sts, 'AssumeRole', { RoleArn: '', RoleSessionName: '' }),
      "3 validation errors detected: Value '' at 'roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+; "
      + "Value '' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20; Value '' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
    );
  });

  for (const [name, input, message] of [
    ['CreateUser', { UserName: 'a b' }, 'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'],
    ['AttachRolePolicy', { RoleName: role, PolicyArn: role }, 'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-'],
    ['CreateUser', { UserName: 'ok', Path: 'no' }, 'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.'],
    ['ListPolicies', { PathPrefix: '/foo' }, 'The specified value for pathPrefix is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.'],
  ] as const satisfies readonly (readonly [string, Input, string])[]) test(message, () => assert.equal(ask(iam, name, input), message));

  test('AWS\'s own sentence about a name waits for the other failures', () => {
    assert.equal(ask(iam, 'CreateUser', { UserName: 'a b', Path: '' }), "1 validation error detected: Value at 'path' failed to satisfy constraint: Member must have length greater than or equal to 1");
  });

  test('lengths count characters, not UTF-16 units', () => {
    const tag = (Value: string): Input => ({ UserName: 'a', Tags: [{ Key: 'k', Value }] });
    assert.equal(ask(iam, 'CreateUser', tag('\u{1d4d0}'.repeat(256))), undefined);
    assert.match(ask(iam, 'CreateUser', tag('\u{1d4d0}'.repeat(257)))!, /length less than or equal to 256/);
    assert.match(ask(sts, 'AssumeRole', { RoleArn: role, RoleSessionName: '\u{1d4d0}' })!, /^2 validation errors.*length greater than or equal to 2$/);
  });
});

describe('what a message keeps to itself', () => {
  test('IAM repeats no value', () => assert.ok(!ask(iam, 'CreateLoginProfile', { UserName: 'x'.repeat(200), Password: 'hunter2\u{1f511}' })!.includes('hunter2')));
  test('STS repeats no external id and no token', () => {
    assert.ok(!ask(sts, 'AssumeRole', { RoleArn: role, RoleSessionName: 'ok', ExternalId: 'hunter2(' })!.includes('hunter2'));
    assert.ok(!ask(sts, 'AssumeRoleWithWebIdentity', { RoleArn: role, RoleSessionName: 'ok', WebIdentityToken: 'abc' })!.includes('abc'));
  });
  test('a message has an end, however much is wrong', () => {
    const tags = Array.from({ length: 5_000 }, () => ({ Key: '(', Value: '(' }));
    const many = ask(sts, 'AssumeRole', { RoleArn: role, RoleSessionName: 'ok', Tags: tags })!;
    assert.match(many, /^10001 validation errors detected: /);
    assert.equal(many.split('; ').length, failureLimits.listedMax);
    assert.ok(ask(sts, 'AssumeRole', { RoleArn: role, RoleSessionName: '('.repeat(1_000_000) })!.length < 2 * failureLimits.echoLengthMax);
  });
  test('a text far too long is not tried on the pattern', () => {
    assert.match(ask(sts, 'AssumeRole', { RoleArn: role, RoleSessionName: '('.repeat(patternLengthMax + 1) })!, /^1 validation error detected: .* length less than or equal to 64$/);
  });
});

test('whatever the input, a refusal names at least one failure', () => {
  const operations = [...iam.operations.values(), ...sts.operations.values()].filter(({ input }) => input !== undefined);
  const text = fc.oneof(fc.constantFrom('', 'a', 'a b', '/', role, 'AKIAIOSFODNN7EXAMPLE', 'Active'), fc.string({ unit: 'grapheme', maxLength: 80 }));
  const valueOf = (shape: Shape): fc.Arbitrary<Input[string]> => {
    switch (shape.type) {
      case 'structure': return fc.constant({});
      case 'list': return fc.array(shape.member.shape.type === 'structure' ? fc.constant({}) : text, { maxLength: 3 });
      case 'map': return fc.dictionary(text, text, { maxKeys: 3 });
      case 'string': return text;
      case 'blob': return fc.uint8Array({ maxLength: 5 });
      case 'boolean': return fc.boolean();
      default: return fc.integer();
    }
  };
  const inputs = fc.constantFrom(...operations).chain((operation) => {
    const members = Object.fromEntries([...operation.input!.members.values()].map(({ name, shape }) => [name, valueOf(shape)]));
    return fc.record(members, { requiredKeys: [] }).map((input: Input) => ({ operation, input }));
  });
  fc.assert(fc.property(inputs, ({ operation, input }) => {
    const message = check(operation, input)?.message;
    if (message !== undefined) assert.match(message, /^(?:1 validation error|[2-9]\d* validation errors|1\d+ validation errors) detected: Value|^The specified value for /);
  }), { seed: 20_261_124, numRuns: 1_000 });
});

test('EC2 says the first failure, by the parameter\'s name on its wire', () => {
  const ec2 = load('ec2');
  const refusalOf = (name: string, input: Input): unknown => {
    const { name: code, message } = check(ec2.operations.get(name)!, input) ?? {};
    return [code, message];
  };
  assert.deepEqual(refusalOf('StopInstances', {}), ['MissingParameter', 'The request must contain the parameter InstanceId']);
  assert.deepEqual(refusalOf('RunInstances', { MinCount: 1 }), ['MissingParameter', 'The request must contain the parameter MaxCount']);
  assert.deepEqual(refusalOf('CreateKeyPair', { KeyName: 'a', KeyType: 'dsa' }), ['InvalidParameterValue', 'Value (dsa) for parameter KeyType is invalid. Member must satisfy enum value set: [rsa, ed25519]']);
});
