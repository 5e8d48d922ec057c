/** The awsQuery wire of the whole server, as a client sees it: both methods, envelopes, validation, and what is answered out of turn. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { loadedServices } from '../../src/services/index.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';
import type { RequestToSign } from '../sign-request.ts';
import { parseXml } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

const services = await loadedServices();

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse(); });
after(() => gatehouse.stop());

async function ask(options: Partial<RequestToSign>, host?: string) {
  const { accessKeyId, secretAccessKey } = gatehouse.admin;
  const { method, target, rawHeaders, body } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, ...options });
  const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i) => [rawHeaders[2 * i]!, rawHeaders[2 * i]!.toLowerCase() === 'host' && host !== undefined ? host : rawHeaders[2 * i + 1]!] as const);
  return gatehouse.send({ method, target, headers, body });
}

const unsigned = (method: string, target: string, host = 'gatehouse.example', body = '') => gatehouse.send({ method, target, headers: [['Host', host], ['Content-Type', 'application/x-www-form-urlencoded']], body });

const childOf = ({ children }: XmlElement, name: string): XmlElement => {
  const child = children.find((each) => each.name === name);
  assert.ok(child, name);
  return child;
};

const parameters = { iam: 'Version=2010-05-08', sts: 'Version=2011-06-15' } as const;
const call = (service: keyof typeof parameters, rest: string): Partial<RequestToSign> => ({ service, body: `${parameters[service]}&${rest}` });

test('GET and POST say the same, and every answer carries its id in header and body', async () => {
  const form = `${parameters.sts}&Action=GetCallerIdentity`;
  const answers = [await ask({ service: 'sts', body: form }), await ask({ service: 'sts', method: 'GET', target: `/?${form}` }), await ask({ service: 'sts', method: 'GET', target: `/?${form}`, isPresigned: true }), await ask({ service: 'sts', target: `/?${parameters.sts}`, body: 'Action=GetCallerIdentity' })];
  const contents = answers.map(({ status, headers, body }) => {
    assert.deepEqual([status, headers['Content-Type']], [200, 'text/xml']);
    const written = parseXml(String(body));
    assert.equal(childOf(childOf(written, 'ResponseMetadata'), 'RequestId').text, headers['x-amzn-RequestId']);
    return childOf(written, 'GetCallerIdentityResult');
  });
  for (const content of contents) assert.deepEqual(content, contents[0]);
});

test('an operation without an output has no result element; an empty list is an empty element', async () => {
  await ask(call('iam', 'Action=CreateUser&UserName=void'));
  assert.match(String((await ask(call('iam', 'Action=TagUser&UserName=void&Tags.member.1.Key=a&Tags.member.1.Value='))).body), /^<TagUserResponse xmlns="https:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/"><ResponseMetadata>/);
  assert.match(String((await ask(call('iam', 'Action=ListGroupsForUser&UserName=void'))).body), /<Groups\/>|<Groups><\/Groups>/);
  assert.match(String((await ask(call('iam', 'Action=ListUserTags&UserName=void'))).body), /<Tags><member><Key>a<\/Key><Value><\/Value><\/member><\/Tags>/);
});

describe('errors', () => {
  test('stand in the envelope of their service, with the id of the header', async () => {
    const { status, headers, body } = await ask(call('iam', 'Action=GetUser&UserName=nobody'));
    assert.equal(status, 404);
    assert.equal(String(body), `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The user with name nobody cannot be found.</Message></Error><RequestId>${headers['x-amzn-RequestId']}</RequestId></ErrorResponse>`);
  });

  for (const [what, options, message] of [
    ['an unknown action', call('iam', 'Action=BakeCake'), 'Could not find operation BakeCake for version 2010-05-08'],
    ['an action in other letters', call('iam', 'Action=getuser'), 'Could not find operation getuser for version 2010-05-08'],
    ['an empty action', call('sts', 'Action='), 'Could not find operation  for version 2011-06-15'],
    ['another version', { service: 'sts', body: 'Action=GetCallerIdentity&Version=2010-05-08' }, 'Could not find operation GetCallerIdentity for version 2010-05-08'],
    ['no version', { service: 'sts', body: 'Action=GetCallerIdentity' }, 'Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED'],
    ['a POST of nothing', { service: 'sts', body: '' }, 'Could not find operation NO_OPERATION_NAME for version NO_VERSION_SPECIFIED'],
  ] as const) {
    test(`${what} is an InvalidAction in the namespace of faults`, async () => {
      const { status, body } = await ask(options);
      assert.equal(status, 400);
      assert.ok(String(body).startsWith(`<ErrorResponse xmlns="http://webservices.amazon.com/AWSFault/2005-15-09"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${message}</Message></Error>`), String(body));
    });
  }

  test('what is not built says so by name, and does nothing', async () => {
    const unbuilt = services.flatMap(({ name, unimplemented }) => unimplemented.map((operation) => ({ name, operation })));
    for (const { name, operation } of unbuilt) {
      if (name !== 'iam' && name !== 'sts') continue;
      const { status, body } = await ask(call(name, `Action=${operation}`));
      assert.equal(status, 501);
      assert.ok(String(body).includes(`<Type>Receiver</Type><Code>NotImplemented</Code><Message>${name}:${operation} is not implemented yet.</Message>`), String(body));
    }
  });
});

describe('what is answered without an error document', () => {
  test('a GET of nothing at STS is a redirect, signed or not', async () => {
    for (const answer of [await ask({ service: 'sts', method: 'GET', target: '/' }), await unsigned('GET', '/', 'sts.gatehouse.example')]) {
      assert.deepEqual([answer.status, answer.headers.Location, answer.headers['Content-Type'], String(answer.body)], [302, 'https://aws.amazon.com/iam', undefined, '']);
    }
  });

  test('another path is an unknown operation, signed or not', async () => {
    for (const target of ['/sts', '/index.html', '//', '/%2f']) {
      for (const answer of [await ask({ service: 'sts', target, body: 'Action=GetCallerIdentity&Version=2011-06-15' }), await unsigned('GET', target, 'sts.gatehouse.example')]) {
        assert.deepEqual([answer.status, String(answer.body)], [404, '<UnknownOperationException/>'], target);
      }
    }
  });

  test('a malformed escape is an empty 400, in query and body, signed or not', async () => {
    const broken = [await unsigned('GET', '/?Action=%zz'), await unsigned('GET', '/?Action=%'), await unsigned('POST', '/', 'sts.gatehouse.example', 'Action=%4'), await ask({ service: 'sts', body: 'Action=GetCallerIdentity&Version=2011-06-15&x=%zz' })];
    for (const { status, headers, body } of broken) {
      assert.deepEqual([status, headers['Content-Type'], String(body)], [400, undefined, '']);
      assert.match(headers['x-amzn-RequestId']!, /^[0-9a-f-]{36}$/);
    }
  });
});

describe('a ValidationError', () => {
  const messageOf = async (options: Partial<RequestToSign>): Promise<string | undefined> => {
    const { status, body } = await ask(options);
    assert.equal(status, 400);
    const error = childOf(parseXml(String(body)), 'Error');
    assert.equal(childOf(error, 'Code').text, 'ValidationError');
    return childOf(error, 'Message').text;
  };

  test('of IAM does not repeat the value, of STS it does', async () => {
    assert.equal(await messageOf(call('iam', 'Action=ListUsers&MaxItems=1001')), "1 validation error detected: Value at 'maxItems' failed to satisfy constraint: Member must have value less than or equal to 1000");
    assert.equal(await messageOf(call('sts', 'Action=GetAccessKeyInfo&AccessKeyId=short')), "1 validation error detected: Value 'short' at 'accessKeyId' failed to satisfy constraint: Member must have length greater than or equal to 16");
    assert.equal(await messageOf(call('iam', 'Action=CreateUser')), "1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must not be null");
    assert.equal(await messageOf(call('sts', 'Action=GetAccessKeyInfo')), "1 validation error detected: Value null at 'accessKeyId' failed to satisfy constraint: Member must not be null");
  });

  test('counts several failures, in the order of the model and not of the request', async () => {
    assert.equal(await messageOf(call('iam', 'Action=ListUsers&MaxItems=0&Marker=')), "3 validation errors detected: Value at 'marker' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\u0020-\\u00FF]+; Value at 'marker' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1");
  });

  test('names the place in a list, and a bad list of texts as one', async () => {
    assert.equal(await messageOf(call('iam', 'Action=TagUser&UserName=a&Tags.member.1.Key=ok&Tags.member.1.Value=&Tags.member.2.Key=bad(&Tags.member.2.Value=')), "1 validation error detected: Value at 'tags.2.member.key' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
    assert.match((await messageOf(call('iam', 'Action=UntagUser&UserName=a&TagKeys.member.1=ok&TagKeys.member.2=bad(')))!, /^1 validation error detected: Value at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: \[Member must have length less than or equal to 128, /);
  });
});
