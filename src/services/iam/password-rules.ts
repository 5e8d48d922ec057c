/** What a password must be, may not be again, and when it is too old. Source: "Set an account password policy for IAM users" (IAM User Guide). */
import { ApiError } from '../../base/api-error.ts';
import type { Raise } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';
import { isPassword } from '../../proof/password.ts';
import type { PasswordPolicyDoc } from '../../store/account-settings-doc.ts';
import type { AccountView, PartitionView } from '../../store/store.ts';
import type { LoginProfileDoc } from '../../store/tables.ts';
import { settingsOf } from './account-settings.ts';

/** Characters that a password has at least where the account has no policy of its own. */
const defaultLengthMin = 8;
/** How many of the four kinds of characters it has then at least. */
const defaultKindsMin = 3;

/** The most passwords that a policy may ask to remember, the one in use among them. */
export const rememberedPasswordsMax = 24;

type Requirement = keyof PasswordPolicyDoc & `Require${string}`;

/** The kinds of characters, each with the setting that demands one and what is said when there is none. */
const kinds: Record<Requirement, { readonly pattern: RegExp; readonly name: string }> = {
  RequireSymbols: { pattern: /[!@#$%^&*()_+\-=[\]{}|']/, name: 'symbol' },
  RequireNumbers: { pattern: /[0-9]/, name: 'number' },
  RequireUppercaseCharacters: { pattern: /[A-Z]/, name: 'uppercase letter' },
  RequireLowercaseCharacters: { pattern: /[a-z]/, name: 'lowercase letter' },
};
const requirements = Object.keys(kinds) as Requirement[]; // the keys of the record above

/** Raises PasswordPolicyViolation if the password is not one that the account's policy, or without one AWS's, lets a user have. */
export function checkPassword(password: string, view: AccountView, partition: PartitionView, error: Raise<'PasswordPolicyViolation'>): void {
  const policy = settingsOf(view).PasswordPolicy;
  const fault = policy ? faultByPolicy(password, policy) : faultByDefault(password, namesOf(view.account, partition));
  if (fault !== undefined) throw error('PasswordPolicyViolation', fault);
}

/** Raises PasswordPolicyViolation if root may not have the password: AWS's own rules, whatever the account's policy says, and no more than 128 characters. Source: "Change the password for the AWS account root user" (IAM User Guide). */
export function checkRootPassword(password: string, account: string, partition: PartitionView): void {
  const fault = password.length > rootLengthMax ? `Password should have a maximum length of ${rootLengthMax}` : faultByDefault(password, namesOf(account, partition));
  if (fault !== undefined) throw new ApiError('PasswordPolicyViolation', fault);
}

const rootLengthMax = 128;

function faultByPolicy(password: string, policy: PasswordPolicyDoc): string | undefined {
  // GUESS: the words of the faults, and the order in which they are named.
  if (password.length < policy.MinimumPasswordLength) return tooShort(policy.MinimumPasswordLength);
  const missing = requirements.find((requirement) => policy[requirement] && !kinds[requirement].pattern.test(password));
  return missing && `Password should have at least one ${kinds[missing].name}`;
}

function faultByDefault(password: string, accountNames: readonly string[]): string | undefined {
  if (password.length < defaultLengthMin) return tooShort(defaultLengthMin);
  const present = requirements.filter((requirement) => kinds[requirement].pattern.test(password)).length;
  const isName = accountNames.some((name) => name.toLowerCase() === password.toLowerCase());
  return present < defaultKindsMin || isName ? 'Password does not conform to the account password policy.' : undefined;
}

const tooShort = (length: number): string => `Password should have a minimum length of ${length}`;

/** What the default policy means by the account's name or e-mail address. */
function namesOf(account: string, partition: PartitionView): readonly string[] {
  return [partition.accounts.find(account)?.Email, partition.aliases.findBy('account', account)?.Alias].filter((name) => name !== undefined);
}

/** Raises PasswordPolicyViolation if the password is the one in use, or one before it, that the account's policy says may not be set again. */
export async function checkReuse(password: string, { PasswordHash, PreviousHashes }: LoginProfileDoc, view: AccountView, error: Raise<'PasswordPolicyViolation'>): Promise<void> {
  const remembered = settingsOf(view).PasswordPolicy?.PasswordReusePrevention ?? 0;
  for (const hash of [PasswordHash, ...PreviousHashes].slice(0, remembered)) {
    if (await isPassword(password, hash)) throw error('PasswordPolicyViolation', 'Policy constraint violation with password reuse prevention during password change.');
  }
}

/** The profile with another password. What was in use goes to those before it: as many as any policy could ask for. */
export function withPassword(profile: LoginProfileDoc, PasswordHash: string, now: Timestamp): LoginProfileDoc {
  return { ...profile, PasswordHash, PasswordChangedAt: now, PreviousHashes: [profile.PasswordHash, ...profile.PreviousHashes].slice(0, rememberedPasswordsMax - 1) };
}

const dayMs = 86_400_000;

/** When the password must be another one, by a policy with a greatest age; undefined where it does not expire. */
export function passwordExpiresAt({ PasswordChangedAt }: LoginProfileDoc, policy: PasswordPolicyDoc | undefined): Timestamp | undefined {
  return policy?.MaxPasswordAge === undefined ? undefined : PasswordChangedAt + policy.MaxPasswordAge * dayMs;
}

/** What the right password is good for: signing in, only setting another one at sign-in, or nothing until an administrator sets another one. */
export type PasswordStanding = 'valid' | 'mustBeChanged' | 'mustBeReset';

/** Expiry holds for passwords that were set before the policy was, too. It bars the console only: a user with an access key may still call ChangePassword. Source: "UpdateAccountPasswordPolicy", HardExpiry (IAM API Reference). */
export function passwordStanding(profile: LoginProfileDoc, policy: PasswordPolicyDoc | undefined, now: Timestamp): PasswordStanding {
  const expiresAt = passwordExpiresAt(profile, policy);
  if (expiresAt !== undefined && expiresAt <= now) return policy?.HardExpiry ? 'mustBeReset' : 'mustBeChanged';
  return profile.PasswordResetRequired ? 'mustBeChanged' : 'valid';
}
