/** SSH public keys: read from OpenSSH's one line or from PEM, written as either, and their fingerprint. Source: RFC 4253 section 6.6, RFC 4716 section 4. */
import { createHash, createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readStrings, withoutSign, withSign, writeStrings } from './ssh-wire.ts';

/** The fewest bits of a key. Source: "UploadSSHPublicKey" (IAM API Reference). */
export const sshKeyBitsMin = 2048;
/** The most: OpenSSH's own bound; verifying with longer ones is work for nothing. */
export const sshKeyBitsMax = 16_384;

export interface SshPublicKey {
  /** `ssh-rsa AAAA…`, without a comment. */
  readonly openSsh: string;
  /** SubjectPublicKeyInfo in PEM. */
  readonly pem: string;
  /** MD5 of the key as SSH sends it: sixteen pairs of digits with colons between. */
  readonly fingerprint: string;
  readonly bits: number;
}

const keyType = 'ssh-rsa';

/** The RSA key that `text` holds; undefined where it is no public key of RSA in a form that can be read. */
export function readSshPublicKey(text: string): SshPublicKey | undefined {
  const trimmed = text.trim();
  const key = trimmed.startsWith('-----BEGIN ') ? fromPem(trimmed) : fromOpenSsh(trimmed);
  return key && describe(key);
}

function fromPem(pem: string): KeyObject | undefined {
  // createPublicKey also takes a private key or a certificate and derives the public key; whoever uploads one of those errs, and a private key must not be kept.
  if (!/^-----BEGIN (?:RSA )?PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END (?:RSA )?PUBLIC KEY-----$/.test(pem)) return undefined;
  try {
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'rsa' ? key : undefined;
  } catch {
    // Not a key: what a caller sends may be anything.
    return undefined;
  }
}

function fromOpenSsh(line: string): KeyObject | undefined {
  const [type, base64] = line.split(/[ \t]+/, 2);
  if (type !== keyType || base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || /[\r\n]/.test(line)) return undefined;
  const parts = readStrings(Buffer.from(base64, 'base64'));
  if (parts?.length !== 3 || parts[0]!.toString('latin1') !== keyType) return undefined;
  const [e, n] = [withoutSign(parts[1]!), withoutSign(parts[2]!)];
  if (!e || !n) return undefined;
  try {
    return createPublicKey({ key: { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') }, format: 'jwk' });
  } catch {
    // Not a key: what a caller sends may be anything.
    return undefined;
  }
}

function describe(key: KeyObject): SshPublicKey {
  // An RSA key always has both.
  const { e, n } = key.export({ format: 'jwk' }) as { readonly e: string; readonly n: string };
  const blob = writeStrings(keyType, withSign(e), withSign(n));
  return {
    openSsh: `${keyType} ${blob.toString('base64')}`,
    pem: key.export({ format: 'pem', type: 'spki' }),
    fingerprint: createHash('md5').update(blob).digest('hex').replaceAll(/..(?!$)/g, '$&:'),
    bits: key.asymmetricKeyDetails!.modulusLength!,
  };
}
