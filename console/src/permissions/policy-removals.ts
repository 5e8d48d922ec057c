/** Taking all policies from a holder that is about to go. */
import type { IAMClient } from '@aws-sdk/client-iam';
import type { Step } from '../deed.tsx';
import { heldPolicies, holderCalls } from '../holders.ts';
import type { Holder } from '../holders.ts';
import { allOf } from '../read.ts';

export async function policyRemovals(iam: IAMClient, holder: Holder): Promise<readonly Step[]> {
  const { kind, name } = holder;
  const calls = holderCalls[kind];
  return (await allOf(heldPolicies(iam, holder))).map((policy) => policy.type === 'managed'
    ? { what: `Detach policy ${policy.name} from ${name}`, mayBeGone: true, act: ({ iam }) => calls.detach(iam, name, policy.arn) }
    : { what: `Delete inline policy ${policy.name} of ${name}`, mayBeGone: true, act: ({ iam }) => calls.deleteInline(iam, name, policy.name) });
}
