/** Session tokens carry every claim, fit their bound, and cannot be made, changed or read without a data key. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { SessionClaims } from '../base/session.ts';
import { openKeyring } from './keyring.ts';
import { packClaims, unpackClaims } from './packed-claims.ts';
import { createSessionSealer, sessionTokenBytesMax } from './session-token.ts';

function keyringOf(seed: string) {
  let counter = 0;
  const random = (size: number): Uint8Array => createHash('sha512').update(`${seed}:${counter++}`).digest().subarray(0, size);
  const keyring = openKeyring({ masterKey: random(32), stored: { revision: 0, all: () => [] }, random, clock: () => 0 });
  keyring.newDataKey();
  return keyring;
}

const keyring = keyringOf('test');
const fresh = () => createSessionSealer({ keyring });

const claims: SessionClaims = {
  issuer: 'AssumeRole', account: '111122223333', principalId: 'AROAQNZGKIQY56JQ7WMLX', accessKeyId: 'ASIAQNZGKIQY56JQ7WML', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  issuedAt: 1_795_000_000_000, expiresAt: 1_795_003_600_000, sessionName: 'session',
};
const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*'] }] });
/** Text that does not shrink. */
const noise = (length: number): string => {
  let text = '';
  for (let i = 0; text.length < length; i++) text += createHash('sha512').update(String(i)).digest('base64');
  return text.slice(0, length);
};

test('every claim comes back as it went in', () => {
  const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const anyClaims = fc.record({
    issuer: fc.constantFrom('AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity', 'AssumeRoot', 'GetFederationToken', 'GetSessionToken'),
    account: fc.string(), principalId: fc.string(), accessKeyId: fc.string(), secretAccessKey: fc.string(), issuedAt: fc.nat(), expiresAt: fc.nat(),
    sessionName: optional(fc.string()), mfaAt: optional(fc.nat()), policy: optional(fc.string({ maxLength: 300, unit: 'binary' })), policyArns: optional(fc.array(fc.string(), { maxLength: 3 })),
    tags: optional(fc.dictionary(fc.string(), fc.string(), { maxKeys: 5, noNullPrototype: true })), transitiveTagKeys: optional(fc.array(fc.string(), { maxLength: 3 })), sourceIdentity: optional(fc.string()), federatedProvider: optional(fc.string()),
  });
  fc.assert(fc.property(anyClaims, (given) => {
    const expected = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const sessions = fresh();
    const { token } = sessions.seal(given as SessionClaims);
    // First unsealed, then found.
    for (let i = 0; i < 2; i++) assert.deepEqual(sessions.open(token), expected);
    assert.deepEqual(fresh().open(token), expected);
  }), { seed: 1, numRuns: 200 });
});

test('a token is base64, does not show its secret, and is another every time', () => {
  const { token } = fresh().seal(claims);
  assert.match(token, /^[A-Za-z0-9+/]+={0,2}$/);
  assert.doesNotMatch(Buffer.from(token, 'base64').toString('latin1'), /wJalr|ASIA|AssumeRole/);
  assert.notEqual(fresh().seal(claims).token, token);
});

test('no bit of a token can be changed, and none of it left out', () => {
  const sessions = fresh();
  const { token } = sessions.seal({ ...claims, policy });
  assert.ok(sessions.open(token));
  for (let i = 0; i < token.length; i++) {
    for (let bit = 0; bit < 8; bit++) {
      assert.equal(sessions.open(token.slice(0, i) + String.fromCharCode(token.charCodeAt(i) ^ (1 << bit)) + token.slice(i + 1)), undefined, `bit ${bit} of character ${i}`);
    }
    assert.equal(sessions.open(token.slice(0, i)), undefined, `${i} characters`);
  }
  for (const other of [`${token}=`, `${token}A`, ` ${token}`, `${token}\n`, token.replace(/=+$/, '!'), `${token}${token}`, '']) if (other !== token) assert.equal(sessions.open(other), undefined);
  const bytes = Buffer.from(token, 'base64');
  for (let i = 0; i < bytes.length; i++) {
    const changed = Buffer.from(bytes);
    changed[i]! ^= 0x80;
    assert.equal(sessions.open(changed.toString('base64')), undefined, `byte ${i}`);
  }
});

test('a token of other keys, and what is sealed for another purpose, is no token', () => {
  assert.equal(fresh().open(createSessionSealer({ keyring: keyringOf('other') }).seal(claims).token), undefined);
  const place = { account: claims.account, table: 'sessions', key: 'x', field: 'y' };
  assert.equal(fresh().open(Buffer.from(keyring.seal(JSON.stringify(claims), place), 'base64url').toString('base64')), undefined);
});

test('PackedPolicySize is 0 without policies and tags, and grows with them to 100 where the token is full', () => {
  const sessions = fresh();
  assert.equal(sessions.seal(claims).packedPercent, 0);
  const small = sessions.seal({ ...claims, policy }).packedPercent;
  assert.ok(small > 0 && small < 10, String(small));
  let last = small;
  let full = 0;
  for (let length = 1; length < 4_000; length += 7) {
    const { token, packedPercent } = sessions.seal({ ...claims, tags: { Key: noise(length) } });
    last = packedPercent;
    // INVARIANT: what is not over 100 is a token, and what is over is none.
    assert.equal(packedPercent <= 100, token.length <= sessionTokenBytesMax, `${length}: ${packedPercent}% in ${token.length} characters`);
    assert.equal(sessions.open(token) !== undefined, packedPercent <= 100, `${length}`);
    if (packedPercent <= 100) full = token.length;
  }
  assert.ok(last > 100);
  assert.ok(full > sessionTokenBytesMax - 16, String(full));
});

test('what policies are made of packs well, and what does not shrink is left as it is', () => {
  const plain = packClaims(claims).length;
  assert.ok(packClaims({ ...claims, policy: policy.padEnd(2048) }).length - plain < 200);
  const noisy = { ...claims, sourceIdentity: Buffer.from(noise(3000)).toString('hex') };
  assert.deepEqual(unpackClaims(packClaims(noisy)), noisy);
});

test('what unpacks to more than any claims is refused, as is a form that was never made', async () => {
  const { deflateRawSync } = await import('node:zlib');
  assert.throws(() => unpackClaims(Buffer.concat([Buffer.of(2), deflateRawSync(Buffer.alloc(300 * 1024))])), /ERR_BUFFER_TOO_LARGE|larger than/);
  assert.throws(() => unpackClaims(Buffer.from([9, 1, 2])), /unknown form/);
  assert.throws(() => unpackClaims(Buffer.of()), /unknown form/);
});
