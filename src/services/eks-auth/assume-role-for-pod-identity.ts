/** AssumeRoleForPodIdentity: the credentials of the role that a pod's service account is associated with. Source: "AssumeRoleForPodIdentity" (EKS Auth API Reference); "Learn how EKS Pod Identity grants pods access to AWS services" (EKS User Guide). */
import type { EksAuth } from '../../../models/eks-auth.ts';
import { ApiError } from '../../base/api-error.ts';
import { newUuid } from '../../base/ids.ts';
import type { RandomBytes } from '../../base/ids.ts';
import type { PodIdentityAssociationDoc } from '../../store/eks-docs.ts';
import { serviceAccountKey } from '../../store/tables.ts';
import { associationArn, clusterArn, clusterAsk, externalIdOf, getCluster, podIdentityService } from '../kubernetes-clusters.ts';
import { roleOfArn } from '../service-session.ts';
import type { Operations, RunContext } from '../operation.ts';
import type { Pod, PodTokenFault, Workloads, WorkloadSession } from '../workloads.ts';

type Context = RunContext<EksAuth['AssumeRoleForPodIdentity']['errors']>;

/** Seconds. GUESS: six hours, as an instance has them; of a chain an hour at most (AssumeRole, DurationSeconds). */
const sessionSeconds = 6 * 3_600;
const chainedSeconds = 3_600;

export const assumeRoleForPodIdentity = {
  AssumeRoleForPodIdentity: {
    // The node's agent asks. What it may have besides depends on the token alone.
    access: ({ clusterName }, context) => [clusterAsk(context, clusterName)],
    async run({ clusterName, token }, context) {
      const { view, region, error } = context;
      const cluster = getCluster(view, region, clusterName, error);
      const workloads = await context.workloads();
      const pod = await workloads.provePod(cluster, token);
      if (typeof pod === 'string') throw refusals[pod](context);
      const { namespace, serviceAccount } = pod;
      const association = view.podIdentityAssociations.findBy('serviceAccount', serviceAccountKey(region, clusterName, namespace, serviceAccount));
      // GUESS: the words.
      if (!association) throw error('ResourceNotFoundException', `No pod identity association was found for the service account ${namespace}/${serviceAccount} of cluster ${clusterName}.`);
      const { arn, assumedRoleId, credentials } = await openSession(association, pod, workloads, context).catch((thrown: unknown) => {
        // What STS says of policies and tags that do not fit into a token.
        throw thrown instanceof ApiError && thrown.name === 'PackedPolicyTooLarge' ? error('InvalidRequestException', thrown.message) : thrown;
      });
      return {
        subject: { namespace, serviceAccount }, audience: podIdentityService,
        podIdentityAssociation: { associationArn: associationArn(context, association), associationId: association.AssociationId },
        assumedRoleUser: { arn, assumeRoleId: assumedRoleId },
        credentials: { accessKeyId: credentials.AccessKeyId, secretAccessKey: credentials.SecretAccessKey, sessionToken: credentials.SessionToken, expiration: credentials.Expiration },
      };
    },
  },
} satisfies Operations<EksAuth, 'AssumeRoleForPodIdentity'>;

async function openSession(association: PodIdentityAssociationDoc, pod: Pod, workloads: Workloads, context: Context): Promise<WorkloadSession> {
  const { view, account, region, now, random, error } = context;
  const { RoleArn, TargetRoleArn, ClusterName, DisableSessionTags, Policy } = association;
  const role = roleOfArn(RoleArn, view);
  const source = { arn: clusterArn({ account, region }, ClusterName), region };
  const sessionName = sessionNameOf(ClusterName, pod, random);
  // A policy narrows what the pod is given: where that is the target's session, not the way there. Source: CreatePodIdentityAssociation, policy.
  const first = role && await workloads.assume({
    service: podIdentityService, role, sessionName, seconds: sessionSeconds, source, now,
    ...(!DisableSessionTags && { tags: sessionTags(source.arn, ClusterName, pod) }), ...(Policy !== undefined && TargetRoleArn === undefined && { policy: Policy }),
  });
  // AWS: the words, in public logs of its agent. A role that is gone is refused as one that does not trust.
  if (!first) throw error('AccessDeniedException', 'Unauthorized Exception! EKS does not have permissions to assume the associated role.');
  if (TargetRoleArn === undefined) return first;
  const target = await workloads.assumeOnward(first, { roleArn: TargetRoleArn, sessionName, externalId: externalIdOf({ account, region }, association), seconds: chainedSeconds, policy: Policy });
  // GUESS: the words.
  if (!target) throw error('AccessDeniedException', 'Unauthorized Exception! The associated role does not have permissions to assume the target role.');
  return target;
}

/** Source: "Define permissions for EKS Pod Identities to assume roles based on tags" (EKS User Guide): these six, all of them transitive. */
const sessionTags = (arn: string, cluster: string, { namespace, serviceAccount, podName, podUid }: Pod): Readonly<Record<string, string>> => ({
  'eks-cluster-arn': arn, 'eks-cluster-name': cluster, 'kubernetes-namespace': namespace, 'kubernetes-service-account': serviceAccount, 'kubernetes-pod-name': podName, 'kubernetes-pod-uid': podUid,
});

/** Source: AssumedRoleUser, assumeRoleId: `eks-CLUSTER-POD-UUID`. A session's name has 64 characters at most; GUESS: how the names are cut to fit. */
const sessionNameOf = (cluster: string, { podName }: Pod, random: RandomBytes): string => `eks-${cluster.slice(0, 10)}-${podName.slice(0, 10)}-${newUuid(random)}`;

/** GUESS: the words. */
const refusals: Readonly<Record<PodTokenFault, (context: Context) => Error>> = {
  expired: ({ error }) => error('ExpiredTokenException', 'The service account token is expired.'),
  malformed: ({ error }) => error('InvalidTokenException', 'The token is no service account token that is bound to a pod.'),
  issuer: ({ error }) => error('InvalidTokenException', 'The service account token is not of the issuer of the cluster.'),
  audience: ({ error }) => error('InvalidTokenException', `The service account token is not for ${podIdentityService}.`),
  signature: ({ error }) => error('InvalidTokenException', 'The signature of the service account token cannot be verified with the keys of the cluster.'),
  unreachable: ({ error }) => error('ServiceUnavailableException', 'The keys of the cluster could not be fetched. Try again.'),
};
