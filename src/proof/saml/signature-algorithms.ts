/** How an XML signature may be made: everything there is to know about each algorithm. SHA-1 and shared secrets are not among them. Source: RFC 9231 (Additional XML Security Uniform Resource Identifiers). */
import { constants, createPublicKey, createVerify, hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { SignedXml } from 'xml-crypto';

type Hash = 'sha256' | 'sha384' | 'sha512';
type KeyType = 'rsa' | 'ec';

interface SignatureRow { readonly hash: Hash; readonly keyType: KeyType; readonly options: { readonly padding?: number; readonly saltLength?: number; readonly dsaEncoding?: 'ieee-p1363' } }

const pkcs1 = { padding: constants.RSA_PKCS1_PADDING };
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
/** The two numbers of the signature one after the other, not in DER (RFC 9231 section 2.3.6). */
const plainPair = { dsaEncoding: 'ieee-p1363' } as const;

const signatures: Readonly<Record<string, SignatureRow>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': { hash: 'sha256', keyType: 'rsa', options: pkcs1 },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': { hash: 'sha384', keyType: 'rsa', options: pkcs1 },
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': { hash: 'sha512', keyType: 'rsa', options: pkcs1 },
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1': { hash: 'sha256', keyType: 'rsa', options: pss },
  'http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1': { hash: 'sha384', keyType: 'rsa', options: pss },
  'http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1': { hash: 'sha512', keyType: 'rsa', options: pss },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': { hash: 'sha256', keyType: 'ec', options: plainPair },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384': { hash: 'sha384', keyType: 'ec', options: plainPair },
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512': { hash: 'sha512', keyType: 'ec', options: plainPair },
};

const digests: Readonly<Record<string, Hash>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};

export const isSignatureAlgorithm = (name: string): boolean => Object.hasOwn(signatures, name);
export const isDigestAlgorithm = (name: string): boolean => Object.hasOwn(digests, name);

/** INVARIANT: the library that canonicalizes knows no algorithm but these; its own are taken away. */
export function useAlgorithms(signature: SignedXml): void {
  signature.SignatureAlgorithms = Object.fromEntries(Object.entries(signatures).map(([name, row]) => [name, verifierOf(name, row)]));
  signature.HashAlgorithms = Object.fromEntries(Object.entries(digests).map(([name, algorithm]) => [name, hasherOf(name, algorithm)]));
}

/** The library's own types name the algorithms that it brings, so that ours are foreign to them. */
function verifierOf(name: string, row: SignatureRow): SignedXml['SignatureAlgorithms'][keyof SignedXml['SignatureAlgorithms']] {
  return class {
    getAlgorithmName = () => name as never;
    getSignature = (): never => { throw new Error('only verification'); };
    verifySignature = (material: string, key: string, value: string): boolean => {
      const publicKey: KeyObject = createPublicKey(key);
      // A key is used for what it is for: a signature is not to be read as one of another kind.
      if (publicKey.asymmetricKeyType !== row.keyType) return false;
      return createVerify(row.hash).update(material).verify({ key: publicKey, ...row.options }, value, 'base64');
    };
  } as never;
}

function hasherOf(name: string, algorithm: Hash): SignedXml['HashAlgorithms'][keyof SignedXml['HashAlgorithms']] {
  return class {
    getAlgorithmName = () => name as never;
    getHash = (xml: string): string => hash(algorithm, xml, 'base64');
  } as never;
}
