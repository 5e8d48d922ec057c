/** Which hosts unsigned routes answer to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { servedHosts } from './served-hosts.ts';

const isServed = servedHosts(['iam.example.com', 'Gate.Internal']);

test('addresses, the loopback\'s names and those that were given are served, with and without a port', () => {
  for (const authority of ['127.0.0.1', '127.0.0.1:4566', '10.0.3.4:4566', '[::1]', '[::1]:4566', '[2001:db8::1]:80', 'localhost', 'LOCALHOST:4566', 'localhost.:4566', 'iam.localhost', 'iam.example.com', 'IAM.example.com:443', 'gate.internal', 'gate.internal.']) assert.equal(isServed(authority), true, authority);
});

test('another name is not, whatever it looks like', () => {
  for (const authority of ['evil.example', 'evil.example:4566', '127.0.0.1.evil.example', 'localhost.evil.example', 'notlocalhost', 'xiam.example.com', 'sub.iam.example.com', 'iam.example.com.evil', '', ':4566', '[evil]', '[::1', '::1', '[::1]evil', 'user@127.0.0.1', 'localhost:port', 'localhost:4566:80', '127.1', '0x7f000001', '2130706433', 'a, localhost', 'localhost/evil']) assert.equal(isServed(authority), false, authority);
});

test('without given names only the machine\'s own are served', () => {
  assert.equal(servedHosts([])('iam.example.com'), false);
  assert.equal(servedHosts([])('localhost'), true);
});
