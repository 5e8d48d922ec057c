/** CloudWatch Logs under the AWS CLI and boto3, as people have them: groups and streams made, events put, read, searched and followed. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { findOnPath, homeOf, plainEnvironment, type Program, startProgram } from '../running.ts';
import { assertHolds, findClis, openCli } from './aws-cli/cli.ts';

let folder: string;
let program: Program;
let env: NodeJS.ProcessEnv;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-logs-clients-'));
  program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data'), '--account-id', '111122223333'], cwd: folder });
  const { accessKeyId, secretAccessKey } = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
  env = { ...plainEnvironment(), ...homeOf(folder), AWS_ENDPOINT_URL: program.endpoint, AWS_DEFAULT_REGION: 'eu-west-1', AWS_PAGER: '', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, PYTHONUNBUFFERED: '1' };
});
after(async () => {
  assert.equal(await program.stop(), 0);
  rmSync(folder, { recursive: true });
});

const events = (...messages: readonly string[]): string => JSON.stringify(messages.map((message, i) => ({ timestamp: Date.now() - 1_000 + i, message })));

for (const major of ['1', '2']) {
  test(`the AWS CLI ${major} makes a group and a stream, puts events and finds them`, async (t) => {
    const found = findClis().get(major);
    if (found === undefined) return t.skip(`THE AWS CLI ${major} IS NO MODULE OF A python3 ON THE PATH: it was not run.`);
    const { json, text, refusal, close } = await openCli(found, env, folder);
    const group = `/cli/${major}`;
    await text`logs create-log-group --log-group-name ${group} --tags team=blue`;
    await text`logs create-log-stream --log-group-name ${group} --log-stream-name s`;
    await text`logs put-log-events --log-group-name ${group} --log-stream-name s --log-events ${events('GET /a 200', 'GET /b 500')}`;
    assertHolds(await json`logs get-log-events --log-group-name ${group} --log-stream-name s --start-from-head`, { events: [{ message: 'GET /a 200' }, { message: 'GET /b 500' }] });
    assertHolds(await json`logs filter-log-events --log-group-name ${group} --filter-pattern ${'[method, path, status = 5*]'}`, { events: [{ logStreamName: 's', message: 'GET /b 500' }], searchedLogStreams: [] });
    await text`logs put-retention-policy --log-group-name ${group} --retention-in-days 30`;
    const arn = `arn:aws:logs:eu-west-1:111122223333:log-group:${group}`;
    assertHolds(await json`logs describe-log-groups --log-group-name-prefix ${group}`, { logGroups: [{ logGroupName: group, retentionInDays: 30, arn: `${arn}:*` }] });
    assertHolds(await json`logs describe-log-streams --log-group-name ${group} --order-by LastEventTime --descending`, { logStreams: [{ logStreamName: 's' }] });
    assertHolds(await json`logs list-tags-for-resource --resource-arn ${arn}`, { tags: { team: 'blue' } });
    assert.match(await refusal`logs create-log-group --log-group-name ${group}`, /\(ResourceAlreadyExistsException\) when calling the CreateLogGroup operation: The specified log group already exists$/);
    assert.match(await refusal`logs filter-log-events --log-group-name ${group} --filter-pattern ${'{ $.a'}`, /\(InvalidParameterException\)/);
    await text`logs delete-log-group --log-group-name ${group}`;
    assert.match(await refusal`logs describe-log-streams --log-group-name ${group}`, /\(ResourceNotFoundException\) .*: The specified log group does not exist\.$/);
    await close();
  });
}

test('aws logs tail shows what is there, and with --follow what comes', { timeout: 120_000 }, async (t) => {
  const found = findClis().get('2');
  const program2 = found?.program;
  if (found === undefined || program2 === undefined) return t.skip('THE AWS CLI 2 IS NOT THERE, and version 1 has no `logs tail`: no log was followed.');
  const { text, close } = await openCli(found, env, folder);
  await text`logs create-log-group --log-group-name followed`;
  for (const stream of ['one', 'two']) await text`logs create-log-stream --log-group-name followed --log-stream-name ${stream}`;
  await text`logs put-log-events --log-group-name followed --log-stream-name one --log-events ${events('first')}`;
  assert.match(await text`logs tail followed`, /^\S+ one first$/);
  assert.match(await text`logs tail followed --format short --since 1h`, /^\S+ first$/);
  assert.equal(await text`logs tail followed --filter-pattern second`, '');
  const child = spawn(program2, ['logs', 'tail', 'followed', '--follow', '--since', '1h', '--endpoint-url', env['AWS_ENDPOINT_URL']!], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value).split(' ').slice(1).join(' ');
  assert.equal(await next(), 'one first');
  for (const [stream, message] of [['two', 'second'], ['one', 'third']] as const) {
    await text`logs put-log-events --log-group-name followed --log-stream-name ${stream} --log-events ${JSON.stringify([{ timestamp: Date.now(), message }])}`;
    assert.equal(await next(), `${stream} ${message}`, 'each comes once');
  }
  child.kill('SIGINT');
  await ended;
  await close();
});

const script = `
import boto3, time
logs = boto3.client('logs', endpoint_url='ENDPOINT')
logs.create_log_group(logGroupName='boto', tags={'team': 'blue'})
logs.create_log_stream(logGroupName='boto', logStreamName='s')
now = int(time.time() * 1000)
answer = logs.put_log_events(logGroupName='boto', logStreamName='s', logEvents=[{'timestamp': now + i, 'message': '{"n": %d}' % i} for i in range(25)])
assert 'rejectedLogEventsInfo' not in answer, answer
logs.put_log_events(logGroupName='boto', logStreamName='s', sequenceToken=answer['nextSequenceToken'], logEvents=[{'timestamp': now + 30, 'message': 'last'}])
found = [event for page in logs.get_paginator('filter_log_events').paginate(logGroupName='boto', filterPattern='{ $.n >= 20 }', PaginationConfig={'PageSize': 2}) for event in page['events']]
assert [event['message'] for event in found] == ['{"n": %d}' % n for n in range(20, 25)], found
page = logs.get_log_events(logGroupName='boto', logStreamName='s', limit=5)
assert [event['message'] for event in page['events']][-1] == 'last', page
older = logs.get_log_events(logGroupName='boto', logStreamName='s', limit=5, nextToken=page['nextBackwardToken'])
assert [event['message'] for event in older['events']] == ['{"n": %d}' % n for n in range(16, 21)], older
assert [group['logGroupName'] for page in logs.get_paginator('describe_log_groups').paginate() for group in page['logGroups']].count('boto') == 1
(stream,) = [stream for page in logs.get_paginator('describe_log_streams').paginate(logGroupName='boto') for stream in page['logStreams']]
assert stream['firstEventTimestamp'] == now and stream['lastEventTimestamp'] == now + 30, stream
try:
    logs.put_log_events(logGroupName='boto', logStreamName='gone', logEvents=[{'timestamp': now, 'message': 'x'}])
    raise SystemExit('it was taken')
except logs.exceptions.ResourceNotFoundException as error:
    assert error.response['Error']['Message'] == 'The specified log stream does not exist.', error
logs.delete_log_stream(logGroupName='boto', logStreamName='s')
logs.delete_log_group(logGroupName='boto')
`;

test('boto3 makes a group and a stream, puts events and finds them', (t) => {
  const python = findOnPath('python3');
  if (python === undefined || spawnSync(python, ['-c', 'import boto3']).status !== 0) return t.skip('BOTO3 IS NOT THERE: it was not run.');
  writeFileSync(join(folder, 'logs.py'), script.replace('ENDPOINT', program.endpoint));
  const { status, stderr } = spawnSync(python, ['logs.py'], { cwd: folder, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
});
