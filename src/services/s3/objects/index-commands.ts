/** The changes of the index: each a row of one table, each checked whole before it changes anything, so that many can share a commit. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Timestamp } from '../../../base/clock.ts';
import { lockOf, lockText, mayReplace, protects } from './object-lock.ts';
import type { ObjectLock, Retention } from './object-lock.ts';
import { nullVersionId } from './object-store.ts';
import type { Refusal, Segment, Versioning, WriteConditions } from './object-store.ts';

/** Attributes travel as the JSON that is stored. */
interface Version {
  readonly bucket: string;
  readonly key: Uint8Array;
  /** The id that a new version is given where the bucket keeps versions. */
  readonly newVersionId: string;
  readonly versioning: Versioning;
  readonly conditions: WriteConditions;
  readonly etag: string;
  readonly modified: Timestamp;
  readonly attributes: string;
  readonly lock: string | null;
}

interface UploadKey { readonly bucket: string; readonly key: Uint8Array; readonly uploadId: string }

/** Command → what it is given. */
export interface IndexInputs {
  readonly createBucket: { readonly bucket: string };
  readonly removeBucketIfEmpty: { readonly bucket: string };
  readonly put: Version & { readonly segments: readonly Segment[] };
  readonly remove: Omit<Version, 'etag' | 'attributes' | 'lock'> & { readonly versionId: string | undefined; readonly bypassesGovernance: boolean };
  readonly replaceAttributes: { readonly bucket: string; readonly sequence: number; readonly attributes: string };
  readonly retain: { readonly bucket: string; readonly sequence: number; readonly retention: Retention | undefined; readonly at: Timestamp; readonly bypassesGovernance: boolean };
  readonly hold: { readonly bucket: string; readonly sequence: number; readonly legalHold: 'ON' | 'OFF' };
  readonly createUpload: UploadKey & { readonly initiated: Timestamp; readonly attributes: string };
  readonly putPart: UploadKey & { readonly number: number; readonly etag: string; readonly modified: Timestamp; readonly attributes: string; readonly segments: readonly Segment[] };
  readonly completeUpload: UploadKey & Version & { readonly parts: readonly { readonly number: number; readonly etag: string }[]; readonly partBytesMin: number };
  readonly abortUpload: UploadKey;
}

export interface StoredVersion { readonly versionId: string; readonly sequence: number; readonly segments: readonly Segment[]; readonly sizeBytes: number }

/** Command → what comes of it. */
export interface IndexOutputs {
  readonly createBucket: true;
  readonly removeBucketIfEmpty: boolean;
  readonly put: StoredVersion;
  readonly remove: { readonly versionId: string; readonly isDeleteMarker: boolean } | undefined;
  readonly replaceAttributes: boolean;
  readonly retain: boolean;
  readonly hold: boolean;
  readonly createUpload: true;
  readonly putPart: true;
  readonly completeUpload: StoredVersion;
  readonly abortUpload: true;
}

export type IndexCommand = keyof IndexInputs;

type Performers = { readonly [Command in IndexCommand]: (input: IndexInputs[Command]) => IndexOutputs[Command] };

/** Thrown before anything was changed. */
export class IndexRefusal extends Error {
  readonly reason: Refusal;

  constructor(reason: Refusal) {
    super(reason);
    this.reason = reason;
  }
}

interface VersionRow { readonly sequence: number; readonly version_id: string; readonly is_marker: number; readonly etag: string; readonly segments: string; readonly lock: string | null }
interface PartRow { readonly number: number; readonly size: number; readonly etag: string; readonly segments: string }

/** What the commands do, inside a transaction that the caller begins and ends. */
export function indexCommands(database: DatabaseSync): Performers {
  const index = new IndexTables(database);
  return {
    createBucket({ bucket }) {
      index.insertBucket.run(bucket);
      return true;
    },
    removeBucketIfEmpty({ bucket }) {
      const number = index.findBucket(bucket);
      if (number === undefined) return true;
      if (index.anyVersion.get(number)) return false;
      for (const { sequence } of rowsOf<{ sequence: number }>(index.uploadsOf.all(number))) index.removeUpload(sequence, new Set());
      index.deleteBucket.run(number);
      return true;
    },
    put(version) {
      const number = index.getBucket(version.bucket);
      index.checkConditions(number, version);
      const stored = index.insert(number, version, version.segments);
      for (const { fileId } of version.segments) index.insertFile.run(fileId);
      return stored;
    },
    remove(removal) {
      const number = index.getBucket(removal.bucket);
      index.checkConditions(number, removal);
      return removal.versionId === undefined ? index.hide(number, removal) : index.removeVersion(number, removal, removal.versionId);
    },
    replaceAttributes({ bucket, sequence, attributes }) {
      return index.updateAttributes.run(attributes, sequence, index.getBucket(bucket)).changes === 1;
    },
    retain({ bucket, sequence, retention, at, bypassesGovernance }) {
      return index.changeLock(bucket, sequence, (lock) => (mayReplace(lock.retention, retention, at, bypassesGovernance) ? { ...lock, retention } : index.refuse('AccessDenied')));
    },
    hold: ({ bucket, sequence, legalHold }) => index.changeLock(bucket, sequence, (lock) => ({ ...lock, legalHold })),
    createUpload({ bucket, key, uploadId, initiated, attributes }) {
      index.insertUpload.run(index.getBucket(bucket), key, uploadId, initiated, attributes);
      return true;
    },
    putPart({ number, etag, modified, attributes, segments, ...upload }) {
      const sequence = index.getUpload(upload);
      const replaced = index.onePart.get(sequence, number) as PartRow | undefined;
      if (replaced) index.discard(replaced.segments);
      for (const { fileId } of segments) index.insertFile.run(fileId);
      index.insertPart.run(sequence, number, sizeOf(segments), etag, modified, JSON.stringify(segments), attributes);
      return true;
    },
    completeUpload: (completion) => completeUpload(index, completion),
    abortUpload(upload) {
      index.removeUpload(index.getUpload(upload), new Set());
      return true;
    },
  };
}

/** Makes the parts that are named an object, in their order; source of the refusals: "CompleteMultipartUpload" (Amazon S3 API Reference). */
function completeUpload(index: IndexTables, completion: IndexInputs['completeUpload']): StoredVersion {
  const { refuse } = index;
  const sequence = index.getUpload(completion);
  const bucket = index.getBucket(completion.bucket);
  const there = new Map(rowsOf<PartRow>(index.partsOf.all(sequence)).map((part) => [part.number, part]));
  const parts = completion.parts.map(({ number, etag }, i) => {
    if (i > 0 && number <= completion.parts[i - 1]!.number) refuse('InvalidPartOrder');
    const part = there.get(number);
    return part?.etag === etag ? part : refuse('InvalidPart');
  });
  if (parts.some(({ size }, i) => size < completion.partBytesMin && i < parts.length - 1)) refuse('EntityTooSmall');
  index.checkConditions(bucket, completion);
  const segments = parts.flatMap((part) => segmentsOf(part.segments));
  const stored = index.insert(bucket, completion, segments);
  index.removeUpload(sequence, new Set(segments.map(({ fileId }) => fileId)));
  return stored;
}

/** The tables of the index, as the commands use them. */
class IndexTables {
  readonly insertBucket: StatementSync;
  readonly deleteBucket: StatementSync;
  readonly anyVersion: StatementSync;
  readonly insertFile: StatementSync;
  readonly updateAttributes: StatementSync;
  readonly insertUpload: StatementSync;
  readonly uploadsOf: StatementSync;
  readonly onePart: StatementSync;
  readonly partsOf: StatementSync;
  readonly insertPart: StatementSync;
  readonly #bucket: StatementSync;
  readonly #current: StatementSync;
  readonly #version: StatementSync;
  readonly #newest: StatementSync;
  readonly #insertVersion: StatementSync;
  readonly #markLatest: StatementSync;
  readonly #deleteVersion: StatementSync;
  readonly #lockOf: StatementSync;
  readonly #setLock: StatementSync;
  readonly #upload: StatementSync;
  readonly #deleteUpload: StatementSync;
  readonly #deleteParts: StatementSync;
  readonly #deleteFile: StatementSync;
  readonly #insertTrash: StatementSync;

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => database.prepare(sql);
    this.insertBucket = prepare('INSERT INTO buckets (id) VALUES (?) ON CONFLICT (id) DO NOTHING');
    this.deleteBucket = prepare('DELETE FROM buckets WHERE number = ?');
    this.anyVersion = prepare('SELECT 1 FROM versions WHERE bucket = ? LIMIT 1');
    this.insertFile = prepare('INSERT INTO files (id) VALUES (?)');
    this.updateAttributes = prepare('UPDATE versions SET attributes = ? WHERE sequence = ? AND bucket = ? AND is_marker = 0');
    this.insertUpload = prepare('INSERT INTO uploads (bucket, key, upload_id, initiated, attributes) VALUES (?, ?, ?, ?, ?)');
    this.uploadsOf = prepare('SELECT sequence FROM uploads WHERE bucket = ?');
    this.onePart = prepare('SELECT number, size, etag, segments FROM parts WHERE upload = ? AND number = ?');
    this.partsOf = prepare('SELECT number, size, etag, segments FROM parts WHERE upload = ?');
    this.insertPart = prepare('INSERT OR REPLACE INTO parts (upload, number, size, etag, modified, segments, attributes) VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#bucket = prepare('SELECT number FROM buckets WHERE id = ?');
    this.#current = prepare('SELECT sequence, version_id, is_marker, etag, segments, lock FROM versions WHERE bucket = ? AND key = ? AND is_latest = 1');
    this.#version = prepare('SELECT sequence, version_id, is_marker, etag, segments, lock FROM versions WHERE bucket = ? AND key = ? AND version_id = ?');
    this.#newest = prepare('SELECT sequence FROM versions WHERE bucket = ? AND key = ? ORDER BY sequence DESC LIMIT 1');
    this.#insertVersion = prepare('INSERT INTO versions (bucket, key, version_id, is_latest, is_marker, size, etag, modified, segments, attributes, lock) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)');
    this.#markLatest = prepare('UPDATE versions SET is_latest = ? WHERE sequence = ?');
    this.#deleteVersion = prepare('DELETE FROM versions WHERE sequence = ?');
    this.#lockOf = prepare('SELECT lock FROM versions WHERE sequence = ? AND bucket = ? AND is_marker = 0');
    this.#setLock = prepare('UPDATE versions SET lock = ? WHERE sequence = ?');
    this.#upload = prepare('SELECT u.sequence FROM uploads u JOIN buckets b ON b.number = u.bucket WHERE u.upload_id = ? AND b.id = ? AND u.key = ?');
    this.#deleteUpload = prepare('DELETE FROM uploads WHERE sequence = ?');
    this.#deleteParts = prepare('DELETE FROM parts WHERE upload = ?');
    this.#deleteFile = prepare('DELETE FROM files WHERE id = ?');
    this.#insertTrash = prepare('INSERT OR IGNORE INTO trash (id) VALUES (?)');
  }

  readonly refuse = (reason: Refusal): never => {
    throw new IndexRefusal(reason);
  };

  findBucket(id: string): number | undefined {
    const row = this.#bucket.get(id);
    return row && Number(row['number']);
  }

  getBucket(id: string): number {
    return this.findBucket(id) ?? this.refuse('NoSuchBucket');
  }

  getUpload({ bucket, key, uploadId }: UploadKey): number {
    const row = this.#upload.get(uploadId, bucket, key);
    return row ? Number(row['sequence']) : this.refuse('NoSuchUpload');
  }

  checkConditions(bucket: number, { key, conditions: { ifMatch, ifNoneMatch } }: { readonly key: Uint8Array; readonly conditions: WriteConditions }): void {
    if (ifMatch === undefined && ifNoneMatch === undefined) return;
    const current = this.#currentOf(bucket, key);
    const isThere = current?.is_marker === 0;
    if (ifNoneMatch !== undefined && isThere) this.refuse('PreconditionFailed');
    if (ifMatch === undefined) return;
    // Source: "How to prevent object overwrites with conditional writes" (Amazon S3 User Guide): no current version is no such key.
    if (!isThere) this.refuse('NoSuchKey');
    if (current?.etag !== ifMatch && ifMatch !== '*') this.refuse('PreconditionFailed');
  }

  /** A new current version. */
  insert(bucket: number, version: Version, segments: readonly Segment[]): StoredVersion {
    const { key, etag, modified, attributes, lock } = version;
    const versionId = this.#makeRoom(bucket, version);
    const sizeBytes = sizeOf(segments);
    const { lastInsertRowid } = this.#insertVersion.run(bucket, key, versionId, 0, sizeBytes, etag, modified, JSON.stringify(segments), attributes, lock);
    return { versionId, sequence: Number(lastInsertRowid), segments, sizeBytes };
  }

  /** Removes the key as far as the bucket forgets: a version that is kept goes behind a delete marker. */
  hide(bucket: number, removal: IndexInputs['remove']): IndexOutputs['remove'] {
    if (removal.versioning === 'off') return this.removeVersion(bucket, removal, nullVersionId);
    const versionId = this.#makeRoom(bucket, removal);
    this.#insertVersion.run(bucket, removal.key, versionId, 1, 0, '', removal.modified, '[]', '{}', null);
    return { versionId, isDeleteMarker: true };
  }

  removeVersion(bucket: number, { key, modified, bypassesGovernance }: IndexInputs['remove'], versionId: string): IndexOutputs['remove'] {
    const version = this.#versionOf(bucket, key, versionId);
    if (!version) return undefined;
    this.#assertFree(version, modified, bypassesGovernance);
    const wasLatest = this.#currentOf(bucket, key)?.sequence === version.sequence;
    this.#forget(version);
    const next = wasLatest ? this.#newest.get(bucket, key) : undefined;
    if (next) this.#markLatest.run(1, Number(next['sequence']));
    return { versionId, isDeleteMarker: version.is_marker === 1 };
  }

  /** False when there is no such version. */
  changeLock(bucket: string, sequence: number, change: (lock: ObjectLock) => ObjectLock): boolean {
    // An edge: the column that the statement names.
    const row = this.#lockOf.get(sequence, this.getBucket(bucket)) as Pick<VersionRow, 'lock'> | undefined;
    if (row) this.#setLock.run(lockText(change(lockOf(row.lock) ?? {})), sequence);
    return row !== undefined;
  }

  /** The upload and its parts; what is in the files that are kept goes on in an object. */
  removeUpload(sequence: number, kept: ReadonlySet<string>): void {
    for (const { segments } of rowsOf<PartRow>(this.partsOf.all(sequence))) this.discard(segments, kept);
    this.#deleteParts.run(sequence);
    this.#deleteUpload.run(sequence);
  }

  /** These segments' files belong to nothing any more. */
  discard(segments: string, kept: ReadonlySet<string> = new Set()): void {
    for (const { fileId } of segmentsOf(segments)) {
      if (kept.has(fileId)) continue;
      this.#deleteFile.run(fileId);
      this.#insertTrash.run(fileId);
    }
  }

  /** What was current is so no more, and gone where the bucket does not keep it. The id of the version that comes. The first of what changes anything. */
  #makeRoom(bucket: number, { key, versioning, newVersionId, modified }: Pick<Version, 'key' | 'versioning' | 'newVersionId' | 'modified'>): string {
    const versionId = versioning === 'enabled' ? newVersionId : nullVersionId;
    const replaced = versioning === 'enabled' ? undefined : this.#versionOf(bucket, key, nullVersionId);
    if (replaced) {
      // INVARIANT: what is locked stays, also where the request thought when it began that the bucket keeps no versions.
      this.#assertFree(replaced, modified, false);
      this.#forget(replaced);
    }
    const current = this.#currentOf(bucket, key);
    if (current) this.#markLatest.run(0, current.sequence);
    return versionId;
  }

  #assertFree({ lock: text }: VersionRow, at: Timestamp, bypassesGovernance: boolean): void {
    const lock = lockOf(text);
    if (lock && protects(lock, at, bypassesGovernance)) this.refuse('AccessDenied');
  }

  #forget({ sequence, segments }: VersionRow): void {
    this.discard(segments);
    this.#deleteVersion.run(sequence);
  }

  // An edge, both: the columns are those that the statements name.
  #currentOf(bucket: number, key: Uint8Array): VersionRow | undefined {
    return this.#current.get(bucket, key) as VersionRow | undefined;
  }

  #versionOf(bucket: number, key: Uint8Array, versionId: string): VersionRow | undefined {
    return this.#version.get(bucket, key, versionId) as VersionRow | undefined;
  }
}

/** An edge: the columns are those that the statements name. */
const rowsOf = <Row>(rows: readonly unknown[]): readonly Row[] => rows as readonly Row[];

/** An edge: the index holds what this file wrote. */
export const segmentsOf = (text: string): readonly Segment[] => JSON.parse(text) as readonly Segment[];

export const sizeOf = (segments: readonly Segment[]): number => segments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
