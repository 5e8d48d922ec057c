/** Clusters of Kubernetes that run elsewhere, as far as their pods are given roles: by whose tokens they are known, and which service account has which role. */
import type { Timestamp } from '../base/clock.ts';
import type { TagDoc } from './tables.ts';

export interface ClusterDoc {
  readonly ClusterName: string;
  readonly Region: string;
  /** As the `iss` of its tokens has it. */
  readonly IssuerUrl: string;
  /** The JSON Web Key Set that verifies its tokens, where it was given; else it is fetched from the issuer. */
  readonly KeySet?: string | undefined;
  readonly CreateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface PodIdentityAssociationDoc {
  /** `a-` and seventeen characters, which never return. */
  readonly AssociationId: string;
  readonly Region: string;
  readonly ClusterName: string;
  readonly Namespace: string;
  readonly ServiceAccount: string;
  readonly RoleArn: string;
  /** The role that the first one assumes in turn; its credentials are what the pod is given. */
  readonly TargetRoleArn?: string | undefined;
  readonly DisableSessionTags: boolean;
  /** What the pod's session may do at most. */
  readonly Policy?: string | undefined;
  /** Of the request that made it: one of the same token makes no other. */
  readonly ClientRequestToken?: string | undefined;
  readonly CreateDate: Timestamp;
  readonly ModifyDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
}
