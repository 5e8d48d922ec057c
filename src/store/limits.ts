/** The limits of the store, all in one place. */

export interface StoreLimits {
  /** A stream is given a snapshot when its tail is longer than this … */
  readonly tailEntriesMin: number;
  /** … and than this share of its documents, so that replaying the tail stays cheaper than reading the snapshot. */
  readonly tailShareMax: number;
  /** Documents that are written or read in one go before the event loop is given a turn. */
  readonly sliceDocs: number;
  /** Entries that are read and replayed in one go. */
  readonly sliceEntries: number;
  /** A table that is opened with so many documents is prepared for the first look while the account is loaded; a smaller one at the first look. */
  readonly preparedDocsMin: number;
  /** So many documents are left unread in the tables of an account that is opened: the first requests read them, at worst all at once. */
  readonly unreadDocsMax: number;
  /** Documents held in memory, over all accounts, before cold accounts are evicted. */
  readonly residentDocsMax: number;
  /** An account that was used since is not cold. */
  readonly coldAfterMs: number;
  /** Writes waiting for a commit; one more is answered ServiceUnavailable. */
  readonly waitingMax: number;
  /** Groups in one append. */
  readonly groupsPerCommitMax: number;
  /** So many waiting writes are appended in two halves when nothing is in flight. */
  readonly halvedMin: number;
  /** Appends that are not answered yet; drafts wait for the next to be. */
  readonly appendsInFlightMax: number;
  /** How often a draft is run again because another process was first. */
  readonly attemptsMax: number;
  /** How often the outcome of an append is looked up before its writes are answered ServiceFailure. */
  readonly lookupsMax: number;
  /** How often `reached` looks. */
  readonly reachedPollMs: number;
}

export const defaultStoreLimits: StoreLimits = {
  tailEntriesMin: 1_000,
  tailShareMax: 0.1,
  sliceDocs: 500,
  sliceEntries: 2_000,
  preparedDocsMin: 30_000,
  unreadDocsMax: 10_000,
  residentDocsMax: 2_000_000,
  coldAfterMs: 60_000,
  waitingMax: 10_000,
  groupsPerCommitMax: 1_000,
  halvedMin: 4,
  appendsInFlightMax: 4,
  attemptsMax: 1_000,
  lookupsMax: 5,
  reachedPollMs: 10,
};
