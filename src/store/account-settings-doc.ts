/** What an account has set for itself as a whole: one document, whose parts are absent until they are set. */

import type { AdjustableQuotaName } from './account-quotas.ts';

/** The account's own password policy. What is absent is not required. */
export interface PasswordPolicyDoc {
  readonly MinimumPasswordLength: number;
  readonly RequireSymbols: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  readonly AllowUsersToChangePassword: boolean;
  /** Days. */
  readonly MaxPasswordAge?: number | undefined;
  /** How many of the newest passwords, the one in use among them, may not be set again. */
  readonly PasswordReusePrevention?: number | undefined;
  readonly HardExpiry?: boolean | undefined;
}

export interface AccountSettingsDoc {
  readonly PasswordPolicy?: PasswordPolicyDoc | undefined;
  /** Which tokens the global endpoint of STS gives; `v1Token` where it is absent. */
  readonly GlobalEndpointTokenVersion?: 'v1Token' | 'v2Token' | undefined;
  readonly OutboundFederation?: OutboundFederationDoc | undefined;
  /** Quotas that differ from those of a new account. */
  readonly Quotas?: Readonly<Partial<Record<AdjustableQuotaName, number>>> | undefined;
}

/** Whether the account's principals may have themselves vouched for elsewhere. The issuer stays the account's own when it is switched off and on again; its URL is made of the id and of where this Gatehouse is reached. */
export interface OutboundFederationDoc { readonly IssuerId: string; readonly IsEnabled: boolean }
