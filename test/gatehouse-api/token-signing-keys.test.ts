/** The keys that sign tokens are succeeded without a gap, by a command and by age, and thrown away when they are known to others. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { KeyPair } from '../gatehouse.ts';
import { callQuery, textOf } from '../signed-call.ts';
import { enableFederation, getToken, startOutbound, type OutboundGatehouse } from '../sts/outbound.ts';

const minute = 60_000;
const hour = 60 * minute;
const algorithms = ['RS256', 'ES384'];
let gatehouse: OutboundGatehouse;
let issuer: string;
before(async () => { gatehouse = await startOutbound('token signing keys'); });
after(() => gatehouse.stop());

const call = async (Action: string, key?: KeyPair): Promise<{ status: number; text: string }> => {
  const answer = await callQuery(gatehouse, 'gatehouse', { Action }, key);
  return { status: answer.status, text: textOf(answer) };
};
const states = async (): Promise<readonly string[]> => [...(await call('ListTokenSigningKeys')).text.matchAll(/<Algorithm>(\w+)<\/Algorithm><State>(\w+)<\/State>/g)].map(([, algorithm, state]) => `${algorithm} ${state}`);
const published = async (): Promise<readonly string[]> => ((await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as { readonly keys: readonly { readonly kid: string }[] }).keys.map(({ kid }) => kid);
const tokens = () => Promise.all(algorithms.map((SigningAlgorithm) => getToken(gatehouse, { SigningAlgorithm, DurationSeconds: 3_600 })));
const kidOf = (token: string): string => decodeProtectedHeader(token).kid!;
const verify = (token: string) => jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`)), { issuer, currentDate: new Date(gatehouse.clock.now) });

test('an account without an issuer has no keys to rotate', async () => {
  assert.deepEqual(await states(), []);
  for (const action of ['RotateTokenSigningKeys', 'RevokeTokenSigningKeys']) assert.match((await call(action)).text, /<Code>NoTokenIssuer<\/Code>/);
  issuer = await enableFederation(gatehouse);
  assert.deepEqual(await states(), ['RS256 signing', 'ES384 signing']);
});

test('a rotation: the next keys are published before they sign, the old ones for as long as what they signed is good', async () => {
  const first = await tokens();
  assert.equal((await call('RotateTokenSigningKeys')).status, 200);
  assert.deepEqual(await states(), ['RS256 signing', 'RS256 next', 'ES384 signing', 'ES384 next']);
  assert.equal((await published()).length, 4, 'the next ones are there to be fetched');
  assert.match((await call('RotateTokenSigningKeys')).text, /<Code>RotationPending<\/Code>.*2026-11-23T11:00:00Z/);
  assert.deepEqual((await tokens()).map(kidOf), first.map(kidOf), 'the old ones still sign');
  gatehouse.clock.advance(hour - minute);
  const last = await tokens();
  assert.deepEqual(last.map(kidOf), first.map(kidOf));
  gatehouse.clock.advance(minute);
  const second = await tokens();
  for (const [i, token] of second.entries()) assert.notEqual(kidOf(token), kidOf(first[i]!));
  assert.deepEqual(await states(), ['RS256 retired', 'RS256 signing', 'ES384 retired', 'ES384 signing']);
  for (const token of [...last, ...second]) await verify(token);
  gatehouse.clock.advance(hour - 2 * minute);
  for (const token of [...last, ...second]) await verify(token);
  gatehouse.clock.advance(2 * minute);
  for (const token of last) await assert.rejects(verify(token), { code: 'ERR_JWT_EXPIRED' }, 'known to be expired, not to be unknown');
  gatehouse.clock.advance(5 * minute);
  assert.deepEqual(await states(), ['RS256 signing', 'ES384 signing']);
  assert.deepEqual((await published()).toSorted(), second.map(kidOf).toSorted());
});

test('a key that has signed for ninety days is succeeded by the first request that notices, once', async () => {
  const day = 24 * hour;
  const [before] = await tokens();
  gatehouse.clock.advance(89 * day);
  await tokens();
  assert.deepEqual(await states(), ['RS256 signing', 'ES384 signing']);
  gatehouse.clock.advance(day);
  const rs256 = await Promise.all(Array.from({ length: 4 }, () => getToken(gatehouse, { SigningAlgorithm: 'RS256' })));
  assert.deepEqual(new Set(rs256.map(kidOf)), new Set([kidOf(before!)]));
  assert.deepEqual(await states(), ['RS256 signing', 'RS256 next', 'ES384 signing']);
  gatehouse.clock.advance(hour);
  assert.notEqual(kidOf(await getToken(gatehouse, { SigningAlgorithm: 'RS256' })), kidOf(before!));
  assert.equal([...gatehouse.plane.store.loaded(gatehouse.account)!.tokenSigningKeys.all()].filter(({ Algorithm }) => Algorithm === 'RS256').length, 2, 'what is over was removed');
});

test('revoked keys verify nothing any more, and new ones sign at once', async () => {
  const lost = await tokens();
  assert.equal((await call('RevokeTokenSigningKeys')).status, 200);
  for (const token of lost) await assert.rejects(verify(token), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  for (const token of await tokens()) await verify(token);
  assert.deepEqual(await states(), ['RS256 signing', 'ES384 signing']);
});

test('whoever is not allowed neither sees, rotates nor revokes keys', async () => {
  await gatehouse.iam().send(new iamSdk.CreateUserCommand({ UserName: 'bob' }));
  const { AccessKey } = await gatehouse.iam().send(new iamSdk.CreateAccessKeyCommand({ UserName: 'bob' }));
  const bob = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
  const before = await published();
  for (const action of ['ListTokenSigningKeys', 'RotateTokenSigningKeys', 'RevokeTokenSigningKeys']) {
    assert.match((await call(action, bob)).text, new RegExp(`not authorized to perform: gatehouse:${action} on resource: arn:aws:gatehouse::${gatehouse.account}:token-signing-key/\\*`));
  }
  assert.deepEqual(await published(), before);
});
