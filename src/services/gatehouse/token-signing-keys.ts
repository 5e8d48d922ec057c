/** The keys that sign the tokens of the account's own issuer: seen, succeeded, and thrown away. */
import type { Gatehouse, TokenSigningKey } from '../../../models/gatehouse.ts';
import type { Raise } from '../../base/api-error.ts';
import { isoSeconds } from '../../base/clock.ts';
import type { Timestamp } from '../../base/clock.ts';
import { signingAlgorithms } from '../../credentials/token-signing-key.ts';
import { accountSettingsKey } from '../../store/tables.ts';
import type { AccountView } from '../../store/store.ts';
import type { Operations } from '../operation.ts';
import { addNextKeys, makeKeys, publishedKeys, replaceKeys } from '../token-signing-keys.ts';

export const tokenSigningKeys = {
  ListTokenSigningKeys: {
    access: (_input, { account }) => [{ resource: keysArn(account) }],
    run: (_input, { view, now, issuerUrl }) => {
      const issuerId = issuerOf(view);
      return { ...(issuerId !== undefined && { IssuerIdentifier: issuerUrl(issuerId) }), Keys: shown(view, now) };
    },
  },

  /** The next keys are published at once and sign after a while; those before them stay published until what they signed has expired. */
  RotateTokenSigningKeys: {
    access: (_input, { account }) => [{ resource: keysArn(account) }],
    async run(_input, context) {
      const { view, now, write, error } = context;
      checkRotation(view, now, error);
      const made = await makeKeys(signingAlgorithms, context);
      await write((draft) => {
        checkRotation(draft, now, error);
        addNextKeys(draft, made, now);
      });
      return { Keys: shown(view, now) };
    },
  },

  /** For keys that others may know: new ones sign at once, and no token of the old ones can be verified any more. */
  RevokeTokenSigningKeys: {
    access: (_input, { account }) => [{ resource: keysArn(account) }],
    async run(_input, context) {
      const { view, now, write, error } = context;
      checkIssuer(view, error);
      const made = await makeKeys(signingAlgorithms, context);
      await write((draft) => replaceKeys(draft, made, now));
      return { Keys: shown(view, now) };
    },
  },
} satisfies Operations<Gatehouse, 'ListTokenSigningKeys' | 'RotateTokenSigningKeys' | 'RevokeTokenSigningKeys'>;

const keysArn = (account: string): string => `arn:aws:gatehouse::${account}:token-signing-key/*`;

const issuerOf = (view: AccountView): string | undefined => view.accountSettings.find(accountSettingsKey)?.OutboundFederation?.IssuerId;

function checkIssuer(view: AccountView, error: Raise<'NoTokenIssuer'>): void {
  if (issuerOf(view) === undefined) throw error('NoTokenIssuer', 'The account has no issuer of tokens: iam:EnableOutboundWebIdentityFederation makes one.');
}

function checkRotation(view: AccountView, now: Timestamp, error: Raise<'NoTokenIssuer' | 'RotationPending'>): void {
  checkIssuer(view, error);
  const next = publishedKeys(view, now).find(({ state }) => state === 'next');
  if (next) throw error('RotationPending', `The next keys are published already, and sign from ${isoSeconds(next.key.SignsFrom)}.`);
}

const shown = (view: AccountView, now: Timestamp): readonly TokenSigningKey[] =>
  publishedKeys(view, now).map(({ key: { KeyId, Algorithm, CreateDate, SignsFrom }, state }) => ({ KeyId, Algorithm, State: state, CreateDate, SignsFrom }));
