/** Attacks by ranges and by parts: bytes that nobody asked for rightly, uploads of others, lists of parts that lie, and what happens while something else does. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-s3';
import { handle } from '../../src/server/handle.ts';
import { HttpRequest } from '../../src/server/http-request.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { seededRandom } from '../seeded-random.ts';
import { signRequest } from '../sign-request.ts';

const Bucket = 'ranged';
const mib = 1024 * 1024;
let gatehouse: TestGatehouse;
let s3: sdk.S3Client;
let stranger: KeyPair;
before(async () => {
  gatehouse = await startGatehouse();
  s3 = gatehouse.s3();
  stranger = await gatehouse.newAccount('444455556666');
  for (const name of [Bucket, 'ranged-too']) await s3.send(new sdk.CreateBucketCommand({ Bucket: name }));
  await gatehouse.s3(stranger).send(new sdk.CreateBucketCommand({ Bucket: 'strangers' }));
});
after(() => gatehouse.stop());

/** Signs exactly this target and these headers, as they stand. */
function send(method: string, target: string, { key = gatehouse.admin, body = '', headers = {} }: { readonly key?: KeyPair; readonly body?: string; readonly headers?: Readonly<Record<string, string>> } = {}) {
  const signed = signRequest({ accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method, target, body, headers });
  return gatehouse.send({ method, target, headers: signed.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, signed.rawHeaders[i + 1]!] as const] : [])), body });
}

type Sent = Awaited<ReturnType<typeof send>>;
const codeOf = ({ status, body }: Pick<Sent, 'status'> & { readonly body: unknown }): string => `${status} ${/<Code>([^<]+)<\/Code>/.exec(String(body))?.[1] ?? ''}`.trim();
const refusal = (name: string, status: number) => (thrown: unknown): boolean => {
  const { name: actual, $metadata, message } = thrown as { name: string; message: string; $metadata: { httpStatusCode: number } };
  assert.deepEqual([actual, $metadata?.httpStatusCode], [name, status], message);
  return true;
};
const put = (Key: string, Body: string | Uint8Array, more: object = {}) => s3.send(new sdk.PutObjectCommand({ Bucket, Key, Body, ...more }));
const begin = async (Key: string, more: object = {}): Promise<string> => (await s3.send(new sdk.CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId!;
const putPart = async (Key: string, UploadId: string, PartNumber: number, Body: string | Uint8Array, more: object = {}): Promise<string> => (await s3.send(new sdk.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more }))).ETag!;
const complete = (Key: string, UploadId: string, Parts: readonly sdk.CompletedPart[]) => s3.send(new sdk.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: [...Parts] } }));
const abort = (Key: string, UploadId: string) => s3.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
const bytesOf = async (Key: string, more: object = {}): Promise<Buffer> => Buffer.from(await (await s3.send(new sdk.GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToByteArray());

/** Bytes that say where they are. */
const bytes = Buffer.alloc(200_000);
for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32BE(at, at);
const customer = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: Buffer.alloc(32, 7) as never };

describe('ranges', () => {
  let parted: Buffer;
  before(async () => {
    await put('plain', bytes);
    await put('sealed', bytes, customer);
    await put('empty', '');
    const first = Buffer.concat([Buffer.alloc(5 * mib - 3, 'a'), Buffer.from('<1>')]);
    parted = Buffer.concat([first, bytes]);
    const UploadId = await begin('parted');
    await complete('parted', UploadId, [{ PartNumber: 1, ETag: await putPart('parted', UploadId, 1, first) }, { PartNumber: 9, ETag: await putPart('parted', UploadId, 9, bytes) }]);
  });

  test('across every border of a chunk and of a part give exactly their bytes, however the object is sealed', async () => {
    const random = seededRandom('ranges');
    const anywhere = (below: number): number => Buffer.from(random(4)).readUInt32BE() % below;
    const chunk = 64 * 1024;
    const near = [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk - 1, 2 * chunk, 3 * chunk, bytes.length - 1];
    const ranges = [...near.flatMap((first) => near.filter((last) => last >= first).map((last) => [first, last] as const)), ...Array.from({ length: 10 }, () => { const first = anywhere(bytes.length); return [first, first + anywhere(bytes.length - first)] as const; })];
    for (const [first, last] of ranges) {
      for (const [key, more] of [['plain', {}], ['sealed', customer]] as const) assert.ok((await bytesOf(key, { ...more, Range: `bytes=${first}-${last}` })).equals(bytes.subarray(first, last + 1)), `${key} ${first}-${last}`);
    }
    const border = 5 * mib;
    for (const [first, last] of [[border - 1, border], [border - 3, border + 3], [border, border], [border - 100_000, border + 100_000], [0, border + 5]] as const) assert.ok((await bytesOf('parted', { Range: `bytes=${first}-${last}` })).equals(parted.subarray(first, last + 1)), `parted ${first}-${last}`);
    assert.ok((await bytesOf('parted', { PartNumber: 2 })).equals(bytes));
  });

  test('that cannot be satisfied are refused, and those that are none are passed over', async () => {
    const huge = '9'.repeat(40);
    for (const range of [`bytes=${bytes.length}-`, `bytes=${huge}-`, `bytes=${huge}-${huge}`, 'bytes=-0', `bytes=9007199254740993-`]) {
      const answer = await send('GET', `/${Bucket}/plain`, { headers: { Range: range } });
      assert.equal(codeOf(answer), '416 InvalidRange', range);
      assert.equal(answer.headers['Content-Range'], `bytes */${bytes.length}`);
    }
    for (const range of ['bytes=0-', 'bytes=-1', 'bytes=0-0']) assert.equal(codeOf(await send('GET', `/${Bucket}/empty`, { headers: { Range: range } })), '416 InvalidRange', range);
    for (const [range, length] of [['bytes=0-0,2-2', bytes.length], [`bytes=${Array.from({ length: 2_000 }, (_, i) => `${i}-`).join(',')}`, bytes.length], ['bytes=5-2', bytes.length], ['bytes=-', bytes.length], ['bytes=a-b', bytes.length], ['bytes=--5', bytes.length], ['bytes=0x0-0x5', bytes.length], ['items=0-5', bytes.length], ['', bytes.length], [`bytes=0-${huge}`, bytes.length], [`bytes=-${huge}`, bytes.length]] as const) {
      const answer = await s3.send(new sdk.GetObjectCommand({ Bucket, Key: 'plain', Range: range }));
      assert.equal((await answer.Body!.transformToByteArray()).length, length, range);
    }
  });

  test('do not open what is sealed with another\'s key, nor give a part that there is none of', async () => {
    await assert.rejects(bytesOf('sealed', { Range: 'bytes=0-0' }), refusal('InvalidRequest', 400));
    await assert.rejects(bytesOf('sealed', { Range: 'bytes=0-0', ...customer, SSECustomerKey: Buffer.alloc(32, 8) as never }), refusal('AccessDenied', 403));
    for (const number of ['0', '-1', '10001', '4294967297', 'x']) assert.match(codeOf(await send('GET', `/${Bucket}/parted?partNumber=${number}`)), /^400 InvalidArgument$/, number);
    for (const number of ['3', '10000']) assert.equal(codeOf(await send('GET', `/${Bucket}/parted?partNumber=${number}`)), '416 InvalidPartNumber', number);
    assert.equal(codeOf(await send('GET', `/${Bucket}/parted?partNumber=1`, { headers: { Range: 'bytes=0-1' } })), '400 InvalidRequest');
  });
});

describe('parts', () => {
  test('have numbers from 1 to 10,000', async () => {
    const UploadId = await begin('numbers');
    for (const number of ['0', '-1', '10001', '99999999999999999999', '1.5', 'x', '']) assert.match(codeOf(await send('PUT', `/${Bucket}/numbers?partNumber=${number}&uploadId=${UploadId}`, { body: 'x' })), /^400 InvalidArgument$/, number);
    await putPart('numbers', UploadId, 10_000, 'x');
    await abort('numbers', UploadId);
  });

  test('that are listed out of order, twice, with another\'s tag, or not there make no object', async () => {
    const UploadId = await begin('listed');
    const one = await putPart('listed', UploadId, 1, Buffer.alloc(5 * mib, 'a'));
    const two = await putPart('listed', UploadId, 2, 'b');
    const other = await begin('listed');
    const foreign = await putPart('listed', other, 1, 'c');
    for (const [parts, code] of [
      [[{ PartNumber: 2, ETag: two }, { PartNumber: 1, ETag: one }], 'InvalidPartOrder'], [[{ PartNumber: 1, ETag: one }, { PartNumber: 1, ETag: one }], 'InvalidPartOrder'], [[{ PartNumber: 1, ETag: two }], 'InvalidPart'], [[{ PartNumber: 1, ETag: foreign }], 'InvalidPart'],
      [[{ PartNumber: 3, ETag: one }], 'InvalidPart'], [[{ PartNumber: 1, ETag: '"' }], 'InvalidPart'], [[{ PartNumber: 1, ETag: '*' }], 'InvalidPart'], [[{ PartNumber: 0, ETag: one }], 'InvalidArgument'], [[{ PartNumber: -1, ETag: one }], 'InvalidArgument'], [[{ PartNumber: 10_001, ETag: one }], 'InvalidPart'], [[], 'MalformedXML'], [[{ ETag: one }], 'MalformedXML'], [[{ PartNumber: 1 }], 'MalformedXML'],
    ] as const) await assert.rejects(complete('listed', UploadId, parts), refusal(code, 400), JSON.stringify(parts));
    const small = await putPart('listed', UploadId, 1, 'too small');
    await assert.rejects(complete('listed', UploadId, [{ PartNumber: 1, ETag: one }]), refusal('InvalidPart', 400), 'the part was replaced');
    await assert.rejects(complete('listed', UploadId, [{ PartNumber: 1, ETag: small }, { PartNumber: 2, ETag: two }]), refusal('EntityTooSmall', 400));
    await assert.rejects(s3.send(new sdk.HeadObjectCommand({ Bucket, Key: 'listed' })), (thrown: { $metadata: { httpStatusCode: number } }) => thrown.$metadata.httpStatusCode === 404);
    // A part that is left out is gone, and a single one may be small.
    await complete('listed', UploadId, [{ PartNumber: 2, ETag: two }]);
    assert.equal((await bytesOf('listed')).toString(), 'b');
    await abort('listed', other);
  });

  test('may be 10,000, listed in a document that is read, and no larger one', async () => {
    const UploadId = await begin('many');
    const { BucketId } = [...gatehouse.plane.store.loaded(gatehouse.account)!.buckets.all()].find(({ BucketName }) => BucketName === Bucket)!;
    const objects = gatehouse.plane.s3.opened();
    const etag = createHash('md5').digest('hex');
    // Into the store itself: so many requests would take their time.
    await Promise.all(Array.from({ length: 1_200 }, (_, i) => objects.putPart({ bucket: BucketId, key: 'many', uploadId: UploadId }, i + 1, { source: (async function* () {})(), verified: () => ({ etag, lastModified: gatehouse.clock.now, attributes: {} }) })));
    let listed = 0;
    let marker: string | undefined;
    for (;;) {
      const page = await s3.send(new sdk.ListPartsCommand({ Bucket, Key: 'many', UploadId, PartNumberMarker: marker }));
      listed += page.Parts!.length;
      if (!page.IsTruncated) break;
      marker = page.NextPartNumberMarker;
    }
    assert.equal(listed, 1_200);
    const list = (count: number, more = ''): string => `<CompleteMultipartUpload>${Array.from({ length: count }, (_, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>"${etag}"</ETag>${more}</Part>`).join('')}</CompleteMultipartUpload>`;
    const target = `/${Bucket}/many?uploadId=${UploadId}`;
    const sums = `<ChecksumSHA256>${'A'.repeat(43)}=</ChecksumSHA256>`;
    assert.equal(codeOf(await send('POST', target, { body: list(1_200) })), '400 EntityTooSmall');
    assert.equal(codeOf(await send('POST', target, { body: list(10_000, sums) })), '400 InvalidPart', 'it was read to its end: only then it is looked at');
    assert.equal(codeOf(await send('POST', target, { body: list(10_001) })), '400 MalformedXML');
    assert.match(codeOf(await send('POST', target, { body: list(45_000, sums.repeat(2)) })), /^(?:400|413) /);
    await abort('many', UploadId);
    await assert.rejects(s3.send(new sdk.ListPartsCommand({ Bucket, Key: 'many', UploadId })), refusal('NoSuchUpload', 404));
  });

  test('copied from a range outside, or of a form that is none, are no parts', async () => {
    await put('source', bytes);
    await put('nothing', '');
    const UploadId = await begin('copied');
    const copy = (CopySourceRange: string | undefined, CopySource = `${Bucket}/source`) => s3.send(new sdk.UploadPartCopyCommand({ Bucket, Key: 'copied', UploadId, PartNumber: 1, CopySource, CopySourceRange }));
    for (const range of [`bytes=0-${bytes.length}`, `bytes=${bytes.length}-${bytes.length + 1}`, `bytes=0-${'9'.repeat(30)}`, 'bytes=5-2', 'bytes=-5', 'bytes=0-', 'bytes=0-1,3-4', '0-5', 'bytes = 0-5', 'bytes=0-5;x']) await assert.rejects(copy(range), refusal('InvalidArgument', 400), range);
    await assert.rejects(copy('bytes=0-0', `${Bucket}/nothing`), refusal('InvalidArgument', 400));
    await assert.rejects(copy(undefined, 'strangers/anything'), refusal('AccessDenied', 403));
    const { CopyPartResult } = await copy(`bytes=65535-65537`);
    await complete('copied', UploadId, [{ PartNumber: 1, ETag: CopyPartResult!.ETag }]);
    assert.ok((await bytesOf('copied')).equals(bytes.subarray(65_535, 65_538)));
  });

  test('sealed with a client\'s key come with that key, and no other', async () => {
    const UploadId = await begin('sealed-parts', customer);
    await assert.rejects(putPart('sealed-parts', UploadId, 1, 'x'), refusal('InvalidRequest', 400));
    await assert.rejects(putPart('sealed-parts', UploadId, 1, 'x', { ...customer, SSECustomerKey: Buffer.alloc(32, 8) as never }), refusal('AccessDenied', 403));
    const plain = await begin('sealed-parts');
    await assert.rejects(putPart('sealed-parts', plain, 1, 'x', customer), refusal('InvalidRequest', 400));
    for (const id of [UploadId, plain]) await abort('sealed-parts', id);
  });
});

describe('uploads', () => {
  /** All that names an upload. */
  const asked = (bucket: string, key: string, id: string, by: KeyPair) => Promise.all([
    send('PUT', `/${bucket}/${key}?partNumber=1&uploadId=${id}`, { body: 'x', key: by }),
    send('PUT', `/${bucket}/${key}?partNumber=1&uploadId=${id}`, { headers: { 'x-amz-copy-source': `/${bucket}/source` }, key: by }),
    send('GET', `/${bucket}/${key}?uploadId=${id}`, { key: by }),
    send('POST', `/${bucket}/${key}?uploadId=${id}`, { body: '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>', key: by }),
    send('DELETE', `/${bucket}/${key}?uploadId=${id}`, { key: by }),
  ]);

  test('of another key, bucket or account are none of whoever names them', async () => {
    const UploadId = await begin('mine');
    await putPart('mine', UploadId, 1, 'kept');
    for (const name of ['ranged-too']) await s3.send(new sdk.PutObjectCommand({ Bucket: name, Key: 'source', Body: 'x' }));
    await gatehouse.s3(stranger).send(new sdk.PutObjectCommand({ Bucket: 'strangers', Key: 'source', Body: 'x' }));
    for (const [bucket, key, by] of [[Bucket, 'other', gatehouse.admin], [Bucket, 'Mine', gatehouse.admin], [Bucket, 'mine/', gatehouse.admin], ['ranged-too', 'mine', gatehouse.admin], ['strangers', 'mine', stranger]] as const) assert.deepEqual((await asked(bucket, key, UploadId, by)).map(codeOf), Array(5).fill('404 NoSuchUpload'), `${bucket}/${key}`);
    assert.deepEqual((await asked(Bucket, 'mine', UploadId, stranger)).map(codeOf), Array(5).fill('403 AccessDenied'));
    await complete('mine', UploadId, [{ PartNumber: 1, ETag: `"${createHash('md5').update('kept').digest('hex')}"` }]);
    assert.equal((await bytesOf('mine')).toString(), 'kept');
  });

  test('that nobody began are none, whatever their ids look like', async () => {
    for (const id of ['x', '..', '..%2F..%2Fetc%2Fpasswd', '%00', "'%20OR%20'1'%3D'1", '%25', 'null', 'undefined', '__proto__', '*', 'a'.repeat(4_000), '%F0%9F%98%80', '-1', '1e3']) {
      const answers = (await asked(Bucket, 'source', id, gatehouse.admin)).map(codeOf);
      assert.deepEqual(answers, Array(5).fill('404 NoSuchUpload'), id.slice(0, 30));
    }
  });

  test('are completed by one of two, and by one asked again: the same answer, and one object', async () => {
    await s3.send(new sdk.PutBucketVersioningCommand({ Bucket: 'ranged-too', VersioningConfiguration: { Status: 'Enabled' } }));
    const where = { Bucket: 'ranged-too', Key: 'twice' };
    const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand(where));
    const { ETag } = await s3.send(new sdk.UploadPartCommand({ ...where, UploadId, PartNumber: 1, Body: 'once' }));
    const again = (Parts: sdk.CompletedPart[] = [{ PartNumber: 1, ETag }]) => s3.send(new sdk.CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts } }));
    const answers = [...await Promise.all([again(), again(), again()]), await again()];
    assert.equal(new Set(answers.map(({ ETag: tag, VersionId }) => `${tag} ${VersionId}`)).size, 1);
    assert.equal((await s3.send(new sdk.ListObjectVersionsCommand({ Bucket: 'ranged-too', Prefix: 'twice' }))).Versions?.length, 1);
    // Of other parts it was not made, and what has taken its place it is not.
    await assert.rejects(again([{ PartNumber: 1, ETag: 'x' }]), refusal('NoSuchUpload', 404));
    await assert.rejects(s3.send(new sdk.AbortMultipartUploadCommand({ ...where, UploadId })), refusal('NoSuchUpload', 404));
    await s3.send(new sdk.CopyObjectCommand({ ...where, CopySource: 'ranged-too/twice', MetadataDirective: 'REPLACE' }));
    await assert.rejects(again(), refusal('NoSuchUpload', 404));
  });

  test('completed and aborted at once are one or the other, and leave no half', async () => {
    for (let i = 0; i < 6; i++) {
      const Key = `torn/${i}`;
      const UploadId = await begin(Key);
      const ETag = await putPart(Key, UploadId, 1, 'whole');
      const both = [() => complete(Key, UploadId, [{ PartNumber: 1, ETag }]), () => abort(Key, UploadId)];
      const [completed, aborted] = await Promise.allSettled(i % 2 === 0 ? both.map((doing) => doing()) : both.toReversed().map((doing) => doing()).toReversed());
      assert.notEqual(completed!.status, aborted!.status, 'one of the two was first');
      const { Contents } = await s3.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: Key }));
      assert.equal(Contents?.length ?? 0, completed!.status === 'fulfilled' ? 1 : 0);
      if (Contents) assert.equal((await bytesOf(Key)).toString(), 'whole');
    }
  });

  test('completed while a part is on its way are complete without it, and the part finds nothing', async () => {
    const UploadId = await begin('late');
    const ETag = await putPart('late', UploadId, 1, 'in time');
    const gate = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    async function* body(): AsyncGenerator<Uint8Array> {
      reading.resolve();
      yield Buffer.from('too ');
      await gate.promise;
      yield Buffer.from('late');
    }
    const { accessKeyId, secretAccessKey } = gatehouse.admin;
    const { rawHeaders, target, method } = signRequest({ accessKeyId, secretAccessKey, at: gatehouse.clock.now, service: 's3', region: 'us-east-1', method: 'PUT', target: `/${Bucket}/late?partNumber=1&uploadId=${UploadId}`, headers: { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' }, body: 'too late' });
    const putting = handle(gatehouse.plane, new HttpRequest({ method, target, rawHeaders, body: new Uint8Array(), stream: body(), remoteAddress: '127.0.0.1', isSecure: false, receivedAt: gatehouse.clock.now, requestId: gatehouse.plane.newRequestId() }));
    await reading.promise;
    await complete('late', UploadId, [{ PartNumber: 1, ETag }]);
    gate.resolve();
    const { status, body: said } = await putting;
    assert.equal(codeOf({ status, body: said }), '404 NoSuchUpload');
    assert.equal((await bytesOf('late')).toString(), 'in time');
  });

  test('that are never finished are ended by the rule that says so, and go with their bucket; nothing of them is left', async () => {
    const where = { Bucket: 'unfinished' };
    await s3.send(new sdk.CreateBucketCommand(where));
    await s3.send(new sdk.PutBucketLifecycleConfigurationCommand({ ...where, LifecycleConfiguration: { Rules: [{ ID: 'abort', Status: 'Enabled', Filter: { Prefix: 'old/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] } }));
    const before = files();
    for (const Key of ['old/1', 'old/2', 'kept']) {
      const { UploadId } = await s3.send(new sdk.CreateMultipartUploadCommand({ ...where, Key }));
      for (const PartNumber of [1, 2]) await s3.send(new sdk.UploadPartCommand({ ...where, Key, UploadId, PartNumber, Body: 'orphan' }));
      // One that is put again takes the place of the one before.
      await s3.send(new sdk.UploadPartCommand({ ...where, Key, UploadId, PartNumber: 2, Body: 'another' }));
    }
    gatehouse.clock.advance(3 * 86_400_000);
    await gatehouse.plane.s3.runLifecycles();
    assert.deepEqual((await s3.send(new sdk.ListMultipartUploadsCommand(where))).Uploads?.map(({ Key }) => Key), ['kept']);
    await s3.send(new sdk.DeleteBucketCommand(where));
    await settled(before);
  });
});

/** The files of the store of objects. */
function files(): number {
  const folder = gatehouse.objectsFolder()!;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('index.sqlite') && statSync(join(folder, name)).isFile()).length;
}

/** What is removed is unlinked after the answer: one more change of the index comes after that. */
async function settled(expected: number): Promise<void> {
  for (let turn = 0; turn < 100 && files() !== expected; turn++) await s3.send(new sdk.AbortMultipartUploadCommand({ Bucket, Key: 'turn', UploadId: await begin('turn') }));
  assert.equal(files(), expected);
}
