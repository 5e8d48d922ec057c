/** A principal of an account as who can access what asks about it: what policies hang on it, and which condition keys its requests have whatever they are. */
import * as arn from '../base/arn.ts';
import { compileSupposed } from '../policy/supposed/supposed-policy.ts';
import { open, type KnownKeys } from '../policy/supposed/supposed-context.ts';
import type { AccountPrincipal, AppliedResourcePolicy, CallerPolicies, CompiledPolicy, ContextValue } from '../policy/types.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { Membership } from '../store/organizations.ts';
import type { AccountView } from '../store/store.ts';
import type { PrincipalPolicy, RoleDoc, TagDoc, UserDoc } from '../store/tables.ts';
import { principalPolicies, type CompileOwned } from './applied-policies.ts';

export interface AccessSubject {
  readonly kind: 'root' | 'user' | 'role';
  /** Its IAM ARN. */
  readonly arn: string;
  readonly principal: AccountPrincipal;
  readonly policies: CallerPolicies;
  /** By identity policy, the unique id of the user, group or role that it hangs on. */
  readonly holders: readonly string[];
  readonly known: KnownKeys;
}

/** Policies of one kind that many principals share are compiled once; beyond so many they are begun again. */
const sharedMax = 2_000;

/** Makes subjects of an account's principals. What it compiles lives as long as it does: one question. */
export class AccessSubjects {
  readonly #view: AccountView;
  readonly #awsManaged: AwsManagedPolicies;
  readonly #membership: Membership | undefined;
  #shared = new Map<string, Map<object, CompiledPolicy>>();
  #sharedCount = 0;

  constructor(view: AccountView, awsManaged: AwsManagedPolicies, membership: Membership | undefined) {
    this.#view = view;
    this.#awsManaged = awsManaged;
    this.#membership = membership;
  }

  root(): AccessSubject {
    const { account } = this.#view;
    const own = arn.root(account);
    return { kind: 'root', arn: own, principal: { kind: 'root', account, arn: own, principalArn: own, principalId: account }, policies: { identity: [] }, holders: [], known: this.#known(own, 'root', { 'aws:principaltype': 'Account', 'aws:userid': account }) };
  }

  user({ UserId, UserName, Path, Tags }: UserDoc): AccessSubject {
    const { account } = this.#view;
    const own = arn.user(account, Path, UserName);
    const keys = { 'aws:principaltype': 'User', 'aws:userid': UserId, 'aws:username': UserName };
    return { kind: 'user', arn: own, principal: { kind: 'user', account, arn: own, principalArn: own, principalId: UserId }, ...this.#policies(UserId, 'user'), known: this.#known(own, 'user', keys, Tags) };
  }

  /** A session of the role, whichever: none is named as `*` is, so what names a session by its own ARN is not about it. */
  role({ RoleId, RoleName, Path }: RoleDoc): AccessSubject {
    const { account } = this.#view;
    const own = arn.role(account, Path, RoleName);
    const principal: AccountPrincipal = { kind: 'role', account, arn: arn.assumedRole(account, RoleName, '*'), principalArn: own, principalId: RoleId, isServiceLinked: own.includes(':role/aws-service-role/') };
    return { kind: 'role', arn: own, principal, ...this.#policies(RoleId, 'role'), known: this.#known(own, 'role', { 'aws:principaltype': 'AssumedRole' }) };
  }

  /** A resource's own policy, compiled as those of subjects are. */
  resourcePolicy(kind: 'trust' | 'bucket', policy: PrincipalPolicy): AppliedResourcePolicy {
    return { compiled: this.#compile(kind, policy, policy.Document), arn: undefined, name: kind, principalIds: policy.PrincipalIds };
  }

  #policies(id: string, kind: 'user' | 'role'): Pick<AccessSubject, 'policies' | 'holders'> {
    return principalPolicies(id, kind, this.#view, this.#awsManaged, this.#compile);
  }

  readonly #compile: CompileOwned = (kind, owner, text) => {
    let ofKind = this.#shared.get(kind);
    if (!ofKind || this.#sharedCount >= sharedMax) {
      if (ofKind) {
        this.#shared = new Map();
        this.#sharedCount = 0;
      }
      this.#shared.set(kind, (ofKind = new Map()));
    }
    let compiled = ofKind.get(owner);
    if (!compiled) {
      compiled = compileSupposed(text, kind);
      ofKind.set(owner, compiled);
      this.#sharedCount++;
    }
    return compiled;
  };

  /** INVARIANT: what it says of a key is so in every request of the principal (request-context.ts); all else is open. */
  #known(principalArn: string, kind: AccessSubject['kind'], own: Readonly<Record<string, string>>, tags: readonly TagDoc[] = []): KnownKeys {
    const { account } = this.#view;
    const organization = this.#membership?.organization.OrganizationId;
    const paths = this.#membership && [this.#membership.path];
    const keys = new Map<string, ContextValue | undefined>(Object.entries({
      'aws:principalarn': principalArn,
      'aws:principalaccount': account,
      'aws:principalisawsservice': 'false',
      'aws:principalorgid': organization,
      'aws:principalorgpaths': paths,
      // The account asks about its own resources.
      'aws:resourceaccount': account,
      'aws:resourceorgid': organization,
      'aws:resourceorgpaths': paths,
      'aws:viaawsservice': 'false',
      // Only roles are assumed, by whoever is federated or states whom it stands for; only root is by AssumeRoot.
      ...(kind !== 'role' && { 'aws:federatedprovider': undefined, 'aws:sourceidentity': undefined }),
      ...(kind !== 'root' && { 'aws:assumedroot': undefined }),
      ...(kind !== 'user' && { 'aws:username': undefined }),
      ...own,
    }));
    const ownTags = new Map(tags.map(({ Key, Value }) => [Key.toLowerCase(), Value]));
    return (key) => {
      if (keys.has(key)) return keys.get(key);
      // Tags of a session win over those of the role.
      return kind !== 'role' && key.startsWith(tagPrefix) ? ownTags.get(key.slice(tagPrefix.length)) : open;
    };
  }
}

const tagPrefix = 'aws:principaltag/';
