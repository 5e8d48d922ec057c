/** Targets, methods, hosts and forms that no client of ours sends: each gets a definite answer, and the connection that asked still serves. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { formLimits } from '../../src/protocol/form.ts';
import { signRequest } from '../sign-request.ts';
import { startAttacked, wire } from './listener.ts';
import type { Attacked } from './listener.ts';

let attacked: Attacked;
before(async () => { attacked = await startAttacked(); });
after(() => attacked[Symbol.asyncDispose]());

/** The answer to the bytes, asked on a connection that must serve afterwards. */
async function answerTo(bytes: string | Uint8Array): Promise<string> {
  const connection = await attacked.connect();
  connection.socket.write(bytes);
  const answer = await connection.until(/\r\n\r\n/);
  connection.socket.write(attacked.signed());
  assert.match(await connection.until(/<\/GetCallerIdentityResponse>/), /GetCallerIdentityResult/);
  connection.socket.destroy();
  return answer;
}

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);

describe('unsigned', () => {
  for (const [what, method, target, status] of [
    ['an absolute target', 'GET', 'http://sts.example/?Action=GetCallerIdentity&Version=2011-06-15', 403],
    ['an absolute target of a route', 'GET', 'http://localhost/health', 403],
    ['an asterisk', 'OPTIONS', '*', 403],
    ['an asterisk where it has no place', 'GET', '*', 403],
    ['OPTIONS', 'OPTIONS', '/', 403],
    ['TRACE', 'TRACE', '/', 403],
    ['PATCH', 'PATCH', '/', 403],
    ['DELETE', 'DELETE', '/?Action=GetCallerIdentity&Version=2011-06-15', 403],
    ['a WebDAV method', 'PROPFIND', '/', 403],
    ['a malformed escape', 'GET', '/?Action=%zz&Version=2011-06-15', 400],
    ['an escape that ends early', 'GET', '/?Action=%4', 400],
    ['escapes that are not UTF-8', 'GET', '/?Action=%ff%fe&Version=2011-06-15', 400],
    ['an overlong escape of a slash', 'GET', '/?Action=%c0%af', 400],
    ['half of a surrogate pair', 'GET', '/?Action=%ed%a0%80', 400],
    ['an escaped NUL', 'GET', '/?Action=GetCallerIdentity%00&Version=2011-06-15', 403],
    ['a long path', 'GET', `/${'a'.repeat(30_000)}`, 404],
    ['a path of dots', 'GET', `/${'../'.repeat(5_000)}etc/passwd`, 404],
    ['a long query', 'GET', `/?${'a=b&'.repeat(7_000)}`, 403],
    ['a name that JavaScript knows', 'GET', '/?__proto__.a=1&constructor.prototype.b=2&Action=toString&Version=2011-06-15', 403],
  ] as const) {
    test(`${what} is answered ${status}`, async () => {
      const answer = await answerTo(wire(method, target, ['Host', 'localhost']));
      assert.equal(statusOf(answer), status);
      assert.doesNotMatch(answer, /"alive"|GetCallerIdentityResult|200 OK/);
    });
  }

  test('TRACE repeats nothing of what was sent', async () => {
    assert.doesNotMatch(await answerTo(wire('TRACE', '/', ['Host', 'localhost', 'Cookie', 'secret-of-a-browser'])), /secret-of-a-browser/);
  });

  test('what a request says of itself does not become part of an answer\'s head', async () => {
    const answer = await answerTo(wire('GET', '/?Action=a%0d%0aSet-Cookie:%20b=c&Version=%0d%0a', ['Host', 'sts.example', 'X-Amzn-RequestId', 'mine']));
    const [head] = answer.split('\r\n\r\n');
    assert.doesNotMatch(head!, /Set-Cookie|mine/i);
  });

  test('markup in a name is escaped where it is repeated', async () => {
    const connection = await attacked.connect();
    connection.socket.write(wire('GET', '/?Action=%3Cscript%3Ealert(1)%3C/script%3E&Version=2011-06-15', ['Host', 'sts.example', 'Connection', 'close']));
    const answer = await connection.closed;
    assert.match(answer, /Could not find operation &lt;script&gt;alert\(1\)&lt;\/script&gt; for version/);
    assert.match(answer, /Content-Type: text\/xml/);
  });
});

describe('signed', () => {
  const post = (body: string): string => {
    const { accessKeyId, secretAccessKey } = attacked.gatehouse.admin;
    const { method, target, rawHeaders } = signRequest({ accessKeyId, secretAccessKey, at: attacked.gatehouse.clock.now, service: 'iam', body });
    return wire(method, target, [...rawHeaders, 'Connection', 'close'], body);
  };
  const base = 'Action=CreateUser&Version=2010-05-08&UserName=many';

  for (const [what, rest, code] of [
    ['more parameters than there may be', '&a=b'.repeat(formLimits.parametersMax), 'MalformedInput'],
    ['a name of more parts than there may be', `&${'a.'.repeat(formLimits.depthMax)}a=b`, 'MalformedInput'],
    ['names of more parts together than there may be', Array.from({ length: 1_500 }, (_, i) => `&a${i}${'.b'.repeat(formLimits.depthMax - 2)}=c`).join(''), 'MalformedInput'],
    ['more members of a list than there may be', Array.from({ length: 5_000 }, (_, i) => `&Tags.member.${i + 1}.Key=k${i}&Tags.member.${i + 1}.Value=v`).join(''), 'ValidationError'],
    ['a list whose numbers leave gaps', '&Tags.member.999999999999.Key=k', 'ValidationError|MalformedInput'],
    ['a list that is numbered from nothing', '&Tags.member.0.Key=k&Tags.member.0.Value=v', 'MalformedInput'],
    ['a text where a list belongs', '&Tags=all', 'MalformedInput'],
    ['bytes that are no text', '&Path=/%ff/', 'MalformedInput'],
    ['a value of millions of characters', `&Path=/${'a'.repeat(5_000_000)}/`, 'ValidationError'],
    ['a NUL in a name', '%00', 'ValidationError'],
  ] as const) {
    test(`a form with ${what} is refused, in few words, and makes nothing`, async () => {
      const { store } = attacked.gatehouse.plane;
      const { revision } = store.loaded(attacked.gatehouse.account)!;
      const answer = await attacked.exchange(post(base + rest));
      assert.equal(statusOf(answer), 400);
      assert.match(answer, new RegExp(`<Code>(?:${code})</Code>`));
      assert.ok(answer.length < 20_000, `${answer.length} bytes`);
      assert.equal(store.loaded(attacked.gatehouse.account)!.revision, revision);
    });
  }
});
