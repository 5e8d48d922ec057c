/** Sessions of roles that a service of the cloud assumes for a workload: EC2 for an instance, EKS for a pod. By STS's own code, and only where the role's trust policy says so. */
import type { Ask } from '../authz/ask.ts';
import type { Authorize } from '../authz/authorize.ts';
import type { RequestFacts } from '../authz/request-context.ts';
import { raise } from '../base/api-error.ts';
import type { ServiceCaller } from '../base/caller.ts';
import type { Timestamp } from '../base/clock.ts';
import { newId, newSecretAccessKey } from '../base/ids.ts';
import type { RandomBytes } from '../base/ids.ts';
import type { SessionSealer } from '../credentials/session-token.ts';
import type { ContextValue } from '../policy/types.ts';
import type { AwsManagedPolicies } from '../store/aws-managed-policies.ts';
import type { AccountView } from '../store/store.ts';
import type { RoleDoc } from '../store/tables.ts';
import * as arn from '../base/arn.ts';
import { findRole, issueRoleSession, trustAsk } from './sts/role-session.ts';

export interface ServiceSessionParts {
  readonly authorize: Authorize;
  readonly sessions: Pick<SessionSealer, 'seal'>;
  readonly random: RandomBytes;
  readonly awsManagedPolicies: AwsManagedPolicies;
}

export interface ServiceSessionWish {
  /** `ec2.amazonaws.com` */
  readonly service: string;
  readonly role: RoleDoc;
  readonly sessionName: string;
  readonly seconds: number;
  /** The workload that it is for, and its region. */
  readonly source: { readonly arn: string; readonly region: string };
  readonly now: Timestamp;
  /** Session tags, which the trust policy must allow to be passed; all of them go on through a chain. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Condition keys that every request of the session has. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly policy?: string;
}

export const serviceCaller = (service: string): ServiceCaller => ({ kind: 'service', service, arn: service, userId: service });

/** An assumption of a role by a service. */
export interface Assumption {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTagKeys: readonly string[];
  readonly sourceIdentity?: string | undefined;
}

/** What the role's trust policy is asked: to be assumed, and for tags and a source identity where the session has any. `account` is the role's. */
export function assumptionAsks({ roleArn, sessionName, tags, transitiveTagKeys, sourceIdentity, account, role, sourceArn }: Assumption & { readonly account: string; readonly role: RoleDoc | undefined; readonly sourceArn: string }): readonly [Ask, ...Ask[]] {
  const tagKeys = Object.keys(tags);
  const context: Record<string, ContextValue | undefined> = {
    'sts:RoleSessionName': sessionName,
    'sts:SourceIdentity': sourceIdentity,
    'aws:SourceArn': sourceArn,
    'aws:SourceAccount': account,
    'aws:TagKeys': tagKeys.length > 0 ? tagKeys : undefined,
    'sts:TransitiveTagKeys': transitiveTagKeys.length > 0 ? transitiveTagKeys : undefined,
  };
  for (const key of tagKeys) context[`aws:RequestTag/${key}`] = tags[key];
  for (const { Key, Value } of role?.Tags ?? []) context[`aws:ResourceTag/${Key}`] = context[`iam:ResourceTag/${Key}`] = Value;
  const ask = (action: string): Ask => trustAsk(action, roleArn, account, role, context);
  return [ask('sts:AssumeRole'), ...(tagKeys.length > 0 ? [ask('sts:TagSession')] : []), ...(sourceIdentity !== undefined ? [ask('sts:SetSourceIdentity')] : [])];
}

export interface AssumedSession extends Assumption {
  readonly seconds: number;
  readonly policy?: string | undefined;
  readonly policyArns?: readonly string[] | undefined;
  readonly providerKeys?: Readonly<Record<string, string>> | undefined;
}

/** Makes the session of a role that was found and has allowed it. */
export function issueAssumedSession({ roleArn, sessionName, seconds, policy, policyArns, tags, transitiveTagKeys, sourceIdentity, providerKeys }: AssumedSession, role: RoleDoc, view: AccountView, context: Parameters<typeof issueRoleSession>[3]) {
  return issueRoleSession({
    issuer: 'AssumeRole', RoleArn: roleArn, RoleSessionName: sessionName, seconds, tags, transitiveTagKeys, sourceIdentity,
    ...(policy !== undefined && { Policy: policy }), ...(policyArns && { PolicyArns: policyArns.map((policyArn) => ({ arn: policyArn })) }), ...(providerKeys && { providerKeys }),
  }, role, view, context);
}

/** The role of exactly that ARN. */
export const roleOfArn = (roleArn: string, view: AccountView): RoleDoc | undefined => findRole(roleArn, view);

/** Credentials of the role. Throws Denied unless its trust policy lets the service assume it. `view` is the account that the role is in. */
export function serviceSession({ service, role, sessionName, seconds, source, now, tags = {}, keys, policy }: ServiceSessionWish, view: AccountView, { authorize, sessions, random, awsManagedPolicies }: ServiceSessionParts) {
  const { account } = view;
  const caller = serviceCaller(service);
  const roleArn = arn.role(account, role.Path, role.RoleName);
  const assumption: Assumption = { roleArn, sessionName, tags, transitiveTagKeys: Object.keys(tags) };
  authorize(caller, 'sts:AssumeRole', assumptionAsks({ ...assumption, account, role, sourceArn: source.arn }), factsOf(service, source.region, now), view);
  return issueAssumedSession({ ...assumption, seconds, policy, providerKeys: keys }, role, view, {
    caller, account, view, now, awsManagedPolicies,
    accountView: (other) => (other === account ? view : undefined),
    isGlobalEndpoint: false,
    newId: (prefix, of = account) => newId(prefix, of, random),
    newSecretAccessKey: () => newSecretAccessKey(random),
    sealSession: (claims) => sessions.seal(claims),
    error: raise,
  });
}

/** A service asks from nowhere: its name stands where an address would. Source: CloudTrail, sourceIPAddress of AWS services. */
const factsOf = (service: string, region: string, now: Timestamp): RequestFacts => ({ now, sourceIp: service, isSecure: true, userAgent: service, referer: undefined, requestedRegion: region });
