/** The story of the README: a bucket, who may read and write it, another account, an explicit deny, a link, and why each denial was one. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, GetUserCommand, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import * as sdk from '@aws-sdk/client-s3';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';

const Bucket = 'home-of-all';
const other = '444455556666';
let gatehouse: TestGatehouse;
let admin: sdk.S3Client;
let alice: KeyPair;
let stranger: KeyPair;

const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const put = (s3: sdk.S3Client, Key: string, Body = 'x') => s3.send(new sdk.PutObjectCommand({ Bucket, Key, Body }));
const get = async (s3: sdk.S3Client, Key: string): Promise<string> => (await s3.send(new sdk.GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
const policy = (...statements: readonly object[]) => admin.send(new sdk.PutBucketPolicyCommand({ Bucket, Policy: document(...statements) }));
const denied = (words: RegExp) => (thrown: Error): boolean => {
  assert.equal(thrown.name, 'AccessDenied');
  assert.match(thrown.message, words);
  return true;
};

before(async () => {
  gatehouse = await startGatehouse();
  admin = gatehouse.s3();
  stranger = await gatehouse.newAccount(other);
  const iam = gatehouse.iam();
  await admin.send(new sdk.CreateBucketCommand({ Bucket }));
  for (const Key of ['home/alice/notes', 'home/bob/notes', 'public/page']) await put(admin, Key, Key);
  await iam.send(new CreateUserCommand({ UserName: 'alice' }));
  await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'home', PolicyDocument: document(
    { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/home/\${aws:username}/*` },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}`, Condition: { StringLike: { 's3:prefix': 'home/${aws:username}/*' } } },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' },
  ) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  alice = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const { User } = await iam.send(new GetUserCommand({ UserName: 'alice' }));
  await iam.send(new CreateRoleCommand({ RoleName: 'writer', AssumeRolePolicyDocument: document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: User!.Arn! } }) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'writer', PolicyName: 'write', PolicyDocument: document({ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/home/*` }) }));
});
after(() => gatehouse.stop());

test('alice reads what is hers, lists below it, and is told why nothing else', async () => {
  const s3 = gatehouse.s3(alice);
  assert.equal(await get(s3, 'home/alice/notes'), 'home/alice/notes');
  assert.equal((await s3.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'home/alice/' }))).KeyCount, 1);
  await assert.rejects(get(s3, 'home/bob/notes'), denied(/^User: arn:aws:iam::111122223333:user\/alice is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::home-of-all\/home\/bob\/notes" because no identity-based policy allows the s3:GetObject action$/));
  await assert.rejects(s3.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: 'home/' })), denied(/s3:ListBucket/));
  await assert.rejects(put(s3, 'home/alice/notes'), denied(/s3:PutObject/));
});

test('as the role that she assumes she writes', async () => {
  const { Credentials } = await gatehouse.sts(alice).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111122223333:role/writer', RoleSessionName: 'alice' }));
  const s3 = gatehouse.s3({ accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken });
  await put(s3, 'home/alice/new', 'written');
  assert.equal(await get(gatehouse.s3(alice), 'home/alice/new'), 'written');
  await assert.rejects(get(s3, 'home/alice/new'), denied(/assumed-role\/writer\/alice is not authorized to perform: s3:GetObject/));
});

test('another account reads only when both sides let it', async () => {
  const s3 = gatehouse.s3(stranger);
  await assert.rejects(get(s3, 'home/alice/notes'), denied(/^Access Denied$/));
  await policy({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${other}:root` }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` });
  assert.equal(await get(s3, 'home/alice/notes'), 'home/alice/notes');
  await assert.rejects(put(s3, 'home/alice/notes'), denied(/^Access Denied$/));
  await assert.rejects(s3.send(new sdk.GetBucketPolicyCommand({ Bucket })), denied(/^Access Denied$/));
  await assert.rejects(s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'home/alice/notes', ExpectedBucketOwner: other })), denied(/^Access Denied$/));
});

test('a bucket policy\'s Deny holds against everyone, without TLS or from another address', async () => {
  await policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}/*`, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
  await assert.rejects(get(admin, 'home/alice/notes'), denied(/with an explicit deny in a resource-based policy$/));
  await policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}/*`, Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } });
  await assert.rejects(get(gatehouse.s3(alice), 'home/alice/notes'), denied(/with an explicit deny in a resource-based policy$/));
  await admin.send(new sdk.DeleteBucketPolicyCommand({ Bucket }));
  assert.equal(await get(gatehouse.s3(alice), 'home/alice/notes'), 'home/alice/notes');
});

describe('a presigned link', () => {
  const link = (key: KeyPair, path: string, seconds = 60) => {
    const { target, rawHeaders } = signRequest({ ...key, sessionToken: undefined as never, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'GET', target: `/${Bucket}/${path}?X-Amz-Expires=${seconds}`, isPresigned: true });
    return gatehouse.send({ method: 'GET', target, headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])) });
  };

  test('may have headers in its query, which count as such: metadata, tags, a condition of a policy', async () => {
    const put = (key: KeyPair, query: string) => {
      const { target, rawHeaders } = signRequest({ ...key, sessionToken: undefined as never, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'PUT', target: `/${Bucket}/linked?X-Amz-Expires=60&${query}`, isPresigned: true });
      return gatehouse.send({ method: 'PUT', target, headers: [...rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), ['Content-Length', '1']], body: 'x' });
    };
    assert.equal((await put(gatehouse.admin, 'x-amz-meta-kind=note%20%C3%BC&x-amz-tagging=a%3Db&x-amz-sdk-checksum-algorithm=CRC32')).status, 200);
    const { Metadata, TagCount } = await gatehouse.s3().send(new sdk.HeadObjectCommand({ Bucket, Key: 'linked' }));
    assert.deepEqual([Metadata, TagCount], [{ kind: 'note Ã¼' }, 1]);
    assert.equal((await put(gatehouse.admin, 'x-amz-object-lock-legal-hold=ON')).status, 400, 'what cannot be done is not passed over');
    assert.equal((await put(gatehouse.admin, 'x-amz-meta-a=b%0D%0AX-Evil%3A%201')).status, 400);
    assert.equal((await put(gatehouse.admin, 'x-amz-meta-a%20b=c')).status, 400);
  });

  test('works until it expires, with its maker\'s rights', async () => {
    assert.deepEqual([(await link(alice, 'home/alice/notes')).status, String((await link(alice, 'home/alice/notes')).body)], [200, 'home/alice/notes']);
    assert.equal((await link(alice, 'home/bob/notes')).status, 403);
    const signed = signRequest({ accessKeyId: alice.accessKeyId, secretAccessKey: alice.secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'GET', target: `/${Bucket}/home/alice/notes?X-Amz-Expires=60`, isPresigned: true });
    gatehouse.clock.advance(61_000);
    const late = await gatehouse.send({ method: 'GET', target: signed.target, headers: [['Host', 'gatehouse.example:4566']] });
    assert.deepEqual([late.status, /<Code>AccessDenied<\/Code><Message>Request has expired<\/Message><X-Amz-Expires>60<\/X-Amz-Expires>/.test(String(late.body))], [403, true]);
  });
});

describe('the public', () => {
  const anonymous = (method: string, path: string) => gatehouse.send({ method, target: `/${Bucket}/${path}`, headers: [['Host', 'localhost']] });
  const open = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/public/*` };

  test('gets nothing while public access is blocked, and no policy that would give it', async () => {
    assert.equal((await anonymous('GET', 'public/page')).status, 403);
    await assert.rejects(policy(open), denied(/because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access\.$/));
    await admin.send(new sdk.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } }));
    await policy(open);
    assert.equal((await admin.send(new sdk.GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic, true);
    assert.equal((await anonymous('GET', 'public/page')).status, 403);
    await assert.rejects(get(gatehouse.s3(stranger), 'public/page'), denied(/^Access Denied$/));
  });

  test('reads what the owner opened, once the block is gone, and nothing else', async () => {
    await admin.send(new sdk.DeletePublicAccessBlockCommand({ Bucket }));
    const answer = await anonymous('GET', 'public/page');
    assert.deepEqual([answer.status, String(answer.body)], [200, 'public/page']);
    for (const [method, path] of [['GET', 'home/alice/notes'], ['GET', 'public/absent'], ['PUT', 'public/page'], ['DELETE', 'public/page'], ['GET', ''], ['GET', '?policy'], ['GET', 'public/page?acl'], ['GET', 'public/page?response-content-type=text/html']] as const) {
      const refused = await anonymous(method, path);
      assert.ok(refused.status === 403 || (path.includes('response') && refused.status === 400), `${method} ${path}: ${refused.status}`);
    }
    await admin.send(new sdk.DeleteBucketPolicyCommand({ Bucket }));
    assert.equal((await anonymous('GET', 'public/page')).status, 403);
  });
});

test('a policy that names what is not there, or another bucket, is refused', async () => {
  for (const [statement, message] of [
    [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/nobody' }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }, 'Invalid principal in policy'],
    [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::another/*' }, 'Policy has invalid resource'],
    [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'iam:GetUser', Resource: `arn:aws:s3:::${Bucket}/*` }, 'Policy has invalid action'],
  ] as const) await assert.rejects(policy(statement), (thrown: Error) => thrown.name === 'MalformedPolicy' && thrown.message === message, message);
});
