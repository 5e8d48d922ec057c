/** Turning claims into the credentials that STS answers. */
import type { Credentials } from '../../../models/sts.ts';
import type { Caller } from '../../base/caller.ts';
import type { SessionClaims } from '../../base/session.ts';
import { accountSettingsKey } from '../../store/tables.ts';
import type { ProvenCaller, RunContext } from '../operation.ts';

/** What issuing needs of an operation's context; whoever issues beside an operation brings as much. */
export interface IssueContext extends Pick<RunContext<'PackedPolicyTooLarge', ProvenCaller>, 'now' | 'newId' | 'newSecretAccessKey' | 'sealSession' | 'error' | 'account' | 'view' | 'accountView' | 'isGlobalEndpoint'> {
  readonly caller: Pick<Caller, 'kind' | 'session'>;
}

export interface Issued { readonly credentials: Credentials; readonly packedPercent: number }

/** What a new session says of itself, before it has a key. */
export type NewSession = Omit<SessionClaims, 'accessKeyId' | 'secretAccessKey' | 'issuedAt' | 'expiresAt' | 'consoleSessionId' | 'isChained' | 'isOfDefaultRegions'>;

/** Credentials that expire `durationSeconds` from now. Raises PackedPolicyTooLarge when policies and tags do not fit into a token. */
export function issueCredentials(session: NewSession, durationSeconds: number, context: IssueContext): Issued {
  const { caller, now, newId, newSecretAccessKey, sealSession, error } = context;
  // AWS's times are whole seconds.
  const issuedAt = Math.floor(now / 1000) * 1000;
  const expiresAt = issuedAt + durationSeconds * 1000;
  const accessKeyId = newId('ASIA', session.account);
  const secretAccessKey = newSecretAccessKey();
  const { token, packedPercent } = sealSession({
    accessKeyId, secretAccessKey, issuedAt, expiresAt,
    // What a console session hands on ends with it, too: signing out is not to be outlived by a role.
    consoleSessionId: caller.session?.consoleSessionId,
    isChained: caller.kind === 'role' || undefined,
    isOfDefaultRegions: isFirstVersion(session.account, context) || undefined,
    ...session,
  });
  if (packedPercent > 100) throw error('PackedPolicyTooLarge', `Packed policy consumes ${packedPercent}% of allotted space, please use smaller policy.`);
  return { credentials: { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: token, Expiration: expiresAt }, packedPercent };
}

/** The global endpoint gives tokens of the version that the account prefers, the first where it has said nothing; a regional one always those of the second. Source: SetSecurityTokenServicePreferences (IAM API Reference). */
function isFirstVersion(account: string, { isGlobalEndpoint, account: own, view, accountView }: Pick<IssueContext, 'isGlobalEndpoint' | 'account' | 'view' | 'accountView'>): boolean {
  if (!isGlobalEndpoint) return false;
  return (account === own ? view : accountView(account))?.accountSettings.find(accountSettingsKey)?.GlobalEndpointTokenVersion !== 'v2Token';
}
