/** Credentials of a session: of fifteen minutes, minted anew each time, and good no longer than the session. */
import type { SessionClaims } from '../../base/session.ts';
import { newId, newSecretAccessKey } from '../../base/ids.ts';
import type { ConsoleSession } from '../../store/console-sessions.ts';
import type { DoorParts } from './parts.ts';
import { limits } from './limits.ts';
import { actingClaims } from './sessions.ts';

export interface MintedCredentials { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string; readonly expiresAt: number }

/** Credentials of what the session acts as. Their issue time is the session's own: what revokes older sessions revokes these, however new they are. */
export function mintCredentials(parts: DoorParts, session: ConsoleSession, now: number): MintedCredentials {
  const wholeSecond = Math.floor(Math.min(now + limits.credentialsMs, session.endsAt) / 1000) * 1000;
  const claims = actingClaims(session, now, wholeSecond);
  return seal(parts, claims);
}

function seal({ sessions, random }: DoorParts, unkeyed: SessionClaims): MintedCredentials {
  const accessKeyId = newId('ASIA', unkeyed.account, random);
  const secretAccessKey = newSecretAccessKey(random);
  const { token } = sessions.seal({ ...unkeyed, accessKeyId, secretAccessKey });
  return { accessKeyId, secretAccessKey, sessionToken: token, expiresAt: unkeyed.expiresAt };
}
