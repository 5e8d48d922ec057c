/** Attributes of an instance, one at a time, and its metadata options. Source: "ModifyInstanceAttribute", "DescribeInstanceAttribute" (EC2 API Reference). */
import type { Ec2, InstanceAttribute, InstanceAttributeName, ModifyInstanceAttributeRequest } from '../../../models/ec2.ts';
import type { Ask } from '../../authz/ask.ts';
import type { Seal } from '../../base/seal.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { Operations } from '../operation.ts';
import { instanceAsk, securityGroupAsk } from './access.ts';
import { hostImage } from './image.ts';
import { instanceTypes } from './instance-types.ts';
import { checkInstanceIds, getInstance, terminatedGone } from './lookup.ts';
import type { RaiseEc2 } from './lookup.ts';
import { changedOptions } from './metadata-options.ts';
import { defaultNetwork } from './network.ts';
import { groupsOf } from './shown-instance.ts';
import { checkedUserData, userDataPlace } from './user-data.ts';

interface Where { readonly account: string; readonly region: string; readonly seal: Seal; readonly error: RaiseEc2 }

/** What DescribeInstanceAttribute shows of each. */
const shownAttributes: Record<InstanceAttributeName, (instance: InstanceDoc, where: Where) => InstanceAttribute> = {
  blockDeviceMapping: ({ VolumeId, CreateDate }) => ({ BlockDeviceMappings: [{ DeviceName: hostImage.rootDeviceName, Ebs: { VolumeId, Status: 'attached', AttachTime: CreateDate, DeleteOnTermination: true } }] }),
  disableApiStop: ({ DisableApiStop }) => ({ DisableApiStop: { Value: DisableApiStop } }),
  disableApiTermination: ({ DisableApiTermination }) => ({ DisableApiTermination: { Value: DisableApiTermination } }),
  ebsOptimized: () => ({ EbsOptimized: { Value: false } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  enclaveOptions: () => ({ EnclaveOptions: { Enabled: false } }),
  groupSet: (_, { account, region }) => ({ Groups: groupsOf(defaultNetwork(account, region)) }),
  instanceInitiatedShutdownBehavior: ({ ShutdownBehavior }) => ({ InstanceInitiatedShutdownBehavior: { Value: ShutdownBehavior } }),
  instanceType: ({ InstanceType }) => ({ InstanceType: { Value: InstanceType } }),
  kernel: () => ({ KernelId: {} }),
  productCodes: () => ({ ProductCodes: [] }),
  ramdisk: () => ({ RamdiskId: {} }),
  rootDeviceName: () => ({ RootDeviceName: { Value: hostImage.rootDeviceName } }),
  sourceDestCheck: () => ({ SourceDestCheck: { Value: true } }),
  sriovNetSupport: () => ({ SriovNetSupport: {} }),
  userData: (instance, { account, seal }) => ({ UserData: instance.UserData === undefined ? {} : { Value: seal.open(instance.UserData, userDataPlace(account, instance)) } }),
};

export const instanceAttributes = {
  DescribeInstanceAttribute: {
    access: ({ InstanceId }, context) => {
      checkInstanceIds([InstanceId], context.error);
      return [instanceAsk(context, InstanceId)];
    },
    run: ({ InstanceId, Attribute }, context) => ({ InstanceId, ...shownAttributes[Attribute](getInstance(context, InstanceId), context) }),
  },

  ModifyInstanceAttribute: {
    access: (input, context) => {
      checkInstanceIds([input.InstanceId], context.error);
      const change = readChange(input, context.error);
      // GUESS: the value of an attribute that is a secret, or several, is no context key.
      const asked: Ask = instanceAsk(context, input.InstanceId, { 'ec2:Attribute': change.name, ...(typeof change.value !== 'object' && { [`ec2:Attribute/${change.name}`]: String(change.value) }) });
      return [asked, ...(input.Groups ?? []).map((group) => securityGroupAsk(context, group))];
    },
    run: (input, context) => context.write((draft) => {
      const instance = terminatedGone(getInstance({ ...context, view: draft }, input.InstanceId), context.error);
      const { name, value } = readChange(input, context.error);
      const { isOnlyStopped, change } = changeable[name];
      if (isOnlyStopped && instance.State !== 'stopped') throw context.error('IncorrectInstanceState', `The instance '${instance.InstanceId}' is not in the 'stopped' state.`);
      // Each row is given what was read of its own member.
      draft.instances.update({ ...instance, ...change(value as never, instance, context) });
    }),
  },

  ModifyInstanceMetadataOptions: {
    access: ({ InstanceId, HttpEndpoint, HttpTokens, HttpPutResponseHopLimit, InstanceMetadataTags }, context) => {
      checkInstanceIds([InstanceId], context.error);
      const asked = { HttpEndpoint, HttpTokens, HttpPutResponseHopLimit: HttpPutResponseHopLimit === undefined ? undefined : String(HttpPutResponseHopLimit), InstanceMetadataTags };
      // What it has stands in the instance's own keys, what it is to have in these.
      return [instanceAsk(context, InstanceId, Object.fromEntries(Object.entries(asked).map(([name, value]) => [`ec2:Attribute/${name}`, value])))];
    },
    run: ({ InstanceId, ...asked }, context) => context.write((draft) => {
      const instance = terminatedGone(getInstance({ ...context, view: draft }, InstanceId), context.error);
      const MetadataOptions = changedOptions(instance.MetadataOptions, asked, context.error);
      draft.instances.update({ ...instance, MetadataOptions });
      return { InstanceId, InstanceMetadataOptions: { State: 'pending' as const, ...MetadataOptions } };
    }),
  },
} satisfies Operations<Ec2, 'DescribeInstanceAttribute' | 'ModifyInstanceAttribute' | 'ModifyInstanceMetadataOptions'>;

interface Changeable<Value> {
  /** `instanceType`, where the request names the attribute beside its value. */
  readonly alias: InstanceAttributeName;
  readonly isOnlyStopped: boolean;
  /** The value in text, undefined where it is none of this attribute's. */
  readonly read: (text: string) => Value | undefined;
  readonly change: (value: Value, instance: InstanceDoc, where: Where) => Partial<InstanceDoc>;
}

const flag = (text: string): boolean | undefined => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined);
const text = (value: string): string => value;
/** What has one value here, and may be set to it. */
const standing = <Value>(alias: InstanceAttributeName, read: Changeable<Value>['read'], isAsHere: (value: Value, where: Where) => boolean): Changeable<Value> => ({
  alias, isOnlyStopped: false, read,
  change(value, _, where) {
    if (!isAsHere(value, where)) throw where.error('Unsupported', `The attribute ${alias} cannot be changed here.`);
    return {};
  },
});

/** The attributes that can be changed, under the names that the request has for them. */
const changeable = {
  DisableApiStop: { alias: 'disableApiStop', isOnlyStopped: false, read: flag, change: (DisableApiStop) => ({ DisableApiStop }) } as Changeable<boolean>,
  DisableApiTermination: { alias: 'disableApiTermination', isOnlyStopped: false, read: flag, change: (DisableApiTermination) => ({ DisableApiTermination }) } as Changeable<boolean>,
  EbsOptimized: standing<boolean>('ebsOptimized', flag, (value) => !value),
  EnaSupport: standing<boolean>('enaSupport', flag, (value) => value),
  Groups: standing<readonly string[]>('groupSet', () => undefined, (groups, { account, region }) => groups.every((group) => group === defaultNetwork(account, region).securityGroupId)),
  InstanceInitiatedShutdownBehavior: {
    alias: 'instanceInitiatedShutdownBehavior', isOnlyStopped: false, read: text,
    change: (value, _, { error }) => {
      if (value !== 'stop' && value !== 'terminate') throw error('InvalidParameterValue', `Value (${value.slice(0, 64)}) for parameter instanceInitiatedShutdownBehavior is invalid. It must be stop or terminate.`);
      return { ShutdownBehavior: value };
    },
  } as Changeable<string>,
  InstanceType: {
    alias: 'instanceType', isOnlyStopped: true, read: text,
    change: (value, _, { error }) => {
      if (!instanceTypes.has(value)) throw error('InvalidInstanceAttributeValue', `The instanceType '${value.slice(0, 64)}' is not supported for instance in a VPC.`);
      return { InstanceType: value };
    },
  } as Changeable<string>,
  SourceDestCheck: standing<boolean>('sourceDestCheck', flag, (value) => value),
  UserData: {
    // As text beside its name it would be a secret that no record could know for one.
    alias: 'userData', isOnlyStopped: true, read: () => undefined,
    change: (value, instance, { account, seal, error }) => ({ UserData: value.byteLength === 0 ? undefined : seal.seal(checkedUserData(value, error), userDataPlace(account, instance)) }),
  } as Changeable<Uint8Array>,
} as const;

type ChangeableName = keyof typeof changeable;

interface Change { readonly name: ChangeableName; readonly value: boolean | string | Uint8Array | readonly string[] }

function readChange({ InstanceId: _, DryRun: __, Attribute, Value, ...members }: ModifyInstanceAttributeRequest, error: RaiseEc2): Change {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  if (given.length + (Attribute === undefined ? 0 : 1) > 1) throw error('InvalidParameterCombination', `Fields for multiple attribute types specified: ${[...given.map(([name]) => name), ...(Attribute === undefined ? [] : [Attribute])].join(', ')}`);
  if (Attribute !== undefined) return namedChange(Attribute, Value, error);
  const [name, held] = given[0] ?? [];
  if (name === undefined) throw error('InvalidParameterCombination', 'No attributes specified.');
  if (!Object.hasOwn(changeable, name)) throw error('Unsupported', `The attribute ${name} cannot be changed here.`);
  // The model types each member: the groups as a list, the others as a structure with a value of the member's kind.
  const value = Array.isArray(held) ? (held as readonly string[]) : (held as { readonly Value?: boolean | string | Uint8Array }).Value;
  if (value === undefined) throw error('MissingParameter', `The request must contain the parameter ${name}.Value`);
  return { name: name as ChangeableName, value };
}

function namedChange(attribute: InstanceAttributeName, given: string | undefined, error: RaiseEc2): Change {
  const [name, row] = Object.entries(changeable).find(([, { alias }]) => alias === attribute) ?? [];
  if (!row) throw error('Unsupported', `The attribute ${attribute} cannot be changed here.`);
  if (given === undefined) throw error('MissingParameter', 'The request must contain the parameter Value');
  const value = row.read(given);
  if (value === undefined) throw error('InvalidParameterValue', `The attribute ${attribute} is to be given as ${name}, not as a text beside its name.`);
  return { name: name as ChangeableName, value };
}

