/** Which account an access key id belongs to, told without loading any. */
import { accountOf } from '../base/ids.ts';
import type { PartitionView } from '../store/store.ts';

/** The account that the partition knows for the id, else the one the id embeds; undefined where there is no such account. */
export function accountOfKey(accessKeyId: string, partition: PartitionView): string | undefined {
  // A given id may embed, by chance, the number of an account that is not its own: what was recorded comes first.
  const account = partition.foreignAccessKeys.find(accessKeyId)?.AccountId ?? accountOf(accessKeyId);
  return account !== undefined && partition.accounts.find(account) ? account : undefined;
}
