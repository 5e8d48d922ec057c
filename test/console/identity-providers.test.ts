/** The pages of identity providers: listed, added, changed, deleted. */
import assert from 'node:assert/strict';
import { GetOpenIDConnectProviderCommand, GetSAMLProviderCommand, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { strangerCertificate } from '../certificates.ts';
import { samlMetadata } from '../sts/saml-idp.ts';
import { assertAccessible, assertFits, consoleRig, consoleTest } from './browser.ts';

const rig = consoleRig();
const file = (name: string, text: string) => ({ name, mimeType: 'application/xml', buffer: Buffer.from(text) });

consoleTest('an OpenID Connect provider is added, its audiences and thumbprints change, and it is deleted', async () => {
  const { page, go } = await rig.signedIn('admin', { width: 1024 });
  await go('identity-providers/create');
  await page.getByRole('radio', { name: 'OpenID Connect' }).check();
  await assertAccessible(page);
  await assertFits(page);
  await page.getByLabel('Provider URL').fill('http://id.example.com/realms/one');
  await page.getByLabel('Audiences').fill('sts.amazonaws.com\n\n my-app ');
  await page.getByRole('button', { name: 'Add provider' }).click();
  await page.getByText('Invalid Open ID Connect Provider URL').waitFor();
  await page.getByLabel('Provider URL').fill('https://id.example.com/realms/one');
  await page.getByRole('button', { name: 'Add provider' }).click();
  await page.getByRole('heading', { level: 1, name: 'id.example.com/realms/one' }).waitFor();
  const OpenIDConnectProviderArn = `arn:aws:iam::${rig.account}:oidc-provider/id.example.com/realms/one`;
  await page.getByRole('button', { name: 'Add audience' }).click();
  await page.getByRole('dialog').getByLabel('Audience').fill('third');
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('heading', { name: 'Audiences (3)' }).waitFor();
  await page.getByRole('radio', { name: 'Choose my-app' }).check();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Manage thumbprints' }).click();
  await page.getByRole('dialog').getByLabel('Thumbprints').fill('b'.repeat(40));
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
  await page.getByText('b'.repeat(40)).waitFor();
  await assertAccessible(page);
  await assertFits(page);
  const provider = await rig.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  assert.deepEqual([provider.ClientIDList, provider.ThumbprintList], [['sts.amazonaws.com', 'third'], ['b'.repeat(40)]]);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'id.example.com/realms/one' }).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByLabel('To confirm, type').fill('id.example.com/realms/one');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'Identity providers (0)' }).waitFor();
  assert.deepEqual((await rig.iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList, []);
});

consoleTest('a SAML provider is added by its metadata, which is replaced', async () => {
  const { page, go } = await rig.signedIn();
  await go('identity-providers/create');
  await page.getByLabel('Provider name').fill('corporate');
  await page.locator('input[type=file]').setInputFiles(file('broken.xml', `<html>${' '.repeat(1_000)}`));
  await page.getByRole('button', { name: 'Add provider' }).click();
  await page.getByText('Could not parse metadata').waitFor();
  await page.locator('input[type=file]').setInputFiles(file('metadata.xml', samlMetadata()));
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Add provider' }).click();
  await page.getByRole('heading', { level: 1, name: 'corporate' }).waitFor();
  await page.getByText('https://idp.example/metadata').waitFor();
  await page.getByText('with one certificate').waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Replace metadata' }).click();
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file('metadata.xml', samlMetadata(strangerCertificate)));
  await page.getByRole('dialog').getByRole('button', { name: 'Replace', exact: true }).click();
  await page.getByText('The metadata was replaced.').waitFor();
  const { SAMLMetadataDocument } = await rig.iam.send(new GetSAMLProviderCommand({ SAMLProviderArn: `arn:aws:iam::${rig.account}:saml-provider/corporate` }));
  assert.equal(SAMLMetadataDocument, samlMetadata(strangerCertificate));
});
