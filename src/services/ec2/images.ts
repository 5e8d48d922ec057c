/** Images and types described: what an instance can be made of. Source: "DescribeImages", "DescribeInstanceTypes" and their siblings (EC2 API Reference). */
import type { Ec2, Image, InstanceTypeInfo, InstanceTypeOffering } from '../../../models/ec2.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { TagDoc } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { noResource } from './access.ts';
import type { FilterTable } from './filters.ts';
import { architecture, hostImage, imageIdOf } from './image.ts';
import { instanceTypes } from './instance-types.ts';
import type { InstanceType } from './instance-types.ts';
import { ec2Limits } from './limits.ts';
import { listed } from './listing.ts';
import { instancesOf, tagsOf } from './lookup.ts';
import { zoneOf } from './regions.ts';
import { shownTags } from './tag-rules.ts';

const imageFilters: FilterTable<Image> = {
  architecture: ({ Architecture }) => Architecture,
  'block-device-mapping.delete-on-termination': () => true,
  'block-device-mapping.device-name': ({ RootDeviceName }) => RootDeviceName,
  'block-device-mapping.volume-size': () => ec2Limits.volumeDefaultGiB,
  'block-device-mapping.volume-type': () => 'gp3',
  'block-device-mapping.encrypted': () => false,
  'creation-date': ({ CreationDate }) => CreationDate,
  description: ({ Description }) => Description,
  'ena-support': () => true,
  hypervisor: ({ Hypervisor }) => Hypervisor,
  'image-id': ({ ImageId }) => ImageId,
  'image-type': ({ ImageType }) => ImageType,
  'is-public': ({ Public }) => Public,
  name: ({ Name }) => Name,
  'owner-alias': ({ ImageOwnerAlias }) => ImageOwnerAlias,
  'owner-id': ({ OwnerId }) => OwnerId,
  platform: () => undefined,
  'root-device-name': ({ RootDeviceName }) => RootDeviceName,
  'root-device-type': ({ RootDeviceType }) => RootDeviceType,
  state: ({ State }) => State,
  'virtualization-type': ({ VirtualizationType }) => VirtualizationType,
};

const typeFilters: FilterTable<InstanceTypeInfo> = {
  'bare-metal': () => false,
  'burstable-performance-supported': ({ BurstablePerformanceSupported }) => BurstablePerformanceSupported,
  'current-generation': () => true,
  'free-tier-eligible': () => false,
  hypervisor: ({ Hypervisor }) => Hypervisor,
  'instance-storage-supported': () => false,
  'instance-type': ({ InstanceType }) => InstanceType,
  'memory-info.size-in-mib': ({ MemoryInfo }) => MemoryInfo?.SizeInMiB,
  'processor-info.supported-architecture': () => architecture,
  'supported-root-device-type': () => 'ebs',
  'supported-usage-class': () => 'on-demand',
  'supported-virtualization-type': () => 'hvm',
  'vcpu-info.default-vcpus': ({ VCpuInfo }) => VCpuInfo?.DefaultVCpus,
};

const offeringFilters: FilterTable<InstanceTypeOffering> = { 'instance-type': ({ InstanceType }) => InstanceType, location: ({ Location }) => Location };

/** Types in order of their names. */
const types = [...instanceTypes].sort(([a], [b]) => (a < b ? -1 : 1));

export const images = {
  DescribeImages: {
    access: (_, context) => noResource(context),
    run({ ImageIds, Owners = [], ExecutableUsers = [], IncludeDeprecated: _, IncludeDisabled: __, ...asked }, context) {
      const image = hostImageOf(context.region, tagsOf(context.view, context.region, imageIdOf(context.region)));
      const isWanted = (Owners.length === 0 || Owners.some((owner) => owner === hostImage.ownerAlias || owner === hostImage.ownerId)) && (ExecutableUsers.length === 0 || ExecutableUsers.includes('all'));
      const bad = ImageIds?.find((id) => !/^ami-[0-9a-f]{8}(?:[0-9a-f]{9})?$/.test(id));
      if (bad !== undefined) throw context.error('InvalidAMIID.Malformed', `Invalid id: "${bad.slice(0, 128)}" (expecting "ami-...")`);
      const { page, end } = listed({ items: [image], idOf: ({ ImageId = '' }) => ImageId, named: ImageIds, missing: (id) => context.error('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`), filters: imageFilters, tagsOf: ({ ImageId = '' }) => tagsOf(context.view, context.region, ImageId) }, asked, context);
      return { Images: isWanted ? page : [], ...end };
    },
  },

  DescribeInstanceTypes: {
    access: (_, context) => noResource(context),
    run({ InstanceTypes, IncludeUnsupportedInRegion: _, ...asked }, context) {
      const { page, end } = listed({ items: types.map(([name, type]) => typeInfo(name, type)), idOf: ({ InstanceType: name = '' }) => name, named: InstanceTypes, missing: (name) => context.error('InvalidInstanceType', `The following supplied instance types do not exist: [${name}]`), filters: typeFilters }, asked, context);
      return { InstanceTypes: page, ...end };
    },
  },

  DescribeInstanceTypeOfferings: {
    access: (_, context) => noResource(context),
    run({ LocationType = 'region', ...asked }, context) {
      const zone = zoneOf(context.region);
      const location = { region: context.region, 'availability-zone': zone.name, 'availability-zone-id': zone.id, outpost: undefined }[LocationType];
      const items = location === undefined ? [] : types.map(([name]): InstanceTypeOffering => ({ InstanceType: name, LocationType, Location: location }));
      const { page, end } = listed({ items, idOf: ({ InstanceType: name = '' }) => name, named: undefined, missing: (name) => context.error('InvalidInstanceType', name), filters: offeringFilters }, asked, context);
      return { InstanceTypeOfferings: page, ...end };
    },
  },

  DescribeInstanceCreditSpecifications: {
    access: (_, context) => noResource(context),
    run({ InstanceIds, ...asked }, context) {
      const burstable = instancesOf(context.view, context.region, context.now).filter(({ InstanceType: name, State }) => isBurstable(name) && State !== 'terminated');
      const { page, end } = listed<InstanceDoc>({ items: burstable, idOf: ({ InstanceId }) => InstanceId, named: InstanceIds, missing: (id) => context.error('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`), filters: { 'instance-id': ({ InstanceId }) => InstanceId } }, asked, context);
      // Nothing counts credits: whatever the host gives, an instance may use.
      return { InstanceCreditSpecifications: page.map(({ InstanceId }) => ({ InstanceId, CpuCredits: 'unlimited' })), ...end };
    },
  },
} satisfies Operations<Ec2, 'DescribeImages' | 'DescribeInstanceTypes' | 'DescribeInstanceTypeOfferings' | 'DescribeInstanceCreditSpecifications'>;

const hostImageOf = (region: string, tags: readonly TagDoc[]): Image => ({
  ImageId: imageIdOf(region), Name: hostImage.name, Description: hostImage.description, ImageLocation: `${hostImage.ownerAlias}/${hostImage.name}`, ImageOwnerAlias: hostImage.ownerAlias, OwnerId: hostImage.ownerId,
  State: 'available', Public: true, ImageType: 'machine', Architecture: architecture, CreationDate: hostImage.creationDate, PlatformDetails: 'Linux/UNIX', UsageOperation: 'RunInstances', Hypervisor: 'xen', VirtualizationType: 'hvm',
  EnaSupport: true, SriovNetSupport: 'simple', RootDeviceName: hostImage.rootDeviceName, RootDeviceType: 'ebs', ImdsSupport: 'v2.0', ProductCodes: [], Tags: shownTags(tags),
  BlockDeviceMappings: [{ DeviceName: hostImage.rootDeviceName, Ebs: { DeleteOnTermination: true, VolumeSize: ec2Limits.volumeDefaultGiB, VolumeType: 'gp3', Encrypted: false } }],
});

const isBurstable = (name: string): boolean => /^t\d/.test(name);

const typeInfo = (name: string, { vcpus, memoryMiB }: InstanceType): InstanceTypeInfo => ({
  InstanceType: name, CurrentGeneration: true, FreeTierEligible: false, SupportedUsageClasses: ['on-demand'], SupportedRootDeviceTypes: ['ebs'], SupportedVirtualizationTypes: ['hvm'], BareMetal: false, Hypervisor: name.startsWith('t2') ? 'xen' : 'nitro',
  ProcessorInfo: { SupportedArchitectures: [architecture] }, VCpuInfo: { DefaultVCpus: vcpus, DefaultCores: vcpus, DefaultThreadsPerCore: 1 }, MemoryInfo: { SizeInMiB: memoryMiB }, InstanceStorageSupported: false,
  EbsInfo: { EbsOptimizedSupport: 'unsupported', EncryptionSupport: 'unsupported', NvmeSupport: 'unsupported' },
  NetworkInfo: { MaximumNetworkInterfaces: 1, MaximumNetworkCards: 1, DefaultNetworkCardIndex: 0, Ipv4AddressesPerInterface: 1, Ipv6AddressesPerInterface: 0, Ipv6Supported: false, EnaSupport: 'supported', EfaSupported: false },
  PlacementGroupInfo: { SupportedStrategies: [] }, HibernationSupported: false, BurstablePerformanceSupported: isBurstable(name), DedicatedHostsSupported: false, AutoRecoverySupported: false, SupportedBootModes: ['legacy-bios'],
});
