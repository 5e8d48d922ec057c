/** Certificate revocation lists: which serial numbers of an authority no longer count. Source: RFC 5280, section 5. */
import type { Timestamp } from '../../base/clock.ts';
import { children, contextTag, DerBroken, DerReader, integerBytes, readDer, smallInteger, tags, wholeBitString } from '../../base/der.ts';
import { readName } from '../../base/distinguished-name.ts';
import type { DistinguishedName } from '../../base/distinguished-name.ts';
import { isSame, isSignedBy, serialText } from './certificate.ts';
import type { Certificate } from './certificate.ts';
import { readRawExtensions } from './extensions.ts';
import { x509Limits } from './limits.ts';
import { readSignatureAlgorithm } from '../../base/signature-algorithm.ts';
import type { SignatureAlgorithm } from '../../base/signature-algorithm.ts';
import { readTime } from './time.ts';

export interface RevocationList {
  readonly issuer: DistinguishedName;
  readonly thisUpdate: Timestamp;
  readonly nextUpdate: Timestamp | undefined;
  /** Serial numbers as certificates have them. */
  readonly revoked: ReadonlySet<string>;
  readonly signatureAlgorithm: SignatureAlgorithm | undefined;
  readonly signature: Uint8Array;
  readonly signedBytes: Uint8Array;
}

/** Reads a list in DER. Throws DerBroken, also for one that speaks of part of an authority's certificates or of another's: those are not understood here. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const outer = new DerReader(readDer(bytes, tags.sequence).content);
  const tbs = outer.next(tags.sequence);
  const algorithm = outer.next(tags.sequence);
  const signature = wholeBitString(outer.next());
  outer.end();
  const reader = new DerReader(tbs.content);
  const version = reader.optional(tags.integer);
  if (version && smallInteger(version) !== 1) throw new DerBroken('a version that there is not');
  if (!isSame(reader.next(tags.sequence).bytes, algorithm.bytes)) throw new DerBroken('two algorithms for one signature');
  const issuer = readName(reader.next());
  const thisUpdate = readTime(reader.next());
  const hasNext = reader.peek() === tags.utcTime || reader.peek() === tags.generalizedTime;
  const nextUpdate = hasNext ? readTime(reader.next()) : undefined;
  const list = reader.optional(tags.sequence);
  const entries = list ? children(list) : [];
  if (entries.length > x509Limits.revokedMax) throw new DerBroken('a list that is too long');
  const revoked = new Set(entries.map(readEntry));
  for (const { id, isCritical } of readRawExtensions(reader.optional(contextTag(0, true)))) if (isCritical) throw new DerBroken(`an extension that is not understood: ${id}`);
  reader.end();
  return { issuer, thisUpdate, nextUpdate, revoked, signature, signatureAlgorithm: readSignatureAlgorithm(algorithm), signedBytes: tbs.bytes };
}

function readEntry(entry: Parameters<typeof children>[0]): string {
  const [serial, at, extensions, ...more] = children(entry);
  if (entry.tag !== tags.sequence || !serial || !at || more.length > 0) throw new DerBroken('no revoked certificate');
  readTime(at);
  for (const extension of extensions ? children(extensions) : []) {
    // An entry whose certificate is another authority's says so by a critical extension.
    if (children(extension)[1]?.tag === tags.boolean) throw new DerBroken('an entry that is not understood');
  }
  return serialText(integerBytes(serial));
}

/** Why the list says nothing about certificates of the authority; undefined where it does. */
export type ListFinding = 'anotherIssuer' | 'badSignature' | 'notForLists';

export function listFinding(list: RevocationList, authority: Certificate): ListFinding | undefined {
  if (!isSame(list.issuer.bytes, authority.subject.bytes)) return 'anotherIssuer';
  const { keyUsage } = authority.extensions;
  if (keyUsage && !keyUsage.has('cRLSign')) return 'notForLists';
  return isSignedBy(list, authority) ? undefined : 'badSignature';
}

