/** Git over SSH: a user's own key opens repositories, and nothing else is ever done here. Source: "Setup steps for SSH connections to AWS CodeCommit". */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { timingSafeEqual } from 'node:crypto';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, PublicKeyAuthContext, ServerChannel, Session } from 'ssh2';
import { findSshKey } from './git-user.ts';
import type { KnownKey } from './git-user.ts';
import { gitDoorLimits } from './limits.ts';
import type { GitDoorParts } from './parts.ts';
import { MalformedPacket } from './pkt-line.ts';
import { recordUnproven } from './refused.ts';
import { readSshCommand } from './repository-path.ts';
import { servePull } from './serve-pull.ts';
import { servePush } from './serve-push.ts';
import { GitRefused, GitVisit } from './visit.ts';
import { ClientGone } from './wire.ts';
import type { Wire } from './wire.ts';

export interface SshListening { readonly port: number; close(): Promise<void> }

/** A new host key, in OpenSSH's own form. */
export const newHostKey = (): string => ssh2.utils.generateKeyPairSync('ed25519', { comment: 'gatehouse' }).private;

/** Listens for Git's clients. `hostKey` is what newHostKey made, or another private key that OpenSSH reads. */
export async function listenForGit(parts: GitDoorParts, { host, port, hostKey }: { readonly host: string; readonly port: number; readonly hostKey: string }): Promise<SshListening> {
  // By their far ends. The library tells of a connection only once its client has spoken: what says nothing is ours to count and to end.
  const guests = new Map<string, Guest>();
  const ssh = new ssh2.Server({ hostKeys: [hostKey], ident: 'Gatehouse', algorithms: { serverHostKey: ['ssh-ed25519'] } }, (connection, { ip, port, header }) => {
    const guest = guests.get(`${ip}:${port}`);
    if (guest) new GitConnection(parts, connection, guest, { remoteAddress: plainAddress(ip), agent: header.identRaw }).listen();
    else connection.end();
  });
  const server = createServer({ noDelay: true }, (socket) => {
    const name = `${socket.remoteAddress}:${socket.remotePort}`;
    const guest = { socket, tooSlow: setTimeout(() => socket.destroy(), gitDoorLimits.proofMs) };
    guests.set(name, guest);
    socket.on('close', () => {
      clearTimeout(guest.tooSlow);
      guests.delete(name);
    });
    ssh.injectSocket(socket);
  });
  server.maxConnections = gitDoorLimits.connectionsMax;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  server.on('error', (cause: unknown) => parts.warn('the listener for Git over SSH failed', cause));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      // Who is at work is cut: there is no waiting for a client that may never read.
      for (const { socket } of guests.values()) socket.destroy();
    }),
  };
}

interface Guest { readonly socket: Socket; readonly tooSlow: NodeJS.Timeout }

const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');

class GitConnection {
  readonly #parts: GitDoorParts;
  readonly #connection: Connection;
  readonly #guest: Guest;
  readonly #from: { readonly remoteAddress: string; readonly agent: string };
  #proven: KnownKey | undefined;
  /** Under which name a key was offered that opened nothing. */
  #refused: string | undefined;
  #offers = 0;
  #sessions = 0;

  constructor(parts: GitDoorParts, connection: Connection, guest: Guest, from: { readonly remoteAddress: string; readonly agent: string }) {
    this.#parts = parts;
    this.#connection = connection;
    this.#guest = guest;
    this.#from = from;
  }

  listen(): void {
    const connection = this.#connection;
    // A client that breaks the protocol or is gone: its connection ends, and there is nobody to tell.
    connection.on('error', () => connection.end());
    connection.on('authentication', (offer) => void this.#judge(offer));
    // Once a connection: a client's agent may offer keys of other places before the right one.
    connection.on('close', () => {
      if (!this.#proven && this.#refused !== undefined) recordUnproven(this.#parts, this.#refused, { protocol: 'SSH', ...this.#from }, undefined);
    });
    connection.on('ready', () => clearTimeout(this.#guest.tooSlow));
    connection.on('session', (accept, reject) => {
      if (++this.#sessions > gitDoorLimits.sessionsPerConnectionMax) reject();
      else this.#serve(accept());
    });
  }

  async #judge(offer: AuthContext): Promise<void> {
    if (++this.#offers > gitDoorLimits.offersMax) {
      this.#connection.end();
      return;
    }
    try {
      if (offer.method !== 'publickey') {
        offer.reject(['publickey']);
        return;
      }
      const key = await findSshKey(this.#parts.store, offer.username);
      if (!key || !isOffered(offer, key)) {
        this.#refused = offer.username;
        offer.reject(['publickey']);
        return;
      }
      if (offer.signature) this.#proven = key;
      offer.accept();
    } catch (thrown) {
      this.#parts.warn('a key could not be looked up', thrown);
      offer.reject(['publickey']);
    }
  }

  /** Of what SSH can do, one command. Whatever is not listened for here (forwarding, agents, subsystems, terminals) is refused by the library. */
  #serve(session: Session): void {
    let protocol: string | undefined;
    session.on('env', (accept, _reject, { key, val }) => {
      if (key === 'GIT_PROTOCOL' && /^version=[012]$/.test(val)) protocol = val;
      // Accepted unread, too: a client's locale is nobody's business.
      accept?.();
    });
    session.on('pty', (_accept, reject) => reject?.());
    session.on('shell', (accept) => {
      const channel = accept() as ServerChannel | undefined;
      if (!channel) return;
      channel.write('You have successfully authenticated over SSH. You can use Git to interact with repositories. Interactive shells are not supported.\r\n');
      channel.exit(0);
      channel.end();
    });
    session.on('exec', (accept, reject, { command }) => {
      // INVARIANT: the library lets no session begin before a key is proven.
      if (!this.#proven) {
        reject?.();
        return;
      }
      // None where the session has its command already, whatever the library's types say.
      const channel = accept() as ServerChannel | undefined;
      if (channel) void this.#exec(channel, command, this.#proven, protocol);
    });
  }

  async #exec(channel: ServerChannel, text: string, { caller }: KnownKey, protocol: string | undefined): Promise<void> {
    channel.on('error', () => {});
    const end = (status: number): void => {
      channel.exit(status);
      channel.end();
    };
    // The socket: a client that does not read would not hear that its channel is closed.
    const idle = setTimeout(() => this.#guest.socket.destroy(), gitDoorLimits.idleMs);
    try {
      const asked = readSshCommand(text);
      if (!asked) throw new GitRefused('Only git-upload-pack and git-receive-pack of a repository can be run: ssh://KEYID@HOST:PORT/v1/repos/NAME');
      const { command, repository: named } = asked;
      this.#parts.lastUsed.mark(caller.accessKeyId, { at: this.#parts.clock(), service: 'codecommit', region: named.region });
      const visit = new GitVisit(this.#parts, caller, { protocol: 'SSH', ...this.#from }, command, named, async () => (await findSshKey(this.#parts.store, caller.accessKeyId)) !== undefined);
      const repository = await visit.admit();
      const wire = wireOf(channel, () => idle.refresh());
      if (command === 'upload-pack') {
        const status = await servePull(await this.#parts.git.open(repository.RepositoryId), wire, 'session', protocol);
        visit.record(repository, {});
        end(status);
      } else {
        end(await servePush(this.#parts, visit, repository, wire, 'session', protocol));
      }
    } catch (thrown) {
      if (!(thrown instanceof GitRefused || thrown instanceof ClientGone || thrown instanceof MalformedPacket) && !channel.destroyed) this.#parts.warn('a Git session over SSH failed', thrown);
      channel.stderr.write(`${thrown instanceof GitRefused ? thrown.message : 'The repository could not be used because of an unknown failure.'}\n`);
      end(1);
    } finally {
      clearTimeout(idle);
    }
  }
}

/** The offered key is the user's own, and what comes with it was signed by that key, not over SHA-1. Source: RFC 4252, section 7; RFC 8332. */
function isOffered({ key, signature, blob, hashAlgo }: PublicKeyAuthContext, { publicKey }: KnownKey): boolean {
  const known = ssh2.utils.parseKey(publicKey);
  if (known instanceof Error) return false;
  const own = known.getPublicSSH();
  if (key.data.length !== own.length || !timingSafeEqual(key.data, own)) return false;
  if (!signature) return true;
  if (!blob || (known.type === 'ssh-rsa' && hashAlgo === undefined)) return false;
  return known.verify(blob, signature, hashAlgo) === true;
}

function wireOf(channel: ServerChannel, moved: () => void): Wire {
  // A client that has sent all is still waiting for what comes of it.
  const taken = channel.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  let isGone = false;
  channel.once('close', () => { isGone = true; });
  return {
    source: {
      async next() {
        const result = await taken.next();
        moved();
        return result;
      },
    },
    write: (bytes) => new Promise((resolve, reject) => {
      moved();
      if (isGone || channel.destroyed || !channel.writable) reject(new ClientGone());
      else if (channel.write(bytes)) resolve();
      else {
        const done = (): void => {
          channel.off('drain', done).off('close', done);
          resolve();
        };
        channel.on('drain', done).on('close', done);
      }
    }),
    say: (text) => void channel.stderr.write(text),
  };
}
