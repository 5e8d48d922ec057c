/** Git over HTTP, on the port of the API: the smart protocol, for whoever shows a service-specific credential or a password that AWS's helper made. Source: gitprotocol-http(5); "Setup for HTTPS users using Git credentials" (AWS CodeCommit User Guide). */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Authenticate } from '../../authn/authenticate.ts';
import { ApiError } from '../../base/api-error.ts';
import type { ByteStream } from '../../base/byte-stream.ts';
import type { IdentifiedCaller } from '../../base/caller.ts';
import { signatureDialects } from '../../proof/sigv4/dialect.ts';
import { readGitPassword } from '../../proof/sigv4/git-password.ts';
import { findGitCredential } from './git-user.ts';
import { gitDoorLimits } from './limits.ts';
import type { GitDoorParts } from './parts.ts';
import { flushPacket, MalformedPacket, packet } from './pkt-line.ts';
import { recordUnproven } from './refused.ts';
import { readRepositoryPath } from './repository-path.ts';
import type { GitCommand, NamedRepository } from './repository-path.ts';
import { servePull } from './serve-pull.ts';
import { servePush } from './serve-push.ts';
import { GitRefused, GitVisit } from './visit.ts';
import type { Origin } from './visit.ts';
import { ClientGone } from './wire.ts';
import type { GitMode, Wire } from './wire.ts';

/** What the door reads of a request. */
export interface GitHttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  header(name: string): string | undefined;
  readonly body: Uint8Array;
  readonly stream?: ByteStream | undefined;
  readonly remoteAddress: string;
  readonly isSecure: boolean;
}

interface AnswerHead { readonly status: number; readonly headers: Readonly<Record<string, string>> }
export type GitHttpAnswer = (AnswerHead & { readonly body: string }) | (AnswerHead & { readonly body: ByteStream })

export interface GitHttpParts extends GitDoorParts { readonly authenticate: Authenticate }

interface Asked { readonly command: GitCommand; readonly mode: Exclude<GitMode, 'session'>; readonly repository: NamedRepository; /** The repository's own, as a helper signs it. */ readonly path: string }

/** Under which other regions' repositories are found: what is `/v1/repos/NAME` there is a name of a bucket here, where a region stands before it. */
export const regionalPrefix = '/_gatehouse/git';

export function openGitHttp(parts: GitHttpParts): (request: GitHttpRequest) => Promise<GitHttpAnswer> {
  return async (request) => {
    const asked = readAsked(request);
    if (!asked) return said(404, 'There is no such page: repositories are at /v1/repos/NAME.\n');
    if (codingOf(request) === undefined) return said(415, 'A body comes as it is, or packed by gzip.\n');
    const origin: Origin = { protocol: request.isSecure ? 'HTTPS' : 'HTTP', remoteAddress: request.remoteAddress, agent: request.header('user-agent') };
    const shown = readBasic(request);
    const caller = shown && (await proveCaller(parts, request, shown, asked));
    // Who shows nothing is only asking what to show: git does that first.
    if (shown && !caller) recordUnproven(parts, shown.userName, origin, asked.repository.region);
    if (!caller) return { ...said(401, 'Git is used with a service-specific credential of an IAM user, or by way of `aws codecommit credential-helper`.\n'), headers: { ...plainText, 'WWW-Authenticate': 'Basic realm="Git repositories"' } };
    const { command, mode, repository: named } = asked;
    const visit = new GitVisit(parts, caller, origin, command, named, () => Promise.resolve(true));
    try {
      const repository = await visit.admit();
      const pipe = new Pipe();
      const protocol = readProtocol(request);
      const { source, drained } = drainable(bodyOf(request, command));
      const wire: Wire = { source, write: (bytes) => pipe.write(bytes), say: () => {} };
      const serve = async (): Promise<void> => {
        if (mode === 'advertise' && protocol !== 'version=2') await pipe.write(Buffer.concat([packet(`# service=git-${command}\n`), flushPacket]));
        if (command === 'receive-pack') await servePush(parts, visit, repository, wire, mode, protocol);
        else await servePull(await parts.git.open(repository.RepositoryId), wire, mode, protocol);
        if (command === 'upload-pack' && mode === 'request') visit.record(repository, {});
      };
      const serving = serve().then(() => pipe.end(), (cause: unknown) => {
        // Who leaves, is cut short, or speaks no Git has failed by himself.
        if (!(cause instanceof ClientGone || cause instanceof ApiError || cause instanceof MalformedPacket)) parts.warn('Git over HTTP failed', cause);
        pipe.fail(cause instanceof Error ? cause : new Error(String(cause)));
      });
      // An answer that begins before its request has ended would be the connection's last.
      if (mode === 'request') await Promise.race([drained, serving]);
      return { status: 200, headers: { 'Content-Type': `application/x-git-${command}-${mode === 'advertise' ? 'advertisement' : 'result'}`, 'Cache-Control': 'no-cache' }, body: pipe };
    } catch (thrown) {
      if (!(thrown instanceof GitRefused)) throw thrown;
      return said(thrown.isAbsent ? 404 : 403, `${thrown.message}\n`);
    }
  };
}

const plainText = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } as const;

const said = (status: number, body: string): AnswerHead & { readonly body: string } => ({ status, headers: plainText, body });

/** `GET …/info/refs?service=git-upload-pack`, `POST …/git-upload-pack`. */
function readAsked({ method, path, query }: GitHttpRequest): Asked | undefined {
  const [, repositoryPath, part] = /^(.*)\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(path) ?? [];
  if (repositoryPath === undefined) return undefined;
  const isRegional = repositoryPath.startsWith(`${regionalPrefix}/`);
  const repository = readRepositoryPath(isRegional ? repositoryPath.slice(regionalPrefix.length) : repositoryPath);
  const command = part === 'info/refs' ? /^service=git-(upload-pack|receive-pack)$/.exec(query)?.[1] : part!.slice('git-'.length);
  if (!repository || command === undefined || (part === 'info/refs') !== (method === 'GET')) return undefined;
  // INVARIANT: the forms name the two commands.
  return { command: command as GitCommand, mode: part === 'info/refs' ? 'advertise' : 'request', repository, path: repositoryPath };
}

interface Shown { readonly userName: string; readonly password: string }

/** Source: RFC 7617, section 2. */
function readBasic(request: GitHttpRequest): Shown | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+={0,2})$/i.exec(request.header('authorization') ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : { userName: pair.slice(0, colon), password: pair.slice(colon + 1) };
}

async function proveCaller(parts: GitHttpParts, request: GitHttpRequest, { userName, password }: Shown, { repository: { region }, path }: Asked): Promise<IdentifiedCaller | undefined> {
  parts.store.freshen();
  const host = (request.header('host') ?? '').replace(/:\d*$/, '');
  const signed = readGitPassword(userName, password, { host, path, region });
  if (!signed) return (await findGitCredential(parts.store, userName, password))?.caller;
  try {
    const caller = await parts.authenticate(signed.claim, signed.request, { signingName: 'codecommit', region, dialect: signatureDialects.git });
    if (!caller.session) parts.lastUsed.mark(caller.accessKeyId, { at: parts.clock(), service: 'codecommit', region });
    return caller;
  } catch (thrown) {
    if (thrown instanceof ApiError) return undefined;
    throw thrown;
  }
}

const readProtocol = (request: GitHttpRequest): string | undefined => {
  const protocol = request.header('git-protocol');
  return protocol !== undefined && /^version=[012]$/.test(protocol) ? protocol : undefined;
};

/** How the body is packed; undefined where nobody here can open it. Source: RFC 9110, section 8.4. */
function codingOf(request: GitHttpRequest): 'gzip' | 'identity' | undefined {
  const coding = (request.header('content-encoding') ?? 'identity').toLowerCase();
  return coding === 'gzip' || coding === 'x-gzip' ? 'gzip' : coding === 'identity' ? coding : undefined;
}

/** The body, opened where it is packed, and of a pull no longer than what there is to negotiate: a push is bounded by git itself. */
async function* bodyOf(request: GitHttpRequest, command: GitCommand): AsyncGenerator<Uint8Array> {
  const source = request.stream ?? Readable.from(request.body.length === 0 ? [] : [request.body]);
  // Joined so that what ends one ends the other: a client that breaks off is an error of both, and read below.
  const bytes = codingOf(request) === 'gzip' ? pipeline(Readable.from(source), createGunzip(), () => {}) : source;
  let taken = 0;
  for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
    taken += chunk.length;
    if (command === 'upload-pack' && taken > gitDoorLimits.negotiationBytesMax) throw new Error('a pull that negotiates for more than anybody needs');
    yield chunk;
  }
}

/** A source, and the moment when all of it was read. */
function drainable(bytes: AsyncGenerator<Uint8Array>): { readonly source: AsyncIterator<Uint8Array>; readonly drained: Promise<void> } {
  let settle = (): void => {};
  const drained = new Promise<void>((resolve) => { settle = resolve; });
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* bytes;
    } finally {
      settle();
    }
  };
  return { source: watched(), drained };
}

/** What is written at one end is read at the other, at the reader's pace. */
class Pipe implements ByteStream {
  #queue: { readonly bytes: Uint8Array; readonly taken: () => void }[] = [];
  #reader: (() => void) | undefined;
  #state: 'open' | 'ended' | 'gone' | Error = 'open';

  /** Resolves when the bytes were taken. Rejects when nobody takes them. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.#state !== 'open') return Promise.reject(new ClientGone());
    return new Promise((resolve, reject) => {
      this.#queue.push({ bytes, taken: () => (this.#state === 'gone' ? reject(new ClientGone()) : resolve()) });
      this.#wake();
    });
  }

  end(): void {
    if (this.#state === 'open') this.#state = 'ended';
    this.#wake();
  }

  fail(cause: Error): void {
    if (this.#state === 'open') this.#state = cause;
    this.#wake();
  }

  /** By hand: a generator that was not begun would not hear that nobody reads on. */
  [Symbol.asyncIterator](): AsyncIterator<Uint8Array, undefined> {
    let held: { readonly taken: () => void } | undefined;
    return {
      next: async () => {
        held?.taken();
        held = undefined;
        for (;;) {
          const next = this.#queue.shift();
          if (next) {
            held = next;
            return { done: false, value: next.bytes };
          }
          if (this.#state === 'ended' || this.#state === 'gone') return { done: true, value: undefined };
          if (this.#state instanceof Error) throw this.#state;
          await new Promise<void>((resolve) => { this.#reader = resolve; });
        }
      },
      return: () => {
        this.#state = 'gone';
        held?.taken();
        for (const { taken } of this.#queue.splice(0)) taken();
        this.#wake();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  #wake(): void {
    this.#reader?.();
    this.#reader = undefined;
  }
}
