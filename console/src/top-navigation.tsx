/** The bar at the top: who is signed in, as what, and what can be done about it. */
import CloudscapeTopNavigation from '@cloudscape-design/components/top-navigation';
import type { TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useAppearance } from './appearance.ts';
import type { Appearance } from './appearance.ts';
import { useIdentity } from './identity.tsx';
import { useNotifications } from './notifications.tsx';
import { hasPage } from './pages.tsx';
import { problemOf } from './problem.ts';
import { href, navigate } from './router.ts';
import { settleOver } from './session-over.ts';
import { askDoor, readSessions } from './session.ts';
import type { OwnSession, Session } from './session.ts';

export function TopNavigation(): ReactNode {
  const [appearance, setAppearance] = useAppearance();
  const { session, become } = useIdentity();
  const { notify } = useNotifications();
  const [others, setOthers] = useState<readonly Session[]>([]);
  const failed = (thrown: unknown): void => notify({ type: 'error', text: settleOver(problemOf(thrown)).message });
  const lookForOthers = (): void => void readSessions().then((all) => setOthers(all.filter((one) => one.session !== session.session)), failed);
  const actions: Readonly<Record<string, () => void>> = {
    'switch-role': () => navigate(href('switch-role')),
    credentials: () => navigate(href('security-credentials')),
    sessions: () => navigate(href('sessions')),
    'switch-back': () => void askDoor(session, 'switch-back', {}).then(become, failed),
    'sign-out': () => void signOut(session).catch(failed),
    'add-session': () => location.assign('/_gatehouse/signin/'),
  };
  const choose = (id: string): void => (id.startsWith('session ') ? location.assign(`/_gatehouse/console/?session=${encodeURIComponent(id.slice('session '.length))}`) : actions[id]?.());
  return (
    <CloudscapeTopNavigation
      identity={{ href: href(''), title: 'Gatehouse', logo: { src: '/_gatehouse/icon.svg', alt: '' }, onFollow: (event) => { event.preventDefault(); navigate(href('')); } }}
      utilities={[appearanceMenu(appearance, setAppearance), {
        type: 'menu-dropdown', iconName: 'user-profile', text: shownName(session), ariaLabel: `Account: ${shownName(session)}`, description: session.role?.arn ?? session.arn,
        items: accountItems(session, others), onItemClick: ({ detail }) => choose(detail.id), onItemFollow: (event) => { event.preventDefault(); choose(event.detail.id); },
        // Opening it is when the other sessions are looked for: any tab may have begun or ended some.
        ...({ onFocus: lookForOthers } as object),
      }]}
    />
  );
}

/** As AWS's bar: `ROLE @ ACCOUNT` or the display name for a role, else `NAME @ ACCOUNT`. */
export const shownName = ({ role, name, account, accountAlias }: Session): string => role ? role.displayName : `${name} @ ${accountAlias ?? account}`;

async function signOut(session: OwnSession): Promise<void> {
  const answered = await askDoor(session, 'sign-out', {});
  location.assign(answered?.issuer ?? '/_gatehouse/signin/');
}

/** What a menu has in it. */
type MenuItems = NonNullable<TopNavigationProps.MenuDropdownUtility['items']>;

function accountItems({ account, accountAlias, kind, role, isMfaShown, recentRoles, endsAt }: OwnSession, others: readonly Session[]): MenuItems {
  const link = (id: string, path: string, text: string): readonly { id: string; text: string }[] => (hasPage(path) ? [{ id, text }] : []);
  const groups = [
    { id: 'about', text: 'Session', items: [
      { id: 'account', text: `Account ${account}${accountAlias === undefined ? '' : ` (${accountAlias})`}`, disabled: true },
      { id: 'mfa', text: isMfaShown ? 'Signed in with MFA' : 'Signed in without MFA', disabled: true },
      { id: 'ends', text: `Ends ${new Date(role?.endsAt ?? endsAt).toLocaleTimeString()}`, disabled: true },
    ] },
    { id: 'own', text: 'You', items: [
      ...link('credentials', 'security-credentials', 'Security credentials'),
      ...(kind === 'root' ? [] : link('switch-role', 'switch-role', recentRoles.length > 0 ? 'Switch role…' : 'Switch role')),
      ...(role ? [{ id: 'switch-back', text: 'Switch back' }] : []),
    ] },
    { id: 'others', text: 'Sessions', items: [
      ...others.map((other) => ({ id: `session ${other.session}`, text: shownName(other) })),
      ...link('sessions', 'sessions', 'All sessions'),
      { id: 'add-session', text: 'Add a session' },
    ] },
  ];
  return [...groups.filter(({ items }) => items.length > 0), { id: 'sign-out', text: 'Sign out' }];
}

function appearanceMenu({ mode, density }: Appearance, set: (appearance: Appearance) => void): TopNavigationProps.MenuDropdownUtility {
  const choices = { light: { mode: 'light', density }, dark: { mode: 'dark', density }, system: { mode: 'system', density }, comfortable: { mode, density: 'comfortable' }, compact: { mode, density: 'compact' } } as const satisfies Readonly<Record<string, Appearance>>;
  const item = (id: keyof typeof choices, text: string, isChosen: boolean) => ({ id, text, itemType: 'checkbox' as const, checked: isChosen });
  return {
    type: 'menu-dropdown', iconName: 'settings', ariaLabel: 'Appearance', title: 'Appearance',
    items: [
      { id: 'mode', text: 'Colours', items: [item('light', 'Light', mode === 'light'), item('dark', 'Dark', mode === 'dark'), item('system', "As the browser's", mode === 'system')] },
      { id: 'density', text: 'Density', items: [item('comfortable', 'Comfortable', density === 'comfortable'), item('compact', 'Compact', density === 'compact')] },
    ],
    onItemClick: ({ detail }) => { if (Object.hasOwn(choices, detail.id)) set(choices[detail.id as keyof typeof choices]); },
  };
}
