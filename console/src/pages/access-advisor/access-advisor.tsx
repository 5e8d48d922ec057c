/** Access advisor: which of what an entity may do it did, and when. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { LastAccessed } from '../../access-advisor/last-accessed.tsx';
import { EntityPicker } from '../../entity-picker.tsx';
import { href, navigate, useAddress } from '../../router.ts';

export function AccessAdvisorPage(): ReactNode {
  const arn = useAddress().query.get('arn') ?? '';
  const [typed, setTyped] = useState(arn);
  const show = (chosen: string): void => navigate(href('access-advisor', { arn: chosen }));
  return (
    <ContentLayout header={<Header variant="h1" description="What is allowed and was used, and what is allowed and was not: permissions that nobody uses can go.">Access advisor</Header>}>
      <SpaceBetween size="l">
        <Container>
          <SpaceBetween size="s">
            <EntityPicker label="User, role, group or policy" kinds={['user', 'role', 'group', 'policy']} value={typed} onChange={setTyped} onChosen={show} />
            <Button variant="primary" disabled={typed === ''} onClick={() => show(typed)}>Show what was used</Button>
          </SpaceBetween>
        </Container>
        {arn === '' ? undefined : <LastAccessed key={arn} arn={arn} />}
      </SpaceBetween>
    </ContentLayout>
  );
}
