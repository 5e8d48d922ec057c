/** What the driver of machines is told of an instance. */
import type { Seal } from '../../base/seal.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import { MachineRefused } from './driver.ts';
import type { Machine } from './driver.ts';
import { instanceTypes } from './instance-types.ts';
import { userDataPlace } from './user-data.ts';

/** Throws MachineRefused where this Gatehouse does not know what the instance is. */
export function machineOf(account: string, instance: InstanceDoc, seal: Seal): Machine {
  const { MachineId, InstanceId, Region, InstanceType, PrivateIpAddress, UserData, KeyPair, VolumeSizeGiB } = instance;
  const type = instanceTypes.get(InstanceType);
  if (!type) throw new MachineRefused(`this Gatehouse knows no instance type ${InstanceType}`);
  return {
    machineId: MachineId, account, region: Region, instanceId: InstanceId, instanceType: InstanceType, ...type, diskGiB: VolumeSizeGiB, privateIpAddress: PrivateIpAddress,
    hostName: `ip-${PrivateIpAddress.replaceAll('.', '-')}`,
    userData: UserData === undefined ? undefined : Buffer.from(seal.open(UserData, userDataPlace(account, instance)), 'base64'),
    publicKey: KeyPair?.PublicKey,
  };
}
