/** Commits to the SQLite journal on the calling thread, where nobody else would be held up: two threads that hand a write to each other and back cost half of what the commit itself does. */
import type { DatabaseSync } from 'node:sqlite';
import type { Group } from '../journal.ts';
import { Appender, openForWriting, type WriterSettings } from './sqlite-append.ts';
import type { WriterResult } from './writer-text.ts';

/** A commit that took longer, in milliseconds, … */
const slowMs = 20;
/** … leaves those of so many milliseconds to the writer's thread. */
const slowForMs = 250;
/** After so many commits here one is left to the thread, which takes the log back into the file when it has grown: no caller waits for that. */
const inPlaceMax = 128;

export class InPlace {
  readonly #settings: WriterSettings;
  readonly #now: () => number;
  /** Opened for the first commit. */
  #connection: { readonly database: DatabaseSync; readonly appender: Appender } | undefined;
  #slowUntil = -Infinity;
  #count = 0;

  constructor(settings: WriterSettings, now = () => performance.now()) {
    this.#settings = settings;
    this.#now = now;
  }

  /** Undefined, and nothing done, when it is for the writer's thread to do: the disk is slow, another process is writing, or the log has grown. Throws when the commit failed. */
  append(groups: readonly Group[]): WriterResult | undefined {
    const began = this.#now();
    if (began < this.#slowUntil) return undefined;
    if (this.#count++ >= inPlaceMax) {
      this.#count = 0;
      return undefined;
    }
    try {
      const [result] = this.#open().append([groups]);
      return result;
    } catch (thrown) {
      if (isBusy(thrown)) return undefined;
      throw thrown;
    } finally {
      const ended = this.#now();
      if (ended - began > slowMs) this.#slowUntil = ended + slowForMs;
    }
  }

  close(): void {
    this.#connection?.database.close();
  }

  #open(): Appender {
    if (!this.#connection) {
      // It waits for nobody.
      const database = openForWriting(this.#settings, 0);
      database.exec('PRAGMA wal_autocheckpoint = 0');
      this.#connection = { database, appender: new Appender(database) };
    }
    return this.#connection.appender;
  }
}

/** Source: "Result and Error Codes" (sqlite.org): 5 is SQLITE_BUSY; nothing was done. */
const isBusy = (thrown: unknown): boolean => thrown instanceof Error && 'errcode' in thrown && (Number(thrown.errcode) & 0xff) === 5;
