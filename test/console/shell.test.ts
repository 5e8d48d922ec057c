/** The console's frame: who is signed in sees the dashboard, whoever is not signs in first, and a link leads to its page. */
import assert from 'node:assert/strict';
import { assertAccessible, assertFits, consoleRig, consoleTest } from './browser.ts';

const rig = consoleRig();

consoleTest('signed in, a person sees the dashboard and who it is', async () => {
  const { page } = await rig.signedIn();
  await page.getByRole('heading', { name: 'IAM dashboard' }).waitFor();
  await page.getByText('User groups').first().waitFor();
  await page.getByRole('button', { name: `Account: admin @ ${rig.account}` }).waitFor();
  await assertAccessible(page);
});

consoleTest('a page that is not there says so, and the way back; nothing is wider than a window of 1024 pixels', async () => {
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  await assertFits(page);
  await go('no/such/page');
  await page.getByRole('link', { name: 'To the dashboard' }).click();
  await page.getByRole('heading', { name: 'IAM dashboard' }).waitFor();
  assert.match(page.url(), /\/_gatehouse\/console\//);
});

consoleTest('what a user may not read is shown as denied, with the reason', async () => {
  await rig.makeUser('nobody');
  const { page } = await rig.signedIn('nobody');
  await page.getByText(/not authorized to perform: iam:GetAccountSummary/).waitFor();
  await assertAccessible(page);
});
