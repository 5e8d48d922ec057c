/** The words of the policy engine: who asks for what, which policies apply, what was decided. */

/** Where a policy stands decides what it may contain and what its Allow and Deny mean. `endpoint` is a VPC endpoint's. */
export type PolicyKind = 'identity' | 'boundary' | 'session' | 'trust' | 'resource' | 'bucket' | 'endpoint' | 'scp' | 'rcp';

/** A value of the request context: one, or several for a multivalued key. Written as AWS writes them: `true`, `42`, `2026-11-23T10:00:00Z`, binary in base64. */
export type ContextValue = string | readonly string[];

/** The request context, read lazily: a key is asked for only when a condition or a variable needs it. Keys are given in lower case. A key with no values is a missing one. */
export interface RequestContext { get(key: string): ContextValue | undefined }

/** A caller that belongs to an account. */
export interface AccountPrincipal {
  /** `user` is also the session of GetSessionToken; `role` is always a session. */
  readonly kind: 'root' | 'user' | 'role' | 'federatedUser';
  readonly account: string;
  /** The caller's own ARN: of a role session, the session's; of a federated user, `arn:aws:sts::…:federated-user/…`. */
  readonly arn: string;
  /** The ARN of the identity behind it: of a role session, the role's; of a federated user, that of the user or root that called GetFederationToken; else the same as `arn`. */
  readonly principalArn: string;
  /** The unique id of that identity, `AIDA…` or `AROA…`; of root, the account id. */
  readonly principalId: string;
  /** A session of a service-linked role: the organization's policies do not bind it. */
  readonly isServiceLinked?: boolean | undefined;
}

/** Who presents a token or an assertion of an identity provider, and has no account yet: the caller of AssumeRoleWithWebIdentity or AssumeRoleWithSAML. */
export interface ProvidedPrincipal {
  readonly kind: 'webIdentity' | 'saml';
  readonly account?: undefined;
  /** As Principal names it: the provider's ARN, or the host of a built-in one (`accounts.google.com`). */
  readonly federated: string;
}

/** A service of the cloud, acting for itself. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly account?: undefined;
  /** `ec2.amazonaws.com` */
  readonly service: string;
}

export interface AnonymousPrincipal { readonly kind: 'anonymous'; readonly account?: undefined }

export type Principal = AccountPrincipal | ProvidedPrincipal | ServicePrincipal | AnonymousPrincipal;

export interface DecisionRequest {
  /** `iam:CreateUser`, in any letter case. */
  readonly action: string;
  /** An ARN, or `*` for actions without resources. An action on several resources is a request for each. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  readonly principal: Principal;
  readonly context: RequestContext;
}

/** Opaque outside the engine: made by compilePolicy(). */
export interface CompiledPolicy {
  readonly kind: PolicyKind;
  /** What it was compiled from. */
  readonly text: string;
  /** Those that can have an effect: an Allow that is not understood is left out. */
  readonly statements: readonly CompiledStatement[];
}

export interface CompiledStatement {
  /** Which of the document's statements, from 0. */
  readonly index: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
}

/** A compiled policy and where it came from. */
export interface AppliedPolicy {
  readonly compiled: CompiledPolicy;
  /** The ARN of a managed or an organization's policy, else undefined. */
  readonly arn: string | undefined;
  /** Its name as a reader knows it: the policy's name. */
  readonly name: string;
}

/** A resource's own policy, with the unique ids that its principals' ARNs had when it was saved (ARN → id). Where there is an id, it decides and the ARN does not. */
export interface AppliedResourcePolicy extends AppliedPolicy {
  readonly principalIds?: Readonly<Record<string, string>> | undefined;
}

/** An organization's policies of one type as they bind one of its accounts. */
export interface OrganizationPolicies {
  /** The account of the organization that they do not bind. */
  readonly managementAccount: string;
  /** From the organization's root down to the account; each level must allow. */
  readonly levels: readonly (readonly AppliedPolicy[])[];
}

/** What hangs on the caller, whatever it asks for. An absent layer does not limit; an empty one allows nothing. */
export interface CallerPolicies {
  /** Inline and managed ones, of a user those of its groups too. */
  readonly identity: readonly AppliedPolicy[];
  readonly boundary?: AppliedPolicy | undefined;
  /** Session policies, inline and managed: they allow together (a union), and limit as one layer. */
  readonly session?: readonly AppliedPolicy[] | undefined;
  /** Of the caller's account. */
  readonly scps?: OrganizationPolicies | undefined;
}

/** What hangs on the resource, and on the way to it. */
export interface ResourcePolicies {
  /** The resource's own policy; of a role that is assumed, its trust policy. */
  readonly resource?: AppliedResourcePolicy | undefined;
  /** Whether the resource's policy must itself allow, in the same account too (trust and key policies). */
  readonly isResourcePolicyRequired?: boolean | undefined;
  /** Of the resource's account. */
  readonly rcps?: OrganizationPolicies | undefined;
  /** The policy of the VPC endpoint that the request came through. */
  readonly endpoint?: AppliedPolicy | undefined;
}

/** All the policies that apply to a request. */
export interface PolicySet extends CallerPolicies, ResourcePolicies {}

/** The layers in the order in which they are asked. */
export type PolicyLayer = 'rcp' | 'scp' | 'endpoint' | 'resource' | 'trust' | 'identity' | 'boundary' | 'session';

export interface MatchedStatement { readonly policy: AppliedPolicy; readonly statement: CompiledStatement }

/** What the policies say. */
export interface PolicyDecision {
  readonly outcome: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The kind of policy that decided: that denied, that failed to allow, or that allowed. Of root in its own account, which needs no policy, `identity`. */
  readonly layer: PolicyLayer;
  /**
   * The statement that decided, one or none: of an explicit denial the first Deny that matched, by layer, policy and statement; of an
   * allowed request the first Allow of the layer that allowed; of an implicit denial, or where root needs none, none. explain() tells them all.
   */
  readonly statements: readonly MatchedStatement[];
}

/** A denial because deciding would have taken more work than one decision may (budget.ts). */
export interface BudgetDecision {
  readonly outcome: 'budgetExceeded';
  readonly layer?: undefined;
  readonly statements: readonly [];
}

/** Only `allowed` grants: every other outcome is a denial, and only `implicitDeny` is one for want of an Allow. */
export type Decision = PolicyDecision | BudgetDecision;

/** Something wrong in a policy's text. */
export interface Finding {
  /** AWS's own message, as the API answers it. */
  readonly message: string;
  /** Offset into the text, in UTF-16 units, where it is known. */
  readonly offset?: number | undefined;
}
