/** What `aws login` does on its side of the browser, as the AWS CLI does it: a verifier, a key, the URL that it opens, the token that it fetches and keeps. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { TestGatehouse } from '../gatehouse.ts';

export const sameDevice = 'arn:aws:signin:::devtools/same-device';
export const crossDevice = 'arn:aws:signin:::devtools/cross-device';

export interface TokenAnswer { readonly status: number; readonly value: Record<string, unknown> & { readonly accessToken?: { accessKeyId: string; secretAccessKey: string; sessionToken: string }; readonly refreshToken?: string; readonly idToken?: string }; readonly errorType: string | undefined }

interface ProofParts { readonly htm?: string; readonly htu?: string; readonly iat?: number; readonly jti?: string; readonly typ?: string; readonly alg?: string; readonly jwk?: object }

export class CommandLine {
  readonly #gatehouse: TestGatehouse;
  readonly host: string;
  readonly verifier = 'v'.repeat(32) + randomUUID();
  readonly state = randomUUID();
  readonly clientId: string;
  readonly redirectUri: string;
  key: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(gatehouse: TestGatehouse, { host = 'localhost:4566', isRemote = false } = {}) {
    this.#gatehouse = gatehouse;
    this.host = host;
    this.clientId = isRemote ? crossDevice : sameDevice;
    this.redirectUri = isRemote ? `http://${host}/v1/sessions/confirmation` : 'http://127.0.0.1:53682/oauth/callback';
  }

  get parameters(): Record<string, string> {
    return { response_type: 'code', client_id: this.clientId, state: this.state, code_challenge_method: 'SHA-256', scope: 'openid', redirect_uri: this.redirectUri, code_challenge: createHash('sha256').update(this.verifier).digest('base64url') };
  }

  url(changed: Readonly<Record<string, string>> = {}): string {
    return `/v1/authorize?${new URLSearchParams({ ...this.parameters, ...changed })}`;
  }

  proof({ typ = 'dpop+jwt', alg = 'ES256', jwk, ...claims }: ProofParts = {}): string {
    const { kty, crv, x, y } = this.key.publicKey.export({ format: 'jwk' });
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const input = `${part({ typ, alg, jwk: jwk ?? { kty, crv, x, y } })}.${part({ htm: 'POST', htu: `http://${this.host}/v1/token`, iat: Math.floor(this.#gatehouse.clock.now / 1000), jti: randomUUID(), ...claims })}`;
    return `${input}.${sign('sha256', Buffer.from(input), { key: this.key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  async token(body: object, { proof = this.proof(), contentType = 'application/json' }: { readonly proof?: string | null; readonly contentType?: string } = {}): Promise<TokenAnswer> {
    const answer = await this.#gatehouse.send({
      target: '/v1/token', body: contentType === 'application/json' ? JSON.stringify(body) : new URLSearchParams(body as Record<string, string>).toString(),
      headers: [['Host', this.host], ['Content-Type', contentType], ...(proof === null ? [] : [['DPoP', proof] as const])],
    });
    return { status: answer.status, value: JSON.parse(String(answer.body)), errorType: answer.headers['x-amzn-ErrorType'] };
  }

  redeem(code: string, changed: object = {}, options?: Parameters<CommandLine['token']>[1]): Promise<TokenAnswer> {
    return this.token({ clientId: this.clientId, grantType: 'authorization_code', code, redirectUri: this.redirectUri, codeVerifier: this.verifier, ...changed }, options);
  }

  refresh(refreshToken: string, options?: Parameters<CommandLine['token']>[1]): Promise<TokenAnswer> {
    return this.token({ clientId: this.clientId, grantType: 'refresh_token', refreshToken }, options);
  }
}
