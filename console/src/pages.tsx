/** Every page of the console, in one table: its path, where it stands in the navigation, and the file that is loaded when somebody goes there. */
import { lazy } from 'react';
import type { ComponentType } from 'react';
import { nameInArn } from './name-in-arn.ts';
import { match } from './router.ts';
import type { Values } from './router.ts';

/** The groups of the side navigation, as AWS's console has them; undefined stands before all of them. */
export type Section = 'Access management' | 'Access reports' | 'Policy tools';
export const sections: readonly Section[] = ['Access management', 'Access reports', 'Policy tools'];

interface Named<Path extends string> {
  readonly path: Path;
  /** For breadcrumbs and the window: a text, or what the address names. */
  readonly title: string | ((values: Values<Path>) => string);
  /** The path of the page above it. */
  readonly parent?: string;
  /** Its place in the side navigation; absent, it has none. */
  readonly navigation?: { readonly section?: Section };
  /** Gives the component, whose properties are the names in the path. */
  readonly load: () => Promise<ComponentType<Values<Path>>>;
}

export interface Page { readonly path: string; readonly title: (values: Readonly<Record<string, string>>) => string; readonly parent: string | undefined; readonly navigation: Named<string>['navigation']; readonly Component: ComponentType<Readonly<Record<string, string>>> }

/** A row of the table; its names must be the component's properties. */
function page<const Path extends string>({ path, title, parent, navigation, load }: Named<Path>): Page {
  const Component = lazy(async () => ({ default: await load() }));
  // Of this very path are the values that it is shown with.
  return { path, title: typeof title === 'string' ? () => title : (title as Page['title']), parent, navigation, Component: Component as unknown as Page['Component'] };
}

/** In the order of the navigation. A path of its own (`users/create`) stands before one with a name in its place (`users/:userName`). */
export const pages: readonly Page[] = [
  page({ path: '', title: 'Dashboard', navigation: {}, load: async () => (await import('./pages/dashboard/dashboard.tsx')).DashboardPage }),
  page({ path: 'groups', title: 'User groups', navigation: { section: 'Access management' }, load: async () => (await import('./pages/groups/groups.tsx')).GroupsPage }),
  page({ path: 'groups/create', title: 'Create user group', parent: 'groups', load: async () => (await import('./pages/groups/create-group.tsx')).CreateGroupPage }),
  page({ path: 'groups/:groupName', title: ({ groupName }) => groupName, parent: 'groups', load: async () => (await import('./pages/groups/group.tsx')).GroupPage }),
  page({ path: 'groups/:groupName/create-policy', title: 'Create inline policy', parent: 'groups/:groupName', load: async () => (await import('./permissions/inline-policy-pages.tsx')).NewGroupPolicyPage }),
  page({ path: 'groups/:groupName/policies/:policyName', title: ({ policyName }) => policyName, parent: 'groups/:groupName', load: async () => (await import('./permissions/inline-policy-pages.tsx')).GroupPolicyPage }),
  page({ path: 'users', title: 'Users', navigation: { section: 'Access management' }, load: async () => (await import('./pages/users/users.tsx')).UsersPage }),
  page({ path: 'users/create', title: 'Create user', parent: 'users', load: async () => (await import('./pages/users/create-user.tsx')).CreateUserPage }),
  page({ path: 'users/:userName', title: ({ userName }) => userName, parent: 'users', load: async () => (await import('./pages/users/user.tsx')).UserPage }),
  page({ path: 'users/:userName/create-policy', title: 'Create inline policy', parent: 'users/:userName', load: async () => (await import('./permissions/inline-policy-pages.tsx')).NewUserPolicyPage }),
  page({ path: 'users/:userName/policies/:policyName', title: ({ policyName }) => policyName, parent: 'users/:userName', load: async () => (await import('./permissions/inline-policy-pages.tsx')).UserPolicyPage }),
  page({ path: 'roles', title: 'Roles', navigation: { section: 'Access management' }, load: async () => (await import('./pages/roles/roles.tsx')).RolesPage }),
  page({ path: 'roles/create', title: 'Create role', parent: 'roles', load: async () => (await import('./pages/roles/create-role.tsx')).CreateRolePage }),
  page({ path: 'roles/:roleName', title: ({ roleName }) => roleName, parent: 'roles', load: async () => (await import('./pages/roles/role.tsx')).RolePage }),
  page({ path: 'roles/:roleName/create-policy', title: 'Create inline policy', parent: 'roles/:roleName', load: async () => (await import('./permissions/inline-policy-pages.tsx')).NewRolePolicyPage }),
  page({ path: 'roles/:roleName/policies/:policyName', title: ({ policyName }) => policyName, parent: 'roles/:roleName', load: async () => (await import('./permissions/inline-policy-pages.tsx')).RolePolicyPage }),
  page({ path: 'policies', title: 'Policies', navigation: { section: 'Access management' }, load: async () => (await import('./pages/policies/policies.tsx')).PoliciesPage }),
  page({ path: 'policies/create', title: 'Create policy', parent: 'policies', load: async () => (await import('./pages/policies/create-policy.tsx')).CreatePolicyPage }),
  page({ path: 'policies/:policyArn', title: ({ policyArn }) => nameInArn(policyArn), parent: 'policies', load: async () => (await import('./pages/policies/policy.tsx')).PolicyPage }),
  page({ path: 'policies/:policyArn/edit', title: 'Edit', parent: 'policies/:policyArn', load: async () => (await import('./pages/policies/edit-policy.tsx')).EditPolicyPage }),
  page({ path: 'identity-providers', title: 'Identity providers', navigation: { section: 'Access management' }, load: async () => (await import('./pages/identity-providers/identity-providers.tsx')).IdentityProvidersPage }),
  page({ path: 'identity-providers/create', title: 'Add provider', parent: 'identity-providers', load: async () => (await import('./pages/identity-providers/create-provider.tsx')).CreateProviderPage }),
  page({ path: 'identity-providers/oidc/:url', title: ({ url }) => url, parent: 'identity-providers', load: async () => (await import('./pages/identity-providers/oidc-provider.tsx')).OidcProviderPage }),
  page({ path: 'identity-providers/saml/:name', title: ({ name }) => name, parent: 'identity-providers', load: async () => (await import('./pages/identity-providers/saml-provider.tsx')).SamlProviderPage }),
  page({ path: 'account-settings', title: 'Account settings', navigation: { section: 'Access management' }, load: async () => (await import('./pages/account-settings/account-settings.tsx')).AccountSettingsPage }),
  page({ path: 'account-settings/password-policy', title: 'Password policy', parent: 'account-settings', load: async () => (await import('./pages/account-settings/edit-password-policy.tsx')).EditPasswordPolicyPage }),
  page({ path: 'activity', title: 'Activity', navigation: { section: 'Access reports' }, load: async () => (await import('./pages/activity/activity.tsx')).ActivityPage }),
  page({ path: 'access', title: 'Who can access what', navigation: { section: 'Access reports' }, load: async () => (await import('./pages/access/access.tsx')).AccessPage }),
  page({ path: 'access-advisor', title: 'Access advisor', navigation: { section: 'Access reports' }, load: async () => (await import('./pages/access-advisor/access-advisor.tsx')).AccessAdvisorPage }),
  page({ path: 'credential-report', title: 'Credential report', navigation: { section: 'Access reports' }, load: async () => (await import('./pages/credential-report/credential-report-page.tsx')).CredentialReportPage }),
  page({ path: 'why/:authorizationId', title: 'Why was this denied?', parent: 'activity', load: async () => (await import('./pages/why/why.tsx')).WhyPage }),
  page({ path: 'simulator', title: 'Policy simulator', navigation: { section: 'Policy tools' }, load: async () => (await import('./pages/simulator/simulator.tsx')).SimulatorPage }),
  page({ path: 'policy-check', title: 'Check a policy', navigation: { section: 'Policy tools' }, load: async () => (await import('./pages/policy-tools/check-policy.tsx')).CheckPolicyPage }),
  page({ path: 'security-credentials', title: 'My security credentials', load: async () => (await import('./pages/security-credentials/security-credentials.tsx')).SecurityCredentialsPage }),
  page({ path: 'switch-role', title: 'Switch role', load: async () => (await import('./pages/sessions/switch-role.tsx')).SwitchRolePage }),
  page({ path: 'sessions', title: 'Sessions', load: async () => (await import('./pages/sessions/sessions.tsx')).SessionsPage }),
];

export interface Found { readonly page: Page; readonly values: Readonly<Record<string, string>> }

/** The page of a path; undefined where there is none. */
export function findPage(path: string): Found | undefined {
  for (const candidate of pages) {
    const values = match(candidate.path, path);
    if (values) return { page: candidate, values };
  }
  return undefined;
}

/** Whether the console has that page: a link to one that is not built yet is not shown. */
export const hasPage = (path: string): boolean => findPage(path) !== undefined;
