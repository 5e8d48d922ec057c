/** GetAccountSummary, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { AttachUserPolicyCommand, CreateGroupCommand, CreatePolicyCommand, CreatePolicyVersionCommand, CreateRoleCommand, CreateUserCommand, DeleteAccessKeyCommand, GetAccountSummaryCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';

let gatehouse: TestGatehouse;
let iam: IAMClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'account summary' });
  iam = gatehouse.iam();
});
after(() => gatehouse.stop());

const summary = async (): Promise<Record<string, number>> => (await iam.send(new GetAccountSummaryCommand({}))).SummaryMap ?? {};

test('the summary has every key that the model lists, and no other', async () => {
  const model: { shapes: { summaryKeyType: { enum: string[] } } } = JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8'));
  assert.deepEqual(Object.keys(await summary()).sort(), model.shapes.summaryKeyType.enum.toSorted());
});

test('the summary counts what is there', async () => {
  const earlier = await summary();
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'counted', PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }));
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn: Policy!.Arn, PolicyDocument: '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}' }));
  await iam.send(new CreateUserCommand({ UserName: 'one', PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
  await iam.send(new CreateUserCommand({ UserName: 'two' }));
  for (const UserName of ['one', 'two']) await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Policy!.Arn }));
  await iam.send(new CreateGroupCommand({ GroupName: 'three' }));
  await iam.send(new CreateRoleCommand({ RoleName: 'four', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: gatehouse.account }, Action: 'sts:AssumeRole' } }) }));
  const later = await summary();
  const grown = Object.fromEntries(Object.keys(later).filter((key) => later[key] !== earlier[key]).map((key) => [key, later[key]! - earlier[key]!]));
  assert.deepEqual(grown, { Users: 2, Groups: 1, Roles: 1, Policies: 1, PolicyVersionsInUse: 2 });
});

test('the summary says whether root has access keys and a password', async () => {
  const { AccountAccessKeysPresent, AccountPasswordPresent } = await summary();
  assert.deepEqual([AccountAccessKeysPresent, AccountPasswordPresent], [1, 1]);
  await gatehouse.iam(gatehouse.root).send(new DeleteAccessKeyCommand({ AccessKeyId: gatehouse.root.accessKeyId }));
  assert.equal((await summary())['AccountAccessKeysPresent'], 0);
});
