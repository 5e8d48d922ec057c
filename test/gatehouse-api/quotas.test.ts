/** Quotas are adjusted for one account, within bounds, by those who may; and what they bound follows at once. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { Answer } from '../../src/server/http-request.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused, beyondQuota } from '../iam/refusal.ts';
import { signRequest } from '../sign-request.ts';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'quotas' }); });

function call(parameters: Readonly<Record<string, string>>, { accessKeyId, secretAccessKey }: KeyPair = gatehouse.admin): Promise<Answer> {
  const body = new URLSearchParams({ ...parameters, Version: '2026-11-24' }).toString();
  const { rawHeaders } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, service: 'gatehouse', region: 'us-east-1', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body });
  return gatehouse.send({ headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), body });
}
const set = (QuotaName: string, Value: string, key?: KeyPair) => call({ Action: 'SetQuota', QuotaName, Value }, key);
const textOf = ({ body }: Answer): string => Buffer.from(body).toString();

test('a quota that is set holds from the next request on, in this account alone, and the summary tells it', async () => {
  const iam = gatehouse.iam();
  assert.match(textOf(await set('GroupsPerAccount', '1')), /<QuotaName>GroupsPerAccount<\/QuotaName><Value>1<\/Value><DefaultValue>300<\/DefaultValue><MaximumValue>10000<\/MaximumValue>/);
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'one' }));
  await assertRefused(iam.send(new sdk.CreateGroupCommand({ GroupName: 'two' })), beyondQuota('GroupsPerAccount', 1));
  const other = gatehouse.iam(await gatehouse.newAccount('222233334444'));
  for (const GroupName of ['one', 'two']) await other.send(new sdk.CreateGroupCommand({ GroupName }));
  assert.equal((await iam.send(new sdk.GetAccountSummaryCommand({}))).SummaryMap?.GroupsQuota, 1);
  await set('GroupsPerAccount', '2');
  await iam.send(new sdk.CreateGroupCommand({ GroupName: 'two' }));
  assert.match(textOf(await call({ Action: 'ListQuotas' })), /<QuotaName>GroupsPerAccount<\/QuotaName><Value>2<\/Value>/);
});

test('a quota stays within its bounds, and what is no adjustable quota is none', async () => {
  for (const [name, value, code, status] of [['PoliciesPerRole', '26', 'QuotaOutOfRange', 400], ['AccessKeysPerUser', '3', 'NoSuchQuota', 404], ['constructor', '1', 'NoSuchQuota', 404], ['PoliciesPerRole', '-1', 'ValidationError', 400]] as const) {
    const answer = await set(name, value);
    assert.equal(answer.status, status);
    assert.match(textOf(answer), new RegExp(`<Code>${code}</Code>`));
  }
});

test('whoever is not allowed neither sees nor sets a quota', async () => {
  await gatehouse.iam().send(new sdk.CreateUserCommand({ UserName: 'alice' }));
  const { AccessKey } = await gatehouse.iam().send(new sdk.CreateAccessKeyCommand({ UserName: 'alice' }));
  const alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  assert.match(textOf(await set('GroupsPerAccount', '9', alice)), /not authorized to perform: gatehouse:SetQuota on resource: arn:aws:gatehouse::111122223333:quota\/GroupsPerAccount/);
  assert.equal((await call({ Action: 'ListQuotas' }, alice)).status, 403);
});
