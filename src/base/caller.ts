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

/** A service of the cloud that acts for itself: EC2 when it assumes the role of an instance. It signs nothing, and no request makes one. */
export interface ServiceCaller {
  readonly kind: 'service';
  readonly account?: undefined;
  /** `ec2.amazonaws.com`, as Principal names it. */
  readonly service: string;
  /** The same: a service has no ARN. */
  readonly arn: string;
  readonly userId: string;
  readonly session?: undefined;
}

/** Whoever holds the key of a certificate that an authority of the account vouches for. To policies it is Roles Anywhere that acts, with what the certificate says as tags. */
export interface CertificateCaller {
  readonly kind: 'certificate';
  readonly account?: undefined;
  /** `rolesanywhere.amazonaws.com`, as Principal names it. */
  readonly service: string;
  /** The same: the holder has no ARN of its own. */
  readonly arn: string;
  readonly userId: string;
  readonly session?: undefined;
  /** What of the certificate is tags, by the mappings of the profile that was asked. */
  readonly tags: Readonly<Record<string, string>>;
  readonly sourceIdentity: string | undefined;
  readonly certificate: {
    /** In hexadecimal. */
    readonly serialNumber: string;
    readonly subject: string;
    readonly issuer: string;
    readonly pem: string;
  };
}

/** Who presents a token or an assertion of an identity provider: known by what the provider says, and of no account. */
export interface ProvidedCaller {
  readonly kind: 'webIdentity' | 'saml';
  readonly account?: undefined;
  /** As Principal names the provider: its ARN, or the host of a built-in one. */
  readonly federated: string;
  /** The same: the caller has no ARN of its own. */
  readonly arn: string;
  readonly userId: string;
  readonly session?: undefined;
  readonly subject: string;
  readonly audience: string;
  /** Condition keys that the provider's claims make, named as AWS writes them. */
  readonly keys: Readonly<Record<string, string | readonly string[]>>;
  /** Those of them that later requests of the session still have. */
  readonly lastingKeys: Readonly<Record<string, string | readonly string[]>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity: string | undefined;
  /** The name of the session where the provider and not the request gives it. */
  readonly sessionName?: string;
  readonly saml?: {
    /** `persistent`, `transient`, or another format's whole name. */
    readonly subjectType: string;
    readonly issuer: string;
    readonly nameQualifier: string;
    /** When the provider's own session ends. */
    readonly sessionEnds: Timestamp | undefined;
  };
}

/** A token or an assertion as a request presents it, and the account it is presented to. */
export interface Presentation { readonly account: string; readonly token: string }
/** An ID token, or with the provider that gave it an access token of OAuth 2.0. */
export interface PresentedToken extends Presentation { readonly providerId: string | undefined; readonly roleArn: string }
/** An assertion offers roles by way of a provider, and the request says which. */
export interface PresentedAssertion extends Presentation { readonly providerArn: string; readonly roleArn: string }

/** A certificate is shown to a trust anchor, and its session made by a profile. The request's signature proves its key. */
export interface PresentedCertificate { readonly account: string; readonly region: string; readonly trustAnchorId: string; readonly profileId: string }

export type Caller = RootCaller | UserCaller | RoleCaller | FederatedCaller | ProvidedCaller | CertificateCaller | ServiceCaller | AnonymousCaller;
/** A caller that signed its request. */
export type IdentifiedCaller = Exclude<Caller, AnonymousCaller | ProvidedCaller | CertificateCaller | ServiceCaller>;
