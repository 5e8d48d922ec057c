/** What a push leaves in the journal: the repository was modified, and its first branch became its default. */
import type { Timestamp } from '../../base/clock.ts';
import type { RepositoryDoc } from '../../store/repository-doc.ts';
import type { Draft } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';

/** `branches` are those that were made or moved. A repository that is gone is left gone. */
export function recordPush(draft: Draft, { Region, RepositoryId }: Pick<RepositoryDoc, 'Region' | 'RepositoryId'>, branches: readonly string[], at: Timestamp): void {
  const repository = draft.repositories.find(pairKey(Region, RepositoryId));
  if (!repository) return;
  const first = repository.DefaultBranch ?? branches[0];
  draft.repositories.update({ ...repository, LastModifiedDate: Math.max(at, repository.LastModifiedDate), ...(first !== undefined && { DefaultBranch: first }) });
}
