/** Makes a picture of every page of the console, light at 1280 pixels, some dark and narrow, into .screenshots/, which git ignores: `npm run screenshots -- WORD…` those whose name has a word; `--docs` those that docs/ shows, smaller, into docs/images/. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConsoleRig } from '../test/console/browser.ts';
import type { Person } from '../test/console/browser.ts';
import { everyPage } from '../test/console/every-page.ts';
import { fillAccount } from '../test/console/sample-account.ts';

const root = resolve(import.meta.dirname, '..');
const isForDocs = process.argv.includes('--docs');
const folder = join(root, isForDocs ? 'docs/images' : '.screenshots');

interface Picture {
  readonly name: string;
  /** Below the console's address. */
  readonly path: string;
  /** What is done on the page before. */
  readonly act?: (person: Person) => Promise<unknown>;
}

/** Of pages as they are with something done on them; those that are not here are taken as they open. */
const pictures: readonly Picture[] = [
  { name: 'dashboard', path: '', act: ({ page }) => page.getByText(/May do everything|No policy allows/).waitFor() },
  { name: 'groups', path: 'groups' },
  { name: 'group', path: 'groups/developers?tab=permissions' },
  { name: 'users', path: 'users' },
  { name: 'user-create', path: 'users/create' },
  { name: 'user-create-permissions', path: 'users/create', act: async ({ page }) => {
    await page.getByLabel('User name').fill('dave');
    await page.getByRole('button', { name: 'Next', exact: true }).click();
  } },
  { name: 'user', path: 'users/admin' },
  { name: 'user-security', path: 'users/alice?tab=security' },
  { name: 'user-inline-policy', path: 'users/alice/create-policy' },
  { name: 'user-delete', path: 'users/alice', act: async ({ page }) => {
    await page.getByRole('button', { name: 'Delete' }).first().click();
    await page.getByText('This is done, in this order').waitFor();
  } },
  { name: 'roles', path: 'roles' },
  { name: 'role', path: 'roles/auditor' },
  { name: 'role-trust', path: 'roles/auditor?tab=trust' },
  { name: 'role-create', path: 'roles/create' },
  { name: 'policies', path: 'policies' },
  { name: 'policy', path: `policies/${encodeURIComponent('arn:aws:iam::111122223333:policy/everything')}` },
  { name: 'policy-create', path: 'policies/create' },
  { name: 'identity-providers', path: 'identity-providers' },
  { name: 'identity-provider-create', path: 'identity-providers/create' },
  { name: 'identity-provider', path: 'identity-providers/oidc/id.example.com' },
  { name: 'identity-provider-saml', path: 'identity-providers/saml/corporate' },
  { name: 'policy-check', path: 'policy-check' },
  { name: 'policy-check-visual', path: 'policy-check', act: ({ page }) => page.getByRole('button', { name: 'Visual' }).click() },
  { name: 'activity', path: 'activity' },
  { name: 'access-who', path: 'access?tab=who&action=iam:GetUser', act: ({ page }) => page.getByRole('heading', { name: /Principals/ }).waitFor() },
  { name: 'access-graph', path: 'access?tab=who&action=iam:GetUser', act: async ({ page }) => {
    await page.getByRole('heading', { name: /Principals/ }).waitFor();
    await page.getByRole('button', { name: 'Graph' }).click();
    await page.getByText('Choose a connection to read its reason.').waitFor();
  } },
  { name: 'access-what', path: 'access?tab=what&principal=arn:aws:iam::111122223333:user/admin' },
  { name: 'access-actions', path: 'access?tab=what&principal=arn:aws:iam::111122223333:user/admin&service=iam', act: ({ page }) => page.getByText('iam:AddClientIDToOpenIDConnectProvider').waitFor() },
  { name: 'access-advisor', path: 'access-advisor?arn=arn:aws:iam::111122223333:user/admin', act: ({ page }) => page.getByText('Actions, most unused first').waitFor() },
  { name: 'credential-report', path: 'credential-report', act: ({ page }) => page.getByText('Age of access keys').waitFor() },
  { name: 'simulator', path: 'simulator?principal=arn:aws:iam::111122223333:user/alice&action=iam:GetUser,iam:CreateUser', act: async ({ page }) => {
    await page.getByRole('button', { name: 'Run the simulation' }).click();
    await page.getByRole('heading', { name: /Results/ }).waitFor();
  } },
  { name: 'account-settings', path: 'account-settings' },
  { name: 'password-policy', path: 'account-settings/password-policy' },
  { name: 'security-credentials', path: 'security-credentials' },
  { name: 'switch-role', path: 'switch-role' },
  { name: 'sessions', path: 'sessions' },
];

mkdirSync(folder, { recursive: true });
const words = isForDocs ? ['dashboard', 'why', 'access-graph'] : process.argv.slice(2);
const rig = new ConsoleRig();
await rig.start();
try {
  await fillAccount(rig.iam);
  const others = (await everyPage(rig)).filter(({ path }) => !pictures.some((picture) => picture.path.split('?')[0] === path));
  const wanted: readonly Picture[] = [...pictures, ...others].filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const looks = isForDocs ? [{ suffix: '', options: { width: 1280, scale: 0.625 } }] as const : [{ suffix: '', options: { width: 1280 } }, { suffix: '-dark-narrow', options: { width: 1024, isDark: true } }] as const;
  for (const { suffix, options } of looks) {
    const person = await rig.signedIn('admin', options);
    for (const { name, path, act } of wanted) {
      await person.go(path);
      await act?.(person);
      await person.page.waitForLoadState('networkidle');
      // A window as high as the page: a picture of more than the window is laid out as if for a telephone.
      await person.page.setViewportSize({ width: options.width, height: Math.max(900, Number(await person.page.evaluate('document.documentElement.scrollHeight'))) });
      await person.page.screenshot({ path: join(folder, isForDocs ? `console-${name.split('-')[0]}.png` : `${name}${suffix}.png`) });
      await person.page.setViewportSize({ width: options.width, height: 900 });
    }
  }
} finally {
  await rig.stop();
}
