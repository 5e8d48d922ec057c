/** The tabs of a page; which one is open stands in the address, so that a link and a reload lead to it. */
import Tabs from '@cloudscape-design/components/tabs';
import type { ReactNode } from 'react';
import { href, navigate, useAddress } from './router.ts';

export interface PageTab { readonly id: string; readonly label: string; /** Made when it is opened: what it reads is read then. */ readonly content: () => ReactNode }

export function PageTabs({ tabs }: { readonly tabs: readonly PageTab[] }): ReactNode {
  const { path, query } = useAddress();
  const open = tabs.find(({ id }) => id === query.get('tab')) ?? tabs[0]!;
  return <Tabs activeTabId={open.id} onChange={({ detail }) => navigate(href(path, { tab: detail.activeTabId }), { isReplaced: true })} tabs={tabs.map((tab) => ({ id: tab.id, label: tab.label, content: tab.id === open.id ? tab.content() : undefined }))} />;
}
