/** The pages about the account as a whole: the dashboard and the account's settings. */
import assert from 'node:assert/strict';
import { GetAccountPasswordPolicyCommand, GetAccountSummaryCommand, ListAccountAliasesCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { assertAccessible, assertFits, consoleRig, consoleTest } from './browser.ts';
import { fillAccount } from './sample-account.ts';

const rig = consoleRig();

consoleTest('the dashboard counts what the account has, says what should be done, and edits the alias', async () => {
  await fillAccount(rig.iam);
  await rig.iam.send(new PutUserPolicyCommand({ UserName: 'bob', PolicyName: 'all', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }) }));
  const { page } = await rig.signedIn('admin', { width: 1024 });
  await page.getByText('Add MFA for the root user').waitFor();
  await page.getByText('Root has no access keys').waitFor();
  await page.getByText('Add MFA for yourself').waitFor();
  await page.getByText('Users with a password and without MFA: 2').waitFor();
  await page.getByText('May do everything: 2 of 6 users, groups and roles').waitFor();
  await page.getByText('Every active access key was used').waitFor();
  await page.getByRole('button', { name: 'Show all 2' }).last().click();
  await page.getByText('user, by all').waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await page.getByRole('button', { name: 'Edit the account alias' }).click();
  await page.getByRole('dialog').getByLabel('Alias').fill('A');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText(/Member must have length greater than or equal to 3|failed to satisfy constraint/).first().waitFor();
  await page.getByRole('dialog').getByLabel('Alias').fill('another-team');
  await assertAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText("The account's alias is another-team.").waitFor();
  await page.getByText(`${rig.endpoint}/_gatehouse/signin/?account=another-team`).waitFor();
  await page.getByRole('button', { name: 'Delete the account alias' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Create the account alias' }).waitFor();
  assert.deepEqual((await rig.iam.send(new ListAccountAliasesCommand({}))).AccountAliases, []);
});

consoleTest('the password policy is edited field by field, and taken away', async () => {
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  await go('account-settings');
  await page.getByText('None of the last 5 passwords again').waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Minimum length').fill('5');
  await page.getByText('A whole number from 6 to 128').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save changes' }).isDisabled(), true);
  await assertAccessible(page);
  await page.getByLabel('Minimum length').fill('14');
  await page.getByLabel('At least one symbol').check();
  await page.getByLabel('Days until a password expires').fill('30');
  await page.getByLabel('Earlier passwords may not be used again').uncheck();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('At least 14 characters').waitFor();
  const { PasswordPolicy } = await rig.iam.send(new GetAccountPasswordPolicyCommand({}));
  assert.deepEqual(PasswordPolicy, { MinimumPasswordLength: 14, RequireSymbols: true, RequireNumbers: true, RequireUppercaseCharacters: false, RequireLowercaseCharacters: true, AllowUsersToChangePassword: true, ExpirePasswords: true, MaxPasswordAge: 30, HardExpiry: false });
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('IAM default').check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('This account has no password policy of its own. What holds').waitFor();
  await assert.rejects(rig.iam.send(new GetAccountPasswordPolicyCommand({})), { name: 'NoSuchEntityException' });
});

consoleTest('session tokens, and the account\'s own issuer with its keys, are switched', async () => {
  const { page, go } = await rig.signedIn();
  await go('account-settings');
  await page.getByRole('button', { name: 'Change session tokens' }).click();
  await page.getByLabel('Valid in all AWS Regions').check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('Session tokens: Valid in all AWS Regions.').waitFor();
  assert.equal((await rig.iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.['GlobalEndpointTokenVersion'], 2);
  await page.getByText('This account is in no organization.').waitFor();
  await page.getByRole('button', { name: 'Enable outbound identity federation' }).click();
  await page.getByRole('heading', { name: 'Signing keys (2)' }).waitFor();
  await page.getByRole('button', { name: 'Rotate', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await page.getByRole('heading', { name: 'Signing keys (4)' }).waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Disable outbound identity federation' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
  await page.getByText('Outbound identity federation is off.').waitFor();
});

consoleTest('a user who may read nothing is told so by every widget, with the reason', async () => {
  await rig.makeUser('nobody');
  const { page, go } = await rig.signedIn('nobody');
  for (const action of ['iam:GetAccountSummary', 'iam:GenerateCredentialReport', 'iam:GetAccountAuthorizationDetails', 'iam:ListAccountAliases']) await page.getByText(`not authorized to perform: ${action}`).first().waitFor();
  await go('account-settings');
  for (const action of ['iam:GetAccountPasswordPolicy', 'iam:GetAccountSummary', 'iam:GetOutboundWebIdentityFederationInfo', 'iam:ListOrganizationsFeatures']) await page.getByText(`not authorized to perform: ${action}`).first().waitFor();
  await assertAccessible(page);
});

consoleTest('a page that is not there says so, and the way back', async () => {
  const { page, go } = await rig.signedIn();
  await go('no/such/page');
  await page.getByRole('link', { name: 'To the dashboard' }).click();
  await page.getByRole('heading', { name: 'IAM dashboard' }).waitFor();
  await page.getByRole('button', { name: /^Account: admin/ }).first().waitFor();
});
