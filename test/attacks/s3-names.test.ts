/** Attacks by names: keys that look like paths, copy sources, hosts, documents and scopes. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CopyObjectCommand, CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { signRequest } from '../sign-request.ts';

const Bucket = 'named';
let gatehouse: TestGatehouse;
let narrow: KeyPair;
before(async () => {
  gatehouse = await startGatehouse();
  const s3 = gatehouse.s3();
  for (const name of [Bucket, 'other-bucket']) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await s3.send(new PutObjectCommand({ Bucket: 'other-bucket', Key: 'secret', Body: 'secret' }));
  const iam = gatehouse.iam();
  await iam.send(new CreateUserCommand({ UserName: 'narrow' }));
  await iam.send(new PutUserPolicyCommand({ UserName: 'narrow', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: [`arn:aws:s3:::${Bucket}/mine/*`] }] }) }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'narrow' }));
  narrow = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
});
after(() => gatehouse.stop());

/** Signs exactly this target, as it stands. */
function send(method: string, target: string, { key = gatehouse.admin, body = '', headers = {}, service = 's3', add = [] }: { readonly key?: KeyPair; readonly body?: string; readonly headers?: Readonly<Record<string, string>>; readonly service?: string; readonly add?: readonly (readonly [string, string])[] } = {}) {
  const signed = signRequest({ accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey, at: gatehouse.clock.now, service, region: 'us-east-1', method, target, body, headers });
  return gatehouse.send({ method, target, headers: [...signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : [])), ...add], body });
}

const codeOf = (body: string | Uint8Array): string | undefined => /<Code>([^<]+)<\/Code>/.exec(String(body))?.[1];
const keys = async (): Promise<readonly (string | undefined)[]> => (await gatehouse.s3().send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? [];

describe('keys are texts, not paths', () => {
  for (const [written, key] of [['a/../b', 'a/../b'], ['..', '..'], ['../../etc/passwd', '../../etc/passwd'], ['%2e%2e/x', '../x'], ['a%2Fb', 'a/b'], ['a//b', 'a//b'], ['/lead', '/lead'], ['.', '.'], ['con', 'con'], ['%00nul', '\u0000nul'], ['%F0%9F%98%80', '\u{1F600}'], ['%C3%A9', 'é'], ['e%CC%81', 'é'], ['a%5Cb', 'a\\b'], ['x'.repeat(1024), 'x'.repeat(1024)], ['a%2Bb%20c', 'a+b c'], ['policy', 'policy']] as const) {
    test(`${JSON.stringify(key.slice(0, 30))} is one of its own`, async () => {
      const put = await send('PUT', `/${Bucket}/${written}`, { body: key });
      assert.equal(put.status, 200, String(put.body));
      assert.equal(await (await gatehouse.s3().send(new GetObjectCommand({ Bucket, Key: key }))).Body!.transformToString(), key);
    });
  }

  test('those that are none are refused', async () => {
    for (const [written, status, code] of [['x'.repeat(1025), 400, 'KeyTooLongError'], ['é'.repeat(513).replaceAll('é', '%C3%A9'), 400, 'KeyTooLongError']] as const) {
      const answer = await send('PUT', `/${Bucket}/${written}`, { body: 'x' });
      assert.deepEqual([answer.status, codeOf(answer.body)], [status, code], written.slice(0, 20));
    }
    for (const target of [`/${Bucket}/%zz`, `/${Bucket}/%`, `/${Bucket}/%4`, `/${Bucket}/%ff`, `/${Bucket}/%C0%AF`, `/${Bucket}/%ED%A0%80`]) assert.equal((await gatehouse.send({ method: 'GET', target, headers: [['Host', 'localhost']] })).status, 400);
  });

  test('an empty one is the bucket', async () => {
    assert.equal((await send('PUT', `/${Bucket}/`, { body: '' })).status, 409);
    assert.equal((await send('DELETE', `/${Bucket}/?policy`)).status, 204);
  });

  test('rights on a prefix do not go up from it', async () => {
    for (const written of ['mine/../k', 'mine%2F..%2Fk', 'mine/./k']) assert.equal((await send('PUT', `/${Bucket}/${written}`, { key: narrow, body: 'x' })).status, 200, written);
    for (const written of ['k', 'mine', 'Mine/k', '%6dine%00/k', '../mine/k', './mine/k', '/mine/k']) assert.equal((await send('PUT', `/${Bucket}/${written}`, { key: narrow, body: 'x' })).status, 403, written);
    assert.ok((await keys()).includes('mine/../k'));
  });
});

describe('copy sources', () => {
  test('are read by the rights of whoever asks, however they are written', async () => {
    for (const source of ['other-bucket/secret', '/other-bucket/secret', 'other-bucket%2Fsecret', '%2Fother-bucket%2Fsecret', `${Bucket}/../other-bucket/secret`, `${Bucket}/mine/../../other-bucket/secret`, 'other-bucket/secret?versionId=null', 'other-bucket//secret']) {
      const answer = await send('PUT', `/${Bucket}/mine/copy`, { key: narrow, headers: { 'x-amz-copy-source': source } });
      assert.notEqual(answer.status, 200, source);
      assert.doesNotMatch(String(answer.body), /ETag/, source);
    }
    assert.ok(!(await keys()).includes('mine/copy'));
  });

  test('that are none are refused', async () => {
    for (const source of ['', 'other-bucket', '/', 'other-bucket/', '%', '%ff%fe/x', 'arn:aws:s3:us-east-1:111122223333:accesspoint/a/object/k', 'http://elsewhere/secret']) assert.ok([400, 404, 501].includes((await send('PUT', `/${Bucket}/mine/copy`, { headers: { 'x-amz-copy-source': source } })).status), source);
    await assert.rejects(gatehouse.s3().send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'other-bucket/absent' })), (thrown: Error) => thrown.name === 'NoSuchKey');
  });
});

describe('what a query or a method means', () => {
  test('a subresource is never the object or bucket itself', async () => {
    await send('PUT', `/${Bucket}/kept`, { body: 'x' });
    for (const target of [`/${Bucket}/kept?acl`, `/${Bucket}/kept?torrent`, `/${Bucket}/kept?retention`]) assert.ok((await send('DELETE', target)).status >= 400, target);
    for (const [method, target] of [['PUT', `/${Bucket}/kept?annotation`], ['GET', `/${Bucket}/kept?annotation`], ['DELETE', `/${Bucket}?annotations`]] as const) assert.equal((await send(method, target, { body: method === 'PUT' ? 'y' : '' })).status, 405, target);
    for (const target of [`/${Bucket}?acl`, `/${Bucket}?versions`, `/${Bucket}?location`, `/${Bucket}?accelerate`]) assert.equal((await send('DELETE', target)).status, 405, target);
    assert.ok((await keys()).includes('kept'));
  });

  test('methods that there are none of', async () => {
    for (const method of ['PATCH', 'TRACE', 'PROPFIND', 'LINK']) assert.equal((await send(method, `/${Bucket}/kept`)).status, 405, method);
  });
});

describe('documents', () => {
  const deletion = (body: string) => send('POST', `/${Bucket}?delete`, { body });
  test('with a DOCTYPE, entities, depth or width without end are refused, and quickly', async () => {
    const bomb = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i + 1} "&a${i || ''};&a${i || ''};">`).join('')}]><Delete><Object><Key>&a20;</Key></Object></Delete>`;
    for (const body of [bomb, '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Delete/>', '<Delete>&undefined;</Delete>', '<a>'.repeat(100_000), `<Delete>${'<Object><Key>k</Key></Object>'.repeat(30_000)}</Delete>`, '<Delete', '', 'plain', '<?xml version="1.0" encoding="UTF-16"?><Delete/>\ufeff', '<Delete><Object><Key>a</Key><Key>b</Key></Object></Delete>', '<Delete><Unknown/></Delete>', '<Other/>']) {
      const answer = await deletion(body);
      assert.equal(answer.status, 400, `${body.slice(0, 40)}: ${String(answer.body)}`);
    }
    assert.ok((await keys()).includes('kept'));
  });
});

describe('credentials', () => {
  test('in the header and in the query together are refused', async () => {
    const signed = signRequest({ accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: gatehouse.admin.secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'GET', target: `/${Bucket}/kept`, isPresigned: true });
    const answer = await gatehouse.send({ method: 'GET', target: signed.target, headers: [['Host', 'gatehouse.example:4566'], ['Authorization', 'AWS4-HMAC-SHA256 Credential=a/20261123/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=b'], ['X-Amz-Date', '20261123T100000Z']] });
    assert.deepEqual([answer.status, codeOf(answer.body)], [400, 'InvalidArgument']);
  });

  test('of another service, and headers that nobody signed', async () => {
    const other = await send('GET', `/${Bucket}/kept`, { service: 'sts' });
    assert.notEqual(other.status, 200);
    for (const name of ['x-amz-acl', 'x-amz-copy-source', 'x-amz-meta-a', 'X-Amz-Tagging', 'x-amz-bypass-governance-retention']) {
      const answer = await send('PUT', `/${Bucket}/unsigned`, { body: 'x', add: [[name, 'x']] });
      assert.deepEqual([answer.status, codeOf(answer.body), /<HeadersNotSigned>([^<]+)/.exec(String(answer.body))?.[1]], [403, 'AccessDenied', name.toLowerCase()]);
    }
    assert.ok(!(await keys()).includes('unsigned'));
  });

  test('of Signature Version 2 are not taken for none', async () => {
    const answer = await gatehouse.send({ method: 'GET', target: `/${Bucket}/kept?AWSAccessKeyId=a&Signature=b&Expires=9999999999`, headers: [['Host', 'localhost']] });
    assert.deepEqual([answer.status, codeOf(answer.body)], [400, 'InvalidRequest']);
  });

  test('too old, and dated otherwise than said', async () => {
    const signed = signRequest({ accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: gatehouse.admin.secretAccessKey, at: gatehouse.clock.now - 16 * 60_000, service: 's3', region: 'us-east-1', method: 'GET', target: `/${Bucket}/kept` });
    const answer = await gatehouse.send({ method: 'GET', target: signed.target, headers: signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : [])) });
    assert.deepEqual([answer.status, codeOf(answer.body), /<MaxAllowedSkewMilliseconds>900000</.test(String(answer.body))], [403, 'RequestTimeTooSkewed', true]);
  });
});

test('a bucket can be named by the host, and the signature covers which', async () => {
  const virtual = (host: string, target: string) => {
    const signed = signRequest({ accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: gatehouse.admin.secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'GET', target, headers: { Host: host } });
    return { method: 'GET', target, headers: signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, name.toLowerCase() === 'host' ? host : signed.rawHeaders[i + 1]!] as const] : [])) };
  };
  for (const host of [`${Bucket}.s3.gatehouse.example`, `${Bucket}.s3.us-east-1.amazonaws.com`, `${Bucket}.localhost:4566`, `${Bucket}.S3.example`]) {
    const answer = await gatehouse.send(virtual(host, '/kept'));
    assert.deepEqual([answer.status, String(answer.body)], [200, 'x'], host);
  }
  const moved = virtual(`${Bucket}.s3.example`, '/secret');
  assert.equal((await gatehouse.send({ ...moved, headers: moved.headers.map(([name, value]) => [name, name.toLowerCase() === 'host' ? 'other-bucket.s3.example' : value] as const) })).status, 403);
});
