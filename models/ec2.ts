/** The types of Ec2's operations, written by scripts/refresh-models.ts from the same model as ec2.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface AccountAttribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly AccountAttributeValue[] | undefined;
}

export type AccountAttributeName = 'supported-platforms' | 'default-vpc';

export interface AccountAttributeValue {
  readonly AttributeValue?: string | undefined;
}

export interface Address {
  readonly AllocationId?: string | undefined;
  readonly AssociationId?: string | undefined;
  readonly Domain?: DomainType | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly NetworkInterfaceOwnerId?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly PublicIpv4Pool?: string | undefined;
  readonly NetworkBorderGroup?: string | undefined;
  readonly CustomerOwnedIp?: string | undefined;
  readonly CustomerOwnedIpv4Pool?: string | undefined;
  readonly CarrierIp?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly ServiceManaged?: ServiceManaged | undefined;
  readonly InstanceId?: string | undefined;
  readonly PublicIp?: string | undefined;
}

export type AmdSevSnpSpecification = 'enabled' | 'disabled';

export type ArchitectureType = 'i386' | 'x86_64' | 'arm64' | 'x86_64_mac' | 'arm64_mac';

export type ArchitectureValues = 'i386' | 'x86_64' | 'arm64' | 'x86_64_mac' | 'arm64_mac';

export interface AssociateIamInstanceProfileRequest {
  readonly IamInstanceProfile: IamInstanceProfileSpecification;
  readonly InstanceId: string;
}

export interface AssociateIamInstanceProfileResult {
  readonly IamInstanceProfileAssociation?: IamInstanceProfileAssociation | undefined;
}

export interface AttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined;
  readonly EnaSrdUdpSpecification?: AttachmentEnaSrdUdpSpecification | undefined;
}

export interface AttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined;
}

export type AttachmentLimitType = 'shared' | 'dedicated';

export type AttachmentStatus = 'attaching' | 'attached' | 'detaching' | 'detached';

export interface AttributeBooleanValue {
  readonly Value?: boolean | undefined;
}

export interface AttributeValue {
  readonly Value?: string | undefined;
}

export interface AvailabilityZone {
  readonly OptInStatus?: AvailabilityZoneOptInStatus | undefined;
  readonly Messages?: readonly AvailabilityZoneMessage[] | undefined;
  readonly RegionName?: string | undefined;
  readonly ZoneName?: string | undefined;
  readonly ZoneId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly NetworkBorderGroup?: string | undefined;
  readonly ZoneType?: string | undefined;
  readonly ParentZoneName?: string | undefined;
  readonly ParentZoneId?: string | undefined;
  readonly GroupLongName?: string | undefined;
  readonly Geography?: readonly AvailabilityZoneGeography[] | undefined;
  readonly SubGeography?: readonly AvailabilityZoneSubGeography[] | undefined;
  readonly State?: AvailabilityZoneState | undefined;
}

export interface AvailabilityZoneGeography {
  readonly Name?: string | undefined;
}

export interface AvailabilityZoneMessage {
  readonly Message?: string | undefined;
}

export type AvailabilityZoneOptInStatus = 'opt-in-not-required' | 'opted-in' | 'not-opted-in';

export type AvailabilityZoneState = 'available' | 'information' | 'impaired' | 'unavailable' | 'constrained';

export interface AvailabilityZoneSubGeography {
  readonly Name?: string | undefined;
}

export type BandwidthWeightingType = 'default' | 'vpc-1' | 'ebs-1';

export interface BlobAttributeValue {
  readonly Value?: Uint8Array | undefined;
}

export interface BlockDeviceMapping {
  readonly Ebs?: EbsBlockDevice | undefined;
  readonly NoDevice?: string | undefined;
  readonly DeviceName?: string | undefined;
  readonly VirtualName?: string | undefined;
}

export type BlockPublicAccessMode = 'off' | 'block-bidirectional' | 'block-ingress';

export interface BlockPublicAccessStates {
  readonly InternetGatewayBlockMode?: BlockPublicAccessMode | undefined;
}

export type BootModeType = 'legacy-bios' | 'uefi';

export type BootModeValues = 'legacy-bios' | 'uefi' | 'uefi-preferred';

export type CapacityReservationPreference = 'capacity-reservations-only' | 'open' | 'none';

export interface CapacityReservationSpecification {
  readonly CapacityReservationPreference?: CapacityReservationPreference | undefined;
  readonly CapacityReservationTarget?: CapacityReservationTarget | undefined;
}

export interface CapacityReservationSpecificationResponse {
  readonly CapacityReservationPreference?: CapacityReservationPreference | undefined;
  readonly CapacityReservationTarget?: CapacityReservationTargetResponse | undefined;
}

export interface CapacityReservationTarget {
  readonly CapacityReservationId?: string | undefined;
  readonly CapacityReservationResourceGroupArn?: string | undefined;
}

export interface CapacityReservationTargetResponse {
  readonly CapacityReservationId?: string | undefined;
  readonly CapacityReservationResourceGroupArn?: string | undefined;
}

export interface ConnectionTrackingConfiguration {
  readonly TcpEstablishedTimeout?: number | undefined;
  readonly UdpStreamTimeout?: number | undefined;
  readonly UdpTimeout?: number | undefined;
}

export interface ConnectionTrackingSpecificationRequest {
  readonly TcpEstablishedTimeout?: number | undefined;
  readonly UdpStreamTimeout?: number | undefined;
  readonly UdpTimeout?: number | undefined;
}

export interface ConnectionTrackingSpecificationResponse {
  readonly TcpEstablishedTimeout?: number | undefined;
  readonly UdpStreamTimeout?: number | undefined;
  readonly UdpTimeout?: number | undefined;
}

export interface CpuOptions {
  readonly CoreCount?: number | undefined;
  readonly ThreadsPerCore?: number | undefined;
  readonly AmdSevSnp?: AmdSevSnpSpecification | undefined;
  readonly NestedVirtualization?: NestedVirtualizationSpecification | undefined;
}

export interface CpuOptionsRequest {
  readonly CoreCount?: number | undefined;
  readonly ThreadsPerCore?: number | undefined;
  readonly AmdSevSnp?: AmdSevSnpSpecification | undefined;
  readonly NestedVirtualization?: NestedVirtualizationSpecification | undefined;
}

export interface CreateKeyPairRequest {
  readonly KeyName: string;
  readonly KeyType?: KeyType | undefined;
  readonly TagSpecifications?: readonly TagSpecification[] | undefined;
  readonly KeyFormat?: KeyFormat | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface CreateTagsRequest {
  readonly DryRun?: boolean | undefined;
  readonly Resources: readonly string[];
  readonly Tags: readonly Tag[];
}

export interface CreditSpecificationRequest {
  readonly CpuCredits: string;
}

export interface DefaultConnectionTrackingConfiguration {
  readonly DefaultTcpEstablishedTimeout?: number | undefined;
  readonly DefaultUdpTimeout?: number | undefined;
  readonly DefaultUdpStreamTimeout?: number | undefined;
}

export interface DeleteKeyPairRequest {
  readonly KeyName?: string | undefined;
  readonly KeyPairId?: string | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface DeleteKeyPairResult {
  readonly Return?: boolean | undefined;
  readonly KeyPairId?: string | undefined;
}

export interface DeleteTagsRequest {
  readonly DryRun?: boolean | undefined;
  readonly Resources: readonly string[];
  readonly Tags?: readonly Tag[] | undefined;
}

export interface DescribeAccountAttributesRequest {
  readonly DryRun?: boolean | undefined;
  readonly AttributeNames?: readonly AccountAttributeName[] | undefined;
}

export interface DescribeAccountAttributesResult {
  readonly AccountAttributes?: readonly AccountAttribute[] | undefined;
}

export interface DescribeAddressesRequest {
  readonly PublicIps?: readonly string[] | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly AllocationIds?: readonly string[] | undefined;
}

export interface DescribeAddressesResult {
  readonly Addresses?: readonly Address[] | undefined;
}

export interface DescribeAvailabilityZonesRequest {
  readonly ZoneNames?: readonly string[] | undefined;
  readonly ZoneIds?: readonly string[] | undefined;
  readonly AllAvailabilityZones?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeAvailabilityZonesResult {
  readonly AvailabilityZones?: readonly AvailabilityZone[] | undefined;
}

export interface DescribeIamInstanceProfileAssociationsRequest {
  readonly AssociationIds?: readonly string[] | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeIamInstanceProfileAssociationsResult {
  readonly IamInstanceProfileAssociations?: readonly IamInstanceProfileAssociation[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeImagesRequest {
  readonly ExecutableUsers?: readonly string[] | undefined;
  readonly ImageIds?: readonly string[] | undefined;
  readonly Owners?: readonly string[] | undefined;
  readonly IncludeDeprecated?: boolean | undefined;
  readonly IncludeDisabled?: boolean | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeImagesResult {
  readonly NextToken?: string | undefined;
  readonly Images?: readonly Image[] | undefined;
}

export interface DescribeInstanceAttributeRequest {
  readonly DryRun?: boolean | undefined;
  readonly InstanceId: string;
  readonly Attribute: InstanceAttributeName;
}

export interface DescribeInstanceCreditSpecificationsRequest {
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly InstanceIds?: readonly string[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceCreditSpecificationsResult {
  readonly InstanceCreditSpecifications?: readonly InstanceCreditSpecification[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceStatusRequest {
  readonly InstanceIds?: readonly string[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly IncludeManagedResources?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly IncludeAllInstances?: boolean | undefined;
}

export interface DescribeInstanceStatusResult {
  readonly InstanceStatuses?: readonly InstanceStatus[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceTypeOfferingsRequest {
  readonly DryRun?: boolean | undefined;
  readonly LocationType?: LocationType | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceTypeOfferingsResult {
  readonly InstanceTypeOfferings?: readonly InstanceTypeOffering[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstanceTypesRequest {
  readonly DryRun?: boolean | undefined;
  readonly InstanceTypes?: readonly string[] | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly IncludeUnsupportedInRegion?: boolean | undefined;
}

export interface DescribeInstanceTypesResult {
  readonly InstanceTypes?: readonly InstanceTypeInfo[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeInstancesRequest {
  readonly InstanceIds?: readonly string[] | undefined;
  readonly IncludeManagedResources?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

export interface DescribeInstancesResult {
  readonly NextToken?: string | undefined;
  readonly Reservations?: readonly Reservation[] | undefined;
}

export interface DescribeKeyPairsRequest {
  readonly KeyNames?: readonly string[] | undefined;
  readonly KeyPairIds?: readonly string[] | undefined;
  readonly IncludePublicKey?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeKeyPairsResult {
  readonly KeyPairs?: readonly KeyPairInfo[] | undefined;
}

export interface DescribeNetworkInterfacesRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly IncludeManagedResources?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly NetworkInterfaceIds?: readonly string[] | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeNetworkInterfacesResult {
  readonly NetworkInterfaces?: readonly NetworkInterface[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeRegionsRequest {
  readonly RegionNames?: readonly string[] | undefined;
  readonly AllRegions?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeRegionsResult {
  readonly Regions?: readonly Region[] | undefined;
}

export interface DescribeRouteTablesRequest {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly DryRun?: boolean | undefined;
  readonly RouteTableIds?: readonly string[] | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeRouteTablesResult {
  readonly RouteTables?: readonly RouteTable[] | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeSecurityGroupsRequest {
  readonly GroupIds?: readonly string[] | undefined;
  readonly GroupNames?: readonly string[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
}

export interface DescribeSecurityGroupsResult {
  readonly NextToken?: string | undefined;
  readonly SecurityGroups?: readonly SecurityGroup[] | undefined;
}

export interface DescribeSubnetsRequest {
  readonly Filters?: readonly Filter[] | undefined;
  readonly SubnetIds?: readonly string[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface DescribeSubnetsResult {
  readonly NextToken?: string | undefined;
  readonly Subnets?: readonly Subnet[] | undefined;
}

export interface DescribeTagsRequest {
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface DescribeTagsResult {
  readonly NextToken?: string | undefined;
  readonly Tags?: readonly TagDescription[] | undefined;
}

export interface DescribeVolumesRequest {
  readonly VolumeIds?: readonly string[] | undefined;
  readonly IncludeManagedResources?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Filters?: readonly Filter[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

export interface DescribeVolumesResult {
  readonly NextToken?: string | undefined;
  readonly Volumes?: readonly Volume[] | undefined;
}

export interface DescribeVpcAttributeRequest {
  readonly Attribute: VpcAttributeName;
  readonly VpcId: string;
  readonly DryRun?: boolean | undefined;
}

export interface DescribeVpcAttributeResult {
  readonly EnableDnsHostnames?: AttributeBooleanValue | undefined;
  readonly EnableDnsSupport?: AttributeBooleanValue | undefined;
  readonly EnableNetworkAddressUsageMetrics?: AttributeBooleanValue | undefined;
  readonly VpcId?: string | undefined;
}

export interface DescribeVpcsRequest {
  readonly Filters?: readonly Filter[] | undefined;
  readonly VpcIds?: readonly string[] | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface DescribeVpcsResult {
  readonly NextToken?: string | undefined;
  readonly Vpcs?: readonly Vpc[] | undefined;
}

export type DeviceType = 'ebs' | 'instance-store';

export interface DisassociateIamInstanceProfileRequest {
  readonly AssociationId: string;
}

export interface DisassociateIamInstanceProfileResult {
  readonly IamInstanceProfileAssociation?: IamInstanceProfileAssociation | undefined;
}

export interface DiskInfo {
  readonly SizeInGB?: number | undefined;
  readonly Count?: number | undefined;
  readonly Type?: DiskType | undefined;
}

export type DiskType = 'hdd' | 'ssd';

export type DomainType = 'vpc' | 'standard';

export interface EbsBlockDevice {
  readonly DeleteOnTermination?: boolean | undefined;
  readonly Iops?: number | undefined;
  readonly SnapshotId?: string | undefined;
  readonly VolumeSize?: number | undefined;
  readonly VolumeType?: VolumeType | undefined;
  readonly KmsKeyId?: string | undefined;
  readonly Throughput?: number | undefined;
  readonly OutpostArn?: string | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly Encrypted?: boolean | undefined;
  readonly VolumeInitializationRate?: number | undefined;
  readonly AvailabilityZoneId?: string | undefined;
  readonly EbsCardIndex?: number | undefined;
}

export interface EbsCardInfo {
  readonly EbsCardIndex?: number | undefined;
  readonly BaselineBandwidthInMbps?: number | undefined;
  readonly BaselineThroughputInMBps?: number | undefined;
  readonly BaselineIops?: number | undefined;
  readonly MaximumBandwidthInMbps?: number | undefined;
  readonly MaximumThroughputInMBps?: number | undefined;
  readonly MaximumIops?: number | undefined;
}

export type EbsEncryptionSupport = 'unsupported' | 'supported';

export interface EbsInfo {
  readonly EbsOptimizedSupport?: EbsOptimizedSupport | undefined;
  readonly EncryptionSupport?: EbsEncryptionSupport | undefined;
  readonly EbsOptimizedInfo?: EbsOptimizedInfo | undefined;
  readonly NvmeSupport?: EbsNvmeSupport | undefined;
  readonly MaximumEbsAttachments?: number | undefined;
  readonly AttachmentLimitType?: AttachmentLimitType | undefined;
  readonly MaximumEbsCards?: number | undefined;
  readonly EbsCards?: readonly EbsCardInfo[] | undefined;
}

export interface EbsInstanceBlockDevice {
  readonly AttachTime?: Timestamp | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly VolumeId?: string | undefined;
  readonly AssociatedResource?: string | undefined;
  readonly VolumeOwnerId?: string | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly EbsCardIndex?: number | undefined;
}

export interface EbsInstanceBlockDeviceSpecification {
  readonly VolumeId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
}

export type EbsNvmeSupport = 'unsupported' | 'supported' | 'required';

export interface EbsOptimizedInfo {
  readonly BaselineBandwidthInMbps?: number | undefined;
  readonly BaselineThroughputInMBps?: number | undefined;
  readonly BaselineIops?: number | undefined;
  readonly MaximumBandwidthInMbps?: number | undefined;
  readonly MaximumThroughputInMBps?: number | undefined;
  readonly MaximumIops?: number | undefined;
}

export type EbsOptimizedSupport = 'unsupported' | 'supported' | 'default';

export interface EbsStatusDetails {
  readonly ImpairedSince?: Timestamp | undefined;
  readonly Name?: StatusName | undefined;
  readonly Status?: StatusType | undefined;
}

export interface EbsStatusSummary {
  readonly Details?: readonly EbsStatusDetails[] | undefined;
  readonly Status?: SummaryStatus | undefined;
}

export interface EfaInfo {
  readonly MaximumEfaInterfaces?: number | undefined;
}

export interface ElasticGpuAssociation {
  readonly ElasticGpuId?: string | undefined;
  readonly ElasticGpuAssociationId?: string | undefined;
  readonly ElasticGpuAssociationState?: string | undefined;
  readonly ElasticGpuAssociationTime?: string | undefined;
}

export interface ElasticGpuSpecification {
  readonly Type: string;
}

export interface ElasticInferenceAccelerator {
  readonly Type: string;
  readonly Count?: number | undefined;
}

export interface ElasticInferenceAcceleratorAssociation {
  readonly ElasticInferenceAcceleratorArn?: string | undefined;
  readonly ElasticInferenceAcceleratorAssociationId?: string | undefined;
  readonly ElasticInferenceAcceleratorAssociationState?: string | undefined;
  readonly ElasticInferenceAcceleratorAssociationTime?: Timestamp | undefined;
}

export interface EnaSrdSpecificationRequest {
  readonly EnaSrdEnabled?: boolean | undefined;
  readonly EnaSrdUdpSpecification?: EnaSrdUdpSpecificationRequest | undefined;
}

export interface EnaSrdUdpSpecificationRequest {
  readonly EnaSrdUdpEnabled?: boolean | undefined;
}

export type EnaSupport = 'unsupported' | 'supported' | 'required';

export interface EnclaveOptions {
  readonly Enabled?: boolean | undefined;
}

export interface EnclaveOptionsRequest {
  readonly Enabled?: boolean | undefined;
}

export type EphemeralNvmeSupport = 'unsupported' | 'supported' | 'required';

export type EventCode = 'instance-reboot' | 'system-reboot' | 'system-maintenance' | 'instance-retirement' | 'instance-stop';

export interface Filter {
  readonly Name?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

export type FlexibleEnaQueuesSupport = 'unsupported' | 'supported';

export interface FpgaDeviceInfo {
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly Count?: number | undefined;
  readonly MemoryInfo?: FpgaDeviceMemoryInfo | undefined;
}

export interface FpgaDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface FpgaInfo {
  readonly Fpgas?: readonly FpgaDeviceInfo[] | undefined;
  readonly TotalFpgaMemoryInMiB?: number | undefined;
}

export interface GetConsoleOutputRequest {
  readonly InstanceId: string;
  readonly Latest?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface GetConsoleOutputResult {
  readonly InstanceId?: string | undefined;
  readonly Timestamp?: Timestamp | undefined;
  readonly Output?: string | undefined;
}

export interface GpuDeviceInfo {
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly Count?: number | undefined;
  readonly LogicalGpuCount?: number | undefined;
  readonly GpuPartitionSize?: number | undefined;
  readonly Workloads?: readonly string[] | undefined;
  readonly MemoryInfo?: GpuDeviceMemoryInfo | undefined;
}

export interface GpuDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface GpuInfo {
  readonly Gpus?: readonly GpuDeviceInfo[] | undefined;
  readonly TotalGpuMemoryInMiB?: number | undefined;
}

export interface GroupIdentifier {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
}

export interface HibernationOptions {
  readonly Configured?: boolean | undefined;
}

export interface HibernationOptionsRequest {
  readonly Configured?: boolean | undefined;
}

export type HostnameType = 'ip-name' | 'resource-name';

export type HttpTokensState = 'optional' | 'required';

export type HypervisorType = 'ovm' | 'xen';

export interface IamInstanceProfile {
  readonly Arn?: string | undefined;
  readonly Id?: string | undefined;
}

export interface IamInstanceProfileAssociation {
  readonly AssociationId?: string | undefined;
  readonly InstanceId?: string | undefined;
  readonly IamInstanceProfile?: IamInstanceProfile | undefined;
  readonly State?: IamInstanceProfileAssociationState | undefined;
  readonly Timestamp?: Timestamp | undefined;
}

export type IamInstanceProfileAssociationState = 'associating' | 'associated' | 'disassociating' | 'disassociated';

export interface IamInstanceProfileSpecification {
  readonly Arn?: string | undefined;
  readonly Name?: string | undefined;
}

export interface Image {
  readonly PlatformDetails?: string | undefined;
  readonly UsageOperation?: string | undefined;
  readonly BlockDeviceMappings?: readonly BlockDeviceMapping[] | undefined;
  readonly Description?: string | undefined;
  readonly EnaSupport?: boolean | undefined;
  readonly Hypervisor?: HypervisorType | undefined;
  readonly ImageOwnerAlias?: string | undefined;
  readonly Name?: string | undefined;
  readonly RootDeviceName?: string | undefined;
  readonly RootDeviceType?: DeviceType | undefined;
  readonly SriovNetSupport?: string | undefined;
  readonly StateReason?: StateReason | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VirtualizationType?: VirtualizationType | undefined;
  readonly BootMode?: BootModeValues | undefined;
  readonly TpmSupport?: TpmSupportValues | undefined;
  readonly DeprecationTime?: string | undefined;
  readonly ImdsSupport?: ImdsSupportValues | undefined;
  readonly SourceInstanceId?: string | undefined;
  readonly DeregistrationProtection?: string | undefined;
  readonly LastLaunchedTime?: string | undefined;
  readonly ImageAllowed?: boolean | undefined;
  readonly SourceImageId?: string | undefined;
  readonly SourceImageRegion?: string | undefined;
  readonly FreeTierEligible?: boolean | undefined;
  readonly ImageId?: string | undefined;
  readonly ImageLocation?: string | undefined;
  readonly State?: ImageState | undefined;
  readonly OwnerId?: string | undefined;
  readonly CreationDate?: string | undefined;
  readonly Public?: boolean | undefined;
  readonly ProductCodes?: readonly ProductCode[] | undefined;
  readonly Architecture?: ArchitectureValues | undefined;
  readonly ImageType?: ImageTypeValues | undefined;
  readonly KernelId?: string | undefined;
  readonly RamdiskId?: string | undefined;
  readonly Platform?: PlatformValues | undefined;
}

export type ImageState = 'pending' | 'available' | 'invalid' | 'deregistered' | 'transient' | 'failed' | 'error' | 'disabled';

export type ImageTypeValues = 'machine' | 'kernel' | 'ramdisk';

export type ImdsSupportValues = 'v2.0';

export interface ImportKeyPairRequest {
  readonly TagSpecifications?: readonly TagSpecification[] | undefined;
  readonly DryRun?: boolean | undefined;
  readonly KeyName: string;
  readonly PublicKeyMaterial: Uint8Array;
}

export interface ImportKeyPairResult {
  readonly KeyFingerprint?: string | undefined;
  readonly KeyName?: string | undefined;
  readonly KeyPairId?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface InferenceAcceleratorInfo {
  readonly Accelerators?: readonly InferenceDeviceInfo[] | undefined;
  readonly TotalInferenceMemoryInMiB?: number | undefined;
}

export interface InferenceDeviceInfo {
  readonly Count?: number | undefined;
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly MemoryInfo?: InferenceDeviceMemoryInfo | undefined;
}

export interface InferenceDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface Instance {
  readonly Architecture?: ArchitectureValues | undefined;
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMapping[] | undefined;
  readonly ClientToken?: string | undefined;
  readonly EbsOptimized?: boolean | undefined;
  readonly EnaSupport?: boolean | undefined;
  readonly Hypervisor?: HypervisorType | undefined;
  readonly IamInstanceProfile?: IamInstanceProfile | undefined;
  readonly InstanceLifecycle?: InstanceLifecycleType | undefined;
  readonly ElasticGpuAssociations?: readonly ElasticGpuAssociation[] | undefined;
  readonly ElasticInferenceAcceleratorAssociations?: readonly ElasticInferenceAcceleratorAssociation[] | undefined;
  readonly NetworkInterfaces?: readonly InstanceNetworkInterface[] | undefined;
  readonly OutpostArn?: string | undefined;
  readonly RootDeviceName?: string | undefined;
  readonly RootDeviceType?: DeviceType | undefined;
  readonly SecurityGroups?: readonly GroupIdentifier[] | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly SpotInstanceRequestId?: string | undefined;
  readonly SriovNetSupport?: string | undefined;
  readonly StateReason?: StateReason | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VirtualizationType?: VirtualizationType | undefined;
  readonly CpuOptions?: CpuOptions | undefined;
  readonly CapacityBlockId?: string | undefined;
  readonly CapacityReservationId?: string | undefined;
  readonly CapacityReservationSpecification?: CapacityReservationSpecificationResponse | undefined;
  readonly HibernationOptions?: HibernationOptions | undefined;
  readonly Licenses?: readonly LicenseConfiguration[] | undefined;
  readonly MetadataOptions?: InstanceMetadataOptionsResponse | undefined;
  readonly EnclaveOptions?: EnclaveOptions | undefined;
  readonly BootMode?: BootModeValues | undefined;
  readonly PlatformDetails?: string | undefined;
  readonly UsageOperation?: string | undefined;
  readonly UsageOperationUpdateTime?: Timestamp | undefined;
  readonly PrivateDnsNameOptions?: PrivateDnsNameOptionsResponse | undefined;
  readonly Ipv6Address?: string | undefined;
  readonly TpmSupport?: string | undefined;
  readonly MaintenanceOptions?: InstanceMaintenanceOptions | undefined;
  readonly CurrentInstanceBootMode?: InstanceBootModeValues | undefined;
  readonly NetworkPerformanceOptions?: InstanceNetworkPerformanceOptions | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly SecondaryInterfaces?: readonly InstanceSecondaryInterface[] | undefined;
  readonly InstanceId?: string | undefined;
  readonly ImageId?: string | undefined;
  readonly State?: InstanceState | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly StateTransitionReason?: string | undefined;
  readonly KeyName?: string | undefined;
  readonly AmiLaunchIndex?: number | undefined;
  readonly ProductCodes?: readonly ProductCode[] | undefined;
  readonly InstanceType?: string | undefined;
  readonly LaunchTime?: Timestamp | undefined;
  readonly Placement?: Placement | undefined;
  readonly KernelId?: string | undefined;
  readonly RamdiskId?: string | undefined;
  readonly Platform?: PlatformValues | undefined;
  readonly Monitoring?: Monitoring | undefined;
  readonly SubnetId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PublicIpAddress?: string | undefined;
}

export interface InstanceAttachmentEnaSrdSpecification {
  readonly EnaSrdEnabled?: boolean | undefined;
  readonly EnaSrdUdpSpecification?: InstanceAttachmentEnaSrdUdpSpecification | undefined;
}

export interface InstanceAttachmentEnaSrdUdpSpecification {
  readonly EnaSrdUdpEnabled?: boolean | undefined;
}

export interface InstanceAttribute {
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMapping[] | undefined;
  readonly DisableApiTermination?: AttributeBooleanValue | undefined;
  readonly EnaSupport?: AttributeBooleanValue | undefined;
  readonly EnclaveOptions?: EnclaveOptions | undefined;
  readonly EbsOptimized?: AttributeBooleanValue | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceInitiatedShutdownBehavior?: AttributeValue | undefined;
  readonly InstanceType?: AttributeValue | undefined;
  readonly KernelId?: AttributeValue | undefined;
  readonly ProductCodes?: readonly ProductCode[] | undefined;
  readonly RamdiskId?: AttributeValue | undefined;
  readonly RootDeviceName?: AttributeValue | undefined;
  readonly SourceDestCheck?: AttributeBooleanValue | undefined;
  readonly SriovNetSupport?: AttributeValue | undefined;
  readonly UserData?: AttributeValue | undefined;
  readonly DisableApiStop?: AttributeBooleanValue | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
}

export type InstanceAttributeName = 'instanceType' | 'kernel' | 'ramdisk' | 'userData' | 'disableApiTermination' | 'instanceInitiatedShutdownBehavior' | 'rootDeviceName' | 'blockDeviceMapping' | 'productCodes' | 'sourceDestCheck' | 'groupSet' | 'ebsOptimized' | 'sriovNetSupport' | 'enaSupport' | 'enclaveOptions' | 'disableApiStop';

export type InstanceAutoRecoveryState = 'disabled' | 'default';

export type InstanceBandwidthWeighting = 'default' | 'vpc-1' | 'ebs-1';

export interface InstanceBlockDeviceMapping {
  readonly DeviceName?: string | undefined;
  readonly Ebs?: EbsInstanceBlockDevice | undefined;
}

export interface InstanceBlockDeviceMappingSpecification {
  readonly DeviceName?: string | undefined;
  readonly Ebs?: EbsInstanceBlockDeviceSpecification | undefined;
  readonly VirtualName?: string | undefined;
  readonly NoDevice?: string | undefined;
}

export type InstanceBootModeValues = 'legacy-bios' | 'uefi';

export interface InstanceCreditSpecification {
  readonly InstanceId?: string | undefined;
  readonly CpuCredits?: string | undefined;
}

export type InstanceInterruptionBehavior = 'hibernate' | 'stop' | 'terminate';

export interface InstanceIpv4Prefix {
  readonly Ipv4Prefix?: string | undefined;
}

export interface InstanceIpv6Address {
  readonly Ipv6Address?: string | undefined;
  readonly IsPrimaryIpv6?: boolean | undefined;
}

export interface InstanceIpv6Prefix {
  readonly Ipv6Prefix?: string | undefined;
}

export type InstanceLifecycleType = 'spot' | 'scheduled' | 'capacity-block' | 'interruptible-capacity-reservation';

export interface InstanceMaintenanceOptions {
  readonly AutoRecovery?: InstanceAutoRecoveryState | undefined;
  readonly RebootMigration?: InstanceRebootMigrationState | undefined;
}

export interface InstanceMaintenanceOptionsRequest {
  readonly AutoRecovery?: InstanceAutoRecoveryState | undefined;
}

export interface InstanceMarketOptionsRequest {
  readonly MarketType?: MarketType | undefined;
  readonly SpotOptions?: SpotMarketOptions | undefined;
}

export type InstanceMetadataEndpointState = 'disabled' | 'enabled';

export interface InstanceMetadataOptionsRequest {
  readonly HttpTokens?: HttpTokensState | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
  readonly HttpEndpoint?: InstanceMetadataEndpointState | undefined;
  readonly HttpProtocolIpv6?: InstanceMetadataProtocolState | undefined;
  readonly InstanceMetadataTags?: InstanceMetadataTagsState | undefined;
}

export interface InstanceMetadataOptionsResponse {
  readonly State?: InstanceMetadataOptionsState | undefined;
  readonly HttpTokens?: HttpTokensState | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
  readonly HttpEndpoint?: InstanceMetadataEndpointState | undefined;
  readonly HttpProtocolIpv6?: InstanceMetadataProtocolState | undefined;
  readonly InstanceMetadataTags?: InstanceMetadataTagsState | undefined;
}

export type InstanceMetadataOptionsState = 'pending' | 'applied';

export type InstanceMetadataProtocolState = 'disabled' | 'enabled';

export type InstanceMetadataTagsState = 'disabled' | 'enabled';

export interface InstanceNetworkInterface {
  readonly Association?: InstanceNetworkInterfaceAssociation | undefined;
  readonly Attachment?: InstanceNetworkInterfaceAttachment | undefined;
  readonly Description?: string | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined;
  readonly MacAddress?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly InstancePrivateIpAddress[] | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Status?: NetworkInterfaceStatus | undefined;
  readonly SubnetId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly InterfaceType?: string | undefined;
  readonly Ipv4Prefixes?: readonly InstanceIpv4Prefix[] | undefined;
  readonly Ipv6Prefixes?: readonly InstanceIpv6Prefix[] | undefined;
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingSpecificationResponse | undefined;
  readonly Operator?: OperatorResponse | undefined;
}

export interface InstanceNetworkInterfaceAssociation {
  readonly CarrierIp?: string | undefined;
  readonly CustomerOwnedIp?: string | undefined;
  readonly IpOwnerId?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly PublicIp?: string | undefined;
}

export interface InstanceNetworkInterfaceAttachment {
  readonly AttachTime?: Timestamp | undefined;
  readonly AttachmentId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly NetworkCardIndex?: number | undefined;
  readonly EnaSrdSpecification?: InstanceAttachmentEnaSrdSpecification | undefined;
  readonly EnaQueueCount?: number | undefined;
}

export interface InstanceNetworkInterfaceSpecification {
  readonly AssociatePublicIpAddress?: boolean | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly Description?: string | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly Groups?: readonly string[] | undefined;
  readonly Ipv6AddressCount?: number | undefined;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly PrivateIpAddressSpecification[] | undefined;
  readonly SecondaryPrivateIpAddressCount?: number | undefined;
  readonly SubnetId?: string | undefined;
  readonly AssociateCarrierIpAddress?: boolean | undefined;
  readonly InterfaceType?: string | undefined;
  readonly NetworkCardIndex?: number | undefined;
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecificationRequest[] | undefined;
  readonly Ipv4PrefixCount?: number | undefined;
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecificationRequest[] | undefined;
  readonly Ipv6PrefixCount?: number | undefined;
  readonly PrimaryIpv6?: boolean | undefined;
  readonly EnaSrdSpecification?: EnaSrdSpecificationRequest | undefined;
  readonly ConnectionTrackingSpecification?: ConnectionTrackingSpecificationRequest | undefined;
  readonly EnaQueueCount?: number | undefined;
}

export interface InstanceNetworkPerformanceOptions {
  readonly BandwidthWeighting?: InstanceBandwidthWeighting | undefined;
}

export interface InstanceNetworkPerformanceOptionsRequest {
  readonly BandwidthWeighting?: InstanceBandwidthWeighting | undefined;
}

export interface InstancePrivateIpAddress {
  readonly Association?: InstanceNetworkInterfaceAssociation | undefined;
  readonly Primary?: boolean | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
}

export type InstanceRebootMigrationState = 'disabled' | 'default';

export interface InstanceSecondaryInterface {
  readonly Attachment?: InstanceSecondaryInterfaceAttachment | undefined;
  readonly MacAddress?: string | undefined;
  readonly SecondaryInterfaceId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly PrivateIpAddresses?: readonly InstanceSecondaryInterfacePrivateIpAddress[] | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Status?: SecondaryInterfaceStatus | undefined;
  readonly SecondarySubnetId?: string | undefined;
  readonly SecondaryNetworkId?: string | undefined;
  readonly InterfaceType?: SecondaryInterfaceType | undefined;
}

export interface InstanceSecondaryInterfaceAttachment {
  readonly AttachTime?: Timestamp | undefined;
  readonly AttachmentId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly NetworkCardIndex?: number | undefined;
}

export interface InstanceSecondaryInterfacePrivateIpAddress {
  readonly PrivateIpAddress?: string | undefined;
}

export interface InstanceSecondaryInterfacePrivateIpAddressRequest {
  readonly PrivateIpAddress: string;
}

export interface InstanceSecondaryInterfaceSpecificationRequest {
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly PrivateIpAddresses?: readonly InstanceSecondaryInterfacePrivateIpAddressRequest[] | undefined;
  readonly PrivateIpAddressCount?: number | undefined;
  readonly SecondarySubnetId?: string | undefined;
  readonly InterfaceType?: SecondaryInterfaceType | undefined;
  readonly NetworkCardIndex?: number | undefined;
}

export interface InstanceState {
  readonly Code?: number | undefined;
  readonly Name?: InstanceStateName | undefined;
}

export interface InstanceStateChange {
  readonly InstanceId?: string | undefined;
  readonly CurrentState?: InstanceState | undefined;
  readonly PreviousState?: InstanceState | undefined;
}

export type InstanceStateName = 'pending' | 'running' | 'shutting-down' | 'terminated' | 'stopping' | 'stopped';

export interface InstanceStatus {
  readonly AvailabilityZone?: string | undefined;
  readonly AvailabilityZoneId?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly Events?: readonly InstanceStatusEvent[] | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceState?: InstanceState | undefined;
  readonly InstanceStatus?: InstanceStatusSummary | undefined;
  readonly SystemStatus?: InstanceStatusSummary | undefined;
  readonly AttachedEbsStatus?: EbsStatusSummary | undefined;
}

export interface InstanceStatusDetails {
  readonly ImpairedSince?: Timestamp | undefined;
  readonly Name?: StatusName | undefined;
  readonly Status?: StatusType | undefined;
}

export interface InstanceStatusEvent {
  readonly InstanceEventId?: string | undefined;
  readonly Code?: EventCode | undefined;
  readonly Description?: string | undefined;
  readonly NotAfter?: Timestamp | undefined;
  readonly NotBefore?: Timestamp | undefined;
  readonly NotBeforeDeadline?: Timestamp | undefined;
}

export interface InstanceStatusSummary {
  readonly Details?: readonly InstanceStatusDetails[] | undefined;
  readonly Status?: SummaryStatus | undefined;
}

export type InstanceStorageEncryptionSupport = 'unsupported' | 'required';

export interface InstanceStorageInfo {
  readonly TotalSizeInGB?: number | undefined;
  readonly Disks?: readonly DiskInfo[] | undefined;
  readonly NvmeSupport?: EphemeralNvmeSupport | undefined;
  readonly EncryptionSupport?: InstanceStorageEncryptionSupport | undefined;
}

export type InstanceTypeHypervisor = 'nitro' | 'xen';

export interface InstanceTypeInfo {
  readonly InstanceType?: string | undefined;
  readonly CurrentGeneration?: boolean | undefined;
  readonly FreeTierEligible?: boolean | undefined;
  readonly SupportedUsageClasses?: readonly UsageClassType[] | undefined;
  readonly SupportedRootDeviceTypes?: readonly RootDeviceType[] | undefined;
  readonly SupportedVirtualizationTypes?: readonly VirtualizationType[] | undefined;
  readonly BareMetal?: boolean | undefined;
  readonly Hypervisor?: InstanceTypeHypervisor | undefined;
  readonly ProcessorInfo?: ProcessorInfo | undefined;
  readonly VCpuInfo?: VCpuInfo | undefined;
  readonly MemoryInfo?: MemoryInfo | undefined;
  readonly InstanceStorageSupported?: boolean | undefined;
  readonly InstanceStorageInfo?: InstanceStorageInfo | undefined;
  readonly EbsInfo?: EbsInfo | undefined;
  readonly NetworkInfo?: NetworkInfo | undefined;
  readonly GpuInfo?: GpuInfo | undefined;
  readonly FpgaInfo?: FpgaInfo | undefined;
  readonly PlacementGroupInfo?: PlacementGroupInfo | undefined;
  readonly InferenceAcceleratorInfo?: InferenceAcceleratorInfo | undefined;
  readonly HibernationSupported?: boolean | undefined;
  readonly BurstablePerformanceSupported?: boolean | undefined;
  readonly DedicatedHostsSupported?: boolean | undefined;
  readonly AutoRecoverySupported?: boolean | undefined;
  readonly SupportedBootModes?: readonly BootModeType[] | undefined;
  readonly NitroEnclavesSupport?: NitroEnclavesSupport | undefined;
  readonly NitroTpmSupport?: NitroTpmSupport | undefined;
  readonly NitroTpmInfo?: NitroTpmInfo | undefined;
  readonly MediaAcceleratorInfo?: MediaAcceleratorInfo | undefined;
  readonly NeuronInfo?: NeuronInfo | undefined;
  readonly PhcSupport?: PhcSupport | undefined;
  readonly RebootMigrationSupport?: RebootMigrationSupport | undefined;
  readonly SupportedInRegion?: boolean | undefined;
}

export interface InstanceTypeOffering {
  readonly InstanceType?: string | undefined;
  readonly LocationType?: LocationType | undefined;
  readonly Location?: string | undefined;
}

export interface IpPermission {
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly UserIdGroupPairs?: readonly UserIdGroupPair[] | undefined;
  readonly IpRanges?: readonly IpRange[] | undefined;
  readonly Ipv6Ranges?: readonly Ipv6Range[] | undefined;
  readonly PrefixListIds?: readonly PrefixListId[] | undefined;
}

export interface IpRange {
  readonly Description?: string | undefined;
  readonly CidrIp?: string | undefined;
}

export type IpSource = 'amazon' | 'byoip' | 'none';

export interface Ipv4PrefixSpecification {
  readonly Ipv4Prefix?: string | undefined;
}

export interface Ipv4PrefixSpecificationRequest {
  readonly Ipv4Prefix?: string | undefined;
}

export type Ipv6AddressAttribute = 'public' | 'private';

export interface Ipv6PrefixSpecification {
  readonly Ipv6Prefix?: string | undefined;
}

export interface Ipv6PrefixSpecificationRequest {
  readonly Ipv6Prefix?: string | undefined;
}

export interface Ipv6Range {
  readonly Description?: string | undefined;
  readonly CidrIpv6?: string | undefined;
}

export type KeyFormat = 'pem' | 'ppk';

export interface KeyPair {
  readonly KeyPairId?: string | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly KeyName?: string | undefined;
  readonly KeyFingerprint?: string | undefined;
  readonly KeyMaterial?: string | undefined;
}

export interface KeyPairInfo {
  readonly KeyPairId?: string | undefined;
  readonly KeyType?: KeyType | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly PublicKey?: string | undefined;
  readonly CreateTime?: Timestamp | undefined;
  readonly KeyName?: string | undefined;
  readonly KeyFingerprint?: string | undefined;
}

export type KeyType = 'rsa' | 'ed25519';

export interface LaunchTemplateSpecification {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
  readonly Version?: string | undefined;
}

export interface LicenseConfiguration {
  readonly LicenseConfigurationArn?: string | undefined;
}

export interface LicenseConfigurationRequest {
  readonly LicenseConfigurationArn?: string | undefined;
}

export type LocationType = 'region' | 'availability-zone' | 'availability-zone-id' | 'outpost';

export type MarketType = 'spot' | 'capacity-block' | 'interruptible-capacity-reservation';

export interface MediaAcceleratorInfo {
  readonly Accelerators?: readonly MediaDeviceInfo[] | undefined;
  readonly TotalMediaMemoryInMiB?: number | undefined;
}

export interface MediaDeviceInfo {
  readonly Count?: number | undefined;
  readonly Name?: string | undefined;
  readonly Manufacturer?: string | undefined;
  readonly MemoryInfo?: MediaDeviceMemoryInfo | undefined;
}

export interface MediaDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface MemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface ModifyInstanceAttributeRequest {
  readonly SourceDestCheck?: AttributeBooleanValue | undefined;
  readonly DisableApiStop?: AttributeBooleanValue | undefined;
  readonly DryRun?: boolean | undefined;
  readonly InstanceId: string;
  readonly Attribute?: InstanceAttributeName | undefined;
  readonly Value?: string | undefined;
  readonly BlockDeviceMappings?: readonly InstanceBlockDeviceMappingSpecification[] | undefined;
  readonly DisableApiTermination?: AttributeBooleanValue | undefined;
  readonly InstanceType?: AttributeValue | undefined;
  readonly Kernel?: AttributeValue | undefined;
  readonly Ramdisk?: AttributeValue | undefined;
  readonly UserData?: BlobAttributeValue | undefined;
  readonly InstanceInitiatedShutdownBehavior?: AttributeValue | undefined;
  readonly Groups?: readonly string[] | undefined;
  readonly EbsOptimized?: AttributeBooleanValue | undefined;
  readonly SriovNetSupport?: AttributeValue | undefined;
  readonly EnaSupport?: AttributeBooleanValue | undefined;
}

export interface ModifyInstanceMetadataOptionsRequest {
  readonly InstanceId: string;
  readonly HttpTokens?: HttpTokensState | undefined;
  readonly HttpPutResponseHopLimit?: number | undefined;
  readonly HttpEndpoint?: InstanceMetadataEndpointState | undefined;
  readonly DryRun?: boolean | undefined;
  readonly HttpProtocolIpv6?: InstanceMetadataProtocolState | undefined;
  readonly InstanceMetadataTags?: InstanceMetadataTagsState | undefined;
}

export interface ModifyInstanceMetadataOptionsResult {
  readonly InstanceId?: string | undefined;
  readonly InstanceMetadataOptions?: InstanceMetadataOptionsResponse | undefined;
}

export interface Monitoring {
  readonly State?: MonitoringState | undefined;
}

export type MonitoringState = 'disabled' | 'disabling' | 'enabled' | 'pending';

export type NestedVirtualizationSpecification = 'enabled' | 'disabled';

export interface NetworkCardInfo {
  readonly NetworkCardIndex?: number | undefined;
  readonly NetworkPerformance?: string | undefined;
  readonly MaximumNetworkInterfaces?: number | undefined;
  readonly AdditionalFlexibleNetworkInterfaces?: number | undefined;
  readonly BaselineBandwidthInGbps?: number | undefined;
  readonly PeakBandwidthInGbps?: number | undefined;
  readonly DefaultEnaQueueCountPerInterface?: number | undefined;
  readonly MaximumEnaQueueCount?: number | undefined;
  readonly MaximumEnaQueueCountPerInterface?: number | undefined;
}

export interface NetworkInfo {
  readonly NetworkPerformance?: string | undefined;
  readonly MaximumNetworkInterfaces?: number | undefined;
  readonly MaximumNetworkCards?: number | undefined;
  readonly DefaultNetworkCardIndex?: number | undefined;
  readonly NetworkCards?: readonly NetworkCardInfo[] | undefined;
  readonly Ipv4AddressesPerInterface?: number | undefined;
  readonly Ipv6AddressesPerInterface?: number | undefined;
  readonly Ipv6Supported?: boolean | undefined;
  readonly EnaSupport?: EnaSupport | undefined;
  readonly EfaSupported?: boolean | undefined;
  readonly EfaInfo?: EfaInfo | undefined;
  readonly EncryptionInTransitSupported?: boolean | undefined;
  readonly EnaSrdSupported?: boolean | undefined;
  readonly BandwidthWeightings?: readonly BandwidthWeightingType[] | undefined;
  readonly FlexibleEnaQueuesSupport?: FlexibleEnaQueuesSupport | undefined;
  readonly ConnectionTrackingConfiguration?: DefaultConnectionTrackingConfiguration | undefined;
  readonly SecondaryNetworkSupported?: boolean | undefined;
  readonly MaximumSecondaryNetworkInterfaces?: number | undefined;
  readonly Ipv4AddressesPerSecondaryInterface?: number | undefined;
}

export interface NetworkInterface {
  readonly Association?: NetworkInterfaceAssociation | undefined;
  readonly Attachment?: NetworkInterfaceAttachment | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly ConnectionTrackingConfiguration?: ConnectionTrackingConfiguration | undefined;
  readonly Description?: string | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
  readonly InterfaceType?: NetworkInterfaceType | undefined;
  readonly Ipv6Addresses?: readonly NetworkInterfaceIpv6Address[] | undefined;
  readonly MacAddress?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly PublicIpDnsNameOptions?: PublicIpDnsNameOptions | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly NetworkInterfacePrivateIpAddress[] | undefined;
  readonly Ipv4Prefixes?: readonly Ipv4PrefixSpecification[] | undefined;
  readonly Ipv6Prefixes?: readonly Ipv6PrefixSpecification[] | undefined;
  readonly RequesterId?: string | undefined;
  readonly RequesterManaged?: boolean | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Status?: NetworkInterfaceStatus | undefined;
  readonly SubnetId?: string | undefined;
  readonly TagSet?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly DenyAllIgwTraffic?: boolean | undefined;
  readonly Ipv6Native?: boolean | undefined;
  readonly Ipv6Address?: string | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly AssociatedSubnets?: readonly string[] | undefined;
  readonly AvailabilityZoneId?: string | undefined;
}

export interface NetworkInterfaceAssociation {
  readonly AllocationId?: string | undefined;
  readonly AssociationId?: string | undefined;
  readonly IpOwnerId?: string | undefined;
  readonly PublicDnsName?: string | undefined;
  readonly PublicIp?: string | undefined;
  readonly CustomerOwnedIp?: string | undefined;
  readonly CarrierIp?: string | undefined;
}

export interface NetworkInterfaceAttachment {
  readonly AttachTime?: Timestamp | undefined;
  readonly AttachmentId?: string | undefined;
  readonly DeleteOnTermination?: boolean | undefined;
  readonly DeviceIndex?: number | undefined;
  readonly NetworkCardIndex?: number | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceOwnerId?: string | undefined;
  readonly Status?: AttachmentStatus | undefined;
  readonly EnaSrdSpecification?: AttachmentEnaSrdSpecification | undefined;
  readonly EnaQueueCount?: number | undefined;
}

export interface NetworkInterfaceIpv6Address {
  readonly Ipv6Address?: string | undefined;
  readonly PublicIpv6DnsName?: string | undefined;
  readonly IsPrimaryIpv6?: boolean | undefined;
}

export interface NetworkInterfacePrivateIpAddress {
  readonly Association?: NetworkInterfaceAssociation | undefined;
  readonly Primary?: boolean | undefined;
  readonly PrivateDnsName?: string | undefined;
  readonly PrivateIpAddress?: string | undefined;
}

export type NetworkInterfaceStatus = 'available' | 'associated' | 'attaching' | 'in-use' | 'detaching';

export type NetworkInterfaceType = 'interface' | 'natGateway' | 'efa' | 'efa-only' | 'trunk' | 'load_balancer' | 'network_load_balancer' | 'vpc_endpoint' | 'branch' | 'transit_gateway' | 'lambda' | 'quicksight' | 'global_accelerator_managed' | 'api_gateway_managed' | 'gateway_load_balancer' | 'gateway_load_balancer_endpoint' | 'iot_rules_managed' | 'aws_codestar_connections_managed';

export interface NeuronDeviceCoreInfo {
  readonly Count?: number | undefined;
  readonly Version?: number | undefined;
}

export interface NeuronDeviceInfo {
  readonly Count?: number | undefined;
  readonly Name?: string | undefined;
  readonly CoreInfo?: NeuronDeviceCoreInfo | undefined;
  readonly MemoryInfo?: NeuronDeviceMemoryInfo | undefined;
}

export interface NeuronDeviceMemoryInfo {
  readonly SizeInMiB?: number | undefined;
}

export interface NeuronInfo {
  readonly NeuronDevices?: readonly NeuronDeviceInfo[] | undefined;
  readonly TotalNeuronDeviceMemoryInMiB?: number | undefined;
}

export type NitroEnclavesSupport = 'unsupported' | 'supported';

export interface NitroTpmInfo {
  readonly SupportedVersions?: readonly string[] | undefined;
}

export type NitroTpmSupport = 'unsupported' | 'supported';

export interface OperatorRequest {
  readonly Principal?: string | undefined;
}

export interface OperatorResponse {
  readonly Managed?: boolean | undefined;
  readonly Principal?: string | undefined;
  readonly HiddenByDefault?: boolean | undefined;
}

export type PhcSupport = 'unsupported' | 'supported';

export interface Placement {
  readonly AvailabilityZoneId?: string | undefined;
  readonly Affinity?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly PartitionNumber?: number | undefined;
  readonly HostId?: string | undefined;
  readonly Tenancy?: Tenancy | undefined;
  readonly SpreadDomain?: string | undefined;
  readonly HostResourceGroupArn?: string | undefined;
  readonly GroupId?: string | undefined;
  readonly AvailabilityZone?: string | undefined;
}

export interface PlacementGroupInfo {
  readonly SupportedStrategies?: readonly PlacementGroupStrategy[] | undefined;
}

export type PlacementGroupStrategy = 'cluster' | 'partition' | 'spread';

export type PlatformValues = 'Windows';

export interface PrefixListId {
  readonly Description?: string | undefined;
  readonly PrefixListId?: string | undefined;
}

export interface PrivateDnsNameOptionsOnLaunch {
  readonly HostnameType?: HostnameType | undefined;
  readonly EnableResourceNameDnsARecord?: boolean | undefined;
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined;
}

export interface PrivateDnsNameOptionsRequest {
  readonly HostnameType?: HostnameType | undefined;
  readonly EnableResourceNameDnsARecord?: boolean | undefined;
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined;
}

export interface PrivateDnsNameOptionsResponse {
  readonly HostnameType?: HostnameType | undefined;
  readonly EnableResourceNameDnsARecord?: boolean | undefined;
  readonly EnableResourceNameDnsAAAARecord?: boolean | undefined;
}

export interface PrivateIpAddressSpecification {
  readonly Primary?: boolean | undefined;
  readonly PrivateIpAddress?: string | undefined;
}

export interface ProcessorInfo {
  readonly SupportedArchitectures?: readonly ArchitectureType[] | undefined;
  readonly SustainedClockSpeedInGhz?: number | undefined;
  readonly SupportedFeatures?: readonly SupportedAdditionalProcessorFeature[] | undefined;
  readonly Manufacturer?: string | undefined;
}

export interface ProductCode {
  readonly ProductCodeId?: string | undefined;
  readonly ProductCodeType?: ProductCodeValues | undefined;
}

export type ProductCodeValues = 'devpay' | 'marketplace';

export interface PropagatingVgw {
  readonly GatewayId?: string | undefined;
}

export interface PublicIpDnsNameOptions {
  readonly DnsHostnameType?: string | undefined;
  readonly PublicIpv4DnsName?: string | undefined;
  readonly PublicIpv6DnsName?: string | undefined;
  readonly PublicDualStackDnsName?: string | undefined;
}

export interface RebootInstancesRequest {
  readonly InstanceIds: readonly string[];
  readonly DryRun?: boolean | undefined;
}

export type RebootMigrationSupport = 'unsupported' | 'supported';

export interface Region {
  readonly OptInStatus?: string | undefined;
  readonly Geography?: readonly RegionGeography[] | undefined;
  readonly RegionName?: string | undefined;
  readonly Endpoint?: string | undefined;
}

export interface RegionGeography {
  readonly Name?: string | undefined;
}

export interface ReplaceIamInstanceProfileAssociationRequest {
  readonly IamInstanceProfile: IamInstanceProfileSpecification;
  readonly AssociationId: string;
}

export interface ReplaceIamInstanceProfileAssociationResult {
  readonly IamInstanceProfileAssociation?: IamInstanceProfileAssociation | undefined;
}

export interface Reservation {
  readonly ReservationId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly RequesterId?: string | undefined;
  readonly Groups?: readonly GroupIdentifier[] | undefined;
  readonly Instances?: readonly Instance[] | undefined;
}

export type ResourceType = 'capacity-reservation' | 'client-vpn-endpoint' | 'customer-gateway' | 'carrier-gateway' | 'coip-pool' | 'declarative-policies-report' | 'dedicated-host' | 'dhcp-options' | 'egress-only-internet-gateway' | 'elastic-ip' | 'elastic-gpu' | 'export-image-task' | 'export-instance-task' | 'fleet' | 'fpga-image' | 'host-reservation' | 'image' | 'image-usage-report' | 'import-image-task' | 'import-snapshot-task' | 'instance' | 'instance-event-window' | 'internet-gateway' | 'ipam' | 'ipam-pool' | 'ipam-scope' | 'ipv4pool-ec2' | 'ipv6pool-ec2' | 'key-pair' | 'launch-template' | 'local-gateway' | 'local-gateway-route-table' | 'local-gateway-virtual-interface' | 'local-gateway-virtual-interface-group' | 'local-gateway-route-table-vpc-association' | 'local-gateway-route-table-virtual-interface-group-association' | 'natgateway' | 'network-acl' | 'network-interface' | 'network-insights-analysis' | 'network-insights-path' | 'network-insights-access-scope' | 'network-insights-access-scope-analysis' | 'outpost-lag' | 'placement-group' | 'prefix-list' | 'replace-root-volume-task' | 'reserved-instances' | 'route-table' | 'security-group' | 'security-group-rule' | 'service-link-virtual-interface' | 'snapshot' | 'spot-fleet-request' | 'spot-instances-request' | 'subnet' | 'subnet-cidr-reservation' | 'traffic-mirror-filter' | 'traffic-mirror-session' | 'traffic-mirror-target' | 'transit-gateway' | 'transit-gateway-attachment' | 'transit-gateway-connect-peer' | 'transit-gateway-multicast-domain' | 'transit-gateway-policy-table' | 'transit-gateway-metering-policy' | 'transit-gateway-route-table' | 'transit-gateway-route-table-announcement' | 'volume' | 'vpc' | 'vpc-endpoint' | 'vpc-endpoint-connection' | 'vpc-endpoint-service' | 'vpc-endpoint-service-permission' | 'vpc-peering-connection' | 'vpn-connection' | 'vpn-gateway' | 'vpc-flow-log' | 'capacity-reservation-fleet' | 'traffic-mirror-filter-rule' | 'vpc-endpoint-connection-device-type' | 'verified-access-instance' | 'verified-access-group' | 'verified-access-endpoint' | 'verified-access-policy' | 'verified-access-trust-provider' | 'vpn-connection-device-type' | 'vpc-block-public-access-exclusion' | 'vpc-encryption-control' | 'route-server' | 'route-server-endpoint' | 'route-server-peer' | 'ipam-resource-discovery' | 'ipam-resource-discovery-association' | 'instance-connect-endpoint' | 'verified-access-endpoint-target' | 'ipam-external-resource-verification-token' | 'capacity-block' | 'mac-modification-task' | 'ipam-prefix-list-resolver' | 'ipam-policy' | 'ipam-prefix-list-resolver-target' | 'secondary-interface' | 'secondary-network' | 'secondary-subnet' | 'capacity-manager-data-export' | 'vpn-concentrator' | 'ipam-pool-allocation';

export type RootDeviceType = 'ebs' | 'instance-store';

export interface Route {
  readonly DestinationCidrBlock?: string | undefined;
  readonly DestinationIpv6CidrBlock?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
  readonly EgressOnlyInternetGatewayId?: string | undefined;
  readonly GatewayId?: string | undefined;
  readonly InstanceId?: string | undefined;
  readonly InstanceOwnerId?: string | undefined;
  readonly NatGatewayId?: string | undefined;
  readonly TransitGatewayId?: string | undefined;
  readonly LocalGatewayId?: string | undefined;
  readonly CarrierGatewayId?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly Origin?: RouteOrigin | undefined;
  readonly State?: RouteState | undefined;
  readonly VpcPeeringConnectionId?: string | undefined;
  readonly CoreNetworkArn?: string | undefined;
  readonly OdbNetworkArn?: string | undefined;
  readonly IpAddress?: string | undefined;
}

export type RouteOrigin = 'CreateRouteTable' | 'CreateRoute' | 'EnableVgwRoutePropagation' | 'Advertisement';

export type RouteState = 'active' | 'blackhole' | 'filtered';

export interface RouteTable {
  readonly Associations?: readonly RouteTableAssociation[] | undefined;
  readonly PropagatingVgws?: readonly PropagatingVgw[] | undefined;
  readonly RouteTableId?: string | undefined;
  readonly Routes?: readonly Route[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
}

export interface RouteTableAssociation {
  readonly Main?: boolean | undefined;
  readonly RouteTableAssociationId?: string | undefined;
  readonly RouteTableId?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly GatewayId?: string | undefined;
  readonly PublicIpv4Pool?: string | undefined;
  readonly AssociationState?: RouteTableAssociationState | undefined;
}

export interface RouteTableAssociationState {
  readonly State?: RouteTableAssociationStateCode | undefined;
  readonly StatusMessage?: string | undefined;
}

export type RouteTableAssociationStateCode = 'associating' | 'associated' | 'disassociating' | 'disassociated' | 'failed';

export interface RunInstancesMonitoringEnabled {
  readonly Enabled: boolean;
}

export interface RunInstancesRequest {
  readonly BlockDeviceMappings?: readonly BlockDeviceMapping[] | undefined;
  readonly ImageId?: string | undefined;
  readonly InstanceType?: string | undefined;
  readonly Ipv6AddressCount?: number | undefined;
  readonly Ipv6Addresses?: readonly InstanceIpv6Address[] | undefined;
  readonly KernelId?: string | undefined;
  readonly KeyName?: string | undefined;
  readonly MaxCount: number;
  readonly MinCount: number;
  readonly Monitoring?: RunInstancesMonitoringEnabled | undefined;
  readonly Placement?: Placement | undefined;
  readonly RamdiskId?: string | undefined;
  readonly SecurityGroupIds?: readonly string[] | undefined;
  readonly SecurityGroups?: readonly string[] | undefined;
  readonly SubnetId?: string | undefined;
  readonly UserData?: string | undefined;
  readonly ElasticGpuSpecification?: readonly ElasticGpuSpecification[] | undefined;
  readonly ElasticInferenceAccelerators?: readonly ElasticInferenceAccelerator[] | undefined;
  readonly TagSpecifications?: readonly TagSpecification[] | undefined;
  readonly LaunchTemplate?: LaunchTemplateSpecification | undefined;
  readonly InstanceMarketOptions?: InstanceMarketOptionsRequest | undefined;
  readonly CreditSpecification?: CreditSpecificationRequest | undefined;
  readonly CpuOptions?: CpuOptionsRequest | undefined;
  readonly CapacityReservationSpecification?: CapacityReservationSpecification | undefined;
  readonly HibernationOptions?: HibernationOptionsRequest | undefined;
  readonly LicenseSpecifications?: readonly LicenseConfigurationRequest[] | undefined;
  readonly MetadataOptions?: InstanceMetadataOptionsRequest | undefined;
  readonly EnclaveOptions?: EnclaveOptionsRequest | undefined;
  readonly PrivateDnsNameOptions?: PrivateDnsNameOptionsRequest | undefined;
  readonly MaintenanceOptions?: InstanceMaintenanceOptionsRequest | undefined;
  readonly DisableApiStop?: boolean | undefined;
  readonly EnablePrimaryIpv6?: boolean | undefined;
  readonly NetworkPerformanceOptions?: InstanceNetworkPerformanceOptionsRequest | undefined;
  readonly Operator?: OperatorRequest | undefined;
  readonly SecondaryInterfaces?: readonly InstanceSecondaryInterfaceSpecificationRequest[] | undefined;
  readonly DryRun?: boolean | undefined;
  readonly DisableApiTermination?: boolean | undefined;
  readonly InstanceInitiatedShutdownBehavior?: ShutdownBehavior | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly ClientToken?: string | undefined;
  readonly AdditionalInfo?: string | undefined;
  readonly NetworkInterfaces?: readonly InstanceNetworkInterfaceSpecification[] | undefined;
  readonly IamInstanceProfile?: IamInstanceProfileSpecification | undefined;
  readonly EbsOptimized?: boolean | undefined;
}

export type SSEType = 'sse-ebs' | 'sse-kms' | 'none';

export type SecondaryInterfaceStatus = 'available' | 'in-use';

export type SecondaryInterfaceType = 'secondary';

export interface SecurityGroup {
  readonly GroupId?: string | undefined;
  readonly IpPermissionsEgress?: readonly IpPermission[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VpcId?: string | undefined;
  readonly SecurityGroupArn?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly Description?: string | undefined;
  readonly IpPermissions?: readonly IpPermission[] | undefined;
}

export type ServiceManaged = 'alb' | 'nlb' | 'rnat' | 'rds';

export type ShutdownBehavior = 'stop' | 'terminate';

export type SpotInstanceType = 'one-time' | 'persistent';

export interface SpotMarketOptions {
  readonly MaxPrice?: string | undefined;
  readonly SpotInstanceType?: SpotInstanceType | undefined;
  readonly BlockDurationMinutes?: number | undefined;
  readonly ValidUntil?: Timestamp | undefined;
  readonly InstanceInterruptionBehavior?: InstanceInterruptionBehavior | undefined;
}

export interface StartInstancesRequest {
  readonly InstanceIds: readonly string[];
  readonly AdditionalInfo?: string | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface StartInstancesResult {
  readonly StartingInstances?: readonly InstanceStateChange[] | undefined;
}

export interface StateReason {
  readonly Code?: string | undefined;
  readonly Message?: string | undefined;
}

export type StatusName = 'reachability';

export type StatusType = 'passed' | 'failed' | 'insufficient-data' | 'initializing';

export interface StopInstancesRequest {
  readonly InstanceIds: readonly string[];
  readonly Hibernate?: boolean | undefined;
  readonly SkipOsShutdown?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Force?: boolean | undefined;
}

export interface StopInstancesResult {
  readonly StoppingInstances?: readonly InstanceStateChange[] | undefined;
}

export interface Subnet {
  readonly AvailabilityZoneId?: string | undefined;
  readonly EnableLniAtDeviceIndex?: number | undefined;
  readonly MapCustomerOwnedIpOnLaunch?: boolean | undefined;
  readonly CustomerOwnedIpv4Pool?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly AssignIpv6AddressOnCreation?: boolean | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly SubnetIpv6CidrBlockAssociation[] | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly SubnetArn?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly EnableDns64?: boolean | undefined;
  readonly Ipv6Native?: boolean | undefined;
  readonly PrivateDnsNameOptionsOnLaunch?: PrivateDnsNameOptionsOnLaunch | undefined;
  readonly BlockPublicAccessStates?: BlockPublicAccessStates | undefined;
  readonly Type?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly State?: SubnetState | undefined;
  readonly VpcId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly AvailableIpAddressCount?: number | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly DefaultForAz?: boolean | undefined;
  readonly MapPublicIpOnLaunch?: boolean | undefined;
}

export interface SubnetCidrBlockState {
  readonly State?: SubnetCidrBlockStateCode | undefined;
  readonly StatusMessage?: string | undefined;
}

export type SubnetCidrBlockStateCode = 'associating' | 'associated' | 'disassociating' | 'disassociated' | 'failing' | 'failed';

export interface SubnetIpv6CidrBlockAssociation {
  readonly AssociationId?: string | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockState?: SubnetCidrBlockState | undefined;
  readonly Ipv6AddressAttribute?: Ipv6AddressAttribute | undefined;
  readonly IpSource?: IpSource | undefined;
}

export type SubnetState = 'pending' | 'available' | 'unavailable' | 'failed' | 'failed-insufficient-capacity';

export type SummaryStatus = 'ok' | 'impaired' | 'insufficient-data' | 'not-applicable' | 'initializing';

export type SupportedAdditionalProcessorFeature = 'amd-sev-snp' | 'nested-virtualization';

export interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export interface TagDescription {
  readonly Key?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly ResourceType?: ResourceType | undefined;
  readonly Value?: string | undefined;
}

export interface TagSpecification {
  readonly ResourceType?: ResourceType | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export type Tenancy = 'default' | 'dedicated' | 'host';

export interface TerminateInstancesRequest {
  readonly InstanceIds: readonly string[];
  readonly Force?: boolean | undefined;
  readonly SkipOsShutdown?: boolean | undefined;
  readonly DryRun?: boolean | undefined;
}

export interface TerminateInstancesResult {
  readonly TerminatingInstances?: readonly InstanceStateChange[] | undefined;
}

export type TpmSupportValues = 'v2.0';

export type UsageClassType = 'spot' | 'on-demand' | 'capacity-block';

export interface UserIdGroupPair {
  readonly Description?: string | undefined;
  readonly UserId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly GroupId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly VpcPeeringConnectionId?: string | undefined;
  readonly PeeringStatus?: string | undefined;
}

export interface VCpuInfo {
  readonly DefaultVCpus?: number | undefined;
  readonly DefaultCores?: number | undefined;
  readonly DefaultThreadsPerCore?: number | undefined;
  readonly ValidCores?: readonly number[] | undefined;
  readonly ValidThreadsPerCore?: readonly number[] | undefined;
}

export type VirtualizationType = 'hvm' | 'paravirtual';

export interface Volume {
  readonly AvailabilityZoneId?: string | undefined;
  readonly OutpostArn?: string | undefined;
  readonly SourceVolumeId?: string | undefined;
  readonly Iops?: number | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly VolumeType?: VolumeType | undefined;
  readonly FastRestored?: boolean | undefined;
  readonly MultiAttachEnabled?: boolean | undefined;
  readonly Throughput?: number | undefined;
  readonly SseType?: SSEType | undefined;
  readonly Operator?: OperatorResponse | undefined;
  readonly VolumeInitializationRate?: number | undefined;
  readonly VolumeId?: string | undefined;
  readonly Size?: number | undefined;
  readonly SnapshotId?: string | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly State?: VolumeState | undefined;
  readonly CreateTime?: Timestamp | undefined;
  readonly Attachments?: readonly VolumeAttachment[] | undefined;
  readonly Encrypted?: boolean | undefined;
  readonly KmsKeyId?: string | undefined;
}

export interface VolumeAttachment {
  readonly DeleteOnTermination?: boolean | undefined;
  readonly AssociatedResource?: string | undefined;
  readonly InstanceOwningService?: string | undefined;
  readonly EbsCardIndex?: number | undefined;
  readonly VolumeId?: string | undefined;
  readonly InstanceId?: string | undefined;
  readonly Device?: string | undefined;
  readonly State?: VolumeAttachmentState | undefined;
  readonly AttachTime?: Timestamp | undefined;
}

export type VolumeAttachmentState = 'attaching' | 'attached' | 'detaching' | 'detached' | 'busy';

export type VolumeState = 'creating' | 'available' | 'in-use' | 'deleting' | 'deleted' | 'error';

export type VolumeType = 'standard' | 'io1' | 'io2' | 'gp2' | 'sc1' | 'st1' | 'gp3';

export interface Vpc {
  readonly OwnerId?: string | undefined;
  readonly InstanceTenancy?: Tenancy | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly VpcIpv6CidrBlockAssociation[] | undefined;
  readonly CidrBlockAssociationSet?: readonly VpcCidrBlockAssociation[] | undefined;
  readonly IsDefault?: boolean | undefined;
  readonly EncryptionControl?: VpcEncryptionControl | undefined;
  readonly Tags?: readonly Tag[] | undefined;
  readonly BlockPublicAccessStates?: BlockPublicAccessStates | undefined;
  readonly VpcId?: string | undefined;
  readonly State?: VpcState | undefined;
  readonly CidrBlock?: string | undefined;
  readonly DhcpOptionsId?: string | undefined;
}

export type VpcAttributeName = 'enableDnsSupport' | 'enableDnsHostnames' | 'enableNetworkAddressUsageMetrics';

export interface VpcCidrBlockAssociation {
  readonly AssociationId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly CidrBlockState?: VpcCidrBlockState | undefined;
}

export interface VpcCidrBlockState {
  readonly State?: VpcCidrBlockStateCode | undefined;
  readonly StatusMessage?: string | undefined;
}

export type VpcCidrBlockStateCode = 'associating' | 'associated' | 'disassociating' | 'disassociated' | 'failing' | 'failed';

export interface VpcEncryptionControl {
  readonly VpcId?: string | undefined;
  readonly VpcEncryptionControlId?: string | undefined;
  readonly Mode?: VpcEncryptionControlMode | undefined;
  readonly State?: VpcEncryptionControlState | undefined;
  readonly StateMessage?: string | undefined;
  readonly ResourceExclusions?: VpcEncryptionControlExclusions | undefined;
  readonly Tags?: readonly Tag[] | undefined;
}

export interface VpcEncryptionControlExclusion {
  readonly State?: VpcEncryptionControlExclusionState | undefined;
  readonly StateMessage?: string | undefined;
}

export type VpcEncryptionControlExclusionState = 'enabling' | 'enabled' | 'disabling' | 'disabled';

export interface VpcEncryptionControlExclusions {
  readonly InternetGateway?: VpcEncryptionControlExclusion | undefined;
  readonly EgressOnlyInternetGateway?: VpcEncryptionControlExclusion | undefined;
  readonly NatGateway?: VpcEncryptionControlExclusion | undefined;
  readonly VirtualPrivateGateway?: VpcEncryptionControlExclusion | undefined;
  readonly VpcPeering?: VpcEncryptionControlExclusion | undefined;
  readonly Lambda?: VpcEncryptionControlExclusion | undefined;
  readonly VpcLattice?: VpcEncryptionControlExclusion | undefined;
  readonly ElasticFileSystem?: VpcEncryptionControlExclusion | undefined;
}

export type VpcEncryptionControlMode = 'monitor' | 'enforce';

export type VpcEncryptionControlState = 'enforce-in-progress' | 'monitor-in-progress' | 'enforce-failed' | 'monitor-failed' | 'deleting' | 'deleted' | 'available' | 'creating' | 'delete-failed';

export interface VpcIpv6CidrBlockAssociation {
  readonly AssociationId?: string | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockState?: VpcCidrBlockState | undefined;
  readonly NetworkBorderGroup?: string | undefined;
  readonly Ipv6Pool?: string | undefined;
  readonly Ipv6AddressAttribute?: Ipv6AddressAttribute | undefined;
  readonly IpSource?: IpSource | undefined;
}

export type VpcState = 'pending' | 'available';

/** What any operation may raise. */
export type Ec2Error = 'DryRunOperation' | 'IdempotentParameterMismatch' | 'IncorrectInstanceState' | 'IncorrectState' | 'InstanceLimitExceeded' | 'InvalidAMIID.Malformed' | 'InvalidAMIID.NotFound' | 'InvalidAddress.NotFound' | 'InvalidAllocationID.NotFound' | 'InvalidAssociationID.NotFound' | 'InvalidGroup.NotFound' | 'InvalidGroupId.Malformed' | 'InvalidID' | 'InvalidInstanceAttributeValue' | 'InvalidInstanceID.Malformed' | 'InvalidInstanceID.NotFound' | 'InvalidInstanceType' | 'InvalidIPAddress.InUse' | 'InsufficientFreeAddressesInSubnet' | 'InvalidKey.Format' | 'InvalidKeyPair.Duplicate' | 'InvalidKeyPair.Format' | 'InvalidKeyPair.NotFound' | 'InvalidNetworkInterfaceID.NotFound' | 'InvalidNextToken' | 'InvalidRouteTableID.NotFound' | 'InvalidSubnetID.NotFound' | 'InvalidUserData' | 'InvalidUserData.Malformed' | 'InvalidVolume.NotFound' | 'InvalidVpcID.NotFound' | 'InvalidZone' | 'InvalidZone.NotFound' | 'KeyPairLimitExceeded' | 'OperationNotPermitted' | 'TagLimitExceeded' | 'UnknownParameter' | 'Unsupported' | 'UnsupportedOperation';

/** Every operation of Ec2: what it takes, what it answers, which errors it may raise. */
export interface Ec2 {
  AcceptAddressTransfer: { input: {}; output: void; errors: Ec2Error };
  AcceptCapacityReservationBillingOwnership: { input: {}; output: void; errors: Ec2Error };
  AcceptReservedInstancesExchangeQuote: { input: {}; output: void; errors: Ec2Error };
  AcceptTransitGatewayClientVpnAttachment: { input: {}; output: void; errors: Ec2Error };
  AcceptTransitGatewayMulticastDomainAssociations: { input: {}; output: void; errors: Ec2Error };
  AcceptTransitGatewayPeeringAttachment: { input: {}; output: void; errors: Ec2Error };
  AcceptTransitGatewayVpcAttachment: { input: {}; output: void; errors: Ec2Error };
  AcceptVpcEndpointConnections: { input: {}; output: void; errors: Ec2Error };
  AcceptVpcPeeringConnection: { input: {}; output: void; errors: Ec2Error };
  AdvertiseByoipCidr: { input: {}; output: void; errors: Ec2Error };
  AllocateAddress: { input: {}; output: void; errors: Ec2Error };
  AllocateHosts: { input: {}; output: void; errors: Ec2Error };
  AllocateIpamPoolCidr: { input: {}; output: void; errors: Ec2Error };
  ApplySecurityGroupsToClientVpnTargetNetwork: { input: {}; output: void; errors: Ec2Error };
  AssignIpv6Addresses: { input: {}; output: void; errors: Ec2Error };
  AssignPrivateIpAddresses: { input: {}; output: void; errors: Ec2Error };
  AssignPrivateNatGatewayAddress: { input: {}; output: void; errors: Ec2Error };
  AssociateAddress: { input: {}; output: void; errors: Ec2Error };
  AssociateCapacityReservationBillingOwner: { input: {}; output: void; errors: Ec2Error };
  AssociateClientVpnTargetNetwork: { input: {}; output: void; errors: Ec2Error };
  AssociateDhcpOptions: { input: {}; output: void; errors: Ec2Error };
  AssociateEnclaveCertificateIamRole: { input: {}; output: void; errors: Ec2Error };
  AssociateIamInstanceProfile: { input: AssociateIamInstanceProfileRequest; output: AssociateIamInstanceProfileResult; errors: Ec2Error };
  AssociateInstanceEventWindow: { input: {}; output: void; errors: Ec2Error };
  AssociateIpamByoasn: { input: {}; output: void; errors: Ec2Error };
  AssociateIpamResourceDiscovery: { input: {}; output: void; errors: Ec2Error };
  AssociateNatGatewayAddress: { input: {}; output: void; errors: Ec2Error };
  AssociateRouteServer: { input: {}; output: void; errors: Ec2Error };
  AssociateRouteTable: { input: {}; output: void; errors: Ec2Error };
  AssociateSecurityGroupVpc: { input: {}; output: void; errors: Ec2Error };
  AssociateSubnetCidrBlock: { input: {}; output: void; errors: Ec2Error };
  AssociateTransitGatewayMulticastDomain: { input: {}; output: void; errors: Ec2Error };
  AssociateTransitGatewayPolicyTable: { input: {}; output: void; errors: Ec2Error };
  AssociateTransitGatewayRouteTable: { input: {}; output: void; errors: Ec2Error };
  AssociateTrunkInterface: { input: {}; output: void; errors: Ec2Error };
  AssociateVpcCidrBlock: { input: {}; output: void; errors: Ec2Error };
  AttachClassicLinkVpc: { input: {}; output: void; errors: Ec2Error };
  AttachInternetGateway: { input: {}; output: void; errors: Ec2Error };
  AttachNetworkInterface: { input: {}; output: void; errors: Ec2Error };
  AttachVerifiedAccessTrustProvider: { input: {}; output: void; errors: Ec2Error };
  AttachVolume: { input: {}; output: void; errors: Ec2Error };
  AttachVpnGateway: { input: {}; output: void; errors: Ec2Error };
  AuthorizeClientVpnIngress: { input: {}; output: void; errors: Ec2Error };
  AuthorizeSecurityGroupEgress: { input: {}; output: void; errors: Ec2Error };
  AuthorizeSecurityGroupIngress: { input: {}; output: void; errors: Ec2Error };
  BundleInstance: { input: {}; output: void; errors: Ec2Error };
  CancelBundleTask: { input: {}; output: void; errors: Ec2Error };
  CancelCapacityReservation: { input: {}; output: void; errors: Ec2Error };
  CancelCapacityReservationFleets: { input: {}; output: void; errors: Ec2Error };
  CancelConversionTask: { input: {}; output: void; errors: Ec2Error };
  CancelDeclarativePoliciesReport: { input: {}; output: void; errors: Ec2Error };
  CancelExportTask: { input: {}; output: void; errors: Ec2Error };
  CancelImageLaunchPermission: { input: {}; output: void; errors: Ec2Error };
  CancelImportTask: { input: {}; output: void; errors: Ec2Error };
  CancelReservedInstancesListing: { input: {}; output: void; errors: Ec2Error };
  CancelSpotFleetRequests: { input: {}; output: void; errors: Ec2Error };
  CancelSpotInstanceRequests: { input: {}; output: void; errors: Ec2Error };
  ConfirmProductInstance: { input: {}; output: void; errors: Ec2Error };
  CopyFpgaImage: { input: {}; output: void; errors: Ec2Error };
  CopyImage: { input: {}; output: void; errors: Ec2Error };
  CopySnapshot: { input: {}; output: void; errors: Ec2Error };
  CopyVolumes: { input: {}; output: void; errors: Ec2Error };
  CreateCapacityManagerDataExport: { input: {}; output: void; errors: Ec2Error };
  CreateCapacityReservation: { input: {}; output: void; errors: Ec2Error };
  CreateCapacityReservationBySplitting: { input: {}; output: void; errors: Ec2Error };
  CreateCapacityReservationFleet: { input: {}; output: void; errors: Ec2Error };
  CreateCarrierGateway: { input: {}; output: void; errors: Ec2Error };
  CreateClientVpnEndpoint: { input: {}; output: void; errors: Ec2Error };
  CreateClientVpnRoute: { input: {}; output: void; errors: Ec2Error };
  CreateCoipCidr: { input: {}; output: void; errors: Ec2Error };
  CreateCoipPool: { input: {}; output: void; errors: Ec2Error };
  CreateCustomerGateway: { input: {}; output: void; errors: Ec2Error };
  CreateDefaultSubnet: { input: {}; output: void; errors: Ec2Error };
  CreateDefaultVpc: { input: {}; output: void; errors: Ec2Error };
  CreateDelegateMacVolumeOwnershipTask: { input: {}; output: void; errors: Ec2Error };
  CreateDhcpOptions: { input: {}; output: void; errors: Ec2Error };
  CreateEgressOnlyInternetGateway: { input: {}; output: void; errors: Ec2Error };
  CreateFleet: { input: {}; output: void; errors: Ec2Error };
  CreateFlowLogs: { input: {}; output: void; errors: Ec2Error };
  CreateFpgaImage: { input: {}; output: void; errors: Ec2Error };
  CreateImage: { input: {}; output: void; errors: Ec2Error };
  CreateImageUsageReport: { input: {}; output: void; errors: Ec2Error };
  CreateInstanceConnectEndpoint: { input: {}; output: void; errors: Ec2Error };
  CreateInstanceEventWindow: { input: {}; output: void; errors: Ec2Error };
  CreateInstanceExportTask: { input: {}; output: void; errors: Ec2Error };
  CreateInternetGateway: { input: {}; output: void; errors: Ec2Error };
  CreateInterruptibleCapacityReservationAllocation: { input: {}; output: void; errors: Ec2Error };
  CreateIpam: { input: {}; output: void; errors: Ec2Error };
  CreateIpamExternalResourceVerificationToken: { input: {}; output: void; errors: Ec2Error };
  CreateIpamPolicy: { input: {}; output: void; errors: Ec2Error };
  CreateIpamPool: { input: {}; output: void; errors: Ec2Error };
  CreateIpamPrefixListResolver: { input: {}; output: void; errors: Ec2Error };
  CreateIpamPrefixListResolverTarget: { input: {}; output: void; errors: Ec2Error };
  CreateIpamResourceDiscovery: { input: {}; output: void; errors: Ec2Error };
  CreateIpamScope: { input: {}; output: void; errors: Ec2Error };
  CreateKeyPair: { input: CreateKeyPairRequest; output: KeyPair; errors: Ec2Error };
  CreateLaunchTemplate: { input: {}; output: void; errors: Ec2Error };
  CreateLaunchTemplateVersion: { input: {}; output: void; errors: Ec2Error };
  CreateLocalGatewayRoute: { input: {}; output: void; errors: Ec2Error };
  CreateLocalGatewayRouteTable: { input: {}; output: void; errors: Ec2Error };
  CreateLocalGatewayRouteTableVirtualInterfaceGroupAssociation: { input: {}; output: void; errors: Ec2Error };
  CreateLocalGatewayRouteTableVpcAssociation: { input: {}; output: void; errors: Ec2Error };
  CreateLocalGatewayVirtualInterface: { input: {}; output: void; errors: Ec2Error };
  CreateLocalGatewayVirtualInterfaceGroup: { input: {}; output: void; errors: Ec2Error };
  CreateMacSystemIntegrityProtectionModificationTask: { input: {}; output: void; errors: Ec2Error };
  CreateManagedPrefixList: { input: {}; output: void; errors: Ec2Error };
  CreateNatGateway: { input: {}; output: void; errors: Ec2Error };
  CreateNetworkAcl: { input: {}; output: void; errors: Ec2Error };
  CreateNetworkAclEntry: { input: {}; output: void; errors: Ec2Error };
  CreateNetworkInsightsAccessScope: { input: {}; output: void; errors: Ec2Error };
  CreateNetworkInsightsPath: { input: {}; output: void; errors: Ec2Error };
  CreateNetworkInterface: { input: {}; output: void; errors: Ec2Error };
  CreateNetworkInterfacePermission: { input: {}; output: void; errors: Ec2Error };
  CreatePlacementGroup: { input: {}; output: void; errors: Ec2Error };
  CreatePublicIpv4Pool: { input: {}; output: void; errors: Ec2Error };
  CreateReplaceRootVolumeTask: { input: {}; output: void; errors: Ec2Error };
  CreateReservedInstancesListing: { input: {}; output: void; errors: Ec2Error };
  CreateRestoreImageTask: { input: {}; output: void; errors: Ec2Error };
  CreateRoute: { input: {}; output: void; errors: Ec2Error };
  CreateRouteServer: { input: {}; output: void; errors: Ec2Error };
  CreateRouteServerEndpoint: { input: {}; output: void; errors: Ec2Error };
  CreateRouteServerPeer: { input: {}; output: void; errors: Ec2Error };
  CreateRouteTable: { input: {}; output: void; errors: Ec2Error };
  CreateSecondaryNetwork: { input: {}; output: void; errors: Ec2Error };
  CreateSecondarySubnet: { input: {}; output: void; errors: Ec2Error };
  CreateSecurityGroup: { input: {}; output: void; errors: Ec2Error };
  CreateSnapshot: { input: {}; output: void; errors: Ec2Error };
  CreateSnapshots: { input: {}; output: void; errors: Ec2Error };
  CreateSpotDatafeedSubscription: { input: {}; output: void; errors: Ec2Error };
  CreateStoreImageTask: { input: {}; output: void; errors: Ec2Error };
  CreateSubnet: { input: {}; output: void; errors: Ec2Error };
  CreateSubnetCidrReservation: { input: {}; output: void; errors: Ec2Error };
  CreateTags: { input: CreateTagsRequest; output: void; errors: Ec2Error };
  CreateTrafficMirrorFilter: { input: {}; output: void; errors: Ec2Error };
  CreateTrafficMirrorFilterRule: { input: {}; output: void; errors: Ec2Error };
  CreateTrafficMirrorSession: { input: {}; output: void; errors: Ec2Error };
  CreateTrafficMirrorTarget: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGateway: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayConnect: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayConnectPeer: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayMeteringPolicy: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayMeteringPolicyEntry: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayMulticastDomain: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayPeeringAttachment: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayPolicyTable: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayPrefixListReference: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayRoute: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayRouteTable: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayRouteTableAnnouncement: { input: {}; output: void; errors: Ec2Error };
  CreateTransitGatewayVpcAttachment: { input: {}; output: void; errors: Ec2Error };
  CreateVerifiedAccessEndpoint: { input: {}; output: void; errors: Ec2Error };
  CreateVerifiedAccessGroup: { input: {}; output: void; errors: Ec2Error };
  CreateVerifiedAccessInstance: { input: {}; output: void; errors: Ec2Error };
  CreateVerifiedAccessTrustProvider: { input: {}; output: void; errors: Ec2Error };
  CreateVolume: { input: {}; output: void; errors: Ec2Error };
  CreateVpc: { input: {}; output: void; errors: Ec2Error };
  CreateVpcBlockPublicAccessExclusion: { input: {}; output: void; errors: Ec2Error };
  CreateVpcEncryptionControl: { input: {}; output: void; errors: Ec2Error };
  CreateVpcEndpoint: { input: {}; output: void; errors: Ec2Error };
  CreateVpcEndpointConnectionNotification: { input: {}; output: void; errors: Ec2Error };
  CreateVpcEndpointServiceConfiguration: { input: {}; output: void; errors: Ec2Error };
  CreateVpcPeeringConnection: { input: {}; output: void; errors: Ec2Error };
  CreateVpnConcentrator: { input: {}; output: void; errors: Ec2Error };
  CreateVpnConnection: { input: {}; output: void; errors: Ec2Error };
  CreateVpnConnectionRoute: { input: {}; output: void; errors: Ec2Error };
  CreateVpnGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteCapacityManagerDataExport: { input: {}; output: void; errors: Ec2Error };
  DeleteCarrierGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteClientVpnEndpoint: { input: {}; output: void; errors: Ec2Error };
  DeleteClientVpnRoute: { input: {}; output: void; errors: Ec2Error };
  DeleteCoipCidr: { input: {}; output: void; errors: Ec2Error };
  DeleteCoipPool: { input: {}; output: void; errors: Ec2Error };
  DeleteCustomerGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteDhcpOptions: { input: {}; output: void; errors: Ec2Error };
  DeleteEgressOnlyInternetGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteFleets: { input: {}; output: void; errors: Ec2Error };
  DeleteFlowLogs: { input: {}; output: void; errors: Ec2Error };
  DeleteFpgaImage: { input: {}; output: void; errors: Ec2Error };
  DeleteImageUsageReport: { input: {}; output: void; errors: Ec2Error };
  DeleteInstanceConnectEndpoint: { input: {}; output: void; errors: Ec2Error };
  DeleteInstanceEventWindow: { input: {}; output: void; errors: Ec2Error };
  DeleteInternetGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteIpam: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamExternalResourceVerificationToken: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamPolicy: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamPool: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamPrefixListResolver: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamPrefixListResolverTarget: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamResourceDiscovery: { input: {}; output: void; errors: Ec2Error };
  DeleteIpamScope: { input: {}; output: void; errors: Ec2Error };
  DeleteKeyPair: { input: DeleteKeyPairRequest; output: DeleteKeyPairResult; errors: Ec2Error };
  DeleteLaunchTemplate: { input: {}; output: void; errors: Ec2Error };
  DeleteLaunchTemplateVersions: { input: {}; output: void; errors: Ec2Error };
  DeleteLocalGatewayRoute: { input: {}; output: void; errors: Ec2Error };
  DeleteLocalGatewayRouteTable: { input: {}; output: void; errors: Ec2Error };
  DeleteLocalGatewayRouteTableVirtualInterfaceGroupAssociation: { input: {}; output: void; errors: Ec2Error };
  DeleteLocalGatewayRouteTableVpcAssociation: { input: {}; output: void; errors: Ec2Error };
  DeleteLocalGatewayVirtualInterface: { input: {}; output: void; errors: Ec2Error };
  DeleteLocalGatewayVirtualInterfaceGroup: { input: {}; output: void; errors: Ec2Error };
  DeleteManagedPrefixList: { input: {}; output: void; errors: Ec2Error };
  DeleteNatGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkAcl: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkAclEntry: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkInsightsAccessScope: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkInsightsAccessScopeAnalysis: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkInsightsAnalysis: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkInsightsPath: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkInterface: { input: {}; output: void; errors: Ec2Error };
  DeleteNetworkInterfacePermission: { input: {}; output: void; errors: Ec2Error };
  DeletePlacementGroup: { input: {}; output: void; errors: Ec2Error };
  DeletePublicIpv4Pool: { input: {}; output: void; errors: Ec2Error };
  DeleteQueuedReservedInstances: { input: {}; output: void; errors: Ec2Error };
  DeleteRoute: { input: {}; output: void; errors: Ec2Error };
  DeleteRouteServer: { input: {}; output: void; errors: Ec2Error };
  DeleteRouteServerEndpoint: { input: {}; output: void; errors: Ec2Error };
  DeleteRouteServerPeer: { input: {}; output: void; errors: Ec2Error };
  DeleteRouteTable: { input: {}; output: void; errors: Ec2Error };
  DeleteSecondaryNetwork: { input: {}; output: void; errors: Ec2Error };
  DeleteSecondarySubnet: { input: {}; output: void; errors: Ec2Error };
  DeleteSecurityGroup: { input: {}; output: void; errors: Ec2Error };
  DeleteSnapshot: { input: {}; output: void; errors: Ec2Error };
  DeleteSpotDatafeedSubscription: { input: {}; output: void; errors: Ec2Error };
  DeleteSubnet: { input: {}; output: void; errors: Ec2Error };
  DeleteSubnetCidrReservation: { input: {}; output: void; errors: Ec2Error };
  DeleteTags: { input: DeleteTagsRequest; output: void; errors: Ec2Error };
  DeleteTrafficMirrorFilter: { input: {}; output: void; errors: Ec2Error };
  DeleteTrafficMirrorFilterRule: { input: {}; output: void; errors: Ec2Error };
  DeleteTrafficMirrorSession: { input: {}; output: void; errors: Ec2Error };
  DeleteTrafficMirrorTarget: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGateway: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayClientVpnAttachment: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayConnect: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayConnectPeer: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayMeteringPolicy: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayMeteringPolicyEntry: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayMulticastDomain: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayPeeringAttachment: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayPolicyTable: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayPrefixListReference: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayRoute: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayRouteTable: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayRouteTableAnnouncement: { input: {}; output: void; errors: Ec2Error };
  DeleteTransitGatewayVpcAttachment: { input: {}; output: void; errors: Ec2Error };
  DeleteVerifiedAccessEndpoint: { input: {}; output: void; errors: Ec2Error };
  DeleteVerifiedAccessGroup: { input: {}; output: void; errors: Ec2Error };
  DeleteVerifiedAccessInstance: { input: {}; output: void; errors: Ec2Error };
  DeleteVerifiedAccessTrustProvider: { input: {}; output: void; errors: Ec2Error };
  DeleteVolume: { input: {}; output: void; errors: Ec2Error };
  DeleteVpc: { input: {}; output: void; errors: Ec2Error };
  DeleteVpcBlockPublicAccessExclusion: { input: {}; output: void; errors: Ec2Error };
  DeleteVpcEncryptionControl: { input: {}; output: void; errors: Ec2Error };
  DeleteVpcEndpointConnectionNotifications: { input: {}; output: void; errors: Ec2Error };
  DeleteVpcEndpointServiceConfigurations: { input: {}; output: void; errors: Ec2Error };
  DeleteVpcEndpoints: { input: {}; output: void; errors: Ec2Error };
  DeleteVpcPeeringConnection: { input: {}; output: void; errors: Ec2Error };
  DeleteVpnConcentrator: { input: {}; output: void; errors: Ec2Error };
  DeleteVpnConnection: { input: {}; output: void; errors: Ec2Error };
  DeleteVpnConnectionRoute: { input: {}; output: void; errors: Ec2Error };
  DeleteVpnGateway: { input: {}; output: void; errors: Ec2Error };
  DeprovisionByoipCidr: { input: {}; output: void; errors: Ec2Error };
  DeprovisionIpamByoasn: { input: {}; output: void; errors: Ec2Error };
  DeprovisionIpamPoolCidr: { input: {}; output: void; errors: Ec2Error };
  DeprovisionPublicIpv4PoolCidr: { input: {}; output: void; errors: Ec2Error };
  DeregisterImage: { input: {}; output: void; errors: Ec2Error };
  DeregisterInstanceEventNotificationAttributes: { input: {}; output: void; errors: Ec2Error };
  DeregisterTransitGatewayMulticastGroupMembers: { input: {}; output: void; errors: Ec2Error };
  DeregisterTransitGatewayMulticastGroupSources: { input: {}; output: void; errors: Ec2Error };
  DescribeAccountAttributes: { input: DescribeAccountAttributesRequest; output: DescribeAccountAttributesResult; errors: Ec2Error };
  DescribeAddressTransfers: { input: {}; output: void; errors: Ec2Error };
  DescribeAddresses: { input: DescribeAddressesRequest; output: DescribeAddressesResult; errors: Ec2Error };
  DescribeAddressesAttribute: { input: {}; output: void; errors: Ec2Error };
  DescribeAggregateIdFormat: { input: {}; output: void; errors: Ec2Error };
  DescribeAvailabilityZones: { input: DescribeAvailabilityZonesRequest; output: DescribeAvailabilityZonesResult; errors: Ec2Error };
  DescribeAwsNetworkPerformanceMetricSubscriptions: { input: {}; output: void; errors: Ec2Error };
  DescribeBundleTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeByoipCidrs: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityBlockExtensionHistory: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityBlockExtensionOfferings: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityBlockOfferings: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityBlockStatus: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityBlocks: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityManagerDataExports: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityReservationBillingRequests: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityReservationFleets: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityReservationTopology: { input: {}; output: void; errors: Ec2Error };
  DescribeCapacityReservations: { input: {}; output: void; errors: Ec2Error };
  DescribeCarrierGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeClassicLinkInstances: { input: {}; output: void; errors: Ec2Error };
  DescribeClientVpnAuthorizationRules: { input: {}; output: void; errors: Ec2Error };
  DescribeClientVpnConnections: { input: {}; output: void; errors: Ec2Error };
  DescribeClientVpnEndpoints: { input: {}; output: void; errors: Ec2Error };
  DescribeClientVpnRoutes: { input: {}; output: void; errors: Ec2Error };
  DescribeClientVpnTargetNetworks: { input: {}; output: void; errors: Ec2Error };
  DescribeCoipPools: { input: {}; output: void; errors: Ec2Error };
  DescribeConversionTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeCustomerGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeDeclarativePoliciesReports: { input: {}; output: void; errors: Ec2Error };
  DescribeDhcpOptions: { input: {}; output: void; errors: Ec2Error };
  DescribeEgressOnlyInternetGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeElasticGpus: { input: {}; output: void; errors: Ec2Error };
  DescribeExportImageTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeExportTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeFastLaunchImages: { input: {}; output: void; errors: Ec2Error };
  DescribeFastSnapshotRestores: { input: {}; output: void; errors: Ec2Error };
  DescribeFleetHistory: { input: {}; output: void; errors: Ec2Error };
  DescribeFleetInstances: { input: {}; output: void; errors: Ec2Error };
  DescribeFleets: { input: {}; output: void; errors: Ec2Error };
  DescribeFlowLogs: { input: {}; output: void; errors: Ec2Error };
  DescribeFpgaImageAttribute: { input: {}; output: void; errors: Ec2Error };
  DescribeFpgaImages: { input: {}; output: void; errors: Ec2Error };
  DescribeHostReservationOfferings: { input: {}; output: void; errors: Ec2Error };
  DescribeHostReservations: { input: {}; output: void; errors: Ec2Error };
  DescribeHosts: { input: {}; output: void; errors: Ec2Error };
  DescribeIamInstanceProfileAssociations: { input: DescribeIamInstanceProfileAssociationsRequest; output: DescribeIamInstanceProfileAssociationsResult; errors: Ec2Error };
  DescribeIdFormat: { input: {}; output: void; errors: Ec2Error };
  DescribeIdentityIdFormat: { input: {}; output: void; errors: Ec2Error };
  DescribeImageAttribute: { input: {}; output: void; errors: Ec2Error };
  DescribeImageReferences: { input: {}; output: void; errors: Ec2Error };
  DescribeImageUsageReportEntries: { input: {}; output: void; errors: Ec2Error };
  DescribeImageUsageReports: { input: {}; output: void; errors: Ec2Error };
  DescribeImages: { input: DescribeImagesRequest; output: DescribeImagesResult; errors: Ec2Error };
  DescribeImportImageTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeImportSnapshotTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceAttribute: { input: DescribeInstanceAttributeRequest; output: InstanceAttribute; errors: Ec2Error };
  DescribeInstanceConnectEndpoints: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceCreditSpecifications: { input: DescribeInstanceCreditSpecificationsRequest; output: DescribeInstanceCreditSpecificationsResult; errors: Ec2Error };
  DescribeInstanceEventNotificationAttributes: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceEventWindows: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceImageMetadata: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceSqlHaHistoryStates: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceSqlHaStates: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceStatus: { input: DescribeInstanceStatusRequest; output: DescribeInstanceStatusResult; errors: Ec2Error };
  DescribeInstanceTopology: { input: {}; output: void; errors: Ec2Error };
  DescribeInstanceTypeOfferings: { input: DescribeInstanceTypeOfferingsRequest; output: DescribeInstanceTypeOfferingsResult; errors: Ec2Error };
  DescribeInstanceTypes: { input: DescribeInstanceTypesRequest; output: DescribeInstanceTypesResult; errors: Ec2Error };
  DescribeInstances: { input: DescribeInstancesRequest; output: DescribeInstancesResult; errors: Ec2Error };
  DescribeInternetGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamByoasn: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamExternalResourceVerificationTokens: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamPolicies: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamPoolAllocations: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamPools: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamPrefixListResolverTargets: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamPrefixListResolvers: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamResourceDiscoveries: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamResourceDiscoveryAssociations: { input: {}; output: void; errors: Ec2Error };
  DescribeIpamScopes: { input: {}; output: void; errors: Ec2Error };
  DescribeIpams: { input: {}; output: void; errors: Ec2Error };
  DescribeIpv6Pools: { input: {}; output: void; errors: Ec2Error };
  DescribeKeyPairs: { input: DescribeKeyPairsRequest; output: DescribeKeyPairsResult; errors: Ec2Error };
  DescribeLaunchTemplateVersions: { input: {}; output: void; errors: Ec2Error };
  DescribeLaunchTemplates: { input: {}; output: void; errors: Ec2Error };
  DescribeLocalGatewayRouteTableVirtualInterfaceGroupAssociations: { input: {}; output: void; errors: Ec2Error };
  DescribeLocalGatewayRouteTableVpcAssociations: { input: {}; output: void; errors: Ec2Error };
  DescribeLocalGatewayRouteTables: { input: {}; output: void; errors: Ec2Error };
  DescribeLocalGatewayVirtualInterfaceGroups: { input: {}; output: void; errors: Ec2Error };
  DescribeLocalGatewayVirtualInterfaces: { input: {}; output: void; errors: Ec2Error };
  DescribeLocalGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeLockedSnapshots: { input: {}; output: void; errors: Ec2Error };
  DescribeMacHosts: { input: {}; output: void; errors: Ec2Error };
  DescribeMacModificationTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeManagedPrefixLists: { input: {}; output: void; errors: Ec2Error };
  DescribeMovingAddresses: { input: {}; output: void; errors: Ec2Error };
  DescribeNatGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkAcls: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInsightsAccessScopeAnalyses: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInsightsAccessScopes: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInsightsAnalyses: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInsightsPaths: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInterfaceAttribute: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInterfacePermissions: { input: {}; output: void; errors: Ec2Error };
  DescribeNetworkInterfaces: { input: DescribeNetworkInterfacesRequest; output: DescribeNetworkInterfacesResult; errors: Ec2Error };
  DescribeOutpostLags: { input: {}; output: void; errors: Ec2Error };
  DescribePlacementGroups: { input: {}; output: void; errors: Ec2Error };
  DescribePrefixLists: { input: {}; output: void; errors: Ec2Error };
  DescribePrincipalIdFormat: { input: {}; output: void; errors: Ec2Error };
  DescribePublicIpv4Pools: { input: {}; output: void; errors: Ec2Error };
  DescribeRegions: { input: DescribeRegionsRequest; output: DescribeRegionsResult; errors: Ec2Error };
  DescribeReplaceRootVolumeTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeReservedInstances: { input: {}; output: void; errors: Ec2Error };
  DescribeReservedInstancesListings: { input: {}; output: void; errors: Ec2Error };
  DescribeReservedInstancesModifications: { input: {}; output: void; errors: Ec2Error };
  DescribeReservedInstancesOfferings: { input: {}; output: void; errors: Ec2Error };
  DescribeRouteServerEndpoints: { input: {}; output: void; errors: Ec2Error };
  DescribeRouteServerPeers: { input: {}; output: void; errors: Ec2Error };
  DescribeRouteServers: { input: {}; output: void; errors: Ec2Error };
  DescribeRouteTables: { input: DescribeRouteTablesRequest; output: DescribeRouteTablesResult; errors: Ec2Error };
  DescribeScheduledInstanceAvailability: { input: {}; output: void; errors: Ec2Error };
  DescribeScheduledInstances: { input: {}; output: void; errors: Ec2Error };
  DescribeSecondaryInterfaces: { input: {}; output: void; errors: Ec2Error };
  DescribeSecondaryNetworks: { input: {}; output: void; errors: Ec2Error };
  DescribeSecondarySubnets: { input: {}; output: void; errors: Ec2Error };
  DescribeSecurityGroupReferences: { input: {}; output: void; errors: Ec2Error };
  DescribeSecurityGroupRules: { input: {}; output: void; errors: Ec2Error };
  DescribeSecurityGroupVpcAssociations: { input: {}; output: void; errors: Ec2Error };
  DescribeSecurityGroups: { input: DescribeSecurityGroupsRequest; output: DescribeSecurityGroupsResult; errors: Ec2Error };
  DescribeServiceLinkVirtualInterfaces: { input: {}; output: void; errors: Ec2Error };
  DescribeSnapshotAttribute: { input: {}; output: void; errors: Ec2Error };
  DescribeSnapshotTierStatus: { input: {}; output: void; errors: Ec2Error };
  DescribeSnapshots: { input: {}; output: void; errors: Ec2Error };
  DescribeSpotDatafeedSubscription: { input: {}; output: void; errors: Ec2Error };
  DescribeSpotFleetInstances: { input: {}; output: void; errors: Ec2Error };
  DescribeSpotFleetRequestHistory: { input: {}; output: void; errors: Ec2Error };
  DescribeSpotFleetRequests: { input: {}; output: void; errors: Ec2Error };
  DescribeSpotInstanceRequests: { input: {}; output: void; errors: Ec2Error };
  DescribeSpotPriceHistory: { input: {}; output: void; errors: Ec2Error };
  DescribeStaleSecurityGroups: { input: {}; output: void; errors: Ec2Error };
  DescribeStoreImageTasks: { input: {}; output: void; errors: Ec2Error };
  DescribeSubnets: { input: DescribeSubnetsRequest; output: DescribeSubnetsResult; errors: Ec2Error };
  DescribeTags: { input: DescribeTagsRequest; output: DescribeTagsResult; errors: Ec2Error };
  DescribeTrafficMirrorFilterRules: { input: {}; output: void; errors: Ec2Error };
  DescribeTrafficMirrorFilters: { input: {}; output: void; errors: Ec2Error };
  DescribeTrafficMirrorSessions: { input: {}; output: void; errors: Ec2Error };
  DescribeTrafficMirrorTargets: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayAttachments: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayConnectPeers: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayConnects: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayMeteringPolicies: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayMulticastDomains: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayPeeringAttachments: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayPolicyTables: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayRouteTableAnnouncements: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayRouteTables: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGatewayVpcAttachments: { input: {}; output: void; errors: Ec2Error };
  DescribeTransitGateways: { input: {}; output: void; errors: Ec2Error };
  DescribeTrunkInterfaceAssociations: { input: {}; output: void; errors: Ec2Error };
  DescribeVerifiedAccessEndpoints: { input: {}; output: void; errors: Ec2Error };
  DescribeVerifiedAccessGroups: { input: {}; output: void; errors: Ec2Error };
  DescribeVerifiedAccessInstanceLoggingConfigurations: { input: {}; output: void; errors: Ec2Error };
  DescribeVerifiedAccessInstances: { input: {}; output: void; errors: Ec2Error };
  DescribeVerifiedAccessTrustProviders: { input: {}; output: void; errors: Ec2Error };
  DescribeVolumeAttribute: { input: {}; output: void; errors: Ec2Error };
  DescribeVolumeStatus: { input: {}; output: void; errors: Ec2Error };
  DescribeVolumes: { input: DescribeVolumesRequest; output: DescribeVolumesResult; errors: Ec2Error };
  DescribeVolumesModifications: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcAttribute: { input: DescribeVpcAttributeRequest; output: DescribeVpcAttributeResult; errors: Ec2Error };
  DescribeVpcBlockPublicAccessExclusions: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcBlockPublicAccessOptions: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcClassicLink: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcClassicLinkDnsSupport: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEncryptionControls: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpointAssociations: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpointConnectionNotifications: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpointConnections: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpointServiceConfigurations: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpointServicePermissions: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpointServices: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcEndpoints: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcPeeringConnections: { input: {}; output: void; errors: Ec2Error };
  DescribeVpcs: { input: DescribeVpcsRequest; output: DescribeVpcsResult; errors: Ec2Error };
  DescribeVpnConcentrators: { input: {}; output: void; errors: Ec2Error };
  DescribeVpnConnections: { input: {}; output: void; errors: Ec2Error };
  DescribeVpnGateways: { input: {}; output: void; errors: Ec2Error };
  DetachClassicLinkVpc: { input: {}; output: void; errors: Ec2Error };
  DetachInternetGateway: { input: {}; output: void; errors: Ec2Error };
  DetachNetworkInterface: { input: {}; output: void; errors: Ec2Error };
  DetachVerifiedAccessTrustProvider: { input: {}; output: void; errors: Ec2Error };
  DetachVolume: { input: {}; output: void; errors: Ec2Error };
  DetachVpnGateway: { input: {}; output: void; errors: Ec2Error };
  DisableAddressTransfer: { input: {}; output: void; errors: Ec2Error };
  DisableAllowedImagesSettings: { input: {}; output: void; errors: Ec2Error };
  DisableAwsNetworkPerformanceMetricSubscription: { input: {}; output: void; errors: Ec2Error };
  DisableCapacityManager: { input: {}; output: void; errors: Ec2Error };
  DisableEbsEncryptionByDefault: { input: {}; output: void; errors: Ec2Error };
  DisableFastLaunch: { input: {}; output: void; errors: Ec2Error };
  DisableFastSnapshotRestores: { input: {}; output: void; errors: Ec2Error };
  DisableImage: { input: {}; output: void; errors: Ec2Error };
  DisableImageBlockPublicAccess: { input: {}; output: void; errors: Ec2Error };
  DisableImageDeprecation: { input: {}; output: void; errors: Ec2Error };
  DisableImageDeregistrationProtection: { input: {}; output: void; errors: Ec2Error };
  DisableInstanceSqlHaStandbyDetections: { input: {}; output: void; errors: Ec2Error };
  DisableIpamOrganizationAdminAccount: { input: {}; output: void; errors: Ec2Error };
  DisableIpamPolicy: { input: {}; output: void; errors: Ec2Error };
  DisableRouteServerPropagation: { input: {}; output: void; errors: Ec2Error };
  DisableSerialConsoleAccess: { input: {}; output: void; errors: Ec2Error };
  DisableSnapshotBlockPublicAccess: { input: {}; output: void; errors: Ec2Error };
  DisableTransitGatewayRouteTablePropagation: { input: {}; output: void; errors: Ec2Error };
  DisableVgwRoutePropagation: { input: {}; output: void; errors: Ec2Error };
  DisableVpcClassicLink: { input: {}; output: void; errors: Ec2Error };
  DisableVpcClassicLinkDnsSupport: { input: {}; output: void; errors: Ec2Error };
  DisassociateAddress: { input: {}; output: void; errors: Ec2Error };
  DisassociateCapacityReservationBillingOwner: { input: {}; output: void; errors: Ec2Error };
  DisassociateClientVpnTargetNetwork: { input: {}; output: void; errors: Ec2Error };
  DisassociateEnclaveCertificateIamRole: { input: {}; output: void; errors: Ec2Error };
  DisassociateIamInstanceProfile: { input: DisassociateIamInstanceProfileRequest; output: DisassociateIamInstanceProfileResult; errors: Ec2Error };
  DisassociateInstanceEventWindow: { input: {}; output: void; errors: Ec2Error };
  DisassociateIpamByoasn: { input: {}; output: void; errors: Ec2Error };
  DisassociateIpamResourceDiscovery: { input: {}; output: void; errors: Ec2Error };
  DisassociateNatGatewayAddress: { input: {}; output: void; errors: Ec2Error };
  DisassociateRouteServer: { input: {}; output: void; errors: Ec2Error };
  DisassociateRouteTable: { input: {}; output: void; errors: Ec2Error };
  DisassociateSecurityGroupVpc: { input: {}; output: void; errors: Ec2Error };
  DisassociateSubnetCidrBlock: { input: {}; output: void; errors: Ec2Error };
  DisassociateTransitGatewayMulticastDomain: { input: {}; output: void; errors: Ec2Error };
  DisassociateTransitGatewayPolicyTable: { input: {}; output: void; errors: Ec2Error };
  DisassociateTransitGatewayRouteTable: { input: {}; output: void; errors: Ec2Error };
  DisassociateTrunkInterface: { input: {}; output: void; errors: Ec2Error };
  DisassociateVpcCidrBlock: { input: {}; output: void; errors: Ec2Error };
  EnableAddressTransfer: { input: {}; output: void; errors: Ec2Error };
  EnableAllowedImagesSettings: { input: {}; output: void; errors: Ec2Error };
  EnableAwsNetworkPerformanceMetricSubscription: { input: {}; output: void; errors: Ec2Error };
  EnableCapacityManager: { input: {}; output: void; errors: Ec2Error };
  EnableEbsEncryptionByDefault: { input: {}; output: void; errors: Ec2Error };
  EnableFastLaunch: { input: {}; output: void; errors: Ec2Error };
  EnableFastSnapshotRestores: { input: {}; output: void; errors: Ec2Error };
  EnableImage: { input: {}; output: void; errors: Ec2Error };
  EnableImageBlockPublicAccess: { input: {}; output: void; errors: Ec2Error };
  EnableImageDeprecation: { input: {}; output: void; errors: Ec2Error };
  EnableImageDeregistrationProtection: { input: {}; output: void; errors: Ec2Error };
  EnableInstanceSqlHaStandbyDetections: { input: {}; output: void; errors: Ec2Error };
  EnableIpamOrganizationAdminAccount: { input: {}; output: void; errors: Ec2Error };
  EnableIpamPolicy: { input: {}; output: void; errors: Ec2Error };
  EnableReachabilityAnalyzerOrganizationSharing: { input: {}; output: void; errors: Ec2Error };
  EnableRouteServerPropagation: { input: {}; output: void; errors: Ec2Error };
  EnableSerialConsoleAccess: { input: {}; output: void; errors: Ec2Error };
  EnableSnapshotBlockPublicAccess: { input: {}; output: void; errors: Ec2Error };
  EnableTransitGatewayRouteTablePropagation: { input: {}; output: void; errors: Ec2Error };
  EnableVgwRoutePropagation: { input: {}; output: void; errors: Ec2Error };
  EnableVolumeIO: { input: {}; output: void; errors: Ec2Error };
  EnableVpcClassicLink: { input: {}; output: void; errors: Ec2Error };
  EnableVpcClassicLinkDnsSupport: { input: {}; output: void; errors: Ec2Error };
  ExportClientVpnClientCertificateRevocationList: { input: {}; output: void; errors: Ec2Error };
  ExportClientVpnClientConfiguration: { input: {}; output: void; errors: Ec2Error };
  ExportImage: { input: {}; output: void; errors: Ec2Error };
  ExportTransitGatewayRoutes: { input: {}; output: void; errors: Ec2Error };
  ExportVerifiedAccessInstanceClientConfiguration: { input: {}; output: void; errors: Ec2Error };
  GetActiveVpnTunnelStatus: { input: {}; output: void; errors: Ec2Error };
  GetAllowedImagesSettings: { input: {}; output: void; errors: Ec2Error };
  GetAssociatedEnclaveCertificateIamRoles: { input: {}; output: void; errors: Ec2Error };
  GetAssociatedIpv6PoolCidrs: { input: {}; output: void; errors: Ec2Error };
  GetAwsNetworkPerformanceData: { input: {}; output: void; errors: Ec2Error };
  GetCapacityManagerAttributes: { input: {}; output: void; errors: Ec2Error };
  GetCapacityManagerMetricData: { input: {}; output: void; errors: Ec2Error };
  GetCapacityManagerMetricDimensions: { input: {}; output: void; errors: Ec2Error };
  GetCapacityManagerMonitoredTagKeys: { input: {}; output: void; errors: Ec2Error };
  GetCapacityReservationUsage: { input: {}; output: void; errors: Ec2Error };
  GetCoipPoolUsage: { input: {}; output: void; errors: Ec2Error };
  GetConsoleOutput: { input: GetConsoleOutputRequest; output: GetConsoleOutputResult; errors: Ec2Error };
  GetConsoleScreenshot: { input: {}; output: void; errors: Ec2Error };
  GetDeclarativePoliciesReportSummary: { input: {}; output: void; errors: Ec2Error };
  GetDefaultCreditSpecification: { input: {}; output: void; errors: Ec2Error };
  GetEbsDefaultKmsKeyId: { input: {}; output: void; errors: Ec2Error };
  GetEbsEncryptionByDefault: { input: {}; output: void; errors: Ec2Error };
  GetEnabledIpamPolicy: { input: {}; output: void; errors: Ec2Error };
  GetFlowLogsIntegrationTemplate: { input: {}; output: void; errors: Ec2Error };
  GetGroupsForCapacityReservation: { input: {}; output: void; errors: Ec2Error };
  GetHostReservationPurchasePreview: { input: {}; output: void; errors: Ec2Error };
  GetImageAncestry: { input: {}; output: void; errors: Ec2Error };
  GetImageBlockPublicAccessState: { input: {}; output: void; errors: Ec2Error };
  GetInstanceMetadataDefaults: { input: {}; output: void; errors: Ec2Error };
  GetInstanceTpmEkPub: { input: {}; output: void; errors: Ec2Error };
  GetInstanceTypesFromInstanceRequirements: { input: {}; output: void; errors: Ec2Error };
  GetInstanceUefiData: { input: {}; output: void; errors: Ec2Error };
  GetIpamAddressHistory: { input: {}; output: void; errors: Ec2Error };
  GetIpamDiscoveredAccounts: { input: {}; output: void; errors: Ec2Error };
  GetIpamDiscoveredPublicAddresses: { input: {}; output: void; errors: Ec2Error };
  GetIpamDiscoveredResourceCidrs: { input: {}; output: void; errors: Ec2Error };
  GetIpamPolicyAllocationRules: { input: {}; output: void; errors: Ec2Error };
  GetIpamPolicyOrganizationTargets: { input: {}; output: void; errors: Ec2Error };
  GetIpamPoolAllocations: { input: {}; output: void; errors: Ec2Error };
  GetIpamPoolCidrs: { input: {}; output: void; errors: Ec2Error };
  GetIpamPrefixListResolverRules: { input: {}; output: void; errors: Ec2Error };
  GetIpamPrefixListResolverVersionEntries: { input: {}; output: void; errors: Ec2Error };
  GetIpamPrefixListResolverVersions: { input: {}; output: void; errors: Ec2Error };
  GetIpamResourceCidrs: { input: {}; output: void; errors: Ec2Error };
  GetLaunchTemplateData: { input: {}; output: void; errors: Ec2Error };
  GetManagedPrefixListAssociations: { input: {}; output: void; errors: Ec2Error };
  GetManagedPrefixListEntries: { input: {}; output: void; errors: Ec2Error };
  GetManagedResourceVisibility: { input: {}; output: void; errors: Ec2Error };
  GetNetworkInsightsAccessScopeAnalysisFindings: { input: {}; output: void; errors: Ec2Error };
  GetNetworkInsightsAccessScopeContent: { input: {}; output: void; errors: Ec2Error };
  GetPasswordData: { input: {}; output: void; errors: Ec2Error };
  GetReservedInstancesExchangeQuote: { input: {}; output: void; errors: Ec2Error };
  GetRouteServerAssociations: { input: {}; output: void; errors: Ec2Error };
  GetRouteServerPropagations: { input: {}; output: void; errors: Ec2Error };
  GetRouteServerRoutingDatabase: { input: {}; output: void; errors: Ec2Error };
  GetSecurityGroupsForVpc: { input: {}; output: void; errors: Ec2Error };
  GetSerialConsoleAccessStatus: { input: {}; output: void; errors: Ec2Error };
  GetSnapshotBlockPublicAccessState: { input: {}; output: void; errors: Ec2Error };
  GetSpotPlacementScores: { input: {}; output: void; errors: Ec2Error };
  GetSubnetCidrReservations: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayAttachmentPropagations: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayMeteringPolicyEntries: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayMulticastDomainAssociations: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayPolicyTableAssociations: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayPolicyTableEntries: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayPrefixListReferences: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayRouteTableAssociations: { input: {}; output: void; errors: Ec2Error };
  GetTransitGatewayRouteTablePropagations: { input: {}; output: void; errors: Ec2Error };
  GetVerifiedAccessEndpointPolicy: { input: {}; output: void; errors: Ec2Error };
  GetVerifiedAccessEndpointTargets: { input: {}; output: void; errors: Ec2Error };
  GetVerifiedAccessGroupPolicy: { input: {}; output: void; errors: Ec2Error };
  GetVpcResourcesBlockingEncryptionEnforcement: { input: {}; output: void; errors: Ec2Error };
  GetVpnConnectionDeviceSampleConfiguration: { input: {}; output: void; errors: Ec2Error };
  GetVpnConnectionDeviceTypes: { input: {}; output: void; errors: Ec2Error };
  GetVpnTunnelReplacementStatus: { input: {}; output: void; errors: Ec2Error };
  ImportClientVpnClientCertificateRevocationList: { input: {}; output: void; errors: Ec2Error };
  ImportImage: { input: {}; output: void; errors: Ec2Error };
  ImportInstance: { input: {}; output: void; errors: Ec2Error };
  ImportKeyPair: { input: ImportKeyPairRequest; output: ImportKeyPairResult; errors: Ec2Error };
  ImportSnapshot: { input: {}; output: void; errors: Ec2Error };
  ImportVolume: { input: {}; output: void; errors: Ec2Error };
  ListImagesInRecycleBin: { input: {}; output: void; errors: Ec2Error };
  ListSnapshotsInRecycleBin: { input: {}; output: void; errors: Ec2Error };
  ListVolumesInRecycleBin: { input: {}; output: void; errors: Ec2Error };
  LockSnapshot: { input: {}; output: void; errors: Ec2Error };
  ModifyAddressAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyAvailabilityZoneGroup: { input: {}; output: void; errors: Ec2Error };
  ModifyCapacityReservation: { input: {}; output: void; errors: Ec2Error };
  ModifyCapacityReservationFleet: { input: {}; output: void; errors: Ec2Error };
  ModifyClientVpnEndpoint: { input: {}; output: void; errors: Ec2Error };
  ModifyDefaultCreditSpecification: { input: {}; output: void; errors: Ec2Error };
  ModifyEbsDefaultKmsKeyId: { input: {}; output: void; errors: Ec2Error };
  ModifyFleet: { input: {}; output: void; errors: Ec2Error };
  ModifyFpgaImageAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyHosts: { input: {}; output: void; errors: Ec2Error };
  ModifyIdFormat: { input: {}; output: void; errors: Ec2Error };
  ModifyIdentityIdFormat: { input: {}; output: void; errors: Ec2Error };
  ModifyImageAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceAttribute: { input: ModifyInstanceAttributeRequest; output: void; errors: Ec2Error };
  ModifyInstanceCapacityReservationAttributes: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceConnectEndpoint: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceCpuOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceCreditSpecification: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceEventStartTime: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceEventWindow: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceMaintenanceOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceMetadataDefaults: { input: {}; output: void; errors: Ec2Error };
  ModifyInstanceMetadataOptions: { input: ModifyInstanceMetadataOptionsRequest; output: ModifyInstanceMetadataOptionsResult; errors: Ec2Error };
  ModifyInstanceNetworkPerformanceOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyInstancePlacement: { input: {}; output: void; errors: Ec2Error };
  ModifyIpam: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamPolicyAllocationRules: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamPool: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamPoolAllocation: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamPrefixListResolver: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamPrefixListResolverTarget: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamResourceCidr: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamResourceDiscovery: { input: {}; output: void; errors: Ec2Error };
  ModifyIpamScope: { input: {}; output: void; errors: Ec2Error };
  ModifyLaunchTemplate: { input: {}; output: void; errors: Ec2Error };
  ModifyLocalGatewayRoute: { input: {}; output: void; errors: Ec2Error };
  ModifyManagedPrefixList: { input: {}; output: void; errors: Ec2Error };
  ModifyManagedResourceVisibility: { input: {}; output: void; errors: Ec2Error };
  ModifyNetworkInterfaceAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyPrivateDnsNameOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyPublicIpDnsNameOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyReservedInstances: { input: {}; output: void; errors: Ec2Error };
  ModifyRouteServer: { input: {}; output: void; errors: Ec2Error };
  ModifySecurityGroupRules: { input: {}; output: void; errors: Ec2Error };
  ModifySnapshotAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifySnapshotTier: { input: {}; output: void; errors: Ec2Error };
  ModifySpotFleetRequest: { input: {}; output: void; errors: Ec2Error };
  ModifySubnetAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyTrafficMirrorFilterNetworkServices: { input: {}; output: void; errors: Ec2Error };
  ModifyTrafficMirrorFilterRule: { input: {}; output: void; errors: Ec2Error };
  ModifyTrafficMirrorSession: { input: {}; output: void; errors: Ec2Error };
  ModifyTransitGateway: { input: {}; output: void; errors: Ec2Error };
  ModifyTransitGatewayMeteringPolicy: { input: {}; output: void; errors: Ec2Error };
  ModifyTransitGatewayPrefixListReference: { input: {}; output: void; errors: Ec2Error };
  ModifyTransitGatewayVpcAttachment: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessEndpoint: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessEndpointPolicy: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessGroup: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessGroupPolicy: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessInstance: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessInstanceLoggingConfiguration: { input: {}; output: void; errors: Ec2Error };
  ModifyVerifiedAccessTrustProvider: { input: {}; output: void; errors: Ec2Error };
  ModifyVolume: { input: {}; output: void; errors: Ec2Error };
  ModifyVolumeAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcAttribute: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcBlockPublicAccessExclusion: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcBlockPublicAccessOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcEncryptionControl: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcEndpoint: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcEndpointConnectionNotification: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcEndpointServiceConfiguration: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcEndpointServicePayerResponsibility: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcEndpointServicePermissions: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcPeeringConnectionOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyVpcTenancy: { input: {}; output: void; errors: Ec2Error };
  ModifyVpnConnection: { input: {}; output: void; errors: Ec2Error };
  ModifyVpnConnectionOptions: { input: {}; output: void; errors: Ec2Error };
  ModifyVpnTunnelCertificate: { input: {}; output: void; errors: Ec2Error };
  ModifyVpnTunnelOptions: { input: {}; output: void; errors: Ec2Error };
  MonitorInstances: { input: {}; output: void; errors: Ec2Error };
  MoveAddressToVpc: { input: {}; output: void; errors: Ec2Error };
  MoveByoipCidrToIpam: { input: {}; output: void; errors: Ec2Error };
  MoveCapacityReservationInstances: { input: {}; output: void; errors: Ec2Error };
  ProvisionByoipCidr: { input: {}; output: void; errors: Ec2Error };
  ProvisionIpamByoasn: { input: {}; output: void; errors: Ec2Error };
  ProvisionIpamPoolCidr: { input: {}; output: void; errors: Ec2Error };
  ProvisionPublicIpv4PoolCidr: { input: {}; output: void; errors: Ec2Error };
  PurchaseCapacityBlock: { input: {}; output: void; errors: Ec2Error };
  PurchaseCapacityBlockExtension: { input: {}; output: void; errors: Ec2Error };
  PurchaseHostReservation: { input: {}; output: void; errors: Ec2Error };
  PurchaseReservedInstancesOffering: { input: {}; output: void; errors: Ec2Error };
  PurchaseScheduledInstances: { input: {}; output: void; errors: Ec2Error };
  RebootInstances: { input: RebootInstancesRequest; output: void; errors: Ec2Error };
  RegisterImage: { input: {}; output: void; errors: Ec2Error };
  RegisterInstanceEventNotificationAttributes: { input: {}; output: void; errors: Ec2Error };
  RegisterTransitGatewayMulticastGroupMembers: { input: {}; output: void; errors: Ec2Error };
  RegisterTransitGatewayMulticastGroupSources: { input: {}; output: void; errors: Ec2Error };
  RejectCapacityReservationBillingOwnership: { input: {}; output: void; errors: Ec2Error };
  RejectTransitGatewayClientVpnAttachment: { input: {}; output: void; errors: Ec2Error };
  RejectTransitGatewayMulticastDomainAssociations: { input: {}; output: void; errors: Ec2Error };
  RejectTransitGatewayPeeringAttachment: { input: {}; output: void; errors: Ec2Error };
  RejectTransitGatewayVpcAttachment: { input: {}; output: void; errors: Ec2Error };
  RejectVpcEndpointConnections: { input: {}; output: void; errors: Ec2Error };
  RejectVpcPeeringConnection: { input: {}; output: void; errors: Ec2Error };
  ReleaseAddress: { input: {}; output: void; errors: Ec2Error };
  ReleaseHosts: { input: {}; output: void; errors: Ec2Error };
  ReleaseIpamPoolAllocation: { input: {}; output: void; errors: Ec2Error };
  ReplaceIamInstanceProfileAssociation: { input: ReplaceIamInstanceProfileAssociationRequest; output: ReplaceIamInstanceProfileAssociationResult; errors: Ec2Error };
  ReplaceImageCriteriaInAllowedImagesSettings: { input: {}; output: void; errors: Ec2Error };
  ReplaceNetworkAclAssociation: { input: {}; output: void; errors: Ec2Error };
  ReplaceNetworkAclEntry: { input: {}; output: void; errors: Ec2Error };
  ReplaceRoute: { input: {}; output: void; errors: Ec2Error };
  ReplaceRouteTableAssociation: { input: {}; output: void; errors: Ec2Error };
  ReplaceTransitGatewayRoute: { input: {}; output: void; errors: Ec2Error };
  ReplaceVpnTunnel: { input: {}; output: void; errors: Ec2Error };
  ReportInstanceStatus: { input: {}; output: void; errors: Ec2Error };
  RequestSpotFleet: { input: {}; output: void; errors: Ec2Error };
  RequestSpotInstances: { input: {}; output: void; errors: Ec2Error };
  ResetAddressAttribute: { input: {}; output: void; errors: Ec2Error };
  ResetEbsDefaultKmsKeyId: { input: {}; output: void; errors: Ec2Error };
  ResetFpgaImageAttribute: { input: {}; output: void; errors: Ec2Error };
  ResetImageAttribute: { input: {}; output: void; errors: Ec2Error };
  ResetInstanceAttribute: { input: {}; output: void; errors: Ec2Error };
  ResetNetworkInterfaceAttribute: { input: {}; output: void; errors: Ec2Error };
  ResetSnapshotAttribute: { input: {}; output: void; errors: Ec2Error };
  RestoreAddressToClassic: { input: {}; output: void; errors: Ec2Error };
  RestoreImageFromRecycleBin: { input: {}; output: void; errors: Ec2Error };
  RestoreManagedPrefixListVersion: { input: {}; output: void; errors: Ec2Error };
  RestoreSnapshotFromRecycleBin: { input: {}; output: void; errors: Ec2Error };
  RestoreSnapshotTier: { input: {}; output: void; errors: Ec2Error };
  RestoreVolumeFromRecycleBin: { input: {}; output: void; errors: Ec2Error };
  RevokeClientVpnIngress: { input: {}; output: void; errors: Ec2Error };
  RevokeSecurityGroupEgress: { input: {}; output: void; errors: Ec2Error };
  RevokeSecurityGroupIngress: { input: {}; output: void; errors: Ec2Error };
  RunInstances: { input: RunInstancesRequest; output: Reservation; errors: Ec2Error };
  RunScheduledInstances: { input: {}; output: void; errors: Ec2Error };
  SearchLocalGatewayRoutes: { input: {}; output: void; errors: Ec2Error };
  SearchTransitGatewayMulticastGroups: { input: {}; output: void; errors: Ec2Error };
  SearchTransitGatewayRoutes: { input: {}; output: void; errors: Ec2Error };
  SendDiagnosticInterrupt: { input: {}; output: void; errors: Ec2Error };
  StartDeclarativePoliciesReport: { input: {}; output: void; errors: Ec2Error };
  StartInstances: { input: StartInstancesRequest; output: StartInstancesResult; errors: Ec2Error };
  StartNetworkInsightsAccessScopeAnalysis: { input: {}; output: void; errors: Ec2Error };
  StartNetworkInsightsAnalysis: { input: {}; output: void; errors: Ec2Error };
  StartVpcEndpointServicePrivateDnsVerification: { input: {}; output: void; errors: Ec2Error };
  StopInstances: { input: StopInstancesRequest; output: StopInstancesResult; errors: Ec2Error };
  TerminateClientVpnConnections: { input: {}; output: void; errors: Ec2Error };
  TerminateInstances: { input: TerminateInstancesRequest; output: TerminateInstancesResult; errors: Ec2Error };
  UnassignIpv6Addresses: { input: {}; output: void; errors: Ec2Error };
  UnassignPrivateIpAddresses: { input: {}; output: void; errors: Ec2Error };
  UnassignPrivateNatGatewayAddress: { input: {}; output: void; errors: Ec2Error };
  UnlockSnapshot: { input: {}; output: void; errors: Ec2Error };
  UnmonitorInstances: { input: {}; output: void; errors: Ec2Error };
  UpdateCapacityManagerMonitoredTagKeys: { input: {}; output: void; errors: Ec2Error };
  UpdateCapacityManagerOrganizationsAccess: { input: {}; output: void; errors: Ec2Error };
  UpdateInterruptibleCapacityReservationAllocation: { input: {}; output: void; errors: Ec2Error };
  UpdateSecurityGroupRuleDescriptionsEgress: { input: {}; output: void; errors: Ec2Error };
  UpdateSecurityGroupRuleDescriptionsIngress: { input: {}; output: void; errors: Ec2Error };
  WithdrawByoipCidr: { input: {}; output: void; errors: Ec2Error };
}
