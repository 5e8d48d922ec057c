/** AssumeRoot: root of a member account for a quarter of an hour and one task, for the management account of its organization. Source: "Perform a privileged task on an AWS Organizations member account" (IAM User Guide). */
import type { AssumeRootRequest, Sts } from '../../../models/sts.ts';
import * as arn from '../../base/arn.ts';
import { raise } from '../../base/api-error.ts';
import type { Raise } from '../../base/api-error.ts';
import { mayAssumeRoot } from '../../store/organizations.ts';
import type { Operations } from '../operation.ts';
import { issueCredentials } from './issue.ts';

/** Seconds; the model bounds them. Source: AssumeRoot, DurationSeconds (STS API Reference). */
const defaultDurationSeconds = 900;

/** What a session may be for. Source: AssumeRoot, TaskPolicyArn (STS API Reference). */
const taskPolicies: ReadonlySet<string> = new Set(['IAMAuditRootUserCredentials', 'IAMCreateRootUserPassword', 'IAMDeleteRootUserCredentials', 'S3UnlockBucketPolicy', 'SQSUnlockQueuePolicy'].map((name) => arn.awsPolicy('/root-task/', name)));

export const assumeRoot = {
  AssumeRoot: {
    accounts: ({ TargetPrincipal }) => [targetOf(TargetPrincipal) ?? ''],
    access(input, { caller, partition, error }) {
      const { target, task } = checkRequest(input, error);
      // Like a role's trust policy, the organization lets its management account in, or says nothing: then no permission of the caller's is enough.
      const Document = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: arn.root(caller.account) }, Action: 'sts:AssumeRoot' }] });
      const policy = mayAssumeRoot(partition, caller.account, target) ? { Document, PrincipalIds: {} } : undefined;
      return [{ resource: arn.root(target), resourceAccount: target, context: { 'sts:TaskPolicyArn': task }, resourcePolicy: { kind: 'trust', policy }, isReasonHidden: true }];
    },
    run(input, context) {
      const { target, task } = checkRequest(input, context.error);
      const sourceIdentity = context.caller.session?.sourceIdentity;
      const { credentials } = issueCredentials({
        issuer: 'AssumeRoot', account: target, principalId: target, policyArns: [task], ...(sourceIdentity !== undefined && { sourceIdentity }),
        // One ARN always fits: PackedPolicyTooLarge is not among the operation's errors.
      }, input.DurationSeconds ?? defaultDurationSeconds, { ...context, error: raise });
      return { Credentials: credentials, ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }) };
    },
  },
} satisfies Operations<Sts, 'AssumeRoot'>;

/** The account that is named by its number or by the ARN of its root. */
function targetOf(principal: string): string | undefined {
  const account = /^\d{12}$/.test(principal) ? principal : arn.parse(principal)?.account ?? '';
  return principal === account || principal === arn.root(account) ? account : undefined;
}

function checkRequest({ TargetPrincipal, TaskPolicyArn: { arn: task = '' } }: AssumeRootRequest, error: Raise<never>): { readonly target: string; readonly task: string } {
  const target = targetOf(TargetPrincipal);
  // GUESS: the words of both.
  if (target === undefined || !/^\d{12}$/.test(target)) throw error('ValidationError', `${TargetPrincipal} is invalid`);
  if (!taskPolicies.has(task)) throw error('ValidationError', `${task} is not a valid task policy`);
  return { target, task };
}
