/** The audit log: a CloudTrail-shaped record of every request, one file a process, buffered at most a second, rotated by size. */
import { close, closeSync, fstatSync, fsyncSync, mkdirSync, openSync, writeSync, write } from 'node:fs';
import { join } from 'node:path';
import { ApiError } from '../base/api-error.ts';
import type { Clock } from '../base/clock.ts';
import { isoBasic } from '../base/clock.ts';
import { auditRecord } from './audit-record.ts';
import type { Exchange } from './exchange.ts';
import { limits } from './limits.ts';
import { LineBuffer } from './line-buffer.ts';

export interface AuditLog {
  record(exchange: Exchange): void;
  /** Adds a record that is no request for AWS's API; its id is added to it. */
  recordEvent(record: Readonly<Record<string, unknown>>): void;
  /** Throws ServiceUnavailable while records cannot be written: what changes something is not done unrecorded. */
  assertWritable(): void;
  /** Why records cannot be written; undefined when they can. */
  failure(): string | undefined;
  /** Writes what is buffered, and ends. */
  close(): void;
}

export interface AuditFiles { readonly dir: string; readonly clock: Clock; readonly newEventId: () => string; readonly warn: (message: string, cause: unknown) => void }

/** Audit files `audit-<time>-<pid>-<n>.jsonl` in `dir`, readable by the owner only. */
export function openAuditLog(files: AuditFiles): AuditLog {
  mkdirSync(files.dir, { recursive: true, mode: 0o700 });
  return new FileAuditLog(files);
}

/** Keeps records where a test can read them. */
export function memoryAuditLog(newEventId: () => string): AuditLog & { readonly records: object[] } {
  const records: object[] = [];
  return { records, record: (exchange) => void records.push(JSON.parse(auditRecord(exchange, newEventId()))), recordEvent: (record) => void records.push({ ...record, eventID: newEventId() }), assertWritable: () => {}, failure: () => undefined, close: () => {} };
}

class FileAuditLog implements AuditLog {
  readonly #files: AuditFiles;
  #fd: number | undefined;
  #fileBytes = 0;
  #fileNumber = 0;
  readonly #lines = new LineBuffer(limits.auditFlushBytes + limits.lineBytesUsual);
  #timer: NodeJS.Timeout | undefined;
  #writing: Buffer | undefined;
  #failure: string | undefined;
  #lost = 0;
  #isClosed = false;

  constructor(files: AuditFiles) {
    this.#files = files;
    this.#open();
  }

  record(exchange: Exchange): void {
    this.#add(`${auditRecord(exchange, this.#files.newEventId())}\n`);
  }

  recordEvent(record: Readonly<Record<string, unknown>>): void {
    this.#add(`${JSON.stringify({ ...record, eventID: this.#files.newEventId() })}\n`);
  }

  #add(line: string): void {
    if (this.#lines.length + (this.#writing?.length ?? 0) + line.length > limits.auditPendingBytesMax) {
      this.#lost++;
      return;
    }
    this.#push(line);
  }

  assertWritable(): void {
    if (this.#failure !== undefined) throw new ApiError('ServiceUnavailable', 'The audit log cannot be written, so nothing is changed until it can.', { cause: new Error(this.#failure) });
  }

  failure(): string | undefined {
    return this.#failure;
  }

  close(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A write under way may or may not have reached the file; a line twice is better than none.
    if (this.#hasGap()) this.#lines.push(this.#gap());
    if (this.#writing) this.#lines.unshift(this.#writing);
    const rest = this.#lines.take();
    try {
      if (this.#fd === undefined && rest.length > 0) this.#open();
      if (this.#fd === undefined) return;
      for (let at = 0; at < rest.length;) at += writeSync(this.#fd, rest, at);
      fsyncSync(this.#fd);
      closeSync(this.#fd);
    } catch (cause) {
      this.#files.warn('the last audit records could not be written', cause);
    }
    this.#fd = undefined;
  }

  #push(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length >= limits.auditFlushBytes && this.#failure === undefined) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), limits.auditFlushMs).unref();
  }

  #open(): void {
    const { dir, clock } = this.#files;
    this.#fileNumber++;
    this.#fd = openSync(join(dir, `audit-${isoBasic(clock())}-${process.pid}-${this.#fileNumber}.jsonl`), 'a', 0o600);
    this.#fileBytes = 0;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#writing || this.#lines.length === 0) return;
    const bytes = this.#lines.take();
    this.#writing = bytes;
    try {
      // What is written to a file that was deleted is read by nobody.
      if (this.#fd === undefined || this.#fileBytes >= limits.auditFileBytesMax || fstatSync(this.#fd).nlink === 0) this.#rotate();
    } catch (cause) {
      this.#failed(cause);
      return;
    }
    this.#write(bytes, 0);
  }

  #rotate(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    this.#open();
  }

  #write(bytes: Buffer, from: number): void {
    write(this.#fd!, bytes, from, bytes.length - from, null, (cause, written) => {
      if (this.#isClosed) return;
      if (cause) {
        this.#abandon(bytes, from);
        this.#failed(cause);
        return;
      }
      this.#fileBytes += written;
      if (from + written < bytes.length) this.#write(bytes, from + written);
      else this.#written();
    });
  }

  /** Gives up a file that cannot be written: the next try makes a new one, and begins with the line that was torn. */
  #abandon(bytes: Buffer, from: number): void {
    this.#writing = bytes.subarray(from === 0 ? 0 : bytes.lastIndexOf('\n', from - 1) + 1);
    const fd = this.#fd!;
    this.#fd = undefined;
    // Its own error would say no more than the one at hand.
    close(fd, () => {});
  }

  #written(): void {
    this.#writing = undefined;
    if (this.#hasGap()) this.#recovered();
    if (this.#lines.length >= limits.auditFlushBytes) this.#flush();
    else if (this.#lines.length > 0) this.#timer ??= setTimeout(() => this.#flush(), limits.auditFlushMs).unref();
  }

  /** Keeps what could not be written, says so, and tries again each second. */
  #failed(cause: unknown): void {
    if (this.#failure === undefined) this.#files.warn('the audit log cannot be written; changes are refused until it can', cause);
    this.#failure = cause instanceof Error ? cause.message : String(cause);
    if (this.#writing) this.#lines.unshift(this.#writing);
    this.#writing = undefined;
    this.#timer ??= setTimeout(() => this.#flush(), limits.auditFlushMs).unref();
  }

  /** The gap stands in the log itself. */
  #recovered(): void {
    const gap = this.#gap();
    this.#failure = undefined;
    this.#lost = 0;
    this.#push(gap);
  }

  #hasGap(): boolean {
    return this.#failure !== undefined || this.#lost > 0;
  }

  #gap(): string {
    const { clock, newEventId } = this.#files;
    return `${JSON.stringify({ eventVersion: '1.11', eventTime: new Date(clock()).toISOString(), eventSource: 'gatehouse.amazonaws.com', eventName: 'AuditGap', errorMessage: this.#failure ?? 'there were more records than could be written', additionalEventData: { recordsLost: this.#lost }, eventType: 'AwsServiceEvent', eventID: newEventId() })}\n`;
  }
}
