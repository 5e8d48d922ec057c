/** The awsQuery wire beyond Smithy's cases: what hostile or careless clients send, and the envelopes of answers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ApiError } from '../base/api-error.ts';
import { loadService } from '../model/load.ts';
import { errorShape } from '../model/service.ts';
import type { Operation, Service } from '../model/service.ts';
import { awsQuery } from './aws-query.ts';
import { formLimits } from './form.ts';
import type { StructureValue, WireRequest } from './protocol.ts';

const load = (name: string): Service => loadService(JSON.parse(readFileSync(new URL(`../../models/${name}.json`, import.meta.url), 'utf8')));
const iam = load('iam');
const sts = load('sts');

const form = 'application/x-www-form-urlencoded; charset=utf-8';
const post = (body: string | Uint8Array, { query = '', type = form }: { readonly query?: string; readonly type?: string | undefined } = {}): WireRequest => ({
  method: 'POST', path: '/', query, body: typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
  rawHeaders: [], header: (name) => (name === 'content-type' ? type : undefined),
});

const read = (service: Service, name: string, body: string | Uint8Array): StructureValue => {
  const operation = service.operations.get(name);
  assert.ok(operation);
  return awsQuery.readInput(operation, post(body));
};
const isMalformed = (reason: RegExp) => (thrown: unknown): boolean => thrown instanceof ApiError && thrown.name === 'MalformedInput' && reason.test(thrown.message);
const refused = (service: Service, name: string, body: string | Uint8Array, reason: RegExp): void => assert.throws(() => read(service, name, body), isMalformed(reason));

describe('naming an operation', () => {
  test('an operation is named by Action and the Version of the service', () => {
    assert.equal(awsQuery.operationName(post('Action=GetCallerIdentity&Version=2011-06-15'), sts), 'GetCallerIdentity');
    assert.equal(awsQuery.operationName(post('Version=2011-06-15', { query: 'Action=GetCallerIdentity' }), sts), 'GetCallerIdentity');
  });

  for (const [what, request] of [
    ['another Version', post('Action=GetCallerIdentity&Version=2010-05-08')],
    ['no Version', post('Action=GetCallerIdentity')],
    ['no Action', post('Version=2011-06-15')],
    ['a body that is no form', post('Action=GetCallerIdentity&Version=2011-06-15', { type: 'application/json' })],
    ['a method that carries none', { ...post(''), method: 'PUT', query: 'Action=GetCallerIdentity&Version=2011-06-15' }],
    ['an empty request', post('')],
  ] as const) test(`${what} names none`, () => assert.equal(awsQuery.operationName(request, sts), undefined));

  test('what names no operation is told in AWS\'s words, and a long name is cut', () => {
    const told = awsQuery.unknownOperation(post('Action=Nope&Version=2010-05-08'), sts);
    assert.equal(told.name, 'InvalidAction');
    assert.equal(told.message, 'Could not find operation Nope for version 2010-05-08');
    assert.equal(awsQuery.unknownOperation(post(''), sts).message, 'Could not find operation NO_OPERATION_NAME for version NO_VERSION_SPECIFIED');
    assert.ok(awsQuery.unknownOperation(post(`Action=${'x'.repeat(100_000)}`), sts).message.length < 300);
  });
});

describe('what is answered without an error document', () => {
  const request = (method: string, path: string, query = ''): WireRequest => ({ method, path, query, body: new Uint8Array(), rawHeaders: [], header: () => undefined });
  const answered = (asked: WireRequest) => {
    assert.equal(awsQuery.operationName(asked, sts), undefined);
    return awsQuery.writeError(sts, errorShape(sts, awsQuery.unknownOperation(asked, sts).name), '', 'r');
  };

  test('a path that is not the root has no operation', () => {
    const unknown = { status: 404, contentType: 'text/xml', body: '<UnknownOperationException/>' };
    for (const path of ['/foo', '//', '/?', '*', 'http://sts.example/']) assert.deepEqual(answered(request('POST', path, 'Action=GetCallerIdentity&Version=2011-06-15')), unknown);
  });

  test('a GET that asks for nothing is sent to a page for people', () => {
    const redirect = { status: 302, contentType: undefined, headers: { Location: 'https://aws.amazon.com/iam' }, body: '' };
    for (const query of ['', 'Version=2011-06-15']) assert.deepEqual(answered(request('GET', '/', query)), redirect);
    assert.equal(answered(request('GET', '/', 'Action=')).status, 400);
    assert.equal(answered(request('POST', '/')).status, 400);
  });

  test('a malformed escape is not told from others', () => {
    assert.deepEqual(awsQuery.writeError(undefined, errorShape(undefined, 'UnreadableRequest'), 'never said', 'r'), { status: 400, contentType: undefined, body: '' });
  });
});

describe('reading parameters', () => {
  test('escapes, plus signs and raw UTF-8 bytes are read as text', () => {
    assert.deepEqual(read(iam, 'CreateUser', 'UserName=a+b%2Bc%C3%A9%F0%9F%94%91'), { UserName: 'a b+c\u00e9\u{1f511}' });
    assert.deepEqual(read(iam, 'CreateUser', Buffer.from('UserName=\u00e9', 'utf8')), { UserName: '\u00e9' });
    assert.deepEqual(read(iam, 'CreateUser', 'User%4Eame=alice'), { UserName: 'alice' });
  });

  for (const escape of ['%', '%2', '%zz', '%+1', '%2%41']) {
    test(`the malformed escape ${escape} makes the request unreadable`, () => assert.throws(() => read(iam, 'CreateUser', `UserName=a${escape}`), { name: 'UnreadableRequest' }));
  }

  for (const escape of ['%FF', '%C3', '%C3%28', '%ED%A0%80', '%C0%80', '\xff', '\xc3']) {
    test(`the escape or byte of no character ${JSON.stringify(escape)} is refused`, () => refused(iam, 'CreateUser', `UserName=a${escape}`, /percent-encoded UTF-8/));
  }

  test('the first of two parameters of a name counts, and the query string stands before the body', () => {
    assert.deepEqual(read(iam, 'CreateUser', 'UserName=first&UserName=second'), { UserName: 'first' });
    assert.deepEqual(awsQuery.readInput(iam.operations.get('CreateUser')!, post('UserName=body', { query: 'UserName=query' })), { UserName: 'query' });
  });

  test('unknown parameters, empty pairs and a name without a value are no trouble', () => {
    assert.deepEqual(read(iam, 'CreateUser', '&&UserName=alice&Nope=1&Tags2.member.1.Key=x&='), { UserName: 'alice' });
    assert.deepEqual(read(iam, 'CreateUser', 'UserName'), { UserName: '' });
  });

  test('names that mean something to JavaScript mean nothing here', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      assert.deepEqual(Object.keys(read(iam, 'CreateUser', `${name}=x&${name}.member.1=y&UserName=alice`)), ['UserName']);
      assert.equal(awsQuery.operationName(post(`Action=${name}&Version=2010-05-08`), iam), name);
      assert.equal(iam.operations.get(name), undefined);
    }
    assert.equal(({} as Record<string, unknown>)['x'], undefined);
  });
});

describe('reading lists', () => {
  const tags = (body: string) => read(iam, 'CreateUser', body)['Tags'];

  test('members are taken in order of their numbers, and gaps are closed', () => {
    assert.deepEqual(tags('Tags.member.10.Key=c&Tags.member.2.Key=b&Tags.member.1.Key=a'), [{ Key: 'a' }, { Key: 'b' }, { Key: 'c' }]);
    assert.deepEqual(tags('Tags.member.999999999.Key=z'), [{ Key: 'z' }]);
  });

  test('an empty list is written as its name alone', () => assert.deepEqual(tags('Tags='), []));

  for (const body of ['Tags.member.0.Key=a', 'Tags.member.01.Key=a', 'Tags.member.-1.Key=a', 'Tags.member.x.Key=a', 'Tags.member.1e3.Key=a', 'Tags.member.9999999999.Key=a', 'Tags.1.Key=a', 'Tags.item.1.Key=a', 'Tags.member=a']) {
    test(`${body} is refused rather than ignored`, () => refused(iam, 'CreateUser', body, /unexpected position/));
  }

  test('a single value where a list or structure is expected, and the other way round, is refused', () => {
    refused(iam, 'CreateUser', 'Tags=a', /Unexpected complex element termination/);
    refused(iam, 'CreateUser', 'Tags.member.1=a', /Unexpected complex element termination/);
    refused(iam, 'CreateUser', 'UserName.member.1=a', /Start of structure or map/);
    refused(sts, 'AssumeRole', 'PolicyArns.member.1.arn.x=a', /Start of structure or map/);
  });

  test('too many parameters, and names of too many parts, are refused', () => {
    refused(iam, 'CreateUser', 'a=&'.repeat(formLimits.parametersMax + 1), /at most/);
    refused(iam, 'CreateUser', `${'a.'.repeat(formLimits.depthMax)}a=1`, /at most/);
    refused(iam, 'CreateUser', Array.from({ length: 2_000 }, (_, i) => `${i}.${'a.'.repeat(formLimits.depthMax - 4)}a=1`).join('&'), /at most 50000 parts/);
    assert.deepEqual(read(iam, 'CreateUser', `UserName=alice&${'a.'.repeat(formLimits.depthMax - 1)}a=1`), { UserName: 'alice' });
  });
});

describe('reading numbers and booleans', () => {
  for (const [text, value] of [['900', 900], ['+900', 900], ['0900', 900], ['-1', -1], ['2147483647', 2_147_483_647]] as const) {
    test(`the integer ${text} is ${value}`, () => assert.deepEqual(read(sts, 'GetSessionToken', `DurationSeconds=${encodeURIComponent(text)}`), { DurationSeconds: value }));
  }
  for (const text of ['', ' 900', '900 ', '9e2', '900.0', '0x384', '9_00', '2147483648', '-2147483649', 'abc', '\u0669']) {
    test(`${JSON.stringify(text)} is no integer`, () => refused(sts, 'GetSessionToken', `DurationSeconds=${encodeURIComponent(text)}`, /DurationSeconds can not be converted to an Integer/));
  }
  test('a refused value is not repeated', () => assert.throws(() => read(sts, 'GetSessionToken', 'DurationSeconds=hunter2'), (thrown: Error) => !thrown.message.includes('hunter2')));
  test('booleans are true or false', () => {
    assert.deepEqual(read(iam, 'UpdateLoginProfile', 'UserName=a&PasswordResetRequired=True'), { UserName: 'a', PasswordResetRequired: true });
    refused(iam, 'UpdateLoginProfile', 'UserName=a&PasswordResetRequired=1', /Boolean/);
  });
});

describe('answers', () => {
  const operation = (name: string, service = iam): Operation => service.operations.get(name)!;

  test('an operation without a result has only the metadata', () => {
    assert.equal(awsQuery.writeOutput(operation('DeleteUser'), undefined, 'r-1').body, '<DeleteUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></DeleteUserResponse>');
  });

  test('GetCallerIdentity answers as AWS does', () => {
    const { body, status, contentType } = awsQuery.writeOutput(operation('GetCallerIdentity', sts), { UserId: 'AIDA', Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/a' }, 'r-1');
    assert.deepEqual([status, contentType], [200, 'text/xml']);
    assert.equal(body, '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><UserId>AIDA</UserId><Account>123456789012</Account><Arn>arn:aws:iam::123456789012:user/a</Arn></GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>');
  });

  test('members that the model does not know are not written', () => {
    assert.ok(!String(awsQuery.writeOutput(operation('GetCallerIdentity', sts), { Secret: 'x' }, 'r').body).includes('Secret'));
  });

  test('a value of the wrong type is our bug, never an answer', () => {
    assert.throws(() => awsQuery.writeOutput(operation('GetCallerIdentity', sts), { Arn: 7 }, 'r'), TypeError);
    assert.throws(() => awsQuery.writeOutput(operation('ListUsers'), { Users: 'x', IsTruncated: false }, 'r'), TypeError);
  });

  test('an error names its fault, code and message in its service\'s namespace', () => {
    assert.deepEqual(awsQuery.writeError(iam, errorShape(iam, 'NoSuchEntity'), 'The user with name <a> cannot be found.', 'r-1'), {
      status: 404, contentType: 'text/xml',
      body: '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The user with name &lt;a&gt; cannot be found.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>',
    });
    assert.match(String(awsQuery.writeError(iam, errorShape(iam, 'ServiceFailure'), 'x', 'r').body), /<Type>Receiver<\/Type>/);
  });

  test('an unknown action, and an error of no service, stand in the namespace of faults; an empty message is left out', () => {
    for (const service of [iam, undefined]) assert.match(String(awsQuery.writeError(service, errorShape(service, 'InvalidAction'), 'x', 'r').body), /^<ErrorResponse xmlns="http:\/\/webservices\.amazon\.com\/AWSFault\/2005-15-09">/);
    assert.ok(!String(awsQuery.writeError(iam, errorShape(iam, 'MalformedInput'), '', 'r').body).includes('Message'));
  });
});

test('no body costs more than its length to read: the worst are done long before a test is given up', () => {
  const size = 9_900_000;
  // Names without an equals sign, spaces, and nothing between many ampersands.
  for (const [times, body] of [[20, 'a&'.repeat(formLimits.parametersMax - 1_000) + 'b'.repeat(size)], [2, `UserName=${'+'.repeat(size)}`], [2, `UserName=${'%41'.repeat(size / 3)}`]] as const) {
    const bytes = Buffer.from(body);
    for (let i = 0; i < times; i++) assert.doesNotThrow(() => read(iam, 'CreateUser', bytes));
  }
  refused(iam, 'CreateUser', '&'.repeat(size), /at most/);
});

test('whatever a form holds, it is read or refused', () => {
  const piece = fc.oneof(fc.constantFrom('Tags', '.member', '.1', '.2', '.Key', '.Value', '=', '&', '%', '%41', '+', 'UserName', '.'), fc.string({ unit: 'binary', maxLength: 3 }));
  fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
    try {
      const input = read(iam, 'CreateUser', Buffer.from(pieces.join(''), 'utf8'));
      assert.ok(Object.keys(input).every((name) => iam.operations.get('CreateUser')!.input!.members.has(name)));
    } catch (thrown) {
      assert.ok(thrown instanceof ApiError && /^(?:MalformedInput|UnreadableRequest)$/.test(thrown.name), String(thrown));
    }
  }), { seed: 20_261_124, numRuns: 500 });
});
