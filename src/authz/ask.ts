/** What an operation asks permission for: one or more asks, in the words policies use. */
import type { ContextValue } from '../policy/types.ts';
import type { PrincipalPolicy } from '../store/tables.ts';

export interface Ask {
  /** `iam:TagUser`; the operation's own action where it is left out. */
  readonly action?: string;
  /** The resource's ARN, or `*`. */
  readonly resource: string;
  /** The resource as AWS prints it in a denial (`user alice`); the ARN where it is left out. */
  readonly shownAs?: string;
  /** The denial does not name the resource: the action has none, and AWS says so by silence. */
  readonly isResourceHidden?: boolean;
  /** The account that owns the resource; the caller's where it is left out. */
  readonly resourceAccount?: string;
  /** Condition keys of this ask beside the global ones. A key that is undefined is absent. Names in the letter case AWS writes. */
  readonly context?: Readonly<Record<string, ContextValue | undefined>>;
  /** `unless-denied`: only an explicit Deny refuses (a self-service right that needs no Allow). */
  readonly mode?: 'allowed' | 'unless-denied';
  /** The resource's own policy. */
  readonly resourcePolicy?: { readonly kind: 'trust' | 'bucket' | 'key'; readonly policy: PrincipalPolicy | undefined };
  /** What a caller of another account, or nobody, is told instead of all else. */
  readonly refusedAs?: string;
  /** The denial gives no reason (it would tell whether the resource exists). */
  readonly isReasonHidden?: boolean;
}

/** Says, with AWS's own page, that an operation needs no permission. */
export interface NoPermission { readonly noPermission: string }
export const noPermission = (source: `AWS: ${string}`): NoPermission => ({ noPermission: source });
/** Says that the permission is a secret that the request presents: whoever has it was given it by somebody who may. */
export const permittedBySecret = (secret: string): NoPermission => ({ noPermission: secret });
