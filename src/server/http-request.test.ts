/** A request as it came off the wire: its target taken apart, its headers found. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HttpRequest } from './http-request.ts';
import { HttpRequestFacts } from './request-facts.ts';

const requestOf = (target: string, rawHeaders: readonly string[] = []): HttpRequest =>
  new HttpRequest({ method: 'GET', target, rawHeaders, body: new Uint8Array(0), remoteAddress: '192.0.2.7', isSecure: true, receivedAt: 5, requestId: 'id' });

test('a target is a path and what follows the first question mark, both as received', () => {
  for (const [target, path, query] of [['/', '/', ''], ['/a%2Fb?c=d', '/a%2Fb', 'c=d'], ['/?', '/', ''], ['/a?b?c', '/a', 'b?c'], ['*', '*', ''], ['?x', '', 'x']] as const) {
    const request = requestOf(target);
    assert.deepEqual([request.target, request.path, request.query], [target, path, query]);
  }
});

test('a header is found whatever its letter case; of several the first counts; a name is no value', () => {
  const request = requestOf('/', ['Host', 'a', 'HOST', 'b', 'X-Thing', 'referer', 'empty', '']);
  assert.deepEqual(['host', 'x-thing', 'referer', 'empty', 'absent'].map((name) => request.header(name)), ['a', 'referer', undefined, '', undefined]);
});

test('the facts of a request are those of its connection and its headers', () => {
  const facts = new HttpRequestFacts(requestOf('/', ['User-Agent', 'cli', 'Referer', 'https://example.com/']), 'eu-west-1', undefined, false);
  assert.deepEqual([facts.now, facts.sourceIp, facts.isSecure, facts.userAgent, facts.referer, facts.requestedRegion], [5, '192.0.2.7', true, 'cli', 'https://example.com/', 'eu-west-1']);
  assert.deepEqual([new HttpRequestFacts(requestOf('/'), 'x', undefined, false).userAgent, new HttpRequestFacts(requestOf('/'), 'x', undefined, false).referer], [undefined, undefined]);
});
