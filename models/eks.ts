/** The types of Eks's operations, written by scripts/refresh-models.ts from the same model as eks.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface AccessConfigResponse {
  readonly bootstrapClusterCreatorAdminPermissions?: boolean | undefined;
  readonly authenticationMode?: AuthenticationMode | undefined;
}

export type AuthenticationMode = 'API' | 'API_AND_CONFIG_MAP' | 'CONFIG_MAP';

export interface BlockStorage {
  readonly enabled?: boolean | undefined;
}

export interface Certificate {
  readonly data?: string | undefined;
}

export interface Cluster {
  readonly name?: string | undefined;
  readonly arn?: string | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly version?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly resourcesVpcConfig?: VpcConfigResponse | undefined;
  readonly kubernetesNetworkConfig?: KubernetesNetworkConfigResponse | undefined;
  readonly logging?: Logging | undefined;
  readonly identity?: Identity | undefined;
  readonly status?: ClusterStatus | undefined;
  readonly certificateAuthority?: Certificate | undefined;
  readonly clientRequestToken?: string | undefined;
  readonly platformVersion?: string | undefined;
  readonly tags?: { readonly [key: string]: string } | undefined;
  readonly encryptionConfig?: readonly EncryptionConfig[] | undefined;
  readonly connectorConfig?: ConnectorConfigResponse | undefined;
  readonly id?: string | undefined;
  readonly health?: ClusterHealth | undefined;
  readonly outpostConfig?: OutpostConfigResponse | undefined;
  readonly accessConfig?: AccessConfigResponse | undefined;
  readonly upgradePolicy?: UpgradePolicyResponse | undefined;
  readonly zonalShiftConfig?: ZonalShiftConfigResponse | undefined;
  readonly remoteNetworkConfig?: RemoteNetworkConfigResponse | undefined;
  readonly computeConfig?: ComputeConfigResponse | undefined;
  readonly storageConfig?: StorageConfigResponse | undefined;
  readonly deletionProtection?: boolean | undefined;
  readonly controlPlaneScalingConfig?: ControlPlaneScalingConfig | undefined;
}

export interface ClusterHealth {
  readonly issues?: readonly ClusterIssue[] | undefined;
}

export interface ClusterIssue {
  readonly code?: ClusterIssueCode | undefined;
  readonly message?: string | undefined;
  readonly resourceIds?: readonly string[] | undefined;
}

export type ClusterIssueCode = 'AccessDenied' | 'ClusterUnreachable' | 'ConfigurationConflict' | 'InternalFailure' | 'ResourceLimitExceeded' | 'ResourceNotFound' | 'IamRoleNotFound' | 'VpcNotFound' | 'InsufficientFreeAddresses' | 'Ec2ServiceNotSubscribed' | 'Ec2SubnetNotFound' | 'Ec2SecurityGroupNotFound' | 'KmsGrantRevoked' | 'KmsKeyNotFound' | 'KmsKeyMarkedForDeletion' | 'KmsKeyDisabled' | 'StsRegionalEndpointDisabled' | 'UnsupportedVersion' | 'Other';

export type ClusterStatus = 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED' | 'UPDATING' | 'PENDING';

export interface ComputeConfigResponse {
  readonly enabled?: boolean | undefined;
  readonly nodePools?: readonly string[] | undefined;
  readonly nodeRoleArn?: string | undefined;
}

export interface ConnectorConfigResponse {
  readonly activationId?: string | undefined;
  readonly activationCode?: string | undefined;
  readonly activationExpiry?: Timestamp | undefined;
  readonly provider?: string | undefined;
  readonly roleArn?: string | undefined;
}

export interface ControlPlanePlacementResponse {
  readonly groupName?: string | undefined;
}

export interface ControlPlaneScalingConfig {
  readonly tier?: ProvisionedControlPlaneTier | undefined;
}

export interface CreatePodIdentityAssociationRequest {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly clientRequestToken?: string | undefined;
  readonly tags?: { readonly [key: string]: string } | undefined;
  readonly disableSessionTags?: boolean | undefined;
  readonly targetRoleArn?: string | undefined;
  readonly policy?: string | undefined;
}

export interface CreatePodIdentityAssociationResponse {
  readonly association?: PodIdentityAssociation | undefined;
}

export interface DeletePodIdentityAssociationRequest {
  readonly clusterName: string;
  readonly associationId: string;
}

export interface DeletePodIdentityAssociationResponse {
  readonly association?: PodIdentityAssociation | undefined;
}

export interface DescribeClusterRequest {
  readonly name: string;
}

export interface DescribeClusterResponse {
  readonly cluster?: Cluster | undefined;
}

export interface DescribePodIdentityAssociationRequest {
  readonly clusterName: string;
  readonly associationId: string;
}

export interface DescribePodIdentityAssociationResponse {
  readonly association?: PodIdentityAssociation | undefined;
}

export interface ElasticLoadBalancing {
  readonly enabled?: boolean | undefined;
}

export interface EncryptionConfig {
  readonly resources?: readonly string[] | undefined;
  readonly provider?: Provider | undefined;
}

export interface Identity {
  readonly oidc?: OIDC | undefined;
}

export type IpFamily = 'ipv4' | 'ipv6';

export interface KubernetesNetworkConfigResponse {
  readonly serviceIpv4Cidr?: string | undefined;
  readonly serviceIpv6Cidr?: string | undefined;
  readonly ipFamily?: IpFamily | undefined;
  readonly elasticLoadBalancing?: ElasticLoadBalancing | undefined;
}

export interface ListClustersRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
  readonly include?: readonly string[] | undefined;
}

export interface ListClustersResponse {
  readonly clusters?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListPodIdentityAssociationsRequest {
  readonly clusterName: string;
  readonly namespace?: string | undefined;
  readonly serviceAccount?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListPodIdentityAssociationsResponse {
  readonly associations?: readonly PodIdentityAssociationSummary[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: { readonly [key: string]: string } | undefined;
}

export interface LogSetup {
  readonly types?: readonly LogType[] | undefined;
  readonly enabled?: boolean | undefined;
}

export type LogType = 'api' | 'audit' | 'authenticator' | 'controllerManager' | 'scheduler';

export interface Logging {
  readonly clusterLogging?: readonly LogSetup[] | undefined;
}

export interface OIDC {
  readonly issuer?: string | undefined;
}

export interface OutpostConfigResponse {
  readonly outpostArns: readonly string[];
  readonly controlPlaneInstanceType: string;
  readonly controlPlanePlacement?: ControlPlanePlacementResponse | undefined;
}

export interface PodIdentityAssociation {
  readonly clusterName?: string | undefined;
  readonly namespace?: string | undefined;
  readonly serviceAccount?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly associationArn?: string | undefined;
  readonly associationId?: string | undefined;
  readonly tags?: { readonly [key: string]: string } | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly modifiedAt?: Timestamp | undefined;
  readonly ownerArn?: string | undefined;
  readonly disableSessionTags?: boolean | undefined;
  readonly targetRoleArn?: string | undefined;
  readonly externalId?: string | undefined;
  readonly policy?: string | undefined;
}

export interface PodIdentityAssociationSummary {
  readonly clusterName?: string | undefined;
  readonly namespace?: string | undefined;
  readonly serviceAccount?: string | undefined;
  readonly associationArn?: string | undefined;
  readonly associationId?: string | undefined;
  readonly ownerArn?: string | undefined;
}

export interface Provider {
  readonly keyArn?: string | undefined;
}

export type ProvisionedControlPlaneTier = 'standard' | 'tier-xl' | 'tier-2xl' | 'tier-4xl' | 'tier-8xl';

export interface RemoteNetworkConfigResponse {
  readonly remoteNodeNetworks?: readonly RemoteNodeNetwork[] | undefined;
  readonly remotePodNetworks?: readonly RemotePodNetwork[] | undefined;
}

export interface RemoteNodeNetwork {
  readonly cidrs?: readonly string[] | undefined;
}

export interface RemotePodNetwork {
  readonly cidrs?: readonly string[] | undefined;
}

export interface StorageConfigResponse {
  readonly blockStorage?: BlockStorage | undefined;
}

export type SupportType = 'STANDARD' | 'EXTENDED';

export interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: { readonly [key: string]: string };
}

export interface TagResourceResponse {
}

export interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export interface UntagResourceResponse {
}

export interface UpdatePodIdentityAssociationRequest {
  readonly clusterName: string;
  readonly associationId: string;
  readonly roleArn?: string | undefined;
  readonly clientRequestToken?: string | undefined;
  readonly disableSessionTags?: boolean | undefined;
  readonly targetRoleArn?: string | undefined;
  readonly policy?: string | undefined;
}

export interface UpdatePodIdentityAssociationResponse {
  readonly association?: PodIdentityAssociation | undefined;
}

export interface UpgradePolicyResponse {
  readonly supportType?: SupportType | undefined;
}

export interface VpcConfigResponse {
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly clusterSecurityGroupId?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly endpointPublicAccess?: boolean | undefined;
  readonly endpointPrivateAccess?: boolean | undefined;
  readonly publicAccessCidrs?: readonly string[] | undefined;
}

export interface ZonalShiftConfigResponse {
  readonly enabled?: boolean | undefined;
}

/** Every operation of Eks: what it takes, what it answers, which errors it may raise. */
export interface Eks {
  AssociateAccessPolicy: { input: {}; output: void; errors: never };
  AssociateEncryptionConfig: { input: {}; output: void; errors: never };
  AssociateIdentityProviderConfig: { input: {}; output: void; errors: never };
  CreateAccessEntry: { input: {}; output: void; errors: never };
  CreateAddon: { input: {}; output: void; errors: never };
  CreateCapability: { input: {}; output: void; errors: never };
  CreateCluster: { input: {}; output: void; errors: never };
  CreateEksAnywhereSubscription: { input: {}; output: void; errors: never };
  CreateFargateProfile: { input: {}; output: void; errors: never };
  CreateNodegroup: { input: {}; output: void; errors: never };
  CreatePodIdentityAssociation: { input: CreatePodIdentityAssociationRequest; output: CreatePodIdentityAssociationResponse; errors: 'ServerException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'InvalidParameterException' | 'ResourceLimitExceededException' | 'ResourceInUseException' };
  DeleteAccessEntry: { input: {}; output: void; errors: never };
  DeleteAddon: { input: {}; output: void; errors: never };
  DeleteCapability: { input: {}; output: void; errors: never };
  DeleteCluster: { input: {}; output: void; errors: never };
  DeleteEksAnywhereSubscription: { input: {}; output: void; errors: never };
  DeleteFargateProfile: { input: {}; output: void; errors: never };
  DeleteNodegroup: { input: {}; output: void; errors: never };
  DeletePodIdentityAssociation: { input: DeletePodIdentityAssociationRequest; output: DeletePodIdentityAssociationResponse; errors: 'ServerException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'InvalidParameterException' };
  DeregisterCluster: { input: {}; output: void; errors: never };
  DescribeAccessEntry: { input: {}; output: void; errors: never };
  DescribeAddon: { input: {}; output: void; errors: never };
  DescribeAddonConfiguration: { input: {}; output: void; errors: never };
  DescribeAddonVersions: { input: {}; output: void; errors: never };
  DescribeCapability: { input: {}; output: void; errors: never };
  DescribeCluster: { input: DescribeClusterRequest; output: DescribeClusterResponse; errors: 'ResourceNotFoundException' | 'ClientException' | 'ServerException' | 'ServiceUnavailableException' };
  DescribeClusterVersions: { input: {}; output: void; errors: never };
  DescribeEksAnywhereSubscription: { input: {}; output: void; errors: never };
  DescribeFargateProfile: { input: {}; output: void; errors: never };
  DescribeIdentityProviderConfig: { input: {}; output: void; errors: never };
  DescribeInsight: { input: {}; output: void; errors: never };
  DescribeInsightsRefresh: { input: {}; output: void; errors: never };
  DescribeNodegroup: { input: {}; output: void; errors: never };
  DescribePodIdentityAssociation: { input: DescribePodIdentityAssociationRequest; output: DescribePodIdentityAssociationResponse; errors: 'ServerException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'InvalidParameterException' };
  DescribeUpdate: { input: {}; output: void; errors: never };
  DisassociateAccessPolicy: { input: {}; output: void; errors: never };
  DisassociateIdentityProviderConfig: { input: {}; output: void; errors: never };
  ListAccessEntries: { input: {}; output: void; errors: never };
  ListAccessPolicies: { input: {}; output: void; errors: never };
  ListAddons: { input: {}; output: void; errors: never };
  ListAssociatedAccessPolicies: { input: {}; output: void; errors: never };
  ListCapabilities: { input: {}; output: void; errors: never };
  ListClusters: { input: ListClustersRequest; output: ListClustersResponse; errors: 'InvalidParameterException' | 'ClientException' | 'ServerException' | 'ServiceUnavailableException' };
  ListEksAnywhereSubscriptions: { input: {}; output: void; errors: never };
  ListFargateProfiles: { input: {}; output: void; errors: never };
  ListIdentityProviderConfigs: { input: {}; output: void; errors: never };
  ListInsights: { input: {}; output: void; errors: never };
  ListNodegroups: { input: {}; output: void; errors: never };
  ListPodIdentityAssociations: { input: ListPodIdentityAssociationsRequest; output: ListPodIdentityAssociationsResponse; errors: 'ServerException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'InvalidParameterException' };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse; errors: 'BadRequestException' | 'NotFoundException' };
  ListUpdates: { input: {}; output: void; errors: never };
  RegisterCluster: { input: {}; output: void; errors: never };
  StartInsightsRefresh: { input: {}; output: void; errors: never };
  TagResource: { input: TagResourceRequest; output: TagResourceResponse; errors: 'BadRequestException' | 'NotFoundException' };
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse; errors: 'BadRequestException' | 'NotFoundException' };
  UpdateAccessEntry: { input: {}; output: void; errors: never };
  UpdateAddon: { input: {}; output: void; errors: never };
  UpdateCapability: { input: {}; output: void; errors: never };
  UpdateClusterConfig: { input: {}; output: void; errors: never };
  UpdateClusterVersion: { input: {}; output: void; errors: never };
  UpdateEksAnywhereSubscription: { input: {}; output: void; errors: never };
  UpdateNodegroupConfig: { input: {}; output: void; errors: never };
  UpdateNodegroupVersion: { input: {}; output: void; errors: never };
  UpdatePodIdentityAssociation: { input: UpdatePodIdentityAssociationRequest; output: UpdatePodIdentityAssociationResponse; errors: 'ServerException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'InvalidParameterException' };
}
