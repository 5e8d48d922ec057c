/** Whether an account's principals may have themselves vouched for elsewhere, by tokens of the account's own issuer. Source: "EnableOutboundWebIdentityFederation" and its siblings (IAM API Reference). */
import type { Iam } from '../../../models/iam.ts';
import { newUuid } from '../../base/ids.ts';
import { signingAlgorithms } from '../../credentials/token-signing-key.ts';
import type { Operations } from '../operation.ts';
import { addFirstKeys, makeKeys } from '../token-signing-keys.ts';
import { changeSettings, settingsOf } from './account-settings.ts';

// GUESS: the words of both errors, after their descriptions.
const alreadyEnabled = 'Outbound identity federation is already enabled for your AWS account.';
const alreadyDisabled = 'Outbound identity federation is already disabled for your AWS account.';

/** Switching it on and off, and telling the issuer. */
export const outboundFederation = {
  EnableOutboundWebIdentityFederation: {
    access: () => [{ resource: '*' }],
    async run(_input, { account, view, now, seal, write, random, issuerUrl, error }) {
      if (settingsOf(view).OutboundFederation?.IsEnabled) throw error('FeatureEnabled', alreadyEnabled);
      const newIssuerId = newUuid(random);
      const keys = await makeKeys(signingAlgorithms, { account, seal, now });
      return write((draft) => {
        const before = settingsOf(draft).OutboundFederation;
        if (before?.IsEnabled) throw error('FeatureEnabled', alreadyEnabled);
        const IssuerId = before?.IssuerId ?? newIssuerId;
        if (!before) draft.partition.tokenIssuers.insert({ IssuerId, AccountId: account });
        addFirstKeys(draft, keys, now);
        changeSettings(draft, { OutboundFederation: { IssuerId, IsEnabled: true } });
        return { IssuerIdentifier: issuerUrl(IssuerId) };
      });
    },
  },

  /** The issuer's documents stay: tokens that were handed out before are good until they expire. */
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
    run: (_input, { view, issuerUrl, error }) => {
      const federation = settingsOf(view).OutboundFederation;
      if (!federation?.IsEnabled) throw error('FeatureDisabled', alreadyDisabled);
      return { IssuerIdentifier: issuerUrl(federation.IssuerId), JwtVendingEnabled: true };
    },
  },
} satisfies Operations<Iam, `${'Enable' | 'Disable'}OutboundWebIdentityFederation` | 'GetOutboundWebIdentityFederationInfo'>;
