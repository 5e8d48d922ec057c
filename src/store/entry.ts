/** An entry of the journal: who changed which documents, when, and to what. */
import type { Timestamp } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';
import type { Head, JournalEntry } from './journal.ts';

/** A plain put or delete of one document, so that replay needs no code of the operation that made it. */
export interface Change {
  readonly table: string;
  readonly key: string;
  /** The document; null when it was removed. */
  readonly value: JsonObject | null;
}

interface EntryContent {
  readonly at: Timestamp;
  readonly by: string;
  readonly requestId: string;
  readonly action: string;
  readonly changes: readonly Change[];
}

export interface Entry extends EntryContent {
  readonly stream: string;
  /** The first entry of a stream has revision 1, each further one the next number. */
  readonly revision: number;
  /** Unguessable; by it an append of unknown outcome is recognised. */
  readonly id: string;
}

export function encodeEntry({ stream, revision, id, ...content }: Entry): JournalEntry {
  return { stream, revision, id, body: JSON.stringify(content satisfies EntryContent) };
}

export function decodeEntry({ stream, revision, id, body }: JournalEntry): Entry {
  // An edge: the text was written by encodeEntry, and its checksum was verified by the journal that read it.
  const { at, by, requestId, action, changes } = JSON.parse(body) as EntryContent;
  return { stream, revision, id, at, by, requestId, action, changes };
}

/** A stream's head when the entry is its last. */
export const headOf = ({ stream, revision, id }: Head): Head => ({ stream, revision, id });
