/** What each operation of CloudWatch Logs asks of the policies: without exactly this action on exactly this resource it is denied, with nothing else it is let through, and AWS lists the action for it; and attacks on what policies divide. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { authorizationReference } from '../../src/server/read-model.ts';
import { logs as service } from '../../src/services/logs/index.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { sendSigned, textOf } from '../signed-call.ts';
import { makeUser } from '../sts/roles.ts';
import { account, found, groupArn, logsOf, makeStream, messagesOf, put } from './logs-client.ts';

let gatehouse: TestGatehouse;
let admin: sdk.CloudWatchLogsClient;
let key: KeyPair;
let probe: sdk.CloudWatchLogsClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'access of logs', accountId: account });
  admin = logsOf(gatehouse);
  key = await makeUser(gatehouse, 'probe');
  probe = logsOf(gatehouse, key);
  await makeStream(admin, 'g', 's');
});
after(() => gatehouse.stop());

const permit = (...Statement: readonly object[]) => gatehouse.iam().send(new PutUserPolicyCommand({ UserName: 'probe', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const deny = (Action: string | readonly string[], Resource: string | readonly string[] = '*', more: object = {}) => ({ ...allow(Action, Resource, more), Effect: 'Deny' });
const denied = { code: 'AccessDeniedException', status: 400 };
const noted = (message: RegExp) => ({ ...denied, message });

const group = `${groupArn('g')}:log-stream:`;
const stream = `${groupArn('g')}:log-stream:s`;
type Asked = readonly (readonly [action: string, resource: string])[];
const own = (action: string, resource: string): Asked => [[`logs:${action}`, resource]];
const named = { logGroupName: 'g' };
const both = { ...named, logStreamName: 's' };
const tagged = { resourceArn: groupArn('g') };

/** Last those that take away. */
const cases: readonly (readonly [operation: string, input: object, asked: Asked])[] = [
  ['CreateLogGroup', { logGroupName: 'new' }, own('CreateLogGroup', `${groupArn('new')}:log-stream:`)],
  ['CreateLogGroup', { logGroupName: 'new2', tags: { a: 'b' } }, [['logs:CreateLogGroup', `${groupArn('new2')}:log-stream:`], ['logs:TagResource', groupArn('new2')]]],
  ['CreateLogStream', { ...named, logStreamName: 'new' }, own('CreateLogStream', `${groupArn('g')}:log-stream:new`)],
  ['PutLogEvents', { ...both, logEvents: [{ timestamp: 1, message: 'x' }] }, own('PutLogEvents', stream)],
  ['GetLogEvents', both, own('GetLogEvents', stream)],
  ['GetLogEvents', { logGroupIdentifier: groupArn('g'), logStreamName: 's', unmask: true }, [['logs:GetLogEvents', stream], ['logs:Unmask', group]]],
  ['FilterLogEvents', named, own('FilterLogEvents', group)],
  ['FilterLogEvents', { logGroupIdentifier: groupArn('g'), unmask: true }, [['logs:FilterLogEvents', group], ['logs:Unmask', group]]],
  ['DescribeLogGroups', {}, own('DescribeLogGroups', `${groupArn('')}:log-stream:`)],
  ['DescribeLogStreams', named, own('DescribeLogStreams', group)],
  ['PutRetentionPolicy', { ...named, retentionInDays: 7 }, own('PutRetentionPolicy', group)],
  ['DeleteRetentionPolicy', named, own('DeleteRetentionPolicy', group)],
  ['PutLogGroupDeletionProtection', { logGroupIdentifier: 'g', deletionProtectionEnabled: false }, own('PutLogGroupDeletionProtection', group)],
  ['TagResource', { ...tagged, tags: { a: 'b' } }, own('TagResource', groupArn('g'))],
  ['ListTagsForResource', tagged, own('ListTagsForResource', groupArn('g'))],
  ['UntagResource', { ...tagged, tagKeys: ['a'] }, own('UntagResource', groupArn('g'))],
  ['TagLogGroup', { ...named, tags: { a: 'b' } }, own('TagLogGroup', group)],
  ['ListTagsLogGroup', named, own('ListTagsLogGroup', group)],
  ['UntagLogGroup', { ...named, tags: ['a'] }, own('UntagLogGroup', group)],
  ['DeleteLogStream', { ...named, logStreamName: 'new' }, own('DeleteLogStream', `${groupArn('g')}:log-stream:new`)],
  ['DeleteLogGroup', { logGroupName: 'new' }, own('DeleteLogGroup', `${groupArn('new')}:log-stream:`)],
];

test('every operation stands in the table', () => {
  assert.deepEqual([...new Set(cases.map(([operation]) => operation))].sort(), [...service.operations.keys()].sort());
});

function send(operation: string, input: object): Promise<unknown> {
  const Command = Reflect.get(sdk, `${operation}Command`) as new (input: object) => Parameters<sdk.CloudWatchLogsClient['send']>[0];
  return probe.send(new Command(input));
}

for (const [operation, input, asked] of cases) {
  test(`${operation} asks for ${asked.map(([action, resource]) => `${action} on ${resource}`).join(', ')}`, async () => {
    for (const [action, resource] of asked) {
      await permit(allow('*'), deny(action));
      await assertRefused(send(operation, input), noted(new RegExp(`is not authorized to perform: ${action} on resource: ${RegExp.escape(resource)} with an explicit deny`)));
      // On everything but the resource.
      await permit({ Effect: 'Allow', NotAction: action, Resource: '*' }, { Effect: 'Allow', Action: action, NotResource: resource });
      await assertRefused(send(operation, input), noted(new RegExp(`perform: ${action} on resource: ${RegExp.escape(resource)} because no identity-based policy allows`)));
      const listed = authorizationReference.find('logs')!.actions.get(action.slice('logs:'.length).toLowerCase());
      assert.ok(listed, `${action} is no action of CloudWatch Logs`);
      const kinds = listed.resourceTypes.map(({ name }) => name);
      // Without resources on the list, and asked for with one all the same: DescribeLogGroups, as AWS's denials show it.
      assert.ok(action === 'logs:DescribeLogGroups' || kinds.includes(resource === stream || resource.endsWith(':new') ? 'log-stream' : 'log-group'), `${action}: ${kinds.join(', ')}`);
    }
    await permit(...asked.map(([action, resource]) => allow(action, resource)));
    await send(operation, input);
  });
}

test('a policy names a group with `:*` behind it for all but tags, as AWS says', async () => {
  await permit(allow(['logs:FilterLogEvents', 'logs:TagResource', 'logs:GetLogEvents'], `${groupArn('g')}:*`));
  await found(probe, named);
  await send('GetLogEvents', both);
  await assertRefused(send('TagResource', { ...tagged, tags: { a: 'b' } }), noted(/TagResource/));
  await permit(allow(['logs:FilterLogEvents', 'logs:TagResource', 'logs:GetLogEvents'], groupArn('g')));
  await send('TagResource', { ...tagged, tags: { a: 'b' } });
  await assertRefused(found(probe, named), noted(/FilterLogEvents/));
  await assertRefused(send('GetLogEvents', both), noted(/GetLogEvents/));
});

test('tags of a group and of a request, and the region, divide who may what', async () => {
  await makeStream(admin, 'blue', 's');
  await admin.send(new sdk.TagLogGroupCommand({ logGroupName: 'blue', tags: { team: 'blue' } }));
  await permit(allow('logs:*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'blue' } } }));
  await send('GetLogEvents', { logGroupName: 'blue', logStreamName: 's' });
  await assertRefused(send('GetLogEvents', both), noted(/GetLogEvents/));
  await assertRefused(send('DeleteLogGroup', named), noted(/DeleteLogGroup/));
  await permit(allow('logs:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] }, StringEquals: { 'aws:RequestTag/team': 'blue' } } }));
  await send('CreateLogGroup', { logGroupName: 'tagged', tags: { team: 'blue' } });
  await assertRefused(send('CreateLogGroup', { logGroupName: 'tagged2', tags: { team: 'red' } }), noted(/CreateLogGroup/));
  await assertRefused(send('TagResource', { ...tagged, tags: { team: 'blue', other: '' } }), noted(/TagResource/));
  await permit(allow('logs:*', '*', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }));
  await assertRefused(send('DescribeLogGroups', {}), noted(/DescribeLogGroups/));
  assert.deepEqual((await logsOf(gatehouse, key, 'eu-west-1').send(new sdk.DescribeLogGroupsCommand({}))).logGroups, []);
});

test('a name that looks like another, a pattern or a path is a name', async () => {
  await makeStream(admin, 'a.b', '../../g');
  await put(admin, 'a.b', '../../g', gatehouse.clock.now, 'up there');
  for (const logStreamName of ['..', '.', '/', '//etc/passwd', '../../../../x', 'ü €', 'a b', '%2e%2e', '[1] $LATEST']) await makeStream(admin, 'paths', logStreamName);
  for (const logStreamName of ['..', '/', '../../../../x', '%2e%2e']) {
    await put(admin, 'paths', logStreamName, gatehouse.clock.now, logStreamName);
    assert.deepEqual(messagesOf((await admin.send(new sdk.GetLogEventsCommand({ logGroupName: 'paths', logStreamName }))).events), [logStreamName]);
  }
  assert.deepEqual(messagesOf((await admin.send(new sdk.GetLogEventsCommand(both))).events), [], 'nothing of it is in another stream');
  // Rights on one are none on what its name seems to match, letter case or dots.
  await permit(allow('logs:*', [`${groupArn('a.b')}:*`]));
  await makeStream(admin, 'axb', 's');
  for (const logGroupName of ['axb', 'A.B', 'a.b.', 'a.bc']) await assertRefused(send('FilterLogEvents', { logGroupName }), noted(/FilterLogEvents/));
  // Whoever may not see a group is not told whether it is there.
  const there = await send('FilterLogEvents', named).catch((error: Error) => error.message.replaceAll('log-group:g:', 'X'));
  assert.equal(there, await send('FilterLogEvents', { logGroupName: 'gone' }).catch((error: Error) => error.message.replaceAll('log-group:gone:', 'X')));
});

test('a token of another caller, operation, group or account is none', async () => {
  await makeStream(admin, 'tokens', 's');
  for (let i = 0; i < 5; i++) await put(admin, 'tokens', 's', gatehouse.clock.now + i, `${i}`);
  const { nextForwardToken } = await admin.send(new sdk.GetLogEventsCommand({ logGroupName: 'tokens', logStreamName: 's', startFromHead: true, limit: 2 }));
  const { nextToken } = await admin.send(new sdk.FilterLogEventsCommand({ logGroupName: 'tokens', limit: 2 }));
  await permit(allow('logs:*'));
  const noToken = { code: 'InvalidParameterException', status: 400, message: 'The specified nextToken is invalid.' };
  await assertRefused(send('GetLogEvents', { logGroupName: 'tokens', logStreamName: 's', nextToken: nextForwardToken }), noToken);
  await assertRefused(send('FilterLogEvents', { logGroupName: 'tokens', nextToken }), noToken);
  await assertRefused(admin.send(new sdk.FilterLogEventsCommand({ logGroupName: 'tokens', nextToken: nextForwardToken })), noToken);
  const other = logsOf(gatehouse, await gatehouse.newAccount('444455556666'));
  await assertRefused(other.send(new sdk.DescribeLogGroupsCommand({ nextToken })), noToken);
  // Of another stream it is only a time: nothing of the first is shown.
  await makeStream(admin, 'tokens', 'other');
  await put(admin, 'tokens', 'other', gatehouse.clock.now + 3, 'theirs');
  assert.deepEqual(messagesOf((await admin.send(new sdk.GetLogEventsCommand({ logGroupName: 'tokens', logStreamName: 'other', nextToken: nextForwardToken }))).events), ['theirs']);
});

test('another account has groups of its own, and an ARN of ours is none of its', async () => {
  const other = logsOf(gatehouse, await gatehouse.newAccount('777788889999'));
  assert.deepEqual((await other.send(new sdk.DescribeLogGroupsCommand({}))).logGroups, []);
  await assertRefused(other.send(new sdk.FilterLogEventsCommand(named)), { code: 'ResourceNotFoundException', status: 400, message: /./ });
  await assertRefused(other.send(new sdk.FilterLogEventsCommand({ logGroupIdentifier: groupArn('g') })), { code: 'InvalidParameterException', status: 400, message: /./ });
  await assertRefused(other.send(new sdk.TagResourceCommand({ resourceArn: groupArn('g'), tags: { a: 'b' } })), { code: 'InvalidParameterException', status: 400, message: /./ });
});

test('no message stands in the audit log, the request log or an error', async () => {
  const secret = 'a-password-in-a-log-line';
  await put(admin, 'g', 's', gatehouse.clock.now, secret);
  await put(admin, 'g', 's', gatehouse.clock.now, secret, secret).catch(() => {});
  await found(admin, named);
  await permit(deny('*'));
  await put(probe, 'g', 's', gatehouse.clock.now, secret).catch((error: Error) => assert.ok(!error.message.includes(secret)));
  assert.ok(!JSON.stringify([gatehouse.auditRecords, gatehouse.logLines]).includes(secret));
  assert.ok(JSON.stringify(gatehouse.auditRecords).includes('PutLogEvents'));
});

test('a body that is none is refused, and an operation that is not built says so', async () => {
  const ask = async (target: string, body: string) => {
    const answer = await sendSigned(gatehouse, { service: 'logs', region: 'us-east-1', headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `Logs_20140328.${target}` }, body });
    return [answer.status, (JSON.parse(textOf(answer)) as { readonly __type: string }).__type];
  };
  assert.deepEqual(await ask('PutLogEvents', '{'), [400, 'SerializationException']);
  assert.deepEqual(await ask('PutLogEvents', '{"logGroupName":1,"logStreamName":"s","logEvents":[]}'), [400, 'SerializationException']);
  assert.deepEqual(await ask('PutLogEvents', '{"logGroupName":"g","logStreamName":"s","logEvents":[{"message":"x"}]}'), [400, 'InvalidParameterException']);
  assert.deepEqual(await ask('StartLiveTail', '{}'), [501, 'NotImplemented']);
  assert.deepEqual(await ask('ReadEverything', '{}'), [400, 'UnknownOperationException']);
});
