/** One client: what it says before it is let in, and the two sockets joined once it is. Source: PostgreSQL documentation, "Message Flow". */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { errorMessage, int32, message, MessageReader, negotiateVersion, ProtocolBroken, readStartup, startupCodes } from '../../services/rds/postgres/messages.ts';
import type { ErrorFields, Startup } from '../../services/rds/postgres/messages.ts';
import { postgresLimits } from '../../services/rds/postgres/limits.ts';
import { connect, LoginRefused, partFrom } from '../../services/rds/postgres/session.ts';
import { joinSockets } from './joined.ts';
import { postgresDoorLimits } from './limits.ts';
import type { PostgresDoorParts } from './parts.ts';
import { proveToken, ProofRefused } from './proof.ts';
import type { AskedInstance } from './proof.ts';
import { addressOf, openSession } from './upstream.ts';

/** The client is told so, and let go. */
class Refused extends Error {
  readonly fields: ErrorFields;

  constructor(code: string, text: string, detail?: string) {
    super(text);
    this.fields = { severity: 'FATAL', code, message: text, detail };
  }
}

const instanceAbsent = (): Refused => new Refused('3D000', 'there is no database instance at this port');

/** Serves a client of the instance. Resolves when it is joined to its session, or gone. Never rejects. */
export async function serveClient(parts: PostgresDoorParts, plain: Socket, findInstance: () => Promise<AskedInstance | undefined>, secureContext: SecureContext | undefined): Promise<void> {
  plain.setNoDelay(true);
  plain.on('error', () => plain.destroy());
  const timer = setTimeout(() => plain.destroy(), postgresDoorLimits.loginMs);
  const client = new Client(plain, secureContext);
  try {
    const startup = await client.begin();
    const asked = await findInstance();
    if (!asked) throw instanceAbsent();
    if (startup === 'cancel') await cancel(parts, asked, client.cancelRequest!);
    else await letIn(parts, findInstance, client, startup.parameters, client.agreeOn(startup, minorVersionOf(asked)));
  } catch (thrown) {
    const refusal = thrown instanceof Refused ? thrown.fields : thrown instanceof LoginRefused ? thrown.fields : undefined;
    if (refusal) client.end(errorMessage(refusal));
    else if (thrown instanceof ProtocolBroken || thrown instanceof ClientGone) client.socket.destroy();
    else {
      parts.warn('a database session could not be opened', thrown);
      client.end(errorMessage({ severity: 'FATAL', code: '08006', message: 'the database cannot be reached' }));
    }
  } finally {
    clearTimeout(timer);
  }
}

async function letIn(parts: PostgresDoorParts, findInstance: () => Promise<AskedInstance | undefined>, client: Client, parameters: ReadonlyMap<string, string>, minorVersion: number): Promise<void> {
  const user = parameters.get('user');
  if (user === undefined || user === '') throw new Refused('28000', 'no PostgreSQL user name specified in startup packet');
  // PostgreSQL cuts a longer name: whom the policy was asked about would not be who gets in.
  if (Buffer.byteLength(user) > postgresLimits.nameBytesMax) throw new Refused('28000', `a user name has at most ${postgresLimits.nameBytesMax} bytes`);
  const remoteAddress = (client.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '');
  // A token is a password for a quarter of an hour: it does not travel in the clear.
  if (!client.isSecure && !isLoopback(remoteAddress)) throw new Refused('28000', 'a token is sent over TLS alone');
  const rest = new Map([...parameters].filter(([name]) => name !== 'user'));
  const database = rest.get('database') ?? user;
  const failed = (detail?: string): Refused => new Refused('28000', `PAM authentication failed for user "${user}"`, detail);
  try {
    const token = await client.askForPassword();
    // As it is now: a client may think for long about its password.
    const asked = await findInstance();
    if (!asked) throw instanceAbsent();
    await proveToken(parts, token, asked, { remoteAddress, isSecure: client.isSecure, user, database });
    const { socket: server, greeting } = await openSession(parts, asked, user, { parameters: rest, minorVersion });
    client.join(server, greeting);
  } catch (thrown) {
    throw thrown instanceof ProofRefused ? failed(thrown.detail) : thrown;
  }
}

/** What the server speaks, as far as its version tells: a client is told before anybody has asked the server. Where it was changed meanwhile for one that speaks less, what that says is good in 3.2, too. Source: PostgreSQL documentation, "Protocol Versions". */
const minorVersionOf = ({ instance: { EngineVersion } }: AskedInstance): number => (Number.parseInt(EngineVersion, 10) >= 18 ? 2 : 0);

const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

/** Hands a cancelling on: the key in it is the server's own, and says for itself what it may stop. */
async function cancel(parts: PostgresDoorParts, asked: AskedInstance, request: Buffer): Promise<void> {
  const socket = await connect(addressOf(parts, asked));
  socket.on('error', () => socket.destroy());
  partFrom(socket, Buffer.concat([int32(request.length + 4), request]));
}

/** The code, the process, and its key: of 4 bytes, from version 3.2 on of up to 256. Source: PostgreSQL documentation, "Message Formats", CancelRequest. */
const cancelLengthMin = 12;
const cancelLengthMax = 264;

class ClientGone extends Error {}

class Client {
  socket: Socket;
  isSecure = false;
  cancelRequest: Buffer | undefined;
  readonly #secureContext: SecureContext | undefined;
  #reader = new MessageReader(postgresLimits.startupBytesMax);
  #iterator: AsyncIterator<Buffer>;

  constructor(socket: Socket, secureContext: SecureContext | undefined) {
    this.socket = socket;
    this.#secureContext = secureContext;
    this.#iterator = iterate(socket);
  }

  /** The startup packet, or that it is a cancelling. */
  async begin(): Promise<Startup | 'cancel'> {
    for (let asked = 0; asked < 3; asked++) {
      const packet = await this.#startup();
      const code = packet.length >= 4 ? packet.readUInt32BE(0) : 0;
      if (code === startupCodes.gss) this.socket.write('N');
      else if (code === startupCodes.ssl && !this.isSecure) this.#secure();
      else if (code === startupCodes.cancel && packet.length >= cancelLengthMin && packet.length <= cancelLengthMax) {
        this.cancelRequest = packet;
        this.end();
        return 'cancel';
      } else {
        const startup = readStartup(packet);
        if (!startup) throw new Refused('0A000', 'this protocol is not spoken here');
        return startup;
      }
    }
    throw new ProtocolBroken('a client that only asks for encryption');
  }

  /** The version that client and server both speak; said where it is not the client's. */
  agreeOn({ minorVersion, protocolOptions }: Startup, spoken: number): number {
    const agreed = Math.min(minorVersion, spoken);
    if (agreed < minorVersion || protocolOptions.length > 0) this.socket.write(negotiateVersion(agreed, protocolOptions));
    return agreed;
  }

  async askForPassword(): Promise<string> {
    this.#reader = new MessageReader(postgresLimits.loginMessageBytesMax);
    this.socket.write(message('R', int32(3)));
    for (;;) {
      const received = this.#reader.next();
      if (received) {
        if (received.type !== 'p' || received.body.at(-1) !== 0) throw new ProtocolBroken('no password came');
        return received.body.subarray(0, -1).toString('utf8');
      }
      await this.#more();
    }
  }

  /** The last that it hears. */
  end(bytes?: Uint8Array): void {
    void this.#iterator.return?.();
    partFrom(this.socket, bytes);
  }

  /** From here on what it says is the server's, and what the server says its own. */
  join(server: Socket, greeting: Uint8Array): void {
    void this.#iterator.return?.();
    joinSockets(this.socket, Buffer.concat([message('R', int32(0)), greeting]), server, this.#reader.rest());
  }

  #secure(): void {
    // What came with the request, in the clear, was not said over TLS: whoever stands between could have put it there.
    if (this.#reader.rest().length > 0) throw new ProtocolBroken('bytes behind a request for TLS');
    if (!this.#secureContext) {
      this.socket.write('N');
      return;
    }
    this.socket.write('S');
    void this.#iterator.return?.();
    const plain = this.socket;
    const secure = new TLSSocket(plain, { isServer: true, secureContext: this.#secureContext });
    secure.on('error', () => plain.destroy());
    this.socket = secure;
    this.isSecure = true;
    this.#iterator = iterate(secure);
  }

  async #startup(): Promise<Buffer> {
    for (;;) {
      const packet = this.#reader.nextStartup();
      if (packet) return packet;
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#iterator.next().catch(() => { throw new ClientGone(); });
    if (done) throw new ClientGone();
    this.#reader.push(value);
  }
}

const iterate = (socket: Socket): AsyncIterator<Buffer> => socket.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
