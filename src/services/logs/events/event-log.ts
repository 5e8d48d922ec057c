/** The events of log streams, as files that only grow: a folder for each stream, named by ids that nobody can guess and that never return. */

// What is promised: a batch that was acknowledged is on disk, whole, in its file and the file in its folder, before the answer is given, so that
// neither a kill nor a loss of power takes it away. A batch that was not acknowledged is there whole or not at all. Retention removes whole files,
// once the last event that can be in them has expired; what has expired earlier is not shown meanwhile.

import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '../limits.ts';
import { encodeBatch } from './record.ts';
import type { StoredEvent } from './record.ts';
import { dayOf, readSegmentName, segmentFile, timesOf } from './segment-name.ts';
import type { SegmentName } from './segment-name.ts';

/** Which stream: ids, of which the journal knows the names. */
export interface StreamPlace { readonly account: string; readonly groupId: string; readonly streamId: string }

/** The stream, or its group, is no more. */
export class StreamGone extends Error {
  override readonly name = 'StreamGone';
}

interface Waiting { readonly bytes: Buffer; readonly resolve: () => void; readonly reject: (cause: unknown) => void }
interface Writing { readonly waiting: Waiting[]; done: Promise<void> }

export class EventLog {
  readonly #path: string;
  readonly #writing = new Map<string, Writing>();

  /** Nothing is made before there is an event. */
  constructor(path: string) {
    this.#path = path;
  }

  /** Resolves when the events, which are in order, are durable. `isThere` says whether the stream still is: it is asked when its folder is not. Rejects with StreamGone, or with what the disk says. */
  async append(stream: StreamPlace, events: readonly StoredEvent[], ingestedAt: number, isThere: () => boolean): Promise<void> {
    const path = this.folderOf(stream);
    const bytes = encodeBatch(events, ingestedAt);
    let writing = this.#writing.get(path);
    const isFirst = writing === undefined;
    if (!writing) this.#writing.set(path, (writing = { waiting: [], done: Promise.resolve() }));
    const written = new Promise<void>((resolve, reject) => { writing.waiting.push({ bytes, resolve, reject }); });
    if (isFirst) writing.done = this.#write(path, writing, ingestedAt, isThere);
    return written;
  }

  /** The stream's files, the oldest first. */
  async segments(stream: StreamPlace): Promise<readonly SegmentName[]> {
    return listSegments(this.folderOf(stream));
  }

  segmentPath(stream: StreamPlace, name: SegmentName): string {
    return join(this.folderOf(stream), segmentFile(name));
  }

  /** Removes the stream's events, behind what is being written. */
  async removeStream(stream: StreamPlace): Promise<void> {
    const path = this.folderOf(stream);
    await this.#writing.get(path)?.done;
    await rm(path, { recursive: true, force: true, maxRetries: 10 });
  }

  async removeGroup(account: string, groupId: string): Promise<void> {
    const path = join(this.#path, idOf(account), idOf(groupId));
    await Promise.all(Array.from(this.#writing, ([folder, { done }]) => (folder.startsWith(`${path}/`) ? done : undefined)));
    await rm(path, { recursive: true, force: true, maxRetries: 10 });
  }

  /** Removes the files in which no event is younger than `before`. */
  async removeBefore(stream: StreamPlace, before: number): Promise<number> {
    const expired = (await this.segments(stream)).filter(({ day }) => timesOf(day).to <= before);
    for (const name of expired) await rm(this.segmentPath(stream, name), { force: true });
    return expired.length;
  }

  /** Bytes of a group's files. */
  async bytesOf(account: string, groupId: string): Promise<number> {
    let bytes = 0;
    const group = join(this.#path, idOf(account), idOf(groupId));
    for (const streamId of await namesIn(group)) {
      for (const name of await listSegments(join(group, streamId))) bytes += (await stat(join(group, streamId, segmentFile(name))).catch(ifAbsent))?.size ?? 0;
    }
    return bytes;
  }

  /** What lies here, by its ids. */
  async *streams(): AsyncGenerator<StreamPlace> {
    for (const account of await namesIn(this.#path)) {
      for (const groupId of await namesIn(join(this.#path, account))) {
        for (const streamId of await namesIn(join(this.#path, account, groupId))) yield { account, groupId, streamId };
      }
    }
  }

  /** Resolves when all that was begun is done. */
  async settled(): Promise<void> {
    await Promise.all(Array.from(this.#writing.values(), ({ done }) => done));
  }

  folderOf({ account, groupId, streamId }: StreamPlace): string {
    return join(this.#path, idOf(account), idOf(groupId), idOf(streamId));
  }

  /** What waits while one write is under way is the next one. */
  async #write(path: string, writing: Writing, at: number, isThere: () => boolean): Promise<void> {
    // A turn, so that what comes with the same reading of the network goes along.
    await new Promise(setImmediate);
    while (writing.waiting.length > 0) {
      const batch = writing.waiting.splice(0);
      try {
        await appendDurably(path, Buffer.concat(batch.map(({ bytes }) => bytes)), at, isThere);
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        for (const { reject } of batch) reject(cause);
      }
    }
    this.#writing.delete(path);
  }
}

async function appendDurably(folder: string, bytes: Buffer, at: number, isThere: () => boolean): Promise<void> {
  const made = await makeFolder(folder, isThere);
  const last = (await listSegments(folder)).at(-1);
  const day = dayOf(at);
  const size = last?.day === day ? ((await stat(join(folder, segmentFile(last))).catch(ifAbsent))?.size ?? 0) : 0;
  // A clock that was put back goes on in the newest file: names must not run backwards.
  const name = last && last.day >= day && size < limits.segmentBytesMax ? last : { day: Math.max(day, last?.day ?? 0), number: last && last.day >= day ? last.number + 1 : 0 };
  const isNew = name !== last;
  const file = await open(join(folder, segmentFile(name)), 'a', 0o600);
  try {
    // One write, which the system puts at the end as one: another process may be writing to the same file.
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw new Error(`the disk took ${bytesWritten} of ${bytes.length} bytes of log events`);
    await file.datasync();
  } finally {
    await file.close();
  }
  if (isNew) for (const changed of [folder, ...made]) await syncFolder(changed);
}

/** The folders above it that were made for it as well, whose entries are to be made durable. */
async function makeFolder(folder: string, isThere: () => boolean): Promise<readonly string[]> {
  if (await stat(folder).catch(ifAbsent)) return [];
  // Whoever deletes a stream says so in the journal first and removes its folder then: what has none may be about to go.
  if (!isThere()) throw new StreamGone(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const group = join(folder, '..');
  return [group, join(group, '..'), join(group, '..', '..')];
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function listSegments(folder: string): Promise<readonly SegmentName[]> {
  return (await namesIn(folder)).flatMap((file) => readSegmentName(file) ?? []).toSorted((a, b) => a.day - b.day || a.number - b.number);
}

const namesIn = async (folder: string): Promise<readonly string[]> => (await readdir(folder).catch(ifAbsent)) ?? [];

function ifAbsent(thrown: unknown): undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
  throw thrown;
}

/** INVARIANT: ids are made here, but a path is nothing to be careless with. */
function idOf(id: string): string {
  if (!/^[0-9a-f-]{12,36}$/.test(id)) throw new Error(`${id} is no id of events`);
  return id;
}
