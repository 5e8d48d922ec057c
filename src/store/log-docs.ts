/** Log groups of CloudWatch Logs and their streams: all of them but their events, which lie in files that are named by the ids. */
import type { Timestamp } from '../base/clock.ts';

export interface LogGroupDoc {
  /** A UUID, which never returns. */
  readonly LogGroupId: string;
  readonly Region: string;
  readonly LogGroupName: string;
  readonly CreateDate: Timestamp;
  /** How long events are kept; for ever where it is absent. */
  readonly RetentionDays?: number | undefined;
  readonly IsDeletionProtected?: boolean | undefined;
  readonly Tags?: Readonly<Record<string, string>> | undefined;
}

export interface LogStreamDoc {
  readonly LogGroupId: string;
  /** A UUID, which never returns. */
  readonly LogStreamId: string;
  readonly LogStreamName: string;
  readonly CreateDate: Timestamp;
}
