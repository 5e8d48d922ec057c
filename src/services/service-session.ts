/** Sessions of roles that a service of the cloud assumes for a workload: EC2 for an instance, EKS for a pod. By STS's own code, and only where the role's trust policy says so. */
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
import { issueRoleSession, trustAsk } from './sts/role-session.ts';

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

/** Credentials of the role. Throws Denied unless its trust policy lets the service assume it. `view` is the account that the role is in. */
export function serviceSession({ service, role, sessionName, seconds, source, now, tags = {}, keys, policy }: ServiceSessionWish, view: AccountView, { authorize, sessions, random, awsManagedPolicies }: ServiceSessionParts) {
  const { account } = view;
  const caller = serviceCaller(service);
  const roleArn = arn.role(account, role.Path, role.RoleName);
  const tagKeys = Object.keys(tags);
  const context: Record<string, ContextValue | undefined> = {
    'sts:RoleSessionName': sessionName,
    'aws:SourceArn': source.arn,
    'aws:SourceAccount': account,
    'aws:TagKeys': tagKeys.length > 0 ? tagKeys : undefined,
    'sts:TransitiveTagKeys': tagKeys.length > 0 ? tagKeys : undefined,
  };
  for (const key of tagKeys) context[`aws:RequestTag/${key}`] = tags[key];
  for (const { Key, Value } of role.Tags ?? []) context[`aws:ResourceTag/${Key}`] = context[`iam:ResourceTag/${Key}`] = Value;
  const ask = (action: string) => trustAsk(action, roleArn, account, role, context);
  authorize(caller, 'sts:AssumeRole', [ask('sts:AssumeRole'), ...(tagKeys.length > 0 ? [ask('sts:TagSession')] : [])], factsOf(service, source.region, now), view);
  return issueRoleSession({
    issuer: 'AssumeRole', RoleArn: roleArn, RoleSessionName: sessionName, seconds, tags, transitiveTagKeys: tagKeys, sourceIdentity: undefined,
    ...(policy !== undefined && { Policy: policy }), ...(keys && { providerKeys: keys }),
  }, role, view, {
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
