/** A person's own new password: a user's by ChangePassword itself, with its permissions and rules; root's, for which AWS has no operation, here. */
import { ApiError } from '../../base/api-error.ts';
import * as arn from '../../base/arn.ts';
import { hashPassword, isPassword, passwordSaltBytes } from '../../proof/password.ts';
import { checkRootPassword } from '../../services/iam/password-rules.ts';
import { identityOf, record } from './events.ts';
import type { DoorParts } from './parts.ts';
import type { Flow } from './flow.ts';
import type { Principal } from './identity.ts';
import { limits } from './limits.ts';
import { refusal } from './refusal.ts';
import type { DoorRequest, Visit } from './request.ts';
import { findCaller } from './sessions.ts';

export interface Passwords { readonly old: string; readonly new: string }

/** Sets the password that a sign-in waits for. The user acts as it will in its session, with MFA where it was shown. */
export async function setFirstPassword(parts: DoorParts, visit: Visit, flow: Flow, principal: Principal, passwords: Passwords): Promise<void> {
  if (passwords.new === passwords.old) throw refusal('PasswordRefused', 'The new password must be another one than the old password.');
  await setPassword(parts, visit, principal, flow.mfaAt, passwords);
}

/** Raises PasswordRefused, AccessDenied or TooManyAttempts, in the words of ChangePassword. */
export async function setPassword(parts: DoorParts, { request, call }: Visit, principal: Principal, mfaAt: number | undefined, passwords: Passwords): Promise<void> {
  if (principal.kind === 'root') {
    await setRootPassword(parts, request, principal, passwords);
    return;
  }
  const { view, principalId } = principal;
  const caller = findCaller(view, { issuer: 'SignIn', account: view.account, principalId, accessKeyId: '', secretAccessKey: '', issuedAt: request.receivedAt, expiresAt: request.receivedAt + limits.flowMs, ...(mfaAt !== undefined && { mfaAt }) });
  if (!caller) throw refusal('FlowOver');
  try {
    await call(caller, 'iam:ChangePassword', { OldPassword: passwords.old, NewPassword: passwords.new });
  } catch (thrown) {
    throw thrown instanceof ApiError ? worded(thrown) : thrown;
  }
}

/** What ChangePassword says, as the sign-in says it. */
function worded(error: ApiError): Error {
  if (error.name === 'Throttling') return refusal('TooManyAttempts', undefined, { cause: error });
  if (error.name === 'AccessDenied') return refusal('AccessDenied', error.message, { cause: error });
  if (error.name === 'PasswordPolicyViolation' || error.name === 'ValidationError') return refusal('PasswordRefused', error.message, { cause: error });
  return error;
}

async function setRootPassword(parts: DoorParts, request: DoorRequest, principal: Principal, passwords: Passwords): Promise<void> {
  const { account } = principal.view;
  const { accounts } = parts.store.partition;
  const before = accounts.find(account)?.PasswordHash;
  if ((await parts.guard.count(`password/${account}`, limits.attemptsWindowMs)) > limits.passwordChangesPerWindow) throw refusal('TooManyAttempts');
  if (before === undefined || !(await isPassword(passwords.old, before))) throw refusal('AccessDenied', 'The old password was incorrect.');
  try {
    checkRootPassword(passwords.new, account, parts.store.partition);
  } catch (thrown) {
    throw thrown instanceof ApiError ? worded(thrown) : thrown;
  }
  parts.assertAuditWritable();
  const PasswordHash = await hashPassword(passwords.new, parts.random(passwordSaltBytes));
  const { value } = await parts.store.write(account, { by: arn.root(account), requestId: request.requestId, action: 'signin:PasswordUpdated' }, ({ partition }) => {
    const now = partition.accounts.find(account);
    if (!now || now.PasswordHash !== before) return false;
    partition.accounts.update({ ...now, PasswordHash, PasswordResetRequired: undefined });
    return true;
  });
  if (!value) throw refusal('FlowOver');
  record(parts, request, { name: 'PasswordUpdated', identity: identityOf(principal), account });
}
