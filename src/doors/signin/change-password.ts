/** A password changed by whoever is signed in: this session stays, and every other one of the principal ends. */
import { passwordHashOf, passwordMark } from '../../authn/password-mark.ts';
import type { DoorParts } from './parts.ts';
import type { Principal } from './identity.ts';
import { limits } from './limits.ts';
import { setPassword } from './new-password.ts';
import { refusal } from './refusal.ts';
import { readFields, requiredText } from './request.ts';
import type { SignedInVisit } from './request.ts';

export async function changePassword(parts: DoorParts, visit: SignedInVisit): Promise<void> {
  const { signedIn: { session }, request } = visit;
  const fields = readFields(request);
  const passwords = { old: requiredText(fields, 'oldPassword', limits.passwordLengthMax), new: requiredText(fields, 'newPassword', limits.passwordLengthMax) };
  const view = await parts.store.account(session.account);
  // A role has no password, and acting as one nobody changes their own.
  if (!view || session.claims || session.role) throw refusal('AccessDenied', 'Only a user or root changes a password, and not while acting as a role.');
  const user = view.users.find(session.principalId);
  const principal: Principal = { view, principalId: session.principalId, kind: session.principalId === session.account ? 'root' : 'user', userName: user?.UserName };
  await setPassword(parts, visit, principal, session.mfaAt, passwords);
  const hash = passwordHashOf(parts, view, session.principalId);
  if (hash === undefined) throw refusal('SessionOver');
  await parts.consoleSessions.update(session.id, { passwordMark: passwordMark(hash) });
  for (const other of parts.consoleSessions.listOf(session.principalId, request.receivedAt)) if (other.id !== session.id && other.passwordMark !== undefined) await parts.consoleSessions.end(other.id);
}
