/** A way back in for root, for whoever has the disk: another one-time password, and devices that are lost taken off. Beside a running server or without one. */
import { ApiError } from '../base/api-error.ts';
import * as arn from '../base/arn.ts';
import type { Clock } from '../base/clock.ts';
import { isoSeconds } from '../base/clock.ts';
import type { RandomBytes } from '../base/ids.ts';
import { hashPassword, passwordSaltBytes } from '../proof/password.ts';
import { isRecoveryRefused } from '../services/iam/root-login-profile.ts';
import { isPasskey } from '../store/mfa-device-doc.ts';
import type { ConsoleSessions } from '../store/console-sessions.ts';
import type { Draft, Store } from '../store/store.ts';
import type { AuditLog } from './audit-log.ts';
import { newPassword } from './new-account.ts';

interface Ground { readonly store: Store; readonly consoleSessions: ConsoleSessions; readonly audit: Pick<AuditLog, 'recordEvent'>; readonly clock: Clock; readonly random: RandomBytes }

/** What was lost. */
export interface RecoveryWish { /** The only account there is where undefined. */ readonly accountId: string | undefined; readonly isPasswordLost: boolean; readonly isMfaLost: boolean }

export interface Recovery {
  readonly accountId: string;
  readonly email: string;
  /** Good for one sign-in; undefined where the password was not lost. */
  readonly rootPassword: string | undefined;
  /** Serial numbers of the devices that are root's no more. */
  readonly devices: readonly string[];
}

/** Raises ValidationError or NoSuchEntity where it is not clear which account is meant, AccessDenied where its root has no sign-in that could be recovered. Root's console sessions end. */
export async function recoverRoot({ store, consoleSessions, audit, clock, random }: Ground, { accountId, isPasswordLost, isMfaLost }: RecoveryWish): Promise<Recovery> {
  const account = oneAccount(store, accountId);
  const rootPassword = isPasswordLost ? newPassword(random) : undefined;
  const PasswordHash = rootPassword === undefined ? undefined : await hashPassword(rootPassword, random(passwordSaltBytes));
  const requestId = Buffer.from(random(16)).toString('hex');
  const { value } = await store.write(account, { by: 'gatehouse', requestId, action: 'gatehouse:RecoverRoot' }, (draft) => {
    const before = draft.partition.accounts.find(account);
    if (!before) throw new ApiError('NoSuchEntity', `There is no account ${account}.`);
    if (PasswordHash !== undefined && isRecoveryRefused(before)) throw new ApiError('AccessDenied', `Root of ${account} may not sign in: the management account of its organization took its password away, and gives it back with iam:CreateLoginProfile in a session of sts:AssumeRoot for IAMCreateRootUserPassword.`);
    if (PasswordHash !== undefined) draft.partition.accounts.update({ ...before, PasswordHash, PasswordResetRequired: true });
    return { email: before.Email, devices: isMfaLost ? takeDevices(draft, account) : [] };
  });
  for (const { id } of consoleSessions.listOf(account, clock())) await consoleSessions.end(id);
  audit.recordEvent(recoveryRecord(account, requestId, clock(), { passwordSet: isPasswordLost, devicesRemoved: value.devices }));
  return { accountId: account, rootPassword, ...value };
}

function oneAccount({ partition }: Store, accountId: string | undefined): string {
  if (accountId !== undefined) return accountId;
  const [first, ...more] = partition.accounts.all();
  if (!first) throw new ApiError('NoSuchEntity', 'There is no account.');
  if (more.length > 0) throw new ApiError('ValidationError', `There are ${more.length + 1} accounts: say which one with --account-id.`);
  return first.AccountId;
}

/** As DeactivateMFADevice does it: a passkey is gone with its owner, another device is nobody's. */
function takeDevices(draft: Draft, account: string): readonly string[] {
  const devices = draft.mfaDevices.listBy('owner', account);
  for (const device of devices) {
    if (isPasskey(device)) draft.mfaDevices.remove(device.SerialNumber);
    else draft.mfaDevices.update({ ...device, Owner: undefined });
  }
  return devices.map(({ SerialNumber }) => SerialNumber);
}

/** Source: "AWS Management Console sign-in events" (CloudTrail User Guide), the recovery of root's password. */
const recoveryRecord = (account: string, requestID: string, now: number, more: object) => ({
  eventVersion: '1.11', userIdentity: { type: 'Root', principalId: account, arn: arn.root(account), accountId: account }, eventTime: isoSeconds(now), eventSource: 'signin.amazonaws.com', eventName: 'PasswordRecoveryCompleted',
  awsRegion: 'us-east-1', sourceIPAddress: '127.0.0.1', userAgent: 'gatehouse recover root', requestParameters: null, responseElements: { PasswordRecoveryCompleted: 'Success' }, additionalEventData: more,
  requestID, readOnly: false, eventType: 'AwsConsoleSignIn', managementEvent: true, recipientAccountId: account, eventCategory: 'Management',
});
