/** Instances described: what they are, how they are, and what they wrote to their consoles. Source: "DescribeInstances" and its siblings (EC2 API Reference). */
import type { Ec2, InstanceStatus } from '../../../models/ec2.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { Operations } from '../operation.ts';
import { instanceAsk, noResource } from './access.ts';
import { filtered } from './filters.ts';
import type { FilterTable } from './filters.ts';
import { architecture, hostImage } from './image.ts';
import { refuseElsewhere } from './instance-states.ts';
import { checkInstanceIds, getInstance, getInstances, instancesOf, tagsOf } from './lookup.ts';
import type { Place } from './lookup.ts';
import { defaultNetwork, securityGroupName } from './network.ts';
import { pageOf, refuseBoth } from './paging.ts';
import { privateDnsName, reservationsOf, shownState } from './shown-instance.ts';

/** ISO-8601, as AWS compares times in filters: `2026-11-*` matches. */
const isoOf = (at: number): string => new Date(at).toISOString();

const statusFilters: FilterTable<InstanceDoc> = {
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  'instance-state-code': ({ State }) => shownState(State).Code,
  'instance-state-name': ({ State }) => State,
  'instance-status.status': (instance) => summaryOf(instance),
  'instance-status.reachability': ({ State }) => (State === 'running' ? 'passed' : undefined),
  'system-status.status': (instance) => summaryOf(instance),
  'system-status.reachability': ({ State }) => (State === 'running' ? 'passed' : undefined),
};

/** Source: "DescribeInstances", Filters: those that can tell one instance here from another, or that ask for what all of them have. */
const filtersFor = (account: string, region: string): FilterTable<InstanceDoc> => {
  const network = defaultNetwork(account, region);
  return {
    architecture: () => architecture,
    'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
    'block-device-mapping.device-name': () => hostImage.rootDeviceName,
    'block-device-mapping.volume-id': ({ VolumeId }) => VolumeId,
    'block-device-mapping.status': () => 'attached',
    'block-device-mapping.delete-on-termination': () => true,
    'client-token': ({ ClientToken }) => ClientToken,
    'dns-name': () => '',
    hypervisor: () => 'xen',
    'iam-instance-profile.arn': ({ Profile }) => Profile?.InstanceProfileArn,
    'iam-instance-profile.id': ({ Profile }) => Profile?.InstanceProfileId,
    'iam-instance-profile.name': ({ Profile }) => Profile?.InstanceProfileArn.split('/').at(-1),
    'image-id': ({ ImageId }) => ImageId,
    'instance-id': ({ InstanceId }) => InstanceId,
    'instance-state-code': ({ State }) => shownState(State).Code,
    'instance-state-name': ({ State }) => State,
    'instance-type': ({ InstanceType }) => InstanceType,
    'instance.group-id': () => network.securityGroupId,
    'instance.group-name': () => securityGroupName,
    'ip-address': ({ PublicIpAddress }) => PublicIpAddress,
    'key-name': ({ KeyPair }) => KeyPair?.KeyName,
    'launch-index': ({ AmiLaunchIndex }) => AmiLaunchIndex,
    'launch-time': ({ LaunchTime }) => isoOf(LaunchTime),
    'metadata-options.http-tokens': ({ MetadataOptions }) => MetadataOptions.HttpTokens,
    'metadata-options.http-endpoint': ({ MetadataOptions }) => MetadataOptions.HttpEndpoint,
    'metadata-options.http-put-response-hop-limit': ({ MetadataOptions }) => MetadataOptions.HttpPutResponseHopLimit,
    'metadata-options.instance-metadata-tags': ({ MetadataOptions }) => MetadataOptions.InstanceMetadataTags,
    'monitoring-state': () => 'disabled',
    'network-interface.network-interface-id': ({ NetworkInterfaceId }) => NetworkInterfaceId,
    'network-interface.mac-address': ({ MacAddress }) => MacAddress,
    'network-interface.subnet-id': () => network.subnetId,
    'network-interface.vpc-id': () => network.vpcId,
    'network-interface.addresses.private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'network-interface.private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    'owner-id': () => account,
    'private-dns-name': (instance) => privateDnsName(instance),
    'private-ip-address': ({ PrivateIpAddress }) => PrivateIpAddress,
    reason: ({ StateTransitionReason }) => StateTransitionReason,
    'reservation-id': ({ ReservationId }) => ReservationId,
    'root-device-name': () => hostImage.rootDeviceName,
    'root-device-type': () => 'ebs',
    'source-dest-check': () => true,
    'state-reason-code': ({ StateReason }) => StateReason?.Code,
    'state-reason-message': ({ StateReason }) => StateReason?.Message,
    'subnet-id': ({ State }) => (State === 'terminated' ? undefined : network.subnetId),
    tenancy: () => 'default',
    'virtualization-type': () => 'hvm',
    'vpc-id': ({ State }) => (State === 'terminated' ? undefined : network.vpcId),
  };
};

export const instances = {
  DescribeInstances: {
    access: (_, context) => noResource(context),
    run({ InstanceIds, Filters, ...paging }, context) {
      const { account, region, view, error } = context;
      refuseBoth(InstanceIds, paging, 'instancesSet', error);
      const wanted = filtered(named(context, InstanceIds), Filters, filtersFor(account, region), error, ({ InstanceId }) => tagsOf(view, region, InstanceId));
      const { page, end } = pageOf(wanted, ({ InstanceId }) => InstanceId, paging, context);
      return { Reservations: reservationsOf(view, page), ...end };
    },
  },

  DescribeInstanceStatus: {
    access: (_, context) => noResource(context),
    run({ InstanceIds, Filters, IncludeAllInstances = false, ...paging }, context) {
      const { region, view, error } = context;
      refuseBoth(InstanceIds, paging, 'instancesSet', error);
      const all = named(context, InstanceIds).filter(({ State }) => IncludeAllInstances || State === 'running');
      const wanted = filtered(all, Filters, statusFilters, error, ({ InstanceId }) => tagsOf(view, region, InstanceId));
      const { page, end } = pageOf(wanted, ({ InstanceId }) => InstanceId, paging, context);
      return { InstanceStatuses: page.map((instance) => statusOf(instance, context)), ...end };
    },
  },

  GetConsoleOutput: {
    access: ({ InstanceId }, context) => {
      checkInstanceIds([InstanceId], context.error);
      return [instanceAsk(context, InstanceId)];
    },
    async run({ InstanceId }, context) {
      const { MachineId } = getInstance(context, InstanceId);
      await refuseElsewhere(context);
      const console = await context.machines.consoleOutput(MachineId);
      // AWS: before there is any, and once the instance is gone, no output and the time of asking.
      return { InstanceId, Timestamp: console?.at ?? context.now, ...(console && { Output: Buffer.from(console.bytes).toString('base64') }) };
    },
  },
} satisfies Operations<Ec2, 'DescribeInstances' | 'DescribeInstanceStatus' | 'GetConsoleOutput'>;

/** Those that are named, in order of id as the rest is; all where none is. */
function named(context: Place, instanceIds: readonly string[] | undefined): readonly InstanceDoc[] {
  if (!instanceIds || instanceIds.length === 0) return instancesOf(context.view, context.region, context.now);
  return [...getInstances(context, instanceIds)].sort((a, b) => (a.InstanceId < b.InstanceId ? -1 : 1));
}

/** What runs is watched by whoever runs it: an instance that is running is well. */
const summaryOf = ({ State }: InstanceDoc): 'ok' | 'not-applicable' => (State === 'running' ? 'ok' : 'not-applicable');

function statusOf(instance: InstanceDoc, { account, region }: Place): InstanceStatus {
  const { zone } = defaultNetwork(account, region);
  const summary = { Status: summaryOf(instance), ...(instance.State === 'running' && { Details: [{ Name: 'reachability', Status: 'passed' } as const] }) };
  return { InstanceId: instance.InstanceId, AvailabilityZone: instance.AvailabilityZone, AvailabilityZoneId: zone.id, InstanceState: shownState(instance.State), InstanceStatus: summary, SystemStatus: summary, Events: [] };
}
