/** PuTTY's file of a private key, in the version that every PuTTY reads. Source: PuTTY User Manual, appendix C "PPK file format", C.5. */
import { createHash, createHmac } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { withSign, writeStrings } from './ssh-wire.ts';

const encryption = 'none';
/** GUESS: AWS's own comment is not known. */
const comment = 'gatehouse';

/** `blob` is the public key as SSH sends it. There is no passphrase: AWS gives none. */
export function puttyKey(key: KeyObject, blob: Buffer): string {
  const { name, secret } = secretOf(key);
  const mac = createHmac('sha1', createHash('sha1').update('putty-private-key-file-mac-key').digest()).update(writeStrings(name, encryption, comment, blob, secret)).digest('hex');
  return [`PuTTY-User-Key-File-2: ${name}`, `Encryption: ${encryption}`, `Comment: ${comment}`, ...linesOf('Public', blob), ...linesOf('Private', secret), `Private-MAC: ${mac}`, ''].join('\r\n');
}

function secretOf(key: KeyObject): { readonly name: string; readonly secret: Buffer } {
  // A private key of each kind has its kind's parts.
  const { d, p, q, qi } = key.export({ format: 'jwk' }) as { readonly d: string; readonly p: string; readonly q: string; readonly qi: string };
  if (key.asymmetricKeyType === 'rsa') return { name: 'ssh-rsa', secret: writeStrings(withSign(d), withSign(p), withSign(q), withSign(qi)) };
  return { name: 'ssh-ed25519', secret: writeStrings(Buffer.from(d, 'base64url')) };
}

function linesOf(label: string, bytes: Buffer): readonly string[] {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return [`${label}-Lines: ${lines.length}`, ...lines];
}
