/** The listener for Git over SSH: what its door stands on, and the key by which clients know this host. */
import type { Denied } from '../authz/denial.ts';
import type { AnyAnswer, HttpRequest } from './http-request.ts';
import { readOrMakeSecret } from './made-secret.ts';
import type { Plane } from './plane.ts';

/** What the Git door stands on. */
export interface GitGround extends Pick<Plane, 'clock' | 'random' | 'newRequestId' | 'store' | 'git' | 'lastUsed' | 'authenticate' | 'authorize' | 'warn'> {
  readonly recordDenial: (denied: Denied, occasion: { readonly requestId: string; readonly operation: string; readonly message: string }, at: number) => string;
  readonly recordEvent: (record: Readonly<Record<string, unknown>>) => void;
  readonly recordRefused: (record: Readonly<Record<string, unknown>>) => void;
  readonly assertAuditWritable: () => void;
}

/** Git over HTTP: answers a request to a repository's path. */
export type AnswerGit = (request: HttpRequest) => Promise<AnyAnswer>;

export type OpenGitHttp = (ground: GitGround) => Promise<AnswerGit>;

export interface GitListener { readonly port: number; close(): Promise<void> }

/** The door, loaded only where a start was told a port for it. */
export interface GitDoor {
  readonly listenForGit: (ground: GitGround, options: { readonly host: string; readonly port: number; readonly hostKey: string }) => Promise<GitListener>;
  readonly newHostKey: () => string;
}

/** A listener, and its address as a URL without a path. */
export interface ServedGit { readonly port: number; readonly url: string; close(): Promise<void> }

/** Listens. `hostName` is how clients name this host. */
export async function serveGit(plane: Plane, door: GitDoor, { host, port, hostKeyFile, hostName }: { readonly host: string; readonly port: number; readonly hostKeyFile: string; readonly hostName: string }): Promise<ServedGit> {
  const listener = await door.listenForGit(gitGround(plane), { host, port, hostKey: readOrMakeSecret(hostKeyFile, door.newHostKey) });
  return { port: listener.port, url: `ssh://${hostName}:${listener.port}`, close: () => listener.close() };
}

export function gitGround(plane: Plane): GitGround {
  const { clock, random, newRequestId, store, git, lastUsed, authenticate, authorize, warn, audit, refusedProofs, denials } = plane;
  return {
    clock, random, newRequestId, store, git, lastUsed, authenticate, authorize, warn,
    recordDenial: (denied, occasion, at) => denials.record(denied, occasion, at).id,
    recordEvent: (record) => audit.recordEvent(record),
    recordRefused: (record) => refusedProofs.record(record),
    assertAuditWritable: () => audit.assertWritable(),
  };
}
