/** Claims are read from the header or the query, and refused where they are incomplete or say two things. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import type { SignedRequest } from '../signed-request.ts';
import { readClaim, type SignatureClaim } from './claim.ts';
import { SignatureRefusal } from './refusal.ts';

const signature = 'a'.repeat(64);
const credential = 'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request';
const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
const date = ['X-Amz-Date', '20150830T123600Z'] as const;
const presigned = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=20150830T123600Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;

const request = (headers: readonly (readonly [string, string])[], target = '/'): SignedRequest => ({ method: 'POST', target, rawHeaders: headers.flat(), body: new Uint8Array() });
const claimOf = (headers: readonly (readonly [string, string])[], target?: string): SignatureClaim => {
  const claim = readClaim(request([['Host', 'h'], ...headers], target));
  assert.ok(claim);
  return claim;
};

function assertRefused(name: string, message: RegExp | string, headers: readonly (readonly [string, string])[], target?: string): void {
  assert.throws(() => readClaim(request([['Host', 'h'], ...headers], target)), (thrown) => {
    assert.ok(thrown instanceof SignatureRefusal, String(thrown));
    assert.equal(thrown.name, name);
    if (typeof message === 'string') assert.equal(thrown.message, message);
    else assert.match(thrown.message, message);
    return true;
  });
}

test('an Authorization header is taken apart, whatever the order and spacing of its parts', () => {
  for (const value of [authorization, authorization, ` ${authorization} `, `AWS4-HMAC-SHA256 Signature=${signature},SignedHeaders=host;x-amz-date,Credential=${credential}`, `AWS4-HMAC-SHA256   Credential=${credential}  ,  SignedHeaders=host;x-amz-date , Signature=${signature}`]) {
    const { headers, parameters, ...claim } = claimOf([['authorization', value], date, ['X-Amz-Security-Token', 'token']]);
    assert.deepEqual(claim, {
      isPresigned: false, algorithm: 'AWS4-HMAC-SHA256', credential, accessKeyId: 'AKIDEXAMPLE', date: '20150830', region: 'us-east-1', service: 'iam', terminator: 'aws4_request',
      signedHeaders: ['host', 'x-amz-date'], signedHeaderList: 'host;x-amz-date', signedHeaderLabels: ['host:', '\nx-amz-date:'], signature, timestamp: '20150830T123600Z', signedAt: Date.UTC(2015, 7, 30, 12, 36), expiresSeconds: undefined, sessionToken: 'token',
    });
    assert.deepEqual(headers.amzNames, ['x-amz-date', 'x-amz-security-token']);
    assert.deepEqual(parameters, []);
  }
});

test('a text read before is not read for another: each has its own signature, signer and refusals', () => {
  const other = authorization.replace('AKIDEXAMPLE', 'AKIDOTHER').replace(signature, 'b'.repeat(64));
  assert.equal(claimOf([['Authorization', authorization], date]).accessKeyId, 'AKIDEXAMPLE');
  assert.equal(claimOf([['Authorization', other], date]).accessKeyId, 'AKIDOTHER');
  assert.equal(claimOf([['Authorization', authorization.replace(signature, 'c'.repeat(64))], date]).signature, 'c'.repeat(64));
  // The last 64 characters stand where the signature stood, but are not one.
  assertRefused('IncompleteSignature', /more than once/, [['Authorization', authorization.replace(signature, `b,Signature=${'c'.repeat(52)}`)], date]);
  assert.equal(claimOf([['Authorization', authorization.replace(signature, 'c'.repeat(65))], date]).signature, 'c'.repeat(65));
  // The same part twice is read the first time, and must be refused the second time too when the two differ.
  const twice = `AWS4-HMAC-SHA256 Signature=${signature}, Credential=${credential}, SignedHeaders=host, Signature=${signature}`;
  assert.equal(claimOf([['Authorization', twice], date]).signature, signature);
  assertRefused('IncompleteSignature', /more than once/, [['Authorization', twice.slice(0, -64) + 'd'.repeat(64)], date]);
});

test('the list of signed headers is taken in lower case, sorted, each name once', () => {
  const { signedHeaders, signedHeaderList } = claimOf([['Authorization', authorization.replace('host;x-amz-date', 'X-Amz-Date;host;Host')], date]);
  assert.deepEqual(signedHeaders, ['host', 'x-amz-date']);
  assert.equal(signedHeaderList, 'host;x-amz-date');
});

test('X-Amz-Date wins over Date, and Date is read in both its forms', () => {
  assert.equal(claimOf([['Authorization', authorization], ['Date', 'Mon, 31 Aug 2015 00:00:00 GMT'], date]).timestamp, '20150830T123600Z');
  assert.equal(claimOf([['Authorization', authorization], ['Date', 'Sun, 30 Aug 2015 12:36:00 GMT']]).timestamp, '20150830T123600Z');
  assert.equal(claimOf([['Authorization', authorization], ['Date', '20150830T123600Z']]).signedAt, Date.UTC(2015, 7, 30, 12, 36));
});

test('a request that shows no credentials claims nothing', () => {
  assert.equal(readClaim(request([['Host', 'h'], date], '/?Action=ListUsers&X-Amz-Date=20150830T123600Z')), undefined);
  assert.equal(readClaim(request([])), undefined);
});

test('an Authorization header that lacks something says all that it lacks, and is itself not repeated', () => {
  const fingerprint = (text: string): string => hash('sha256', text, 'base64');
  const all = "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.";
  const noDate = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
  const tail = (text: string): string => ` (Hashed with SHA-256 and encoded with Base64) Authorization=${fingerprint(text)}`;
  assertRefused('IncompleteSignature', `${all} ${noDate}${tail('Bearer secret')}`, [['Authorization', 'Bearer secret']]);
  assertRefused('IncompleteSignature', `${all}${tail('Basic dTpw')}`, [['Authorization', 'Basic dTpw'], date]);
  assertRefused('IncompleteSignature', `${all}${tail('AWS4-HMAC-SHA256')}`, [['Authorization', 'AWS4-HMAC-SHA256'], date]);
  assertRefused('IncompleteSignature', `${all}${tail('')}`, [['Authorization', ''], date]);
  assertRefused('IncompleteSignature', `${noDate}${tail(authorization)}`, [['Authorization', authorization]]);
  const empty = 'AWS4-HMAC-SHA256 Credential=, SignedHeaders=, Signature=';
  assertRefused('IncompleteSignature', `${all}${tail(empty)}`, [['Authorization', empty], date]);
  assertRefused('IncompleteSignature', `Authorization header requires 'Signature' parameter.${tail(authorization.slice(0, -76))}`, [['Authorization', authorization.slice(0, -76)], date]);
  assertRefused('IncompleteSignature', `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${fingerprint('nonsense')}'.`, [['Authorization', 'AWS4-HMAC-SHA256 nonsense'], date]);
});

test('a credential that has not five elements, and a date in another form, are named', () => {
  assertRefused('IncompleteSignature', "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/20150830'", [['Authorization', authorization.replace(credential, 'AKID/20150830')], date]);
  assertRefused('IncompleteSignature', /exactly 5 slash-delimited elements/, [['Authorization', authorization.replace('aws4_request', 'aws4_request/x')], date]);
  assertRefused('IncompleteSignature', "Date must be in ISO-8601 'basic format'. Got '2015-08-30'. See http://en.wikipedia.org/wiki/ISO_8601", [['Authorization', authorization], ['X-Amz-Date', '2015-08-30']]);
  // RFC 9110's form is for Date only.
  assertRefused('IncompleteSignature', /basic format/, [['Authorization', authorization], ['X-Amz-Date', 'Sun, 30 Aug 2015 12:36:00 GMT']]);
});

test('SigV4A and every other algorithm of AWS is refused by name', () => {
  assertRefused('IncompleteSignature', /AWS4-ECDSA-P256-SHA256/, [['Authorization', authorization.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')], date]);
  assertRefused('IncompleteSignature', /Unsupported AWS 'algorithm': 'AWS'/, [['Authorization', 'AWS AKIDEXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg='], date]);
  assertRefused('IncompleteSignature', /AWS4-ECDSA-P256-SHA256/, [], `/?${presigned.replace('AWS4-HMAC-SHA256', 'AWS4-ECDSA-P256-SHA256')}`);
  assertRefused('IncompleteSignature', /Unsupported/, [['Authorization', authorization.replace('AWS4-HMAC-SHA256', 'aws4-hmac-sha256')], date]);
});

test('headers that prove or date a signature may be repeated only unchanged', () => {
  for (const [name, value, other] of [['Authorization', authorization, `${authorization}0`], ['X-Amz-Date', '20150830T123600Z', '20150830T123601Z'], ['X-Amz-Security-Token', 'a', 'b'], ['X-Amz-Content-Sha256', 'a', 'b'], ['Date', 'x', 'y']] as const) {
    const rest = [['Authorization', authorization] as const, date].filter(([given]) => given !== name);
    assert.ok(claimOf([...rest, [name, value], [name.toLowerCase(), value]]), name);
    assertRefused('IncompleteSignature', `'${name}' must not be given more than once with different values.`, [...rest, [name, value], [name.toLowerCase(), other]]);
  }
});

test('two Hosts are refused, also where they agree', () => {
  for (const other of ['h', 'i']) assertRefused('IncompleteSignature', "'Host' must not be given more than once.", [['Authorization', authorization], date, ['Host', 'h'], ['host', other]]);
});

test('a presigned request is read from its query, the names in any letter case and encoding', () => {
  for (const query of [presigned, presigned.replaceAll('X-Amz', 'x-amz'), presigned.replaceAll('X-Amz', 'X%2dAmz'), `Action=x&${presigned}&X-Amz-Expires=60`]) {
    const claim = claimOf([], `/?${query}`);
    assert.equal(claim.isPresigned, true);
    assert.equal(claim.credential, credential);
    assert.equal(claim.expiresSeconds, 60);
    assert.equal(claim.sessionToken, undefined);
    assert.deepEqual(claim.signedHeaders, ['host']);
  }
  assert.equal(claimOf([], `/?${presigned}&X-Amz-Security-Token=a%2Bb`).sessionToken, 'a+b');
  assert.equal(claimOf([['X-Amz-Security-Token', 'a+b']], `/?${presigned}&X-Amz-Security-Token=a%2Bb`).sessionToken, 'a+b');
  assert.equal(claimOf([['X-Amz-Security-Token', 'a+b']], `/?${presigned}`).sessionToken, 'a+b');
});

test('half of a presigned request is refused, not taken for an unsigned one', () => {
  for (const name of ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Signature']) {
    const query = presigned.split('&').filter((part) => !part.startsWith(`${name}=`)).join('&');
    assertRefused('IncompleteSignature', `AWS query-string parameters must include '${name}'. Re-examine the query-string parameters.`, [], `/?${query}`);
  }
  for (const parameter of ['X-Amz-Algorithm=AWS4-HMAC-SHA256', 'X-Amz-Credential=x', 'X-Amz-Signature=x', 'X-Amz-Security-Token=x']) assertRefused('IncompleteSignature', /must include/, [], `/?${parameter}`);
  assertRefused('IncompleteSignature', /must be signed/, [['X-Amz-Security-Token', 'x']]);
});

test('credentials in both header and query are refused, whole or in part', () => {
  assertRefused('IncompleteSignature', /not in both/, [['Authorization', authorization], date], `/?${presigned}`);
  for (const parameter of ['X-Amz-Algorithm=AWS4-HMAC-SHA256', 'X-Amz-Credential=x', 'X-Amz-Signature=x', 'x-amz-security-token=x']) assertRefused('IncompleteSignature', /not in both/, [['Authorization', authorization], date], `/?${parameter}`);
});

test('parameters that prove or date a signature may be repeated only unchanged, also beside a header', () => {
  for (const [name, value] of [['X-Amz-Credential', 'x'], ['X-Amz-Date', '20150830T123601Z'], ['X-Amz-Expires', '61'], ['X-Amz-SignedHeaders', 'host;date'], ['x-amz-signature', 'b'], ['X-Amz-Algorithm', 'x']] as const) {
    assertRefused('IncompleteSignature', /must not be given more than once/, [], `/?${presigned}&${name}=${value}`);
    assertRefused('IncompleteSignature', /must not be given more than once/, [], `/?${name}=${value}&${presigned}`);
  }
  assertRefused('IncompleteSignature', /X-Amz-Security-Token/, [['X-Amz-Security-Token', 'a']], `/?${presigned}&X-Amz-Security-Token=b`);
  assertRefused('IncompleteSignature', /X-Amz-Date/, [['X-Amz-Date', '20150830T123601Z']], `/?${presigned}`);
});

test('X-Amz-Expires is a number of seconds from nothing to a week', () => {
  const expires = (text: string): string => `/?${presigned.replace('X-Amz-Expires=60', `X-Amz-Expires=${text}`)}`;
  assert.equal(claimOf([], expires('0')).expiresSeconds, 0);
  assert.equal(claimOf([], expires('604800')).expiresSeconds, 604_800);
  assert.equal(claimOf([], `/?${presigned.replace('X-Amz-Expires=60&', '')}`).expiresSeconds, undefined);
  assertRefused('IncompleteSignature', /less than a week/, [], expires('604801'));
  assertRefused('IncompleteSignature', 'X-Amz-Expires must be non-negative', [], expires('-1'));
  for (const text of ['', '1e3', '60s', '0x10', ' 60', '%2B60', '1.5', '9'.repeat(20)]) assertRefused('IncompleteSignature', 'X-Amz-Expires should be a number', [], expires(text));
});

test('a target that cannot be read, and more signed headers than any client sends, are refused', () => {
  assertRefused('UnreadableRequest', /percent escape/, [['Authorization', authorization], date], '/?a=%zz');
  assertRefused('UnreadableRequest', /not UTF-8/, [], `/?${presigned}&X-Amz-Security-Token=%ff`);
  assertRefused('IncompleteSignature', /No more than 256 headers/, [['Authorization', authorization.replace('host;x-amz-date', Array.from({ length: 257 }, (_, i) => `h${i}`).join(';'))], date]);
});
