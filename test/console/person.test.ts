/** The life of a person in the console: root and its MFA, a first password, codes and passkeys, a denial and its reason, roles, and the end of a session. */
import assert from 'node:assert/strict';
import { CreateRoleCommand, DeleteLoginProfileCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { stepAt, totpCode } from '../../src/proof/totp.ts';
import { base32Bytes } from '../iam/authenticator.ts';
import { assertAccessible, assertFits, consoleRig, consoleTest, password } from './browser.ts';
import type { Page, Person } from './browser.ts';

const rig = consoleRig();
const changed = 'Battery-Staple-8';

/** The code that an authenticator shows so many steps from now. */
const codeOf = (seed: Buffer, steps = 0): string => totpCode(seed, stepAt(Date.now()) + steps);

/** What anyone may do about the own credentials. Source: "AWS: Allows MFA-authenticated IAM users to manage their own credentials" (IAM User Guide). */
const selfService = { Effect: 'Allow', Action: ['iam:*MFADevice*', 'iam:ChangePassword', 'iam:GetUser', 'iam:*AccessKey*'], Resource: ['arn:aws:iam::*:mfa/*', 'arn:aws:iam::*:user/${aws:username}'] };

async function signInAsRoot({ page }: Person, given: string): Promise<void> {
  await page.goto(`${rig.endpoint}/_gatehouse/signin/?kind=root`);
  await page.getByLabel('Root user e-mail address').fill(rig.root.email);
  await page.getByLabel('Password').fill(given);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** Enrols a virtual device on the page of the own credentials; what its secret key says. */
async function enrolVirtual(page: Page, name: string): Promise<Buffer> {
  await page.getByRole('button', { name: 'Assign MFA device' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Device name').fill(name);
  await dialog.getByRole('button', { name: 'Next' }).click();
  await dialog.getByRole('img', { name: 'QR code of the secret key' }).waitFor();
  await dialog.getByRole('button', { name: 'Show secret key' }).click();
  const seed = base32Bytes((await dialog.getByText(/^[A-Z2-7]{64}$/).textContent()) ?? '');
  await assertAccessible(page);
  await dialog.getByLabel('MFA code 1').fill(codeOf(seed, -1));
  await dialog.getByLabel('MFA code 2').fill(codeOf(seed));
  await dialog.getByRole('button', { name: 'Add MFA' }).click();
  await page.getByText(`${name} is assigned.`).waitFor();
  return seed;
}

/** Makes a user on the page for it, who may sign in with that password, with a policy attached where one is named. */
async function makeUser({ page, go }: Person, { name, given, policy, mustChange }: { readonly name: string; readonly given: string; readonly policy?: string; readonly mustChange: boolean }): Promise<void> {
  await go('users/create');
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Provide user access to the console').check();
  await page.getByRole('radio', { name: 'Custom password' }).check();
  await page.getByRole('textbox', { name: 'Custom password' }).fill(given);
  await page.getByRole('checkbox', { name: /must|new password/i }).setChecked(mustChange);
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  if (policy !== undefined) {
    await page.getByRole('radio', { name: 'Attach policies directly' }).check();
    await page.getByLabel('Find policies').first().fill(policy);
    await page.getByRole('checkbox', { name: `Choose ${policy}`, exact: true }).first().check();
  }
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Create user', exact: true }).last().click();
  await page.getByRole('heading', { name: 'Retrieve password' }).waitFor();
}

async function menu(page: Page, who: string | RegExp, item: string): Promise<void> {
  await page.getByRole('button', { name: who }).first().click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

consoleTest('root signs in with its first password, sets another, turns on MFA, shows it the next time, and makes the administrator', async () => {
  const person = await rig.person({ width: 1024 });
  const { page, go } = person;
  await page.goto(`${rig.endpoint}/_gatehouse/signin/?kind=root`);
  await assertAccessible(page);
  await signInAsRoot(person, rig.root.password);
  await page.getByLabel('Old password').fill(rig.root.password);
  await page.getByLabel('New password').fill(changed);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('Add MFA for the root user').waitFor();
  await go('security-credentials');
  await page.getByText('Root needs neither access keys nor certificates.').waitFor();
  await assertAccessible(page);
  await assertFits(page);
  const seed = await enrolVirtual(page, 'root-phone');
  await go('switch-role');
  await page.getByText('Root cannot switch to a role.').waitFor();
  await menu(page, /^Account: root@example.com/, 'Sign out');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signInAsRoot(person, changed);
  await page.getByLabel('MFA code').waitFor();
  await assertAccessible(page);
  await page.getByLabel('MFA code').fill(codeOf(seed, 1));
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByText('Root has MFA').waitFor();
  await page.getByRole('button', { name: /^Account: root@example.com/ }).first().click();
  await page.getByText('Signed in with MFA').waitFor();
  await page.keyboard.press('Escape');
  await makeUser(person, { name: 'chief', given: password, policy: 'AdministratorAccess', mustChange: false });
  await menu(page, /^Account: root@example.com/, 'Sign out');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

consoleTest('the user that root made is the administrator, and makes a user whose password must be changed', async () => {
  await makeUser(await rig.signedIn('chief'), { name: 'alice', given: password, mustChange: true });
});

consoleTest('a user sets the first password anew, is denied, reads why, shows MFA, is granted, acts as a role, and is signed out when the password is taken away', async () => {
  await rig.iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [selfService, { Effect: 'Allow', Action: ['sts:AssumeRole', 'iam:SimulatePrincipalPolicy', 'gatehouse:GetAuthorizationExplanation'], Resource: '*' }] }) }));
  await rig.iam.send(new CreateRoleCommand({ RoleName: 'auditor', Path: '/team/', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: rig.account }, Action: 'sts:AssumeRole', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } }) }));
  const person = await rig.person();
  const { page, go } = person;
  await rig.signIn(person, 'alice');
  await page.getByLabel('Old password').fill(password);
  await page.getByLabel('New password').fill(changed);
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('not authorized to perform: iam:GetAccountSummary').first().waitFor();
  await page.getByRole('link', { name: 'Why was this denied?' }).first().click();
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.getByText('iam:GetAccountSummary').first().waitFor();
  await rig.iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'with-mfa', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:GetAccountSummary', Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } }) }));
  await go('security-credentials');
  const seed = await enrolVirtual(page, 'alice-phone');
  // Without it: neither the policy nor the role's trust.
  await go(`switch-role?account=${rig.account}&roleName=team/auditor&displayName=Looking&color=99BCE3`);
  await page.getByRole('button', { name: 'Switch role', exact: true }).click();
  await page.getByText('Invalid information in one or more fields.').waitFor();
  await assertAccessible(page);
  await go('');
  await page.getByText('not authorized to perform: iam:GetAccountSummary').first().waitFor();
  await menu(page, /^Account: alice/, 'Sign out');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await rig.signIn(person, 'alice', changed);
  await page.getByLabel('MFA code').fill(codeOf(seed, 1));
  await page.getByRole('button', { name: 'Submit', exact: true }).click();
  await page.getByRole('link', { name: /^\d+ users$/ }).or(page.getByText('IAM resources')).first().waitFor();
  await page.getByText('Root has').or(page.getByText('Add MFA for the root user')).first().waitFor();
  await page.goto(`${rig.endpoint}/switchrole?account=${rig.account}&roleName=team/auditor&displayName=Looking&color=99BCE3`);
  await page.getByRole('button', { name: 'Switch role', exact: true }).click();
  await page.getByText('You act as Looking.').waitFor();
  await page.getByText(`assumed-role/auditor/alice is not authorized`).first().waitFor();
  await menu(page, 'Account: Looking', 'Switch back');
  await page.getByRole('button', { name: /^Account: alice/ }).first().waitFor();
  await go('switch-role');
  await page.getByRole('button', { name: 'Switch to Looking' }).click();
  await page.getByText('You act as Looking.').waitFor();
  await assertAccessible(page);
  await rig.iam.send(new DeleteLoginProfileCommand({ UserName: 'alice' }));
  await page.getByRole('button', { name: 'Try again' }).first().click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

consoleTest('a passkey is enrolled in the console, and is shown at sign-in', async () => {
  await rig.makeUser('bob', [selfService]);
  const person = await rig.signedIn('bob');
  const { page, context, go } = person;
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await go('security-credentials');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByRole('dialog').getByLabel('A name for it').fill('laptop');
  await assertAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('The passkey laptop was added.').waitFor();
  await page.getByText('Passkey or security key').waitFor();
  await menu(page, /^Account: bob/, 'Sign out');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await rig.signIn(person, 'bob');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.getByRole('button', { name: /^Account: bob/ }).first().click();
  await page.getByText('Signed in with MFA').waitFor();
});

consoleTest('an own access key is made with its secret shown once and kept in a file; the own password is changed, which ends other sessions', async () => {
  await rig.makeUser('carol', [selfService]);
  const elsewhere = await rig.signedIn('carol');
  const { page, go } = await rig.signedIn('carol');
  await go('security-credentials');
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Current password').fill(password);
  await dialog.getByLabel('New password', { exact: true }).fill('short');
  await dialog.getByLabel('New password again').fill('shor');
  await dialog.getByText('The two are not the same.').waitFor();
  await dialog.getByLabel('New password again').fill('short');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText(/[Pp]assword should|password policy/).first().waitFor();
  await assertAccessible(page);
  await dialog.getByLabel('New password', { exact: true }).fill(changed);
  await dialog.getByLabel('New password again').fill(changed);
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your password was changed.').waitFor();
  await elsewhere.page.goto(`${rig.endpoint}/_gatehouse/console/sessions`);
  await elsewhere.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  for (const tab of ['Git credentials', 'Keyspaces and Bedrock']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.getByText('not authorized to perform').first().waitFor();
    await assertAccessible(page);
  }
  await page.reload();
  assert.equal(await page.getByRole('tab', { name: 'Keyspaces and Bedrock' }).getAttribute('aria-selected'), 'true');
});

consoleTest('sessions stand side by side in one browser, and each is signed out by itself, or all of a person everywhere', async () => {
  await rig.makeUser('dora');
  await rig.makeUser('emil');
  const person = await rig.signedIn('dora', { width: 1024 });
  const { page, go } = person;
  await page.goto(`${rig.endpoint}/_gatehouse/signin/`);
  await page.getByLabel('Account ID (12 digits) or alias').fill(rig.account);
  await page.getByLabel('User name').fill('emil');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: /^Account: emil/ }).first().waitFor();
  const emil = new URL(page.url()).searchParams.get('session') ?? '';
  await go(`sessions?session=${emil}`);
  await page.getByRole('heading', { name: 'Sessions (2)' }).waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await page.getByRole('link', { name: /^dora/ }).click();
  await page.getByRole('button', { name: /^Account: dora/ }).first().waitFor();
  await go(`sessions?session=${emil}`);
  await page.getByRole('radio', { name: /Choose dora/ }).check();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('heading', { name: 'Sessions (1)' }).waitFor();
  const other = await rig.signedIn('emil');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.page.reload();
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
});
