/** RunInstances: all of what is asked is made, or nothing. Source: "RunInstances" (EC2 API Reference). */
import type { Ec2, Reservation, RunInstancesRequest } from '../../../models/ec2.ts';
import type { Ask } from '../../authz/ask.ts';
import { newOpaqueId } from '../../base/ids.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { ec2Arn, imageAsk, keyPairAsk, newNetworkInterfaceAsk, newVolumeAsk, passRoleAsk, securityGroupAsk, standingInstanceKeys, subnetAsk, tagOnCreateAsk } from './access.ts';
import { newEc2Id } from './ids.ts';
import { defaultInstanceType, instanceTypes } from './instance-types.ts';
import { launchedTypes, profileOf, readLaunchRequest, statedVolumeSize } from './launch-request.ts';
import type { LaunchRequest } from './launch-request.ts';
import { ec2Limits } from './limits.ts';
import { findKeyPair, isShown } from './lookup.ts';
import type { Place, RaiseEc2 } from './lookup.ts';
import type { MachineIntent } from './machine-transitions.ts';
import { metadataOptionsContext } from './metadata-options.ts';
import { defaultNetwork, freeAddress } from './network.ts';
import { associationOf, findProfile, getProfile, profileArn } from './profiles.ts';
import { reservationsOf } from './shown-instance.ts';
import { statedNetwork } from './stated-network.ts';
import { putTags, readTagSpecifications, requestTagContext } from './tag-rules.ts';
import { userDataPlace } from './user-data.ts';

type Context = RunContext<never> & { readonly error: RaiseEc2 };

export const runInstances = {
  RunInstances: {
    access: launchAsks,
    async run(input, context) {
      const request = readLaunchRequest(input, context);
      const missing = await context.machines.missing();
      const planned = planLaunch(request, context);
      const { launched, intents } = await context.write((draft) => {
        const repeated = repeatedLaunch(draft, request, context);
        if (repeated) return { launched: repeated, intents: [] };
        if (missing !== undefined) throw context.error('Unsupported', `This Gatehouse can run no instances: ${missing}`);
        return launch(draft, request, planned, context);
      });
      for (const intent of intents) context.machines.proceed(intent, { by: context.caller.arn, requestId: context.requestId, action: 'ec2:RunInstances' });
      // What was made is durable by now, and the view shows it, or more than it.
      return wholeReservation(context, launched);
    },
  },
} satisfies Operations<Ec2, 'RunInstances'>;

/** Each of what is used or made is asked for by itself. Source: "Actions defined by Amazon EC2", RunInstances; "Launch instances (RunInstances)" (EC2 User Guide, example policies). */
function launchAsks(input: RunInstancesRequest, place: Place): readonly [Ask, ...Ask[]] {
  const { account, region, view, error } = place;
  const { ImageId = '*', InstanceType: type = defaultInstanceType, KeyName, TagSpecifications, MetadataOptions = {}, BlockDeviceMappings } = input;
  const network = defaultNetwork(account, region);
  const { subnetId = network.subnetId, groupIds, associatesPublicIp } = statedNetwork(input, error);
  const tags = readTagSpecifications(TagSpecifications, launchedTypes, error);
  const profile = profileOf(input.IamInstanceProfile);
  const found = profile && findProfile(view, profile);
  const instance: Ask = {
    resource: ec2Arn(place, 'instance', '*'),
    context: {
      ...standingInstanceKeys(account, region), 'ec2:InstanceType': type, 'ec2:InstanceProfile': found ? profileArn(account, found) : profile?.Arn,
      ...metadataOptionsContext(MetadataOptions), ...requestTagContext(tags.get('instance') ?? []),
    },
  };
  return [
    instance, imageAsk(place, ImageId), subnetAsk(place, subnetId), newNetworkInterfaceAsk(place, subnetId, associatesPublicIp, tags.get('network-interface') ?? []), newVolumeAsk(place, statedVolumeSize(BlockDeviceMappings), tags.get('volume') ?? []),
    ...(groupIds.length > 0 ? groupIds : [network.securityGroupId]).map((group) => securityGroupAsk(place, group)),
    ...(KeyName === undefined ? [] : [keyPairAsk(place, KeyName)]),
    ...[...tags].map(([type, its]) => tagOnCreateAsk(place, type, '*', 'RunInstances', its)),
    ...(found ? passRoleAsk(place, found, '*') : []),
  ];
}

interface Planned { readonly instance: InstanceDoc; readonly intent: MachineIntent }

/** As many as may be made, without what only the draft can tell: their addresses, their key and their role. */
function planLaunch(request: LaunchRequest, { account, region, now, random, seal, machines, error }: Context): readonly Planned[] {
  if (request.max > ec2Limits.instancesMax) throw error('InstanceLimitExceeded', `You have requested more instances (${request.max}) than your current instance limit of ${ec2Limits.instancesMax} allows.`);
  const ReservationId = newEc2Id('r', random);
  return Array.from({ length: request.max }, (_, AmiLaunchIndex) => {
    const InstanceId = newEc2Id('i', random);
    const instance: InstanceDoc = {
      InstanceId, Region: region, MachineId: newOpaqueId(32, random).toLowerCase(), ReservationId, AmiLaunchIndex, ImageId: request.imageId, InstanceType: request.instanceType, State: 'pending', StateTransitionReason: '',
      StateReason: { Code: 'pending', Message: 'pending' }, CreateDate: now, LaunchTime: now, AvailabilityZone: defaultNetwork(account, region).zone.name,
      PrivateIpAddress: '', MacAddress: newMacAddress(random), NetworkInterfaceId: newEc2Id('eni', random), AttachmentId: newEc2Id('eni-attach', random), VolumeId: newEc2Id('vol', random), VolumeSizeGiB: request.volumeSizeGiB,
      MetadataOptions: request.metadataOptions, DisableApiTermination: request.disableApiTermination, DisableApiStop: request.disableApiStop, ShutdownBehavior: request.shutdownBehavior,
      ...(request.userData !== undefined && { UserData: seal.seal(request.userData, userDataPlace(account, { InstanceId })) }),
      ...(request.clientToken !== undefined && { ClientToken: request.clientToken, RequestDigest: seal.seal(request.digest, digestPlace(account, InstanceId)) }),
    };
    return { instance, intent: machines.plan(account, 'launch', instance) };
  });
}

const digestPlace = (account: string, key: string) => ({ account, table: 'instances', key, field: 'RequestDigest' });

/** Locally administered, and of one interface. */
function newMacAddress(random: Context['random']): string {
  return `02:${Buffer.from(random(5)).toString('hex').replaceAll(/..(?!$)/g, '$&:')}`;
}

/** What the same token brought before; undefined where it is new. Source: "Ensure idempotency" (EC2 API Reference). */
function repeatedLaunch(draft: Draft, { clientToken, digest }: LaunchRequest, { account, region, now, seal, error }: Context): readonly InstanceDoc[] | undefined {
  const before = clientToken === undefined ? [] : draft.instances.listBy('clientToken', pairKey(region, clientToken)).filter((instance) => isShown(instance, now)).sort((a, b) => a.AmiLaunchIndex - b.AmiLaunchIndex);
  if (before.length === 0) return undefined;
  const { InstanceId, RequestDigest } = before[0]!;
  if (RequestDigest === undefined || seal.open(RequestDigest, digestPlace(account, InstanceId)) !== digest) throw error('IdempotentParameterMismatch', 'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).');
  return before;
}

function launch(draft: Draft, request: LaunchRequest, planned: readonly Planned[], context: Context): { readonly launched: readonly InstanceDoc[]; readonly intents: readonly MachineIntent[] } {
  const { account, region, now, random, machines, error } = context;
  forgetTerminated(draft, region, now);
  const alive = draft.instances.listBy('region', region).filter(({ State }) => State !== 'terminated');
  const room = Math.min(request.max, roomFor(alive, request));
  if (room < request.min) throw error('InstanceLimitExceeded', `You have requested more instances (${request.min}) than your current instance limits allow: ${ec2Limits.runningVcpusMax} vCPUs that run, and ${ec2Limits.instancesMax} instances, in a region.`);
  const keyPair = request.keyName === undefined ? undefined : findKeyPair(draft, region, request.keyName);
  if (request.keyName !== undefined && !keyPair) throw error('InvalidKeyPair.NotFound', `The key pair '${request.keyName.slice(0, 255)}' does not exist`);
  const profile = request.profile && getProfile(draft, request.profile, error);
  const taken = new Set(alive.map(({ PrivateIpAddress }) => PrivateIpAddress));
  if (request.privateIpAddress !== undefined && taken.has(request.privateIpAddress)) throw error('InvalidIPAddress.InUse', `Address ${request.privateIpAddress} is in use.`);
  const launched = planned.slice(0, room).map(({ instance, intent }) => {
    const PrivateIpAddress = request.privateIpAddress ?? freeAddress(taken);
    if (PrivateIpAddress === undefined) throw error('InsufficientFreeAddressesInSubnet', 'There are not enough free addresses in the subnet to satisfy the requested number of instances.');
    taken.add(PrivateIpAddress);
    const made = machines.begin(draft, intent, {
      ...instance, PrivateIpAddress,
      ...(keyPair && { KeyPair: { KeyName: keyPair.KeyName, PublicKey: keyPair.PublicKey } }), ...(profile && { Profile: associationOf(account, profile, now, random) }),
    });
    for (const [type, tags] of request.tags) putTags(draft, region, { instance: made.InstanceId, volume: made.VolumeId, 'network-interface': made.NetworkInterfaceId }[type], type, tags, error);
    return made;
  });
  return { launched, intents: planned.slice(0, room).map(({ intent }) => intent) };
}

/** How many more there may be. */
function roomFor(alive: readonly InstanceDoc[], { vcpus }: LaunchRequest): number {
  const running = alive.filter(({ State }) => State === 'running' || State === 'pending').reduce((sum, { InstanceType }) => sum + (instanceTypes.get(InstanceType)?.vcpus ?? 0), 0);
  return Math.min(ec2Limits.instancesMax - alive.length, Math.floor((ec2Limits.runningVcpusMax - running) / vcpus));
}

/** Terminated instances that are not shown any more, and the oldest of too many, go with all that is of them. */
export function forgetTerminated(draft: Draft, region: string, now: number): void {
  const terminated = draft.instances.listBy('region', region).filter(({ TerminateDate }) => TerminateDate !== undefined).sort((a, b) => b.TerminateDate! - a.TerminateDate!);
  for (const [place, instance] of terminated.entries()) {
    if (place < ec2Limits.terminatedMax && isShown(instance, now)) continue;
    draft.instances.remove(pairKey(region, instance.InstanceId));
    for (const id of [instance.InstanceId, instance.VolumeId, instance.NetworkInterfaceId]) draft.ec2Tags.remove(pairKey(region, id));
  }
}

function wholeReservation({ view, region }: Context, launched: readonly InstanceDoc[]): Reservation {
  const now = launched.map((instance) => view.instances.find(pairKey(region, instance.InstanceId)) ?? instance);
  return reservationsOf(view, now)[0]!;
}
