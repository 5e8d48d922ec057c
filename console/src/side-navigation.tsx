/** The list of pages, in the groups of AWS's console. */
import CloudscapeSideNavigation from '@cloudscape-design/components/side-navigation';
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { ReactNode } from 'react';
import { findPage, pages, sections } from './pages.tsx';
import type { Section } from './pages.tsx';
import { follow, href } from './router.ts';

export function SideNavigation({ path }: { readonly path: string }): ReactNode {
  const grouped = sections.map((section) => ({ type: 'section' as const, text: section, items: linksOf(section) })).filter(({ items }) => items.length > 0);
  return <CloudscapeSideNavigation header={{ text: 'Identity and Access Management', href: href('') }} activeHref={href(standingIn(path))} onFollow={follow} items={[...linksOf(undefined), ...grouped]} />;
}

const linksOf = (section: Section | undefined): readonly SideNavigationProps.Link[] =>
  pages.filter(({ navigation }) => navigation && navigation.section === section).map(({ path, title }) => ({ type: 'link' as const, text: title({}), href: href(path) }));

/** The page of the navigation that a page is below. */
function standingIn(path: string): string {
  const found = findPage(path);
  if (!found || found.page.navigation || found.page.parent === undefined) return path;
  return standingIn(found.page.parent);
}
