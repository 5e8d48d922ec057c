/** How much policies and tags take of a session token, and that the largest token works wherever it can stand: a header, a presigned URL. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { handle } from '../../src/server/handle.ts';
import { listen } from '../../src/server/listen.ts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { seededRandom } from '../seeded-random.ts';
import { signRequest } from '../sign-request.ts';
import { sendSigned, textOf } from '../signed-call.ts';
import { allow, assume, document, keyOf, makeRole, trust } from './roles.ts';

const account = '111122223333';
let gatehouse: TestGatehouse;
let RoleArn: string;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'token size', accountId: account });
  RoleArn = await makeRole(gatehouse, 'r'.repeat(64), { trust: [trust(account)], Path: `/${'p'.repeat(100)}/` });
});
after(() => gatehouse.stop());

/** Text that no packing makes shorter. */
const random = seededRandom('token size');
const noise = (length: number): string => Buffer.from(random(length)).toString('base64').replaceAll(/[+/]/g, '-').slice(0, length);
const noisyTags = (count: number, length = 200) => Array.from({ length: count }, (_, i) => ({ Key: `${i}-${noise(60)}`, Value: noise(length) }));

/** The most that is still let in, found by adding tags of noise one by one, then characters. */
async function largest(): Promise<{ readonly key: KeyPair; readonly percent: number }> {
  const base: Partial<AssumeRoleCommandInput> = { RoleSessionName: 's'.repeat(64), SourceIdentity: 'i'.repeat(64) };
  const all = noisyTags(20);
  let best: { key: KeyPair; percent: number } | undefined;
  for (let count = 1; count <= all.length; count++) {
    for (const length of [50, 100, 150, 200]) {
      const Tags = [...all.slice(0, count - 1), { Key: all[count - 1]!.Key, Value: all[count - 1]!.Value.slice(0, length) }];
      const answer = await assume(gatehouse, RoleArn, { ...base, Tags }).catch((thrown: unknown) => { assert.equal((thrown as Error).name, 'PackedPolicyTooLargeException'); return undefined; });
      if (!answer) return best!;
      best = { key: keyOf(answer.Credentials), percent: answer.PackedPolicySize! };
    }
  }
  throw new Error('everything was let in');
}

test('the packed size is a percentage: more for more, of policies and tags alike, and what compresses takes less', async () => {
  const percent = async (input: Partial<AssumeRoleCommandInput>) => (await assume(gatehouse, RoleArn, input)).PackedPolicySize;
  assert.equal(await percent({}), undefined);
  const policy = (letters: string) => document(allow('s3:GetObject', { Resource: `arn:aws:s3:::${letters}/*` }));
  const [small, repeated, noisy] = [await percent({ Policy: policy('bucket') }), await percent({ Policy: policy('a'.repeat(1_500)) }), await percent({ Policy: policy(noise(1_500)) })];
  assert.ok(small! >= 1 && repeated! < noisy! && noisy! <= 100, `${small} ${repeated} ${noisy}`);
  const byArn = await percent({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] });
  const [one, ten] = [await percent({ Tags: noisyTags(1) }), await percent({ Tags: noisyTags(6) })];
  assert.ok(byArn! >= 1 && one! < ten! && ten! <= 100, `${byArn} ${one} ${ten}`);
});

test('what is too large is refused with its percentage, though each part is within its own limit', async () => {
  const tooLarge = (least: number) => ({ code: 'PackedPolicyTooLarge', status: 400, message: new RegExp(`^Packed policy consumes (?:${least}\\d|\\d{3,})% of allotted space, please use smaller policy\\.$`) });
  await assertRefused(assume(gatehouse, RoleArn, { Tags: noisyTags(50, 256) }), tooLarge(10));
  await assertRefused(assume(gatehouse, RoleArn, { Policy: document(allow('s3:GetObject', { Resource: `arn:aws:s3:::${'a'.repeat(2_048)}` })) }), tooLarge(10));
  await assertRefused(assume(gatehouse, RoleArn, { Policy: document(allow('s3:GetObject', { Resource: `arn:aws:s3:::${noise(1_500)}` })), Tags: noisyTags(10) }), tooLarge(10));
});

test('the largest token works in a header and in a presigned URL, over a socket too', async () => {
  const { key, percent } = await largest();
  assert.ok(percent > 90 && percent <= 100, String(percent));
  const { length } = key.sessionToken!;
  assert.ok(length > 3_800 && length <= 4_096, String(length));
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const inHeader = await sendSigned(gatehouse, { headers: form, body }, key);
  const presigned = { isPresigned: true, method: 'GET', target: `/?${body}` } as const;
  const inQuery = await sendSigned(gatehouse, presigned, key);
  for (const answer of [inHeader, inQuery]) {
    assert.equal(answer.status, 200, textOf(answer));
    assert.match(textOf(answer), /assumed-role\/r{64}\/s{64}</);
  }
  const { url, stop } = await listen({ host: '127.0.0.1', port: 0, tls: undefined, now: () => gatehouse.clock.now, newRequestId: () => gatehouse.plane.newRequestId(), handle: (request) => handle(gatehouse.plane, request), together: (work) => work() });
  try {
    const { target, rawHeaders } = signRequest({ ...key, sessionToken: key.sessionToken!, at: gatehouse.clock.now, ...presigned });
    assert.ok(target.length > 4_096);
    const host = rawHeaders[rawHeaders.findIndex((name) => name.toLowerCase() === 'host') + 1]!;
    const { get } = await import('node:http');
    const status = await new Promise((resolve, reject) => { get(`${url}${target}`, { headers: { Host: host } }, (response) => { response.resume(); resolve(response.statusCode); }).once('error', reject); });
    assert.equal(status, 200);
  } finally {
    await stop();
  }
});
