/** STS under AWS's own host names: which region a request counts as made in and must be signed for, and what the global endpoint lacks. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { isoBasic } from '../../src/base/clock.ts';
import type { Answer } from '../../src/server/http-request.ts';
import aws4 from 'aws4';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { textOf } from '../signed-call.ts';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'endpoints' }); });
after(() => gatehouse.stop());

function call(host: string, region: string, parameters: Readonly<Record<string, string>>, key: KeyPair = gatehouse.admin): Promise<Answer> {
  const body = new URLSearchParams({ ...parameters, Version: '2011-06-15' }).toString();
  const { headers } = aws4.sign({ method: 'POST', service: 'sts', region, host, path: '/', headers: { Host: host, 'X-Amz-Date': isoBasic(gatehouse.clock.now), 'Content-Type': 'application/x-www-form-urlencoded' }, body }, key);
  return gatehouse.send({ headers: Object.entries(headers).map(([name, value]) => [name, String(value)] as const), body });
}
const identity = (host: string, region: string) => call(host, region, { Action: 'GetCallerIdentity' });
const code = (answer: Answer): string => /<Code>(\w+)<\/Code>/.exec(textOf(answer))?.[1] ?? String(answer.status);

test('the global endpoint is signed for us-east-1, a regional one for its region, any other host for whichever', async () => {
  for (const [host, region] of [['sts.amazonaws.com', 'us-east-1'], ['sts.eu-west-1.amazonaws.com', 'eu-west-1'], ['STS.eu-west-1.amazonaws.com:4566', 'eu-west-1'], ['sts-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'], ['sts.us-east-1.api.aws', 'us-east-1'], ['localhost:4566', 'eu-west-1'], ['sts.localhost', 'ap-east-1'], ['sts.example.net', 'mars-north-1']] as const) {
    assert.equal((await identity(host, region)).status, 200, `${host} ${region}`);
  }
  for (const [host, region] of [['sts.amazonaws.com', 'eu-west-1'], ['sts.eu-west-1.amazonaws.com', 'us-east-1'], ['sts-fips.us-west-2.amazonaws.com', 'us-east-1'], ['sts.us-east-1.api.aws', 'eu-west-1']] as const) {
    const answer = await identity(host, region);
    assert.deepEqual([answer.status, code(answer)], [403, 'SignatureDoesNotMatch'], `${host} ${region}`);
    assert.match(textOf(answer), /<Message>Credential should be scoped to a valid region\. <\/Message>/);
  }
});

test('AssumeRoot and GetWebIdentityToken are served by regional endpoints only', async () => {
  await gatehouse.iam().send(new iamSdk.EnableOutboundWebIdentityFederationCommand({}));
  const token = { Action: 'GetWebIdentityToken', 'Audience.member.1': 'a', SigningAlgorithm: 'ES384' };
  const root = { Action: 'AssumeRoot', TargetPrincipal: '222233334444', 'TaskPolicyArn.arn': 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy' };
  for (const parameters of [token, root]) {
    const answer = await call('sts.amazonaws.com', 'us-east-1', parameters);
    assert.deepEqual([answer.status, code(answer)], [400, 'InvalidAction']);
    assert.match(textOf(answer), new RegExp(`Could not find operation ${parameters.Action} for version 2011-06-15`));
  }
  assert.equal((await call('sts.us-east-1.amazonaws.com', 'us-east-1', token)).status, 200);
  assert.equal(code(await call('sts.us-east-1.amazonaws.com', 'us-east-1', root)), 'AccessDenied');
  assert.equal((await call('localhost', 'us-east-1', token)).status, 200);
});

test('what is not signed counts as made in the endpoint\'s region', async () => {
  const body = new URLSearchParams({ Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: `arn:aws:iam::${gatehouse.account}:role/none`, RoleSessionName: 'session', WebIdentityToken: 'none' }).toString();
  for (const [host, region] of [['sts.eu-west-1.amazonaws.com', 'eu-west-1'], ['sts.amazonaws.com', 'us-east-1'], ['localhost', 'us-east-1']] as const) {
    await gatehouse.send({ headers: [['Host', host], ['Content-Type', 'application/x-www-form-urlencoded']], body });
    assert.equal((gatehouse.auditRecords.at(-1) as { readonly awsRegion: string }).awsRegion, region);
  }
});

test('a token of the global endpoint is valid in the regions that every account has, unless the account prefers the second version; those of other endpoints are valid everywhere', async () => {
  const sessionFrom = async (host: string, region: string): Promise<KeyPair> => {
    const text = textOf(await call(host, region, { Action: 'GetSessionToken' }));
    const part = (name: string): string => new RegExp(`<${name}>([^<]+)`).exec(text)![1]!;
    return { accessKeyId: part('AccessKeyId'), secretAccessKey: part('SecretAccessKey'), sessionToken: part('SessionToken') };
  };
  const statusIn = async (key: KeyPair, region: string) => (await call('localhost', region, { Action: 'GetCallerIdentity' }, key)).status;
  const global = await sessionFrom('sts.amazonaws.com', 'us-east-1');
  for (const region of ['us-east-1', 'eu-west-1', 'ap-northeast-3']) assert.equal(await statusIn(global, region), 200, region);
  for (const region of ['ap-east-1', 'me-central-1', 'eu-south-2']) {
    const answer = await call('localhost', region, { Action: 'GetCallerIdentity' }, global);
    assert.deepEqual([answer.status, code(answer)], [403, 'InvalidClientTokenId'], region);
  }
  for (const [host, region] of [['sts.us-east-1.amazonaws.com', 'us-east-1'], ['sts.ap-east-1.amazonaws.com', 'ap-east-1'], ['localhost', 'us-east-1']] as const) assert.equal(await statusIn(await sessionFrom(host, region), 'me-central-1'), 200, host);
  await gatehouse.iam().send(new iamSdk.SetSecurityTokenServicePreferencesCommand({ GlobalEndpointTokenVersion: 'v2Token' }));
  assert.equal(await statusIn(await sessionFrom('sts.amazonaws.com', 'us-east-1'), 'ap-east-1'), 200);
  assert.equal(await statusIn(global, 'ap-east-1'), 403, 'a token stays what it is');
});
