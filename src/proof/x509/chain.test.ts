/** Chains of certificates: each attack on one is refused for what it is. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { encodeBoolean, encodeSequence } from '../../base/der.ts';
import { issueRevocationList } from '../../credentials/authority/issue.ts';
import { testEpoch } from '../../../test/gatehouse.ts';
import { ecKey, extension, forge, named, rsaKey, serialBytes } from '../../../test/x509/forge.ts';
import type { Forged, Holder } from '../../../test/x509/forge.ts';
import { readCertificate } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { findChain } from './chain.ts';
import type { ChainQuestion } from './chain.ts';
import { purposes } from './extensions.ts';
import { readRevocationList } from './revocation-list.ts';
import type { RevocationList } from './revocation-list.ts';

const now = testEpoch;
const day = 86_400_000;
const root = named('Root');
const middle = named('Middle');
const device = named('device');
const authority = (holder: Holder, issuer: Holder, more: Partial<Forged> = {}): Certificate => forge(holder, { issuer, isAuthority: true, ...more });
const leafOf = (issuer: Holder, more: Partial<Forged> = {}): Certificate => forge(device, { issuer, ...more });
const rootCertificate = authority(root, root);
const middleCertificate = authority(middle, root);

function ask(question: Partial<ChainQuestion> & { readonly leaf: Certificate }): string {
  const answer = findChain({ intermediates: [], anchors: [rootCertificate], revocationLists: [], now, ...question });
  return 'chain' in answer ? answer.chain.map(({ subject }) => subject.attributes[0]!.value).join(' < ') : answer.finding;
}

const listOf = (holder: Holder, serials: readonly number[], { from = now - day, to = now + day } = {}): RevocationList =>
  readRevocationList(issueRevocationList({ number: 1, thisUpdate: from, nextUpdate: to, revoked: serials.map((serial) => ({ serialNumber: serialBytes(serial), at: from })) }, holder));

describe('a chain is found', () => {
  test('from a leaf that the anchor signed', () => assert.equal(ask({ leaf: leafOf(root) }), 'device < Root'));
  test('through what came with the leaf, in whatever order', () => {
    const lower = named('Lower');
    const question = { leaf: leafOf(lower), intermediates: [middleCertificate, authority(lower, middle)] };
    assert.equal(ask(question), 'device < Lower < Middle < Root');
    assert.equal(ask({ ...question, intermediates: question.intermediates.toReversed() }), 'device < Lower < Middle < Root');
  });
  test('to an anchor that is itself below another authority', () => assert.equal(ask({ leaf: leafOf(middle), anchors: [middleCertificate] }), 'device < Middle'));
  test('with RSA, P-384 and Ed25519', () => {
    for (const key of [rsaKey(), ecKey('P-384'), generateKeyPairSync('ed25519').privateKey]) {
      const holder = named('Root', key);
      assert.equal(ask({ leaf: forge(named('device', key), { issuer: holder }), anchors: [authority(holder, holder)] }), 'device < Root');
    }
  });
  test('to the right one of two anchors of the same name', () => {
    const impostor = named('Root');
    assert.equal(ask({ leaf: leafOf(root), anchors: [authority(impostor, impostor), rootCertificate] }), 'device < Root');
  });
  test('when the last second has begun', () => assert.equal(ask({ leaf: leafOf(root, { to: now }), now: now + 999 }), 'device < Root'));
});

describe('no chain is found', () => {
  const cases: Readonly<Record<string, () => readonly [string, Partial<ChainQuestion> & { readonly leaf: Certificate }]>> = {
    'of a certificate that has expired': () => ['expired', { leaf: leafOf(root, { to: now - 1_000 }) }],
    'of one that is not valid yet': () => ['notYetValid', { leaf: leafOf(root, { from: now + 1_000 }) }],
    'through an authority that has expired': () => ['expired', { leaf: leafOf(middle), intermediates: [authority(middle, root, { to: now - 1_000 })] }],
    'to an anchor that has expired': () => ['expired', { leaf: leafOf(root), anchors: [authority(root, root, { to: now - 1_000 })] }],
    'of a key that may only encrypt': () => ['wrongUsage', { leaf: leafOf(root, { keyUsage: 0x20 }) }],
    'of a key that is for servers only': () => ['wrongUsage', { leaf: leafOf(root, { extendedKeyUsage: [purposes.serverAuth] }) }],
    'of an authority that poses as a device': () => ['leafIsAuthority', { leaf: middleCertificate }],
    'through a certificate that is no authority': () => ['notAuthority', { leaf: leafOf(middle), intermediates: [forge(middle, { issuer: root, keyUsage: 0x84 })] }],
    'to an anchor that is no authority': () => ['notAuthority', { leaf: leafOf(root), anchors: [forge(root, { issuer: root, keyUsage: null })] }],
    'through an authority whose key may not sign certificates': () => ['wrongUsage', { leaf: leafOf(middle), intermediates: [authority(middle, root, { keyUsage: 0x02 })] }],
    'longer than an authority allows': () => {
      const lower = named('Lower');
      return ['pathTooLong', { leaf: leafOf(lower), intermediates: [authority(middle, root, { pathLength: 0 }), authority(lower, middle)] }];
    },
    'longer than the anchor allows': () => ['pathTooLong', { leaf: leafOf(middle), intermediates: [middleCertificate], anchors: [authority(root, root, { pathLength: 0 })] }],
    'signed with SHA-1': () => ['weakAlgorithm', { leaf: forge(device, { issuer: named('Root', rsaKey()), weak: { hash: 'sha1', id: '1.2.840.113549.1.1.5' } }) }],
    'signed with MD5': () => ['weakAlgorithm', { leaf: forge(device, { issuer: named('Root', rsaKey()), weak: { hash: 'md5', id: '1.2.840.113549.1.1.4' } }) }],
    'through an authority that was signed with SHA-1': () => {
      const old = named('Root', rsaKey());
      return ['weakAlgorithm', { leaf: leafOf(middle), anchors: [authority(old, old)], intermediates: [authority(middle, old, { weak: { hash: 'sha1', id: '1.2.840.113549.1.1.5' } })] }];
    },
    'of a short RSA key': () => ['weakKey', { leaf: forge(named('device', rsaKey(1024)), { issuer: root }) }],
    'of a curve that nobody uses': () => ['weakKey', { leaf: forge(named('device', ecKey('secp256k1')), { issuer: root }) }],
    'by a second authority of the anchor\'s name': () => ['badSignature', { leaf: leafOf(named('Root')) }],
    'made by whoever shows it': () => {
      const own = named('Own Root');
      return ['noIssuer', { leaf: leafOf(own), intermediates: [authority(own, own)] }];
    },
    'made by whoever shows it, under the anchor\'s name': () => {
      const impostor = named('Root');
      return ['badSignature', { leaf: leafOf(impostor), intermediates: [authority(impostor, impostor)] }];
    },
    'of a certificate that signed itself': () => ['noIssuer', { leaf: leafOf(device) }],
    'of a certificate that signed itself under the anchor\'s name': () => ['badSignature', { leaf: forge(named('Root'), { issuer: named('Root') }) }],
    'where authorities have only signed each other': () => {
      const [a, b] = [named('A'), named('B')];
      return ['noIssuer', { leaf: leafOf(a), intermediates: [authority(a, b), authority(b, a), authority(a, a), authority(b, b)] }];
    },
    'of more certificates than are looked at': () => ['tooMany', { leaf: leafOf(root), intermediates: Array.from({ length: 11 }, () => middleCertificate) }],
    'that is longer than five': () => {
      const holders = ['1', '2', '3', '4'].map((name) => named(name));
      const intermediates = holders.map((holder, i) => authority(holder, holders[i - 1] ?? root));
      return ['chainTooLong', { leaf: leafOf(holders[3]!), intermediates }];
    },
    'with a critical extension that nobody knows': () => ['unknownCriticalExtension', { leaf: leafOf(root, { extensions: [extension('1.2.3.4', true, encodeBoolean(true))] }) }],
    'through an authority that is bound to names': () => ['nameConstraints', { leaf: leafOf(middle), intermediates: [authority(middle, root, { extensions: [extension('2.5.29.30', false, encodeSequence())] })] }],
    'of a certificate of the first version': () => ['oldVersion', { leaf: forge(device, { issuer: root, version: 1 }) }],
    'of a certificate that is revoked': () => ['revoked', { leaf: leafOf(root, { serial: 7 }), revocationLists: [listOf(root, [6, 7])] }],
    'through an authority that is revoked': () => ['revoked', { leaf: leafOf(middle), intermediates: [authority(middle, root, { serial: 8 })], revocationLists: [listOf(root, [8])] }],
    'where the list is out of date': () => ['staleRevocationList', { leaf: leafOf(root), revocationLists: [listOf(root, [], { to: now })] }],
    'where the list is of the future': () => ['staleRevocationList', { leaf: leafOf(root), revocationLists: [listOf(root, [], { from: now + 1_000 })] }],
    'of a revoked certificate, though another list of the issuer lacks it': () => ['revoked', { leaf: leafOf(root, { serial: 7 }), revocationLists: [listOf(root, []), listOf(root, [7])] }],
  };
  for (const [name, question] of Object.entries(cases)) {
    test(name, () => {
      const [finding, asked] = question();
      assert.equal(ask(asked), finding);
    });
  }
});

describe('a revocation list counts for its issuer alone', () => {
  test('one that another authority of the same name signed says nothing', () => {
    assert.equal(ask({ leaf: leafOf(root, { serial: 7 }), revocationLists: [listOf(named('Root'), [7])] }), 'device < Root');
  });
  test('the same serial number of another authority is another certificate', () => {
    assert.equal(ask({ leaf: leafOf(middle, { serial: 7 }), intermediates: [middleCertificate], revocationLists: [listOf(root, [7])] }), 'device < Middle < Root');
  });
  test('of an authority whose key may not sign lists it says nothing', () => {
    assert.equal(ask({ leaf: leafOf(root, { serial: 7 }), anchors: [authority(root, root, { keyUsage: 0x04 })], revocationLists: [listOf(root, [7])] }), 'device < Root');
  });
});

test('authorities that have all signed each other under one name are given up after so many signatures', () => {
  const key = named('Mesh');
  const strangers = Array.from({ length: 10 }, () => authority(named('Mesh'), named('Mesh')));
  assert.match(ask({ leaf: leafOf(key), intermediates: strangers, anchors: Array.from({ length: 40 }, () => authority(named('Mesh'), named('Mesh'))) }), /^(?:tooMany|badSignature)$/);
});

test('an altered certificate is not the one that was signed', () => {
  const bytes = Buffer.from(leafOf(root).bytes);
  bytes.write('dEvice', bytes.indexOf('device'));
  assert.equal(ask({ leaf: readCertificate(bytes) }), 'badSignature');
});
