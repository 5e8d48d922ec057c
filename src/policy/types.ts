/** The words of the policy engine: what is asked, which policies apply, what was decided. */

/** Where a policy stands decides what it may contain and what its Allow and Deny mean. */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'trust' | 'resource' | 'scp' | 'rcp';

/** A value of the request context: one, or several for a multivalued key. Numbers, booleans and dates are written as AWS writes them (`true`, `2026-11-23T10:00:00Z`). */
export type ContextValue = string | readonly string[];

/** The request context, read lazily: a key is asked for only when a condition or a variable needs it. Keys are given in lower case. */
export interface RequestContext { get(key: string): ContextValue | undefined }

/** Who is asking, in the forms that Principal elements name. */
export interface Principal {
  readonly kind: 'root' | 'user' | 'role' | 'federatedUser' | 'webIdentity' | 'saml' | 'service' | 'anonymous';
  /** Undefined for anonymous and services. */
  readonly account: string | undefined;
  /** The caller's own ARN: of a role session, the session's. */
  readonly arn: string;
  /** The ARN that outlasts the session: of a role session, the role's; of a federated user, the user's. */
  readonly principalArn: string;
  /** Unique id of the user or role. */
  readonly principalId: string | undefined;
  /** `ec2.amazonaws.com`, for a service. */
  readonly service?: string;
  /** ARN or host of the provider, for webIdentity and saml. */
  readonly federated?: string;
}

export interface DecisionRequest {
  /** `iam:CreateUser`, in any letter case. */
  readonly action: string;
  /** An ARN, or `*` for actions without resources. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly principal: Principal;
  readonly context: RequestContext;
}

/** Opaque outside the engine: made by compile(). */
export interface CompiledPolicy {
  readonly kind: PolicyKind;
  readonly statements: readonly CompiledStatement[];
}

export interface CompiledStatement {
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
}

/** A compiled policy and where it came from. */
export interface AppliedPolicy {
  readonly compiled: CompiledPolicy;
  /** The ARN of a managed policy, else undefined. */
  readonly arn: string | undefined;
  /** Its name as a reader knows it: the policy's name. */
  readonly name: string;
}

/** A resource's own policy, with the unique ids that its principals' ARNs had when it was saved (ARN → id). */
export interface AppliedResourcePolicy extends AppliedPolicy {
  readonly principalIds?: Readonly<Record<string, string>>;
}

/** All the policies that apply to a request. An absent layer does not limit; an empty one allows nothing. */
export interface PolicySet {
  readonly identity: readonly AppliedPolicy[];
  readonly boundary?: AppliedPolicy | undefined;
  /** Session policies, inline and managed: they allow together (a union), and limit as one layer. */
  readonly session?: readonly AppliedPolicy[] | undefined;
  readonly resource?: AppliedResourcePolicy | undefined;
  /** Whether the resource's policy must itself allow (trust and key policies). */
  readonly isResourcePolicyRequired?: boolean | undefined;
  /** From the organization's root down to the account; each level must allow. */
  readonly scps?: readonly (readonly AppliedPolicy[])[] | undefined;
  readonly rcps?: readonly (readonly AppliedPolicy[])[] | undefined;
}

export type PolicyLayer = 'identity' | 'boundary' | 'session' | 'resource' | 'trust' | 'scp' | 'rcp';

export interface MatchedStatement { readonly policy: AppliedPolicy; readonly statement: CompiledStatement }

export interface Decision {
  readonly outcome: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that decided: that denied, that failed to allow, or that allowed. */
  readonly layer: PolicyLayer;
  /** The statements that allowed, or the ones that denied. */
  readonly statements: readonly MatchedStatement[];
}

/** Something wrong in a policy's text. */
export interface Finding {
  /** AWS's own message, as the API answers it. */
  readonly message: string;
  /** Offset into the text, in UTF-16 units, where it is known. */
  readonly offset?: number | undefined;
}
