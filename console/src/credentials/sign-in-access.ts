/** Where people of the account sign in, and that they may change the password they were given. */
import { AttachUserPolicyCommand, GetAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { useIdentity } from '../identity.tsx';

/** The address of the sign-in page, for this account. */
export function useSignInAddress(): { readonly address: string } {
  const { session } = useIdentity();
  return { address: `${location.origin}/_gatehouse/signin/?account=${encodeURIComponent(session.accountAlias ?? session.account)}` };
}

/** AWS's policy for it. */
const changePasswordPolicy = 'arn:aws:iam::aws:policy/IAMUserChangePassword';

/** Unless the account's password policy lets everybody change theirs. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html */
export async function allowChangingPassword(iam: IAMClient, UserName: string): Promise<void> {
  if (await mayEverybody(iam)) return;
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: changePasswordPolicy }));
}

async function mayEverybody(iam: IAMClient): Promise<boolean> {
  try {
    return (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy?.AllowUsersToChangePassword === true;
  } catch (thrown) {
    if (thrown instanceof Error && /^NoSuchEntity/.test(thrown.name)) return false;
    throw thrown;
  }
}
