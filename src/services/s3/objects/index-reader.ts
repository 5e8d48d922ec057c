/** The index as it is read: one version, a page of a list, uploads and their parts. Synchronous, for what is asked is in memory or a page away. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { BoundedCache } from '../../../base/bounded-cache.ts';
import { segmentsOf } from './index-commands.ts';
import { lockOf } from './object-lock.ts';
import { objectLimits } from './limits.ts';
import { pageOf } from './listing.ts';
import type { Cursor, Listed } from './listing.ts';
import type { ObjectVersion, Page, PageOptions, PlacedUpload, Upload, UploadedPart } from './object-store.ts';

interface VersionRow {
  readonly sequence: number; readonly key: Uint8Array; readonly version_id: string; readonly is_latest: number; readonly is_marker: number;
  readonly size: number; readonly etag: string; readonly modified: number; readonly segments: string; readonly attributes: string; readonly lock: string | null;
}
interface UploadRow { readonly sequence: number; readonly key: Uint8Array; readonly upload_id: string; readonly initiated: number; readonly attributes: string }
interface PartRow { readonly number: number; readonly size: number; readonly etag: string; readonly modified: number; readonly attributes: string }

const versionColumns = 'sequence, key, version_id, is_latest, is_marker, size, etag, modified, segments, attributes, lock';

export class IndexReader<Attributes, UploadAttributes, PartAttributes> {
  readonly #bucket: StatementSync;
  readonly #current: StatementSync;
  readonly #version: StatementSync;
  readonly #currents: StatementSync;
  readonly #versions: StatementSync;
  readonly #versionsBehind: StatementSync;
  readonly #upload: StatementSync;
  readonly #uploads: StatementSync;
  readonly #uploadsBehind: StatementSync;
  readonly #parts: StatementSync;
  readonly #dataVersion: StatementSync;
  /** Current versions by bucket and key, as long as nobody has changed the index. */
  #found = newCache<Attributes>();
  #foundAt: unknown;
  #isFresh = false;
  /** A bucket's id never returns, so its number never changes. */
  readonly #numbers = new BoundedCache<string, { readonly number: number }>(objectLimits.bucketNumbersMax);

  constructor(database: DatabaseSync) {
    const prepare = (sql: string): StatementSync => database.prepare(sql);
    this.#dataVersion = prepare('PRAGMA data_version');
    this.#dataVersion.setReturnArrays(true);
    this.#bucket = prepare('SELECT number FROM buckets WHERE id = ?');
    this.#current = prepare(`SELECT ${versionColumns} FROM versions WHERE bucket = ? AND key = ? AND is_latest = 1`);
    this.#version = prepare(`SELECT ${versionColumns} FROM versions WHERE bucket = ? AND key = ? AND version_id = ?`);
    this.#currents = prepare(`SELECT ${versionColumns} FROM versions INDEXED BY current_versions WHERE bucket = ? AND key >= ? AND key < ? AND is_latest = 1 AND is_marker = 0 ORDER BY key`);
    this.#versions = prepare(`SELECT ${versionColumns} FROM versions WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key, sequence DESC`);
    this.#versionsBehind = prepare(`SELECT ${versionColumns} FROM versions WHERE bucket = ? AND key = ? AND sequence < ? ORDER BY sequence DESC`);
    this.#upload = prepare('SELECT sequence, key, upload_id, initiated, attributes FROM uploads WHERE upload_id = ? AND bucket = ? AND key = ?');
    this.#uploads = prepare('SELECT sequence, key, upload_id, initiated, attributes FROM uploads WHERE bucket = ? AND key >= ? AND key < ? ORDER BY key, sequence');
    this.#uploadsBehind = prepare('SELECT sequence, key, upload_id, initiated, attributes FROM uploads WHERE bucket = ? AND key = ? AND sequence > ? ORDER BY sequence');
    this.#parts = prepare('SELECT number, size, etag, modified, attributes FROM parts WHERE upload = ? AND number > ? ORDER BY number LIMIT ?');
  }

  find(bucket: string, key: string, versionId: string | undefined): ObjectVersion<Attributes> | undefined {
    const number = this.#numberOf(bucket);
    if (number === undefined) return undefined;
    if (versionId !== undefined) return read<Attributes>(this.#version.get(number, Buffer.from(key), versionId))?.version;
    this.#freshen();
    const place = `${number}/${key}`;
    let found = this.#found.find(place);
    if (!found && (found = read<Attributes>(this.#current.get(number, Buffer.from(key))))) this.#found.insert(place, found);
    return found?.version;
  }

  /** What was changed on this process's behalf is seen from now on, not only from the next turn of the event loop. */
  changed(): void {
    this.#isFresh = false;
  }

  /** Looks once a turn: requests that are answered in it arrived before. This connection changes nothing: whatever is changed is another's. Source: SQLite, "PRAGMA data_version". */
  #freshen(): void {
    if (this.#isFresh) return;
    this.#isFresh = true;
    setImmediate(() => { this.#isFresh = false; });
    const version = this.#dataVersion.get()?.[0];
    if (version === this.#foundAt) return;
    this.#foundAt = version;
    if (this.#found.size > 0) this.#found = newCache();
  }

  list(options: PageOptions): Page<ObjectVersion<Attributes>> {
    const number = this.#numberOf(options.bucket);
    if (number === undefined) return empty;
    const items = ({ from, below }: Cursor) => mapped(this.#currents.iterate(number, from, below), listedVersion<Attributes>);
    return pageOf(options, items, none);
  }

  /** Behind `after` itself come those of its versions that are older than `afterVersionId`; none where that is unknown. */
  listVersions(options: PageOptions & { readonly afterVersionId?: string | undefined }): Page<ObjectVersion<Attributes>> {
    const number = this.#numberOf(options.bucket);
    if (number === undefined) return empty;
    const { after, afterVersionId } = options;
    const marker = after !== undefined && afterVersionId !== undefined ? this.find(options.bucket, after, afterVersionId) : undefined;
    const rest = marker ? () => mapped(this.#versionsBehind.iterate(number, Buffer.from(marker.key), marker.sequence), listedVersion<Attributes>) : none;
    return pageOf(options, ({ from, below }) => mapped(this.#versions.iterate(number, from, below), listedVersion<Attributes>), rest);
  }

  findUpload(upload: PlacedUpload): Upload<UploadAttributes> | undefined {
    const row = this.#uploadRow(upload);
    return row && uploadOf<UploadAttributes>(row);
  }

  listParts(upload: PlacedUpload, after: number, limit: number): readonly UploadedPart<PartAttributes>[] | undefined {
    const row = this.#uploadRow(upload);
    return row && (this.#parts.all(row.sequence, after, limit) as unknown as PartRow[]).map(partOf<PartAttributes>);
  }

  listUploads(options: PageOptions & { readonly afterUploadId?: string | undefined }): Page<Upload<UploadAttributes>> {
    const number = this.#numberOf(options.bucket);
    if (number === undefined) return empty;
    const { after, afterUploadId } = options;
    const marker = after !== undefined && afterUploadId !== undefined ? this.#uploadRow({ bucket: options.bucket, key: after, uploadId: afterUploadId }) : undefined;
    const rest = marker ? () => mapped(this.#uploadsBehind.iterate(number, marker.key, marker.sequence), listedUpload<UploadAttributes>) : none;
    return pageOf(options, ({ from, below }) => mapped(this.#uploads.iterate(number, from, below), listedUpload<UploadAttributes>), rest);
  }

  #numberOf(bucket: string): number | undefined {
    const known = this.#numbers.find(bucket);
    if (known) return known.number;
    const row = this.#bucket.get(bucket);
    if (!row) return undefined;
    const number = Number(row['number']);
    this.#numbers.insert(bucket, { number });
    return number;
  }

  #uploadRow({ bucket, key, uploadId }: PlacedUpload): UploadRow | undefined {
    const number = this.#numberOf(bucket);
    return number === undefined ? undefined : (this.#upload.get(uploadId, number, Buffer.from(key)) as UploadRow | undefined);
  }
}

interface Found<Attributes> { readonly version: ObjectVersion<Attributes>; readonly characters: number }

const newCache = <Attributes>() => new BoundedCache<string, Found<Attributes>>(objectLimits.versionsCachedCharactersMax, (place, { characters }) => place.length + characters);

const empty = { entries: [], isTruncated: false };
const none = (): readonly never[] => [];

// Edges, these: the columns are those that the statements name, and attributes are what was stored as such.

function* mapped<Row, Item>(rows: Iterable<unknown>, read: (row: Row) => Item): Generator<Item> {
  for (const row of rows as Iterable<Row>) yield read(row);
}

const keyText = (key: Uint8Array): string => Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('utf8');

function read<Attributes>(given: unknown): Found<Attributes> | undefined {
  const row = given as VersionRow | undefined;
  return row && { version: versionOf(row), characters: row.segments.length + row.attributes.length };
}

function versionOf<Attributes>(row: VersionRow): ObjectVersion<Attributes> {
  return {
    key: keyText(row.key), versionId: row.version_id, isLatest: row.is_latest === 1, isDeleteMarker: row.is_marker === 1, sizeBytes: row.size, etag: row.etag,
    lastModified: row.modified, segments: segmentsOf(row.segments), sequence: row.sequence, attributes: JSON.parse(row.attributes) as Attributes, lock: lockOf(row.lock),
  };
}

const uploadOf = <Attributes>(row: UploadRow): Upload<Attributes> => ({ uploadId: row.upload_id, key: keyText(row.key), initiated: row.initiated, attributes: JSON.parse(row.attributes) as Attributes });

const partOf = <Attributes>({ number, size, etag, modified, attributes }: PartRow): UploadedPart<Attributes> => ({ number, sizeBytes: size, etag, lastModified: modified, attributes: JSON.parse(attributes) as Attributes });

const listedVersion = <Attributes>(row: VersionRow): Listed<ObjectVersion<Attributes>> => ({ key: keyText(row.key), item: () => versionOf<Attributes>(row) });

const listedUpload = <Attributes>(row: UploadRow): Listed<Upload<Attributes>> => ({ key: keyText(row.key), item: () => uploadOf<Attributes>(row) });
