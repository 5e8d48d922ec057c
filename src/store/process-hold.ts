/** What one process at a time does for a data directory: whoever holds it, until it lets go or ends, however it ends. */
import { DatabaseSync } from 'node:sqlite';

export interface ProcessHold { release(): void }

/**
 * Takes the hold that the file stands for; undefined while another process has it. The lock is the operating system's, on the file of an empty database, and so goes with the process.
 * Source: "File Locking And Concurrency In SQLite Version 3", section 5.
 */
export function takeProcessHold(file: string): ProcessHold | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    database.close();
    if (isBusy(thrown)) return undefined;
    throw thrown;
  }
  return { release: () => database.close() };
}

/** SQLITE_BUSY. Source: "Result and Error Codes" (SQLite). */
const isBusy = (thrown: unknown): boolean => thrown instanceof Error && 'errcode' in thrown && (Number(thrown.errcode) & 0xff) === 5;
