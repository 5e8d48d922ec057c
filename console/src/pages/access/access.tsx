/** Who can access what: from an action to the principals, and from a principal to its actions. */
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import type { ReactNode } from 'react';
import { PageTabs } from '../../page-tabs.tsx';
import { WhatCan } from './what-can.tsx';
import { WhoCan } from './who-can.tsx';

export function AccessPage(): ReactNode {
  return (
    <ContentLayout header={<Header variant="h1" description="Decided by the engine that decides requests, over all principals of this account.">Who can access what</Header>}>
      <PageTabs tabs={[{ id: 'who', label: 'Who can do something', content: () => <WhoCan /> }, { id: 'what', label: 'What someone can do', content: () => <WhatCan /> }]} />
    </ContentLayout>
  );
}
