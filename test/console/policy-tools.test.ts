/** The console's policy tools: the editor in both its forms, and the pages that say who may do what and why something was denied. */
import assert from 'node:assert/strict';
import { GetUserCommand } from '@aws-sdk/client-iam';
import { assertAccessible, assertFits, consoleRig, consoleTest } from './browser.ts';

const rig = consoleRig();

consoleTest('the policy editor underlines what is wrong as it is typed, and its forms edit the same text', async () => {
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  await go('policy-check');
  const editor = page.getByRole('textbox', { name: 'Policy document' });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:GetObjekt"],"Resource":"arn:aws:s3:::b/*"}]}');
  await page.getByText('The action s3:GetObjekt does not exist.').waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Go to line 1, column 81' }).click();
  // Faster than any person types: nothing of it may be lost.
  for (const _ of '"s3:GetObjekt"') await page.keyboard.press('Delete');
  await page.keyboard.type('"s3:PutObject"');
  await page.getByText('Nothing found in this policy').waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await assertAccessible(page);
  // The keyboard leaves the editor as it leaves any field.
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Statement 1' }).waitFor();
  await page.getByRole('searchbox', { name: 'Find actions of Amazon S3' }).fill('deleteobjectv');
  await page.getByRole('checkbox', { name: 'DeleteObjectVersion', exact: true }).check();
  await page.getByRole('button', { name: 'Remove s3:GetObject' }).click();
  await assertAccessible(page);
  await assertFits(page);
  await page.getByRole('button', { name: 'JSON' }).click();
  const { Statement: [statement] } = JSON.parse((await editor.innerText()).replaceAll('\n', ' ')) as { Statement: [object] };
  assert.deepEqual(statement, { Effect: 'Allow', Action: ['s3:PutObject', 's3:DeleteObjectVersion'], Resource: 'arn:aws:s3:::b/*' });
});

consoleTest('a denied request is seen as it comes, and leads to its explanation: the path, the statement, what differs, what would allow it', async () => {
  await rig.makeUser('bea', [{ Sid: 'Tagged', Effect: 'Allow', Action: 'iam:GetUser', Resource: 'arn:aws:iam::*:user/<b>bea</b>' }, { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }]);
  const bea = await rig.keysOf('bea');
  const { page, go } = await rig.signedIn('admin');
  await go('activity');
  await page.getByRole('heading', { name: /Activity/ }).waitFor();
  await assert.rejects(bea.send(new GetUserCommand({ UserName: 'bea' })), { name: 'AccessDenied' });
  const row = page.getByRole('row').filter({ hasText: 'user/bea' }).filter({ hasText: 'iam:GetUser' });
  await row.waitFor();
  await assertAccessible(page);
  await row.getByRole('link', { name: 'Why?' }).click();
  await page.getByRole('heading', { name: 'Why was this denied?' }).waitFor();
  await page.getByText('user/<b>bea</b>').first().waitFor();
  await assertAccessible(page);
  await assertFits(page);
});

consoleTest('the simulator asks the API: the policies of a user, with a key that they look at and without', async () => {
  await rig.makeUser('sim', [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }]);
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  await go(`simulator?principal=arn:aws:iam::${rig.account}:user/sim&action=iam:GetUser,iam:CreateUser`);
  await page.getByRole('button', { name: 'Run the simulation' }).click();
  await page.getByText('0 of 2 allowed.').waitFor();
  await page.getByRole('button', { name: 'Condition keys' }).click();
  await page.getByRole('button', { name: 'Find the keys that the policies look at' }).click();
  await page.getByRole('textbox', { name: 'aws:SourceIp', exact: true }).fill('10.1.2.3');
  await page.getByRole('button', { name: 'Run the simulation' }).click();
  await page.getByText('1 of 2 allowed.').waitFor();
  await page.getByRole('row').filter({ hasText: 'iam:GetUser' }).getByText('statement at line 1').waitFor();
  await assertAccessible(page);
  await assertFits(page);
});

consoleTest('the access advisor shows what was used, the credential report who has which credentials; both with charts', async () => {
  const { page, go } = await rig.signedIn('admin', { width: 1024, isDark: true });
  await go(`access-advisor?arn=arn:aws:iam::${rig.account}:user/admin`);
  await page.getByRole('heading', { name: 'Actions, most unused first' }).waitFor();
  await page.getByRole('row').filter({ hasText: 'AWS Identity and Access Management' }).first().waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await go('users/admin?tab=accessed');
  await page.getByRole('row').filter({ hasText: 'AWS Identity and Access Management' }).first().waitFor();
  await go('credential-report');
  await page.getByRole('heading', { name: 'Age of access keys' }).waitFor();
  await page.getByRole('rowheader', { name: 'admin' }).or(page.getByRole('cell', { name: 'admin' })).first().waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download report' }).click()]);
  assert.equal(download.suggestedFilename(), 'credentials.csv');
  await assertAccessible(page);
  await assertFits(page);
});

consoleTest('who can access what: from an action to the principals, and from a principal to its actions, as a table and as a graph with the reason on each edge', async () => {
  await rig.makeUser('amy', [{ Sid: 'Office', Effect: 'Allow', Action: 'iam:GetUser', Resource: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }]);
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  await go('access');
  await page.getByRole('combobox', { name: 'Action' }).fill('iam:GetUser');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show who can' }).click();
  const reason = 'Allow by the identity policy own of user/amy, statement 1 “Office”, if IpAddress aws:SourceIp 10.0.0.0/8';
  await page.getByRole('row').filter({ hasText: 'user/amy' }).getByText(reason).waitFor();
  await page.getByText('Allowed, if', { exact: true }).first().waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Graph' }).click();
  await page.getByRole('button', { name: /connections as text/ }).click();
  await page.getByRole('button', { name: `Gives, if: ${reason}` }).click();
  await page.getByRole('status').filter({ hasText: reason }).waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await go(`access?tab=what&principal=arn:aws:iam::${rig.account}:user/amy`);
  await page.getByRole('button', { name: 'AWS Identity and Access Management (IAM)' }).click();
  await page.getByRole('row').filter({ hasText: 'iam:GetUser' }).getByText(reason).waitFor();
  await assertAccessible(page);
});

consoleTest('who may do nothing is told so on every one of these pages, with the reason', async () => {
  await rig.makeUser('nil');
  const { page, go } = await rig.signedIn('nil', { width: 1024 });
  const own = `arn:aws:iam::${rig.account}:user/nil`;
  for (const [path, action] of [['activity', 'gatehouse:ListRequests'], ['access?tab=who&action=iam:GetUser', 'gatehouse:ListPrincipalsWithAccess'], [`access?tab=what&principal=${own}`, 'gatehouse:ListServicesOfPrincipal'], [`access-advisor?arn=${own}`, 'iam:GenerateServiceLastAccessedDetails'], ['credential-report', 'iam:GenerateCredentialReport'], ['why/00000000-0000-4000-8000-000000000000', 'gatehouse:GetAuthorizationExplanation']] as const) {
    await go(path);
    await page.getByText(new RegExp(`not authorized to perform: ${action}`)).first().waitFor();
  }
  await go(`simulator?principal=${own}&action=iam:GetUser`);
  await page.getByRole('button', { name: 'Run the simulation' }).click();
  await page.getByText(/not authorized to perform: iam:SimulatePrincipalPolicy/).first().waitFor();
  await assertAccessible(page);
});
