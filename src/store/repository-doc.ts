/** A Git repository of CodeCommit: all of it but its commits, which lie in a folder named by its id. */
import type { Timestamp } from '../base/clock.ts';

export interface RepositoryDoc {
  /** A UUID, which never returns. */
  readonly RepositoryId: string;
  readonly Region: string;
  readonly RepositoryName: string;
  readonly Description?: string | undefined;
  /** Absent until a branch is there. */
  readonly DefaultBranch?: string | undefined;
  readonly CreateDate: Timestamp;
  /** Also when something was pushed. */
  readonly LastModifiedDate: Timestamp;
  readonly Tags?: Readonly<Record<string, string>> | undefined;
}
