/** Attacks on bodies that are verified as they are read: whatever is wrong with one leaves no object behind. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { CreateBucketCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { startGatehouse, type RawRequest, type TestGatehouse } from '../gatehouse.ts';
import { chunkedPut } from '../s3/chunked.ts';
import type { ChunkedPut, Mode } from '../s3/chunked.ts';
import { signRequest } from '../sign-request.ts';

let gatehouse: TestGatehouse;
const Bucket = 'attacked';
before(async () => {
  gatehouse = await startGatehouse();
  await gatehouse.s3().send(new CreateBucketCommand({ Bucket }));
});
after(() => gatehouse.stop());

const pieces = ['a'.repeat(10_000), 'b'.repeat(9_000), 'c'.repeat(100)];
const modes: readonly Mode[] = ['STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];
const put = (options: Partial<ChunkedPut> & { readonly mode: Mode }): RawRequest => chunkedPut(gatehouse, { key: gatehouse.admin, target: `/${Bucket}/k`, pieces, ...options });
const codeOf = (body: string | Uint8Array): string | undefined => /<Code>([^<]+)<\/Code>/.exec(String(body))?.[1];

async function refused(request: RawRequest, status: number, code: string): Promise<void> {
  const answer = await gatehouse.send(request);
  assert.deepEqual([answer.status, codeOf(answer.body)], [status, code], String(answer.body));
  assert.equal((await gatehouse.s3().send(new ListObjectsV2Command({ Bucket }))).KeyCount, 0, 'an object was left behind');
}

describe('bodies in chunks', () => {
  for (const mode of modes) {
    test(`${mode}: the right one is taken`, async () => {
      assert.equal((await gatehouse.send(put({ mode }))).status, 200);
      const got = signRequest({ accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: gatehouse.admin.secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'GET', target: `/${Bucket}/k` });
      const headers = got.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, got.rawHeaders[i + 1]!] as const] : []));
      const answer = await gatehouse.send({ method: 'GET', target: `/${Bucket}/k`, headers });
      assert.deepEqual([String(answer.body), answer.headers['Content-Encoding']], [pieces.join(''), undefined]);
      const gone = signRequest({ accessKeyId: gatehouse.admin.accessKeyId, secretAccessKey: gatehouse.admin.secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'DELETE', target: `/${Bucket}/k` });
      assert.equal((await gatehouse.send({ method: 'DELETE', target: `/${Bucket}/k`, headers: gone.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, gone.rawHeaders[i + 1]!] as const] : [])) })).status, 204);
    });

    test(`${mode}: with another's secret it is not`, () => refused(put({ mode, key: { ...gatehouse.admin, secretAccessKey: 'x'.repeat(40) } }), 403, 'SignatureDoesNotMatch'));
    test(`${mode}: cut off in the data`, () => refused(put({ mode, spoil: (body) => { body.chunks.length = 2; body.trailers.length = 0; } }), 400, 'IncompleteBody'));
    test(`${mode}: a last chunk that is missing`, () => refused(put({ mode, spoil: (body) => { body.chunks.pop(); body.trailers.length = 0; } }), 400, 'IncompleteBody'));
    test(`${mode}: a length that is not the data's`, () => refused(put({ mode, headers: { 'X-Amz-Decoded-Content-Length': '19101' } }), 400, 'IncompleteBody'));
    test(`${mode}: less than was said, so that more would come`, () => refused(put({ mode, headers: { 'X-Amz-Decoded-Content-Length': '100' } }), 400, 'IncompleteBody'));
    test(`${mode}: no length`, () => refused(put({ mode, spoilRequest: (headers) => headers.splice(headers.findIndex(([name]) => name === 'X-Amz-Decoded-Content-Length'), 1) }), 403, 'SignatureDoesNotMatch'));
    test(`${mode}: small chunks`, () => refused(put({ mode, pieces: ['a'.repeat(100), 'b'.repeat(100)] }), 403, 'InvalidChunkSizeError'));
    test(`${mode}: data after the end`, () => refused(put({ mode, spoil: (body) => { body.trailers.push('\r\n5\r\nhello\r\n'); } }), 400, 'MalformedTrailerError'));
    test(`${mode}: a size that is no number, or another base`, async () => {
      for (const size of ['zz', '0x10', '-1', '', '1'.repeat(40), '10_000']) await refused(put({ mode, spoil: (body) => { body.chunks[0] = body.chunks[0]!.replace(/^[0-9a-f]+/, size); } }), 400, 'IncompleteBody');
    });
  }

  for (const mode of modes.slice(0, 2)) {
    const spoiled = (spoil: ChunkedPut['spoil'], code = 'SignatureDoesNotMatch', status = 403) => refused(put({ mode, spoil: spoil! }), status, code);
    test(`${mode}: two chunks change places`, () => spoiled((body) => { [body.chunks[0], body.chunks[1]] = [body.chunks[1]!, body.chunks[0]!]; }));
    test(`${mode}: a chunk comes twice`, () => spoiled((body) => { body.chunks.splice(1, 0, body.chunks[0]!); }, 'IncompleteBody', 400));
    test(`${mode}: a chunk is left out`, () => spoiled((body) => { body.chunks.splice(1, 1); }));
    test(`${mode}: a byte is changed`, () => spoiled((body) => { body.chunks[1] = body.chunks[1]!.replace('bbb', 'bxb'); }));
    test(`${mode}: a chunk without its signature`, () => spoiled((body) => { body.chunks[1] = body.chunks[1]!.replace(/;chunk-signature=[0-9a-f]+/, ''); }, 'IncompleteBody', 400));
    test(`${mode}: the end's signature is changed`, () => spoiled((body) => { body.chunks[3] = body.chunks[3]!.replace(/=[0-9a-f]/, (found) => (found === '=0' ? '=1' : '=0')); }));
    test(`${mode}: chunks of another request`, async () => {
      let stolen: string[] = [];
      put({ mode, pieces: ['z'.repeat(10_000), 'y'.repeat(9_000), 'x'.repeat(100)], target: `/${Bucket}/another`, spoil: (body) => { stolen = [...body.chunks]; } });
      await spoiled((body) => { body.chunks = stolen; });
    });
  }

  for (const mode of modes.slice(1)) {
    test(`${mode}: a checksum that is not the data's`, () => refused(put({ mode, checksum: 'AAAAAA==' }), 400, 'BadDigest'));
    test(`${mode}: no trailer`, () => refused(put({ mode, spoil: (body) => { body.trailers.length = 0; } }), 400, 'MalformedTrailerError'));
    test(`${mode}: the trailer twice`, () => refused(put({ mode, spoil: (body) => { body.trailers.unshift(body.trailers[0]!); } }), 400, 'MalformedTrailerError'));
    test(`${mode}: a trailer that was not announced`, () => refused(put({ mode, spoil: (body) => { body.trailers.unshift('x-amz-meta-a:b\r\n'); } }), 400, 'MalformedTrailerError'));
    test(`${mode}: a trailer that may not be one`, () => refused(put({ mode, headers: { 'X-Amz-Trailer': 'x-amz-acl' } }), 400, 'InvalidRequest'));
  }
  test('a signed trailer without its signature, or with a changed value', async () => {
    const mode = modes[1]!;
    await refused(put({ mode, spoil: (body) => { body.trailers.pop(); } }), 400, 'MalformedTrailerError');
    await refused(put({ mode, spoil: (body) => { body.trailers[0] = 'x-amz-checksum-crc32:AAAAAA==\r\n'; } }), 403, 'SignatureDoesNotMatch');
  });
  test('signed chunks that are passed off as unsigned ones', () => refused(put({ mode: modes[1]!, spoilRequest: (headers) => { headers.find(([name]) => name === 'X-Amz-Content-Sha256')![1] = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'; } }), 403, 'SignatureDoesNotMatch'));
});

describe('bodies with a hash', () => {
  const hashed = (sha256: string, body: string, headers: Readonly<Record<string, string>> = {}, { accessKeyId, secretAccessKey } = gatehouse.admin): RawRequest => {
    const signed = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'PUT', target: `/${Bucket}/k`, headers: { 'X-Amz-Content-Sha256': sha256, ...headers }, body });
    return { method: 'PUT', target: `/${Bucket}/k`, headers: signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : [])), body };
  };
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

  test('or none that count, with another\'s secret', async () => {
    for (const stated of [sha256('one'), 'UNSIGNED-PAYLOAD']) await refused(hashed(stated, 'one', {}, { ...gatehouse.admin, secretAccessKey: 'x'.repeat(40) }), 403, 'SignatureDoesNotMatch');
    await refused(hashed('STREAMING-UNSIGNED-PAYLOAD-TRAILER', 'one', {}, { ...gatehouse.admin, secretAccessKey: 'x'.repeat(40) }), 403, 'SignatureDoesNotMatch');
  });
  test('of other bytes', () => refused(hashed(sha256('one'), 'two'), 400, 'XAmzContentSHA256Mismatch'));
  test('that is none', async () => {
    for (const stated of ['nonsense', 'A'.repeat(64), 'STREAMING-NOTHING']) await refused(hashed(stated, 'one'), 400, 'InvalidArgument');
    await refused(hashed('STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', 'one'), 501, 'NotImplemented');
  });
  test('and a Content-MD5 or a checksum of other bytes, or two checksums', async () => {
    await refused(hashed(sha256('one'), 'one', { 'Content-MD5': 'rL0Y20zC+Fzt72VPzMSk2A==' }), 400, 'BadDigest');
    await refused(hashed(sha256('one'), 'one', { 'Content-MD5': 'short' }), 400, 'InvalidDigest');
    await refused(hashed(sha256('one'), 'one', { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') }), 400, 'BadDigest');
    await refused(hashed(sha256('one'), 'one', { 'x-amz-checksum-crc32': 'AAAA' }), 400, 'InvalidRequest');
    await refused(hashed(sha256('one'), 'one', { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-crc32c': 'AAAAAA==' }), 400, 'InvalidRequest');
    await refused(hashed(sha256('one'), 'one', { 'x-amz-checksum-sha512': 'AAAA' }), 501, 'NotImplemented');
    await refused(hashed(sha256('one'), 'one', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }), 400, 'InvalidRequest');
  });
});

test('nothing of all this is on the way', async () => {
  assert.equal((await gatehouse.s3().send(new ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
});
