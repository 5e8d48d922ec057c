/** People for the tests of signing in: users with passwords, and what they may do. */
import { AttachUserPolicyCommand, CreateLoginProfileCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { isPassword } from '../../src/proof/password.ts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';
import { Browser } from './browser.ts';
import type { Step } from './browser.ts';

export const userPassword = 'Correct-Horse-7';

/** Compares passwords for real, each with each hash once: what a test is about is rarely that work. */
export function rememberingPasswords(): (password: string, hash: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (password, hash) => {
    const key = JSON.stringify([password, hash]);
    const compared = known.get(key) ?? isPassword(password, hash);
    known.set(key, compared);
    return compared;
  };
}

/** A user with a password, and what it is allowed. */
export async function makeUser(iam: IAMClient, UserName: string, { actions = ['iam:GetUser'], mustChange = false, Password = userPassword }: { readonly actions?: readonly string[]; readonly mustChange?: boolean; readonly Password?: string } = {}): Promise<void> {
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: mustChange }));
  if (actions.length > 0) await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } }) }));
}

export const attach = (iam: IAMClient, UserName: string, PolicyArn: string) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));

export const asUser = (gatehouse: TestGatehouse, userName: string, password = userPassword) => ({ kind: 'user', account: gatehouse.account, userName, password });

/** A browser in which the user is signed in. */
export async function signedIn(gatehouse: TestGatehouse, userName: string, options?: ConstructorParameters<typeof Browser>[1]): Promise<Browser> {
  const browser = new Browser(gatehouse, options);
  const step = await browser.signIn(asUser(gatehouse, userName));
  if (step.step !== 'signedIn') throw new Error(JSON.stringify(step));
  return browser;
}

/** The credentials that the session hands its page. */
export async function credentialsOf(browser: Browser): Promise<KeyPair> {
  const { status, value } = await browser.post('credentials');
  if (status !== 200) throw new Error(JSON.stringify(value));
  return { accessKeyId: String(value['accessKeyId']), secretAccessKey: String(value['secretAccessKey']), sessionToken: String(value['sessionToken']) };
}

/** Signs root in, setting the password that is to replace the first. */
export async function signedInRoot(gatehouse: TestGatehouse, newPassword = 'Root-Password-9'): Promise<Browser> {
  const browser = new Browser(gatehouse);
  const { email, password } = gatehouse.rootSignIn;
  const first: Step = await browser.signIn({ kind: 'root', email, password });
  const { value } = await browser.post('new-password', { flow: first.flow, oldPassword: password, newPassword });
  browser.note(value);
  if (value.step !== 'signedIn') throw new Error(JSON.stringify(value));
  return browser;
}
