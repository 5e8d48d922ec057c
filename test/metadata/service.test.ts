/** The metadata service says what AWS's says, to whoever proves to be inside. Source: "Use IMDSv2", "Retrieve instance metadata" (EC2 User Guide). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findOnPath } from '../running.ts';
import { datedVersions } from '../../src/doors/metadata/answer.ts';
import { metadataOptions, startMachines } from './test-instance.ts';
import type { AskMetadata, TestMachines } from './test-instance.ts';

describe('instance metadata', () => {
  let machines: TestMachines;
  let id: string;
  let endpoint: AskMetadata;

  before(async () => {
    machines = await startMachines();
    id = await machines.instance({ KeyPair: { KeyName: 'mine', PublicKey: 'ssh-ed25519 AAAAC3Nz comment' } });
    endpoint = machines.endpoint(id);
  });

  after(() => machines.gatehouse.stop());

  const status = async (asked: Promise<{ readonly status: number }>): Promise<number> => (await asked).status;
  const put = (target: string, headers: Record<string, string>) => endpoint.ask(target, { method: 'PUT', headers });
  const ttl = (value: string): Record<string, string> => ({ 'x-aws-ec2-metadata-token-ttl-seconds': value });

  test('a PUT with a time to live of 1 to 21,600 seconds is answered a token of 56 characters, and the time again', async () => {
    for (const seconds of ['1', '21600']) {
      const answer = await put('/latest/api/token', ttl(seconds));
      assert.deepEqual([answer.status, answer.headers['X-Aws-Ec2-Metadata-Token-Ttl-Seconds'], String(answer.body).length], [200, seconds, 56]);
    }
    for (const seconds of ['0', '21601', '-1', '1.5', '1e3', ' 5', '', '999999999999']) assert.equal(await status(put('/latest/api/token', ttl(seconds))), 400, seconds);
    assert.equal(await status(put('/latest/api/token', {})), 400);
  });

  test('without a token nothing is told where tokens are required; where they are optional everything is, but never to a wrong one', async () => {
    const optional = machines.endpoint(await machines.instance(metadataOptions({ HttpTokens: 'optional' })));
    assert.equal(await status(endpoint.ask('/latest/meta-data/instance-id')), 401);
    assert.equal(await status(optional.ask('/latest/meta-data/instance-id')), 200);
    for (const one of [endpoint, optional]) assert.equal(await status(one.ask('/latest/meta-data/instance-id', { headers: { 'x-aws-ec2-metadata-token': 'A'.repeat(56) } })), 401);
  });

  test('answers to a token say how long it still holds', async () => {
    const token = await endpoint.token(60);
    machines.gatehouse.clock.advance(10_000);
    const { headers } = await endpoint.ask('/latest/meta-data/', { headers: { 'x-aws-ec2-metadata-token': token } });
    assert.equal(headers['X-Aws-Ec2-Metadata-Token-Ttl-Seconds'], '50');
  });

  test('a dated version, a token path of one, a missing path and other methods are answered as on AWS', async () => {
    assert.equal(await endpoint.text('/'), [...datedVersions, 'latest'].join('\n'));
    for (const version of ['latest', '2021-03-23', '1.0']) assert.equal(await endpoint.text(`/${version}/meta-data/instance-id`), id);
    assert.equal(await status(endpoint.get('/2020-02-30/meta-data/instance-id')), 404);
    assert.equal(await status(put('/2021-03-23/api/token', ttl('60'))), 403);
    assert.equal(await status(endpoint.get('/latest/meta-data/iam/info')), 404);
    assert.equal(await status(endpoint.get('/latest/meta-data/public-ipv4')), 404);
    assert.equal(await status(endpoint.get('/latest/user-data')), 404);
    for (const method of ['POST', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH']) assert.equal(await status(endpoint.get('/latest/meta-data/', method)), 405, method);
    assert.equal(await status(endpoint.get('/latest/meta-data/instance-id', 'HEAD')), 200);
  });

  test('where the endpoint is disabled nothing is answered but 403, and at once', async () => {
    const other = await machines.instance();
    const off = machines.endpoint(other);
    const token = await off.token();
    await machines.change(other, metadataOptions({ HttpEndpoint: 'disabled' }));
    assert.equal(await status(off.ask('/latest/meta-data/', { headers: { 'x-aws-ec2-metadata-token': token } })), 403);
    assert.equal(await status(off.ask('/latest/api/token', { method: 'PUT', headers: ttl('60') })), 403);
  });

  test('a directory lists what is in it, one a line, directories with a slash', async () => {
    assert.equal(await endpoint.text('/latest/'), 'dynamic\nmeta-data');
    assert.equal(await endpoint.text('/latest/meta-data'), [
      'ami-id', 'ami-launch-index', 'ami-manifest-path', 'block-device-mapping/', 'hostname', 'instance-action', 'instance-id', 'instance-life-cycle', 'instance-type', 'local-hostname', 'local-ipv4', 'mac', 'network/', 'placement/', 'public-keys/',
      'reservation-id', 'security-groups', 'services/',
    ].join('\n'));
    assert.equal(await endpoint.text('/latest/meta-data/public-keys/'), '0=mine');
    assert.equal(await endpoint.text('/latest/meta-data/public-keys/0/openssh-key'), 'ssh-ed25519 AAAAC3Nz mine');
    assert.equal(await endpoint.text('/latest/meta-data/placement/'), 'availability-zone\navailability-zone-id\nregion');
  });

  test('every name that a directory lists can be asked for, down to the last', async () => {
    const other = await machines.instance({ ...metadataOptions({ InstanceMetadataTags: 'enabled' }), PublicIpAddress: '127.0.0.9', KeyPair: { KeyName: 'k', PublicKey: 'ssh-rsa AAAA' }, InstanceId: 'i-0aaaaaaaaaaaaaaaa', UserData: machines.sealUserData('i-0aaaaaaaaaaaaaaaa', '#!/bin/sh\n') });
    await machines.write((draft) => draft.ec2Tags.insert({ Region: 'eu-west-1', ResourceId: other, ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'web' }] }));
    const all = machines.endpoint(other);
    let values = 0;
    const walk = async (path: string): Promise<void> => {
      for (const line of (await all.text(path)).split('\n')) {
        const name = /^\d+=/.test(line) ? `${line.split('=', 1)[0]}/` : path === '/latest/' && line !== 'user-data' ? `${line}/` : line;
        if (name.endsWith('/')) await walk(path + name);
        else {
          await all.text(path + name);
          values++;
        }
      }
    };
    await walk('/latest/');
    assert.ok(values > 40, String(values));
    assert.equal(await all.text('/latest/user-data'), '#!/bin/sh\n');
  });

  test('tags are told only where the instance says so', async () => {
    const other = await machines.instance();
    await machines.write((draft) => draft.ec2Tags.insert({ Region: 'eu-west-1', ResourceId: other, ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'blue' }] }));
    const tagged = machines.endpoint(other);
    assert.equal(await status(tagged.get('/latest/meta-data/tags/instance/team')), 404);
    await machines.change(other, metadataOptions({ InstanceMetadataTags: 'enabled' }));
    assert.deepEqual([await tagged.text('/latest/meta-data/tags/instance/'), await tagged.text('/latest/meta-data/tags/instance/team')], ['team', 'blue']);
  });

  test('the identity document is signed by a key whose certificate anyone can fetch', async () => {
    const document = await endpoint.text('/latest/dynamic/instance-identity/document');
    assert.deepEqual(JSON.parse(document), {
      accountId: '111122223333', architecture: 'x86_64', availabilityZone: 'eu-west-1a', billingProducts: null, devpayProductCodes: null, marketplaceProductCodes: null, imageId: 'ami-01234567890123456', instanceId: id, instanceType: 't3.micro', kernelId: null,
      pendingTime: '2026-11-23T09:00:00Z', privateIp: '172.31.0.4', ramdiskId: null, region: 'eu-west-1', version: '2017-09-30',
    });
    const published = await machines.gatehouse.send({ method: 'GET', target: '/_gatehouse/instance-identity/certificate.pem' });
    const { publicKey } = new X509Certificate(published.body as string);
    const signature = Buffer.from(await endpoint.text('/latest/dynamic/instance-identity/signature'), 'base64');
    assert.equal(verify('sha256', Buffer.from(document), publicKey, signature), true);
    assert.equal(verify('sha256', Buffer.from(document.replace(id, 'i-0fffffffffffffff')), publicKey, signature), false);
  });

  const openssl = findOnPath('openssl');

  test('OpenSSL verifies the PKCS #7 as AWS says to, and finds the document in it', { skip: openssl === undefined && 'OPENSSL IS NOT ON THE MACHINE: PKCS #7 was not verified by it' }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-identity-'));
    try {
      const { body } = await machines.gatehouse.send({ method: 'GET', target: '/_gatehouse/instance-identity/certificate.pem' });
      writeFileSync(join(folder, 'certificate.pem'), body as string);
      for (const name of ['pkcs7', 'rsa2048']) {
        writeFileSync(join(folder, name), `-----BEGIN PKCS7-----\n${await endpoint.text(`/latest/dynamic/instance-identity/${name}`)}\n-----END PKCS7-----\n`);
        const found = execFileSync(openssl!, ['smime', '-verify', '-in', name, '-inform', 'PEM', '-certfile', 'certificate.pem', '-noverify'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
        assert.equal(found, await endpoint.text('/latest/dynamic/instance-identity/document'));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
