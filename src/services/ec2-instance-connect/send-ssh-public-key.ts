/** SendSSHPublicKey. Source: "SendSSHPublicKey" (EC2 Instance Connect API Reference); "Grant IAM permissions for EC2 Instance Connect" (EC2 User Guide). */
import type { Ec2InstanceConnect } from '../../../models/ec2-instance-connect.ts';
import * as arn from '../../base/arn.ts';
import { readImportableKey } from '../../credentials/importable-key.ts';
import { readSshPublicKey, sshKeyBitsMin } from '../../credentials/ssh-public-key.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { Operations } from '../operation.ts';

/** As whom an instance here is signed in to: it has one user. */
const instanceUser = 'ec2-user';

export const sendSshPublicKey = {
  SendSSHPublicKey: {
    access({ InstanceId, InstanceOSUser }, { view, account, region }) {
      const tags = view.ec2Tags.find(pairKey(region, InstanceId))?.Tags ?? [];
      const resourceTags = Object.fromEntries(tags.flatMap(({ Key, Value }) => [[`aws:ResourceTag/${Key}`, Value], [`ec2:ResourceTag/${Key}`, Value]]));
      return [{ resource: `arn:${arn.partition}:ec2:${region}:${account}:instance/${InstanceId}`, context: { 'ec2:osuser': InstanceOSUser, ...resourceTags } }];
    },
    run({ InstanceId, InstanceOSUser, SSHPublicKey, AvailabilityZone }, { view, account, region, requestId, activeSshKeys, error }) {
      // GUESS: the words.
      const key = readImportableKey(SSHPublicKey);
      // Source: "SendSSHPublicKey": what EC2 imports besides, RSA of 1024 bits, is no key that signs in.
      if (typeof key === 'string' || (key.type === 'rsa' && (readSshPublicKey(key.openSsh)?.bits ?? 0) < sshKeyBitsMin)) throw error('InvalidArgsException', 'The SSHPublicKey is no public key of RSA (2048 or 4096 bits) or ED25519.');
      if (InstanceOSUser !== instanceUser) throw error('InvalidArgsException', `There is no user ${InstanceOSUser} on the instance: it has ${instanceUser}.`);
      const instance = findInstance(view, region, InstanceId);
      if (!instance) throw error('EC2InstanceNotFoundException', 'The specified instance was not found.');
      if (AvailabilityZone !== undefined && AvailabilityZone !== instance.AvailabilityZone) throw error('InvalidArgsException', `The instance is not in ${AvailabilityZone}.`);
      if (instance.State !== 'running') throw error('EC2InstanceStateInvalidException', 'Unable to connect because the instance is not in a valid state. Connecting to a stopped or terminated instance is not supported.');
      activeSshKeys.offer({ account, region, instanceId: InstanceId }, InstanceOSUser, key.openSsh);
      return { RequestId: requestId, Success: true };
    },
  },
} satisfies Operations<Ec2InstanceConnect, 'SendSSHPublicKey'>;

/** One that is no more is told apart from none by nobody. */
const findInstance = (view: AccountView, region: string, instanceId: string): InstanceDoc | undefined => {
  const found = view.instances.find(pairKey(region, instanceId));
  return found?.State === 'terminated' ? undefined : found;
};
