/** The network that RunInstances is asked for, in either of the two ways to say it: of the instance itself, or of its one interface. Source: "RunInstances", NetworkInterface.N (EC2 API Reference). */
import type { RunInstancesRequest } from '../../../models/ec2.ts';
import type { RaiseEc2 } from './lookup.ts';

export interface StatedNetwork {
  readonly subnetId: string | undefined;
  readonly groupIds: readonly string[];
  readonly privateIpAddress: string | undefined;
  readonly associatesPublicIp: boolean | undefined;
}

export function statedNetwork({ SubnetId, SecurityGroupIds = [], SecurityGroups = [], PrivateIpAddress, NetworkInterfaces = [] }: RunInstancesRequest, error: RaiseEc2): StatedNetwork {
  const [stated, another] = NetworkInterfaces;
  if (!stated) return { subnetId: SubnetId || undefined, groupIds: SecurityGroupIds, privateIpAddress: PrivateIpAddress, associatesPublicIp: undefined };
  if (SubnetId || SecurityGroupIds.length > 0 || SecurityGroups.length > 0) throw error('InvalidParameterCombination', `Network interfaces and an instance-level ${SubnetId ? 'subnet ID' : 'security groups'} may not be specified on the same request`);
  const { DeviceIndex, SubnetId: subnetId, Groups: groupIds = [], PrivateIpAddress: address = PrivateIpAddress, AssociatePublicIpAddress: associatesPublicIp, DeleteOnTermination = true, InterfaceType = 'interface', NetworkCardIndex = 0, Description = '', ...others } = stated;
  if (DeviceIndex === undefined) throw error('MissingParameter', 'Each network interface requires a device index.');
  if (another || DeviceIndex !== 0 || NetworkCardIndex !== 0) throw error('Unsupported', 'An instance here has one network interface: device 0 of network card 0.');
  if (associatesPublicIp === false) throw error('Unsupported', 'An instance here is reached at an address of its host: leave AssociatePublicIpAddress out.');
  const unmet = !DeleteOnTermination ? 'DeleteOnTermination' : InterfaceType !== 'interface' ? 'InterfaceType' : Description !== '' ? 'Description' : Object.entries(others).find(([, value]) => value !== undefined && value !== 0 && !(Array.isArray(value) && value.length === 0))?.[0];
  if (unmet !== undefined) throw error('Unsupported', `NetworkInterface.${unmet} asks for something that interfaces do not have here.`);
  return { subnetId: subnetId || undefined, groupIds, privateIpAddress: address, associatesPublicIp };
}
