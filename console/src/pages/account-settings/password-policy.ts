/** The account's password policy as the console edits it. Source: "Set an account password policy for IAM users" (IAM User Guide). */
import { GetAccountPasswordPolicyCommand, NoSuchEntityException } from '@aws-sdk/client-iam';
import type { IAMClient, PasswordPolicy } from '@aws-sdk/client-iam';

export const limits = { length: { min: 6, max: 128 }, ageDays: { min: 1, max: 1_095 }, remembered: { min: 1, max: 24 } } as const;

/** What must be in a password, by the policy's members. */
export const requirements = [
  { member: 'RequireUppercaseCharacters', text: 'At least one uppercase letter (A–Z)' },
  { member: 'RequireLowercaseCharacters', text: 'At least one lowercase letter (a–z)' },
  { member: 'RequireNumbers', text: 'At least one number' },
  { member: 'RequireSymbols', text: "At least one symbol: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '" },
] as const satisfies readonly { readonly member: keyof PasswordPolicy; readonly text: string }[];

/** What holds where the account has no policy of its own. */
export const ownRules: readonly string[] = ['At least 8 characters, 128 at most', 'At least three of: uppercase letters, lowercase letters, numbers, symbols', 'Not the name or e-mail address of the account', 'Passwords never expire'];

/** The policy; undefined in one where the account has none. */
export async function readPasswordPolicy(iam: IAMClient, abortSignal: AbortSignal): Promise<{ readonly policy: PasswordPolicy | undefined }> {
  try {
    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}), { abortSignal });
    return { policy: PasswordPolicy };
  } catch (thrown) {
    if (thrown instanceof NoSuchEntityException) return { policy: undefined };
    throw thrown;
  }
}

/** A policy's rules in words. */
export const rulesOf = (policy: PasswordPolicy): readonly string[] => [
  `At least ${policy.MinimumPasswordLength} characters`,
  ...requirements.filter(({ member }) => policy[member] === true).map(({ text }) => text),
  policy.MaxPasswordAge === undefined ? 'Passwords never expire' : `Passwords expire after ${policy.MaxPasswordAge} days`,
  ...(policy.HardExpiry === true ? ['An administrator must reset an expired password'] : []),
  policy.AllowUsersToChangePassword === true ? 'Users may change their own password' : 'Users may change their own password only where their policies say so',
  ...(policy.PasswordReusePrevention === undefined ? [] : [`None of the last ${policy.PasswordReusePrevention} passwords again`]),
];
