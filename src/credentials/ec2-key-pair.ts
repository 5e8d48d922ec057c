/** EC2's key pairs: made, their private half written as clients want it, and their fingerprints. Source: "Create a key pair", "Verify the fingerprint of your key pair" (EC2 User Guide). */
import { createHash, createPublicKey, generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomBytes } from '../base/ids.ts';
import { puttyKey } from './putty-key.ts';
import { uint32, withSign, writeStrings } from './ssh-wire.ts';

export type KeyPairType = 'rsa' | 'ed25519';
export type PrivateKeyFormat = 'pem' | 'ppk';

export interface PublicKeyOfPair {
  readonly type: KeyPairType;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly openSsh: string;
  readonly fingerprint: string;
}

/** What was made, and all there will ever be of its private half. */
export interface MadeKeyPair extends PublicKeyOfPair { readonly privateKey: string }

/** Source: "CreateKeyPair": "2048-bit RSA". */
const rsaBits = 2048;

export async function makeKeyPair(type: KeyPairType, format: PrivateKeyFormat, random: RandomBytes): Promise<MadeKeyPair> {
  const { publicKey, privateKey } = type === 'rsa' ? await promisify(generateKeyPair)('rsa', { modulusLength: rsaBits, publicExponent: 65_537 }) : await promisify(generateKeyPair)('ed25519');
  const blob = publicBlob(publicKey);
  return {
    type,
    openSsh: openSshLine(publicKey),
    // The fingerprint of a pair that was made is of its private key where it is RSA: what openssl pkcs8 | openssl sha1 shows.
    fingerprint: type === 'rsa' ? colons(createHash('sha1').update(privateKey.export({ format: 'der', type: 'pkcs8' }))) : sha256Of(blob),
    privateKey: format === 'ppk' ? puttyKey(privateKey, blob) : type === 'rsa' ? privateKey.export({ format: 'pem', type: 'pkcs1' }) : openSshPrivateKey(privateKey, blob, random),
  };
}

/** A public key that was made elsewhere. */
export function importedKey(publicKey: KeyObject, type: KeyPairType): PublicKeyOfPair {
  return {
    type,
    openSsh: openSshLine(publicKey),
    fingerprint: type === 'rsa' ? colons(createHash('md5').update(publicKey.export({ format: 'der', type: 'spki' }))) : sha256Of(publicBlob(publicKey)),
  };
}

interface Parts { readonly e: string; readonly n: string; readonly x: string }
const sshTypes: Readonly<Record<string, { readonly name: string; readonly parts: (jwk: Parts) => readonly Buffer[] }>> = {
  rsa: { name: 'ssh-rsa', parts: ({ e, n }) => [withSign(e), withSign(n)] },
  ed25519: { name: 'ssh-ed25519', parts: ({ x }) => [Buffer.from(x, 'base64url')] },
};

const sshTypeOf = (key: KeyObject): (typeof sshTypes)[string] => sshTypes[key.asymmetricKeyType!]!;

/** The key as SSH sends it. Source: RFC 4253 section 6.6, RFC 8709 section 4. */
function publicBlob(key: KeyObject): Buffer {
  const { name, parts } = sshTypeOf(key);
  // A key of each kind has its kind's parts.
  return writeStrings(name, ...parts(key.export({ format: 'jwk' }) as unknown as Parts));
}

const openSshLine = (key: KeyObject): string => `${sshTypeOf(key).name} ${publicBlob(key).toString('base64')}`;

/** With `=` at its end, as AWS shows it: `ssh-keygen -lf` leaves that out. */
const sha256Of = (blob: Buffer): string => createHash('sha256').update(blob).digest('base64');

const colons = (hash: ReturnType<typeof createHash>): string => hash.digest('hex').replaceAll(/..(?!$)/g, '$&:');

/** An ED25519 key without a passphrase, in the one form that OpenSSH has for it. Source: OpenSSH, PROTOCOL.key. */
function openSshPrivateKey(key: KeyObject, blob: Buffer, random: RandomBytes): string {
  const seed = Buffer.from((key.export({ format: 'jwk' }) as { readonly d: string }).d, 'base64url');
  const publicBytes = Buffer.from((createPublicKey(key).export({ format: 'jwk' }) as { readonly x: string }).x, 'base64url');
  const check = Buffer.from(random(4));
  const secret = Buffer.concat([check, check, writeStrings('ssh-ed25519', publicBytes, Buffer.concat([seed, publicBytes]), '')]);
  const padding = Buffer.from(Array.from({ length: (8 - (secret.length % 8)) % 8 }, (_, i) => i + 1));
  const whole = Buffer.concat([Buffer.from('openssh-key-v1\0'), writeStrings('none', 'none', ''), uint32(1), writeStrings(blob, Buffer.concat([secret, padding]))]);
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${whole.toString('base64').replaceAll(/.{1,70}/g, '$&\n')}-----END OPENSSH PRIVATE KEY-----\n`;
}
