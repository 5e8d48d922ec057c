/** CreateSession: whoever holds the key of a certificate is given the roles that anchors, profiles and trust policies let it have, and nobody else is. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { children, encodeSequence, encodeUnsigned, integerBytes, readDer } from '../../src/base/der.ts';
import { issueRevocationList, toPem } from '../../src/credentials/authority/issue.ts';
import { alternativeNames, directoryName, dnsName, ecKey, forgeDer, named, rsaKey, serialBytes, signatureBit, uriName } from '../x509/forge.ts';
import type { Holder } from '../x509/forge.ts';
import { assertDenied, credentialsOf, idOf, startAnywhere, trusting } from './anywhere.ts';
import type { Anywhere } from './anywhere.ts';
import { signRequest } from '../sign-request.ts';

/** The order of P-256. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

describe('sessions by certificate', () => {
  let anywhere: Anywhere;
  let serial = 5_000;
  before(async () => { anywhere = await startAnywhere(); });
  after(() => anywhere.gatehouse.stop());

  /** A device of the authority's. */
  const device = (holder: Holder, options: Partial<Parameters<typeof forgeDer>[1]> = {}) => ({ key: holder.key, certificate: forgeDer(holder, { issuer: anywhere.authority, serial: ++serial, ...options }) });

  test('a device is given a session of the role, named by its serial number, with what its certificate says as tags', async () => {
    const { gatehouse, roleArn } = anywhere;
    const answer = await anywhere.session();
    const [{ assumedRoleUser, sourceIdentity, credentials, roleArn: answered, packedPolicySize }] = answer.json.credentialSet;
    const key = credentialsOf(answer);
    const { Arn, Account } = await gatehouse.sts(key).send(new GetCallerIdentityCommand({}));
    assert.match(Arn!, /^arn:aws:sts::\d{12}:assumed-role\/device\/[0-9a-f]{2,40}$/);
    assert.deepEqual([Arn, Account, sourceIdentity, answered], [assumedRoleUser.arn, gatehouse.account, 'device-1', roleArn]);
    assert.ok(packedPolicySize > 0);
    assert.equal(Date.parse(credentials.expiration), Math.floor(gatehouse.clock.now / 1000) * 1000 + 3_600_000);
    // The role's policy asks for the tag that the subject's common name makes.
    await gatehouse.s3(key).send(new ListBucketsCommand({}));
    const { json } = await anywhere.call('GET', `/subject/${idOf(answer.json.subjectArn)}`);
    assert.deepEqual([json.subject.x509Subject, json.subject.credentials.length, json.subject.credentials[0].issuer], ['CN=device-1', 1, 'CN=Authority']);
    assert.ok(Date.parse(json.subject.lastSeenAt) > 0);
    const record = gatehouse.auditRecords.findLast((one) => (one as { eventName: string }).eventName === 'CreateSession') as { userIdentity: { certificate: { subject: string } }; responseElements: object };
    assert.equal(record.userIdentity.certificate.subject, 'CN=device-1');
    assert.ok(!JSON.stringify(gatehouse.auditRecords).includes(key.secretAccessKey) && !JSON.stringify(gatehouse.auditRecords).includes(key.sessionToken!));
  });

  test('a known device writes nothing when it comes again', async () => {
    const { gatehouse } = anywhere;
    await anywhere.session();
    const { revision } = gatehouse.plane.store.loaded(gatehouse.account)!;
    credentialsOf(await anywhere.session());
    assert.equal(gatehouse.plane.store.loaded(gatehouse.account)!.revision, revision);
  });

  test('RSA keys sign as well, and certificates come with those between them and the anchor', async () => {
    const { authority } = anywhere;
    credentialsOf(await anywhere.session(device(named('device-1', rsaKey()))));
    const between = named('Between');
    const chain = [forgeDer(between, { issuer: authority, isAuthority: true, serial: ++serial })];
    const below = device(named('device-1'), { issuer: between });
    credentialsOf(await anywhere.session({ ...below, chain }));
    assertDenied(await anywhere.session(below), /no chain leads to an anchor/);
  });

  test('the ARNs stand in the query or in the body, and say one thing', async () => {
    const { roleArn, profileArn, anchorArn: trustAnchorArn } = anywhere;
    credentialsOf(await anywhere.session({ query: {}, body: { roleArn, profileArn, trustAnchorArn, durationSeconds: 900 } }));
    for (const body of [{}, { roleArn, profileArn }, { roleArn: 'x', profileArn, trustAnchorArn }, { roleArn, profileArn: trustAnchorArn, trustAnchorArn }]) {
      const { status, code } = await anywhere.session({ query: {}, body });
      assert.deepEqual([status, code], [400, 'ValidationException']);
    }
    const twice = await anywhere.session({ body: { roleArn: `${roleArn}2` } });
    assert.deepEqual([twice.status, twice.code], [400, 'ValidationException']);
  });

  test('the session lasts as long as the shortest of request, profile and role allow', async () => {
    const { gatehouse, newRole, newProfile, anchorArn: trustAnchorArn } = anywhere;
    const roleArn = await newRole('long', trusting(), { MaxSessionDuration: 7_200 });
    const lasts = async (profileArn: string, body: object): Promise<number> => {
      const { json } = await anywhere.session({ query: { roleArn, profileArn, trustAnchorArn }, body });
      return (Date.parse(json.credentialSet[0].credentials.expiration) - gatehouse.clock.now) / 1000;
    };
    const profile = await newProfile({ roleArns: [roleArn], durationSeconds: 5_000 });
    assert.deepEqual([await lasts(profile, {}), await lasts(profile, { durationSeconds: 900 }), await lasts(profile, { durationSeconds: 6_000 })], [5_000, 900, 5_000]);
    assert.equal(await lasts(await newProfile({ roleArns: [roleArn], durationSeconds: 43_200 }), { durationSeconds: 43_200 }), 7_200);
    assert.equal((await anywhere.session({ body: { durationSeconds: 899 } })).code, 'ValidationException');
  });

  test('a session\'s name is chosen only where the profile says so', async () => {
    const { newProfile, roleArn, anchorArn: trustAnchorArn } = anywhere;
    assertDenied(await anywhere.session({ body: { roleSessionName: 'mine' } }), /Not authorized to set roleSessionName/);
    const profileArn = await newProfile({ roleArns: [roleArn], acceptRoleSessionName: true });
    const { json } = await anywhere.session({ query: { roleArn, profileArn, trustAnchorArn }, body: { roleSessionName: 'mine' } });
    assert.match(json.credentialSet[0].assumedRoleUser.arn, /device\/mine$/);
  });

  test('a session policy of the profile narrows what the session may do; required properties are asked for', async () => {
    const { gatehouse, newProfile, roleArn, anchorArn: trustAnchorArn } = anywhere;
    const narrow = await newProfile({ roleArns: [roleArn], sessionPolicy: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' }] }) });
    const key = credentialsOf(await anywhere.session({ query: { roleArn, profileArn: narrow, trustAnchorArn } }));
    await assert.rejects(gatehouse.s3(key).send(new ListBucketsCommand({})), { name: 'AccessDenied' });
    const managed = await newProfile({ roleArns: [roleArn], managedPolicyArns: ['arn:aws:iam::aws:policy/IAMReadOnlyAccess'] });
    await assert.rejects(gatehouse.s3(credentialsOf(await anywhere.session({ query: { roleArn, profileArn: managed, trustAnchorArn } }))).send(new ListBucketsCommand({})), { name: 'AccessDenied' });
    const asking = await newProfile({ roleArns: [roleArn], requireInstanceProperties: true });
    assert.equal((await anywhere.session({ query: { roleArn, profileArn: asking, trustAnchorArn } })).code, 'ValidationException');
    const { json } = await anywhere.session({ query: { roleArn, profileArn: asking, trustAnchorArn }, body: { instanceProperties: { hostname: 'rack-4' } } });
    const subject = await anywhere.call('GET', `/subject/${idOf(json.subjectArn)}`);
    assert.deepEqual(subject.json.subject.instanceProperties[0].properties, { hostname: 'rack-4' });
  });

  test('the trust policy decides: by tags of subject and issuer, by the anchor, and for each of three actions', async () => {
    const { gatehouse, newRole, newProfile, anchorArn: trustAnchorArn } = anywhere;
    const roleArn = await newRole('picky', trusting());
    const profileArn = await newProfile({ roleArns: [roleArn] });
    const asked = async (policy: string, options = {}) => {
      await gatehouse.iam().send(new UpdateAssumeRolePolicyCommand({ RoleName: 'picky', PolicyDocument: policy }));
      return anywhere.session({ query: { roleArn, profileArn, trustAnchorArn }, ...options });
    };
    for (const condition of [
      { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'device-1', 'aws:PrincipalTag/x509Issuer/CN': 'Authority' } },
      { StringEquals: { 'aws:RequestTag/x509Subject/CN': 'device-1' } },
      { ArnEquals: { 'aws:SourceArn': trustAnchorArn }, StringEquals: { 'aws:SourceAccount': gatehouse.account } },
      { StringEquals: { 'sts:SourceIdentity': 'device-1' } },
    ]) credentialsOf(await asked(trusting(condition)));
    for (const condition of [
      { StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'device-2' } }, { StringEquals: { 'aws:PrincipalTag/x509Subject/OU': 'device-1' } },
      { ArnEquals: { 'aws:SourceArn': `${trustAnchorArn.slice(0, -1)}x` } }, { StringEquals: { 'sts:SourceIdentity': 'device-2' } },
    ]) assertDenied(await asked(trusting(condition)), /not authorized to perform: sts:AssumeRole/);
    assertDenied(await asked(trusting(undefined, ['sts:AssumeRole', 'sts:TagSession'])), /sts:SetSourceIdentity/);
    assertDenied(await asked(trusting(undefined, ['sts:AssumeRole', 'sts:SetSourceIdentity'])), /sts:TagSession/);
    assertDenied(await asked(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:*' }] })), /sts:AssumeRole/);
    assertDenied(await asked(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:*' }, { Effect: 'Deny', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: 'sts:*' }] })), /sts:AssumeRole/);
  });

  test('what a profile maps becomes tags, and nothing else', async () => {
    const { newRole, newProfile, call, anchorArn: trustAnchorArn } = anywhere;
    const roleArn = await newRole('mapped', trusting({ StringEquals: { 'aws:PrincipalTag/x509SAN/URI': 'spiffe://example/a' }, Null: { 'aws:PrincipalTag/x509SAN/DNS': 'true', 'aws:PrincipalTag/x509Subject/CN': 'true' } }));
    const profileArn = await newProfile({ roleArns: [roleArn] });
    const shown = { ...device(named('device-1'), { extensions: [alternativeNames(dnsName('a.example'), uriName('spiffe://example/a'))] }), query: { roleArn, profileArn, trustAnchorArn } };
    assertDenied(await anywhere.session(shown), /sts:AssumeRole/);
    const mappings = `/profiles/${idOf(profileArn)}/mappings`;
    assert.equal((await call('PUT', mappings, { certificateField: 'x509SAN', mappingRules: [{ specifier: 'URI' }] })).status, 200);
    const { json } = await call('DELETE', `${mappings}?certificateField=x509Subject`);
    assert.deepEqual(json.profile.attributeMappings.map(({ certificateField }: { certificateField: string }) => certificateField).sort(), ['x509Issuer', 'x509SAN']);
    credentialsOf(await anywhere.session(shown));
  });

  describe('refuses', () => {
    test('what is disabled, gone, or not in the profile, at the next request', async () => {
      const { newAnchor, newProfile, authority, roleArn, call, newRole } = anywhere;
      const trustAnchorArn = await newAnchor(authority);
      const profileArn = await newProfile({ roleArns: [roleArn] });
      const query = { roleArn, profileArn, trustAnchorArn };
      credentialsOf(await anywhere.session({ query }));
      await call('POST', `/trustanchor/${idOf(trustAnchorArn)}/disable`);
      assertDenied(await anywhere.session({ query }), /trust anchor is not there, or disabled/);
      await call('POST', `/trustanchor/${idOf(trustAnchorArn)}/enable`);
      await call('POST', `/profile/${idOf(profileArn)}/disable`);
      assertDenied(await anywhere.session({ query }), /profile is not there, or disabled/);
      await call('POST', `/profile/${idOf(profileArn)}/enable`);
      const other = await newRole('other', trusting());
      assertDenied(await anywhere.session({ query: { ...query, roleArn: other } }), /role is not in the profile/);
      await call('PATCH', `/profile/${idOf(profileArn)}`, { roleArns: [other] });
      assertDenied(await anywhere.session({ query }), /role is not in the profile/);
      await call('DELETE', `/profile/${idOf(profileArn)}`);
      assertDenied(await anywhere.session({ query }), /profile is not there/);
      await call('DELETE', `/trustanchor/${idOf(trustAnchorArn)}`);
      assertDenied(await anywhere.session({ query }), /trust anchor is not there/);
    });

    test('a request that was altered: its query, its body, its chain, its date', async () => {
      const { roleArn, newRole, newProfile, anchorArn: trustAnchorArn } = anywhere;
      const richer = await newRole('richer', trusting());
      const profileArn = await newProfile({ roleArns: [roleArn, richer] });
      const fresh = () => { anywhere.gatehouse.clock.advance(1_000); return anywhere.request({ query: { roleArn, profileArn, trustAnchorArn }, body: { durationSeconds: 900 } }); };
      const good = fresh();
      assertDenied(await anywhere.send({ ...good, target: good.target.replace(encodeURIComponent(roleArn), encodeURIComponent(richer)) }), /^Invalid signature$/);
      const second = fresh();
      assertDenied(await anywhere.send({ ...second, body: '{"durationSeconds":3600}' }), /^Invalid signature$/);
      const third = fresh();
      assertDenied(await anywhere.send({ ...third, headers: third.headers.map(([name, value]) => (name === 'content-type' ? [name, 'text/plain'] as const : [name, value] as const)) }), /^Invalid signature$/);
      const fourth = fresh();
      assertDenied(await anywhere.send({ ...fourth, headers: [...fourth.headers, ['x-amz-x509-chain', Buffer.from(forgeDer(anywhere.authority, { issuer: anywhere.authority, isAuthority: true })).toString('base64')]] }), /x-amz-x509-chain' must be a 'SignedHeader'/);
      const fifth = fresh();
      assertDenied(await anywhere.send({ ...fifth, headers: [...fifth.headers, fifth.headers.find(([name]) => name === 'x-amz-x509')!] }), /signature|Base64/i);
      assertDenied(await anywhere.session({ unsigned: ['x-amz-x509'] }), /must be a 'SignedHeader'/);
      assertDenied(await anywhere.session({ unsigned: ['host'] }), /must be a 'SignedHeader'/);
    });

    test('a request that was made before, too long ago, or in the future', async () => {
      const { gatehouse } = anywhere;
      gatehouse.clock.advance(1_000);
      const good = anywhere.request();
      credentialsOf(await anywhere.send(good));
      assertDenied(await anywhere.send(good), /made before/);
      gatehouse.clock.advance(899_000);
      assertDenied(await anywhere.send(good), /made before/);
      gatehouse.clock.advance(2_000);
      assertDenied(await anywhere.send(good), /Signature expired/);
      assertDenied(await anywhere.session({ at: gatehouse.clock.now + 1_000_000 }), /not yet current/);
    });

    test('a request of RSA that is made again from elsewhere, or later; its twin of the same moment and host is let be', async () => {
      const { gatehouse } = anywhere;
      const shown = device(named('device-1', rsaKey()));
      gatehouse.clock.advance(1_000);
      const good = anywhere.request(shown);
      for (let i = 0; i < 3; i++) credentialsOf(await anywhere.send(good));
      assertDenied(await anywhere.send({ ...good, remoteAddress: '192.0.2.1' }), /made before/);
      // Once it was seen elsewhere, it is nobody's.
      assertDenied(await anywhere.send(good), /made before/);
      gatehouse.clock.advance(1_000);
      const many = anywhere.request(shown);
      for (let i = 0; i < 16; i++) credentialsOf(await anywhere.send(many));
      assertDenied(await anywhere.send(many), /made before/);
      gatehouse.clock.advance(1_000);
      const later = anywhere.request(shown);
      credentialsOf(await anywhere.send(later));
      gatehouse.clock.advance(6_000);
      assertDenied(await anywhere.send(later), /made before/);
    });

    test('a second signature that was made of a first without the key, or written in another way', async () => {
      anywhere.gatehouse.clock.advance(1_000);
      const good = anywhere.request();
      const { 1: authorization } = good.headers.at(-1)!;
      const der = Buffer.from(/Signature=(\w+)/.exec(authorization)![1]!, 'hex');
      const [r, s] = children(readDer(der)).map((value) => BigInt(`0x${Buffer.from(integerBytes(value)).toString('hex')}`)) as [bigint, bigint];
      const bytes = (number: bigint): Uint8Array => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');
      const resigned = (signature: Uint8Array) => ({ ...good, headers: [...good.headers.slice(0, -1), ['Authorization', authorization.replace(/Signature=\w+/, `Signature=${Buffer.from(signature).toString('hex')}`)] as const] });
      credentialsOf(await anywhere.send(good));
      assertDenied(await anywhere.send(resigned(encodeSequence(encodeUnsigned(bytes(r)), encodeUnsigned(bytes(order - s))))), /made before/);
      assertDenied(await anywhere.send(resigned(Buffer.concat([der, Buffer.of(0)]))), /Invalid signature/);
      assertDenied(await anywhere.send(resigned(der.subarray(0, 10))), /Invalid signature/);
    });

    test('another key, another serial number, another algorithm, another service or region, and no signature at all', async () => {
      const { gatehouse, certificate } = anywhere;
      assertDenied(await anywhere.session({ key: ecKey() }), /^Invalid signature$/);
      assertDenied(await anywhere.session({ key: rsaKey() }), /^Invalid signature$/);
      assertDenied(await anywhere.session({ algorithm: 'AWS4-X509-RSA-SHA256' }), /^Invalid signature$/);
      assertDenied(await anywhere.session({ serial: '12345' }), /security token included in the request is invalid/);
      assertDenied(await anywhere.session({ region: 'eu-west-1' }), /another region/);
      assert.equal((await anywhere.session({ service: 'sts' })).status, 403);
      assert.equal((await anywhere.session({ algorithm: 'AWS4-X509-MLDSA' })).status, 403);
      assertDenied(await anywhere.session({ headers: { 'x-amz-x509': 'AAAA' } }), /holds no X\.509 certificate/);
      assertDenied(await anywhere.session({ headers: { 'x-amz-x509': `${Buffer.from(certificate).toString('base64')}AAAA` } }), /holds no X\.509 certificate/);
      const target = anywhere.request().target;
      const unsigned = await gatehouse.send({ target, headers: [['Host', 'rolesanywhere.us-east-1.amazonaws.com']], body: '{}' });
      assert.equal(unsigned.status, 403);
      // The administrator's own key opens no session by certificate.
      const { rawHeaders, target: signedTarget, body } = signRequest({ ...gatehouse.admin, sessionToken: undefined as never, at: gatehouse.clock.now, service: 'rolesanywhere', region: 'us-east-1', target, body: '{}', headers: { 'X-Amz-X509': Buffer.from(certificate).toString('base64') } });
      const byKey = await gatehouse.send({ target: signedTarget, headers: rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1]!] as const] : [])), body });
      assert.equal(byKey.status, 403);
      assert.match(String(byKey.body), /Unsupported AWS 'algorithm'/);
    });

    test('a certificate\'s key for anything but a session', async () => {
      const { gatehouse, device: { key }, certificate } = anywhere;
      const { status, message } = await anywhere.session({ target: '/trustanchors', query: {}, body: { name: 'x' } });
      assert.equal(status, 403);
      assert.match(message, /Unsupported AWS 'algorithm'/);
      for (const [service, query] of Object.entries<Record<string, string>>({ iam: { Action: 'ListUsers', Version: '2010-05-08' }, sts: { Action: 'GetCallerIdentity', Version: '2011-06-15' }, s3: {} })) {
        const request = { ...anywhere.request({ key, certificate, service, target: '/', query, headers: { host: `${service}.amazonaws.com` } }), method: 'GET' };
        const answer = await gatehouse.send(request);
        assert.ok(answer.status >= 400 && answer.status < 404, `${service}: ${answer.status} ${String(answer.body)}`);
        assert.match(String(answer.body), /algorithm|not supported/i, service);
      }
    });

    test('certificates that nobody vouches for: self-made, of another authority of the same name, expired, early, for another use, of a weak key or hash', async () => {
      const { authority, gatehouse: { clock } } = anywhere;
      const holder = named('device-1');
      assertDenied(await anywhere.session({ key: holder.key, certificate: forgeDer(holder, { issuer: holder }) }), /Untrusted signing certificate/);
      const impostor = named('Authority');
      assertDenied(await anywhere.session(device(holder, { issuer: impostor })), /Untrusted signing certificate/);
      assertDenied(await anywhere.session({ ...device(holder, { issuer: impostor }), chain: [forgeDer(impostor, { issuer: impostor, isAuthority: true })] }), /Untrusted signing certificate/);
      assertDenied(await anywhere.session(device(holder, { to: clock.now - 1_000 })), /has expired/);
      assertDenied(await anywhere.session(device(holder, { from: clock.now + 60_000 })), /not valid yet/);
      assertDenied(await anywhere.session(device(holder, { keyUsage: 0x20 })), /may not be used for this/);
      assertDenied(await anywhere.session(device(holder, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })), /may not be used for this/);
      assertDenied(await anywhere.session(device(holder, { isAuthority: true, keyUsage: signatureBit })), /authority/);
      // Of a key that would not be taken the signature is not even tried.
      assertDenied(await anywhere.session(device(named('device-1', rsaKey(1024)))), /^Invalid signature$/);
      assertDenied(await anywhere.session(device(named('device-1', ecKey('secp256k1')))), /^Invalid signature$/);
      assertDenied(await anywhere.session(device(holder, { weak: { hash: 'sha1', id: '1.2.840.10045.4.1' } })), /too weak/);
      // The anchor itself is an authority, and no device.
      assertDenied(await anywhere.session({ key: authority.key, certificate: forgeDer(authority, { issuer: authority, isAuthority: true }) }), /authority's/);
    });

    test('chains that are too long, or go round in circles', async () => {
      const { authority } = anywhere;
      const between = Array.from({ length: 6 }, (_, i) => named(`Between ${i}`));
      const chain = between.map((holder, i) => forgeDer(holder, { issuer: i === 0 ? authority : between[i - 1]!, isAuthority: true }));
      assertDenied(await anywhere.session({ ...device(named('device-1'), { issuer: between[5]! }), chain }), /more than 5/);
      assertDenied(await anywhere.session({ ...device(named('device-1'), { issuer: between[4]! }), chain: chain.slice(0, 5) }), /chain is too long/);
      const [a, b] = [named('A'), named('B')];
      assertDenied(await anywhere.session({ ...device(named('device-1'), { issuer: a }), chain: [forgeDer(a, { issuer: b, isAuthority: true }), forgeDer(b, { issuer: a, isAuthority: true })] }), /Untrusted/);
    });

    test('what an authority has taken back, from the next request on; a list that is out of date refuses all', async () => {
      const { authority, call, newAnchor, roleArn, profileArn, gatehouse: { clock } } = anywhere;
      const trustAnchorArn = await newAnchor(authority);
      const query = { roleArn, profileArn, trustAnchorArn };
      const good = device(named('device-1'));
      const bad = device(named('device-1'));
      const revoked = serial;
      const list = (nextUpdate: number): string => Buffer.from(toPem('X509 CRL', issueRevocationList({ number: 1, thisUpdate: clock.now - 1_000, nextUpdate, revoked: [{ serialNumber: serialBytes(revoked), at: clock.now - 1_000 }] }, authority))).toString('base64');
      credentialsOf(await anywhere.session({ ...bad, query }));
      const { json, status, message } = await call('POST', '/crls', { name: 'list', enabled: true, trustAnchorArn, crlData: list(clock.now + 86_400_000) });
      assert.equal(status, 201, message);
      assertDenied(await anywhere.session({ ...bad, query }), /is revoked/);
      credentialsOf(await anywhere.session({ ...good, query }));
      await call('POST', `/crl/${json.crl.crlId}/disable`);
      credentialsOf(await anywhere.session({ ...bad, query }));
      await call('POST', `/crl/${json.crl.crlId}/enable`);
      await call('PATCH', `/crl/${json.crl.crlId}`, { crlData: list(clock.now + 10_000) });
      clock.advance(60_000);
      assertDenied(await anywhere.session({ ...good, query }), /not up to date/);
      await call('DELETE', `/crl/${json.crl.crlId}`);
      credentialsOf(await anywhere.session({ ...bad, query }));
    });

    test('names that could be taken for others: two common names, tags that do not fit, a NUL, SANs that say what the subject does not', async () => {
      const two = { name: [{ type: 'CN', value: 'device-1' }, { type: 'CN', value: 'device-2' }], key: ecKey() };
      assertDenied(await anywhere.session(device(two)), /several common names/);
      const unfit = { name: [{ type: 'CN', value: 'device-1' }, { type: 'O', value: 'Example (Test), Inc.' }], key: ecKey() };
      assertDenied(await anywhere.session(device(unfit)), /fail to be mapped into session tags: \[x509Subject\/O\]/);
      assertDenied(await anywhere.session(device({ name: [{ type: 'CN', value: 'x'.repeat(65) }], key: ecKey() })), /source identity/);
      assertDenied(await anywhere.session(device(named('device-1'), { extensions: [alternativeNames(dnsName('a.example\0.evil'))] })), /holds no X\.509 certificate/);
      const { newRole, newProfile, anchorArn: trustAnchorArn } = anywhere;
      const roleArn = await newRole('by-subject', trusting({ StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'admin' } }));
      const profileArn = await newProfile({ roleArns: [roleArn] });
      const query = { roleArn, profileArn, trustAnchorArn };
      for (const extension of [directoryName([{ type: 'CN', value: 'admin' }]), dnsName('admin'), uriName('x509Subject/CN=admin')]) assertDenied(await anywhere.session({ ...device(named('device-1'), { extensions: [alternativeNames(extension)] }), query }), /sts:AssumeRole/);
      assertDenied(await anywhere.session({ ...device({ name: [{ type: 'OU', value: 'CN=admin' }, { type: 'CN', value: 'device-1' }], key: ecKey() }), query }), /sts:AssumeRole/);
      credentialsOf(await anywhere.session({ ...device(named('admin')), query }));
    });

    test('what belongs to another account', async () => {
      const { gatehouse, roleArn, profileArn, anchorArn: trustAnchorArn } = anywhere;
      const theirs = (arn: string): string => arn.replace(gatehouse.account, '444455556666');
      for (const query of [{ roleArn: theirs(roleArn), profileArn, trustAnchorArn }, { roleArn, profileArn: theirs(profileArn), trustAnchorArn }, { roleArn, profileArn, trustAnchorArn: theirs(trustAnchorArn) }]) assert.equal((await anywhere.session({ query })).status, 400);
      await gatehouse.newAccount('444455556666');
      assertDenied(await anywhere.session({ query: { roleArn: theirs(roleArn), profileArn: theirs(profileArn), trustAnchorArn: theirs(trustAnchorArn) } }), /trust anchor is not there/);
    });
  });

  test('a signature of the same second by an elliptic curve\'s key is another request; what is signed twice by hand proves that', async () => {
    anywhere.gatehouse.clock.advance(1_000);
    credentialsOf(await anywhere.send(anywhere.request()));
    credentialsOf(await anywhere.send(anywhere.request()));
  });
});
