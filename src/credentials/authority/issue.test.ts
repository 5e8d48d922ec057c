/** Certificates, lists and requests as they are issued, held to OpenSSL. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { readCertificate } from '../../proof/x509/certificate.ts';
import { readRevocationList } from '../../proof/x509/revocation-list.ts';
import { testEpoch } from '../../../test/gatehouse.ts';
import { seededRandom } from '../../../test/seeded-random.ts';
import { intermediateCertificate, leafCertificate, rootCertificate } from '../../../test/certificates.ts';
import { parseAlternativeName } from './certificate-extensions.ts';
import { makeCertificateRequest, readCertificateRequest } from './certificate-request.ts';
import { issueCertificate, issueRevocationList, newSerialNumber, toPem } from './issue.ts';

const random = seededRandom('issue');
const keys = { rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey, ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey, ed25519: generateKeyPairSync('ed25519').privateKey };
const name = [{ type: 'O', value: 'Example' }, { type: 'CN', value: 'Authority' }];

test('OpenSSL reads what is issued, and finds it signed', () => {
  for (const key of Object.values(keys)) {
    const notBefore = testEpoch;
    const authority = { name, key };
    const root = new X509Certificate(issueCertificate({ subject: name, publicKey: createPublicKey(key), serialNumber: newSerialNumber(random), notBefore, notAfter: Date.parse('2055-01-01T00:00:00Z'), profile: { kind: 'authority' } }, authority));
    const alternativeNames = ['DNS:device.example', 'URI:spiffe://example/device', 'IP:127.0.0.1', 'IP:2001:db8::1', 'email:a@b.example'].map((text) => parseAlternativeName(text)!);
    const leaf = new X509Certificate(issueCertificate({ subject: [{ type: 'CN', value: 'Zoë' }], publicKey: createPublicKey(keys.ec), serialNumber: newSerialNumber(random), notBefore, notAfter: notBefore + 86_400_000, profile: { kind: 'endEntity', isServer: true }, alternativeNames }, authority));
    assert.ok(root.ca && root.checkIssued(root) && root.verify(root.publicKey));
    assert.equal(root.validToDate.getUTCFullYear(), 2055);
    assert.ok(!leaf.ca && leaf.checkIssued(root) && leaf.verify(root.publicKey));
    assert.equal(leaf.subjectAltName, 'DNS:device.example, URI:spiffe://example/device, IP Address:127.0.0.1, IP Address:2001:DB8:0:0:0:0:0:1, email:a@b.example');
    assert.deepEqual(leaf.keyUsage, ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1']);
    assert.equal(readCertificate(leaf.raw).serialNumber, leaf.serialNumber.toLowerCase());
  }
});

test('what OpenSSL issued is read as OpenSSL reads it', () => {
  for (const pem of [rootCertificate, intermediateCertificate, leafCertificate]) {
    const theirs = new X509Certificate(pem);
    const ours = readCertificate(theirs.raw);
    assert.equal(ours.serialNumber, theirs.serialNumber.toLowerCase());
    assert.equal(`CN=${ours.subject.attributes[0]?.value}`, theirs.subject);
    assert.equal(ours.notAfter, theirs.validToDate.getTime());
    assert.equal(ours.extensions.isAuthority, theirs.ca);
    assert.ok(ours.publicKey.equals(theirs.publicKey));
  }
});

test('a revocation list is read as it was issued', () => {
  const serialNumber = newSerialNumber(random);
  const list = readRevocationList(issueRevocationList({ number: 3, thisUpdate: testEpoch, nextUpdate: testEpoch + 1_000, revoked: [{ serialNumber, at: testEpoch }] }, { name, key: keys.ec }));
  assert.deepEqual([...list.revoked], [Buffer.from(serialNumber).toString('hex')]);
  assert.deepEqual([list.thisUpdate, list.nextUpdate], [testEpoch, testEpoch + 1_000]);
});

test('a request is read only where its own key signed it', () => {
  for (const key of Object.values(keys)) {
    const der = makeCertificateRequest(name, key);
    assert.deepEqual(readCertificateRequest(toPem('CERTIFICATE REQUEST', der))?.subject, name);
    const altered = Buffer.from(der);
    altered.write('EXAMPLE', altered.indexOf('Example'));
    assert.equal(readCertificateRequest(toPem('CERTIFICATE REQUEST', altered)), undefined);
  }
  assert.equal(readCertificateRequest(rootCertificate), undefined);
  assert.equal(readCertificateRequest('-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n'), undefined);
});

test('an alternative name that is none is not read', () => {
  for (const text of ['device.example', 'DNS:', 'IP:300.1.1.1', 'IP:x', 'URI:a b', 'other:x']) assert.equal(parseAlternativeName(text), undefined, text);
});
