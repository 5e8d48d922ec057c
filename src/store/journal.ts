/** The journal: the whole storage interface. An engine is one file in `journals/`; `test/store/` holds every engine to what is said here. */

/** An entry as a journal keeps it. Its body is opaque to the journal, but for being one line of text. */
export interface JournalEntry {
  readonly stream: string;
  /** One more than that of the entry before it in the stream; the first is 1. */
  readonly revision: number;
  /** Unique in the stream. By it a head is told from another of the same revision. */
  readonly id: string;
  readonly body: string;
}

/** A stream, how many entries it has, and the id of the last one; 0 and '' where it has none. */
export interface Head { readonly stream: string; readonly revision: number; readonly id: string }

/** Entries that are appended all together or not at all. A group without entries asks only whether what it expects is so. */
export interface Group {
  /** Every stream that was read or is written to, at the head that was seen: the id tells a foreign entry from one that was hoped to be there. */
  readonly expected: readonly Head[];
  /** They continue the heads that are expected. */
  readonly entries: readonly JournalEntry[];
}

/** `conflict`: the head of a stream was not the one that the group expects; nothing of the group was written. */
export type Outcome = 'appended' | 'conflict';

/** A part of a snapshot: documents of one table, in the order in which the table is paged. */
export interface SnapshotChunk {
  readonly table: string;
  /** A JSON array of documents. */
  readonly body: string;
}

/** The state of a stream as of one head. Reading its chunks throws SnapshotGone if it was replaced meanwhile. */
export interface Snapshot {
  readonly head: Head;
  readonly chunks: AsyncIterable<SnapshotChunk>;
}

export interface Journal {
  /**
   * Appends the groups in order, each on the state that those before it have made; a conflict of one does not touch the others,
   * unless they expect what it would have written. Appends are done in the order of the calls; a call need not wait for the one before.
   * What is `appended` is durable when the promise resolves. When it rejects, nobody knows what was written: the caller looks (`read`) for the ids of its entries.
   * `mayBlock`: the call may keep the thread until it is done, where that is faster; nobody else needs the thread now.
   */
  append(groups: readonly Group[], how?: { readonly mayBlock?: boolean }): Promise<readonly Outcome[]>;
  /** The next entries of a stream after a revision, in order, at most `limit` of them; none when there are no more. */
  read(stream: string, after: number, limit: number): Promise<readonly JournalEntry[]>;
  /**
   * What was committed by anyone since the last poll (at first: since the journal was opened), in the order of commits. Entries
   * appended through this journal may be among them. Cheap when there is nothing.
   */
  poll(): readonly JournalEntry[];
  /** The newest snapshot of a stream. */
  snapshot(stream: string): Promise<Snapshot | undefined>;
  /** Writes a snapshot of a stream and, once it is whole, drops those before it. */
  writeSnapshot(at: Head, chunks: AsyncIterable<SnapshotChunk>): Promise<void>;
  /** Waits for what is being written. */
  close(): Promise<void>;
}

/** The journal is not what Gatehouse wrote: a checksum fails, an entry is missing, the file is not a journal. Only `gatehouse repair` goes on from here. */
export class JournalDamaged extends Error {
  override readonly name = 'JournalDamaged';
}

/** The journal was written by a newer Gatehouse than this one. */
export class JournalTooNew extends Error {
  override readonly name = 'JournalTooNew';
}

/** Something runs on the journal that only one may touch now. */
export class JournalInUse extends Error {
  override readonly name = 'JournalInUse';
}

/** The snapshot that was being read has been replaced by a newer one: read that. */
export class SnapshotGone extends Error {
  override readonly name = 'SnapshotGone';
}
