/** Workloads of other machinery that a service gives a role to: who they are, proven, and the sessions that the service opens for them. What an operation uses of it is the server's to bring. */
import type { ClusterDoc } from '../store/eks-docs.ts';
import type { ServiceSessionWish } from './service-session.ts';

/** A pod, as its token says who it is. */
export interface Pod { readonly namespace: string; readonly serviceAccount: string; readonly podName: string; readonly podUid: string }

/** Why a pod's token proves nothing. */
export type PodTokenFault = 'malformed' | 'expired' | 'issuer' | 'audience' | 'signature' | 'unreachable';

export interface WorkloadSession {
  readonly assumedRoleId: string;
  readonly arn: string;
  readonly credentials: { readonly AccessKeyId: string; readonly SecretAccessKey: string; readonly SessionToken: string; readonly Expiration: number };
}

/** The role that the session assumes in turn. */
export interface OnwardWish { readonly roleArn: string; readonly sessionName: string; readonly externalId: string; readonly seconds: number; readonly policy?: string | undefined }

export interface Workloads {
  /** Resolves to the pod, or to why the token proves none. */
  provePod(cluster: ClusterDoc, token: string): Promise<Pod | PodTokenFault>;
  /** The session that the service opens; undefined where the role's trust policy does not let it, which is recorded as a denial. */
  assume(wish: ServiceSessionWish): Promise<WorkloadSession | undefined>;
  /** What AssumeRole, asked for by the session itself, opens; undefined where policies deny it. Other refusals reject. */
  assumeOnward(first: WorkloadSession, wish: OnwardWish): Promise<WorkloadSession | undefined>;
}
