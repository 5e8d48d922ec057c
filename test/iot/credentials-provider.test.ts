/** Devices are given the credentials of a role by the certificate that they show, and nobody else is: over real TLS, attacked. */
import assert from 'node:assert/strict';
import { connect as connectTcp } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { PutRolePolicyCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toPem } from '../../src/credentials/authority/issue.ts';
import { findOnPath } from '../running.ts';
import { forgeDer, named, rsaKey } from '../x509/forge.ts';
import { allowing, startDevices, trustingDevices } from './devices.ts';
import type { DeviceAnswer, Devices } from './devices.ts';

describe('credentials for devices', () => {
  let devices: Devices;
  let sensor: Awaited<ReturnType<Devices['device']>>;
  let aliasArn: string;

  before(async () => {
    devices = await startDevices();
    const { gatehouse, call, role, device } = devices;
    const roleArn = await role('sensor');
    await gatehouse.iam().send(new PutRolePolicyCommand({ RoleName: 'sensor', PolicyName: 'own-prefix', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::readings/${credentials-iot:ThingName}/*' }] }) }));
    await gatehouse.s3().send(new CreateBucketCommand({ Bucket: 'readings' }));
    const { json } = await call('POST', '/role-aliases/sensors', { roleArn, credentialDurationSeconds: 900 });
    aliasArn = json.roleAliasArn;
    await call('POST', '/policies/sensors', { policyDocument: JSON.stringify(allowing(aliasArn)) });
    sensor = await device({ thing: 'sensor-1', policy: 'sensors' });
  });
  after(() => devices.stop());

  const asThing = (name: string) => ({ headers: { 'x-amzn-iot-thingname': name } });
  function assertRefused({ status, json }: DeviceAnswer, expectedStatus: number, expected: RegExp): void {
    assert.equal(status, expectedStatus, JSON.stringify(json));
    assert.equal(json.credentials, undefined);
    assert.match(json.message ?? '', expected);
  }

  test('a device has its role for as long as the alias says, writes below its own name, and below no other\'s', async () => {
    const { gatehouse, ask } = devices;
    const { status, json, headers } = await ask('sensors', sensor, asThing('sensor-1'));
    assert.equal(status, 200, JSON.stringify(json));
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(Date.parse(json.credentials!.expiration), Math.floor(gatehouse.clock.now / 1000) * 1000 + 900_000);
    const { Arn } = await gatehouse.sts(json.credentials).send(new GetCallerIdentityCommand({}));
    assert.equal(Arn, `arn:aws:sts::${gatehouse.account}:assumed-role/sensor/${sensor.id}`);
    const put = (Key: string) => gatehouse.s3(json.credentials).send(new PutObjectCommand({ Bucket: 'readings', Key, Body: '21.5' }));
    await put('sensor-1/1');
    await assert.rejects(put('sensor-2/1'), { name: 'AccessDenied' });
    const record = JSON.stringify(gatehouse.auditRecords.findLast((one) => (one as { eventName: string }).eventName === 'AssumeRoleWithCertificate'));
    assert.ok(record.includes('sensor-1') && !record.includes(json.credentials!.secretAccessKey));
    assert.ok(!JSON.stringify(gatehouse.auditRecords).includes('PRIVATE KEY'));
  });

  test('without the name of a thing there is none in the role\'s policies', async () => {
    const { gatehouse, ask } = devices;
    const { json } = await ask('sensors', sensor);
    await assert.rejects(gatehouse.s3(json.credentials).send(new PutObjectCommand({ Bucket: 'readings', Key: 'sensor-1/1', Body: '' })), { name: 'AccessDenied' });
  });

  test('a device is the thing that it says it is only where its certificate is attached to it', async () => {
    const { ask, call, device } = devices;
    const other = await device({ thing: 'sensor-2', policy: 'sensors' });
    assertRefused(await ask('sensors', other, asThing('sensor-1')), 403, /^Access Denied$/);
    assertRefused(await ask('sensors', other, asThing('nothing')), 403, /^Access Denied$/);
    assertRefused(await ask('sensors', other, { headers: { 'x-amzn-iot-thingname': ['sensor-2', 'sensor-1'] as unknown as string } }), 400, /more than once/);
    assertRefused(await ask('sensors', other, asThing('sensor-1,sensor-2')), 403, /^Access Denied$/);
    assert.equal((await ask('sensors', other, asThing('sensor-2'))).status, 200);
    await call('DELETE', '/things/sensor-2/principals', undefined, { 'x-amzn-principal': other.arn });
    assertRefused(await ask('sensors', other, asThing('sensor-2')), 403, /^Access Denied$/);
  });

  test('the certificate\'s policies decide, by alias and by what is known of the thing, and their default versions count at once', async () => {
    const { ask, call, device, gatehouse } = devices;
    assertRefused(await ask('sensors', await device({ thing: 'bare' }), asThing('bare')), 403, /not authorized to perform: iot:AssumeRoleWithCertificate on resource: .*rolealias\/sensors/);
    const documents: readonly (readonly [object, number])[] = [
      [allowing(`arn:aws:iot:us-east-1:${gatehouse.account}:rolealias/others`), 403],
      [allowing('*', { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } }), 200],
      [allowing('*', { StringEquals: { 'iot:Connection.Thing.ThingName': 'variable' } }), 200],
      [allowing('*', { StringEquals: { 'iot:Connection.Thing.Attributes[floor]': '3' } }), 200],
      [allowing('*', { StringEquals: { 'iot:Connection.Thing.Attributes[floor]': '4' } }), 403],
      [allowing('arn:aws:iot:*:*:rolealias/${iot:Connection.Thing.ThingName}'), 403],
      [allowing('arn:aws:iot:*:*:rolealias/${iot:Connection.Thing.Attributes[alias]}'), 200],
      [allowing('*', { StringEquals: { 'iot:Certificate.Subject.CommonName': 'AWS IoT Certificate' } }), 200],
      [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }, { Effect: 'Deny', Action: 'iot:AssumeRoleWithCertificate', Resource: aliasArn }] }, 403],
      [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:*', Resource: '*' }] }, 403],
    ];
    await call('POST', '/policies/variable', { policyDocument: JSON.stringify(documents[0]![0]) });
    const variable = await device({ thing: 'variable', policy: 'variable' });
    await call('PATCH', '/things/variable', { attributePayload: { attributes: { floor: '3', alias: 'sensors' } } });
    for (const [i, [document, expected]] of documents.entries()) {
      if (i > 0) {
        const { json, status } = await call('POST', '/policies/variable/version?setAsDefault=true', { policyDocument: JSON.stringify(document) });
        assert.equal(status, 200, json.message);
        await call('DELETE', `/policies/variable/version/${Number(json.policyVersionId) - 1}`);
      }
      assert.equal((await ask('sensors', variable, asThing('variable'))).status, expected, JSON.stringify(document));
    }
  });

  test('the role must trust the service, and is asked each time', async () => {
    const { ask, call, role, gatehouse } = devices;
    const roleArn = await role('picky', trustingDevices({ ArnEquals: { 'aws:SourceArn': aliasArn } }));
    const { json } = await call('POST', '/role-aliases/picky', { roleArn });
    await call('POST', '/policies/picky', { policyDocument: JSON.stringify(allowing(json.roleAliasArn)) });
    await call('PUT', '/target-policies/picky', { target: sensor.arn });
    assertRefused(await ask('picky', sensor), 403, /credentials\.iot\.amazonaws\.com is not authorized to perform: sts:AssumeRole/);
    const trust = (PolicyDocument: object) => gatehouse.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName: 'picky', PolicyDocument: JSON.stringify(PolicyDocument) }));
    await trust(trustingDevices({ ArnEquals: { 'aws:SourceArn': json.roleAliasArn }, StringEquals: { 'aws:SourceAccount': gatehouse.account } }));
    assert.equal((await ask('picky', sensor)).status, 200);
    await trust({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] });
    assertRefused(await ask('picky', sensor), 403, /sts:AssumeRole/);
    await call('DELETE', '/role-aliases/picky');
    assertRefused(await ask('picky', sensor), 404, /picky not found/);
  });

  test('a certificate that is switched off, revoked or deleted opens nothing from the next request on', async () => {
    const { ask, call, device } = devices;
    const shown = await device({ policy: 'sensors' });
    const status = async () => (await ask('sensors', shown)).status;
    assert.equal(await status(), 200);
    await call('PUT', `/certificates/${shown.id}?newStatus=INACTIVE`);
    assert.equal(await status(), 403);
    await call('PUT', `/certificates/${shown.id}?newStatus=ACTIVE`);
    assert.equal(await status(), 200);
    await call('PUT', `/certificates/${shown.id}?newStatus=REVOKED`);
    assert.equal(await status(), 403);
    assert.equal((await call('PUT', `/certificates/${shown.id}?newStatus=ACTIVE`)).code, 'CertificateStateException');
    assert.equal((await call('DELETE', `/certificates/${shown.id}`)).code, 'DeleteConflictException');
    assert.equal((await call('DELETE', `/certificates/${shown.id}?forceDelete=true`)).status, 200);
    assertRefused(await ask('sensors', shown), 403, /^Access Denied$/);
  });

  test('on a connection that stays open the certificate counts anew with each request', async () => {
    const { call, device, port, ca } = devices;
    const shown = await device({ policy: 'sensors' });
    const socket = connectTls({ host: '127.0.0.1', port, ca, cert: shown.cert, key: shown.key });
    const answer = (): Promise<string> => new Promise((resolve, reject) => {
      socket.once('data', (bytes) => resolve(bytes.toString()));
      socket.once('error', reject);
      socket.write('GET /role-aliases/sensors/credentials HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    });
    assert.match(await answer(), /^HTTP\/1\.1 200 /);
    await call('PUT', `/certificates/${shown.id}?newStatus=REVOKED`);
    assert.match(await answer(), /^HTTP\/1\.1 403 /);
    socket.destroy();
  });

  describe('refuses', () => {
    test('who shows no certificate, one that nobody registered, one whose key it has not, or one that has expired', async () => {
      const { ask, call } = devices;
      await assert.rejects(ask('sensors', {}), /hang up|ECONNRESET|socket/i);
      const stranger = named('sensor-1');
      const strange = { cert: toPem('CERTIFICATE', forgeDer(stranger, { issuer: stranger, from: Date.now() - 1_000, to: Date.now() + 100_000 })), key: stranger.key.export({ format: 'pem', type: 'pkcs8' }) as string };
      assertRefused(await ask('sensors', strange), 403, /^Access Denied$/);
      await assert.rejects(ask('sensors', { cert: sensor.cert, key: rsaKey().export({ format: 'pem', type: 'pkcs8' }) as string }), /key values mismatch/);
      // A key of another kind is not even tried with it: then there is no certificate.
      await assert.rejects(ask('sensors', { cert: sensor.cert, key: strange.key }), /hang up|ECONNRESET|socket/i);
      const brief = named('brief');
      const registered = { cert: toPem('CERTIFICATE', forgeDer(brief, { issuer: brief, from: Date.now() - 60_000, to: Date.now() + 30_000 })), key: brief.key.export({ format: 'pem', type: 'pkcs8' }) as string };
      const { json, status } = await call('POST', '/certificate/register-no-ca', { certificatePem: registered.cert, status: 'ACTIVE' });
      assert.equal(status, 200, json.message);
      await call('PUT', '/target-policies/sensors', { target: json.certificateArn });
      assert.equal((await ask('sensors', registered)).status, 200);
      devices.gatehouse.clock.advance(60_000);
      assertRefused(await ask('sensors', registered), 403, /has expired/);
    });

    test('TLS before 1.2, plain HTTP, and a certificate\'s request for anything else', async () => {
      const { ask, port, ca } = devices;
      await assert.rejects(ask('sensors', sensor, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }), /protocol|handshake|alert|EPROTO/i);
      const plain = await new Promise<string>((resolve) => {
        const socket = connectTcp(port, '127.0.0.1', () => socket.write('GET /role-aliases/sensors/credentials HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'));
        let text = '';
        socket.on('data', (bytes) => { text += bytes.toString(); });
        socket.on('error', () => {});
        socket.on('close', () => resolve(text));
      });
      assert.ok(!plain.includes('HTTP/1.1 200'), plain);
      assertRefused(await ask('sensors', sensor, { path: '/role-aliases/sensors/credentials/' }), 404, /nothing here/);
      assertRefused(await ask('sensors', sensor, { path: '/role-aliases/%2e%2e/credentials' }), 400, /not valid/);
      assertRefused(await ask('sensors', sensor, { path: '/role-aliases/%zz/credentials' }), 400, /not valid/);
      assertRefused(await ask('sensors', sensor, { path: '/role-aliases/sensors/credentials?alias=others' }), 404, /nothing here/);
      assertRefused(await ask('sensors', sensor, { method: 'POST' }), 405, /GET/);
      assertRefused(await ask('sensors', sensor, { path: '/' }), 404, /nothing here/);
      assert.ok(ca.includes('CERTIFICATE'));
    });

    test('another Host, and what is no SNI of ours changes nothing', async () => {
      const { ask } = devices;
      assertRefused(await ask('sensors', sensor, { headers: { host: 'evil.example' }, servername: 'localhost' }), 421, /not known to lead here/);
      assert.equal((await ask('sensors', sensor, { servername: 'localhost' })).status, 200);
      // A name in the handshake chooses nothing: neither another certificate nor another account.
      assert.equal((await ask('sensors', sensor, { servername: 'other.credentials.iot.eu-west-1.amazonaws.com', checkServerIdentity: () => undefined })).status, 200);
    });

    test('headers that speak of certificates or accounts: only the handshake proves one', async () => {
      const { ask } = devices;
      const stranger = named('x');
      const strange = { cert: toPem('CERTIFICATE', forgeDer(stranger, { issuer: stranger, from: Date.now() - 1_000, to: Date.now() + 100_000 })), key: stranger.key.export({ format: 'pem', type: 'pkcs8' }) as string };
      const headers = { 'x-amzn-iot-principal': sensor.arn, 'x-amzn-principal': sensor.arn, 'x-amzn-mtls-clientcert': encodeURIComponent(sensor.cert), 'x-ssl-client-cert': encodeURIComponent(sensor.cert), 'x-forwarded-client-cert': `Hash=${sensor.id}`, 'x-amz-x509': Buffer.from(sensor.cert).toString('base64') };
      assertRefused(await ask('sensors', strange, { headers }), 403, /^Access Denied$/);
    });

    test('a flood of heads, and what is no HTTP', async () => {
      const { port, ca } = devices;
      const send = (text: string): Promise<string> => new Promise((resolve) => {
        const socket = connectTls({ host: '127.0.0.1', port, ca, cert: sensor.cert, key: sensor.key }, () => socket.write(text));
        let answer = '';
        socket.on('data', (bytes) => { answer += bytes.toString(); });
        socket.on('error', () => {});
        socket.on('close', () => resolve(answer));
      });
      assert.equal(await send(`GET /role-aliases/sensors/credentials HTTP/1.1\r\nHost: 127.0.0.1\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`), '');
      assert.equal(await send('NOTHING\r\n\r\n'), '');
      assert.equal(await send('CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'), '');
    });
  });

  test('a certificate of another account is that account\'s device, and sees none of this one\'s aliases', async () => {
    const { gatehouse, call, ask } = devices;
    const theirs = await gatehouse.newAccount('444455556666');
    const { json } = await call('POST', '/keys-and-certificate?setAsActive=true', undefined, undefined, theirs);
    await call('POST', '/policies/all', { policyDocument: JSON.stringify(allowing('*')) }, undefined, theirs);
    await call('PUT', '/target-policies/all', { target: json.certificateArn }, undefined, theirs);
    assertRefused(await ask('sensors', { cert: json.certificatePem, key: json.keyPair.PrivateKey }), 404, /sensors not found/);
    // What is registered there cannot be registered here, by whomever.
    assert.equal((await call('POST', '/certificate/register-no-ca', { certificatePem: json.certificatePem, status: 'ACTIVE' })).code, 'ResourceAlreadyExistsException');
  });

  test('curl with a certificate is given the same', { skip: findOnPath('curl') === undefined && 'CURL IS NOT ON THE PATH: the listener for devices was not tried with it.' }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-curl-'));
    for (const [name, text] of Object.entries({ 'ca.pem': devices.ca, 'cert.pem': sensor.cert, 'key.pem': sensor.key })) writeFileSync(join(folder, name), text);
    const { stdout } = await promisify(execFile)('curl', ['--silent', '--show-error', '--fail', '--cacert', 'ca.pem', '--cert', 'cert.pem', '--key', 'key.pem', '-H', 'x-amzn-iot-thingname: sensor-1', `https://127.0.0.1:${devices.port}/role-aliases/sensors/credentials`], { cwd: folder, encoding: 'utf8' });
    assert.match((JSON.parse(stdout) as { credentials: { accessKeyId: string } }).credentials.accessKeyId, /^ASIA/);
    rmSync(folder, { recursive: true });
  });

  test('a certificate of a weak key or hash, or an authority\'s, cannot be registered', async () => {
    const times = { from: Date.now() - 1_000, to: Date.now() + 100_000 };
    const register = async (der: Uint8Array) => (await devices.call('POST', '/certificate/register-no-ca', { certificatePem: toPem('CERTIFICATE', der) }));
    for (const der of [forgeDer(named('x', rsaKey(1024)), { issuer: named('y'), ...times }), forgeDer(named('x'), { issuer: named('y'), ...times, weak: { hash: 'sha1', id: '1.2.840.10045.4.1' } }), forgeDer(named('x'), { issuer: named('y'), ...times, isAuthority: true }), forgeDer(named('x'), { issuer: named('y'), from: 0, to: 1 })]) {
      const { code, message } = await register(der);
      assert.equal(code, 'CertificateValidationException', message);
    }
  });
});
