/** The test issuer's signing key, kept in its folder, and the tokens that it signs. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, SignJWT } from 'jose';
import type { JWK } from 'jose';

/** Both are RS256, as the tokens of GitHub, GitLab and Kubernetes are. */
export interface TestSigningKey { readonly privateKey: KeyObject; readonly publicJwk: JWK }

/** The key in the folder; made there, readable by its owner alone, when there is none. */
export async function openTestSigningKey(folder: string): Promise<TestSigningKey> {
  const file = join(folder, 'signing-key.pem');
  const privateKey = createPrivateKey(readIfThere(file) ?? make(folder, file));
  const jwk = await exportJWK(createPublicKey(privateKey));
  // Whoever meets such a token in a log sees where it came from.
  return { privateKey, publicJwk: { ...jwk, alg: 'RS256', use: 'sig', kid: `gatehouse-test-${hash('sha256', JSON.stringify(jwk)).slice(0, 16)}` } };
}

/** The claims as a signed token. */
export function signTestToken({ privateKey, publicJwk }: TestSigningKey, claims: Readonly<Record<string, unknown>>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: publicJwk.kid!, typ: 'JWT' }).sign(privateKey);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** Under a name of its own first: of two that are made at once, one counts and both read that one. */
function make(folder: string, file: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const draft = `${file}.${process.pid}`;
  const descriptor = openSync(draft, 'wx', 0o600);
  writeSync(descriptor, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  closeSync(descriptor);
  try {
    linkSync(draft, file);
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}
