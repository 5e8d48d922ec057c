/** Proves who presents a token or an assertion. What each kind needs is loaded with the first of it: most processes never see any, and a start is not to pay for it. */
import type { FetchDocument, IssuerAddresses } from '../authn/issuer-keys.ts';
import type { ProvidedCaller } from '../base/caller.ts';
import type { Clock } from '../base/clock.ts';
import type { Seal } from '../base/seal.ts';
import type { Presented } from '../services/operation.ts';
import type { GuardStore, Store } from '../store/store.ts';

export type ProvePresented = (kind: keyof Presented, presented: Presented[keyof Presented]) => Promise<ProvidedCaller>;

interface Parts { readonly store: Store; readonly fetchDocument: FetchDocument; readonly isOwnIssuer: (iss: string) => boolean; readonly seal: Seal; readonly guard: GuardStore; readonly clock: Clock; readonly issuerAddresses: IssuerAddresses }

type Prover<Kind extends keyof Presented> = (presented: Presented[Kind]) => Promise<ProvidedCaller>;

const loaders: { readonly [Kind in keyof Presented]: (parts: Parts) => Promise<Prover<Kind>> } = {
  webIdentity: async (parts) => (await import('../authn/web-identity.ts')).createWebIdentityProver(parts),
  saml: async (parts) => (await import('../authn/saml-identity.ts')).createSamlProver(parts),
};

export function createPresentedProver(parts: Parts): ProvePresented {
  const loading = new Map<keyof Presented, Promise<Prover<keyof Presented>>>();
  return async (kind, presented) => {
    let prover = loading.get(kind);
    // An operation presents what its own proof is for, so that the prover that is loaded for the kind takes it.
    if (!prover) loading.set(kind, (prover = loaders[kind](parts) as Promise<Prover<keyof Presented>>));
    return (await prover)(presented as Presented['saml']);
  };
}
