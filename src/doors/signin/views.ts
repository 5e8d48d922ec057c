/** What the door's JSON shows: a session, a step that is due, the rules for a password. */
import { isoSeconds } from '../../base/clock.ts';
import { settingsOf } from '../../services/iam/account-settings.ts';
import { passwordExpiresAt } from '../../services/iam/password-rules.ts';
import type { PasswordPolicyDoc } from '../../store/account-settings-doc.ts';
import { endOf } from '../../store/console-sessions.ts';
import type { ConsoleSession } from '../../store/console-sessions.ts';
import type { AccountView } from '../../store/store.ts';
import type { DoorParts } from './parts.ts';
import { actingClaims, csrfToken, findCaller, liveRole, originalClaims, sessionTag } from './sessions.ts';
import type { RecentRole } from './session-view.ts';
import type { SignedIn } from './request.ts';
import type { OwnSessionView, SessionView } from './session-view.ts';

const dayMs = 86_400_000;
/** Source: "Set an account password policy for IAM users" (IAM User Guide): the console warns from fifteen days on. */
const warnedDays = 15;

export async function sessionView(parts: DoorParts, session: ConsoleSession, now: number): Promise<SessionView> {
  const view = await parts.store.account(session.account);
  const caller = view && findCaller(view, originalClaims(session, session.endsAt));
  // INVARIANT: a session whose principal is gone was ended before anybody asked to see it.
  if (!view || !caller) throw new Error('the principal of the session is gone');
  const account = parts.store.partition.accounts.find(session.account);
  const alias = parts.store.partition.aliases.findBy('account', session.account)?.Alias;
  const name = caller.kind === 'user' ? caller.userName : caller.kind === 'root' ? (account?.Email ?? '') : caller.arn.slice(caller.arn.indexOf('/') + 1);
  const days = expiresInDays(view, session, now);
  const role = await roleView(parts, session, now);
  return {
    session: sessionTag(session), kind: caller.kind, account: session.account, ...(alias !== undefined && { accountAlias: alias }), arn: caller.arn, name, isMfaShown: session.mfaAt !== undefined,
    startedAt: isoSeconds(session.startedAt), endsAt: isoSeconds(session.endsAt), idleEndsAt: isoSeconds(endOf(session)),
    ...(days !== undefined && { passwordExpiresInDays: days }), ...(role && { role }), ...(session.issuer !== undefined && { issuer: session.issuer }),
  };
}

export const ownSessionView = async (parts: DoorParts, signedIn: SignedIn, recentRoles: readonly RecentRole[], now: number): Promise<OwnSessionView> =>
  ({ ...(await sessionView(parts, signedIn.session, now)), csrfToken: csrfToken(signedIn), recentRoles });

async function roleView({ store }: DoorParts, session: ConsoleSession, now: number): Promise<SessionView['role']> {
  const role = liveRole(session, now);
  const view = role && (await store.account(role.claims.account));
  const caller = view && findCaller(view, actingClaims(session, now, role.claims.expiresAt));
  if (!role || !caller) return undefined;
  const { account, roleName, displayName, color } = role;
  return { account, roleName, displayName, color, arn: caller.arn, endsAt: isoSeconds(role.claims.expiresAt) };
}

function expiresInDays(view: AccountView, { principalId, claims }: ConsoleSession, now: number): number | undefined {
  const profile = claims ? undefined : view.loginProfiles.find(principalId);
  const at = profile && passwordExpiresAt(profile, settingsOf(view).PasswordPolicy);
  const days = at === undefined ? undefined : Math.ceil((at - now) / dayMs);
  return days !== undefined && days > 0 && days <= warnedDays ? days : undefined;
}

/** What a new password must be, for a person to read before one is typed. Without a policy of the account's own, and for root, AWS's. */
export function passwordRules(policy: PasswordPolicyDoc | undefined): readonly string[] {
  if (!policy) return ['at least 8 characters', 'at least three of: uppercase letters, lowercase letters, numbers, symbols', 'not the name or e-mail address of the account'];
  return [
    `at least ${policy.MinimumPasswordLength} characters`,
    ...(policy.RequireUppercaseCharacters ? ['at least one uppercase letter'] : []),
    ...(policy.RequireLowercaseCharacters ? ['at least one lowercase letter'] : []),
    ...(policy.RequireNumbers ? ['at least one number'] : []),
    ...(policy.RequireSymbols ? ["at least one symbol: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '"] : []),
    ...(policy.PasswordReusePrevention === undefined ? [] : [`none of your last ${policy.PasswordReusePrevention} passwords`]),
  ];
}
