/** Amazon EKS Auth: what the agent on a node asks for a pod. */
import type { EksAuth } from '../../../models/eks-auth.ts';
import { service } from '../operation.ts';
import { assumeRoleForPodIdentity } from './assume-role-for-pod-identity.ts';

export const eksAuth = service<EksAuth>()('eks-auth', { unimplemented: [], operations: { ...assumeRoleForPodIdentity } });
