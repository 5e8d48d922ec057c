/** Console sessions: who is signed in, since when, and until when. Kept in the second file, so that signing out ends a session in every process at once. */
import type { Timestamp } from '../base/clock.ts';
import type { SessionClaims } from '../base/session.ts';

/** What a session that acts as a role or as a federated user says of itself, without the keys that its credentials are given anew. */
export type ConsoleClaims = Omit<SessionClaims, 'accessKeyId' | 'secretAccessKey'>;

/** A role that a session was switched to. */
export interface SwitchedRole {
  /** The account number of the role and its name with its path, as they were typed. */
  readonly account: string;
  readonly roleName: string;
  readonly displayName: string;
  /** Six hexadecimal digits. */
  readonly color: string;
  readonly claims: ConsoleClaims;
}

export interface ConsoleSession {
  /** Of what the browser holds, the SHA-256: to know it is not to hold it. The credentials' claims name it. */
  readonly id: string;
  /** `browser`: held by a cookie. `commandLine`: held by the refresh token of `aws login`. */
  readonly holder: 'browser' | 'commandLine';
  readonly account: string;
  /** The unique id of the user or role that signed in; the account number for root. */
  readonly principalId: string;
  readonly startedAt: Timestamp;
  /** When it was last made use of, at least within a minute. */
  readonly seenAt: Timestamp;
  /** When it ends, whatever it is used for. */
  readonly endsAt: Timestamp;
  /** How long it lasts unused. */
  readonly idleMs: number;
  readonly mfaAt?: Timestamp | undefined;
  /** Of a session that came with the credentials of a role or a federated user; absent where a user or root signed in. */
  readonly claims?: ConsoleClaims | undefined;
  /** What the password was when it was shown: another one ends the session. */
  readonly passwordMark?: string | undefined;
  readonly role?: SwitchedRole | undefined;
  /** Where the session's holder is sent when it is over: the Issuer of a federated sign-in. */
  readonly issuer?: string | undefined;
}

/** What changes of a session while it lasts. */
export type SessionChange = Partial<Pick<ConsoleSession, 'seenAt' | 'passwordMark' | 'role' | 'mfaAt'>>;

/** INVARIANT: what `insert`, `update` and `end` resolve to is durable, and seen by every process from then on. */
export interface ConsoleSessions {
  /** False where there is one of that id. */
  insert(session: ConsoleSession): Promise<boolean>;
  /** Changes the named parts and no others; undefined takes one away. False where the session has ended. */
  update(id: string, change: SessionChange): Promise<boolean>;
  /** The session unless it has ended. */
  find(id: string, now: Timestamp): ConsoleSession | undefined;
  /** The live sessions of a principal, the newest first. */
  listOf(principalId: string, now: Timestamp): readonly ConsoleSession[];
  end(id: string): Promise<void>;
}

/** When the session ends if it is not used any more. */
export const endOf = ({ seenAt, idleMs, endsAt }: ConsoleSession): Timestamp => Math.min(seenAt + idleMs, endsAt);

/** Sessions for as long as the process lives. */
export function memoryConsoleSessions(): ConsoleSessions {
  const sessions = new Map<string, ConsoleSession>();
  const find = (id: string, now: Timestamp): ConsoleSession | undefined => {
    const session = sessions.get(id);
    return session && endOf(session) > now ? session : undefined;
  };
  return {
    async insert(session) {
      if (sessions.has(session.id)) return false;
      for (const [id, old] of sessions) if (endOf(old) <= session.startedAt) sessions.delete(id);
      sessions.set(session.id, session);
      return true;
    },
    async update(id, change) {
      const session = sessions.get(id);
      if (session) sessions.set(id, { ...session, ...change });
      return session !== undefined;
    },
    find,
    listOf: (principalId, now) => [...sessions.values()].filter((session) => session.principalId === principalId && endOf(session) > now).toSorted((a, b) => b.startedAt - a.startedAt),
    async end(id) {
      sessions.delete(id);
    },
  };
}
