/** What stands between a right password and a session, as a table of steps: each is taken where it is due, in this order. */
import type { Timestamp } from '../../base/clock.ts';
import { settingsOf } from '../../services/iam/account-settings.ts';
import { passwordStanding } from '../../services/iam/password-rules.ts';
import type { PasswordStanding } from '../../services/iam/password-rules.ts';
import type { MfaDeviceDoc } from '../../store/mfa-device-doc.ts';
import type { PartitionView } from '../../store/store.ts';
import type { Flow } from './flow.ts';
import type { Principal } from './identity.ts';

/** `mfa`: a code or a passkey is to be shown. `passwordExpired`: the end, until an administrator sets another password. `newPassword`: the person is to set one. */
export type StepName = 'mfa' | 'passwordExpired' | 'newPassword';

/** What decides. */
export interface Standing { readonly hasShownMfa: boolean; readonly devices: readonly MfaDeviceDoc[]; readonly password: PasswordStanding }

interface Step { readonly name: StepName; readonly isDue: (standing: Standing) => boolean }

/** MFA comes first: whoever has the password alone learns nothing of its age. AWS: MFA is asked for after the password, and before a new one is. */
const steps: readonly Step[] = [
  { name: 'mfa', isDue: ({ devices, hasShownMfa }) => devices.length > 0 && !hasShownMfa },
  { name: 'passwordExpired', isDue: ({ password }) => password === 'mustBeReset' },
  { name: 'newPassword', isDue: ({ password }) => password === 'mustBeChanged' },
];

/** The step that is due; undefined where nothing is any more, and the session may begin. */
export const nextStep = (standing: Standing): StepName | undefined => steps.find(({ isDue }) => isDue(standing))?.name;

export const devicesOf = ({ view, principalId }: Principal): readonly MfaDeviceDoc[] => view.mfaDevices.listBy('owner', principalId);

export function standingOf(flow: Pick<Flow, 'mfaAt'>, principal: Principal, partition: PartitionView, now: Timestamp): Standing {
  return { hasShownMfa: flow.mfaAt !== undefined, devices: devicesOf(principal), password: standingOfPassword(principal, partition, now) };
}

function standingOfPassword({ view, principalId, kind }: Principal, partition: PartitionView, now: Timestamp): PasswordStanding {
  // The account's policy is not for root. Source: "Set an account password policy for IAM users" (IAM User Guide).
  if (kind === 'root') return partition.accounts.find(view.account)?.PasswordResetRequired ? 'mustBeChanged' : 'valid';
  const profile = view.loginProfiles.find(principalId);
  // INVARIANT: whoever has no password has not come this far.
  return profile ? passwordStanding(profile, settingsOf(view).PasswordPolicy, now) : 'mustBeReset';
}
