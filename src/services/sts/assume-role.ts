/** AssumeRole: temporary credentials of a role, for those whom its trust policy names. */
import type { AssumeRoleRequest, Sts } from '../../../models/sts.ts';
import type { Ask } from '../../authz/ask.ts';
import * as arn from '../../base/arn.ts';
import type { Raise } from '../../base/api-error.ts';
import type { ContextValue } from '../../policy/types.ts';
import type { RoleDoc } from '../../store/tables.ts';
import type { AccessContext, Operations, RunContext } from '../operation.ts';
import { callerWithMfa } from './mfa.ts';
import { findRole, issueRoleSession, parseRoleArn, sessionSeconds, trustAsk } from './role-session.ts';
import { checkSessionPolicy } from './session-policies.ts';
import { sessionTags } from './session-tags.ts';
import type { SessionTags } from './session-tags.ts';

type AssumeRoleErrors = Sts['AssumeRole']['errors'];

/** Seconds. Source: AssumeRole, DurationSeconds (STS API Reference). */
const chainedDurationSecondsMax = 3_600;

export const assumeRole = {
  AssumeRole: {
    accounts: ({ RoleArn }) => [arn.parse(RoleArn)?.account ?? ''],
    proveCaller(input, context) {
      if (input.SerialNumber === undefined && input.TokenCode === undefined) return context.caller;
      // What is wrong with the request itself is said before a code is used up.
      checkRequest(input, context.error);
      sessionTags(input.Tags, input.TransitiveTagKeys, context.caller.session, context.error);
      return callerWithMfa(input, context);
    },
    access(input, context) {
      const { error, caller } = context;
      const { account } = checkRequest(input, error);
      const tags = sessionTags(input.Tags, input.TransitiveTagKeys, caller.session, error);
      const role = findRole(input.RoleArn, context.accountView(account));
      return asks(input, account, role, tags, caller.session?.sourceIdentity);
    },
    run(input, context) {
      const { caller, error, accountView } = context;
      const { account } = parseRoleArn(input.RoleArn, error);
      const view = accountView(account);
      const role = findRole(input.RoleArn, view);
      // INVARIANT: only a role that is there can have allowed it.
      if (!view || !role) throw error('AccessDenied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`);
      return issueRoleSession({
        issuer: 'AssumeRole',
        RoleArn: input.RoleArn, RoleSessionName: input.RoleSessionName, Policy: input.Policy, PolicyArns: input.PolicyArns,
        seconds: durationOf(input, role, context),
        sourceIdentity: sourceIdentityOf(input, context),
        ...sessionTags(input.Tags, input.TransitiveTagKeys, caller.session, error),
      }, role, view, context);
    },
  },
} satisfies Operations<Sts, 'AssumeRole'>;

function checkRequest(input: AssumeRoleRequest, error: Raise<AssumeRoleErrors>): arn.Arn {
  const role = parseRoleArn(input.RoleArn, error);
  checkProvidedContexts(input, error);
  checkSessionPolicy(input.Policy, input.PolicyArns ?? [], error);
  return role;
}

const contextProviderArn = 'arn:aws:iam::aws:contextProvider/IdentityCenter';

/**
 * A context is worth what its assertion proves, and that is sealed by the STS that IAM Identity Center belongs to. There is no Identity Center here, so that none that is presented
 * was made here, and each is refused before anybody is asked for permission: never is a context taken unproven, and never is one left out. GUESS: the words; which error, its
 * description says ("expired or is not valid": AssumeRole, ExpiredTokenException, STS API Reference).
 */
function checkProvidedContexts({ ProvidedContexts = [] }: AssumeRoleRequest, error: Raise<AssumeRoleErrors>): void {
  for (const { ProviderArn, ContextAssertion } of ProvidedContexts) {
    if (ProviderArn === undefined || ContextAssertion === undefined) throw error('ValidationError', 'A provided context must have a ProviderArn and a ContextAssertion');
    if (ProviderArn !== contextProviderArn) throw error('ValidationError', `${ProviderArn} is not a valid context provider`);
  }
  // Source: "Identity-enhanced IAM role sessions" (IAM Identity Center User Guide).
  if (ProvidedContexts.length > 1) throw error('ValidationError', 'Only one context can be provided');
  if (ProvidedContexts.length > 0) throw error('ExpiredTokenException', 'The trusted context assertion that was passed is expired or is not valid.');
}

/** The trust policy is asked for each action the request needs; a role that is not there is refused in the same words as one that does not trust. */
function asks(input: AssumeRoleRequest, account: string, role: RoleDoc | undefined, { inherited }: SessionTags, inheritedSourceIdentity: string | undefined): [Ask, ...Ask[]] {
  const context: Record<string, ContextValue | undefined> = {
    'sts:RoleSessionName': input.RoleSessionName,
    'sts:ExternalId': input.ExternalId,
    'sts:SourceIdentity': input.SourceIdentity ?? inheritedSourceIdentity,
    'sts:TransitiveTagKeys': transitiveKeys(input, inherited),
    'aws:TagKeys': input.Tags?.length ? input.Tags.map(({ Key }) => Key) : undefined,
  };
  for (const { Key, Value } of input.Tags ?? []) context[`aws:RequestTag/${Key}`] = Value;
  for (const { Key, Value } of role?.Tags ?? []) {
    const value = inherited.get(Key.toLowerCase())?.value ?? Value;
    context[`aws:ResourceTag/${Key}`] = value;
    context[`iam:ResourceTag/${Key}`] = value;
  }
  const ask = (action: string): Ask => trustAsk(action, input.RoleArn, account, role, context);
  return [
    ask('sts:AssumeRole'),
    ...(input.Tags?.length ? [ask('sts:TagSession')] : []),
    ...(input.SourceIdentity !== undefined || inheritedSourceIdentity !== undefined ? [ask('sts:SetSourceIdentity')] : []),
  ];
}

function transitiveKeys({ TransitiveTagKeys = [] }: AssumeRoleRequest, inherited: SessionTags['inherited']): readonly string[] | undefined {
  const keys = [...TransitiveTagKeys, ...[...inherited.values()].map(({ key }) => key)];
  return keys.length > 0 ? keys : undefined;
}

function durationOf({ DurationSeconds }: AssumeRoleRequest, role: RoleDoc, { caller, error }: AccessContext<AssumeRoleErrors>): number {
  const seconds = sessionSeconds(DurationSeconds, role, error);
  if (caller.kind === 'role' && seconds > chainedDurationSecondsMax) throw error('ValidationError', 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.');
  return seconds;
}

function sourceIdentityOf({ SourceIdentity }: AssumeRoleRequest, { caller, error }: RunContext<AssumeRoleErrors>): string | undefined {
  const inherited = caller.session?.sourceIdentity;
  if (inherited !== undefined && SourceIdentity !== undefined && SourceIdentity !== inherited) throw error('ValidationError', 'The source identity is already set for this assume role session');
  return inherited ?? SourceIdentity;
}
