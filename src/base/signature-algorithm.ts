/** How certificates are signed: each algorithm, by its object identifier. Source: RFC 3279, RFC 4055, RFC 5758, RFC 8410. */
import { sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DerBroken, DerReader, encode, encodeOid, encodeSequence, oid, tags } from './der.ts';
import type { DerValue } from './der.ts';

export interface SignatureAlgorithm {
  readonly name: string;
  readonly keyType: 'rsa' | 'ec' | 'ed25519';
  readonly hash: 'sha256' | 'sha384' | 'sha512' | undefined;
  /** Others can make two documents with one signature of it. */
  readonly isWeak: boolean;
}

const strong = (name: string, keyType: SignatureAlgorithm['keyType'], hash: SignatureAlgorithm['hash']): SignatureAlgorithm => ({ name, keyType, hash, isWeak: false });
const weak = (name: string, keyType: SignatureAlgorithm['keyType']): SignatureAlgorithm => ({ name, keyType, hash: undefined, isWeak: true });

const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['1.2.840.113549.1.1.2', weak('MD2 with RSA', 'rsa')],
  ['1.2.840.113549.1.1.4', weak('MD5 with RSA', 'rsa')],
  ['1.2.840.113549.1.1.5', weak('SHA-1 with RSA', 'rsa')],
  ['1.2.840.113549.1.1.14', weak('SHA-224 with RSA', 'rsa')],
  ['1.2.840.10045.4.1', weak('SHA-1 with ECDSA', 'ec')],
  ['1.2.840.10045.4.3.1', weak('SHA-224 with ECDSA', 'ec')],
  ['1.2.840.113549.1.1.11', strong('SHA-256 with RSA', 'rsa', 'sha256')],
  ['1.2.840.113549.1.1.12', strong('SHA-384 with RSA', 'rsa', 'sha384')],
  ['1.2.840.113549.1.1.13', strong('SHA-512 with RSA', 'rsa', 'sha512')],
  ['1.2.840.10045.4.3.2', strong('SHA-256 with ECDSA', 'ec', 'sha256')],
  ['1.2.840.10045.4.3.3', strong('SHA-384 with ECDSA', 'ec', 'sha384')],
  ['1.2.840.10045.4.3.4', strong('SHA-512 with ECDSA', 'ec', 'sha512')],
  ['1.3.101.112', strong('Ed25519', 'ed25519', undefined)],
]);

/** The algorithm of an AlgorithmIdentifier; undefined for one that is not known here. Throws DerBroken. */
export function readSignatureAlgorithm(value: DerValue): SignatureAlgorithm | undefined {
  if (value.tag !== tags.sequence) throw new DerBroken('no algorithm');
  const reader = new DerReader(value.content);
  const algorithm = algorithms.get(oid(reader.next(tags.oid)));
  // RSA has a null for parameters, or nothing; the others nothing. What would mean something else is no algorithm of ours.
  if (algorithm?.keyType === 'rsa') reader.optional(tags.null);
  if (algorithm) reader.end();
  return algorithm;
}

/** Whether the key made the signature of the bytes. One of another kind than the algorithm's did not. */
export function isSignatureOf({ keyType, hash, isWeak }: SignatureAlgorithm, key: KeyObject, signed: Uint8Array, signature: Uint8Array): boolean {
  if (isWeak || key.asymmetricKeyType !== keyType) return false;
  return verify(hash, signed, key, signature);
}

/** What a key of one's own signs with, as a certificate names it. */
export function algorithmOf(key: KeyObject): Uint8Array {
  return encodeSequence(encodeOid(ownAlgorithm(key).id), ...(key.asymmetricKeyType === 'rsa' ? [encode(tags.null)] : []));
}

/** Signs with that algorithm. */
export const signWith = (key: KeyObject, bytes: Uint8Array): Uint8Array => sign(ownAlgorithm(key).hash, bytes, key);

function ownAlgorithm(key: KeyObject): { readonly id: string; readonly hash: string | null } {
  switch (key.asymmetricKeyType) {
    case 'rsa': return { id: '1.2.840.113549.1.1.11', hash: 'sha256' };
    case 'ec': return key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? { id: '1.2.840.10045.4.3.3', hash: 'sha384' } : { id: '1.2.840.10045.4.3.2', hash: 'sha256' };
    case 'ed25519': return { id: '1.3.101.112', hash: null };
    default: throw new Error(`nothing is signed with a key of the kind ${key.asymmetricKeyType}`);
  }
}
