/** Authentication on a real store: who is proven, who is refused, with which words, and in which order. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { headerOf, signRequest, withHeader, type RequestToSign } from '../../test/sign-request.ts';
import { newId } from '../base/ids.ts';
import { SealBroken } from '../base/seal.ts';
import type { SessionClaims } from '../base/session.ts';
import { openKeyring } from '../credentials/keyring.ts';
import { createSessionSealer } from '../credentials/session-token.ts';
import { readClaim } from '../proof/sigv4/claim.ts';
import { SignatureRefusal } from '../proof/sigv4/refusal.ts';
import type { SignedRequest } from '../proof/signed-request.ts';
import { memoryConsoleSessions } from '../store/console-sessions.ts';
import { memoryJournal } from '../store/journals/memory.ts';
import { openStore } from '../store/open.ts';
import type { Draft } from '../store/store.ts';
import type { AccessKeyDoc } from '../store/tables.ts';
import { passwordMark } from './password-mark.ts';
import { createAuthenticator } from './authenticate.ts';

const account = '111122223333';
const other = '444455556666';
const start = Date.UTC(2026, 10, 24, 10, 30);
const hour = 3_600_000;
const trust = { Document: '{}', PrincipalIds: {} };

function seeded(seed: string) {
  let counter = 0;
  return (size: number): Uint8Array => createHash('sha512').update(`${seed}:${counter++}`).digest().subarray(0, size);
}

/** Two accounts: a user with a key, a role, a key of root. */
async function world() {
  const random = seeded('authenticate');
  const clock = { now: start };
  const journal = memoryJournal();
  const store = await openStore({ journal, clock: () => clock.now, random, warn: (message) => assert.fail(message) });
  const keyring = openKeyring({ masterKey: random(32), stored: { revision: 0, all: () => [] }, random, clock: () => clock.now });
  const dataKey = keyring.newDataKey();
  const secret = (of: string): string => createHash('sha256').update(of).digest('base64').slice(0, 40);
  const accessKey = (AccessKeyId: string, PrincipalId: string): AccessKeyDoc => ({
    AccessKeyId, PrincipalId, Status: 'Active', CreateDate: start, SecretAccessKey: keyring.seal(secret(AccessKeyId), { account, table: 'accessKeys', key: AccessKeyId, field: 'SecretAccessKey' }),
  });
  const ids = { alice: newId('AIDA', account, random), role: newId('AROA', account, random), aliceKey: newId('AKIA', account, random), rootKey: newId('AKIA', account, random), givenKey: 'AKIAIOSFODNN7EXAMPLE' };
  const change = (of: string, draft: (draft: Draft) => void) => store.write(of, { by: 'test', requestId: 'test', action: 'test:Test' }, draft);
  await change(account, (draft) => {
    draft.partition.dataKeys.insert(dataKey);
    draft.partition.accounts.insert({ AccountId: account, Email: 'root@example.com', CreateDate: start });
    draft.partition.foreignAccessKeys.insert({ AccessKeyId: ids.givenKey, AccountId: account });
    draft.users.insert({ UserId: ids.alice, UserName: 'Alice', Path: '/team/', CreateDate: start });
    draft.roles.insert({ RoleId: ids.role, RoleName: 'auditor', Path: '/audit/', CreateDate: start, TrustPolicy: trust });
    for (const key of [accessKey(ids.aliceKey, ids.alice), accessKey(ids.rootKey, account), accessKey(ids.givenKey, ids.alice)]) draft.accessKeys.insert(key);
  });
  await change(other, (draft) => void draft.partition.accounts.insert({ AccountId: other, Email: 'root@example.net', CreateDate: start }));
  let opened = 0;
  const seal = { ...keyring, seal: keyring.seal.bind(keyring), open: (...given: Parameters<typeof keyring.open>) => (opened++, keyring.open(...given)) };
  const sessions = createSessionSealer({ keyring });
  const consoleSessions = memoryConsoleSessions();
  const authenticate = createAuthenticator({ store, keyring: seal, sessions, consoleSessions, clock: () => clock.now });
  const session = (claims: Partial<SessionClaims> = {}): SessionClaims => {
    const accessKeyId = newId('ASIA', account, random);
    return { issuer: 'AssumeRole', account, principalId: ids.role, accessKeyId, secretAccessKey: secret(accessKeyId), issuedAt: clock.now, expiresAt: clock.now + hour, sessionName: 'session', ...claims };
  };
  const send = async (request: SignedRequest, service = 'sts') => {
    const claim = readClaim(request);
    assert.ok(claim);
    return authenticate(claim, request, { signingName: service });
  };
  const sign = (options: Pick<RequestToSign, 'accessKeyId'> & Partial<RequestToSign>): SignedRequest => signRequest({ secretAccessKey: secret(options.accessKeyId), at: clock.now, body: 'Action=GetCallerIdentity&Version=2011-06-15', ...options });
  const signSession = (claims: SessionClaims, options: Partial<RequestToSign> = {}): SignedRequest => sign({ accessKeyId: claims.accessKeyId, secretAccessKey: claims.secretAccessKey, sessionToken: sessions.seal(claims).token, ...options });
  return { journal, store, clock, ids, secret, change, session, sessions, consoleSessions, send, sign, signSession, authenticate, keyring, random, opened: () => opened };
}

async function refused(name: string, message: string, promise: Promise<unknown>): Promise<void> {
  await assert.rejects(promise, (thrown) => {
    assert.ok(thrown instanceof SignatureRefusal, String(thrown));
    assert.deepEqual([thrown.name, thrown.message], [name, message]);
    return true;
  });
}

const invalid = (promise: Promise<unknown>) => refused('InvalidClientTokenId', 'The security token included in the request is invalid.', promise);
const expired = (promise: Promise<unknown>) => refused('ExpiredToken', 'The security token included in the request is expired', promise);
const mismatch = (promise: Promise<unknown>) =>
  refused('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.', promise);

test('a key of a user proves the user, as he is called now', async () => {
  const { ids, change, send, sign } = await world();
  const expected = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/team/Alice`, userId: ids.alice, principalArn: `arn:aws:iam::${account}:user/team/Alice`, principalId: ids.alice, accessKeyId: ids.aliceKey, userName: 'Alice' };
  assert.deepEqual(await send(sign({ accessKeyId: ids.aliceKey })), expected);
  assert.deepEqual(await send(sign({ accessKeyId: ids.aliceKey, isPresigned: true, method: 'GET', body: '', target: '/?Action=GetCallerIdentity' })), expected);
  assert.deepEqual(await send(sign({ accessKeyId: ids.givenKey })), { ...expected, accessKeyId: ids.givenKey });
  await change(account, (draft) => void draft.users.update({ ...draft.users.find(ids.alice)!, UserName: 'Alicia', Path: '/' }));
  assert.equal((await send(sign({ accessKeyId: ids.aliceKey }))).arn, `arn:aws:iam::${account}:user/Alicia`);
});

test('a key of root proves root', async () => {
  const { ids, send, sign } = await world();
  assert.deepEqual(await send(sign({ accessKeyId: ids.rootKey })), { kind: 'root', account, arn: `arn:aws:iam::${account}:root`, userId: account, principalArn: `arn:aws:iam::${account}:root`, principalId: account, accessKeyId: ids.rootKey });
});

test('each kind of session proves its own kind of caller', async () => {
  const { ids, send, session, signSession } = await world();
  for (const issuer of ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'] as const) {
    const claims = session({ issuer });
    assert.deepEqual(await send(signSession(claims)), {
      kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/auditor/session`, userId: `${ids.role}:session`, principalArn: `arn:aws:iam::${account}:role/audit/auditor`, principalId: ids.role, accessKeyId: claims.accessKeyId, roleName: 'auditor', session: claims,
    });
  }
  const ofUser = session({ issuer: 'GetSessionToken', principalId: ids.alice, sessionName: undefined, mfaAt: start });
  const user = await send(signSession(ofUser));
  assert.deepEqual([user.kind, user.arn, user.userId, user.session?.mfaAt], ['user', `arn:aws:iam::${account}:user/team/Alice`, ids.alice, start]);
  for (const issuer of ['GetSessionToken', 'AssumeRoot'] as const) {
    const root = await send(signSession(session({ issuer, principalId: account })));
    assert.deepEqual([root.kind, root.arn, root.session?.issuer], ['root', `arn:aws:iam::${account}:root`, issuer]);
  }
  for (const principalId of [ids.alice, account]) {
    const federated = await send(signSession(session({ issuer: 'GetFederationToken', principalId, sessionName: 'bob' })));
    assert.deepEqual([federated.kind, federated.arn, federated.principalArn, federated.userId, federated.principalId], ['federatedUser', `arn:aws:sts::${account}:federated-user/bob`, `arn:aws:sts::${account}:federated-user/bob`, `${account}:bob`, principalId]);
  }
});

test('credentials of a console session are good while it lasts, used, and not a moment after it was ended', async () => {
  const { clock, ids, consoleSessions, send, session, signSession } = await world();
  const begun = { id: 'console', holder: 'browser', account, principalId: ids.alice, startedAt: start, seenAt: start, endsAt: start + 12 * hour, idleMs: hour / 4 } as const;
  const claims = session({ issuer: 'SignIn', principalId: ids.alice, sessionName: undefined, consoleSessionId: 'console', mfaAt: start });
  await expired(send(signSession(claims)));
  await consoleSessions.insert(begun);
  const user = await send(signSession(claims));
  assert.deepEqual([user.kind, user.userId, user.session?.mfaAt], ['user', ids.alice, start]);
  assert.equal((await send(signSession(session({ issuer: 'SignIn', principalId: account, consoleSessionId: 'console' })))).kind, 'root');
  assert.equal((await send(signSession(session({ consoleSessionId: 'console' })))).kind, 'role');
  clock.now += hour / 4;
  await expired(send(signSession(claims)));
  await consoleSessions.update('console', { seenAt: clock.now });
  await send(signSession(claims));
  await consoleSessions.end('console');
  await expired(send(signSession(claims)));
  await expired(send(signSession(session({ consoleSessionId: 'console' }))));
});

test('credentials of a console session end with the password that it was opened with, also where they act as a role elsewhere', async () => {
  const { ids, consoleSessions, change, send, session, signSession } = await world();
  const begun = { id: 'console', holder: 'browser', account, principalId: ids.alice, startedAt: start, seenAt: start, endsAt: start + 12 * hour, idleMs: hour, passwordMark: passwordMark('$first') } as const;
  await consoleSessions.insert(begun);
  const own = signSession(session({ issuer: 'SignIn', principalId: ids.alice, sessionName: undefined, consoleSessionId: 'console' }));
  const asRole = signSession(session({ consoleSessionId: 'console' }));
  await expired(send(own));
  await change(account, (draft) => draft.loginProfiles.insert({ UserId: ids.alice, PasswordHash: '$first', CreateDate: start, PasswordChangedAt: start, PasswordResetRequired: false, PreviousHashes: [] }));
  assert.deepEqual([(await send(own)).kind, (await send(asRole)).kind], ['user', 'role']);
  await change(account, (draft) => draft.loginProfiles.update({ ...draft.loginProfiles.find(ids.alice)!, PasswordHash: '$second' }));
  await expired(send(own));
  await expired(send(asRole));
  await consoleSessions.update('console', { passwordMark: passwordMark('$second') });
  assert.equal((await send(own)).kind, 'user');
  await change(account, (draft) => draft.loginProfiles.remove(ids.alice));
  await expired(send(own));
});

test('where the account is in memory the answer is there at once; where it is not, it is loaded', async () => {
  const { journal, clock, keyring, sessions, consoleSessions, ids, random, sign, authenticate } = await world();
  const request = sign({ accessKeyId: ids.aliceKey });
  assert.equal(authenticate(readClaim(request)!, request, { signingName: 'sts' }) instanceof Promise, false);
  const reopened = await openStore({ journal, clock: () => clock.now, random, warn: (message) => assert.fail(message) });
  assert.equal(reopened.loaded(account), undefined);
  const later = createAuthenticator({ store: reopened, keyring, sessions, consoleSessions, clock: () => clock.now })(readClaim(request)!, request, { signingName: 'sts' });
  assert.ok(later instanceof Promise);
  assert.equal((await later).accessKeyId, ids.aliceKey);
});

test('an account that is not there is refused without loading anything', async () => {
  const { store, clock, keyring, sessions, consoleSessions, random, sign, session, signSession } = await world();
  const asked: string[] = [];
  const watched = { ...store, get partition() { return store.partition; }, loaded: (id: string) => { asked.push(id); return undefined; }, account: async (id: string) => { asked.push(id); return undefined; } };
  const authenticate = createAuthenticator({ store: watched, keyring, sessions, consoleSessions, clock: () => clock.now });
  for (const request of [sign({ accessKeyId: newId('AKIA', '999988887777', random) }), sign({ accessKeyId: 'AKIAUNKNOWN' }), sign({ accessKeyId: '__proto__' }), signSession(session({ account: '999988887777' })), sign({ accessKeyId: newId('ASIA', account, random) })]) {
    assert.throws(() => authenticate(readClaim(request)!, request, { signingName: 'sts' }), { name: 'InvalidClientTokenId' });
  }
  assert.deepEqual(asked, []);
});

test('unknown, inactive and deleted keys, and keys whose user is gone, are refused before their signature is looked at', async () => {
  const { ids, change, send, sign, random } = await world();
  const wrongSecret = { secretAccessKey: 'x'.repeat(40) };
  await invalid(send(sign({ accessKeyId: newId('AKIA', account, random), ...wrongSecret })));
  await mismatch(send(sign({ accessKeyId: ids.aliceKey, ...wrongSecret })));
  await change(account, (draft) => void draft.accessKeys.update({ ...draft.accessKeys.find(ids.aliceKey)!, Status: 'Inactive' }));
  await invalid(send(sign({ accessKeyId: ids.aliceKey })));
  await invalid(send(sign({ accessKeyId: ids.aliceKey, ...wrongSecret })));
  await change(account, (draft) => void draft.accessKeys.update({ ...draft.accessKeys.find(ids.aliceKey)!, Status: 'Active' }));
  assert.ok(await send(sign({ accessKeyId: ids.aliceKey })));
  await change(account, (draft) => void draft.accessKeys.remove(ids.aliceKey));
  await invalid(send(sign({ accessKeyId: ids.aliceKey })));
  await change(account, (draft) => void draft.users.remove(ids.alice));
  await invalid(send(sign({ accessKeyId: ids.givenKey })));
});

test('a session ends when its time is over, to the millisecond', async () => {
  const { clock, send, session, signSession } = await world();
  const claims = session();
  clock.now = claims.expiresAt - 1;
  assert.ok(await send(signSession(claims)));
  clock.now = claims.expiresAt;
  await expired(send(signSession(claims)));
});

test('a session ends when its role or user is deleted, also if one of the same name is made again', async () => {
  const { ids, change, send, session, signSession, random } = await world();
  const ofRole = session(), ofUser = session({ issuer: 'GetSessionToken', principalId: ids.alice }), federated = session({ issuer: 'GetFederationToken', principalId: ids.alice });
  for (const claims of [ofRole, ofUser, federated]) assert.ok(await send(signSession(claims)));
  await change(account, (draft) => {
    draft.roles.remove(ids.role);
    draft.users.remove(ids.alice);
    draft.roles.insert({ RoleId: newId('AROA', account, random), RoleName: 'auditor', Path: '/audit/', CreateDate: start, TrustPolicy: trust });
    draft.users.insert({ UserId: newId('AIDA', account, random), UserName: 'Alice', Path: '/team/', CreateDate: start });
  });
  for (const claims of [ofRole, ofUser, federated]) await invalid(send(signSession(claims)));
});

test('a session goes on when the key that asked for it is gone', async () => {
  const { ids, change, send, session, signSession } = await world();
  const claims = session({ issuer: 'GetSessionToken', principalId: ids.alice });
  await change(account, (draft) => void draft.accessKeys.remove(ids.aliceKey));
  assert.ok(await send(signSession(claims)));
});

test('a temporary key needs its own token: none, an empty one, another\u2019s and an altered one are refused', async () => {
  const { send, session, sessions, sign, signSession, ids } = await world();
  const claims = session(), another = session();
  const { accessKeyId, secretAccessKey } = claims;
  const { token } = sessions.seal(claims);
  assert.ok(await send(signSession(claims)));
  await invalid(send(sign({ accessKeyId, secretAccessKey })));
  await invalid(send(withHeader(signSession(claims), 'X-Amz-Security-Token', '')));
  for (const sessionToken of [sessions.seal(another).token, `${token.slice(0, -8)}AAAAAAAA`, token.slice(4), 'x', `${token}A`]) await invalid(send(sign({ accessKeyId, secretAccessKey, sessionToken })));
  // A token does not lend its rights to another key, nor a key of root's its own to a token.
  await invalid(send(sign({ accessKeyId: another.accessKeyId, secretAccessKey: another.secretAccessKey, sessionToken: token })));
  await invalid(send(sign({ accessKeyId: ids.rootKey, sessionToken: token })));
  // Exchanged on the way for another valid token of the same role.
  await invalid(send(withHeader(signSession(claims), 'X-Amz-Security-Token', sessions.seal(another).token)));
});

test('a long-term key with a token is refused, but only after its signature was verified', async () => {
  const { ids, send, session, sessions, sign } = await world();
  const sessionToken = sessions.seal(session()).token;
  await mismatch(send(sign({ accessKeyId: ids.aliceKey, sessionToken, secretAccessKey: 'x'.repeat(40) })));
  await invalid(send(sign({ accessKeyId: ids.aliceKey, sessionToken })));
  await invalid(send(sign({ accessKeyId: ids.aliceKey, sessionToken })));
  assert.ok(await send(sign({ accessKeyId: ids.aliceKey })));
});

test('of several faults the one that STS finds first is told', async () => {
  const { clock, ids, change, send, session, signSession, random } = await world();
  const claims = session();
  const bad = { secretAccessKey: 'x'.repeat(40) };
  // From the last fault to the first, each added to those before.
  await mismatch(send(signSession(claims, bad)));
  await change(account, (draft) => void draft.roles.remove(ids.role));
  await invalid(send(signSession(claims, bad)));
  clock.now += 2 * hour;
  await expired(send(signSession(claims, bad)));
  const foreign = { ...bad, accessKeyId: newId('ASIA', account, random) };
  await invalid(send(signSession(claims, foreign)));
  const uncovered = signSession(claims, foreign);
  await refused('SignatureDoesNotMatch', "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.", send({ ...uncovered, rawHeaders: [...uncovered.rawHeaders, 'X-Amz-Target', 'x'] }));
  const late = { ...foreign, at: clock.now - hour };
  await refused('SignatureDoesNotMatch', 'Signature expired: 20261124T113000Z is now earlier than 20261124T121500Z (20261124T123000Z - 15 min.)', send(signSession(claims, late)));
  await refused('SignatureDoesNotMatch', "Credential should be scoped to correct service: 'iam'. ", send(signSession(claims, late), 'iam'));
});

test('a captured request is good only while its time is near', async () => {
  const { clock, ids, send, sign } = await world();
  const captured = sign({ accessKeyId: ids.aliceKey });
  clock.now += 900_000;
  assert.ok(await send(captured));
  clock.now += 1_000;
  await assert.rejects(send(captured), { name: 'SignatureDoesNotMatch', message: /^Signature expired/ });
});

test('a signing key is kept once it has proven itself, and a changed secret is not proven by the old one', async () => {
  const { ids, change, send, sign, opened, keyring, secret } = await world();
  for (let i = 0; i < 3; i++) await mismatch(send(sign({ accessKeyId: ids.aliceKey, secretAccessKey: 'x'.repeat(40) })));
  assert.equal(opened(), 3);
  for (let i = 0; i < 3; i++) assert.ok(await send(sign({ accessKeyId: ids.aliceKey })));
  assert.equal(opened(), 4);
  await mismatch(send(sign({ accessKeyId: ids.aliceKey, secretAccessKey: 'x'.repeat(40) })));
  assert.ok(await send(sign({ accessKeyId: ids.aliceKey, region: 'us-east-1' })));
  assert.equal(opened(), 5);
  await change(account, (draft) => {
    const SecretAccessKey = keyring.seal('n'.repeat(40), { account, table: 'accessKeys', key: ids.aliceKey, field: 'SecretAccessKey' });
    draft.accessKeys.update({ ...draft.accessKeys.find(ids.aliceKey)!, SecretAccessKey });
  });
  await mismatch(send(sign({ accessKeyId: ids.aliceKey, secretAccessKey: secret(ids.aliceKey) })));
  assert.ok(await send(sign({ accessKeyId: ids.aliceKey, secretAccessKey: 'n'.repeat(40) })));
});

test('a sealed secret that was put under another key opens for nobody', async () => {
  const { ids, change, send, sign, secret } = await world();
  await change(account, (draft) => {
    const root = draft.accessKeys.find(ids.rootKey)!;
    draft.accessKeys.update({ ...root, SecretAccessKey: draft.accessKeys.find(ids.aliceKey)!.SecretAccessKey });
  });
  await assert.rejects(send(sign({ accessKeyId: ids.rootKey, secretAccessKey: secret(ids.aliceKey) })), SealBroken);
});

test('no altered Authorization header is answered by anything but a refusal', async () => {
  const { ids, send, sign } = await world();
  const request = sign({ accessKeyId: ids.aliceKey });
  const authorization = headerOf(request, 'Authorization')!;
  for (let i = 0; i < authorization.length; i++) {
    const changed = withHeader(request, 'Authorization', authorization.slice(0, i) + authorization.slice(i + 1));
    await assert.rejects(send(changed), SignatureRefusal, `without character ${i}`).catch((thrown: unknown) => {
      // The space after a comma is optional.
      if (authorization[i] !== ' ' || authorization[i - 1] !== ',') throw thrown;
    });
  }
});
