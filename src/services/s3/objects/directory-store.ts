/** The store of objects in a directory: bytes in files, all else in an index beside them. Processes of one machine may share it. */
import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { newArgument } from '../../../base/ids.ts';
import type { RandomBytes } from '../../../base/ids.ts';
import { WriterThread } from '../../../store/writer-thread.ts';
import { FileFolder } from './file-folder.ts';
import { FileReader } from './file-reading.ts';
import { writeFile } from './file-writing.ts';
import type { IndexCommand, IndexInputs, IndexOutputs, StoredVersion } from './index-commands.ts';
import { openIndex } from './index-format.ts';
import { IndexReader } from './index-reader.ts';
import type { IndexReply, IndexTask } from './index-writer.ts';
import { objectLimits } from './limits.ts';
import { lockText } from './object-lock.ts';
import { ObjectRefused } from './object-store.ts';
import type { Completion, Incoming, ObjectStore, ObjectVersion, Opened, Opening, Page, PageOptions, Place, PlacedUpload, Put, Removal, Removed, Retaining, Segment, Upload, UploadedPart, Verified } from './object-store.ts';

/** Opens the directory, or makes it, and settles what a crash left in it. `random` makes ids and salts. Attributes are stored as JSON. */
export async function directoryStore<Attributes, UploadAttributes = Attributes, PartAttributes = Attributes>(path: string, random: RandomBytes): Promise<ObjectStore<Attributes, UploadAttributes, PartAttributes>> {
  const store = new DirectoryStore<Attributes, UploadAttributes, PartAttributes>(path, random);
  await store.sweep();
  return store;
}

class DirectoryStore<Attributes, UploadAttributes, PartAttributes> implements ObjectStore<Attributes, UploadAttributes, PartAttributes> {
  readonly #random: RandomBytes;
  readonly #folder: FileFolder;
  readonly #files: FileReader;
  readonly #database: DatabaseSync;
  readonly #index: IndexReader<Attributes, UploadAttributes, PartAttributes>;
  readonly #writer: WriterThread<IndexTask, IndexReply>;

  constructor(path: string, random: RandomBytes) {
    this.#random = random;
    this.#folder = new FileFolder(path);
    this.#files = new FileReader(this.#folder);
    this.#database = openIndex(this.#folder.indexFile);
    this.#index = new IndexReader(this.#database);
    // Compiled, this file and the writer's both end in .js.
    this.#writer = new WriterThread(new URL(import.meta.url.endsWith('.ts') ? './index-writer.ts' : './index-writer.js', import.meta.url), path);
  }

  async sweep(): Promise<void> {
    await this.#writer.ask({ command: 'sweep' });
  }

  async createBucket(bucket: string): Promise<void> {
    await this.#do('createBucket', { bucket });
  }

  removeBucketIfEmpty(bucket: string): Promise<boolean> {
    return this.#do('removeBucketIfEmpty', { bucket });
  }

  async put({ bucket, key, versioning, conditions = {}, ...incoming }: Put<Attributes>): Promise<ObjectVersion<Attributes>> {
    const { verified, outcome } = await this.#bringIn(incoming, (verified, segments) => {
      const { etag, lastModified: modified, attributes, lock } = verified;
      return this.#do('put', { bucket, key: Buffer.from(key), newVersionId: this.#newVersionId(), versioning, conditions, etag, modified, attributes: JSON.stringify(attributes), lock: lockText(lock), segments });
    });
    return versionOf(key, verified, outcome);
  }

  find({ bucket, key }: Place, versionId?: string): ObjectVersion<Attributes> | undefined {
    return this.#index.find(bucket, key, versionId);
  }

  async open({ bucket, key, versionId, select }: Opening<Attributes>): Promise<Opened<Attributes>> {
    for (let openings = 0; openings < objectLimits.openingsMax; openings++) {
      const object = this.#index.find(bucket, key, versionId);
      if (!object) throw new ObjectRefused(versionId === undefined ? 'NoSuchKey' : 'NoSuchVersion');
      const { range, sealingKey } = select(object);
      const body = await this.#files.read(object.segments, range ?? { first: 0, last: object.sizeBytes - 1 }, sealingKey);
      if (body) return { object, body };
    }
    throw new Error('the files of an object that the index knows are missing');
  }

  openAtOnce({ bucket, key, versionId, select }: Opening<Attributes>): Opened<Attributes> | undefined {
    const object = this.#index.find(bucket, key, versionId);
    if (!object || !this.#files.isAtHand(object.segments)) return undefined;
    const { range, sealingKey } = select(object);
    const body = this.#files.readAtOnce(object.segments, range ?? { first: 0, last: object.sizeBytes - 1 }, sealingKey);
    return body && { object, body };
  }

  remove({ bucket, key, versionId, versioning, conditions = {}, at, bypassesGovernance = false }: Removal): Promise<Removed | undefined> {
    return this.#do('remove', { bucket, key: Buffer.from(key), versionId, newVersionId: this.#newVersionId(), versioning, conditions, modified: at, bypassesGovernance });
  }

  replaceAttributes(bucket: string, sequence: number, attributes: Attributes): Promise<boolean> {
    return this.#do('replaceAttributes', { bucket, sequence, attributes: JSON.stringify(attributes) });
  }

  retain(retaining: Retaining): Promise<boolean> {
    return this.#do('retain', retaining);
  }

  hold(bucket: string, sequence: number, legalHold: 'ON' | 'OFF'): Promise<boolean> {
    return this.#do('hold', { bucket, sequence, legalHold });
  }

  list(options: PageOptions): Page<ObjectVersion<Attributes>> {
    return this.#index.list(options);
  }

  listVersions(options: PageOptions & { readonly afterVersionId?: string | undefined }): Page<ObjectVersion<Attributes>> {
    return this.#index.listVersions(options);
  }

  async createUpload({ bucket, key, uploadId, initiated, attributes }: Upload<UploadAttributes> & Place): Promise<void> {
    await this.#do('createUpload', { bucket, key: Buffer.from(key), uploadId, initiated, attributes: JSON.stringify(attributes) });
  }

  findUpload(upload: PlacedUpload): Upload<UploadAttributes> | undefined {
    return this.#index.findUpload(upload);
  }

  async putPart({ bucket, key, uploadId }: PlacedUpload, number: number, incoming: Incoming<PartAttributes>): Promise<UploadedPart<PartAttributes>> {
    const { verified, sizeBytes } = await this.#bringIn(incoming, ({ etag, lastModified: modified, attributes }, segments) =>
      this.#do('putPart', { bucket, key: Buffer.from(key), uploadId, number, etag, modified, attributes: JSON.stringify(attributes), segments }));
    return { number, sizeBytes, ...verified };
  }

  listParts(upload: PlacedUpload, after: number, limit: number): readonly UploadedPart<PartAttributes>[] {
    const parts = this.#index.listParts(upload, after, limit);
    if (!parts) throw new ObjectRefused('NoSuchUpload');
    return parts;
  }

  async completeUpload({ bucket, key, uploadId, parts, partBytesMin, versioning, conditions = {}, ...verified }: Completion<Attributes>): Promise<ObjectVersion<Attributes>> {
    const { etag, lastModified: modified, attributes, lock } = verified;
    const stored = await this.#do('completeUpload', { bucket, key: Buffer.from(key), uploadId, parts, partBytesMin, newVersionId: this.#newVersionId(), versioning, conditions, etag, modified, attributes: JSON.stringify(attributes), lock: lockText(lock) });
    return versionOf(key, verified, stored);
  }

  async abortUpload({ bucket, key, uploadId }: PlacedUpload): Promise<void> {
    await this.#do('abortUpload', { bucket, key: Buffer.from(key), uploadId });
  }

  listUploads(options: PageOptions & { readonly afterUploadId?: string | undefined }): Page<Upload<UploadAttributes>> {
    return this.#index.listUploads(options);
  }

  async close(): Promise<void> {
    await this.#writer.close();
    this.#database.close();
  }

  /** Writes the bytes to a file, has them verified, and records them. What was not recorded leaves nothing. */
  async #bringIn<Known, Outcome>({ source, verified: verify, sealingKey }: Incoming<Known>, record: (verified: Verified<Known>, segments: readonly Segment[]) => Promise<Outcome>): Promise<{ verified: Verified<Known>; sizeBytes: number; outcome: Outcome }> {
    const fileId = Buffer.from(this.#random(16)).toString('hex');
    const file = await this.#folder.create(fileId);
    let isRecording = false;
    try {
      let sizeBytes: number;
      let verified: Verified<Known>;
      try {
        sizeBytes = await writeFile(file, source, sealingKey, this.#random);
        verified = await verify(sizeBytes);
      } finally {
        await file.close();
      }
      // A file without bytes belongs to nobody.
      if (sizeBytes === 0) rmSync(this.#folder.pathOf(fileId));
      isRecording = true;
      const outcome = await record(verified, sizeBytes === 0 ? [] : [{ fileId, sizeBytes, isSealed: sealingKey !== undefined }]);
      return { verified, sizeBytes, outcome };
    } catch (thrown) {
      // Where nobody knows whether it was recorded, the next sweep finds out.
      if (!isRecording || thrown instanceof ObjectRefused) rmSync(this.#folder.pathOf(fileId), { force: true });
      throw thrown;
    }
  }

  async #do<Command extends IndexCommand>(command: Command, input: IndexInputs[Command]): Promise<IndexOutputs[Command]> {
    // An edge, twice: the type of a task binds its input to its command, and so its output.
    const reply = await this.#writer.ask({ command, input } as unknown as IndexTask);
    this.#index.changed();
    if ('refusal' in reply) throw new ObjectRefused(reply.refusal);
    return reply.output as IndexOutputs[Command];
  }

  #newVersionId(): string {
    return newArgument(24, this.#random);
  }
}

function versionOf<Attributes>(key: string, { etag, lastModified, attributes, lock }: Verified<Attributes>, { versionId, sequence, segments, sizeBytes }: StoredVersion): ObjectVersion<Attributes> {
  return { key, versionId, isLatest: true, isDeleteMarker: false, sizeBytes, etag, lastModified, segments, sequence, attributes, lock: lockText(lock) === null ? undefined : lock };
}
