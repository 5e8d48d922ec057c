/** Why a request was denied: what was asked, the kinds of policies in the order in which they were asked, and what would allow it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { AuthorizationDenial } from '../../../../models/gatehouse.ts';
import type { Explanation } from '../../../../src/policy/explain/explanation.ts';
import { headline } from '../../../../src/policy/explain/text.ts';
import { hasPage } from '../../pages.tsx';
import { useRead } from '../../read.ts';
import { Reading } from '../../reading.tsx';
import { follow, href } from '../../router.ts';
import { LayerPath, LayerSections } from './layers.tsx';
import { Remedy } from './remedy.tsx';

export function WhyPage({ authorizationId }: { readonly authorizationId: string }): ReactNode {
  const read = useRead(async ({ gatehouse }, abortSignal) => {
    const { Denial, Explanation: text, Details } = await gatehouse.send('GetAuthorizationExplanation', { AuthorizationId: authorizationId }, { abortSignal });
    // As the server's own explain() made it.
    return { denial: Denial, text, explanation: JSON.parse(Details) as Explanation };
  }, [authorizationId]);
  return (
    <ContentLayout header={<Header variant="h1" description={<>Authorization id {authorizationId}</>}>Why was this denied?</Header>}>
      <Reading read={read} what="the explanation">
        {({ denial, text, explanation }) => (
          <SpaceBetween size="l">
            <Alert type="error" header={headline(explanation)}>{denial.Message}</Alert>
            <Asked denial={denial} explanation={explanation} />
            <Remedy explanation={explanation} />
            <Container header={<Header variant="h2" description="In the order in which they were asked. A Deny anywhere denies; each kind that is asked must let the request through.">Policies that were asked</Header>}>
              <SpaceBetween size="l">
                <LayerPath explanation={explanation} />
                <LayerSections explanation={explanation} />
              </SpaceBetween>
            </Container>
            <ExpandableSection variant="container" headerText="All of it as text" headerActions={<CopyToClipboard copyButtonText="Copy" textToCopy={text} copySuccessText="Copied" copyErrorText="Not copied" />}>
              <Box variant="pre">{text}</Box>
            </ExpandableSection>
          </SpaceBetween>
        )}
      </Reading>
    </ContentLayout>
  );
}

function Asked({ denial, explanation: { request } }: { readonly denial: AuthorizationDenial; readonly explanation: Explanation }): ReactNode {
  const simulator = href('simulator', { principal: request.principal, action: request.action, resource: request.resource });
  const keys = Object.entries(request.keys ?? {});
  return (
    <Container header={<Header variant="h2" actions={hasPage('simulator') ? <Button href={simulator} onFollow={follow}>Try it in the simulator</Button> : undefined}>What was asked</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Who', value: <Box variant="code">{request.principal}</Box> },
          { label: 'Action', value: <Box variant="code">{request.action}</Box> },
          { label: 'Resource', value: <Box variant="code">{request.resource}</Box> },
          { label: 'When', value: new Date(denial.Time).toLocaleString() },
          { label: 'Operation', value: denial.Operation },
          { label: 'Account', value: request.principalAccount === undefined || request.principalAccount === request.resourceAccount ? request.resourceAccount : `${request.resourceAccount}, asked from ${request.principalAccount}: the policies of both sides must allow` },
          ...keys.map(([label, value]) => ({ label, value: typeof value === 'string' ? value : value.join(', ') })),
        ]}
      />
    </Container>
  );
}
