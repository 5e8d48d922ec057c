/** EC2 Instance Connect: a public key that opens an instance for a minute, for who may push it. */
import type { Ec2InstanceConnect } from '../../../models/ec2-instance-connect.ts';
import { service } from '../operation.ts';
import { sendSshPublicKey } from './send-ssh-public-key.ts';

export const ec2InstanceConnect = service<Ec2InstanceConnect>()('ec2-instance-connect', { unimplemented: ['SendSerialConsoleSSHPublicKey'], operations: { ...sendSshPublicKey } });
