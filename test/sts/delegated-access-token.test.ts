/** GetDelegatedAccessToken: nobody here was taken on as a partner, so that no token was ever handed out, and none is good. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { GetDelegatedAccessTokenCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { allow, keyOf, makeUser } from './roles.ts';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'delegated access token' }); });
after(() => gatehouse.stop());

const trade = (TradeInToken: string, key?: Parameters<TestGatehouse['sts']>[0]) => gatehouse.sts(key).send(new GetDelegatedAccessTokenCommand({ TradeInToken }));

test('whatever is traded in is no token, one that is none of the kind included', async () => {
  const { Credentials } = await gatehouse.sts().send(new GetSessionTokenCommand({}));
  for (const token of ['x', 'eyJhbGciOiJub25lIn0.e30.', Credentials!.SessionToken!, 'x'.repeat(100_000)]) await assertRefused(trade(token), { code: 'ValidationError', status: 400, message: 'The trade-in token is not valid.' });
  assert.doesNotMatch(JSON.stringify(gatehouse.auditRecords), /eyJhbGciOiJub25lIn0/, 'what was traded in is in no record');
});

test('it asks for sts:GetDelegatedAccessToken, and is not for session tokens', async () => {
  const alice = await makeUser(gatehouse, 'alice', [allow('sts:GetSessionToken')]);
  await assertRefused(trade('x', alice), { code: 'AccessDenied', status: 403, message: `User: arn:aws:iam::${gatehouse.account}:user/alice is not authorized to perform: sts:GetDelegatedAccessToken because no identity-based policy allows the sts:GetDelegatedAccessToken action` });
  const { Credentials } = await gatehouse.sts(alice).send(new GetSessionTokenCommand({}));
  await assertRefused(trade('x', keyOf(Credentials)), { code: 'AccessDenied', status: 403, message: 'Cannot call GetDelegatedAccessToken with session credentials' });
});
