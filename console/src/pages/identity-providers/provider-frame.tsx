/** The page of an identity provider: what it is, its deletion, and what its kind has below. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { href, navigate } from '../../router.ts';
import { inFull } from '../../times.tsx';
import { DeleteProvider } from './delete-provider.tsx';
import { kinds } from './providers.ts';
import type { Provider } from './providers.ts';

interface ProviderFrameProps { readonly provider: Pick<Provider, 'kind' | 'name' | 'arn'>; readonly createdAt: Date | undefined; readonly more: readonly { readonly label: string; readonly value: ReactNode }[]; readonly children: ReactNode }

export function ProviderFrame({ provider, createdAt, more, children }: ProviderFrameProps): ReactNode {
  const [isDeleting, setIsDeleting] = useState(false);
  return (
    <ContentLayout header={<Header variant="h1" actions={<Button onClick={() => setIsDeleting(true)}>Delete</Button>}>{provider.name}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Summary</Header>}>
          <KeyValuePairs columns={2} items={[
            { label: 'Provider type', value: kinds[provider.kind].title },
            { label: 'Created', value: inFull(createdAt) },
            { label: 'ARN', value: <CopyToClipboard variant="inline" textToCopy={provider.arn} copyButtonAriaLabel="Copy the ARN" copySuccessText="Copied" copyErrorText="Not copied" /> },
            ...more,
          ]} />
        </Container>
        {children}
      </SpaceBetween>
      {isDeleting ? <DeleteProvider provider={provider} onDone={() => navigate(href('identity-providers'))} onDismiss={() => setIsDeleting(false)} /> : undefined}
    </ContentLayout>
  );
}
