/** The categories of an instance's metadata. What an instance here does not have stands in none. Source: "Instance metadata categories" (EC2 User Guide). */
import { isoSeconds } from '../../base/clock.ts';
import { securityGroupName, subnetCidr, vpcCidr } from '../../services/ec2/network.ts';
import type { InstanceFacts } from './facts.ts';
import { directory, text, value } from './tree.ts';
import type { Directory, Entry } from './tree.ts';

/** What is made by others, when it is asked for. */
export interface Made {
  /** The answer of `security-credentials/ROLE`. */
  credentials(): Promise<string>;
  /** `document`, `signature` … of `dynamic/instance-identity/`. */
  identity(): Readonly<Record<string, Entry | undefined>>;
}

export const instanceTree = (facts: InstanceFacts, made: Made): Directory => directory(() => ({
  'dynamic': directory(() => ({ 'instance-identity': directory(() => made.identity()) })),
  'meta-data': metaData(facts, made),
  'user-data': facts.userData && value(() => facts.userData),
}), () => ['dynamic', 'meta-data', ...(facts.userData ? ['user-data'] : [])]);

function metaData(facts: InstanceFacts, made: Made): Directory {
  const { instance, network } = facts;
  const hostName = hostNameOf(facts);
  return directory(() => ({
    'ami-id': text(instance.ImageId),
    'ami-launch-index': text(String(instance.AmiLaunchIndex)),
    'ami-manifest-path': text('(unknown)'),
    'block-device-mapping': directory(() => ({ ami: text('/dev/xvda'), root: text('/dev/xvda') })),
    'hostname': text(hostName),
    'iam': facts.profile && iam(facts, made),
    'instance-action': text('none'),
    'instance-id': text(instance.InstanceId),
    'instance-life-cycle': text('on-demand'),
    'instance-type': text(instance.InstanceType),
    'local-hostname': text(hostName),
    'local-ipv4': text(instance.PrivateIpAddress),
    'mac': text(instance.MacAddress),
    'managed-ssh-keys': facts.activeSshKeys.size > 0 ? directory(() => ({ 'active-keys': activeKeys(facts) })) : undefined,
    'network': directory(() => ({ interfaces: directory(() => ({ macs: directory(() => ({ [instance.MacAddress]: networkInterface(facts) })) })) })),
    'placement': directory(() => ({ 'availability-zone': text(instance.AvailabilityZone), 'availability-zone-id': text(network.zone.id), 'region': text(instance.Region) })),
    'public-ipv4': text(instance.PublicIpAddress),
    'public-keys': instance.KeyPair && publicKeys(instance.KeyPair),
    'reservation-id': text(instance.ReservationId),
    'security-groups': text(securityGroupName),
    'services': directory(() => ({ domain: text('amazonaws.com'), partition: text('aws') })),
    'tags': facts.tags.length > 0 && instance.MetadataOptions.InstanceMetadataTags === 'enabled' ? directory(() => ({ instance: directory(() => Object.fromEntries(facts.tags.map(({ Key, Value }) => [Key, text(Value)]))) })) : undefined,
  }));
}

/** `ip-172-31-0-4.eu-west-1.compute.internal`. Source: "EC2 instance hostnames and domains". */
function hostNameOf({ instance: { PrivateIpAddress, Region } }: InstanceFacts): string {
  return `ip-${PrivateIpAddress.replaceAll('.', '-')}.${Region === 'us-east-1' ? 'ec2' : `${Region}.compute`}.internal`;
}

/** Source: "Troubleshoot IAM and Amazon EC2" (IAM User Guide). */
function iam({ profile, role, instance }: InstanceFacts, made: Made): Directory {
  const updated = { LastUpdated: isoSeconds(instance.Profile?.AssociateDate ?? instance.LaunchTime) };
  const info = profile!.isGone
    ? { Code: 'InstanceProfileNotFound', Message: `The instance profile ${profile!.arn} could not be found`, ...updated }
    : { Code: 'Success', ...updated, InstanceProfileArn: profile!.arn, InstanceProfileId: profile!.id };
  return directory(() => ({
    'info': text(written(info)),
    'security-credentials': role && directory(() => ({ [role.RoleName]: value(() => made.credentials()) })),
  }));
}

const publicKeys = ({ KeyName, PublicKey }: { readonly KeyName: string; readonly PublicKey: string }): Directory =>
  directory(() => ({ 0: directory(() => ({ 'openssh-key': text(`${PublicKey.split(' ', 2).join(' ')} ${KeyName}`) })) }), () => [`0=${KeyName}`]);

/** Source: "How EC2 Instance Connect works": for sixty seconds. AWS's blocks are signed by the service, for it does not tell them over a connection that is the instance's own. */
const activeKeys = ({ activeSshKeys }: InstanceFacts): Directory => directory(() => Object.fromEntries(Array.from(activeSshKeys, ([user, keys]) => [user, text(keys.join('\n'))])));

function networkInterface(facts: InstanceFacts): Directory {
  const { account, instance, network } = facts;
  return directory(() => ({
    'device-number': text('0'),
    'interface-id': text(instance.NetworkInterfaceId),
    'local-hostname': text(hostNameOf(facts)),
    'local-ipv4s': text(instance.PrivateIpAddress),
    'mac': text(instance.MacAddress),
    'owner-id': text(account),
    'public-ipv4s': text(instance.PublicIpAddress),
    'security-group-ids': text(network.securityGroupId),
    'security-groups': text(securityGroupName),
    'subnet-id': text(network.subnetId),
    'subnet-ipv4-cidr-block': text(subnetCidr),
    'vpc-id': text(network.vpcId),
    'vpc-ipv4-cidr-block': text(vpcCidr),
    'vpc-ipv4-cidr-blocks': text(vpcCidr),
  }));
}

/** JSON without structures in it, as the service writes it. */
export const written = (json: Readonly<Record<string, string | null>>): string => `{\n${Object.entries(json).map(([name, content]) => `  ${JSON.stringify(name)} : ${JSON.stringify(content)}`).join(',\n')}\n}`;
