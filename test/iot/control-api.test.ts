/** The control API of IoT: things, certificates, authorities, policies and aliases as they are kept, and what each operation asks of policies. */
import assert from 'node:assert/strict';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { makeCertificateRequest } from '../../src/credentials/authority/certificate-request.ts';
import { toPem } from '../../src/credentials/authority/issue.ts';
import { iot } from '../../src/services/iot/index.ts';
import { startGatehouse } from '../gatehouse.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { assertAsks, callRest, permittedUser } from '../rest-call.ts';
import type { RestAnswer, RestCall } from '../rest-call.ts';
import { ecKey, forgeDer, named, rsaKey } from '../x509/forge.ts';
import type { Holder } from '../x509/forge.ts';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import { allowing, trustingDevices } from './devices.ts';

describe('IoT', () => {
  let gatehouse: TestGatehouse;
  let roleArn: string;
  before(async () => {
    gatehouse = await startGatehouse({ deviceEndpoint: () => '127.0.0.1:8883' });
    const { Role } = await gatehouse.iam().send(new CreateRoleCommand({ RoleName: 'device', AssumeRolePolicyDocument: JSON.stringify(trustingDevices()) }));
    roleArn = Role!.Arn!;
  });
  after(() => gatehouse.stop());

  const call = (method: string, target: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<RestAnswer> => callRest(gatehouse, { service: 'iot', method, target, body, ...(headers && { headers }) });
  const done = async (answer: Promise<RestAnswer>): Promise<RestAnswer['json']> => {
    const { status, json, code, message } = await answer;
    assert.ok(status < 300, `${code}: ${message}`);
    return json;
  };
  const refused = async (answer: Promise<RestAnswer>, expected: string, words?: RegExp): Promise<void> => {
    const { code, message, status } = await answer;
    assert.equal(code, expected, `${status} ${message}`);
    if (words) assert.match(message, words);
  };
  const arn = (kind: string, name: string): string => `arn:aws:iot:us-east-1:${gatehouse.account}:${kind}/${name}`;
  const pem = (subject: Holder, options: Parameters<typeof forgeDer>[1]): string => toPem('CERTIFICATE', forgeDer(subject, options));
  let serial = 9_000;

  test('a thing is one by its name; its attributes are merged or put in place, and its version counts changes', async () => {
    const made = await done(call('POST', '/things/lamp', { attributePayload: { attributes: { room: '1', colour: 'red' } } }));
    assert.deepEqual([made.thingArn, made.thingName], [arn('thing', 'lamp'), 'lamp']);
    assert.equal((await done(call('POST', '/things/lamp', { attributePayload: { attributes: { colour: 'red', room: '1' } } }))).thingId, made.thingId);
    await refused(call('POST', '/things/lamp', {}), 'ResourceAlreadyExistsException');
    await done(call('PATCH', '/things/lamp', { attributePayload: { attributes: { room: '2', colour: '' }, merge: true }, expectedVersion: 1 }));
    const { attributes, version, defaultClientId } = await done(call('GET', '/things/lamp'));
    assert.deepEqual([attributes, version, defaultClientId], [{ room: '2' }, 2, 'lamp']);
    await refused(call('PATCH', '/things/lamp', { expectedVersion: 1 }), 'VersionConflictException');
    await refused(call('PATCH', '/things/lamp', { attributePayload: { attributes: { a: '1', b: '2', c: '3', d: '4' } } }), 'InvalidRequestException', /at most 3/);
    await refused(call('GET', '/things/none'), 'ResourceNotFoundException', /Thing none not found/);
    await refused(call('POST', '/things/a%20b', {}), 'InvalidRequestException');
    for (const name of ['a1', 'a2', 'a3']) await done(call('POST', `/things/${name}`, { attributePayload: { attributes: { site: `s-${name}` } } }));
    const first = await done(call('GET', '/things?maxResults=2'));
    const rest = await done(call('GET', `/things?maxResults=2&nextToken=${encodeURIComponent(first.nextToken)}`));
    assert.deepEqual([...first.things, ...rest.things].map(({ thingName }: { thingName: string }) => thingName), ['a1', 'a2', 'a3', 'lamp']);
    assert.equal((await done(call('GET', '/things?attributeName=site&attributeValue=s-a2'))).things.length, 1);
    assert.equal((await done(call('GET', '/things?attributeName=site&attributeValue=s-&usePrefixAttributeValue=true'))).things.length, 3);
    await done(call('DELETE', '/things/a1'));
    await done(call('DELETE', '/things/a1'));
    assert.equal((await callRest(gatehouse, { service: 'iot', method: 'GET', target: '/things', region: 'eu-west-1' })).json.things.length, 0);
  });

  test('a type is deprecated before it is deleted, and deleted when nothing is of it', async () => {
    await done(call('POST', '/thing-types/bulb', { thingTypeProperties: { thingTypeDescription: 'a bulb', searchableAttributes: ['watts'] } }));
    await done(call('POST', '/things/b', { thingTypeName: 'bulb' }));
    await refused(call('DELETE', '/thing-types/bulb'), 'InvalidRequestException');
    await done(call('POST', '/thing-types/bulb/deprecate', {}));
    await refused(call('POST', '/things/c', { thingTypeName: 'bulb' }), 'InvalidRequestException', /deprecated/);
    await refused(call('DELETE', '/thing-types/bulb'), 'InvalidRequestException', /5 minutes/);
    gatehouse.clock.advance(300_000);
    await refused(call('DELETE', '/thing-types/bulb'), 'InvalidRequestException', /things of it/);
    assert.equal((await done(call('GET', '/thing-types/bulb'))).thingTypeMetadata.deprecated, true);
    await done(call('PATCH', '/things/b', { removeThingType: true }));
    await done(call('DELETE', '/thing-types/bulb'));
    await refused(call('POST', '/things/c', { thingTypeName: 'bulb' }), 'ResourceNotFoundException');
  });

  test('keys and certificate are made together, once; a request\'s key stays where it is', async () => {
    const made = await done(call('POST', '/keys-and-certificate'));
    const certificate = new X509Certificate(made.certificatePem);
    assert.equal(made.certificateId, certificate.fingerprint256.replaceAll(':', '').toLowerCase());
    assert.ok(createPublicKey(made.keyPair.PrivateKey).equals(certificate.publicKey));
    const { certificateDescription } = await done(call('GET', `/certificates/${made.certificateId}`));
    assert.deepEqual([certificateDescription.status, certificateDescription.certificatePem, certificateDescription.ownedBy], ['INACTIVE', made.certificatePem, gatehouse.account]);
    const key = ecKey();
    const csr = toPem('CERTIFICATE REQUEST', makeCertificateRequest([{ type: 'CN', value: 'own' }], key));
    const signed = await done(call('POST', '/certificates?setAsActive=true', { certificateSigningRequest: csr }));
    assert.ok(new X509Certificate(signed.certificatePem).publicKey.equals(createPublicKey(key)));
    await refused(call('POST', '/certificates', { certificateSigningRequest: csr.replace('A', 'B') }), 'InvalidRequestException');
    await refused(call('POST', '/certificates', { certificateSigningRequest: toPem('CERTIFICATE REQUEST', makeCertificateRequest([], rsaKey(1024))) }), 'InvalidRequestException');
    await refused(call('DELETE', `/certificates/${signed.certificateId}`), 'CertificateStateException');
    await refused(call('PUT', `/certificates/${signed.certificateId}?newStatus=PENDING_TRANSFER`), 'InvalidRequestException');
    const { certificates } = await done(call('GET', '/certificates?isAscendingOrder=false'));
    assert.deepEqual(new Set(certificates.map(({ certificateId }: { certificateId: string }) => certificateId)), new Set([made.certificateId, signed.certificateId]));
    // The issuer's key is sealed.
    assert.ok(![...gatehouse.plane.store.loaded(gatehouse.account)!.deviceAuthorities.all()].some((one) => JSON.stringify(one).includes('PRIVATE KEY')));
  });

  test('an authority is registered by whoever holds its key, and certificates by it', async () => {
    const authority = named('Own Authority');
    const caCertificate = pem(authority, { issuer: authority, isAuthority: true });
    const { registrationCode } = await done(call('GET', '/registrationcode'));
    assert.match(registrationCode, /^[0-9a-f]{64}$/);
    assert.equal((await done(call('GET', '/registrationcode'))).registrationCode, registrationCode);
    const verification = (name: string, issuer = authority): string => pem(named(name), { issuer });
    await refused(call('POST', '/cacertificate', { caCertificate }), 'InvalidRequestException', /verificationCertificate/);
    await refused(call('POST', '/cacertificate', { caCertificate, verificationCertificate: verification('0'.repeat(64)) }), 'RegistrationCodeValidationException');
    await refused(call('POST', '/cacertificate', { caCertificate, verificationCertificate: verification(registrationCode, named('Own Authority')) }), 'CertificateValidationException');
    await refused(call('POST', '/cacertificate', { caCertificate: pem(named('leaf'), { issuer: authority }), verificationCertificate: verification(registrationCode) }), 'CertificateValidationException');
    await refused(call('POST', '/cacertificate?allowAutoRegistration=true', { caCertificate, verificationCertificate: verification(registrationCode) }), 'InvalidRequestException');
    const { certificateId } = await done(call('POST', '/cacertificate', { caCertificate, verificationCertificate: verification(registrationCode) }));
    await refused(call('POST', '/cacertificate', { caCertificate, verificationCertificate: verification(registrationCode) }), 'ResourceAlreadyExistsException');
    const device = pem(named('d'), { issuer: authority, serial: ++serial });
    await refused(call('POST', '/certificate/register', { certificatePem: device }), 'CertificateStateException', /not active/);
    await done(call('PUT', `/cacertificate/${certificateId}?newStatus=ACTIVE`, {}));
    const registered = await done(call('POST', '/certificate/register', { certificatePem: device, status: 'ACTIVE' }));
    assert.equal((await done(call('GET', `/certificates/${registered.certificateId}`))).certificateDescription.caCertificateId, certificateId);
    await refused(call('POST', '/certificate/register', { certificatePem: device }), 'ResourceAlreadyExistsException');
    await refused(call('POST', '/certificate/register', { certificatePem: pem(named('d'), { issuer: named('Unknown') }) }), 'CertificateValidationException', /not signed by a CA/);
    await refused(call('POST', '/certificate/register', { certificatePem: pem(named('d'), { issuer: named('Own Authority') }) }), 'CertificateValidationException', /not signed by the CA that it names/);
    assert.equal((await done(call('GET', `/certificates-by-ca/${certificateId}`))).certificates.length, 1);
    // A second of the same subject: then a request says which.
    const twin = named('Own Authority');
    await done(call('POST', '/cacertificate?setAsActive=true', { caCertificate: pem(twin, { issuer: twin, isAuthority: true }), certificateMode: 'SNI_ONLY' }));
    const second = pem(named('e'), { issuer: authority, serial: ++serial });
    await refused(call('POST', '/certificate/register', { certificatePem: second }), 'CertificateConflictException');
    await done(call('POST', '/certificate/register', { certificatePem: second, caCertificatePem: caCertificate }));
    await refused(call('DELETE', `/cacertificate/${certificateId}`), 'CertificateStateException');
    await done(call('PUT', `/cacertificate/${certificateId}?newStatus=INACTIVE`, {}));
    await done(call('DELETE', `/cacertificate/${certificateId}`));
    await done(call('DELETE', '/registrationcode'));
    assert.notEqual((await done(call('GET', '/registrationcode'))).registrationCode, registrationCode);
  });

  test('a policy has five versions at most, one of which counts; it goes when nothing has it', async () => {
    const document = JSON.stringify(allowing('*'));
    assert.deepEqual(await done(call('POST', '/policies/p', { policyDocument: document })), { policyName: 'p', policyArn: arn('policy', 'p'), policyDocument: document, policyVersionId: '1' });
    await refused(call('POST', '/policies/p', { policyDocument: document }), 'ResourceAlreadyExistsException');
    for (const bad of ['', '{', '{}', JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'iot:*', Resource: '*' }] }), JSON.stringify(allowing('*'.repeat(2_100)))]) await refused(call('POST', '/policies/q', { policyDocument: bad }), 'MalformedPolicyException');
    await done(call('POST', '/policies/wide', { policyDocument: `${document}${' '.repeat(5_000)}` }));
    for (const version of ['2', '3', '4', '5']) assert.equal((await done(call('POST', '/policies/p/version', { policyDocument: document }))).policyVersionId, version);
    await refused(call('POST', '/policies/p/version', { policyDocument: document }), 'VersionsLimitExceededException');
    await refused(call('DELETE', '/policies/p/version/1'), 'DeleteConflictException');
    await done(call('PATCH', '/policies/p/version/5'));
    await done(call('DELETE', '/policies/p/version/1'));
    assert.equal((await done(call('POST', '/policies/p/version', { policyDocument: document }))).policyVersionId, '6');
    const { policyVersions } = await done(call('GET', '/policies/p/version'));
    assert.deepEqual(policyVersions.map(({ versionId, isDefaultVersion }: { versionId: string; isDefaultVersion: boolean }) => [versionId, isDefaultVersion]), [['6', false], ['5', true], ['4', false], ['3', false], ['2', false]]);
    assert.equal((await done(call('GET', '/policies/p'))).defaultVersionId, '5');
    const { certificateArn: target, certificateId } = await done(call('POST', '/keys-and-certificate'));
    await done(call('PUT', '/target-policies/p', { target }));
    await done(call('PUT', '/principal-policies/wide', undefined, { 'x-amzn-iot-principal': target }));
    await done(call('PUT', '/target-policies/p', { target }));
    assert.deepEqual((await done(call('POST', `/attached-policies/${encodeURIComponent(target)}`))).policies.map(({ policyName }: { policyName: string }) => policyName), ['p', 'wide']);
    assert.deepEqual((await done(call('POST', '/policy-targets/p'))).targets, [target]);
    assert.deepEqual((await done(call('GET', '/policy-principals', undefined, { 'x-amzn-iot-policy': 'wide' }))).principals, [target]);
    await refused(call('DELETE', '/policies/p'), 'DeleteConflictException', /attached/);
    await refused(call('PUT', '/target-policies/p', { target: arn('thinggroup', 'x') }), 'InvalidRequestException');
    await refused(call('PUT', '/target-policies/none', { target }), 'ResourceNotFoundException');
    await done(call('POST', '/target-policies/p', { target }));
    await refused(call('DELETE', '/policies/p'), 'DeleteConflictException', /versions/);
    for (const version of ['2', '3', '4', '6']) await done(call('DELETE', `/policies/p/version/${version}`));
    await done(call('DELETE', '/policies/p'));
    await refused(call('DELETE', `/certificates/${certificateId}`), 'DeleteConflictException');
  });

  test('a thing and its certificates hold on to each other', async () => {
    const { certificateArn: principal, certificateId } = await done(call('POST', '/keys-and-certificate'));
    await done(call('POST', '/things/held', {}));
    await done(call('PUT', '/things/held/principals', undefined, { 'x-amzn-principal': principal }));
    assert.deepEqual((await done(call('GET', '/things/held/principals'))).principals, [principal]);
    assert.deepEqual((await done(call('GET', '/principals/things', undefined, { 'x-amzn-principal': principal }))).things, ['held']);
    await refused(call('DELETE', '/things/held'), 'InvalidRequestException', /still attached/);
    await refused(call('DELETE', `/certificates/${certificateId}?forceDelete=true`), 'DeleteConflictException', /Things/);
    await done(call('POST', '/things/jealous', {}));
    await refused(call('PUT', '/things/jealous/principals?thingPrincipalType=EXCLUSIVE_THING', undefined, { 'x-amzn-principal': principal }), 'InvalidRequestException');
    await done(call('DELETE', '/things/held/principals', undefined, { 'x-amzn-principal': principal }));
    await refused(call('DELETE', '/things/held/principals', undefined, { 'x-amzn-principal': principal }), 'ResourceNotFoundException');
    await done(call('DELETE', '/things/held'));
    await done(call('DELETE', `/certificates/${certificateId}`));
  });

  test('an alias lasts no longer than its role; where devices ask is told', async () => {
    await done(call('POST', '/role-aliases/r', { roleArn }));
    const { roleAliasDescription } = await done(call('GET', '/role-aliases/r'));
    assert.deepEqual([roleAliasDescription.credentialDurationSeconds, roleAliasDescription.roleArn, roleAliasDescription.owner], [3_600, roleArn, gatehouse.account]);
    await refused(call('POST', '/role-aliases/r', { roleArn }), 'ResourceAlreadyExistsException');
    await refused(call('POST', '/role-aliases/s', { roleArn, credentialDurationSeconds: 3_601 }), 'InvalidRequestException', /MaxSessionDuration/);
    await refused(call('POST', '/role-aliases/s', { roleArn, credentialDurationSeconds: 899 }), 'InvalidRequestException');
    await refused(call('POST', '/role-aliases/s', { roleArn: roleArn.replace(gatehouse.account, '444455556666') }), 'InvalidRequestException', /no role of this account/);
    await refused(call('POST', '/role-aliases/s', { roleArn: `${roleArn}-none` }), 'InvalidRequestException', /was not found/);
    await done(call('PUT', '/role-aliases/r', { credentialDurationSeconds: 900 }));
    assert.deepEqual((await done(call('GET', '/role-aliases'))).roleAliases, ['r']);
    assert.equal((await done(call('GET', '/endpoint?endpointType=iot:CredentialProvider'))).endpointAddress, '127.0.0.1:8883');
    await refused(call('GET', '/endpoint?endpointType=iot:Data-ATS'), 'InvalidRequestException', /no broker/);
    await done(call('DELETE', '/role-aliases/r'));
    await refused(call('GET', '/role-aliases/r'), 'ResourceNotFoundException');
    const { status, json } = await call('GET', '/jobs');
    assert.equal(status, 501);
    assert.match(json.message, /iot:ListJobs is not implemented/);
  });

  test('every operation asks for what the authorization reference lists, on its resource', async () => {
    const user = await permittedUser(gatehouse, 'operator');
    const request = (method: string, target: string, body?: object, headers?: Readonly<Record<string, string>>): RestCall => ({ service: 'iot', method, target, body, ...(headers && { headers }) });
    const authority = named('Asked Authority');
    const caCertificate = pem(authority, { issuer: authority, isAuthority: true });
    const made = await Promise.all([1, 2].map(() => done(call('POST', '/keys-and-certificate'))));
    const [{ certificateArn: certArn, certificateId: certId }, { certificateArn: doomedArn, certificateId: doomedId }] = made as [RestAnswer['json'], RestAnswer['json']];
    const ca = await done(call('POST', '/cacertificate', { caCertificate, certificateMode: 'SNI_ONLY' }));
    const policyDocument = JSON.stringify(allowing('*'));
    const principal = { 'x-amzn-principal': certArn };
    const iotPrincipal = { 'x-amzn-iot-principal': certArn };
    const csr = toPem('CERTIFICATE REQUEST', makeCertificateRequest([{ type: 'CN', value: 'own' }], ecKey()));
    const twin = named('Asked Twin');
    const rows: readonly (readonly [string, RestCall, string, Readonly<Record<string, string>>?])[] = [
      ['CreateThing', request('POST', '/things/asked', {}), arn('thing', 'asked')], ['DescribeThing', request('GET', '/things/asked'), arn('thing', 'asked')],
      ['UpdateThing', request('PATCH', '/things/asked', {}), arn('thing', 'asked')], ['ListThings', request('GET', '/things'), '*'],
      ['CreateThingType', request('POST', '/thing-types/asked', {}), arn('thingtype', 'asked')], ['DescribeThingType', request('GET', '/thing-types/asked'), arn('thingtype', 'asked')], ['ListThingTypes', request('GET', '/thing-types'), '*'],
      ['DeprecateThingType', request('POST', '/thing-types/asked/deprecate', {}), arn('thingtype', 'asked')],
      ['CreateKeysAndCertificate', request('POST', '/keys-and-certificate'), '*'], ['CreateCertificateFromCsr', request('POST', '/certificates', { certificateSigningRequest: csr }), '*'],
      ['UpdateCertificate', request('PUT', `/certificates/${certId}?newStatus=INACTIVE`), certArn], ['DescribeCertificate', request('GET', `/certificates/${certId}`), certArn], ['ListCertificates', request('GET', '/certificates'), '*'],
      ['ListCertificatesByCA', request('GET', `/certificates-by-ca/${ca.certificateId}`), '*'], ['GetRegistrationCode', request('GET', '/registrationcode'), '*'], ['DeleteRegistrationCode', request('DELETE', '/registrationcode'), '*'],
      ['RegisterCACertificate', request('POST', '/cacertificate', { caCertificate: pem(twin, { issuer: twin, isAuthority: true }), certificateMode: 'SNI_ONLY' }), '*'],
      ['RegisterCertificateWithoutCA', request('POST', '/certificate/register-no-ca', { certificatePem: pem(named('x'), { issuer: named('y'), serial: ++serial }) }), '*'],
      ['DescribeCACertificate', request('GET', `/cacertificate/${ca.certificateId}`), ca.certificateArn], ['UpdateCACertificate', request('PUT', `/cacertificate/${ca.certificateId}?newStatus=ACTIVE`, {}), ca.certificateArn],
      ['RegisterCertificate', request('POST', '/certificate/register', { certificatePem: pem(named('x'), { issuer: authority, serial: ++serial }) }), '*'], ['ListCACertificates', request('GET', '/cacertificates'), '*'],
      ['CreatePolicy', request('POST', '/policies/asked', { policyDocument }), arn('policy', 'asked')], ['GetPolicy', request('GET', '/policies/asked'), arn('policy', 'asked')], ['ListPolicies', request('GET', '/policies'), '*'],
      ['CreatePolicyVersion', request('POST', '/policies/asked/version', { policyDocument }), arn('policy', 'asked')], ['GetPolicyVersion', request('GET', '/policies/asked/version/2'), arn('policy', 'asked')],
      ['ListPolicyVersions', request('GET', '/policies/asked/version'), arn('policy', 'asked')], ['SetDefaultPolicyVersion', request('PATCH', '/policies/asked/version/2'), arn('policy', 'asked')], ['DeletePolicyVersion', request('DELETE', '/policies/asked/version/1'), arn('policy', 'asked')],
      ['AttachPolicy', request('PUT', '/target-policies/asked', { target: certArn }), certArn], ['AttachPrincipalPolicy', request('PUT', '/principal-policies/asked', undefined, iotPrincipal), certArn],
      ['ListAttachedPolicies', request('POST', `/attached-policies/${encodeURIComponent(certArn)}`), '*'], ['ListPrincipalPolicies', request('GET', '/principal-policies', undefined, iotPrincipal), '*'],
      ['ListTargetsForPolicy', request('POST', '/policy-targets/asked'), arn('policy', 'asked')], ['ListPolicyPrincipals', request('GET', '/policy-principals', undefined, { 'x-amzn-iot-policy': 'asked' }), '*'],
      ['DetachPolicy', request('POST', '/target-policies/asked', { target: certArn }), certArn], ['DetachPrincipalPolicy', request('DELETE', '/principal-policies/asked', undefined, iotPrincipal), certArn],
      ['AttachThingPrincipal', request('PUT', '/things/asked/principals', undefined, principal), certArn], ['ListThingPrincipals', request('GET', '/things/asked/principals'), arn('thing', 'asked')],
      ['ListPrincipalThings', request('GET', '/principals/things', undefined, principal), certArn], ['DetachThingPrincipal', request('DELETE', '/things/asked/principals', undefined, principal), certArn],
      ['CreateRoleAlias', request('POST', '/role-aliases/asked', { roleArn }), arn('rolealias', 'asked'), { 'iam:PassRole': roleArn }], ['DescribeRoleAlias', request('GET', '/role-aliases/asked'), arn('rolealias', 'asked')],
      ['UpdateRoleAlias', request('PUT', '/role-aliases/asked', { roleArn }), arn('rolealias', 'asked'), { 'iam:PassRole': roleArn }], ['ListRoleAliases', request('GET', '/role-aliases'), '*'],
      ['DescribeEndpoint', request('GET', '/endpoint?endpointType=iot:CredentialProvider'), '*'],
      ['TagResource', request('POST', '/tags', { resourceArn: arn('policy', 'asked'), tags: [{ Key: 'a', Value: 'b' }] }), arn('policy', 'asked')], ['ListTagsForResource', request('GET', `/tags?resourceArn=${encodeURIComponent(arn('policy', 'asked'))}`), arn('policy', 'asked')],
      ['UntagResource', request('POST', '/untag', { resourceArn: arn('policy', 'asked'), tagKeys: ['a'] }), arn('policy', 'asked')],
      ['DeleteRoleAlias', request('DELETE', '/role-aliases/asked'), arn('rolealias', 'asked')], ['DeletePolicy', request('DELETE', '/policies/asked'), arn('policy', 'asked')], ['DeleteThing', request('DELETE', '/things/asked'), arn('thing', 'asked')],
      ['DeleteCertificate', request('DELETE', `/certificates/${doomedId}`), doomedArn],
    ];
    for (const [operation, one, resource, more = {}] of rows) await assertAsks(gatehouse, user, one, { [`iot:${operation}`]: resource, ...more });
    await done(call('PUT', `/cacertificate/${ca.certificateId}?newStatus=INACTIVE`, {}));
    await assertAsks(gatehouse, user, request('DELETE', `/cacertificate/${ca.certificateId}`), { 'iot:DeleteCACertificate': ca.certificateArn });
    gatehouse.clock.advance(300_000);
    await assertAsks(gatehouse, user, request('DELETE', '/thing-types/asked'), { 'iot:DeleteThingType': arn('thingtype', 'asked') });
    assert.deepEqual([...iot.operations.keys()].sort(), [...rows.map(([operation]) => operation), 'DeleteCACertificate', 'DeleteThingType'].sort());
  });
});
