/** What is signed holds for one request only: every change of it, and every claim made for something else, is refused. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { headerOf, signRequest, withHeader, type RequestToSign } from '../../../test/sign-request.ts';
import type { SignedRequest } from '../signed-request.ts';
import { readClaim } from './claim.ts';
import { type SignatureDialect, signatureDialects } from './dialect.ts';
import { SignatureRefusal } from './refusal.ts';
import { SigningKey } from './signing-key.ts';
import { checkClaim, isSignedBy } from './verify.ts';

const at = Date.UTC(2026, 10, 24, 10, 30);
const key = { accessKeyId: 'AKIAQNZGKIQY56JQ7WML', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const sign = (options: Partial<RequestToSign> = {}): SignedRequest => signRequest({ ...key, at, ...options });

function verify(request: SignedRequest, { now = at, service = 'sts', dialect = signatureDialects.standard as SignatureDialect, secret = key.secretAccessKey } = {}): boolean {
  const claim = readClaim(request);
  assert.ok(claim);
  checkClaim(claim, service, now, dialect);
  return isSignedBy(new SigningKey(secret, claim), claim, request, dialect);
}

const refused = (message: RegExp | string) => (thrown: unknown): boolean => {
  assert.ok(thrown instanceof SignatureRefusal, String(thrown));
  assert.equal(thrown.name, 'SignatureDoesNotMatch');
  if (typeof message === 'string') assert.equal(thrown.message, message);
  else assert.match(thrown.message, message);
  return true;
};

const body = 'Action=GetCallerIdentity&Version=2011-06-15';

test('any change of a signed request unmakes its signature', () => {
  const request = sign({ target: '/a/b?x=1&y=2', headers: { 'Content-Type': 'text/plain', 'X-Amz-Target': 't' }, body });
  assert.equal(verify(request), true);
  const changes: Record<string, SignedRequest> = {
    method: { ...request, method: 'PUT' },
    path: { ...request, target: '/a/c?x=1&y=2' },
    'case of the path': { ...request, target: '/A/b?x=1&y=2' },
    'query value': { ...request, target: '/a/b?x=1&y=3' },
    'parameter added': { ...request, target: '/a/b?x=1&y=2&z=3' },
    'parameter removed': { ...request, target: '/a/b?x=1' },
    'values exchanged': { ...request, target: '/a/b?x=2&y=1' },
    body: { ...request, body: Buffer.from(body.replace('Get', 'get')) },
    'body removed': { ...request, body: new Uint8Array() },
    'signed header': withHeader(request, 'Content-Type', 'text/html'),
    'signed header removed': withHeader(request, 'Content-Type', undefined),
    'x-amz header': withHeader(request, 'X-Amz-Target', 'u'),
    host: withHeader(request, 'Host', 'elsewhere.example'),
    'signed header repeated': { ...request, rawHeaders: [...request.rawHeaders, 'Content-Type', 'text/plain'] },
    'signed header repeated in front': { ...request, rawHeaders: ['content-type', 'text/html', ...request.rawHeaders] },
    date: withHeader(request, 'X-Amz-Date', '20261124T103001Z'),
    'body hash claimed': (() => {
      const claimed = sign({ target: '/a/b?x=1&y=2', headers: { 'X-Amz-Content-Sha256': hash('sha256', 'another') }, body });
      return claimed;
    })(),
  };
  for (const [change, changed] of Object.entries(changes)) assert.equal(verify(changed), false, change);
  assert.equal(verify(request, { secret: `${key.secretAccessKey.slice(0, -1)}z` }), false, 'another secret');
});

test('what means the same is signed the same: order and encoding of parameters, letter case and spacing of headers, headers that are not signed', () => {
  const request = sign({ target: '/a/b?x=1&y=%20', headers: { 'X-Custom': 'a b' }, body });
  assert.equal(verify({ ...request, target: '/a/b?y=+&x=%31' }), true);
  assert.equal(verify({ ...request, target: '/a/./b?x=1&y=%20' }), true);
  assert.equal(verify(withHeader(request, 'x-cUSTOM', ' a   b ')), true);
  assert.equal(verify({ ...request, rawHeaders: [...request.rawHeaders, 'User-Agent', 'x', 'X-Amzn-Trace-Id', 'Root=1'] }), true);
});

test('no part of an Authorization header can be changed', () => {
  const request = sign({ body });
  const authorization = headerOf(request, 'Authorization')!;
  // The key id is not signed for: another one is another's, with a secret of its own.
  const start = authorization.indexOf('/20261124/');
  const verifying: string[] = [];
  for (let i = start; i < authorization.length; i++) {
    for (const bit of [1, 2, 4, 8, 16, 32, 64]) {
      const changed = authorization.slice(0, i) + String.fromCharCode(authorization.charCodeAt(i) ^ bit) + authorization.slice(i + 1);
      try {
        if (verify(withHeader(request, 'Authorization', changed))) verifying.push(changed);
      } catch (thrown) {
        assert.ok(thrown instanceof SignatureRefusal, String(thrown));
      }
    }
  }
  // Names of headers are the same in capitals, and white space round a comma is none of the signature's.
  assert.ok(verifying.length > 0);
  for (const changed of verifying) assert.equal(changed.toLowerCase().replaceAll(/\s+/g, ''), authorization.toLowerCase().replaceAll(/\s+/g, ''));
});

test('what anyone could change on the way must be signed: Host, and every x-amz- header', () => {
  const request = sign({ body });
  const authorization = headerOf(request, 'Authorization')!;
  assert.throws(() => verify(withHeader(request, 'Authorization', authorization.replace('host;', ''))), refused("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."));
  for (const name of ['X-Amz-Target', 'x-amz-security-token', 'X-Amz-Content-Sha256', 'x-amz-user-agent']) {
    assert.throws(() => verify({ ...request, rawHeaders: [...request.rawHeaders, name, 'x'] }), refused(`'${name.toLowerCase()}' must be a 'SignedHeader' in the AWS Authorization.`));
  }
  const presigned = sign({ isPresigned: true, method: 'GET' });
  assert.throws(() => verify({ ...presigned, rawHeaders: [...presigned.rawHeaders, 'X-Amz-Target', 'x'] }), refused(/x-amz-target/));
});

test('a signature for another service, day, region or purpose says what is wrong with its scope', () => {
  const request = sign({ body });
  const scoped = (from: string, to: string): SignedRequest => withHeader(request, 'Authorization', headerOf(request, 'Authorization')!.replace(from, to));
  assert.throws(() => verify(request, { service: 'iam' }), refused("Credential should be scoped to correct service: 'iam'. "));
  assert.throws(() => verify(scoped('eu-central-1/sts', '/iam')), refused("Credential should be scoped to a valid region. Credential should be scoped to correct service: 'sts'. "));
  assert.throws(() => verify(scoped('aws4_request', 'aws4_other')), refused("Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4_other'. "));
  assert.throws(() => verify(scoped('/20261124/', '/20261123/')), refused("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', from '20261124T103000Z'."));
  for (const region of ['', 'EU', '-eu', 'eu-', 'eu_central', 'eu central', 'a'.repeat(64), '../x']) {
    assert.throws(() => verify(scoped('eu-central-1', region.replaceAll('/', ':'))), refused('Credential should be scoped to a valid region. '), region);
  }
  for (const region of ['us-east-1', 'local', 'x', 'us-gov-west-1', 'a'.repeat(63)]) assert.equal(verify(sign({ region, body })), true, region);
});

test('a signature is good for fifteen minutes before and after its time, to the second', () => {
  const request = sign({ body });
  for (const now of [at - 900_000, at, at + 900_000, at + 900_999]) assert.equal(verify(request, { now }), true, String(now - at));
  assert.throws(() => verify(request, { now: at + 901_000 }), refused('Signature expired: 20261124T103000Z is now earlier than 20261124T103001Z (20261124T104501Z - 15 min.)'));
  assert.throws(() => verify(request, { now: at - 901_000 }), refused('Signature not yet current: 20261124T103000Z is still later than 20261124T102959Z (20261124T101459Z + 15 min.)'));
});

test('a presigned request is good for as long as it says, at most fifteen minutes, or a week of S3', () => {
  const presigned = (expires: string): SignedRequest => sign({ isPresigned: true, method: 'GET', target: `/?Action=GetCallerIdentity${expires}` });
  assert.equal(verify(presigned('&X-Amz-Expires=60'), { now: at + 60_999 }), true);
  assert.throws(() => verify(presigned('&X-Amz-Expires=60'), { now: at + 61_000 }), refused('Signature expired: 20261124T103000Z is now earlier than 20261124T103001Z (20261124T103101Z - 1 min.)'));
  assert.throws(() => verify(presigned('&X-Amz-Expires=61'), { now: at + 62_000 }), refused(/ - 61 sec\.\)$/));
  assert.throws(() => verify(presigned('&X-Amz-Expires=0'), { now: at + 1_000 }), refused(/^Signature expired/));
  for (const expires of ['', '&X-Amz-Expires=604800']) {
    assert.equal(verify(presigned(expires), { now: at + 900_000 }), true);
    assert.throws(() => verify(presigned(expires), { now: at + 901_000 }), refused(/^Signature expired/));
  }
  assert.throws(() => verify(presigned('&X-Amz-Expires=604800'), { now: at - 901_000 }), refused(/^Signature not yet current/));
  const week = sign({ isPresigned: true, method: 'GET', service: 's3', target: '/bucket/key?X-Amz-Expires=604800' });
  assert.equal(verify(week, { now: at + 604_800_000, service: 's3', dialect: signatureDialects.s3 }), true);
  assert.throws(() => verify(week, { now: at + 604_801_000, service: 's3', dialect: signatureDialects.s3 }), refused(/^Signature expired/));
});

test('a presigned request cannot be changed', () => {
  const request = sign({ isPresigned: true, method: 'GET', target: '/?Action=GetCallerIdentity&X-Amz-Expires=60' });
  assert.equal(verify(request), true);
  for (const [from, to] of [['GetCallerIdentity', 'GetSessionToken'], ['Expires=60', 'Expires=600'], ['103000Z', '103001Z'], ['?Action', '?x=1&Action'], ['eu-central-1', 'eu-central-2']] as const) {
    assert.notEqual(request.target.replace(from, to), request.target);
    assert.equal(verify({ ...request, target: request.target.replace(from, to) }), false, to);
  }
  assert.equal(verify({ ...request, method: 'POST' }), false);
  assert.equal(verify({ ...request, body: Buffer.from('x') }), false);
});

test('S3 signs what the request says of its body, to which the body is held as it is read', () => {
  const options = { service: 's3', dialect: signatureDialects.s3 };
  const put = (sha256: string): SignedRequest => sign({ service: 's3', method: 'PUT', target: '/bucket//a/../k%41', headers: { 'X-Amz-Content-Sha256': sha256 }, body });
  assert.equal(verify(put(hash('sha256', body)), options), true);
  assert.equal(verify(put('UNSIGNED-PAYLOAD'), options), true);
  assert.equal(verify({ ...put('UNSIGNED-PAYLOAD'), body: Buffer.from('another') }, options), true);
  assert.equal(verify(put('STREAMING-AWS4-HMAC-SHA256-PAYLOAD'), options), true);
  assert.equal(verify(withHeader(put(hash('sha256', body)), 'X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'), options), false);
  assert.equal(verify(sign({ service: 's3', method: 'PUT', target: '/bucket/./key', headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' } }), options), true);
  assert.equal(verify({ ...put(hash('sha256', body)), target: '/bucket/a/k%41' }, options), false);
  // Elsewhere a body is always signed.
  assert.equal(verify(sign({ headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }, body })), false);
});

test('bytes outside ASCII in signed headers are signed as the bytes they are', () => {
  const request = sign({ headers: { 'X-Custom': 'caf\u00e9' }, body });
  // aws4 signs the UTF-8 of the header; the wire carries these bytes, which node:http hands out one character each.
  assert.equal(verify(withHeader(request, 'X-Custom', Buffer.from('caf\u00e9').toString('latin1'))), true);
  assert.equal(verify(withHeader(request, 'X-Custom', 'caf\u00e9')), false);
});
