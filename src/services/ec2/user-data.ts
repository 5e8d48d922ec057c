/** An instance's user data: as it is given, as it is kept. Scripts hold secrets, so it is sealed. */
import type { SealPlace } from '../../base/seal.ts';
import type { InstanceDoc } from '../../store/instance-docs.ts';

export const userDataPlace = (account: string, { InstanceId }: Pick<InstanceDoc, 'InstanceId'>): SealPlace => ({ account, table: 'instances', key: InstanceId, field: 'UserData' });
