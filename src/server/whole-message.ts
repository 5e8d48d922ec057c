/** A request whose body is handed over as it comes off the parser, past node's own stream: a third of what node:http costs for a small body is a stream's ticks. */

// Not imported, for the reason that stands in listen.ts.
const { IncomingMessage } = process.getBuiltinModule('node:http');

/** What the parser has of a body, and that it has the whole. Set once for a message, by whoever receives the request. */
export interface BodyReader {
  /** False where it wants no more for now: then nothing comes before `resumeParser`. */
  add(chunk: Uint8Array): boolean;
  end(): void;
}

/**
 * For node:http's option `IncomingMessage`. The parser pushes a body into its message, as every readable stream is pushed into, and null
 * when the message is complete. The body goes to the reader and never into the stream, so there is nothing to be read from it.
 */
export class WholeMessage extends IncomingMessage {
  reader: BodyReader | undefined;

  override push(chunk: Uint8Array | null): boolean {
    if (chunk !== null) {
      return this.reader?.add(chunk) ?? true;
    }
    // node:http asks whether a message was read before it lets its connection go on.
    this._read(0);
    this.reader?.end();
    return true;
  }

  /** After a reader wanted no more: it does again. */
  resumeParser(): void {
    this._read(0);
  }
}

// By this node:http knows that it may forget the message, which the connection would hold on to until the next. Its type is that of a property.
Object.defineProperty(WholeMessage.prototype, 'readableEnded', { get(this: WholeMessage) { return this.complete; } });
