/** CreateTags, DeleteTags, DescribeTags: of whatever has an id here. Source: "CreateTags" and its siblings (EC2 API Reference). */
import type { Ec2, ResourceType, Tag, TagDescription } from '../../../models/ec2.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';
import { ec2Arn, imageAsk, instanceAsk, keyPairAsk, noResource, securityGroupAsk, subnetAsk } from './access.ts';
import { filtered } from './filters.ts';
import type { FilterTable } from './filters.ts';
import { isEc2Id } from './ids.ts';
import { imageIdOf } from './image.ts';
import { ec2Limits } from './limits.ts';
import { findInstance, instancesOf, tagsOf } from './lookup.ts';
import type { Place, RaiseEc2 } from './lookup.ts';
import { defaultNetwork } from './network.ts';
import { pageOf } from './paging.ts';
import { checkTagKey, putTags, readTags, requestTagContext, resourceTagContext } from './tag-rules.ts';

type Context = NonNullable<Ask['context']>;

interface Taggable {
  readonly type: ResourceType;
  /** What it is asked by; undefined where there is no such thing. */
  readonly ask: (place: Place, id: string) => Ask | undefined;
  /** What is said where there is no such thing. */
  readonly missing: (id: string, error: RaiseEc2) => Error;
}

const plainAsk = (type: string) => (place: Place, id: string): Ask => ({ resource: ec2Arn(place, type, id), context: { 'ec2:Region': place.region, ...resourceTagContext(tagsOf(place.view, place.region, id)) } });
const standing = (type: ResourceType, idOf: (account: string, region: string) => string, ask: (place: Place, id: string) => Ask, missing: Taggable['missing']): Taggable => ({ type, ask: (place, id) => (id === idOf(place.account, place.region) ? ask(place, id) : undefined), missing });
const notValid = (id: string, error: RaiseEc2): Error => error('InvalidID', `The ID '${id}' is not valid`);

/** By what an id begins with. */
const taggable: Readonly<Record<string, Taggable>> = {
  i: { type: 'instance', ask: (place, id) => (findInstance(place.view, place.region, id, place.now) ? instanceAsk(place, id) : undefined), missing: (id, error) => error('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`) },
  key: {
    type: 'key-pair',
    ask: (place, id) => {
      const pair = place.view.keyPairs.find(pairKey(place.region, id));
      return pair && keyPairAsk(place, pair.KeyName);
    },
    missing: (id, error) => error('InvalidKeyPair.NotFound', `The key pair ID '${id}' does not exist`),
  },
  vol: { type: 'volume', ask: (place, id) => (instancesOf(place.view, place.region, place.now).some(({ VolumeId, State }) => VolumeId === id && State !== 'terminated') ? volumeAsk(place, id) : undefined), missing: (id, error) => error('InvalidVolume.NotFound', `The volume '${id}' does not exist.`) },
  eni: { type: 'network-interface', ask: (place, id) => (instancesOf(place.view, place.region, place.now).some(({ NetworkInterfaceId, State }) => NetworkInterfaceId === id && State !== 'terminated') ? interfaceAsk(place, id) : undefined), missing: (id, error) => error('InvalidNetworkInterfaceID.NotFound', `The networkInterface ID '${id}' does not exist`) },
  ami: { ...standing('image', (_, region) => imageIdOf(region), imageAsk, (id, error) => error('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`)) },
  vpc: standing('vpc', (account, region) => defaultNetwork(account, region).vpcId, (place, id) => withKeys(plainAsk('vpc')(place, id), { 'ec2:VpcID': id, 'ec2:Tenancy': 'default' }), (id, error) => error('InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`)),
  subnet: standing('subnet', (account, region) => defaultNetwork(account, region).subnetId, subnetAsk, (id, error) => error('InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`)),
  sg: standing('security-group', (account, region) => defaultNetwork(account, region).securityGroupId, securityGroupAsk, (id, error) => error('InvalidGroup.NotFound', `The security group '${id}' does not exist`)),
  rtb: standing('route-table', (account, region) => defaultNetwork(account, region).routeTableId, (place, id) => withKeys(plainAsk('route-table')(place, id), { 'ec2:RouteTableID': id, 'ec2:Vpc': ec2Arn(place, 'vpc', defaultNetwork(place.account, place.region).vpcId) }), (id, error) => error('InvalidRouteTableID.NotFound', `The routeTable ID '${id}' does not exist`)),
};

const withKeys = (ask: Ask, keys: Context): Ask => ({ ...ask, context: { ...ask.context, ...keys } });

const volumeAsk = (place: Place, id: string): Ask => withKeys(plainAsk('volume')(place, id), { 'ec2:VolumeID': id, 'ec2:AvailabilityZone': defaultNetwork(place.account, place.region).zone.name, 'ec2:Encrypted': 'false', 'ec2:VolumeType': 'gp3' });

function interfaceAsk(place: Place, id: string): Ask {
  const { zone, subnetId, vpcId } = defaultNetwork(place.account, place.region);
  return withKeys(plainAsk('network-interface')(place, id), { 'ec2:NetworkInterfaceID': id, 'ec2:AvailabilityZone': zone.name, 'ec2:Subnet': ec2Arn(place, 'subnet', subnetId), 'ec2:Vpc': ec2Arn(place, 'vpc', vpcId) });
}

export const tags = {
  CreateTags: {
    access: ({ Resources, Tags }, context) => asksFor(context, Resources, requestTagContext(readTags(Tags, context.error))),
    run: ({ Resources, Tags }, context) => context.write((draft) => {
      const given = readTags(Tags, context.error);
      if (given.length === 0) throw context.error('MissingParameter', 'The request must contain the parameter Tag');
      for (const { id, type } of existing({ ...context, view: draft }, Resources)) putTags(draft, context.region, id, type, given, context.error);
    }),
  },

  DeleteTags: {
    access: ({ Resources, Tags }, context) => asksFor(context, Resources, removalContext(Tags)),
    run: ({ Resources, Tags = [] }, context) => context.write((draft) => {
      for (const { Key = '' } of Tags) checkTagKey(Key, context.error);
      for (const { id } of existing({ ...context, view: draft }, Resources)) removeTags(draft, pairKey(context.region, id), Tags);
    }),
  },

  DescribeTags: {
    access: (_, context) => noResource(context),
    run({ Filters, ...paging }, context) {
      const all = context.view.ec2Tags.listBy('region', context.region).flatMap(({ ResourceId, ResourceType: type, Tags }) => Tags.map(({ Key, Value }): TagDescription => ({ ResourceId, ResourceType: type as ResourceType, Key, Value })));
      const sorted = [...all].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
      const { page, end } = pageOf(filtered(sorted, Filters, filters, context.error, ({ Key = '', Value = '' }) => [{ Key, Value }]), placeOf, paging, context);
      return { Tags: page, ...end };
    },
  },
} satisfies Operations<Ec2, 'CreateTags' | 'DeleteTags' | 'DescribeTags'>;

const filters: FilterTable<TagDescription> = {
  key: ({ Key }) => Key,
  value: ({ Value }) => Value,
  'resource-id': ({ ResourceId: id }) => id,
  'resource-type': ({ ResourceType: type }) => type,
};

const placeOf = ({ ResourceId: id, Key }: TagDescription): string => `${id}/${Key}`;

/** What stands before an id's digits, and what it is the id of. */
function kindOf(id: string): Taggable | undefined {
  const prefix = id.slice(0, Math.max(0, id.lastIndexOf('-')));
  return Object.hasOwn(taggable, prefix) && isEc2Id(id, prefix) ? taggable[prefix] : undefined;
}

/** Each resource is asked for; one that there is not, as what its id says it would be. */
function asksFor(place: Place, resources: readonly string[], context: Context): readonly [Ask, ...Ask[]] {
  if (resources.length > ec2Limits.taggedMax) throw place.error('InvalidParameterValue', `A request can name at most ${ec2Limits.taggedMax} resources.`);
  const [first, ...others] = [...new Set(resources)].map((id) => {
    const kind = kindOf(id);
    if (!kind) throw notValid(id.slice(0, 128), place.error);
    return withKeys(kind.ask(place, id) ?? plainAsk(kind.type)(place, id), context);
  });
  if (!first) throw place.error('MissingParameter', 'The request must contain the parameter ResourceId');
  return [first, ...others];
}

function existing(place: Place, resources: readonly string[]): readonly { readonly id: string; readonly type: ResourceType }[] {
  return [...new Set(resources)].map((id) => {
    const kind = kindOf(id);
    if (!kind) throw notValid(id.slice(0, 128), place.error);
    if (!kind.ask(place, id)) throw kind.missing(id, place.error);
    return { id, type: kind.type };
  });
}

const removalContext = (tags: readonly Tag[] | undefined): Context => (tags && tags.length > 0 ? { 'aws:TagKeys': tags.map(({ Key = '' }) => Key), ...Object.fromEntries(tags.flatMap(({ Key = '', Value }) => (Value === undefined ? [] : [[`aws:RequestTag/${Key}`, Value]]))) } : {});

/** A tag whose value is given too goes only with that value; where none is named, all go. */
function removeTags(draft: Draft, key: string, removed: readonly Tag[]): void {
  const before = draft.ec2Tags.find(key);
  if (!before) return;
  const Tags = removed.length === 0 ? [] : before.Tags.filter(({ Key, Value }) => !removed.some((tag) => tag.Key === Key && (tag.Value === undefined || tag.Value === Value)));
  if (Tags.length === 0) draft.ec2Tags.remove(key);
  else draft.ec2Tags.update({ ...before, Tags });
}
