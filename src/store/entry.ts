/** An entry of the journal: who changed which documents, when, and to what. */
import type { Timestamp } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';

/** A plain put or delete of one document, so that replay needs no code of the operation that made it. */
export interface Change {
  readonly table: string;
  readonly key: string;
  /** The document; null when it was removed. */
  readonly value: JsonObject | null;
}

export interface EntryContent {
  /** Unguessable; by it an append of unknown outcome is recognised. */
  readonly id: string;
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
}

/** The text that the journal keeps of an entry; its stream and revision stand beside it. */
export function encodeEntry(content: EntryContent): string {
  return JSON.stringify(content);
}

export function decodeEntry(stored: { readonly stream: string; readonly revision: number; readonly body: string }): Entry {
  // An edge: the text was written by encodeEntry, and its checksum was verified by the journal that read it.
  const content = JSON.parse(stored.body) as EntryContent;
  return { stream: stored.stream, revision: stored.revision, ...content };
}
