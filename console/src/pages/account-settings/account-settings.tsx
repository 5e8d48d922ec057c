/** What holds for the whole account: passwords, session tokens, tokens for elsewhere, and what an organization may do about root. */
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useHelp } from '../../help.tsx';
import { OutboundFederationCard } from './outbound-federation-card.tsx';
import { PasswordPolicyCard } from './password-policy-card.tsx';
import { RootAccessCard } from './root-access-card.tsx';
import { TokenPreferencesCard } from './token-preferences-card.tsx';

const help = {
  header: 'Account settings',
  content: (
    <>
      <h3>Password policy</h3><p>What passwords of users must be. It holds for passwords that are set from then on, and never for root's.</p>
      <h3>Session tokens</h3><p>Tokens of the first version are not good in regions that an account opts into; those of the second are good everywhere, and longer.</p>
      <h3>Outbound identity federation</h3><p>The account's own issuer vouches for its users and roles elsewhere, with tokens of sts:GetWebIdentityToken.</p>
    </>
  ),
};

export function AccountSettingsPage(): ReactNode {
  useHelp(help);
  return (
    <ContentLayout header={<Header variant="h1">Account settings</Header>}>
      <SpaceBetween size="l"><PasswordPolicyCard /><TokenPreferencesCard /><OutboundFederationCard /><RootAccessCard /></SpaceBetween>
    </ContentLayout>
  );
}
