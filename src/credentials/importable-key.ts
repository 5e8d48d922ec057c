/** The public keys that EC2 imports: OpenSSH's line, base64 of DER, or SSH's file format; RSA of three lengths, or ED25519. Source: "ImportKeyPair"; "Create a key pair using a third-party tool" (EC2 User Guide). */
import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { importedKey } from './ec2-key-pair.ts';
import type { PublicKeyOfPair } from './ec2-key-pair.ts';
import { readStrings, withoutSign } from './ssh-wire.ts';

/** Longer than any key that is taken, with its comment. */
export const importableLengthMax = 16_384;

const rsaBits: ReadonlySet<number | undefined> = new Set([1024, 2048, 4096]);

/** The key in `text`; `'format'` where no public key is in it, `'length'` where it is of a length that is not taken. */
export function readImportableKey(text: string): PublicKeyOfPair | 'format' | 'length' {
  if (text.length > importableLengthMax) return 'format';
  const key = keyIn(text.trim());
  if (key?.asymmetricKeyType === 'ed25519') return importedKey(key, 'ed25519');
  if (key?.asymmetricKeyType !== 'rsa') return 'format';
  return rsaBits.has(key.asymmetricKeyDetails?.modulusLength) ? importedKey(key, 'rsa') : 'length';
}

function keyIn(text: string): KeyObject | undefined {
  try {
    if (text.startsWith('---- BEGIN SSH2 PUBLIC KEY ----')) return fromBlob(ssh2Body(text));
    // A private key must not be kept, so only what says that it is public is read as PEM.
    if (text.startsWith('-----BEGIN PUBLIC KEY-----')) return createPublicKey(text);
    const [type = '', base64] = text.split(/[ \t]+/, 2);
    if (base64 !== undefined && /^ssh-/.test(type)) return /[\r\n]/.test(text) ? undefined : fromBlob(base64, type);
    return isBase64(text.replaceAll(/\s/g, '')) ? createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }) : undefined;
  } catch {
    // Not a key: what a caller sends may be anything.
    return undefined;
  }
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

/** Between the marks: headers, which may go on on a next line behind a backslash, then base64. Source: RFC 4716, section 3. */
function ssh2Body(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) !== '---- END SSH2 PUBLIC KEY ----') return '';
  const body: string[] = [];
  let isHeader = false;
  for (const line of lines.slice(1, -1)) {
    const isContinued: boolean = isHeader;
    isHeader = (isContinued || line.includes(':')) && line.endsWith('\\');
    if (!isContinued && !line.includes(':')) body.push(line.trim());
  }
  return body.join('');
}

/** A key as SSH sends it, of the type that stands before it where one does. */
function fromBlob(base64: string, stated?: string): KeyObject | undefined {
  if (!isBase64(base64)) return undefined;
  const [type, ...parts] = readStrings(Buffer.from(base64, 'base64')) ?? [];
  const name = type?.toString('latin1');
  if (stated !== undefined && stated !== name) return undefined;
  if (name === 'ssh-ed25519' && parts.length === 1 && parts[0]!.length === 32) return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: parts[0]!.toString('base64url') }, format: 'jwk' });
  if (name !== 'ssh-rsa' || parts.length !== 2) return undefined;
  const [e, n] = [withoutSign(parts[0]!), withoutSign(parts[1]!)];
  return e && n && createPublicKey({ key: { kty: 'RSA', e: e.toString('base64url'), n: n.toString('base64url') }, format: 'jwk' });
}
