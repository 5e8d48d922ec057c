/** Requests and policies as people write them, in a program, a file or a test: filled up with what follows from them, and checked. */
import { compilePolicy } from './compile.ts';
import type { AccountPrincipal, AppliedPolicy, AppliedResourcePolicy, ContextValue, DecisionRequest, OrganizationPolicies, PolicyKind, PolicySet, Principal } from './types.ts';

/** Who asks: an ARN of a user, a role, a role session, a federated user or root; or a service, an identity provider, or nobody known. */
export type PrincipalInput =
  | string
  | { readonly arn: string; /** Of a session of a role with a path: the role's ARN. */ readonly roleArn?: string | undefined; /** The unique id, `AIDA…` or `AROA…`. */ readonly id?: string | undefined }
  | { readonly service: string }
  | { readonly federated: string };

/** A value of the request context. Numbers and booleans are written as AWS writes them. */
export type ContextInput = string | number | boolean | readonly (string | number | boolean)[];

export interface RequestInput {
  /** `s3:GetObject` */
  readonly action: string;
  /** An ARN; `*` where it is left out. */
  readonly resource?: string | undefined;
  /** The account that owns the resource: the one in its ARN, else the caller's, where it is left out. */
  readonly resourceAccount?: string | undefined;
  /** A user of the account 123456789012 where it is left out; `anonymous` for nobody. */
  readonly principal?: PrincipalInput | undefined;
  /** Condition keys. What follows from the principal need not be said: `aws:PrincipalArn`, `aws:PrincipalAccount`, `aws:PrincipalType`, `aws:username`. */
  readonly context?: Readonly<Record<string, ContextInput | undefined>> | undefined;
}

/** A policy: its JSON text, or the same as an object; with a name of its own to be called by, and, as a resource's policy, the ids that its ARNs had when it was saved. */
export type PolicyInput = string | object | { readonly name: string; readonly document: string | object; readonly arn?: string | undefined };

export interface PoliciesInput {
  /** The caller's own policies, those of its groups among them. */
  readonly identity?: PolicyInput | readonly PolicyInput[] | undefined;
  readonly boundary?: PolicyInput | undefined;
  readonly session?: PolicyInput | readonly PolicyInput[] | undefined;
  /** The resource's own policy. */
  readonly resource?: PolicyInput | undefined;
  /** A role's trust policy, in the place of a resource's policy: it must itself allow. */
  readonly trust?: PolicyInput | undefined;
  /** From the organization's root down to the caller's account, the policies of each level. */
  readonly scps?: readonly (PolicyInput | readonly PolicyInput[])[] | undefined;
  /** The same for the resource's account. */
  readonly rcps?: readonly (PolicyInput | readonly PolicyInput[])[] | undefined;
}

/** What was written is no request or no policies. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

const defaultPrincipal = 'arn:aws:iam::123456789012:user/someone';

/** Throws InputError. */
export function requestOf(input: RequestInput): DecisionRequest {
  const { action, resource = '*', principal: named = defaultPrincipal } = input;
  if (typeof action !== 'string' || !/^[\w-]+:\w+$/.test(action)) throw new InputError(`action must be a service and an operation, like s3:GetObject; it is ${shown(action)}`);
  if (typeof resource !== 'string' || (resource !== '*' && !/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./.test(resource))) throw new InputError(`resource must be an ARN or *; it is ${shown(resource)}`);
  if (input.resourceAccount !== undefined && (typeof input.resourceAccount !== 'string' || !/^\d{12}$/.test(input.resourceAccount))) throw new InputError(`resourceAccount must be twelve digits, as a text; it is ${shown(input.resourceAccount)}`);
  const principal = principalOf(named);
  const context = contextOf(input.context ?? {}, principal);
  return { action, resource, resourceAccount: input.resourceAccount ?? /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1] ?? principal.account ?? '', principal, context: { get: (key) => context.get(key) } };
}

/** Throws InputError. What is wrong inside a policy is no error: it is what the engine makes of it. */
export function policySetOf(input: PoliciesInput): PolicySet {
  if (input.resource !== undefined && input.trust !== undefined) throw new InputError('a request has a resource policy or a trust policy, not both');
  const own = input.trust ?? input.resource;
  return {
    identity: policiesOf(input.identity, 'identity', 'identity policy'),
    boundary: input.boundary === undefined ? undefined : policyOf(input.boundary, 'boundary', 'permissions boundary'),
    session: input.session === undefined ? undefined : policiesOf(input.session, 'session', 'session policy'),
    resource: own === undefined ? undefined : resourcePolicyOf(own, input.trust === undefined ? 'resource' : 'trust'),
    isResourcePolicyRequired: input.trust !== undefined,
    scps: organizationOf(input.scps, 'scp', 'service control policy'),
    rcps: organizationOf(input.rcps, 'rcp', 'resource control policy'),
  };
}

function policiesOf(input: PolicyInput | readonly PolicyInput[] | undefined, kind: PolicyKind, title: string): readonly AppliedPolicy[] {
  if (input === undefined) return [];
  if (!isList(input)) return [policyOf(input, kind, title)];
  return input.map((one, index) => policyOf(one, kind, input.length === 1 ? title : `${title} ${index + 1}`));
}

const isList = (input: PolicyInput | readonly PolicyInput[]): input is readonly PolicyInput[] => Array.isArray(input);

function policyOf(input: PolicyInput, kind: PolicyKind, title: string): AppliedPolicy {
  if (input === null || (typeof input !== 'string' && typeof input !== 'object')) throw new InputError(`the ${title} must be a policy, as text or as an object; it is ${shown(input)}`);
  const isNamed = typeof input === 'object' && 'document' in input;
  const document: unknown = isNamed ? input.document : input;
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const name = isNamed && 'name' in input && typeof input.name === 'string' ? input.name : title;
  return { compiled: compilePolicy(text, kind), arn: isNamed && 'arn' in input && typeof input.arn === 'string' ? input.arn : undefined, name };
}

const resourcePolicyOf = (input: PolicyInput, kind: 'resource' | 'trust'): AppliedResourcePolicy => policyOf(input, kind, kind === 'trust' ? 'trust policy' : 'resource policy');

/** Nothing is known of the organization's management account, so that all are bound. */
function organizationOf(levels: PoliciesInput['scps'], kind: 'scp' | 'rcp', title: string): OrganizationPolicies | undefined {
  return levels && { managementAccount: '', levels: levels.map((level) => policiesOf(level, kind, title)) };
}

function principalOf(input: PrincipalInput): Principal {
  if (input === 'anonymous') return { kind: 'anonymous' };
  if (typeof input === 'string') return accountPrincipal({ arn: input });
  if (typeof input === 'object' && input !== null) {
    if ('service' in input) return { kind: 'service', service: input.service };
    if ('federated' in input) return { kind: /:saml-provider\//.test(input.federated) ? 'saml' : 'webIdentity', federated: input.federated };
    if (typeof input.arn === 'string') return accountPrincipal(input);
  }
  throw new InputError(`principal must be an ARN, anonymous, { service } or { federated }; it is ${shown(input)}`);
}

function accountPrincipal({ arn, roleArn, id }: Extract<PrincipalInput, { readonly arn: string }>): AccountPrincipal {
  const [, partition, service, account, resource] = /^arn:([^:]+):(iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  const kinds: readonly (readonly [RegExp, AccountPrincipal['kind']])[] = [[/^iam root$/, 'root'], [/^iam user\/./, 'user'], [/^iam role\/./, 'role'], [/^sts assumed-role\/[^/]+\/[^/]+$/, 'role'], [/^sts federated-user\/./, 'federatedUser']];
  const kind = kinds.find(([pattern]) => pattern.test(`${service} ${resource}`))?.[1];
  if (kind === undefined || account === undefined || resource === undefined) throw new InputError(`principal must be the ARN of root, a user, a role, a role session or a federated user; it is ${shown(arn)}`);
  const name = resource.split('/').at(-1)!;
  const principalId = id ?? (kind === 'root' ? account : `${kind === 'role' ? 'AROA' : 'AIDA'}OF${name.toUpperCase()}`);
  if (kind === 'federatedUser') return { kind, account, arn, principalArn: `arn:${partition}:iam::${account}:root`, principalId: account };
  if (kind !== 'role') return { kind, account, arn, principalArn: arn, principalId };
  // A role acts in sessions: one is made up for a role, and a role is worked out for a session, by the path-less ARN unless it is given.
  if (service === 'iam') return { kind, account, arn: `arn:${partition}:sts::${account}:assumed-role/${name}/session`, principalArn: arn, principalId };
  return { kind, account, arn, principalArn: roleArn ?? `arn:${partition}:iam::${account}:role/${resource.split('/')[1]}`, principalId };
}

const principalTypes: Readonly<Record<AccountPrincipal['kind'], string>> = { root: 'Account', user: 'User', role: 'AssumedRole', federatedUser: 'FederatedUser' };

function contextOf(input: NonNullable<RequestInput['context']>, principal: Principal): ReadonlyMap<string, ContextValue> {
  const context = new Map<string, ContextValue>(principal.account === undefined ? [] : [
    ['aws:principalarn', principal.principalArn],
    ['aws:principalaccount', principal.account],
    ['aws:principaltype', principalTypes[principal.kind]],
    ...(principal.kind === 'user' ? [['aws:username', principal.arn.split('/').at(-1)!] as const] : []),
  ]);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new InputError(`context must be an object of condition keys; it is ${shown(input)}`);
  for (const [key, value] of Object.entries(input)) {
    if (value === undefined) continue;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (values.some((one) => typeof one !== 'string' && typeof one !== 'number' && typeof one !== 'boolean')) throw new InputError(`the context key ${key} must be a string, a number, a boolean or a list of them; it is ${shown(value)}`);
    context.set(key.toLowerCase(), Array.isArray(value) ? values.map(String) : String(value));
  }
  return context;
}

/** What someone wrote, as an error repeats it. */
const shown = (value: unknown): string => (value === undefined ? 'missing' : JSON.stringify(value).slice(0, 200));
