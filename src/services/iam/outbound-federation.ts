/** Whether an account's principals may have themselves vouched for elsewhere, by tokens of the account's own issuer. Source: "EnableOutboundWebIdentityFederation" and its siblings (IAM API Reference). */
import type { Iam } from '../../../models/iam.ts';
import { newUuid } from '../../base/ids.ts';
import type { Operations } from '../operation.ts';
import { changeSettings, settingsOf } from './account-settings.ts';

// GUESS: the words of both errors, after their descriptions.
const alreadyEnabled = 'Outbound identity federation is already enabled for your AWS account.';
const alreadyDisabled = 'Outbound identity federation is already disabled for your AWS account.';

/** Switching it on and off, and telling the issuer. */
export const outboundFederation = {
  EnableOutboundWebIdentityFederation: {
    access: () => [{ resource: '*' }],
    run: (_input, { write, random, error }) => {
      const issuer = `https://${newUuid(random)}.tokens.sts.global.api.aws`;
      return write((draft) => {
        const before = settingsOf(draft).OutboundFederation;
        if (before?.IsEnabled) throw error('FeatureEnabled', alreadyEnabled);
        const IssuerIdentifier = before?.IssuerIdentifier ?? issuer;
        changeSettings(draft, { OutboundFederation: { IssuerIdentifier, IsEnabled: true } });
        return { IssuerIdentifier };
      });
    },
  },

  DisableOutboundWebIdentityFederation: {
    access: () => [{ resource: '*' }],
    run: (_input, { write, error }) => write((draft) => {
      const before = settingsOf(draft).OutboundFederation;
      if (!before?.IsEnabled) throw error('FeatureDisabled', alreadyDisabled);
      changeSettings(draft, { OutboundFederation: { ...before, IsEnabled: false } });
    }),
  },

  GetOutboundWebIdentityFederationInfo: {
    access: () => [{ resource: '*' }],
    run: (_input, { view, error }) => {
      const federation = settingsOf(view).OutboundFederation;
      if (!federation?.IsEnabled) throw error('FeatureDisabled', alreadyDisabled);
      return { IssuerIdentifier: federation.IssuerIdentifier, JwtVendingEnabled: true };
    },
  },
} satisfies Operations<Iam, `${'Enable' | 'Disable'}OutboundWebIdentityFederation` | 'GetOutboundWebIdentityFederationInfo'>;
