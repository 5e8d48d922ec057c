/** Files that a browser's form uploads: what its policy allows, and every way round it. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { CreateBucketCommand, DeletePublicAccessBlockCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectsV2Command, PutBucketPolicyCommand, PutBucketVersioningCommand, PutObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { isoBasic } from '../../src/base/clock.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';

const Bucket = 'forms';
let gatehouse: TestGatehouse;
before(async () => {
  gatehouse = await startGatehouse();
  await gatehouse.s3().send(new CreateBucketCommand({ Bucket }));
});
after(() => gatehouse.stop());

const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

interface Form {
  readonly conditions?: readonly unknown[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly expiresInMs?: number;
  readonly key?: KeyPair;
  readonly spoil?: (fields: [string, string][]) => void;
  readonly headers?: readonly (readonly [string, string])[];
}

/** Signs a policy and posts the form. */
function post({ conditions = [], fields = {}, file = 'hello', expiresInMs = 60_000, key = gatehouse.admin, spoil, headers = [] }: Form) {
  const at = gatehouse.clock.now;
  const date = isoBasic(at);
  const credential = `${key.accessKeyId}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const proof = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': credential, 'x-amz-date': date };
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(at + expiresInMs).toISOString(), conditions: [{ bucket: Bucket }, ...Object.entries(proof).map(([name, value]) => ({ [name]: value })), ...conditions] })).toString('base64');
  const signature = hmac(hmac(hmac(hmac(hmac(`AWS4${key.secretAccessKey}`, date.slice(0, 8)), 'us-east-1'), 's3'), 'aws4_request'), policy).toString('hex');
  const all: [string, string][] = Object.entries({ key: 'up/${filename}', ...fields, ...proof, policy, 'x-amz-signature': signature });
  spoil?.(all);
  return send(all, file, headers);
}

function send(fields: readonly (readonly [string, string])[], file: string, headers: Form['headers'] = []) {
  const parts = [...fields.map(([name, value]) => `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`), `--xyz\r\nContent-Disposition: form-data; name="file"; filename="C:\\\\dir\\\\note.txt"\r\nContent-Type: text/plain\r\n\r\n${file}\r\n`];
  return gatehouse.send({ method: 'POST', target: `/${Bucket}`, headers: [['Host', 'localhost'], ['Content-Type', 'multipart/form-data; boundary=xyz'], ...headers], body: `${parts.join('')}--xyz--\r\n` });
}

const keyStarts = ['starts-with', '$key', 'up/'];
const codeOf = (body: string | Uint8Array): string => [/<Code>([^<]+)/.exec(String(body))?.[1], /<Message>([^<]+)/.exec(String(body))?.[1]].join(': ');
const kept = async (): Promise<readonly string[]> => (await gatehouse.s3().send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key!) ?? [];

test('a form with what its policy allows is an object, and is answered as it asks', async () => {
  const answer = await post({ conditions: [keyStarts, { 'content-type': 'text/x-note' }, { 'x-amz-meta-kind': 'note' }, ['content-length-range', 1, 10], { success_action_status: '201' }], fields: { 'content-type': 'text/x-note', 'x-amz-meta-kind': 'note', success_action_status: '201' } });
  assert.equal(answer.status, 201, String(answer.body));
  assert.match(String(answer.body), /<PostResponse><Location>\/forms\/up\/note\.txt<\/Location><Bucket>forms<\/Bucket><Key>up\/note\.txt<\/Key><ETag>"5d41402abc4b2a76b9719d911017c592"<\/ETag><\/PostResponse>/);
  const { Body, ContentType, Metadata } = await gatehouse.s3().send(new GetObjectCommand({ Bucket, Key: 'up/note.txt' }));
  assert.deepEqual([await Body!.transformToString(), ContentType, Metadata], ['hello', 'text/x-note', { kind: 'note' }]);
  const moved = await post({ conditions: [keyStarts, { success_action_redirect: 'https://app.example/done?a=b' }], fields: { success_action_redirect: 'https://app.example/done?a=b' } });
  assert.deepEqual([moved.status, moved.headers['Location']], [303, 'https://app.example/done?a=b&bucket=forms&key=up%2Fnote.txt&etag=%225d41402abc4b2a76b9719d911017c592%22']);
  assert.equal((await post({ conditions: [keyStarts], file: `long ${'x'.repeat(200_000)}\r\n--xy` })).status, 204);
  assert.equal((await gatehouse.s3().send(new HeadObjectCommand({ Bucket, Key: 'up/note.txt' }))).ContentLength, 200_011);
});

test('a form gives its object tags and a lock, if its policy names them', async () => {
  const s3 = gatehouse.s3();
  const tagging = '<Tagging><TagSet><Tag><Key>a b</Key><Value>1+2</Value></Tag></TagSet></Tagging>';
  const answered = await post({ conditions: [keyStarts, ['starts-with', '$tagging', '']], fields: { key: 'up/tagged', tagging } });
  assert.equal(answered.status, 204, String(answered.body));
  assert.deepEqual((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'up/tagged' }))).TagSet, [{ Key: 'a b', Value: '1+2' }]);
  for (const [document, status, code] of [['junk', 400, 'MalformedXML'], ['<Tagging><TagSet><Tag><Key></Key><Value></Value></Tag></TagSet></Tagging>', 400, 'InvalidTag'], ['<!DOCTYPE x><Tagging/>', 400, 'MalformedXML']] as const) {
    const answer = await post({ conditions: [keyStarts, ['starts-with', '$tagging', '']], fields: { key: 'up/mistagged', tagging: document } });
    assert.deepEqual([answer.status, codeOf(answer.body).split(':')[0]], [status, code]);
  }
  assert.match(codeOf((await post({ conditions: [keyStarts], fields: { key: 'up/untagged', tagging } })).body), /^AccessDenied: Invalid according to Policy: Extra input fields: tagging$/);
  const lock = { 'x-amz-object-lock-legal-hold': 'ON' };
  const locked = () => post({ conditions: [keyStarts, lock], fields: { key: 'up/locked', ...lock } });
  assert.equal(codeOf((await locked()).body), 'InvalidRequest: Bucket is missing Object Lock Configuration');
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }));
  assert.equal((await locked()).status, 204);
  assert.equal((await s3.send(new HeadObjectCommand({ Bucket, Key: 'up/locked' }))).ObjectLockLegalHoldStatus, 'ON');
  assert.ok(!(await kept()).some((key) => key.startsWith('up/mis') || key === 'up/untagged'));
});

describe('what the policy does not allow', () => {
  let before: readonly string[];
  test('(what is there beforehand)', async () => { before = await kept(); });
  for (const [what, form, status, code] of [
    ['another key', { conditions: [keyStarts], fields: { key: 'down/x' } }, 403, 'AccessDenied: Invalid according to Policy: Policy Condition failed: ["starts-with","$key","up/"]'],
    ['a field that it does not name', { conditions: [keyStarts], fields: { 'x-amz-meta-extra': '1' } }, 403, 'AccessDenied: Invalid according to Policy: Extra input fields: x-amz-meta-extra'],
    ['an access control list that it does not name', { conditions: [keyStarts], fields: { acl: 'public-read' } }, 403, 'AccessDenied: Invalid according to Policy: Extra input fields: acl'],
    ['a key that it does not name', {}, 403, 'AccessDenied: Invalid according to Policy: Extra input fields: key'],
    ['another bucket', { conditions: [keyStarts, { bucket: 'another' }] }, 403, 'AccessDenied: Invalid according to Policy: Policy Condition failed: ["eq","$bucket","another"]'],
    ['a file that is too large', { conditions: [keyStarts, ['content-length-range', 0, 4]], fields: { key: 'up/large' } }, 400, 'EntityTooLarge: Your proposed upload exceeds the maximum allowed size'],
    ['a file that is too small', { conditions: [keyStarts, ['content-length-range', 6, 9]], fields: { key: 'up/small' } }, 400, 'EntityTooSmall: Your proposed upload is smaller than the minimum allowed size'],
    ['to come later', { conditions: [keyStarts], expiresInMs: -1 }, 403, 'AccessDenied: Invalid according to Policy: Policy expired.'],
    ['a signature of another secret', { conditions: [keyStarts], key: { accessKeyId: 'AKIAROOTROOTROOTROOT', secretAccessKey: 'x' } }, 403, 'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.'],
    ['to be changed', { conditions: [keyStarts], spoil: (fields: [string, string][]) => { const policy = fields.find(([name]) => name === 'policy')!; policy[1] = Buffer.from(Buffer.from(policy[1], 'base64').toString().replace('up/', 'dn/')).toString('base64'); } }, 403, 'SignatureDoesNotMatch: The request signature we calculated does not match the signature you provided. Check your key and signing method.'],
    ['to be left out', { conditions: [keyStarts], spoil: (fields: [string, string][]) => { fields.splice(fields.findIndex(([name]) => name === 'policy'), 1); } }, 400, "InvalidArgument: Bucket POST must contain a field named 'policy'.  If it is specified, please check the order of the fields."],
    ['a field twice', { conditions: [keyStarts], spoil: (fields: [string, string][]) => { fields.push(['key', 'up/other']); } }, 400, 'InvalidArgument: POST requires exactly one value for each field.'],
    ['a header with a line of its own', { conditions: [keyStarts, ['starts-with', '$x-amz-meta-a', '']], fields: { 'x-amz-meta-a': 'a\r\nX-Evil: 1' } }, 400, 'InvalidArgument: A header that the request states elsewhere than in its head has a name or a value that no header can have.'],
    ['a header of a name that is none', { conditions: [keyStarts, ['starts-with', '$x-amz-meta-ü b', '']], fields: { 'x-amz-meta-ü b': '1' } }, 400, 'InvalidArgument: A header that the request states elsewhere than in its head has a name or a value that no header can have.'],
    ['fields without end', { conditions: [keyStarts], fields: { 'x-ignore-me': 'x'.repeat(30_000) } }, 400, 'MalformedPOSTRequest: The body of your POST request is not well-formed multipart/form-data.'],
    ['credentials in the request too', { conditions: [keyStarts], headers: [['Authorization', 'AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=b'], ['X-Amz-Date', '20261123T100000Z']] }, 400, 'InvalidArgument: Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified'],
  ] as readonly (readonly [string, Form, number, string])[]) {
    test(what, async () => {
      const answer = await post(form);
      assert.deepEqual([answer.status, codeOf(answer.body)], [status, code.replaceAll('"', '"')], String(answer.body));
      assert.deepEqual(await kept(), before);
    });
  }
});

test('whoever signed it needs the permission, and nobody the bucket\'s', async () => {
  const unsigned = [['key', 'public/x']] as const;
  assert.equal((await send(unsigned, 'x')).status, 403);
  await gatehouse.s3().send(new DeletePublicAccessBlockCommand({ Bucket }));
  await gatehouse.s3().send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/public/*` }, { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/up/*`, Condition: { StringEquals: { 's3:authType': 'POST' } } }] }) }));
  assert.equal((await send(unsigned, 'x')).status, 204);
  assert.equal((await send([['key', 'private/x']], 'x')).status, 403);
  const denied = await post({ conditions: [keyStarts] });
  assert.match(codeOf(denied.body), /^AccessDenied: User: .* is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::forms\/up\/note\.txt" with an explicit deny in a resource-based policy$/);
});
