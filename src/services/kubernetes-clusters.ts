/** Clusters as every service that knows of them names them. There is no Kubernetes here: a cluster runs elsewhere, and an operator has registered whose tokens are its own. */
import * as arn from '../base/arn.ts';
import type { Raise } from '../base/api-error.ts';
import type { Ask } from '../authz/ask.ts';
import type { ClusterDoc, PodIdentityAssociationDoc } from '../store/eks-docs.ts';
import type { AccountView } from '../store/store.ts';
import { pairKey } from '../store/tables.ts';
import type { TagDoc } from '../store/tables.ts';
import type { AccessContext } from './operation.ts';

export type ClusterPlace = Pick<AccessContext<never>, 'account' | 'region'>;

/** Who assumes the roles of pods, as trust policies name it. */
export const podIdentityService = 'pods.eks.amazonaws.com';

export const clusterArn = ({ account, region }: ClusterPlace, name: string): string => `arn:${arn.partition}:eks:${region}:${account}:cluster/${name}`;

export const associationArn = ({ account, region }: ClusterPlace, { ClusterName, AssociationId }: Pick<PodIdentityAssociationDoc, 'ClusterName' | 'AssociationId'>): string =>
  `arn:${arn.partition}:eks:${region}:${account}:podidentityassociation/${ClusterName}/${AssociationId}`;

/**
 * What a target role's trust policy is told, so that it may let this service account alone assume it. Source: PodIdentityAssociation, externalId (EKS API Reference). GUESS: its form;
 * nothing of it is anybody's to choose, so that no other association has the same.
 */
export const externalIdOf = ({ account, region }: ClusterPlace, { ClusterName, Namespace, ServiceAccount }: Pick<PodIdentityAssociationDoc, 'ClusterName' | 'Namespace' | 'ServiceAccount'>): string =>
  [region, account, ClusterName, Namespace, ServiceAccount].join('/');

export const findCluster = (view: AccountView, region: string, name: string): ClusterDoc | undefined => view.clusters.find(pairKey(region, name));

/** AWS: the words. */
export function getCluster(view: AccountView, region: string, name: string, error: Raise<'ResourceNotFoundException'>): ClusterDoc {
  const cluster = findCluster(view, region, name);
  if (!cluster) throw error('ResourceNotFoundException', `No cluster found for name: ${name}.`);
  return cluster;
}

/** Asks for a cluster, with its tags where it is there. */
export const clusterAsk = (context: Pick<AccessContext<never>, 'account' | 'region' | 'view'>, name: string, more: Ask['context'] = {}): Ask =>
  ({ resource: clusterArn(context, name), context: { ...resourceTagContext(findCluster(context.view, context.region, name)?.Tags), ...more } });

export const resourceTagContext = (tags: readonly TagDoc[] = []): NonNullable<Ask['context']> => Object.fromEntries(tags.map(({ Key, Value }) => [`aws:ResourceTag/${Key}`, Value]));
