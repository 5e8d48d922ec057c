/** Whether a certificate is to be believed: a chain from it to an anchor in which each certificate was entitled to sign the one before. Source: RFC 5280, section 6.1. */
import type { Timestamp } from '../../base/clock.ts';
import { isSame, isSelfIssued, isSignedBy } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { purposes } from './extensions.ts';
import { x509Limits } from './limits.ts';
import { listFinding } from './revocation-list.ts';
import type { RevocationList } from './revocation-list.ts';

/** Why no chain was found. */
export type ChainFinding =
  | 'tooMany' | 'oldVersion' | 'notYetValid' | 'expired' | 'weakAlgorithm' | 'weakKey' | 'unknownCriticalExtension' | 'nameConstraints'
  | 'leafIsAuthority' | 'wrongUsage' | 'notAuthority' | 'pathTooLong' | 'chainTooLong' | 'noIssuer' | 'badSignature' | 'revoked' | 'staleRevocationList';

export const chainFindings: Readonly<Record<ChainFinding, string>> = {
  tooMany: 'there are too many certificates, or too many ways from one to the other',
  oldVersion: 'the certificate is not of version 3',
  notYetValid: 'the certificate is not valid yet',
  expired: 'the certificate has expired',
  weakAlgorithm: 'the certificate is signed with an algorithm that is too weak, or not known',
  weakKey: 'the key is too short, or of a kind that is not taken',
  unknownCriticalExtension: 'the certificate has a critical extension that is not understood',
  nameConstraints: 'an authority is bound to certain names, which is not understood',
  leafIsAuthority: 'the certificate is an authority\'s',
  wrongUsage: 'the key may not be used for this',
  notAuthority: 'an issuer is no authority',
  pathTooLong: 'there are more authorities in the chain than one of them allows',
  chainTooLong: 'the chain is too long',
  noIssuer: 'no chain leads to an anchor',
  badSignature: 'the certificate was not signed by its issuer',
  revoked: 'the certificate is revoked',
  staleRevocationList: 'the revocation list is not up to date',
};

export interface ChainQuestion {
  readonly leaf: Certificate;
  /** What came with the leaf, in any order: nothing in it is believed for being there. */
  readonly intermediates: readonly Certificate[];
  /** Whom the asker trusts. */
  readonly anchors: readonly Certificate[];
  readonly revocationLists: readonly RevocationList[];
  readonly now: Timestamp;
}

export type ChainAnswer = { readonly chain: readonly [leaf: Certificate, ...issuers: Certificate[]] } | { readonly finding: ChainFinding };

/** Looks for a chain. Where there is none, says what was wrong with the one that came furthest. */
export function findChain(question: ChainQuestion): ChainAnswer {
  const { leaf, intermediates, anchors } = question;
  if (intermediates.length > x509Limits.intermediatesMax) return { finding: 'tooMany' };
  const finding = leafFinding(leaf, question.now);
  if (finding) return { finding };
  const search: Search = { question, signaturesLeft: x509Limits.signaturesMax, furthest: { length: 0, finding: 'noIssuer' } };
  // The anchors first: the shortest chain is the one that is meant.
  const chain = extend(search, [leaf], [...anchors.map((certificate) => ({ certificate, isAnchor: true })), ...intermediates.map((certificate) => ({ certificate, isAnchor: false }))]);
  return chain ? { chain } : { finding: search.furthest.finding };
}

interface Candidate { readonly certificate: Certificate; readonly isAnchor: boolean }
type Chain = readonly [Certificate, ...Certificate[]];
interface Search { readonly question: ChainQuestion; signaturesLeft: number; furthest: { readonly length: number; readonly finding: ChainFinding } }

function extend(search: Search, chain: Chain, candidates: readonly Candidate[]): Chain | undefined {
  const last = chain.at(-1)!;
  for (const { certificate, isAnchor } of candidates) {
    // A certificate stands in a chain once, whoever signed whom: authorities that have signed each other make no endless way.
    if (!isSame(certificate.subject.bytes, last.issuer.bytes) || chain.some((one) => isSame(one.bytes, certificate.bytes))) continue;
    const finding = linkFinding(search, chain, certificate);
    if (finding) {
      if (chain.length > search.furthest.length || search.furthest.finding === 'noIssuer') search.furthest = { length: chain.length, finding };
      if (finding === 'tooMany') return undefined;
      continue;
    }
    const longer: Chain = [...chain, certificate];
    if (isAnchor) return longer;
    const whole = extend(search, longer, candidates);
    if (whole) return whole;
  }
  if (search.furthest.length < chain.length) search.furthest = { length: chain.length, finding: chain.length === 1 ? 'noIssuer' : search.furthest.finding };
  return undefined;
}

/** What keeps `issuer` from being the next certificate of the chain. */
function linkFinding(search: Search, chain: Chain, issuer: Certificate): ChainFinding | undefined {
  const { now, revocationLists } = search.question;
  if (chain.length >= x509Limits.chainLengthMax) return 'chainTooLong';
  const { isAuthority, pathLength, keyUsage } = issuer.extensions;
  if (!isAuthority) return 'notAuthority';
  if (keyUsage && !keyUsage.has('keyCertSign')) return 'wrongUsage';
  // Those in between, without the leaf; who renewed its own certificate is not counted. Source: RFC 5280, section 4.2.1.9.
  const authoritiesBelow = chain.slice(1).filter((certificate) => !isSelfIssued(certificate)).length;
  if (pathLength !== undefined && authoritiesBelow > pathLength) return 'pathTooLong';
  if (issuer.extensions.hasNameConstraints) return 'nameConstraints';
  const finding = certificateFinding(issuer, now);
  if (finding) return finding;
  if (search.signaturesLeft <= 0) return 'tooMany';
  search.signaturesLeft--;
  const last = chain.at(-1)!;
  if (!isSignedBy(last, issuer)) return 'badSignature';
  return revocationFinding(last, issuer, revocationLists, now);
}

/** What keeps a certificate from being an authority's that is trusted. */
export function authorityFinding(certificate: Certificate, now: Timestamp): ChainFinding | undefined {
  const { isAuthority, keyUsage, hasNameConstraints } = certificate.extensions;
  if (!isAuthority) return 'notAuthority';
  if (keyUsage && !keyUsage.has('keyCertSign')) return 'wrongUsage';
  return hasNameConstraints ? 'nameConstraints' : certificateFinding(certificate, now);
}

/** What is wrong with the certificate by itself. */
function certificateFinding({ version, notBefore, notAfter, signatureAlgorithm, publicKey, extensions }: Certificate, now: Timestamp): ChainFinding | undefined {
  if (version !== 3) return 'oldVersion';
  if (now < notBefore) return 'notYetValid';
  // The last second is part of it. Source: RFC 5280, section 4.1.2.5.
  if (now >= notAfter + 1_000) return 'expired';
  if (!signatureAlgorithm || signatureAlgorithm.isWeak) return 'weakAlgorithm';
  if (!isStrongKey(publicKey)) return 'weakKey';
  return extensions.unknownCritical.length > 0 ? 'unknownCriticalExtension' : undefined;
}

/** What keeps a certificate from being one that a device shows, whoever signed it: that it is known says who vouches for it. */
export const heldFinding = (certificate: Certificate, now: Timestamp): ChainFinding | undefined => (certificate.extensions.isAuthority ? 'leafIsAuthority' : certificateFinding(certificate, now));

/** Source: "Signature verification" (IAM Roles Anywhere User Guide): an end-entity certificate has CA:false and, where it says what its key is for, digitalSignature. */
function leafFinding(leaf: Certificate, now: Timestamp): ChainFinding | undefined {
  const { isAuthority, keyUsage, extendedKeyUsage } = leaf.extensions;
  if (isAuthority) return 'leafIsAuthority';
  if (keyUsage && (!keyUsage.has('digitalSignature') || keyUsage.has('keyCertSign'))) return 'wrongUsage';
  if (extendedKeyUsage && !extendedKeyUsage.includes(purposes.clientAuth) && !extendedKeyUsage.includes(purposes.any)) return 'wrongUsage';
  return certificateFinding(leaf, now);
}

const curves: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** Whether a key is of a kind that is taken, long enough to be believed and short enough not to be work. */
export function isStrongKey(key: Certificate['publicKey']): boolean {
  const { modulusLength = 0, namedCurve = '', publicExponent } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    // An exponent of 1 signs everything; one that is as long as the key only costs time.
    case 'rsa': return modulusLength >= x509Limits.rsaBitsMin && modulusLength <= x509Limits.rsaBitsMax && publicExponent !== undefined && publicExponent >= 3n && publicExponent < 2n ** 33n && publicExponent % 2n === 1n;
    case 'ec': return curves.has(namedCurve);
    case 'ed25519': return true;
    default: return false;
  }
}

/**
 * Where the asker has lists of this issuer, the certificate stands in none of them; a list of the issuer's that is out of date cannot say so, and what is uncertain is denied.
 * Lists of others say nothing here.
 */
function revocationFinding(certificate: Certificate, issuer: Certificate, lists: readonly RevocationList[], now: Timestamp): ChainFinding | undefined {
  for (const list of lists) {
    if (listFinding(list, issuer) !== undefined) continue;
    if (list.revoked.has(certificate.serialNumber)) return 'revoked';
    if (now < list.thisUpdate || (list.nextUpdate !== undefined && now >= list.nextUpdate)) return 'staleRevocationList';
  }
  return undefined;
}
