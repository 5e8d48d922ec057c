/** Key pairs of EC2, asked of a whole Gatehouse: made, imported, described, deleted, and refused in AWS's words. */
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { ec2Of } from './ec2-client.ts';
import type { Ec2Call } from './ec2-client.ts';

let gatehouse: TestGatehouse;
let ec2: Ec2Call;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'key pairs' });
  ec2 = ec2Of(gatehouse);
});
after(() => gatehouse.stop());

const publicKeyOf = (bits: number): string => generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const bytes = (text: string): Uint8Array => Buffer.from(text);

test('CreateKeyPair gives the private key once, and what is kept is its public half', async () => {
  const made = await ec2('CreateKeyPair', { KeyName: 'made', TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'team', Value: 'blue' }] }] });
  assert.match(made.KeyPairId!, /^key-0[0-9a-f]{16}$/);
  assert.match(made.KeyFingerprint!, /^(?:[0-9a-f]{2}:){19}[0-9a-f]{2}$/);
  assert.deepEqual(made.Tags, [{ Key: 'team', Value: 'blue' }]);
  assert.match(made.KeyMaterial!, /^-----BEGIN RSA PRIVATE KEY-----\n/);
  const { KeyPairs: [shown] } = await ec2('DescribeKeyPairs', { KeyNames: ['made'], IncludePublicKey: true }) as { KeyPairs: Record<string, unknown>[] };
  assert.deepEqual({ ...shown, PublicKey: '' }, { KeyPairId: made.KeyPairId, KeyName: 'made', KeyType: 'rsa', KeyFingerprint: made.KeyFingerprint, Tags: made.Tags, CreateTime: gatehouse.clock.now, PublicKey: '' });
  const { publicKey } = { publicKey: createPrivateKey(made.KeyMaterial!) };
  assert.ok(verify('sha256', bytes('x'), publicKey, sign('sha256', bytes('x'), createPrivateKey(made.KeyMaterial!))));
  assert.match(String(shown!['PublicKey']), /^ssh-rsa AAAA\S+ made$/);
  // Nobody who reads the records or the journal finds it.
  const written = JSON.stringify([gatehouse.auditRecords, gatehouse.logLines, [...gatehouse.plane.store.loaded(gatehouse.account)!.keyPairs.all()]]);
  assert.ok(!written.includes(made.KeyMaterial!.split('\n')[1]!));
});

test('CreateKeyPair makes ED25519 keys and files of PuTTY', async () => {
  const { KeyMaterial, KeyFingerprint } = await ec2('CreateKeyPair', { KeyName: 'ed', KeyType: 'ed25519' });
  assert.match(KeyMaterial!, /^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
  assert.match(KeyFingerprint!, /^[A-Za-z0-9+/]{43}=$/);
  assert.match((await ec2('CreateKeyPair', { KeyName: 'putty', KeyType: 'ed25519', KeyFormat: 'ppk' })).KeyMaterial!, /^PuTTY-User-Key-File-2: ssh-ed25519/);
});

test('a name is taken once in a region, is ASCII, and has no spaces at its ends', async () => {
  await assert.rejects(ec2('CreateKeyPair', { KeyName: 'made' }), { code: 'InvalidKeyPair.Duplicate', status: 400, message: 'The keypair already exists' });
  await assert.rejects(ec2('ImportKeyPair', { KeyName: 'made', PublicKeyMaterial: bytes(publicKeyOf(2048)) }), { code: 'InvalidKeyPair.Duplicate' });
  for (const KeyName of [' a', 'a ', 'ä', 'a'.repeat(256), 'a\nb', '']) await assert.rejects(ec2('CreateKeyPair', { KeyName }), { code: 'InvalidParameterValue' }, KeyName);
  const taken = await Promise.allSettled([1, 2, 3].map(() => ec2('CreateKeyPair', { KeyName: 'raced', KeyType: 'ed25519' })));
  assert.deepEqual(taken.map(({ status }) => status).sort(), ['fulfilled', 'rejected', 'rejected']);
});

test('ImportKeyPair takes a public key and refuses what is none', async () => {
  const { KeyPairId, KeyFingerprint } = await ec2('ImportKeyPair', { KeyName: 'brought', PublicKeyMaterial: bytes(publicKeyOf(2048)) });
  assert.match(KeyPairId!, /^key-0[0-9a-f]{16}$/);
  assert.match(KeyFingerprint!, /^(?:[0-9a-f]{2}:){15}[0-9a-f]{2}$/);
  for (const text of ['', 'ssh-rsa AAAA', publicKeyOf(3072), '-----BEGIN PRIVATE KEY-----']) await assert.rejects(ec2('ImportKeyPair', { KeyName: 'refused', PublicKeyMaterial: bytes(text) }), { code: 'InvalidKey.Format', status: 400 }, text.slice(0, 30));
});

test('DescribeKeyPairs names, filters, and says what is not there', async () => {
  const names = async (input: Parameters<Ec2Call>[1]): Promise<unknown> => (await ec2('DescribeKeyPairs', input as object)).KeyPairs!.map(({ KeyName }) => KeyName).sort();
  assert.deepEqual(await names({ Filters: [{ Name: 'tag:team', Values: ['bl*'] }] }), ['made']);
  assert.deepEqual(await names({ Filters: [{ Name: 'key-type', Values: ['ed25519'] }, { Name: 'key-name', Values: ['p?tty', 'ed'] }] }), ['ed', 'putty']);
  assert.deepEqual(await names({ Filters: [{ Name: 'tag-key', Values: ['team'] }] }), ['made']);
  assert.equal((await ec2('DescribeKeyPairs', {})).KeyPairs![0]!.PublicKey, undefined);
  await assert.rejects(ec2('DescribeKeyPairs', { KeyNames: ['made', 'nothing'] }), { code: 'InvalidKeyPair.NotFound', message: "The key pair 'nothing' does not exist" });
  await assert.rejects(ec2('DescribeKeyPairs', { KeyPairIds: ['key-00000000000000000'] }), { code: 'InvalidKeyPair.NotFound' });
  await assert.rejects(ec2('DescribeKeyPairs', { Filters: [{ Name: 'colour', Values: ['blue'] }] }), { code: 'InvalidParameterValue', message: "The filter 'colour' is invalid" });
});

test('a region and an account have their own key pairs', async () => {
  const other = await gatehouse.newAccount('444455556666');
  for (const [call, region] of [[ec2Of(gatehouse, gatehouse.admin, 'eu-west-1'), 'eu-west-1'], [ec2Of(gatehouse, other), 'us-east-1']] as const) {
    assert.deepEqual((await call('DescribeKeyPairs', {})).KeyPairs, [], region);
    await assert.rejects(call('DescribeKeyPairs', { KeyNames: ['made'] }), { code: 'InvalidKeyPair.NotFound' });
    assert.deepEqual(await call('DeleteKeyPair', { KeyName: 'made' }), { Return: true });
    await call('CreateKeyPair', { KeyName: 'made', KeyType: 'ed25519' });
  }
  assert.equal((await ec2('DescribeKeyPairs', { KeyNames: ['made'] })).KeyPairs![0]!.KeyType, 'rsa');
});

test('DeleteKeyPair deletes by name or id, and what is gone is gone', async () => {
  const [pair] = (await ec2('DescribeKeyPairs', { KeyNames: ['made'] })).KeyPairs!;
  await assert.rejects(ec2('DeleteKeyPair', {}), { code: 'MissingParameter' });
  await assert.rejects(ec2('DeleteKeyPair', { KeyName: 'made', KeyPairId: pair!.KeyPairId }), { code: 'InvalidParameterCombination' });
  await assert.rejects(ec2('DeleteKeyPair', { KeyName: 'made', DryRun: true }), { code: 'DryRunOperation', status: 412, message: 'Request would have succeeded, but DryRun flag is set.' });
  assert.deepEqual(await ec2('DeleteKeyPair', { KeyPairId: pair!.KeyPairId }), { Return: true, KeyPairId: pair!.KeyPairId });
  assert.deepEqual(await ec2('DeleteKeyPair', { KeyName: 'made' }), { Return: true });
  await assert.rejects(ec2('DescribeKeyPairs', { KeyPairIds: [pair!.KeyPairId!] }), { code: 'InvalidKeyPair.NotFound' });
  // Its tags went with it.
  assert.deepEqual((await ec2('DescribeTags', {})).Tags, []);
});
