/** Which service account of a cluster is given which role. Source: "CreatePodIdentityAssociation" and its siblings (EKS API Reference). */
import type { Eks, PodIdentityAssociation, PodIdentityAssociationSummary } from '../../../models/eks.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Ask } from '../../authz/ask.ts';
import type { PodIdentityAssociationDoc } from '../../store/eks-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey, serviceAccountKey } from '../../store/tables.ts';
import { associationArn, clusterAsk, externalIdOf, getCluster, resourceTagContext } from '../kubernetes-clusters.ts';
import type { ClusterPlace } from '../kubernetes-clusters.ts';
import type { AccessContext, Operations } from '../operation.ts';
import { checkAccountNames, checkPolicy, checkTargetRole, newAssociationId, passAsk, requireRole } from './association-rules.ts';
import { eksLimits } from './limits.ts';
import { readTags, requestTagContext, shownTags } from './tags.ts';

export const podIdentityAssociations = {
  CreatePodIdentityAssociation: {
    access: ({ clusterName, roleArn, tags }, context) => [clusterAsk(context, clusterName, requestTagContext(readTags(tags, context.error, 'InvalidParameterException'))), passAsk(roleArn, context.account, context.error)],
    run(input, { write, account, region, now, random, error }) {
      const { clusterName, namespace, serviceAccount, roleArn, targetRoleArn, policy, disableSessionTags = false, clientRequestToken } = input;
      checkAccountNames(namespace, serviceAccount, error);
      checkTargetRole(targetRoleArn, error);
      checkPolicy(policy, disableSessionTags, error);
      const Tags = readTags(input.tags, error, 'InvalidParameterException');
      const association: PodIdentityAssociationDoc = {
        AssociationId: newAssociationId(random), Region: region, ClusterName: clusterName, Namespace: namespace, ServiceAccount: serviceAccount, RoleArn: roleArn, DisableSessionTags: disableSessionTags, CreateDate: now, ModifyDate: now,
        ...(targetRoleArn && { TargetRoleArn: targetRoleArn }), ...(policy && { Policy: policy }), ...(clientRequestToken && { ClientRequestToken: clientRequestToken }), ...(Tags.length > 0 && { Tags }),
      };
      return write((draft) => {
        getCluster(draft, region, clusterName, error);
        requireRole(roleArn, draft, error);
        const there = draft.podIdentityAssociations.findBy('serviceAccount', serviceAccountKey(region, clusterName, namespace, serviceAccount));
        if (there && isSameRequest(there, association)) return { association: shown(there, { account, region }) };
        if (there) throw error('ResourceInUseException', `Association already exists: ${there.AssociationId}`);
        if (draft.podIdentityAssociations.countBy('cluster', pairKey(region, clusterName)) >= eksLimits.associationsPerClusterMax) throw error('ResourceLimitExceededException', `A cluster can have at most ${eksLimits.associationsPerClusterMax} pod identity associations.`);
        draft.podIdentityAssociations.insert(association);
        return { association: shown(association, { account, region }) };
      });
    },
  },

  DescribePodIdentityAssociation: {
    access: (input, context) => [associationAsk(input, context)],
    run: (input, { view, account, region, error }) => ({ association: shown(getAssociation(input, view, region, error), { account, region }) }),
  },

  ListPodIdentityAssociations: {
    access: ({ clusterName }, context) => [clusterAsk(context, clusterName)],
    run({ clusterName, namespace, serviceAccount, maxResults = eksLimits.pageSizeDefault, nextToken }, { view, account, region, marker, error }) {
      getCluster(view, region, clusterName, error);
      const after = nextToken === undefined ? '' : marker.open(nextToken);
      const rest = view.podIdentityAssociations.listBy('cluster', pairKey(region, clusterName))
        .filter((doc) => doc.AssociationId > after && (namespace === undefined || doc.Namespace === namespace) && (serviceAccount === undefined || doc.ServiceAccount === serviceAccount))
        .toSorted((a, b) => (a.AssociationId < b.AssociationId ? -1 : 1));
      const page = rest.slice(0, maxResults);
      return { associations: page.map((doc) => summary(doc, { account, region })), ...(rest.length > page.length && { nextToken: marker.seal(page.at(-1)!.AssociationId) }) };
    },
  },

  UpdatePodIdentityAssociation: {
    access: (input, context) => [associationAsk(input, context), ...(input.roleArn === undefined ? [] : [passAsk(input.roleArn, context.account, context.error)])],
    run(input, { write, account, region, now, error }) {
      const { roleArn, targetRoleArn, disableSessionTags, policy } = input;
      // Source: "UpdatePodIdentityAssociation": one of them at least. GUESS: the words, and that an empty text takes away what may be left out.
      if (roleArn === undefined && targetRoleArn === undefined && disableSessionTags === undefined && policy === undefined) throw error('InvalidParameterException', 'An update changes at least one of roleArn, targetRoleArn, disableSessionTags and policy.');
      checkTargetRole(targetRoleArn, error);
      return write((draft) => {
        const { TargetRoleArn, Policy, ...before } = getAssociation(input, draft, region, error);
        if (roleArn !== undefined) requireRole(roleArn, draft, error);
        const target = targetRoleArn ?? TargetRoleArn;
        const newPolicy = policy ?? Policy;
        const association: PodIdentityAssociationDoc = {
          ...before, ModifyDate: now, RoleArn: roleArn ?? before.RoleArn, DisableSessionTags: disableSessionTags ?? before.DisableSessionTags, ...(target && { TargetRoleArn: target }), ...(newPolicy && { Policy: newPolicy }),
        };
        checkPolicy(association.Policy, association.DisableSessionTags, error);
        draft.podIdentityAssociations.update(association);
        return { association: shown(association, { account, region }) };
      });
    },
  },

  DeletePodIdentityAssociation: {
    access: (input, context) => [associationAsk(input, context)],
    run: (input, { write, account, region, error }) => write((draft) => {
      const association = getAssociation(input, draft, region, error);
      draft.podIdentityAssociations.remove(pairKey(region, association.AssociationId));
      return { association: shown(association, { account, region }) };
    }),
  },
} satisfies Operations<Eks, 'CreatePodIdentityAssociation' | 'DescribePodIdentityAssociation' | 'ListPodIdentityAssociations' | 'UpdatePodIdentityAssociation' | 'DeletePodIdentityAssociation'>;

interface Named { readonly clusterName: string; readonly associationId: string }

const findAssociation = ({ clusterName, associationId }: Named, view: AccountView, region: string): PodIdentityAssociationDoc | undefined => {
  const found = view.podIdentityAssociations.find(pairKey(region, associationId));
  return found?.ClusterName === clusterName ? found : undefined;
};

function getAssociation(named: Named, view: AccountView, region: string, error: Raise<'ResourceNotFoundException'>): PodIdentityAssociationDoc {
  getCluster(view, region, named.clusterName, error);
  const found = findAssociation(named, view, region);
  // GUESS: the words.
  if (!found) throw error('ResourceNotFoundException', `No association found with ID: ${named.associationId}.`);
  return found;
}

const associationAsk = (named: Named, context: AccessContext<never>): Ask =>
  ({ resource: associationArn(context, { ClusterName: named.clusterName, AssociationId: named.associationId }), context: resourceTagContext(findAssociation(named, context.view, context.region)?.Tags) });

/** Whether the request that made the association is made again. */
function isSameRequest(there: PodIdentityAssociationDoc, asked: PodIdentityAssociationDoc): boolean {
  return there.ClientRequestToken !== undefined && there.ClientRequestToken === asked.ClientRequestToken
    && there.RoleArn === asked.RoleArn && there.TargetRoleArn === asked.TargetRoleArn && there.DisableSessionTags === asked.DisableSessionTags && there.Policy === asked.Policy;
}

function summary(doc: PodIdentityAssociationDoc, place: ClusterPlace): PodIdentityAssociationSummary {
  return { clusterName: doc.ClusterName, namespace: doc.Namespace, serviceAccount: doc.ServiceAccount, associationArn: associationArn(place, doc), associationId: doc.AssociationId };
}

function shown(doc: PodIdentityAssociationDoc, place: ClusterPlace): PodIdentityAssociation {
  const { RoleArn, TargetRoleArn, DisableSessionTags, Policy, CreateDate, ModifyDate, Tags } = doc;
  return {
    ...summary(doc, place), roleArn: RoleArn, tags: shownTags(Tags), createdAt: CreateDate, modifiedAt: ModifyDate, disableSessionTags: DisableSessionTags,
    ...(TargetRoleArn !== undefined && { targetRoleArn: TargetRoleArn, externalId: externalIdOf(place, doc) }), ...(Policy !== undefined && { policy: Policy }),
  };
}
