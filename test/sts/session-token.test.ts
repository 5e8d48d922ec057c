/** GetSessionToken: how long, for whom, and that no policy has a say in it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { startGatehouse, testEpoch, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { callQuery, textOf } from '../signed-call.ts';
import { keyOf, makeRole, makeUser, sessionOf, trust } from './roles.ts';

let gatehouse: TestGatehouse;
let alice: KeyPair;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'session token' });
  alice = await makeUser(gatehouse, 'alice', [{ Effect: 'Deny', Action: '*', Resource: '*' }]);
});
after(() => gatehouse.stop());

const session = async (DurationSeconds?: number, key = alice) => (await gatehouse.sts(key).send(new GetSessionTokenCommand({ ...(DurationSeconds !== undefined && { DurationSeconds }) }))).Credentials!;
const secondsOf = async (DurationSeconds?: number, key = alice): Promise<number> => ((await session(DurationSeconds, key)).Expiration!.getTime() - testEpoch) / 1_000;

test('a user\'s session lasts twelve hours, or a quarter of an hour to a day and a half; no policy can forbid it', async () => {
  for (const [asked, given] of [[undefined, 43_200], [900, 900], [129_600, 129_600]] as const) assert.equal(await secondsOf(asked), given);
  await assertRefused(session(899), { code: 'ValidationError', status: 400, message: /greater than or equal to 900/ });
  await assertRefused(session(129_601), { code: 'ValidationError', status: 400, message: /less than or equal to 129600/ });
});

test('root\'s lasts an hour at most, and a longer wish is cut to it', async () => {
  for (const [asked, given] of [[undefined, 3_600], [900, 900], [3_601, 3_600], [129_600, 3_600]] as const) assert.equal(await secondsOf(asked, gatehouse.root), given);
});

test('the session is the user itself, its rights and its name, with a packed size nobody is told of', async () => {
  const identity = await gatehouse.sts(keyOf(await session())).send(new GetCallerIdentityCommand({}));
  assert.equal(identity.Arn, `arn:aws:iam::${gatehouse.account}:user/alice`);
  assert.doesNotMatch(textOf(await callQuery(gatehouse, 'sts', { Action: 'GetSessionToken' }, alice)), /PackedPolicySize/);
});

test('only long-term keys may ask', async () => {
  const refused = { code: 'AccessDenied', status: 403, message: 'Cannot call GetSessionToken with session credentials' };
  const role = await sessionOf(gatehouse, await makeRole(gatehouse, 'role', { trust: [trust(gatehouse.account)] }));
  for (const key of [keyOf(await session()), role]) await assertRefused(session(undefined, key), refused);
});
