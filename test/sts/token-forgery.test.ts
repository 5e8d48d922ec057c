/** Session tokens under attack, asked of a whole Gatehouse: whatever is changed, cut, swapped or out of time is refused with AWS's error; and data keys rotate without ending a session. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { openKeyring } from '../../src/credentials/keyring.ts';
import { createSessionSealer } from '../../src/credentials/session-token.ts';
import { rotateDataKey, shownDataKeys } from '../../src/server/data-keys.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { seededRandom } from '../seeded-random.ts';

let gatehouse: TestGatehouse;
let session: Required<KeyPair> & { readonly sessionToken: string };

before(async () => {
  gatehouse = await startGatehouse({ seed: 'forgery' });
  session = await assumed(gatehouse);
});

async function assumed(where: TestGatehouse, key = where.admin, account = where.account, DurationSeconds = 900): Promise<typeof session> {
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' } });
  await where.iam(key).send(new iamSdk.CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument })).catch((error: { readonly name: string }) => assert.match(error.name, /EntityAlreadyExists/));
  const { Credentials } = await where.sts(key).send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/worker`, RoleSessionName: 'test', DurationSeconds }));
  return { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! };
}

const whoAmI = (key: KeyPair, where = gatehouse) => where.sts(key).send(new GetCallerIdentityCommand({}));
const invalid = { code: 'InvalidClientTokenId', status: 403, message: 'The security token included in the request is invalid.' };
const expired = { code: 'ExpiredToken', status: 403, message: 'The security token included in the request is expired' };

test('a token of which one bit is another is nobody\'s, wherever it is: key id, nonce, claims, tag', async () => {
  const bytes = Buffer.from(session.sessionToken, 'base64');
  // Of each part the first byte, the last and one between; of the claims, each.
  const places = [0, 3, 7, 8, 20, 31, ...Array.from({ length: bytes.length - 32 - 16 }, (_, i) => 32 + i), bytes.length - 16, bytes.length - 9, bytes.length - 1];
  for (const [i, place] of places.entries()) {
    const flipped = Buffer.from(bytes);
    flipped[place]! ^= 1 << (i % 8);
    assert.equal(gatehouse.plane.sessions.open(flipped.toString('base64')), undefined, `a bit of byte ${place}`);
  }
  for (const place of [0, 12, 40, bytes.length - 1]) {
    const flipped = Buffer.from(bytes);
    flipped[place]! ^= 0x80;
    await assertRefused(whoAmI({ ...session, sessionToken: flipped.toString('base64') }), invalid);
  }
});

test('a token that is cut, lengthened, spelt another way or left out is nobody\'s', async () => {
  const { sessionToken } = session;
  for (const length of Array.from({ length: sessionToken.length }, (_, i) => i)) assert.equal(gatehouse.plane.sessions.open(sessionToken.slice(0, length)), undefined, `cut at ${length}`);
  const bytes = Buffer.from(sessionToken, 'base64');
  for (const forged of [sessionToken.slice(0, -4), sessionToken.slice(4), `${sessionToken}AAAA`, `${sessionToken}=`, bytes.toString('hex'), Buffer.concat([bytes, bytes]).toString('base64'), 'A'.repeat(4_096), 'A'.repeat(8_192)]) await assertRefused(whoAmI({ ...session, sessionToken: forged }), invalid);
  await assertRefused(whoAmI({ accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey }), invalid);
});

test('a token goes with its own key id and secret only, and a long-term key with no token at all', async () => {
  const other = await assumed(gatehouse);
  await assertRefused(whoAmI({ ...other, sessionToken: session.sessionToken }), invalid);
  await assertRefused(whoAmI({ ...session, accessKeyId: other.accessKeyId }), invalid);
  await assertRefused(whoAmI({ ...session, secretAccessKey: other.secretAccessKey }), { code: 'SignatureDoesNotMatch', status: 403, message: /does not match/ });
  await assertRefused(whoAmI({ ...gatehouse.admin, sessionToken: session.sessionToken }), invalid);
  await assertRefused(whoAmI({ ...session, accessKeyId: gatehouse.admin.accessKeyId }), { code: 'SignatureDoesNotMatch', status: 403, message: /does not match/ });
});

test('a session of one account is none of another, and one of another Gatehouse none here', async () => {
  const stranger = await gatehouse.newAccount('222233334444');
  const theirs = await assumed(gatehouse, stranger, '222233334444');
  assert.equal((await whoAmI(theirs)).Account, '222233334444');
  await assertRefused(gatehouse.iam(theirs).send(new iamSdk.GetRoleCommand({ RoleName: 'worker' })), { code: 'AccessDenied', status: 403, message: /222233334444/ });
  await assertRefused(whoAmI({ ...theirs, accessKeyId: session.accessKeyId }), invalid);
  const elsewhere = await startGatehouse({ seed: 'elsewhere' });
  await assertRefused(whoAmI(await assumed(elsewhere)), invalid);
});

test('what is sealed for another purpose, or by a data key that is not stored, is no token', async () => {
  const { plane } = gatehouse;
  const claims = plane.sessions.open(session.sessionToken)!;
  const random = seededRandom('stranger');
  const keyring = openKeyring({ masterKey: random(32), stored: { revision: 0, all: () => [] }, random, clock: () => gatehouse.clock.now });
  keyring.newDataKey();
  await assertRefused(whoAmI({ ...session, sessionToken: createSessionSealer({ keyring }).seal(claims).token }), invalid);
  const secret = plane.seal.seal(JSON.stringify(claims), { account: gatehouse.account, table: 'accessKeys', key: session.accessKeyId, field: 'SecretAccessKey' });
  await assertRefused(whoAmI({ ...session, sessionToken: Buffer.from(secret, 'base64url').toString('base64') }), invalid);
});

test('a session ends to the second', async () => {
  const where = await startGatehouse({ seed: 'expiry' });
  const short = await assumed(where);
  where.clock.advance(899_999);
  assert.match((await whoAmI(short, where)).Arn!, /assumed-role\/worker\/test$/);
  where.clock.advance(1);
  await assertRefused(whoAmI(short, where), expired);
});

test('data keys rotate without ending a session or losing a secret, and what comes after is sealed by the new one', async () => {
  const masterKey = seededRandom('rotation')(32);
  const where = await startGatehouse({ seed: 'rotation' });
  const { store } = where.plane;
  const old = await assumed(where);
  const own = await where.sts().send(new GetSessionTokenCommand({}));
  const keyOf = ({ sessionToken }: { readonly sessionToken: string }): string => Buffer.from(sessionToken, 'base64').toString('hex', 0, 8);
  assert.equal(keyOf(old), shownDataKeys(store)[0]!.id);
  // The rotation is another process's: it has the master key, and all it does here is an entry of the journal.
  await rotateDataKey({ store, masterKey, random: seededRandom('rotating'), clock: () => 0, requestId: 'test' });
  const [newest, before_, ...more] = shownDataKeys(store);
  assert.deepEqual([newest!.isSealing, before_!.isSealing, before_!.id, more.length], [true, false, keyOf(old), 0], 'the new one is the newest, even of a clock that was set back');
  const made = await assumed(where);
  assert.equal(keyOf(made), newest!.id);
  for (const key of [old, made, where.admin, { accessKeyId: own.Credentials!.AccessKeyId!, secretAccessKey: own.Credentials!.SecretAccessKey!, sessionToken: own.Credentials!.SessionToken }]) await whoAmI(key, where);
  // The old key opens what it sealed, and nothing passes from one key to the other.
  const crossed = Buffer.concat([Buffer.from(newest!.id, 'hex'), Buffer.from(old.sessionToken, 'base64').subarray(8)]).toString('base64');
  await assertRefused(whoAmI({ ...old, sessionToken: crossed }, where), invalid);
  // Whoever learned the old key makes no session with it: none that begins since, and none at all once those before have ended.
  const leaked = openKeyring({ masterKey, stored: { revision: 0, all: () => [...store.partition.dataKeys.all()].filter(({ DataKeyId }) => DataKeyId === keyOf(old)) }, random: seededRandom('leaked'), clock: () => where.clock.now });
  const forged = (issuedAt: number): string => createSessionSealer({ keyring: leaked }).seal({ ...where.plane.sessions.open(old.sessionToken)!, issuedAt, expiresAt: where.clock.now + 200_000_000 }).token;
  await assertRefused(whoAmI({ ...old, sessionToken: forged(where.clock.now + 300_002) }, where), invalid);
  const early = forged(where.clock.now - 1_000);
  where.clock.advance(901_000);
  await assertRefused(whoAmI(old, where), expired);
  where.clock.advance(129_600_000);
  await assertRefused(whoAmI({ ...old, sessionToken: early }, where), invalid);
  await whoAmI(where.admin, where);
});

test('data keys that others may know are revoked: every session ends at once, secrets do not', async () => {
  const masterKey = seededRandom('revocation')(32);
  const where = await startGatehouse({ seed: 'revocation' });
  const old = await assumed(where);
  await whoAmI(old, where);
  await rotateDataKey({ store: where.plane.store, masterKey, random: seededRandom('revoking'), clock: () => where.clock.now, requestId: 'test', endsSessions: true });
  await assertRefused(whoAmI(old, where), invalid);
  for (const key of [where.admin, await assumed(where)]) await whoAmI(key, where);
});
