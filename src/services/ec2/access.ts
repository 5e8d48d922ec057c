/** What operations ask permission for: one function for each type of resource, with the condition keys that AWS lists for it. Source: "Actions, resources, and condition keys for Amazon EC2" (Service Authorization Reference). */
import * as arn from '../../base/arn.ts';
import type { Ask } from '../../authz/ask.ts';
import type { InstanceDoc, KeyPairDoc } from '../../store/instance-docs.ts';
import type { InstanceProfileDoc, TagDoc } from '../../store/tables.ts';
import { hostImage, imageIdOf } from './image.ts';
import { findInstance, findKeyPair, tagsOf } from './lookup.ts';
import type { Place } from './lookup.ts';
import { defaultNetwork } from './network.ts';
import { requestTagContext, resourceTagContext } from './tag-rules.ts';

type Context = NonNullable<Ask['context']>;
type Where = Omit<Place, 'error'>;

/** `arn:aws:ec2:REGION:ACCOUNT:instance/i-…` */
export const ec2Arn = ({ account, region }: Pick<Place, 'account' | 'region'>, type: string, id: string): string => `arn:${arn.partition}:ec2:${region}:${account}:${type}/${id}`;

/** Of an action that has no resources: the denial names none. */
export const noResource = ({ region }: Pick<Place, 'region'>): readonly [Ask] => [{ resource: '*', isResourceHidden: true, context: { 'ec2:Region': region } }];

/** An instance that is there, or is not: what it is can only be told where it is. */
export function instanceAsk(place: Where, instanceId: string, extra: Context = {}): Ask {
  const instance = findInstance(place.view, place.region, instanceId, place.now);
  return { resource: ec2Arn(place, 'instance', instanceId), context: { 'ec2:Region': place.region, 'ec2:InstanceID': instanceId, ...(instance && instanceKeys(place, instance)), ...extra } };
}

function instanceKeys({ account, view, region }: Where, { InstanceId, InstanceType, Profile, MetadataOptions }: InstanceDoc): Context {
  return {
    ...standingInstanceKeys(account, region),
    'ec2:InstanceType': InstanceType, 'ec2:InstanceProfile': Profile?.InstanceProfileArn,
    'ec2:MetadataHttpEndpoint': MetadataOptions.HttpEndpoint, 'ec2:MetadataHttpTokens': MetadataOptions.HttpTokens, 'ec2:MetadataHttpPutResponseHopLimit': String(MetadataOptions.HttpPutResponseHopLimit), 'ec2:InstanceMetadataTags': MetadataOptions.InstanceMetadataTags,
    ...resourceTagContext(tagsOf(view, region, InstanceId)),
  };
}

/** What is the same of every instance here. */
export function standingInstanceKeys(account: string, region: string): Context {
  const { zone } = defaultNetwork(account, region);
  return { 'ec2:Region': region, 'ec2:AvailabilityZone': zone.name, 'ec2:AvailabilityZoneId': zone.id, 'ec2:EbsOptimized': 'false', 'ec2:InstanceMarketType': 'on-demand', 'ec2:RootDeviceType': 'ebs', 'ec2:Tenancy': 'default' };
}

export const keyPairAsk = (place: Where, name: string, extra: Context = {}): Ask => ({ resource: ec2Arn(place, 'key-pair', name), context: { 'ec2:Region': place.region, ...keyPairKeys(place, findKeyPair(place.view, place.region, name)), ...extra } });

const keyPairKeys = ({ view, region }: Where, keyPair: KeyPairDoc | undefined): Context => (keyPair ? { 'ec2:KeyPairName': keyPair.KeyName, 'ec2:KeyPairType': keyPair.KeyType, ...resourceTagContext(tagsOf(view, region, keyPair.KeyPairId)) } : {});

/** The one image of a region is nobody's in particular: its ARN has no account. */
export const imageAsk = ({ region, view }: Where, imageId: string): Ask => ({
  resource: `arn:${arn.partition}:ec2:${region}::image/${imageId}`,
  context: { 'ec2:Region': region, 'ec2:ImageID': imageId, ...(imageId === imageIdOf(region) && { 'ec2:ImageType': 'machine', 'ec2:Owner': hostImage.ownerAlias, 'ec2:Public': 'true', 'ec2:RootDeviceType': 'ebs', ...resourceTagContext(tagsOf(view, region, imageId)) }) },
});

export function subnetAsk(place: Where, subnetId: string): Ask {
  const { zone, vpcId } = defaultNetwork(place.account, place.region);
  return { resource: ec2Arn(place, 'subnet', subnetId), context: { 'ec2:Region': place.region, 'ec2:SubnetID': subnetId, 'ec2:AvailabilityZone': zone.name, 'ec2:AvailabilityZoneId': zone.id, 'ec2:Vpc': ec2Arn(place, 'vpc', vpcId), ...resourceTagContext(tagsOf(place.view, place.region, subnetId)) } };
}

export const securityGroupAsk = (place: Where, groupId: string): Ask => ({
  resource: ec2Arn(place, 'security-group', groupId),
  context: { 'ec2:Region': place.region, 'ec2:SecurityGroupID': groupId, 'ec2:Vpc': ec2Arn(place, 'vpc', defaultNetwork(place.account, place.region).vpcId), ...resourceTagContext(tagsOf(place.view, place.region, groupId)) },
});

/** One that is to be made. */
export function newNetworkInterfaceAsk(place: Where, subnetId: string, associatesPublicIp: boolean | undefined, tags: readonly TagDoc[]): Ask {
  const { zone, vpcId } = defaultNetwork(place.account, place.region);
  return { resource: ec2Arn(place, 'network-interface', '*'), context: { 'ec2:Region': place.region, 'ec2:AvailabilityZone': zone.name, 'ec2:Subnet': ec2Arn(place, 'subnet', subnetId), 'ec2:Vpc': ec2Arn(place, 'vpc', vpcId), 'ec2:AssociatePublicIpAddress': associatesPublicIp === undefined ? undefined : String(associatesPublicIp), ...requestTagContext(tags) } };
}

export const newVolumeAsk = (place: Where, sizeGiB: number, tags: readonly TagDoc[]): Ask => ({
  resource: ec2Arn(place, 'volume', '*'),
  context: { 'ec2:Region': place.region, 'ec2:AvailabilityZone': defaultNetwork(place.account, place.region).zone.name, 'ec2:Encrypted': 'false', 'ec2:VolumeSize': String(sizeGiB), 'ec2:VolumeType': 'gp3', 'ec2:VolumeIops': '3000', 'ec2:VolumeThroughput': '125', ...requestTagContext(tags) },
});

/** Tagging what the operation makes is asked for as well. Source: "Grant permission to tag Amazon EC2 resources during creation". */
export const tagOnCreateAsk = (place: Where, type: string, id: string, createAction: string, tags: readonly TagDoc[]): Ask => ({ action: 'ec2:CreateTags', resource: ec2Arn(place, type, id), context: { 'ec2:Region': place.region, 'ec2:CreateAction': createAction, ...requestTagContext(tags) } });

/** The role in a profile is passed to EC2, for that instance. Source: "Grant permissions to pass an IAM role to instances" (EC2 User Guide); "iam:AssociatedResourceArn" (IAM User Guide). */
export function passRoleAsk(place: Where, { RoleId }: InstanceProfileDoc, instanceId: string): readonly Ask[] {
  const role = RoleId === undefined ? undefined : place.view.roles.find(RoleId);
  if (!role) return [];
  const tags = Object.fromEntries((role.Tags ?? []).flatMap(({ Key, Value }) => ['aws:ResourceTag/', 'iam:ResourceTag/'].map((prefix) => [`${prefix}${Key}`, Value])));
  return [{ action: 'iam:PassRole', resource: arn.role(place.account, role.Path, role.RoleName), context: { 'iam:PassedToService': 'ec2.amazonaws.com', 'iam:AssociatedResourceArn': ec2Arn(place, 'instance', instanceId), ...tags } }];
}
