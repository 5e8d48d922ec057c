/** Who is calling: what authenticate() yields, whatever proved it. */
import type { Timestamp } from './clock.ts';
import type { SessionClaims } from './session.ts';

interface SignedCaller {
  readonly account: string;
  /** As GetCallerIdentity prints it. */
  readonly arn: string;
  /** aws:userid, as GetCallerIdentity prints it. */
  readonly userId: string;
  /** aws:PrincipalArn: of a role session, the role's ARN. */
  readonly principalArn: string;
  /** The unique id that identity policies hang on: AIDA…, AROA…, or the account id of root. */
  readonly principalId: string;
  readonly accessKeyId: string;
  /** When MFA was shown with this very request; what its session was made with, the session knows. */
  readonly mfaAt?: Timestamp;
}

export interface RootCaller extends SignedCaller { readonly kind: 'root'; readonly session?: SessionClaims }
export interface UserCaller extends SignedCaller { readonly kind: 'user'; readonly userName: string; readonly session?: SessionClaims }
export interface RoleCaller extends SignedCaller { readonly kind: 'role'; readonly roleName: string; readonly session: SessionClaims }
export interface FederatedCaller extends SignedCaller { readonly kind: 'federatedUser'; readonly session: SessionClaims }
export interface AnonymousCaller { readonly kind: 'anonymous'; readonly account?: undefined; readonly arn: 'anonymous'; readonly userId: 'anonymous'; readonly session?: undefined }

export type Caller = RootCaller | UserCaller | RoleCaller | FederatedCaller | AnonymousCaller;
/** A caller that signed its request. */
export type IdentifiedCaller = Exclude<Caller, AnonymousCaller>;
