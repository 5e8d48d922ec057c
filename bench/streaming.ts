/** A large object sent and fetched over a connection of its own, by a client that costs as little as it can. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** The bytes that a large object is made of, again and again. */
export const piece = Buffer.alloc(1024 * 1024, Buffer.from(Array.from({ length: 65_521 }, (_, i) => (i * 31 + (i >> 8)) & 0xff)));

/** Sends a request whose body is that many pieces; resolves when it is answered with 200. */
export async function upload(port: number, head: Buffer, pieces: number): Promise<void> {
  const exchange = new Exchange(port);
  await exchange.connected;
  exchange.socket.write(head);
  for (let i = 0; i < pieces; i++) if (!exchange.socket.write(piece)) await exchange.room();
  await exchange.answered;
}

/** Fetches what the request asks for; gives how many bytes came. */
export async function download(port: number, head: Buffer): Promise<number> {
  const exchange = new Exchange(port);
  await exchange.connected;
  exchange.socket.write(head);
  return exchange.answered;
}

const headEnd = Buffer.from('\r\n\r\n');

/** One request, and its answer, of which only the length is kept. */
class Exchange {
  readonly socket: Socket;
  readonly connected: Promise<void>;
  /** The number of bytes of the body. */
  readonly answered: Promise<number>;

  constructor(port: number) {
    const socket = (this.socket = connect({ port, host: '127.0.0.1', noDelay: true }));
    this.connected = new Promise((resolve, reject) => { socket.once('connect', resolve).once('error', reject); });
    this.answered = new Promise((resolve, reject) => {
      let head = Buffer.alloc(0);
      let left: number | undefined;
      let length = 0;
      socket.on('data', (chunk: Buffer) => {
        let bytes = chunk.length;
        if (left === undefined) {
          head = Buffer.concat([head, chunk]);
          const end = head.indexOf(headEnd);
          if (end < 0) return;
          const text = head.toString('latin1', 0, end);
          if (!text.startsWith('HTTP/1.1 200 ')) return reject(new Error(head.toString('utf8')));
          left = length = Number(/\r\ncontent-length: (\d+)/i.exec(text)![1]);
          bytes = head.length - end - headEnd.length;
        }
        left -= bytes;
        if (left > 0) return;
        socket.destroy();
        resolve(length);
      });
      socket.once('error', reject);
      socket.once('end', () => reject(new Error('the server closed the connection')));
    });
    this.answered.catch(() => {});
  }

  /** Resolves when the connection takes more, or the answer is there already. */
  room(): Promise<unknown> {
    return Promise.race([new Promise((resolve) => { this.socket.once('drain', resolve); }), this.answered]);
  }
}
