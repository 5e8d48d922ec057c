/** Which pod a Kubernetes service-account token is of: proven by its signature, the keys of the cluster's issuer, its audience and its time. Source: "Managing Service Accounts" (Kubernetes documentation); "EKS Pod Identity" (EKS User Guide). */
import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../base/clock.ts';
import { readUnproven, TokenRefused, verifyIdToken } from '../proof/oidc/id-token.ts';
import type { IdTokenClaims } from '../proof/oidc/id-token.ts';
import type { ClusterDoc } from '../store/eks-docs.ts';
import { createIssuerKeys, IssuerUnreachable, IssuerUntrusted } from './issuer-keys.ts';
import type { FetchDocument, IssuerAddresses } from './issuer-keys.ts';

/** Whom tokens of Pod Identity are for: one that is for anybody else – the cluster's own API, STS – is no good here. */
export const podAudience = 'pods.eks.amazonaws.com';

export interface ProvenPod {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly podName: string;
  readonly podUid: string;
}

/** Why a token proves nothing. `unreachable` may pass: the issuer's keys could not be fetched. */
export type PodFault = 'malformed' | 'expired' | 'issuer' | 'audience' | 'signature' | 'unreachable';

export type ProvePod = (cluster: ClusterDoc, token: string) => Promise<ProvenPod | PodFault>;

/** Characters: what a token may have at most. GUESS: Kubernetes' own have about 1,200. */
const tokenLengthMax = 8_192;

interface Parts { readonly fetchDocument: FetchDocument; readonly clock: Clock; readonly issuerAddresses: IssuerAddresses }

export function createPodProver(parts: Parts): ProvePod {
  const issuerKeys = createIssuerKeys(parts);
  return async ({ IssuerUrl, KeySet }, token) => {
    if (token.length > tokenLengthMax) return 'malformed';
    try {
      const { iss, keyId } = readUnproven(token);
      // Before anything is fetched: a token of another issuer makes nobody ask that one.
      if (iss !== IssuerUrl) return 'issuer';
      // What stands there was checked when it was registered.
      const keys = KeySet === undefined ? await issuerKeys.keysOf(IssuerUrl, [], keyId) : JSON.parse(KeySet) as JSONWebKeySet;
      return podOf(await verifyIdToken(token, keys, parts.clock()));
    } catch (thrown) {
      return faultOf(thrown);
    }
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name as Kubernetes has them, which is also one that a session tag can have. */
const isName = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9.-]{1,253}$/.test(value);

function podOf({ sub, aud, all }: IdTokenClaims): ProvenPod | PodFault {
  if (!aud.includes(podAudience)) return 'audience';
  const claim = all['kubernetes.io'];
  const { namespace, serviceaccount, pod } = isObject(claim) ? claim : {};
  const serviceAccount = isObject(serviceaccount) ? serviceaccount['name'] : undefined;
  // A token that is bound to no pod is anybody's who has read it.
  const { name: podName, uid: podUid } = isObject(pod) ? pod : {};
  if (!isName(namespace) || !isName(serviceAccount) || !isName(podName) || !isName(podUid)) return 'malformed';
  // INVARIANT: the token says one thing of whose it is.
  if (sub !== `system:serviceaccount:${namespace}:${serviceAccount}`) return 'malformed';
  return { namespace, serviceAccount, podName, podUid };
}

const faults: Readonly<Record<TokenRefused['fault'], PodFault>> = { malformed: 'malformed', noKey: 'signature', signature: 'signature', expired: 'expired', notYetValid: 'malformed', missingClaim: 'malformed', audience: 'audience', role: 'malformed' };

/** Throws what is our own bug. */
function faultOf(thrown: unknown): PodFault {
  if (thrown instanceof TokenRefused) return faults[thrown.fault];
  if (thrown instanceof IssuerUnreachable) return thrown.isPassing ? 'unreachable' : 'signature';
  if (thrown instanceof IssuerUntrusted) return 'signature';
  throw thrown;
}
