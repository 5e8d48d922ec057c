/** A connection to a PostgreSQL server, logged in: the socket is then its owner's. */
import { connect as connectPlain } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { RandomBytes } from '../../../base/ids.ts';
import { postgresLimits } from './limits.ts';
import { cString, int32, message, MessageReader, readError, startupCodes, startupPacket } from './messages.ts';
import type { ErrorFields, Message } from './messages.ts';
import { ScramClient, scramMechanism } from './scram.ts';

/** Where a server is, and whether it is spoken to by TLS (its certificate is then the machine's authorities' to vouch for). */
export interface ServerAddress { readonly host: string; readonly port: number; readonly isSecure: boolean }

export interface Login {
  readonly user: string;
  readonly password: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** Of version 3 of the protocol; a server that has a lower one says so, and all goes on in that. 0 where left out. */
  readonly minorVersion?: number;
}

/** The server's own refusal. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
  readonly fields: ErrorFields;

  constructor(fields: ErrorFields) {
    super(fields.message);
    this.fields = fields;
  }
}

export interface LoggedIn {
  readonly socket: Socket;
  /** What the server said between its welcome and its being ready: parameters, the key for cancelling, and that it is ready. */
  readonly greeting: Buffer;
}

/** Connects and logs in, by SCRAM-SHA-256 where the server asks for proof. Rejects with LoginRefused, or because nobody answers. */
export async function logIn(address: ServerAddress, login: Login, random: RandomBytes): Promise<LoggedIn> {
  const socket = await connect(address);
  const lines = new Lines(socket);
  const timer = setTimeout(() => socket.destroy(new Error('the database did not answer in time')), postgresLimits.loginMs);
  try {
    socket.write(startupPacket(new Map([['user', login.user], ...login.parameters]), login.minorVersion ?? 0));
    await authenticate(lines, login, random);
    const greeting: Buffer[] = [];
    for (;;) {
      const { type, body } = await lines.next();
      if (type === 'E') throw new LoginRefused(readError(body));
      greeting.push(message(type, body));
      if (type === 'Z') break;
    }
    return { socket: lines.release(), greeting: Buffer.concat(greeting) };
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs statements on a session of its own, and ends it. Gives the first column of the rows. */
export async function runStatements(address: ServerAddress, login: Login, statements: readonly string[], random: RandomBytes): Promise<readonly (string | null)[]> {
  const { socket } = await logIn(address, login, random);
  const lines = new Lines(socket);
  const timer = setTimeout(() => socket.destroy(new Error('the database did not answer in time')), postgresLimits.loginMs);
  const values: (string | null)[] = [];
  try {
    for (const statement of statements) {
      socket.write(message('Q', cString(statement)));
      let refused: ErrorFields | undefined;
      for (let { type, body } = await lines.next(); type !== 'Z'; { type, body } = await lines.next()) {
        if (type === 'E') refused = readError(body);
        if (type === 'D') values.push(firstColumn(body));
      }
      if (refused) throw new LoginRefused(refused);
    }
    return values;
  } finally {
    clearTimeout(timer);
    lines.release();
    partFrom(socket, message('X'));
  }
}

/** Says the last word and lets go: what still comes is not read, and who does not go is put out. A socket that nobody reads would not see the other side's end. */
export function partFrom(socket: Socket, bytes: Uint8Array = new Uint8Array(0)): void {
  socket.on('error', () => socket.destroy());
  socket.end(bytes);
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), postgresLimits.partingMs).unref();
  socket.once('close', () => clearTimeout(timer));
}

/** A literal of SQL, whatever is in it. Source: PostgreSQL documentation, "String Constants with C-Style Escapes". */
export const sqlLiteral = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** A name of SQL. */
export const sqlName = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function firstColumn(body: Buffer): string | null {
  const length = body.readInt32BE(2);
  return length < 0 ? null : body.subarray(6, 6 + length).toString('utf8');
}

async function authenticate(lines: Lines, { password }: Login, random: RandomBytes): Promise<void> {
  const scram = new ScramClient(password, Buffer.from(random(18)).toString('base64'));
  for (;;) {
    const { type, body } = await lines.next();
    if (type === 'E') throw new LoginRefused(readError(body));
    if (type !== 'R') continue;
    const kind = body.readInt32BE(0);
    const data = body.subarray(4);
    // Ok, SASL, SASLContinue, SASLFinal. Whatever else is asked for would give the password away, or nearly.
    if (kind === 0) return;
    if (kind === 10) {
      if (!data.toString('latin1').split('\0').includes(scramMechanism)) throw new Error(`the database offers no ${scramMechanism}`);
      const first = Buffer.from(scram.first());
      lines.socket.write(message('p', cString(scramMechanism), int32(first.length), first));
    } else if (kind === 11) {
      lines.socket.write(message('p', await scram.final(data.toString('latin1'))));
    } else if (kind === 12) {
      if (!scram.isServerProven(data.toString('latin1'))) throw new Error('the database does not prove that it knows the password');
    } else {
      throw new Error(`the database asks for a way of proof that is not ${scramMechanism}: ${kind}`);
    }
  }
}

/** A socket's messages, one after the other. */
class Lines {
  readonly socket: Socket;
  readonly #reader = new MessageReader(16 * 1024 * 1024);
  readonly #iterator: AsyncIterator<Buffer>;

  constructor(socket: Socket) {
    this.socket = socket;
    this.#iterator = socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  async next(): Promise<Message> {
    for (;;) {
      const message = this.#reader.next();
      if (message) return message;
      const { done, value } = await this.#iterator.next();
      if (done) throw new Error('the database closed the connection');
      this.#reader.push(value);
    }
  }

  /** The socket, with what came beyond the messages that were taken still to be read. */
  release(): Socket {
    const rest = this.#reader.rest();
    void this.#iterator.return?.();
    if (rest.length > 0) this.socket.unshift(rest);
    return this.socket;
  }
}

/** A socket to a server; over TLS where the address says so. */
export function connect({ host, port, isSecure }: ServerAddress): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectPlain({ host, port, noDelay: true });
    const timer = setTimeout(() => socket.destroy(new Error('the database did not answer in time')), postgresLimits.loginMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const succeed = (connected: Socket): void => {
      clearTimeout(timer);
      socket.off('error', fail);
      resolve(connected);
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      if (!isSecure) {
        succeed(socket);
        return;
      }
      socket.write(Buffer.concat([int32(8), int32(startupCodes.ssl)]));
      socket.once('data', (answer) => {
        if (answer.length !== 1 || answer.toString('latin1') !== 'S') {
          fail(new Error('the database does not speak TLS'));
          return;
        }
        const secure = connectTls({ socket, servername: host, minVersion: 'TLSv1.2' });
        secure.once('error', fail);
        secure.once('secureConnect', () => succeed(secure));
      });
    });
  });
}
