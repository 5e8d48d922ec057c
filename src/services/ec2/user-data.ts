/** An instance's user data: as it is given, as it is kept. Scripts hold secrets, so it is sealed. */
import type { SealPlace } from '../../base/seal.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';
import { ec2Limits } from './limits.ts';
import type { RaiseEc2 } from './lookup.ts';

export const userDataPlace = (account: string, { InstanceId }: Pick<InstanceDoc, 'InstanceId'>): SealPlace => ({ account, table: 'instances', key: InstanceId, field: 'UserData' });

/** The user data, which is base64 on the wire, in the one way to write it. */
export function readUserData(text: string, error: RaiseEc2): string {
  const compact = text.replaceAll(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(compact)) throw error('InvalidParameterValue', 'Invalid BASE64 encoding of user data.');
  return checkedUserData(Buffer.from(compact, 'base64'), error);
}

export function checkedUserData(bytes: Uint8Array, error: RaiseEc2): string {
  if (bytes.byteLength > ec2Limits.userDataBytesMax) throw error('InvalidParameterValue', `User data is limited to ${ec2Limits.userDataBytesMax} bytes`);
  return Buffer.from(bytes).toString('base64');
}
