/** Log groups and streams, asked of a whole Gatehouse through the AWS SDK: made, listed in pages, kept for a time, tagged, protected, deleted; each region's its own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-cloudwatch-logs';
import { startGatehouse, testEpoch, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { found, groupArn, logsOf, makeStream, messagesOf, put } from './logs-client.ts';

let gatehouse: TestGatehouse;
let logs: sdk.CloudWatchLogsClient;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'log groups' });
  logs = logsOf(gatehouse);
});
after(() => gatehouse.stop());

const refused = (code: string, message: string | RegExp = /./) => ({ code, status: 400, message });
const noGroup = refused('ResourceNotFoundException', 'The specified log group does not exist.');
const noStream = refused('ResourceNotFoundException', 'The specified log stream does not exist.');
const create = (logGroupName: string, more: Partial<sdk.CreateLogGroupCommandInput> = {}) => logs.send(new sdk.CreateLogGroupCommand({ logGroupName, ...more }));
const describe = async (input: sdk.DescribeLogGroupsCommandInput = {}, client = logs) => (await client.send(new sdk.DescribeLogGroupsCommand(input))).logGroups ?? [];
const namesOf = (groups: readonly sdk.LogGroup[]) => groups.map(({ logGroupName }) => logGroupName);

test('a group is shown as AWS shows it, and its name is taken in its own region only', async () => {
  await create('/app/web');
  assert.deepEqual(await describe({ logGroupNamePrefix: '/app/web' }), [{
    logGroupName: '/app/web', creationTime: testEpoch, metricFilterCount: 0, arn: `${groupArn('/app/web')}:*`, logGroupArn: groupArn('/app/web'), storedBytes: 0, logGroupClass: 'STANDARD', deletionProtectionEnabled: false,
  }]);
  await assertRefused(create('/app/web'), refused('ResourceAlreadyExistsException', 'The specified log group already exists'));
  const elsewhere = logsOf(gatehouse, undefined, 'eu-west-1');
  assert.deepEqual(await describe({}, elsewhere), []);
  await assertRefused(elsewhere.send(new sdk.CreateLogStreamCommand({ logGroupName: '/app/web', logStreamName: 's' })), noGroup);
  await elsewhere.send(new sdk.CreateLogGroupCommand({ logGroupName: '/app/web' }));
  assert.equal((await describe({}, elsewhere))[0]!.logGroupArn, groupArn('/app/web', 'eu-west-1'));
});

test('what no group may be is refused in the words of CloudWatch Logs, and nothing is made', async () => {
  for (const name of ['a b', 'ü', 'x'.repeat(513), '']) await assertRefused(create(name), refused('InvalidParameterException', /'logGroupName' failed to satisfy constraint/));
  await assertRefused(create('aws/mine'), refused('InvalidParameterException', /cannot begin with aws\//));
  await assertRefused(create('sealed', { kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1' }), refused('InvalidParameterException', /KMS/));
  for (const logGroupClass of ['INFREQUENT_ACCESS', 'DELIVERY'] as const) await assertRefused(create('rare', { logGroupClass }), refused('InvalidParameterException', new RegExp(logGroupClass)));
  await assertRefused(create('tagged', { tags: { 'aws:x': '1' } }), refused('InvalidParameterException', /reserved/));
  assert.deepEqual(await describe({ logGroupNamePattern: 'mine' }), []);
  assert.deepEqual(await describe({ logGroupNamePattern: 'sealed' }), []);
});

test('groups are listed in order of name, in pages, by what they begin with or by what is in them', async () => {
  for (const name of ['/list/b', '/list/a', '/list/c/Deep', '/list-other', '/list/d']) await create(name);
  assert.deepEqual(namesOf(await describe({ logGroupNamePrefix: '/list/' })), ['/list/a', '/list/b', '/list/c/Deep', '/list/d']);
  assert.deepEqual(namesOf(await describe({ logGroupNamePrefix: '/list/b' })), ['/list/b']);
  assert.deepEqual(namesOf(await describe({ logGroupNamePattern: 'DEEP' })), ['/list/c/Deep']);
  for (const limit of [1, 2, 3, 4]) {
    const pages: (string | undefined)[] = [];
    for await (const page of sdk.paginateDescribeLogGroups({ client: logs, pageSize: limit }, { logGroupNamePrefix: '/list/' })) {
      assert.ok((page.logGroups ?? []).length <= limit);
      pages.push(...namesOf(page.logGroups ?? []));
    }
    assert.deepEqual(pages, ['/list/a', '/list/b', '/list/c/Deep', '/list/d']);
  }
  await assertRefused(describe({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }), refused('InvalidParameterException', /mutually exclusive/));
  await assertRefused(describe({ nextToken: 'made up' }), refused('InvalidParameterException', 'The specified nextToken is invalid.'));
  await assertRefused(describe({ limit: 51 }), refused('InvalidParameterException', /'limit' failed to satisfy constraint/));
  await assertRefused(describe({ accountIdentifiers: ['444455556666'] }), refused('InvalidParameterException', /444455556666/));
  assert.deepEqual(namesOf(await describe({ logGroupIdentifiers: [groupArn('/list/d'), '/list/a', '/list/gone'] })), ['/list/a', '/list/d']);
  assert.deepEqual(await describe({ logGroupClass: 'INFREQUENT_ACCESS' }), []);
});

test('how long events are kept is one of AWS\'s numbers of days, until it is taken off', async () => {
  await create('/kept');
  const retention = (retentionInDays: number, logGroupName = '/kept') => logs.send(new sdk.PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  await retention(7);
  assert.equal((await describe({ logGroupNamePrefix: '/kept' }))[0]!.retentionInDays, 7);
  for (const days of [0, 2, -1, 4000]) await assertRefused(retention(days), refused('InvalidParameterException', new RegExp(`Value '${days}' at 'retentionInDays'`)));
  await assertRefused(retention(7, '/gone'), noGroup);
  await logs.send(new sdk.DeleteRetentionPolicyCommand({ logGroupName: '/kept' }));
  assert.equal((await describe({ logGroupNamePrefix: '/kept' }))[0]!.retentionInDays, undefined);
});

test('tags by ARN and by name are the same tags', async () => {
  await create('/tags', { tags: { team: 'blue', tmp: '' } });
  const resourceArn = groupArn('/tags');
  const both = async (): Promise<object> => {
    const { tags } = await logs.send(new sdk.ListTagsForResourceCommand({ resourceArn }));
    assert.deepEqual((await logs.send(new sdk.ListTagsLogGroupCommand({ logGroupName: '/tags' }))).tags, tags);
    return tags!;
  };
  assert.deepEqual(await both(), { team: 'blue', tmp: '' });
  await logs.send(new sdk.TagResourceCommand({ resourceArn, tags: { team: 'red' } }));
  await logs.send(new sdk.TagLogGroupCommand({ logGroupName: '/tags', tags: { env: 'prod' } }));
  assert.deepEqual(await both(), { team: 'red', tmp: '', env: 'prod' });
  await logs.send(new sdk.UntagResourceCommand({ resourceArn, tagKeys: ['tmp', 'never'] }));
  await logs.send(new sdk.UntagLogGroupCommand({ logGroupName: '/tags', tags: ['env'] }));
  assert.deepEqual(await both(), { team: 'red' });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, '']));
  await assertRefused(logs.send(new sdk.TagResourceCommand({ resourceArn, tags: many })), refused('TooManyTagsException'));
  await assertRefused(logs.send(new sdk.TagResourceCommand({ resourceArn, tags: { 'aws:x': '' } })), refused('InvalidParameterException', /reserved/));
  for (const other of [groupArn('/tags', 'eu-west-1'), resourceArn.replace('111122223333', '444455556666'), resourceArn.replace(':logs:', ':sqs:'), '/tags', `${resourceArn}:log-stream:s`, `${resourceArn}:*`]) {
    await assertRefused(logs.send(new sdk.ListTagsForResourceCommand({ resourceArn: other })), refused('InvalidParameterException'));
  }
  await assertRefused(logs.send(new sdk.ListTagsForResourceCommand({ resourceArn: groupArn('/gone') })), noGroup);
  assert.deepEqual(await both(), { team: 'red' });
});

test('a group that is protected is not deleted until it is no more', async () => {
  await create('/guarded', { deletionProtectionEnabled: true });
  const remove = () => logs.send(new sdk.DeleteLogGroupCommand({ logGroupName: '/guarded' }));
  const protect = (deletionProtectionEnabled: boolean) => logs.send(new sdk.PutLogGroupDeletionProtectionCommand({ logGroupIdentifier: groupArn('/guarded'), deletionProtectionEnabled }));
  await assertRefused(remove(), refused('ValidationException', /protected/));
  await protect(false);
  assert.equal((await describe({ logGroupNamePrefix: '/guarded' }))[0]!.deletionProtectionEnabled, false);
  await protect(true);
  await assertRefused(remove(), refused('ValidationException', /protected/));
  await protect(false);
  await remove();
  assert.deepEqual(await describe({ logGroupNamePrefix: '/guarded' }), []);
});

test('streams are listed by name or by when they last had an event, either way, in pages, with the times of their events', async () => {
  const name = '/streams';
  for (const stream of ['b/[1]', 'a', 'c', 'b/[2]']) await makeStream(logs, name, stream);
  const { now } = gatehouse.clock;
  await put(logs, name, 'c', now - 5_000, 'old', 'older');
  await put(logs, name, 'a', now - 1_000, 'new');
  const list = async (input: Partial<sdk.DescribeLogStreamsCommandInput> = {}) => {
    const streams: sdk.LogStream[] = [];
    for await (const page of sdk.paginateDescribeLogStreams({ client: logs, pageSize: 3 }, { logGroupName: name, ...input })) streams.push(...(page.logStreams ?? []));
    return streams;
  };
  const names = async (input?: Partial<sdk.DescribeLogStreamsCommandInput>) => (await list(input)).map(({ logStreamName }) => logStreamName);
  assert.deepEqual(await names(), ['a', 'b/[1]', 'b/[2]', 'c']);
  assert.deepEqual(await names({ descending: true }), ['c', 'b/[2]', 'b/[1]', 'a']);
  assert.deepEqual(await names({ logStreamNamePrefix: 'b/' }), ['b/[1]', 'b/[2]']);
  assert.deepEqual(await names({ logStreamNamePrefix: 'b/', descending: true }), ['b/[2]', 'b/[1]']);
  assert.deepEqual(await names({ orderBy: 'LastEventTime', descending: true }), ['a', 'c', 'b/[2]', 'b/[1]']);
  assert.deepEqual(await names({ orderBy: 'LastEventTime' }), ['b/[1]', 'b/[2]', 'c', 'a']);
  assert.deepEqual((await list({ logStreamNamePrefix: 'c' })), [{ logStreamName: 'c', creationTime: now, arn: `${groupArn(name)}:log-stream:c`, firstEventTimestamp: now - 5_000, lastEventTimestamp: now - 4_999, lastIngestionTime: now, storedBytes: 0 }]);
  await assertRefused(names({ orderBy: 'LastEventTime', logStreamNamePrefix: 'a' }), refused('InvalidParameterException', /Cannot order by LastEventTime/));
  await assertRefused(logs.send(new sdk.DescribeLogStreamsCommand({})), refused('InvalidParameterException', /either logGroupIdentifier or logGroupName/));
  await assertRefused(logs.send(new sdk.DescribeLogStreamsCommand({ logGroupName: name, logGroupIdentifier: name })), refused('InvalidParameterException', /not both/));
  assert.equal((await logs.send(new sdk.DescribeLogStreamsCommand({ logGroupIdentifier: groupArn(name) }))).logStreams!.length, 4);
  await assertRefused(makeStream(logs, name, 'a'), refused('ResourceAlreadyExistsException', 'The specified log stream already exists'));
  for (const bad of ['a:b', 'a*b', 'x'.repeat(513)]) await assertRefused(makeStream(logs, name, bad), refused('InvalidParameterException', /'logStreamName' failed to satisfy constraint/));
});

test('what is deleted is gone with its events, and one of the same name made since has none of them', async () => {
  const name = '/deleted';
  const { now } = gatehouse.clock;
  await makeStream(logs, name, 's');
  await put(logs, name, 's', now, 'secret of the first');
  await logs.send(new sdk.DeleteLogStreamCommand({ logGroupName: name, logStreamName: 's' }));
  await assertRefused(put(logs, name, 's', now, 'x'), noStream);
  await assertRefused(logs.send(new sdk.DeleteLogStreamCommand({ logGroupName: name, logStreamName: 's' })), noStream);
  await makeStream(logs, name, 's');
  assert.deepEqual(await found(logs, { logGroupName: name }), []);
  await put(logs, name, 's', now, 'secret of the second');
  assert.ok((await describe({ logGroupNamePrefix: name }))[0]!.storedBytes! > 0);
  await logs.send(new sdk.DeleteLogGroupCommand({ logGroupName: name }));
  await assertRefused(logs.send(new sdk.DeleteLogGroupCommand({ logGroupName: name })), noGroup);
  await assertRefused(found(logs, { logGroupName: name }), noGroup);
  await makeStream(logs, name, 's');
  assert.deepEqual(messagesOf(await found(logs, { logGroupName: name })), []);
  assert.equal((await describe({ logGroupNamePrefix: name }))[0]!.storedBytes, 0);
});
