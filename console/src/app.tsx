/** The frame of every page: top and side navigation, breadcrumbs, notifications, help, and the page that the address names. */
import AppLayout from '@cloudscape-design/components/app-layout';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { Suspense, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { openClients } from './clients.ts';
import { HelpContext, HelpDrawer } from './help.tsx';
import type { Help } from './help.tsx';
import { IdentityContext } from './identity.tsx';
import { NotificationBar, NotificationsProvider } from './notifications.tsx';
import { PageFailed, PageLoading, PageMissing } from './page-states.tsx';
import { findPage } from './pages.tsx';
import type { Found } from './pages.tsx';
import { cssColor } from './role-colors.tsx';
import { follow, href, useAddress } from './router.ts';
import type { OwnSession } from './session.ts';
import { SideNavigation } from './side-navigation.tsx';
import { TopNavigation } from './top-navigation.tsx';

export function App({ session: initial }: { readonly session: OwnSession }): ReactNode {
  const [session, become] = useState(initial);
  // Other clients with another role, which brings every page to ask anew.
  const identity = useMemo(() => ({ session, clients: openClients(session), become }), [session]);
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <IdentityContext value={identity}>
        <NotificationsProvider>
          <div id="top"><TopNavigation />{session.role ? <div className="role-strip" style={{ background: cssColor(session.role.color) }} /> : undefined}</div>
          <Frame key={`${session.session} ${session.role?.arn ?? ''}`} />
        </NotificationsProvider>
      </IdentityContext>
    </I18nProvider>
  );
}

function Frame(): ReactNode {
  const { path } = useAddress();
  const found = findPage(path);
  const [help, setHelp] = useState<Help>();
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  const [isNavigationOpen, setIsNavigationOpen] = useState(() => innerWidth > 900);
  const title = found?.page.title(found.values) ?? 'Not found';
  useEffect(() => { document.title = `${title} – Gatehouse`; }, [title]);
  return (
    <HelpContext value={setHelp}>
      <AppLayout
        headerSelector="#top"
        navigation={<SideNavigation path={path} />}
        navigationOpen={isNavigationOpen}
        onNavigationChange={({ detail }) => setIsNavigationOpen(detail.open)}
        breadcrumbs={<Breadcrumbs found={found} />}
        notifications={<NotificationBar />}
        stickyNotifications
        tools={<HelpDrawer help={help} />}
        toolsHide={help === undefined}
        toolsOpen={isHelpOpen && help !== undefined}
        onToolsChange={({ detail }) => setIsHelpOpen(detail.open)}
        ariaLabels={{ navigation: 'Pages', navigationClose: 'Close the list of pages', navigationToggle: 'Open the list of pages', notifications: 'Notifications', tools: 'Help', toolsClose: 'Close help', toolsToggle: 'Open help' }}
        content={found ? <PageFailed key={path}><Suspense fallback={<PageLoading />}><found.page.Component {...found.values} /></Suspense></PageFailed> : <PageMissing />}
      />
    </HelpContext>
  );
}

function Breadcrumbs({ found }: { readonly found: Found | undefined }): ReactNode {
  const trail = [{ text: 'IAM', href: href('') }];
  for (const one of found && found.page.path !== '' ? lineOf(found) : []) trail.push(one);
  return <BreadcrumbGroup items={trail} onFollow={follow} ariaLabel="Breadcrumbs" />;
}

/** The pages above one, and itself. Their names are among its own. */
function lineOf({ page, values }: Found): readonly { text: string; href: string }[] {
  const path = page.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const above = page.parent === undefined ? undefined : findPage(page.parent.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? '')));
  return [...(above ? lineOf(above) : []), { text: page.title(values), href: href(path) }];
}
