/** The state as the rest of Gatehouse sees it: read-only views of what is durable, and `write`. */
import type { Timestamp } from '../base/clock.ts';
import type { DraftTables, TableViews } from './table.ts';
import type { AccountTables, PartitionTables } from './tables.ts';

/** The stream that alone holds what is unique across accounts. Every other stream is an account id. */
export const partitionStream = 'partition';

/**
 * An account as of one revision. A view handed out by the store is live: it shows what is durable now, and changes only between
 * event-loop turns and at `freshen`. A draft is a view too, showing what the drafts before it in the queue will have made.
 */
export type AccountView = TableViews<AccountTables> & {
  readonly account: string;
  /** The number of entries its stream had. */
  readonly revision: number;
};

export type PartitionView = TableViews<PartitionTables> & { readonly revision: number };

/** What a draft changes. It is written to the journal as one entry of the account's stream and, if the partition was changed, one of the partition's, together or not at all. */
export type Draft = DraftTables<AccountTables> & {
  readonly account: string;
  readonly revision: number;
  readonly partition: DraftTables<PartitionTables> & { readonly revision: number };
};

/** A draft that returns a Promise would not be atomic, so it does not compile. */
export type NotPromise<T> = T extends PromiseLike<unknown> ? never : T;

/** Who and what an entry is put down to. */
export interface Cause {
  /** ARN of the caller, or what else did it (`gatehouse`). */
  readonly by: string;
  readonly requestId: string;
  /** `iam:CreateUser` */
  readonly action: string;
}

export interface Written<T> {
  readonly value: T;
  /** The account's revision after the write (unchanged if the draft changed nothing). */
  readonly revision: number;
}

/** Hears of what failed and concerns no caller: it goes to the log. */
export type Warn = (message: string, cause: unknown) => void;

export interface Store {
  readonly partition: PartitionView;
  /** The account if it is in memory. */
  loaded(account: string): AccountView | undefined;
  /** The account, loaded first where it is not in memory; undefined if the partition has no such account. */
  account(account: string): Promise<AccountView | undefined>;
  /** Makes the views show all that any process had committed before the call. One cheap check. */
  freshen(): void;
  /** Runs `work`, which answers requests that have all arrived whole: within it the first `freshen` serves them all. */
  together(work: () => void): void;
  /**
   * Runs `draft` behind the drafts queued before it, on the state that they will have made, and resolves when what it changed is
   * durable. The draft may run more than once, has no effects, and what it throws rejects the write once the state it saw was confirmed current.
   * Rejects with ApiError ServiceFailure when the journal cannot be written. `account` may be one that the draft itself creates.
   */
  write<T>(account: string, cause: Cause, draft: (draft: Draft) => NotPromise<T>): Promise<Written<T>>;
  /** Waits until the account's revision is at least `revision`. */
  reached(account: string, revision: number): Promise<void>;
  /** What goes wrong and lets requests be answered all the same, in words for the operator. */
  troubles(): readonly string[];
  close(): Promise<void>;
}

/** What must happen once, or be counted, across processes and restarts. Not in the journal. */
export interface GuardStore {
  /** True for the first caller to consume `key` before `until`; durable before it resolves. */
  consume(key: string, until: Timestamp): Promise<boolean>;
  /** Counts one more occurrence of `key`, resolves to how many there were in the last `windowMs`, this one included; durable before it resolves. */
  count(key: string, windowMs: number): Promise<number>;
  close(): Promise<void>;
}

export interface LastUse { readonly at: Timestamp; readonly service: string; readonly region: string }

/** When something was last used: collected in memory, flushed by a timer, the newest wins. `id` is an access key's, a role's, or `OWNER/WHAT` for what an owner uses. */
export interface LastUsed {
  mark(id: string, use: LastUse): void;
  /** The same as `OWNER/WHAT`, where the two are known apart. */
  markOf(owner: string, what: string, use: LastUse): void;
  find(id: string): LastUse | undefined;
  /** What is marked as `OWNER/WHAT`: owner → what → its last use. Owners without any are left out. */
  findOf(owners: ReadonlySet<string>): ReadonlyMap<string, ReadonlyMap<string, LastUse>>;
  /** What is marked by all owners whose ids begin so, as `OWNER/WHAT`, in order behind `after`. What was not flushed yet may be missing where uses outlive the process. */
  pageBy(beginning: string, after: string | undefined, limit: number): readonly (readonly [id: string, use: LastUse])[];
  /** Of what is gone for good. */
  forget(id: string): void;
  flush(): Promise<void>;
}
