/** An OpenID Connect issuer for tests: it has keys, mints tokens, and answers for its documents as a fetch would. */
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import type { FetchDocument } from '../../src/authn/issuer-keys.ts';
import { IssuerUnreachable } from '../../src/authn/issuer-keys.ts';
import { testEpoch } from '../gatehouse.ts';

export interface TestIssuer {
  readonly url: string;
  /** The issuer without its scheme, as policies name it. */
  readonly name: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** What was fetched of it, in order. */
  readonly fetched: string[];
  /** Its keys; a test may change them. */
  readonly keys: JWK[];
  /** Why it does not answer, while it does not. */
  readonly state: { trouble?: Error | undefined };
  /** A token of these claims beside the usual ones; undefined takes a claim away. */
  mint(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>, key?: CryptoKey): Promise<string>;
  readonly fetchDocument: FetchDocument;
}

const nowSeconds = testEpoch / 1000;

export async function testIssuer(url = 'https://token.actions.githubusercontent.com', alg: 'RS256' | 'ES256' = 'RS256'): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'key-1', alg, use: 'sig' };
  const keys: JWK[] = [publicJwk];
  const fetched: string[] = [];
  const state: TestIssuer['state'] = {};
  const documents: Readonly<Record<string, () => unknown>> = {
    [`${url}/.well-known/openid-configuration`]: () => ({ issuer: url, jwks_uri: `${url}/keys` }),
    [`${url}/keys`]: () => ({ keys }),
  };
  return {
    url, name: url.slice('https://'.length), privateKey, publicJwk, fetched, keys, state,
    mint(claims = {}, header = {}, key = privateKey) {
      const whole = { iss: url, sub: 'repo:acme/app:ref:refs/heads/main', aud: 'sts.amazonaws.com', iat: nowSeconds - 10, exp: nowSeconds + 600, ...claims };
      return new SignJWT(Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined))).setProtectedHeader({ alg, kid: 'key-1', typ: 'JWT', ...header }).sign(key);
    },
    async fetchDocument(asked) {
      fetched.push(asked);
      if (state.trouble) throw state.trouble;
      const document = Object.hasOwn(documents, asked) ? documents[asked] : undefined;
      if (!document) throw new IssuerUnreachable(asked);
      return document();
    },
  };
}
