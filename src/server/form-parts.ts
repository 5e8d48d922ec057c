/** A form that uploads a file, taken apart as it comes: its fields first, then the file as a stream. Source: RFC 7578; "Browser-based uploads using POST" (S3 API Reference). */
import { ApiError } from '../base/api-error.ts';
import type { ByteStream } from '../base/byte-stream.ts';
import { limits } from './limits.ts';

export interface UploadForm {
  /** By their lower-case names, in order; what comes after the file is passed over, as on AWS. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: ByteStream;
}

const malformed = (): ApiError => new ApiError('MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.');
const boundaryForm = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^;\s"]{1,70}))/i;
const headEnd = Buffer.from('\r\n\r\n');

/** Reads up to the file. Raises MalformedPOSTRequest. */
export async function readUploadForm(contentType: string, source: ByteStream): Promise<UploadForm> {
  const [, quoted, plain] = boundaryForm.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed();
  const reader = new Reader(source);
  // The first delimiter has no line before it.
  if (!(await reader.until(Buffer.from(`--${boundary}\r\n`), 0))) throw malformed();
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const fields = new Map<string, string>();
  let fieldsBytes = 0;
  for (;;) {
    const head = await reader.until(headEnd, limits.formHeadBytesMax);
    if (!head) throw malformed();
    const { name, fileName } = disposition(head.toString('utf8'));
    if (name === 'file') return { fields, fileName: fileName ?? '', file: reader.rest(delimiter) };
    const value = await reader.until(delimiter, limits.formFieldBytesMax);
    if (!value) throw malformed();
    fieldsBytes += value.length + name.length;
    if (fields.size >= limits.formFieldsMax || fieldsBytes > limits.formFieldBytesMax) throw new ApiError('MaxPostPreDataLengthExceededError', 'Your POST request fields preceding the upload file was too large.');
    // Which of two would be meant nobody can say.
    if (fields.has(name)) throw new ApiError('InvalidArgument', 'POST requires exactly one value for each field.', { details: { ArgumentName: name.slice(0, 128) } });
    fields.set(name, value.toString('utf8'));
    const end = await reader.take(2);
    if (end.toString('latin1') !== '\r\n') throw new ApiError('InvalidArgument', 'POST requires exactly one file upload per request.', { details: { ArgumentName: 'file', ArgumentValue: '0' } });
  }
}

function disposition(head: string): { readonly name: string; readonly fileName: string | undefined } {
  const line = head.split('\r\n').find((one) => /^content-disposition:/i.test(one));
  const name = line && /;\s*name="([^"]*)"/i.exec(line)?.[1];
  if (!name) throw malformed();
  return { name: name.toLowerCase(), fileName: /;\s*filename="([^"]*)"/i.exec(line)?.[1]?.replace(/^.*[\\/]/, '') };
}

/** Bytes that have come and are not yet read. */
class Reader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(source: ByteStream) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** All before a mark, which is passed over; undefined where it does not come, or not within so many bytes. */
  async until(mark: Buffer, bytesMax: number): Promise<Buffer | undefined> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        if (at > bytesMax) return undefined;
        const before = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        return before;
      }
      if (this.#held.length > bytesMax + mark.length || !(await this.#more())) return undefined;
    }
  }

  async take(size: number): Promise<Buffer> {
    while (this.#held.length < size) if (!(await this.#more())) throw malformed();
    const taken = this.#held.subarray(0, size);
    this.#held = this.#held.subarray(size);
    return taken;
  }

  /** All before the mark, as it comes; what follows is read and forgotten. */
  async *rest(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        if (at > 0) yield this.#held.subarray(0, at);
        break;
      }
      // The mark may have begun.
      const sure = this.#held.length - mark.length + 1;
      if (sure > 0) {
        const piece = this.#held.subarray(0, sure);
        this.#held = this.#held.subarray(sure);
        yield piece;
      }
      if (!(await this.#more())) throw new ApiError('IncompleteBody', 'The request body terminated unexpectedly');
    }
    this.#held = Buffer.alloc(0);
    for (let left = limits.formFieldBytesMax; ;) {
      const { done, value } = await this.#chunks.next();
      if (done) return;
      left -= value.length;
      if (left < 0) throw malformed();
    }
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done) return false;
    this.#held = this.#held.length === 0 ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.concat([this.#held, value]);
    return true;
  }
}
