/** The types of Rds's operations, written by scripts/refresh-models.ts from the same model as rds.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export type ActivityStreamMode = 'sync' | 'async';

export type ActivityStreamPolicyStatus = 'locked' | 'unlocked' | 'locking-policy' | 'unlocking-policy';

export type ActivityStreamStatus = 'stopped' | 'starting' | 'started' | 'stopping';

export interface AddTagsToResourceMessage {
  readonly ResourceName: string;
  readonly Tags: readonly Tag[];
}

export interface AdditionalStorageVolume {
  readonly VolumeName: string;
  readonly AllocatedStorage?: number | undefined;
  readonly IOPS?: number | undefined;
  readonly MaxAllocatedStorage?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly StorageType?: string | undefined;
}

export interface AdditionalStorageVolumeOutput {
  readonly VolumeName?: string | undefined;
  readonly StorageVolumeStatus?: string | undefined;
  readonly AllocatedStorage?: number | undefined;
  readonly IOPS?: number | undefined;
  readonly MaxAllocatedStorage?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly StorageType?: string | undefined;
}

export type AutomationMode = 'full' | 'all-paused';

export interface AvailabilityZone {
  readonly Name?: string | undefined;
}

export interface CertificateDetails {
  readonly CAIdentifier?: string | undefined;
  readonly ValidTill?: Timestamp | undefined;
}

export interface CloudwatchLogsExportConfiguration {
  readonly EnableLogTypes?: readonly string[] | undefined;
  readonly DisableLogTypes?: readonly string[] | undefined;
}

export interface CreateDBInstanceMessage {
  readonly DBName?: string | undefined;
  readonly DBInstanceIdentifier: string;
  readonly AllocatedStorage?: number | undefined;
  readonly DBInstanceClass: string;
  readonly Engine: string;
  readonly MasterUsername?: string | undefined;
  readonly MasterUserPassword?: string | undefined;
  readonly DBSecurityGroups?: readonly string[] | undefined;
  readonly VpcSecurityGroupIds?: readonly string[] | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly DBSubnetGroupName?: string | undefined;
  readonly PreferredMaintenanceWindow?: string | undefined;
  readonly DBParameterGroupName?: string | undefined;
  readonly BackupRetentionPeriod?: number | undefined;
  readonly PreferredBackupWindow?: string | undefined;
  readonly Port?: number | undefined;
  readonly MultiAZ?: boolean | undefined;
  readonly EngineVersion?: string | undefined;
  readonly AutoMinorVersionUpgrade?: boolean | undefined;
  readonly LicenseModel?: string | undefined;
  readonly Iops?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly OptionGroupName?: string | undefined;
  readonly CharacterSetName?: string | undefined;
  readonly NcharCharacterSetName?: string | undefined;
  readonly PubliclyAccessible?: boolean | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly DBClusterIdentifier?: string | undefined;
  readonly StorageType?: string | undefined;
  readonly TdeCredentialArn?: string | undefined;
  readonly TdeCredentialPassword?: string | undefined;
  readonly StorageEncrypted?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly Domain?: string | undefined;
  readonly DomainFqdn?: string | undefined;
  readonly DomainOu?: string | undefined;
  readonly DomainAuthSecretArn?: string | undefined;
  readonly DomainDnsIps?: readonly string[] | undefined;
  readonly CopyTagsToSnapshot?: boolean | undefined;
  readonly MonitoringInterval?: number | undefined;
  readonly MonitoringRoleArn?: string | undefined;
  readonly DomainIAMRoleName?: string | undefined;
  readonly PromotionTier?: number | undefined;
  readonly Timezone?: string | undefined;
  readonly EnableIAMDatabaseAuthentication?: boolean | undefined;
  readonly DatabaseInsightsMode?: DatabaseInsightsMode | undefined;
  readonly EnablePerformanceInsights?: boolean | undefined;
  readonly PerformanceInsightsKMSKeyId?: string | undefined;
  readonly PerformanceInsightsRetentionPeriod?: number | undefined;
  readonly EnableCloudwatchLogsExports?: readonly string[] | undefined;
  readonly ProcessorFeatures?: readonly ProcessorFeature[] | undefined;
  readonly DeletionProtection?: boolean | undefined;
  readonly MaxAllocatedStorage?: number | undefined;
  readonly EnableCustomerOwnedIp?: boolean | undefined;
  readonly NetworkType?: string | undefined;
  readonly BackupTarget?: string | undefined;
  readonly CustomIamInstanceProfile?: string | undefined;
  readonly DBSystemId?: string | undefined;
  readonly CACertificateIdentifier?: string | undefined;
  readonly ManageMasterUserPassword?: boolean | undefined;
  readonly MasterUserSecretKmsKeyId?: string | undefined;
  readonly MultiTenant?: boolean | undefined;
  readonly DedicatedLogVolume?: boolean | undefined;
  readonly EngineLifecycleSupport?: string | undefined;
  readonly AdditionalStorageVolumes?: readonly AdditionalStorageVolume[] | undefined;
  readonly TagSpecifications?: readonly TagSpecification[] | undefined;
  readonly MasterUserAuthenticationType?: MasterUserAuthenticationType | undefined;
}

export interface CreateDBInstanceResult {
  readonly DBInstance?: DBInstance | undefined;
}

export interface DBInstance {
  readonly DBInstanceIdentifier?: string | undefined;
  readonly DBInstanceClass?: string | undefined;
  readonly Engine?: string | undefined;
  readonly DBInstanceStatus?: string | undefined;
  readonly MasterUsername?: string | undefined;
  readonly DBName?: string | undefined;
  readonly Endpoint?: Endpoint | undefined;
  readonly AllocatedStorage?: number | undefined;
  readonly InstanceCreateTime?: Timestamp | undefined;
  readonly PreferredBackupWindow?: string | undefined;
  readonly BackupRetentionPeriod?: number | undefined;
  readonly DBSecurityGroups?: readonly DBSecurityGroupMembership[] | undefined;
  readonly VpcSecurityGroups?: readonly VpcSecurityGroupMembership[] | undefined;
  readonly DBParameterGroups?: readonly DBParameterGroupStatus[] | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly DBSubnetGroup?: DBSubnetGroup | undefined;
  readonly PreferredMaintenanceWindow?: string | undefined;
  readonly UpgradeRolloutOrder?: UpgradeRolloutOrder | undefined;
  readonly PendingModifiedValues?: PendingModifiedValues | undefined;
  readonly LatestRestorableTime?: Timestamp | undefined;
  readonly MultiAZ?: boolean | undefined;
  readonly EngineVersion?: string | undefined;
  readonly AutoMinorVersionUpgrade?: boolean | undefined;
  readonly ReadReplicaSourceDBInstanceIdentifier?: string | undefined;
  readonly ReadReplicaDBInstanceIdentifiers?: readonly string[] | undefined;
  readonly ReadReplicaDBClusterIdentifiers?: readonly string[] | undefined;
  readonly ReplicaMode?: ReplicaMode | undefined;
  readonly LicenseModel?: string | undefined;
  readonly Iops?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly OptionGroupMemberships?: readonly OptionGroupMembership[] | undefined;
  readonly CharacterSetName?: string | undefined;
  readonly NcharCharacterSetName?: string | undefined;
  readonly SecondaryAvailabilityZone?: string | undefined;
  readonly PubliclyAccessible?: boolean | undefined;
  readonly StatusInfos?: readonly DBInstanceStatusInfo[] | undefined;
  readonly StorageType?: string | undefined;
  readonly StorageEncryptionType?: StorageEncryptionType | undefined;
  readonly TdeCredentialArn?: string | undefined;
  readonly DbInstancePort?: number | undefined;
  readonly DBClusterIdentifier?: string | undefined;
  readonly StorageEncrypted?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly DbiResourceId?: string | undefined;
  readonly CACertificateIdentifier?: string | undefined;
  readonly DomainMemberships?: readonly DomainMembership[] | undefined;
  readonly CopyTagsToSnapshot?: boolean | undefined;
  readonly MonitoringInterval?: number | undefined;
  readonly EnhancedMonitoringResourceArn?: string | undefined;
  readonly MonitoringRoleArn?: string | undefined;
  readonly PromotionTier?: number | undefined;
  readonly DBInstanceArn?: string | undefined;
  readonly Timezone?: string | undefined;
  readonly IAMDatabaseAuthenticationEnabled?: boolean | undefined;
  readonly DatabaseInsightsMode?: DatabaseInsightsMode | undefined;
  readonly PerformanceInsightsEnabled?: boolean | undefined;
  readonly PerformanceInsightsKMSKeyId?: string | undefined;
  readonly PerformanceInsightsRetentionPeriod?: number | undefined;
  readonly EnabledCloudwatchLogsExports?: readonly string[] | undefined;
  readonly ProcessorFeatures?: readonly ProcessorFeature[] | undefined;
  readonly DeletionProtection?: boolean | undefined;
  readonly AssociatedRoles?: readonly DBInstanceRole[] | undefined;
  readonly ListenerEndpoint?: Endpoint | undefined;
  readonly MaxAllocatedStorage?: number | undefined;
  readonly TagList?: readonly Tag[] | undefined;
  readonly AutomationMode?: AutomationMode | undefined;
  readonly ResumeFullAutomationModeTime?: Timestamp | undefined;
  readonly CustomerOwnedIpEnabled?: boolean | undefined;
  readonly NetworkType?: string | undefined;
  readonly ActivityStreamStatus?: ActivityStreamStatus | undefined;
  readonly ActivityStreamKmsKeyId?: string | undefined;
  readonly ActivityStreamKinesisStreamName?: string | undefined;
  readonly ActivityStreamMode?: ActivityStreamMode | undefined;
  readonly ActivityStreamEngineNativeAuditFieldsIncluded?: boolean | undefined;
  readonly AwsBackupRecoveryPointArn?: string | undefined;
  readonly DBInstanceAutomatedBackupsReplications?: readonly DBInstanceAutomatedBackupsReplication[] | undefined;
  readonly BackupTarget?: string | undefined;
  readonly AutomaticRestartTime?: Timestamp | undefined;
  readonly CustomIamInstanceProfile?: string | undefined;
  readonly ActivityStreamPolicyStatus?: ActivityStreamPolicyStatus | undefined;
  readonly CertificateDetails?: CertificateDetails | undefined;
  readonly DBSystemId?: string | undefined;
  readonly MasterUserSecret?: MasterUserSecret | undefined;
  readonly ReadReplicaSourceDBClusterIdentifier?: string | undefined;
  readonly PercentProgress?: string | undefined;
  readonly MultiTenant?: boolean | undefined;
  readonly DedicatedLogVolume?: boolean | undefined;
  readonly IsStorageConfigUpgradeAvailable?: boolean | undefined;
  readonly EngineLifecycleSupport?: string | undefined;
  readonly AdditionalStorageVolumes?: readonly AdditionalStorageVolumeOutput[] | undefined;
  readonly StorageVolumeStatus?: string | undefined;
}

export interface DBInstanceAutomatedBackupsReplication {
  readonly DBInstanceAutomatedBackupsArn?: string | undefined;
}

export interface DBInstanceMessage {
  readonly Marker?: string | undefined;
  readonly DBInstances?: readonly DBInstance[] | undefined;
}

export interface DBInstanceRole {
  readonly RoleArn?: string | undefined;
  readonly FeatureName?: string | undefined;
  readonly Status?: string | undefined;
}

export interface DBInstanceStatusInfo {
  readonly StatusType?: string | undefined;
  readonly Normal?: boolean | undefined;
  readonly Status?: string | undefined;
  readonly Message?: string | undefined;
}

export interface DBParameterGroupStatus {
  readonly DBParameterGroupName?: string | undefined;
  readonly ParameterApplyStatus?: string | undefined;
}

export interface DBSecurityGroupMembership {
  readonly DBSecurityGroupName?: string | undefined;
  readonly Status?: string | undefined;
}

export interface DBSubnetGroup {
  readonly DBSubnetGroupName?: string | undefined;
  readonly DBSubnetGroupDescription?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly SubnetGroupStatus?: string | undefined;
  readonly Subnets?: readonly Subnet[] | undefined;
  readonly DBSubnetGroupArn?: string | undefined;
  readonly SupportedNetworkTypes?: readonly string[] | undefined;
}

export type DatabaseInsightsMode = 'standard' | 'advanced';

export interface DeleteDBInstanceMessage {
  readonly DBInstanceIdentifier: string;
  readonly SkipFinalSnapshot?: boolean | undefined;
  readonly FinalDBSnapshotIdentifier?: string | undefined;
  readonly DeleteAutomatedBackups?: boolean | undefined;
}

export interface DeleteDBInstanceResult {
  readonly DBInstance?: DBInstance | undefined;
}

export interface DescribeDBInstancesMessage {
  readonly DBInstanceIdentifier?: string | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxRecords?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface DomainMembership {
  readonly Domain?: string | undefined;
  readonly Status?: string | undefined;
  readonly FQDN?: string | undefined;
  readonly IAMRoleName?: string | undefined;
  readonly OU?: string | undefined;
  readonly AuthSecretArn?: string | undefined;
  readonly DnsIps?: readonly string[] | undefined;
}

export interface Endpoint {
  readonly Address?: string | undefined;
  readonly Port?: number | undefined;
  readonly HostedZoneId?: string | undefined;
}

export interface Filter {
  readonly Name: string;
  readonly Values: readonly string[];
}

export interface ListTagsForResourceMessage {
  readonly ResourceName: string;
  readonly Filters?: readonly Filter[] | undefined;
}

export type MasterUserAuthenticationType = 'password' | 'iam-db-auth';

export interface MasterUserSecret {
  readonly SecretArn?: string | undefined;
  readonly SecretStatus?: string | undefined;
  readonly KmsKeyId?: string | undefined;
}

export interface ModifyAdditionalStorageVolume {
  readonly VolumeName: string;
  readonly AllocatedStorage?: number | undefined;
  readonly IOPS?: number | undefined;
  readonly MaxAllocatedStorage?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly StorageType?: string | undefined;
  readonly SetForDelete?: boolean | undefined;
}

export interface ModifyDBInstanceMessage {
  readonly DBInstanceIdentifier: string;
  readonly AllocatedStorage?: number | undefined;
  readonly DBInstanceClass?: string | undefined;
  readonly DBSubnetGroupName?: string | undefined;
  readonly DBSecurityGroups?: readonly string[] | undefined;
  readonly VpcSecurityGroupIds?: readonly string[] | undefined;
  readonly ApplyImmediately?: boolean | undefined;
  readonly MasterUserPassword?: string | undefined;
  readonly DBParameterGroupName?: string | undefined;
  readonly BackupRetentionPeriod?: number | undefined;
  readonly PreferredBackupWindow?: string | undefined;
  readonly PreferredMaintenanceWindow?: string | undefined;
  readonly MultiAZ?: boolean | undefined;
  readonly EngineVersion?: string | undefined;
  readonly AllowMajorVersionUpgrade?: boolean | undefined;
  readonly AutoMinorVersionUpgrade?: boolean | undefined;
  readonly LicenseModel?: string | undefined;
  readonly Iops?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly OptionGroupName?: string | undefined;
  readonly NewDBInstanceIdentifier?: string | undefined;
  readonly StorageType?: string | undefined;
  readonly TdeCredentialArn?: string | undefined;
  readonly TdeCredentialPassword?: string | undefined;
  readonly CACertificateIdentifier?: string | undefined;
  readonly Domain?: string | undefined;
  readonly DomainFqdn?: string | undefined;
  readonly DomainOu?: string | undefined;
  readonly DomainAuthSecretArn?: string | undefined;
  readonly DomainDnsIps?: readonly string[] | undefined;
  readonly DisableDomain?: boolean | undefined;
  readonly CopyTagsToSnapshot?: boolean | undefined;
  readonly MonitoringInterval?: number | undefined;
  readonly DBPortNumber?: number | undefined;
  readonly PubliclyAccessible?: boolean | undefined;
  readonly MonitoringRoleArn?: string | undefined;
  readonly DomainIAMRoleName?: string | undefined;
  readonly PromotionTier?: number | undefined;
  readonly EnableIAMDatabaseAuthentication?: boolean | undefined;
  readonly DatabaseInsightsMode?: DatabaseInsightsMode | undefined;
  readonly EnablePerformanceInsights?: boolean | undefined;
  readonly PerformanceInsightsKMSKeyId?: string | undefined;
  readonly PerformanceInsightsRetentionPeriod?: number | undefined;
  readonly CloudwatchLogsExportConfiguration?: CloudwatchLogsExportConfiguration | undefined;
  readonly ProcessorFeatures?: readonly ProcessorFeature[] | undefined;
  readonly UseDefaultProcessorFeatures?: boolean | undefined;
  readonly DeletionProtection?: boolean | undefined;
  readonly MaxAllocatedStorage?: number | undefined;
  readonly CertificateRotationRestart?: boolean | undefined;
  readonly ReplicaMode?: ReplicaMode | undefined;
  readonly AutomationMode?: AutomationMode | undefined;
  readonly ResumeFullAutomationModeMinutes?: number | undefined;
  readonly EnableCustomerOwnedIp?: boolean | undefined;
  readonly NetworkType?: string | undefined;
  readonly AwsBackupRecoveryPointArn?: string | undefined;
  readonly ManageMasterUserPassword?: boolean | undefined;
  readonly RotateMasterUserPassword?: boolean | undefined;
  readonly MasterUserSecretKmsKeyId?: string | undefined;
  readonly MultiTenant?: boolean | undefined;
  readonly DedicatedLogVolume?: boolean | undefined;
  readonly Engine?: string | undefined;
  readonly AdditionalStorageVolumes?: readonly ModifyAdditionalStorageVolume[] | undefined;
  readonly TagSpecifications?: readonly TagSpecification[] | undefined;
  readonly MasterUserAuthenticationType?: MasterUserAuthenticationType | undefined;
}

export interface ModifyDBInstanceResult {
  readonly DBInstance?: DBInstance | undefined;
}

export interface OptionGroupMembership {
  readonly OptionGroupName?: string | undefined;
  readonly Status?: string | undefined;
}

export interface Outpost {
  readonly Arn?: string | undefined;
}

export interface PendingCloudwatchLogsExports {
  readonly LogTypesToEnable?: readonly string[] | undefined;
  readonly LogTypesToDisable?: readonly string[] | undefined;
}

export interface PendingModifiedValues {
  readonly DBInstanceClass?: string | undefined;
  readonly AllocatedStorage?: number | undefined;
  readonly MasterUserPassword?: string | undefined;
  readonly Port?: number | undefined;
  readonly BackupRetentionPeriod?: number | undefined;
  readonly MultiAZ?: boolean | undefined;
  readonly EngineVersion?: string | undefined;
  readonly LicenseModel?: string | undefined;
  readonly Iops?: number | undefined;
  readonly StorageThroughput?: number | undefined;
  readonly DBInstanceIdentifier?: string | undefined;
  readonly StorageType?: string | undefined;
  readonly CACertificateIdentifier?: string | undefined;
  readonly DBSubnetGroupName?: string | undefined;
  readonly PendingCloudwatchLogsExports?: PendingCloudwatchLogsExports | undefined;
  readonly ProcessorFeatures?: readonly ProcessorFeature[] | undefined;
  readonly AutomationMode?: AutomationMode | undefined;
  readonly ResumeFullAutomationModeTime?: Timestamp | undefined;
  readonly MultiTenant?: boolean | undefined;
  readonly IAMDatabaseAuthenticationEnabled?: boolean | undefined;
  readonly DedicatedLogVolume?: boolean | undefined;
  readonly Engine?: string | undefined;
  readonly AdditionalStorageVolumes?: readonly AdditionalStorageVolume[] | undefined;
}

export interface ProcessorFeature {
  readonly Name?: string | undefined;
  readonly Value?: string | undefined;
}

export interface RemoveTagsFromResourceMessage {
  readonly ResourceName: string;
  readonly TagKeys: readonly string[];
}

export type ReplicaMode = 'open-read-only' | 'mounted';

export type StorageEncryptionType = 'none' | 'sse-kms' | 'sse-rds';

export interface Subnet {
  readonly SubnetIdentifier?: string | undefined;
  readonly SubnetAvailabilityZone?: AvailabilityZone | undefined;
  readonly SubnetOutpost?: Outpost | undefined;
  readonly SubnetStatus?: string | undefined;
}

export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export interface TagListMessage {
  readonly TagList?: readonly Tag[] | undefined;
}

export interface TagSpecification {
  readonly ResourceType?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export type UpgradeRolloutOrder = 'first' | 'second' | 'last';

export interface VpcSecurityGroupMembership {
  readonly VpcSecurityGroupId?: string | undefined;
  readonly Status?: string | undefined;
}

/** Every operation of Rds: what it takes, what it answers, which errors it may raise. */
export interface Rds {
  AddRoleToDBCluster: { input: {}; output: void; errors: never };
  AddRoleToDBInstance: { input: {}; output: void; errors: never };
  AddSourceIdentifierToSubscription: { input: {}; output: void; errors: never };
  AddTagsToResource: { input: AddTagsToResourceMessage; output: void; errors: 'DBProxyNotFoundFault' | 'DBSnapshotTenantDatabaseNotFoundFault' | 'IntegrationNotFoundFault' | 'TenantDatabaseNotFound' | 'BlueGreenDeploymentNotFoundFault' | 'DBSnapshotNotFound' | 'DBProxyEndpointNotFoundFault' | 'InvalidDBClusterEndpointStateFault' | 'InvalidDBInstanceState' | 'DBShardGroupNotFound' | 'DBClusterNotFoundFault' | 'DBInstanceNotFound' | 'DBProxyTargetGroupNotFoundFault' | 'InvalidDBClusterStateFault' };
  ApplyPendingMaintenanceAction: { input: {}; output: void; errors: never };
  AuthorizeDBSecurityGroupIngress: { input: {}; output: void; errors: never };
  BacktrackDBCluster: { input: {}; output: void; errors: never };
  CancelExportTask: { input: {}; output: void; errors: never };
  CopyDBClusterParameterGroup: { input: {}; output: void; errors: never };
  CopyDBClusterSnapshot: { input: {}; output: void; errors: never };
  CopyDBParameterGroup: { input: {}; output: void; errors: never };
  CopyDBSnapshot: { input: {}; output: void; errors: never };
  CopyOptionGroup: { input: {}; output: void; errors: never };
  CreateBlueGreenDeployment: { input: {}; output: void; errors: never };
  CreateCustomDBEngineVersion: { input: {}; output: void; errors: never };
  CreateDBCluster: { input: {}; output: void; errors: never };
  CreateDBClusterEndpoint: { input: {}; output: void; errors: never };
  CreateDBClusterParameterGroup: { input: {}; output: void; errors: never };
  CreateDBClusterSnapshot: { input: {}; output: void; errors: never };
  CreateDBInstance: { input: CreateDBInstanceMessage; output: CreateDBInstanceResult; errors: 'AuthorizationNotFound' | 'DBParameterGroupNotFound' | 'DBSubnetGroupDoesNotCoverEnoughAZs' | 'InsufficientDBInstanceCapacity' | 'InvalidSubnet' | 'DBClusterNotFoundFault' | 'VpcEncryptionControlViolationException' | 'ProvisionedIopsNotAvailableInAZFault' | 'StorageTypeNotSupported' | 'OptionGroupNotFoundFault' | 'NetworkTypeNotSupported' | 'InstanceQuotaExceeded' | 'StorageQuotaExceeded' | 'BackupPolicyNotFoundFault' | 'DomainNotFoundFault' | 'CertificateNotFound' | 'KMSKeyNotAccessibleFault' | 'DBInstanceAlreadyExists' | 'TenantDatabaseQuotaExceeded' | 'DBSecurityGroupNotFound' | 'InvalidVPCNetworkStateFault' | 'InvalidDBClusterStateFault' | 'DBSubnetGroupNotFoundFault' };
  CreateDBInstanceReadReplica: { input: {}; output: void; errors: never };
  CreateDBParameterGroup: { input: {}; output: void; errors: never };
  CreateDBProxy: { input: {}; output: void; errors: never };
  CreateDBProxyEndpoint: { input: {}; output: void; errors: never };
  CreateDBSecurityGroup: { input: {}; output: void; errors: never };
  CreateDBShardGroup: { input: {}; output: void; errors: never };
  CreateDBSnapshot: { input: {}; output: void; errors: never };
  CreateDBSubnetGroup: { input: {}; output: void; errors: never };
  CreateEventSubscription: { input: {}; output: void; errors: never };
  CreateGlobalCluster: { input: {}; output: void; errors: never };
  CreateIntegration: { input: {}; output: void; errors: never };
  CreateOptionGroup: { input: {}; output: void; errors: never };
  CreateTenantDatabase: { input: {}; output: void; errors: never };
  DeleteBlueGreenDeployment: { input: {}; output: void; errors: never };
  DeleteCustomDBEngineVersion: { input: {}; output: void; errors: never };
  DeleteDBCluster: { input: {}; output: void; errors: never };
  DeleteDBClusterAutomatedBackup: { input: {}; output: void; errors: never };
  DeleteDBClusterEndpoint: { input: {}; output: void; errors: never };
  DeleteDBClusterParameterGroup: { input: {}; output: void; errors: never };
  DeleteDBClusterSnapshot: { input: {}; output: void; errors: never };
  DeleteDBInstance: { input: DeleteDBInstanceMessage; output: DeleteDBInstanceResult; errors: 'DBInstanceAutomatedBackupQuotaExceeded' | 'DBInstanceNotFound' | 'InvalidDBClusterStateFault' | 'SnapshotQuotaExceeded' | 'InvalidDBInstanceState' | 'KMSKeyNotAccessibleFault' | 'DBSnapshotAlreadyExists' };
  DeleteDBInstanceAutomatedBackup: { input: {}; output: void; errors: never };
  DeleteDBParameterGroup: { input: {}; output: void; errors: never };
  DeleteDBProxy: { input: {}; output: void; errors: never };
  DeleteDBProxyEndpoint: { input: {}; output: void; errors: never };
  DeleteDBSecurityGroup: { input: {}; output: void; errors: never };
  DeleteDBShardGroup: { input: {}; output: void; errors: never };
  DeleteDBSnapshot: { input: {}; output: void; errors: never };
  DeleteDBSubnetGroup: { input: {}; output: void; errors: never };
  DeleteEventSubscription: { input: {}; output: void; errors: never };
  DeleteGlobalCluster: { input: {}; output: void; errors: never };
  DeleteIntegration: { input: {}; output: void; errors: never };
  DeleteOptionGroup: { input: {}; output: void; errors: never };
  DeleteTenantDatabase: { input: {}; output: void; errors: never };
  DeregisterDBProxyTargets: { input: {}; output: void; errors: never };
  DescribeAccountAttributes: { input: {}; output: void; errors: never };
  DescribeBlueGreenDeployments: { input: {}; output: void; errors: never };
  DescribeCertificates: { input: {}; output: void; errors: never };
  DescribeDBClusterAutomatedBackups: { input: {}; output: void; errors: never };
  DescribeDBClusterBacktracks: { input: {}; output: void; errors: never };
  DescribeDBClusterEndpoints: { input: {}; output: void; errors: never };
  DescribeDBClusterParameterGroups: { input: {}; output: void; errors: never };
  DescribeDBClusterParameters: { input: {}; output: void; errors: never };
  DescribeDBClusterSnapshotAttributes: { input: {}; output: void; errors: never };
  DescribeDBClusterSnapshots: { input: {}; output: void; errors: never };
  DescribeDBClusters: { input: {}; output: void; errors: never };
  DescribeDBEngineVersions: { input: {}; output: void; errors: never };
  DescribeDBInstanceAutomatedBackups: { input: {}; output: void; errors: never };
  DescribeDBInstances: { input: DescribeDBInstancesMessage; output: DBInstanceMessage; errors: 'DBInstanceNotFound' };
  DescribeDBLogFiles: { input: {}; output: void; errors: never };
  DescribeDBMajorEngineVersions: { input: {}; output: void; errors: never };
  DescribeDBParameterGroups: { input: {}; output: void; errors: never };
  DescribeDBParameters: { input: {}; output: void; errors: never };
  DescribeDBProxies: { input: {}; output: void; errors: never };
  DescribeDBProxyEndpoints: { input: {}; output: void; errors: never };
  DescribeDBProxyTargetGroups: { input: {}; output: void; errors: never };
  DescribeDBProxyTargets: { input: {}; output: void; errors: never };
  DescribeDBRecommendations: { input: {}; output: void; errors: never };
  DescribeDBSecurityGroups: { input: {}; output: void; errors: never };
  DescribeDBShardGroups: { input: {}; output: void; errors: never };
  DescribeDBSnapshotAttributes: { input: {}; output: void; errors: never };
  DescribeDBSnapshotTenantDatabases: { input: {}; output: void; errors: never };
  DescribeDBSnapshots: { input: {}; output: void; errors: never };
  DescribeDBSubnetGroups: { input: {}; output: void; errors: never };
  DescribeEngineDefaultClusterParameters: { input: {}; output: void; errors: never };
  DescribeEngineDefaultParameters: { input: {}; output: void; errors: never };
  DescribeEventCategories: { input: {}; output: void; errors: never };
  DescribeEventSubscriptions: { input: {}; output: void; errors: never };
  DescribeEvents: { input: {}; output: void; errors: never };
  DescribeExportTasks: { input: {}; output: void; errors: never };
  DescribeGlobalClusters: { input: {}; output: void; errors: never };
  DescribeIntegrations: { input: {}; output: void; errors: never };
  DescribeOptionGroupOptions: { input: {}; output: void; errors: never };
  DescribeOptionGroups: { input: {}; output: void; errors: never };
  DescribeOrderableDBInstanceOptions: { input: {}; output: void; errors: never };
  DescribePendingMaintenanceActions: { input: {}; output: void; errors: never };
  DescribeReservedDBInstances: { input: {}; output: void; errors: never };
  DescribeReservedDBInstancesOfferings: { input: {}; output: void; errors: never };
  DescribeServerlessV2PlatformVersions: { input: {}; output: void; errors: never };
  DescribeSourceRegions: { input: {}; output: void; errors: never };
  DescribeTenantDatabases: { input: {}; output: void; errors: never };
  DescribeValidDBInstanceModifications: { input: {}; output: void; errors: never };
  DisableHttpEndpoint: { input: {}; output: void; errors: never };
  DownloadDBLogFilePortion: { input: {}; output: void; errors: never };
  EnableHttpEndpoint: { input: {}; output: void; errors: never };
  FailoverDBCluster: { input: {}; output: void; errors: never };
  FailoverGlobalCluster: { input: {}; output: void; errors: never };
  ListTagsForResource: { input: ListTagsForResourceMessage; output: TagListMessage; errors: 'DBProxyNotFoundFault' | 'DBSnapshotTenantDatabaseNotFoundFault' | 'IntegrationNotFoundFault' | 'TenantDatabaseNotFound' | 'BlueGreenDeploymentNotFoundFault' | 'DBSnapshotNotFound' | 'DBProxyEndpointNotFoundFault' | 'DBShardGroupNotFound' | 'DBClusterNotFoundFault' | 'DBInstanceNotFound' | 'DBProxyTargetGroupNotFoundFault' };
  ModifyActivityStream: { input: {}; output: void; errors: never };
  ModifyCertificates: { input: {}; output: void; errors: never };
  ModifyCurrentDBClusterCapacity: { input: {}; output: void; errors: never };
  ModifyCustomDBEngineVersion: { input: {}; output: void; errors: never };
  ModifyDBCluster: { input: {}; output: void; errors: never };
  ModifyDBClusterEndpoint: { input: {}; output: void; errors: never };
  ModifyDBClusterParameterGroup: { input: {}; output: void; errors: never };
  ModifyDBClusterSnapshotAttribute: { input: {}; output: void; errors: never };
  ModifyDBInstance: { input: ModifyDBInstanceMessage; output: ModifyDBInstanceResult; errors: 'AuthorizationNotFound' | 'DBParameterGroupNotFound' | 'InsufficientDBInstanceCapacity' | 'VpcEncryptionControlViolationException' | 'InvalidDBSecurityGroupState' | 'ProvisionedIopsNotAvailableInAZFault' | 'StorageTypeNotSupported' | 'OptionGroupNotFoundFault' | 'DBInstanceNotFound' | 'NetworkTypeNotSupported' | 'StorageQuotaExceeded' | 'BackupPolicyNotFoundFault' | 'DomainNotFoundFault' | 'CertificateNotFound' | 'InvalidDBInstanceState' | 'KMSKeyNotAccessibleFault' | 'DBInstanceAlreadyExists' | 'DBUpgradeDependencyFailure' | 'TenantDatabaseQuotaExceeded' | 'DBSecurityGroupNotFound' | 'InvalidVPCNetworkStateFault' | 'InvalidDBClusterStateFault' };
  ModifyDBParameterGroup: { input: {}; output: void; errors: never };
  ModifyDBProxy: { input: {}; output: void; errors: never };
  ModifyDBProxyEndpoint: { input: {}; output: void; errors: never };
  ModifyDBProxyTargetGroup: { input: {}; output: void; errors: never };
  ModifyDBRecommendation: { input: {}; output: void; errors: never };
  ModifyDBShardGroup: { input: {}; output: void; errors: never };
  ModifyDBSnapshot: { input: {}; output: void; errors: never };
  ModifyDBSnapshotAttribute: { input: {}; output: void; errors: never };
  ModifyDBSubnetGroup: { input: {}; output: void; errors: never };
  ModifyEventSubscription: { input: {}; output: void; errors: never };
  ModifyGlobalCluster: { input: {}; output: void; errors: never };
  ModifyIntegration: { input: {}; output: void; errors: never };
  ModifyOptionGroup: { input: {}; output: void; errors: never };
  ModifyTenantDatabase: { input: {}; output: void; errors: never };
  PromoteReadReplica: { input: {}; output: void; errors: never };
  PromoteReadReplicaDBCluster: { input: {}; output: void; errors: never };
  PurchaseReservedDBInstancesOffering: { input: {}; output: void; errors: never };
  RebootDBCluster: { input: {}; output: void; errors: never };
  RebootDBInstance: { input: {}; output: void; errors: never };
  RebootDBShardGroup: { input: {}; output: void; errors: never };
  RegisterDBProxyTargets: { input: {}; output: void; errors: never };
  RemoveFromGlobalCluster: { input: {}; output: void; errors: never };
  RemoveRoleFromDBCluster: { input: {}; output: void; errors: never };
  RemoveRoleFromDBInstance: { input: {}; output: void; errors: never };
  RemoveSourceIdentifierFromSubscription: { input: {}; output: void; errors: never };
  RemoveTagsFromResource: { input: RemoveTagsFromResourceMessage; output: void; errors: 'DBProxyNotFoundFault' | 'DBSnapshotTenantDatabaseNotFoundFault' | 'IntegrationNotFoundFault' | 'TenantDatabaseNotFound' | 'BlueGreenDeploymentNotFoundFault' | 'DBSnapshotNotFound' | 'DBProxyEndpointNotFoundFault' | 'InvalidDBClusterEndpointStateFault' | 'InvalidDBInstanceState' | 'DBShardGroupNotFound' | 'DBClusterNotFoundFault' | 'DBInstanceNotFound' | 'DBProxyTargetGroupNotFoundFault' | 'InvalidDBClusterStateFault' };
  ResetDBClusterParameterGroup: { input: {}; output: void; errors: never };
  ResetDBParameterGroup: { input: {}; output: void; errors: never };
  RestoreDBClusterFromS3: { input: {}; output: void; errors: never };
  RestoreDBClusterFromSnapshot: { input: {}; output: void; errors: never };
  RestoreDBClusterToPointInTime: { input: {}; output: void; errors: never };
  RestoreDBInstanceFromDBSnapshot: { input: {}; output: void; errors: never };
  RestoreDBInstanceFromS3: { input: {}; output: void; errors: never };
  RestoreDBInstanceToPointInTime: { input: {}; output: void; errors: never };
  RevokeDBSecurityGroupIngress: { input: {}; output: void; errors: never };
  StartActivityStream: { input: {}; output: void; errors: never };
  StartDBCluster: { input: {}; output: void; errors: never };
  StartDBInstance: { input: {}; output: void; errors: never };
  StartDBInstanceAutomatedBackupsReplication: { input: {}; output: void; errors: never };
  StartExportTask: { input: {}; output: void; errors: never };
  StopActivityStream: { input: {}; output: void; errors: never };
  StopDBCluster: { input: {}; output: void; errors: never };
  StopDBInstance: { input: {}; output: void; errors: never };
  StopDBInstanceAutomatedBackupsReplication: { input: {}; output: void; errors: never };
  SwitchoverBlueGreenDeployment: { input: {}; output: void; errors: never };
  SwitchoverGlobalCluster: { input: {}; output: void; errors: never };
  SwitchoverReadReplica: { input: {}; output: void; errors: never };
}
