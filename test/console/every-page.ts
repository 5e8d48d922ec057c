/** Every page of the console with an address at which it has something to show, of the account that sample-account.ts fills: for pictures, and for what is asserted of all. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../imports.ts';
import { account, denialOf } from './sample-account.ts';
import type { ConsoleRig } from './browser.ts';

const policy = encodeURIComponent(`arn:aws:iam::${account}:policy/everything`);

/** By its path in console/src/pages.tsx. */
const addresses: Readonly<Record<string, string | ((rig: ConsoleRig) => Promise<string>)>> = {
  '': '',
  groups: 'groups',
  'groups/create': 'groups/create',
  'groups/:groupName': 'groups/developers',
  'groups/:groupName/create-policy': 'groups/developers/create-policy',
  'groups/:groupName/policies/:policyName': 'groups/developers/policies/reports',
  users: 'users',
  'users/create': 'users/create',
  'users/:userName': 'users/alice',
  'users/:userName/create-policy': 'users/alice/create-policy',
  'users/:userName/policies/:policyName': 'users/alice/policies/own',
  roles: 'roles',
  'roles/create': 'roles/create',
  'roles/:roleName': 'roles/auditor',
  'roles/:roleName/create-policy': 'roles/auditor/create-policy',
  'roles/:roleName/policies/:policyName': 'roles/auditor/policies/reading',
  policies: 'policies',
  'policies/create': 'policies/create',
  'policies/:policyArn': `policies/${policy}`,
  'policies/:policyArn/edit': `policies/${policy}/edit`,
  'identity-providers': 'identity-providers',
  'identity-providers/create': 'identity-providers/create',
  'identity-providers/oidc/:url': 'identity-providers/oidc/id.example.com',
  'identity-providers/saml/:name': 'identity-providers/saml/corporate',
  'account-settings': 'account-settings',
  'account-settings/password-policy': 'account-settings/password-policy',
  activity: 'activity',
  access: 'access',
  'access-advisor': 'access-advisor',
  'credential-report': 'credential-report',
  'why/:authorizationId': async (rig) => `why/${await denialOf(rig)}`,
  simulator: 'simulator',
  'policy-check': 'policy-check',
  'security-credentials': 'security-credentials',
  'switch-role': 'switch-role',
  sessions: 'sessions',
};

export interface EveryPage { /** For a file. */ readonly name: string; /** Below the console's. */ readonly path: string }

/** All of them; a page of the console's table that has no address here is told. */
export async function everyPage(rig: ConsoleRig): Promise<readonly EveryPage[]> {
  const table = readFileSync(join(root, 'console', 'src', 'pages.tsx'), 'utf8');
  const paths = [...table.matchAll(/^ {2}page\(\{ path: '([^']*)'/gm)].map(([, path]) => path!);
  assert.deepEqual(paths.filter((path) => addresses[path] === undefined), [], 'a new page of the console: give it an address in test/console/every-page.ts, and what it shows in sample-account.ts');
  const pages: EveryPage[] = [];
  for (const path of paths) {
    const address = addresses[path]!;
    pages.push({ name: path === '' ? 'dashboard' : path.replaceAll(/[:/]+/g, '-'), path: typeof address === 'string' ? address : await address(rig) });
  }
  return pages;
}
