/** Clusters of Kubernetes whose pods are to be given roles: an operator says whose tokens are theirs. On AWS they are made with the cluster. */
import { createPublicKey } from 'node:crypto';
import type { JsonWebKeyInput } from 'node:crypto';
import type { Gatehouse, KubernetesCluster } from '../../../models/gatehouse.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { ClusterDoc } from '../../store/eks-docs.ts';
import { pairKey } from '../../store/tables.ts';
import { clusterArn } from '../kubernetes-clusters.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { clusterKeysMax, clustersPerRegionMax } from './limits.ts';

export const kubernetesClusters = {
  RegisterKubernetesCluster: {
    access: ({ Name, Region }, context) => [clusterAsk(context, Region, Name)],
    run({ Name, IssuerUrl, KeySet, Region: given }, { write, account, region, now, error }) {
      checkIssuer(IssuerUrl, error);
      if (KeySet !== undefined) checkKeySet(KeySet, error);
      const cluster: ClusterDoc = { ClusterName: Name, Region: given ?? region, IssuerUrl, CreateDate: now, ...(KeySet !== undefined && { KeySet }) };
      return write((draft) => {
        if (draft.clusters.countBy('region', cluster.Region) >= clustersPerRegionMax) throw error('LimitExceeded', `An account can have at most ${clustersPerRegionMax} clusters in a region.`);
        if (!draft.clusters.insert(cluster)) throw error('KubernetesClusterAlreadyExists', `There is a cluster ${Name} in ${cluster.Region} already.`);
        return { Cluster: shown(cluster, account) };
      });
    },
  },

  ListKubernetesClusters: {
    access: ({ Region }, context) => [clusterAsk(context, Region, '*')],
    run: ({ Region }, { view, account, region }) => ({ Clusters: view.clusters.listBy('region', Region ?? region).map((cluster) => shown(cluster, account)) }),
  },

  /** Its associations go with it, as they do on AWS when a cluster is deleted. */
  DeregisterKubernetesCluster: {
    access: ({ Name, Region }, context) => [clusterAsk(context, Region, Name)],
    run: ({ Name, Region: given }, { write, region, error }) => write((draft) => {
      const key = pairKey(given ?? region, Name);
      if (!draft.clusters.find(key)) throw error('NoSuchKubernetesCluster', `There is no cluster ${Name} in ${given ?? region}.`);
      for (const { Region, AssociationId } of draft.podIdentityAssociations.listBy('cluster', key)) draft.podIdentityAssociations.remove(pairKey(Region, AssociationId));
      draft.clusters.remove(key);
    }),
  },
} satisfies Operations<Gatehouse, `${'Register' | 'Deregister'}KubernetesCluster` | 'ListKubernetesClusters'>;

const clusterAsk = ({ account, region }: Pick<AccessContext<never>, 'account' | 'region'>, given: string | undefined, name: string): Ask => ({ resource: `arn:aws:gatehouse:${given ?? region}:${account}:kubernetes-cluster/${name}` });

const shown = ({ ClusterName, Region, IssuerUrl, KeySet, CreateDate }: ClusterDoc, account: string): KubernetesCluster =>
  ({ Name: ClusterName, Arn: clusterArn({ account, region: Region }, ClusterName), Region, IssuerUrl, HasKeySet: KeySet !== undefined, CreateDate });

/** Source: "--service-account-issuer" (kube-apiserver): a URL of https. */
function checkIssuer(issuer: string, error: Raise<'InvalidCluster'>): void {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url?.protocol !== 'https:' || url.search !== '' || url.hash !== '' || url.username !== '' || /\s/.test(issuer)) throw error('InvalidCluster', 'The issuer is no URL of https without a query.');
}

/** Public keys alone: whoever may see a registration is not to be able to make tokens. Source: RFC 7517, section 5; RFC 7518, section 6. */
function checkKeySet(text: string, error: Raise<'InvalidCluster'>): void {
  let keys: unknown;
  try {
    // An edge: what was given may be anything.
    keys = (JSON.parse(text) as { readonly keys?: unknown } | null)?.keys;
  } catch (cause) {
    throw error('InvalidCluster', 'The key set is no JSON.', { cause });
  }
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > clusterKeysMax || !keys.every(isPublicKey)) throw error('InvalidCluster', `The key set must have 1 to ${clusterKeysMax} public keys, of RSA or elliptic curves.`);
}

/** Whether a key can be made of it: one that cannot would refuse every pod, later. */
function isPublicKey(jwk: unknown): boolean {
  if (typeof jwk !== 'object' || jwk === null || !('kty' in jwk) || (jwk.kty !== 'RSA' && jwk.kty !== 'EC') || 'd' in jwk) return false;
  try {
    // An edge: whether it is one is what is asked.
    createPublicKey({ key: jwk as JsonWebKeyInput['key'], format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
