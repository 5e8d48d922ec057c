/** The console's users, groups, roles and policies: made, shown, changed and deleted as AWS's console does it, with what is refused said where it is refused. */
import assert from 'node:assert/strict';
import {
  AddUserToGroupCommand, AttachUserPolicyCommand, CreateAccessKeyCommand, CreateGroupCommand, CreatePolicyCommand, CreatePolicyVersionCommand, CreateRoleCommand, CreateUserCommand, CreateVirtualMFADeviceCommand, EnableMFADeviceCommand, GetInstanceProfileCommand,
  GetRoleCommand, GetRolePolicyCommand, GetUserCommand, ListAccessKeysCommand, ListAttachedGroupPoliciesCommand, ListAttachedUserPoliciesCommand, ListGroupsForUserCommand, ListMFADevicesCommand, ListPolicyVersionsCommand, ListRoleTagsCommand,
  ListUserPoliciesCommand, ListUserTagsCommand, PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { populate } from '../../bench/population.ts';
import { codesNow } from '../iam/authenticator.ts';
import { assertAccessible, assertFits, consoleRig, consoleTest } from './browser.ts';
import type { Page } from './browser.ts';

const rig = consoleRig();

const allowS3 = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }] });
const trustOwn = (account: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }] });

const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
/** The box or the circle by which a row of a list is chosen. */
const choose = (page: Page, name: string): Locator => page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).or(page.getByRole('radio', { name: `Choose ${name}`, exact: true }));
const dialog = (page: Page): Locator => page.getByRole('dialog');

/** The file that the page handed out. */
async function downloaded(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
  return readFileSync(await download.path(), 'utf8');
}

consoleTest('a user is made with a password, a group and tags; its password is shown once and kept in a file', async () => {
  await rig.iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
  const { page, go } = await rig.signedIn();
  await go('users/create');
  await page.getByLabel('User name').fill('carol');
  await page.getByLabel('Provide user access to the console').check();
  await button(page, 'Next').click();
  await choose(page, 'developers').check();
  await button(page, 'Next').click();
  await button(page, 'Add new tag').click();
  await page.getByRole('combobox').first().fill('team');
  await page.getByRole('combobox').nth(1).fill('red');
  await page.keyboard.press('Escape');
  await assertAccessible(page);
  await button(page, 'Create user').last().click();
  await page.getByRole('heading', { name: 'Retrieve password' }).waitFor();
  const csv = await downloaded(page, 'Download .csv file');
  const [headings, values = ''] = csv.split('\r\n');
  assert.equal(headings, 'User name,Password,Console sign-in URL');
  const address = `${rig.endpoint}/_gatehouse/signin/?account=${rig.account}`;
  assert.ok(values.startsWith('carol,') && values.endsWith(`,${address}`), csv);
  await assertAccessible(page);
  const password = values.slice('carol,'.length, -address.length - 1).replace(/^"|"$/g, '').replaceAll('""', '"');
  const other = await rig.person();
  await rig.signIn(other, 'carol', password);
  await other.page.getByLabel('New password', { exact: true }).waitFor();
  assert.deepEqual((await rig.iam.send(new ListUserTagsCommand({ UserName: 'carol' }))).Tags, [{ Key: 'team', Value: 'red' }]);
  assert.deepEqual((await rig.iam.send(new ListGroupsForUserCommand({ UserName: 'carol' }))).Groups?.map(({ GroupName }) => GroupName), ['developers']);
  // It must change its password, so it may.
  assert.deepEqual((await rig.iam.send(new ListAttachedUserPoliciesCommand({ UserName: 'carol' }))).AttachedPolicies?.map(({ PolicyName }) => PolicyName), ['IAMUserChangePassword']);
});

consoleTest('a user’s page has every tab', async () => {
  await rig.iam.send(new CreateUserCommand({ UserName: 'dave' }));
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  for (const tab of ['permissions', 'groups', 'tags', 'security', 'accessed']) {
    await go(`users/dave?tab=${tab}`);
    await page.getByRole('heading', { level: 2 }).nth(1).waitFor();
    await assertAccessible(page);
    await assertFits(page);
  }
});

consoleTest('an access key is made with its secret shown once, deactivated, and deleted; an MFA device is assigned by its QR code', async () => {
  await rig.iam.send(new CreateUserCommand({ UserName: 'erin' }));
  const { page, go } = await rig.signedIn();
  await go('users/erin?tab=security');
  await button(page, 'Create access key').click();
  await page.getByLabel('Local code').check();
  await page.getByLabel('Description – optional').fill('laptop');
  await button(dialog(page), 'Create access key').click();
  await page.getByText('Retrieve access key').waitFor();
  const csv = await downloaded(page, 'Download .csv file');
  assert.match(csv, /^Access key ID,Secret access key\r\nAKIA\w{16},\S{40}\r\n$/);
  await button(dialog(page), 'Done').click();
  const [key] = (await rig.iam.send(new ListAccessKeysCommand({ UserName: 'erin' }))).AccessKeyMetadata!;
  await choose(page, key!.AccessKeyId!).check();
  const keys = page.getByRole('grid', { name: 'Access keys' });
  await keys.getByText('laptop').waitFor();
  const panel = page.locator('div').filter({ has: page.getByRole('heading', { name: /^Access keys/ }) }).filter({ has: page.getByRole('button', { name: 'Create access key' }) }).last();
  await button(panel, 'Deactivate').click();
  await keys.getByText('Inactive').waitFor();
  await button(panel, 'Delete').click();
  await dialog(page).getByLabel(`To confirm, type ${key!.AccessKeyId}`).fill(key!.AccessKeyId!);
  await button(dialog(page), 'Delete').click();
  await page.getByText('No access keys').waitFor();
  await button(page, 'Assign MFA device').click();
  await button(dialog(page), 'Next').click();
  await page.getByAltText('QR code of the secret key').waitFor();
  await button(dialog(page), 'Show secret key').click();
  const seed = await dialog(page).getByText(/^[A-Z2-7]{32,}$/).innerText();
  const [first, second] = codesNow(seed);
  await dialog(page).getByLabel('MFA code 1').fill(first);
  await dialog(page).getByLabel('MFA code 2').fill(second);
  await assertAccessible(page);
  await button(dialog(page), 'Add MFA').click();
  await page.getByRole('grid', { name: 'Multi-factor authentication (MFA)' }).getByText('Virtual').waitFor();
  assert.equal((await rig.iam.send(new ListMFADevicesCommand({ UserName: 'erin' }))).MFADevices?.length, 1);
});

consoleTest('a user goes with all that the API wants gone before, each step said', async () => {
  const UserName = 'frank';
  await rig.makeUser(UserName, [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  await rig.iam.send(new CreateAccessKeyCommand({ UserName }));
  await rig.iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
  await rig.iam.send(new CreateGroupCommand({ GroupName: 'leavers' }));
  await rig.iam.send(new AddUserToGroupCommand({ UserName, GroupName: 'leavers' }));
  const device = (await rig.iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'frank' }))).VirtualMFADevice!;
  const [AuthenticationCode1, AuthenticationCode2] = codesNow(new TextDecoder().decode(device.Base32StringSeed));
  await rig.iam.send(new EnableMFADeviceCommand({ UserName, SerialNumber: device.SerialNumber, AuthenticationCode1, AuthenticationCode2 }));
  const { page, go } = await rig.signedIn();
  await go(`users/${UserName}`);
  await button(page, 'Delete').first().click();
  for (const step of ['Delete the console password of frank', /^Delete access key AKIA/, /^Deactivate MFA device/, /^Delete MFA device/, 'Remove frank from group leavers', 'Detach policy ReadOnlyAccess from frank', 'Delete inline policy own of frank', /^Delete user frank$/]) await dialog(page).getByText(step).waitFor();
  await assertAccessible(page);
  await dialog(page).getByLabel('To confirm, type frank').fill('frank');
  await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('User frank is deleted.').waitFor();
  await assert.rejects(rig.iam.send(new GetUserCommand({ UserName })), { name: 'NoSuchEntityException' });
});

consoleTest('a delete stops where it is refused, and says what is done and what is not', async () => {
  await rig.iam.send(new CreateUserCommand({ UserName: 'grace' }));
  await rig.iam.send(new PutUserPolicyCommand({ UserName: 'grace', PolicyName: 'notes', PolicyDocument: allowS3 }));
  await rig.makeUser('halfway', [{ Effect: 'Allow', Action: ['iam:List*', 'iam:Get*', 'iam:DeleteUserPolicy'], Resource: '*' }]);
  const { page, go } = await rig.signedIn('halfway');
  await go('users/grace');
  await button(page, 'Delete').first().click();
  await dialog(page).getByLabel('To confirm, type grace').fill('grace');
  await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await dialog(page).getByText(/not authorized to perform: iam:DeleteUser /).waitFor();
  await assertAccessible(page);
  assert.deepEqual((await rig.iam.send(new ListUserPoliciesCommand({ UserName: 'grace' }))).PolicyNames, []);
  await rig.iam.send(new GetUserCommand({ UserName: 'grace' }));
});

consoleTest('a group is made with users and policies', async () => {
  await rig.iam.send(new CreateUserCommand({ UserName: 'heidi' }));
  const { page, go } = await rig.signedIn();
  await go('groups/create');
  await page.getByLabel('User group name').fill('readers');
  await choose(page, 'heidi').check();
  await page.getByLabel('Find policies').fill('AmazonS3ReadOnlyAccess');
  await choose(page, 'AmazonS3ReadOnlyAccess').check();
  await button(page, 'Create user group').click();
  await page.getByText('User group readers is created.').waitFor();
  await page.getByRole('link', { name: 'heidi' }).waitFor();
  await assertAccessible(page);
  assert.deepEqual((await rig.iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'readers' }))).AttachedPolicies?.map(({ PolicyName }) => PolicyName), ['AmazonS3ReadOnlyAccess']);
});

consoleTest('a role for EC2 comes with its instance profile; its trust is edited, its sessions are revoked, and it goes with the profile', async () => {
  const { page, go } = await rig.signedIn();
  await go('roles/create');
  await button(page, 'Next').click();
  await page.getByText('Say whom the role trusts').waitFor();
  await page.getByLabel('Service', { exact: true }).fill('ec2.amazonaws.com');
  await page.keyboard.press('Escape');
  await button(page, 'Next').click();
  await page.getByRole('heading', { name: /^Permissions policies/ }).waitFor();
  await button(page, 'Next').click();
  await page.getByLabel('Role name').fill('web-server');
  await assertAccessible(page);
  await button(page, 'Create role').last().click();
  await page.getByText('Role web-server is created.').waitFor();
  assert.equal((await rig.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'web-server' }))).InstanceProfile?.Roles?.[0]?.RoleName, 'web-server');
  await page.getByText(`arn:aws:iam::${rig.account}:instance-profile/web-server`).waitFor();
  for (const tab of ['permissions', 'trust', 'tags', 'revoke']) {
    await go(`roles/web-server?tab=${tab}`);
    await page.getByRole('heading', { level: 2 }).nth(1).waitFor();
    await assertAccessible(page);
  }
  await button(page, 'Revoke active sessions').click();
  await button(dialog(page), 'Revoke active sessions').click();
  await page.getByText('The active sessions of web-server are revoked.').waitFor();
  const revoked = (await rig.iam.send(new GetRolePolicyCommand({ RoleName: 'web-server', PolicyName: 'AWSRevokeOlderSessions' }))).PolicyDocument!;
  assert.match(decodeURIComponent(revoked), /"DateLessThan":\{"aws:TokenIssueTime":"\d{4}-/);
  await button(page, 'Delete').first().click();
  await dialog(page).getByText('Delete instance profile web-server').waitFor();
  await dialog(page).getByLabel('To confirm, type web-server').fill('web-server');
  await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Role web-server is deleted.').waitFor();
  await assert.rejects(rig.iam.send(new GetRoleCommand({ RoleName: 'web-server' })), { name: 'NoSuchEntityException' });
  await assert.rejects(rig.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'web-server' })), { name: 'NoSuchEntityException' });
});

consoleTest('a policy’s page shows its description as text, its document, who has it and what differs between its versions, of which another becomes the default', async () => {
  const { Policy } = await rig.iam.send(new CreatePolicyCommand({ PolicyName: 'buckets', PolicyDocument: allowS3, Description: '<img src=x onerror=alert(1)><b>Lists buckets</b>' }));
  const PolicyArn = Policy!.Arn!;
  await rig.iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowS3.replace('ListAllMyBuckets', 'GetObject') }));
  await rig.iam.send(new CreateUserCommand({ UserName: 'ivan' }));
  await rig.iam.send(new AttachUserPolicyCommand({ UserName: 'ivan', PolicyArn }));
  const { page, go } = await rig.signedIn();
  const path = `policies/${encodeURIComponent(PolicyArn)}`;
  await go(path);
  await page.getByText('<img src=x onerror=alert(1)><b>Lists buckets</b>').waitFor();
  await page.getByText('s3:ListAllMyBuckets').waitFor();
  await assertAccessible(page);
  await go(`${path}?tab=entities`);
  await page.getByRole('link', { name: 'ivan' }).waitFor();
  await assertAccessible(page);
  await go(`${path}?tab=versions`);
  await choose(page, 'v1').check();
  await choose(page, 'v2').check();
  await page.locator('ins').getByText('s3:GetObject').waitFor();
  await page.locator('del').getByText('s3:ListAllMyBuckets').waitFor();
  await assertAccessible(page);
  await choose(page, 'v1').uncheck();
  await button(page, 'Set as default').click();
  await page.getByText('Version v2 is what counts now.').waitFor();
  const versions = (await rig.iam.send(new ListPolicyVersionsCommand({ PolicyArn }))).Versions!;
  assert.equal(versions.find(({ IsDefaultVersion }) => IsDefaultVersion)?.VersionId, 'v2');
});

consoleTest('tags are changed in place: one goes, one is new', async () => {
  await rig.iam.send(new CreateRoleCommand({ RoleName: 'tagged', AssumeRolePolicyDocument: trustOwn(rig.account), Tags: [{ Key: 'old', Value: '1' }] }));
  const { page, go } = await rig.signedIn();
  await go('roles/tagged?tab=tags');
  await button(page, 'Manage tags').click();
  await page.getByRole('button', { name: /^Remove/ }).first().click();
  await button(page, 'Add new tag').click();
  await page.getByRole('combobox').nth(-2).fill('new');
  await page.getByRole('combobox').last().fill('2');
  await page.keyboard.press('Escape');
  await assertAccessible(page);
  await button(page, 'Save changes').click();
  await page.getByText('Tags of tagged saved.').waitFor();
  assert.deepEqual((await rig.iam.send(new ListRoleTagsCommand({ RoleName: 'tagged' }))).Tags, [{ Key: 'new', Value: '2' }]);
});

consoleTest('what a person may not read is denied widget by widget, with the reason; the rest of the page is there', async () => {
  await rig.makeUser('partly', [{ Effect: 'Allow', Action: ['iam:ListUsers', 'iam:GetUser'], Resource: '*' }]);
  const { page, go } = await rig.signedIn('partly');
  await go('users');
  await page.getByRole('link', { name: 'partly' }).waitFor();
  await page.getByText('Denied').first().waitFor();
  await page.getByText('Denied').first().click();
  await page.getByText(/not authorized to perform: iam:ListGroupsForUser/).waitFor();
  await assertAccessible(page);
  await go('users/partly?tab=security');
  await page.getByRole('main').getByText(`arn:aws:iam::${rig.account}:user/partly`).first().waitFor();
  await page.getByText(/not authorized to perform: iam:ListAccessKeys/).waitFor();
  await assertAccessible(page);
});

consoleTest('ten thousand users are listed, searched, sorted and paged with a page of rows in the document', async () => {
  await populate(rig.dataDir, { users: 10_000 });
  const { page, go } = await rig.signedIn();
  await go('users');
  await page.getByRole('heading', { name: /^Users \(10,?0\d\d\)$/ }).waitFor();
  const rows = page.getByRole('grid', { name: 'Users' }).locator('tbody').getByRole('row');
  assert.equal(await rows.count(), 50);
  await page.getByLabel('Find users').fill('user-9999');
  await page.getByRole('link', { name: 'user-9999' }).waitFor();
  await page.getByText('1 match').first().waitFor();
  await page.getByLabel('Find users').fill('');
  // As a person with a keyboard does: the head of the table that stays in view is another element than the table's own.
  const head = page.getByRole('columnheader', { name: /^User name/ }).first().getByRole('button').first();
  for (const _ of ['up', 'down']) await head.press('Enter');
  await page.getByRole('link', { name: 'user-9999' }).waitFor();
  await button(page, 'Next page').click();
  await page.getByRole('link', { name: 'user-9949' }).waitFor();
  assert.equal(await rows.count(), 50);
  await assertAccessible(page);
});
