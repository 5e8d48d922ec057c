/** The issuers of tokens of this Gatehouse, one an account: where each is, and the two documents by which anyone verifies its tokens. Source: OpenID Connect Discovery 1.0, section 4; RFC 7517, section 5. */
import { signingAlgorithms } from '../credentials/token-signing-key.ts';
import { publishedKeys } from '../services/token-signing-keys.ts';
import type { Store } from '../store/store.ts';
import type { Answer } from './http-request.ts';
import { limits } from './limits.ts';

/** What every issuer's path begins with; its id follows. */
export const issuersPath = '/_gatehouse/issuers/';

export interface TokenIssuers {
  /** The issuer of that id, as the `iss` of its tokens names it: its documents are below it. */
  urlOf(issuerId: string): string;
  /** Whether a token's issuer is one of these. */
  isOwn(iss: string): boolean;
}

/** `baseUrl` is where clients reach this Gatehouse, without a slash at its end. By whichever address it was reached before, an issuer is known by its id, which no other has. */
export function tokenIssuers(baseUrl: string, store: Pick<Store, 'partition'>): TokenIssuers {
  const prefix = `${baseUrl}${issuersPath}`;
  return {
    urlOf: (issuerId) => `${prefix}${issuerId}`,
    isOwn: (iss) => iss.startsWith(prefix) || store.partition.tokenIssuers.find(iss.slice(iss.lastIndexOf('/') + 1)) !== undefined,
  };
}

interface Serving { readonly store: Store; readonly issuers: TokenIssuers }

/** The document → its content, of the account whose issuer it is. What each holds is what AWS's hold (seen in public, 2026). */
const documents: Readonly<Record<string, (issuer: string, account: string, store: Store, now: number) => Promise<object | undefined>>> = {
  'openid-configuration': async (issuer) => ({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: signingAlgorithms,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'jti', 'https://sts.amazonaws.com/'],
  }),
  'jwks.json': async (_issuer, account, store, now) => {
    const view = await store.account(account);
    return view && { keys: publishedKeys(view, now).map(({ key }) => key.PublicKey) };
  },
};

const documentPath = new RegExp(`^${issuersPath}([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/\\.well-known/(openid-configuration|jwks\\.json)$`);

/** The document, or 404: who does not know an issuer's id learns nothing, and an unknown one loads no account. */
export async function answerIssuer({ store, issuers }: Serving, path: string, now: number): Promise<Answer> {
  store.freshen();
  const [, issuerId = '', name = ''] = documentPath.exec(path) ?? [];
  const issuer = store.partition.tokenIssuers.find(issuerId);
  const content = issuer && await documents[name]!(issuers.urlOf(issuerId), issuer.AccountId, store, now);
  if (!content) return { status: 404, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }, body: '{"error":"not_found"}' };
  return { status: 200, headers: { 'Content-Type': 'application/json', 'Cache-Control': `public, max-age=${limits.issuerDocumentSeconds}` }, body: JSON.stringify(content) };
}
