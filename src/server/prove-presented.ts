/** Proves who presents a token or an assertion. What each kind needs is loaded with the first of it: most processes never see any, and a start is not to pay for it. */
import type { FetchDocument, IssuerAddresses } from '../authn/issuer-keys.ts';
import type { SignedBy } from '../authn/certificate-identity.ts';
import type { Clock } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import type { Presented, PresentedCaller } from '../services/operation.ts';
import type { GuardStore, Store } from '../store/store.ts';

/** `by` is the request that presents it: a certificate's key has signed that. */
export type ProvePresented = (kind: keyof Presented, presented: Presented[keyof Presented], by: SignedBy) => Promise<PresentedCaller[keyof Presented]>;

interface Parts { readonly store: Store; readonly fetchDocument: FetchDocument; readonly isOwnIssuer: (iss: string) => boolean; readonly seal: Seal; readonly guard: GuardStore; readonly clock: Clock; readonly issuerAddresses: IssuerAddresses }

type Prover<Kind extends keyof Presented> = (presented: Presented[Kind], by: SignedBy) => Promise<PresentedCaller[Kind]>;

const loaders: { readonly [Kind in keyof Presented]: (parts: Parts) => Promise<Prover<Kind>> } = {
  webIdentity: async (parts) => (await import('../authn/web-identity.ts')).createWebIdentityProver(parts),
  saml: async (parts) => (await import('../authn/saml-identity.ts')).createSamlProver(parts),
  certificate: async (parts) => (await import('../authn/certificate-identity.ts')).createCertificateProver(parts),
};

export function createPresentedProver(parts: Parts): ProvePresented {
  type AnyProver = (presented: never, by: SignedBy) => Promise<PresentedCaller[keyof Presented]>;
  const loading = new Map<keyof Presented, Promise<AnyProver>>();
  return async (kind, presented, by) => {
    let prover = loading.get(kind);
    // An operation presents what its own proof is for, so that the prover that is loaded for the kind takes it.
    if (!prover) loading.set(kind, (prover = loaders[kind](parts)));
    return (await prover)(presented as never, by);
  };
}
