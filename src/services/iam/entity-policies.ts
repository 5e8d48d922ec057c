/** The policies of a user, group or role as lists of details show them: inline ones by name, managed ones by ARN. */
import type { AttachedPolicy } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import type { AccountView } from '../../store/store.ts';
import { foldCase, type InlinePolicyDoc } from '../../store/tables.ts';

/** A managed policy where it is attached. The account's own policy and one of AWS's may have the same name, and so differ in position. */
export interface AttachedByArn extends AttachedPolicy { readonly PolicyName: string; readonly PolicyArn: string; readonly path: string; readonly position: string }

/** The inline policies, in order of name. */
export function inlinePoliciesOf(view: AccountView, principalId: string): readonly InlinePolicyDoc[] {
  return view.inlinePolicies.listBy('principal', principalId);
}

/** The managed policies that are attached, named by what their ARNs hold. */
export function attachedPoliciesOf(view: AccountView, principalId: string): readonly AttachedByArn[] {
  return view.attachments.listBy('principal', principalId).map(({ PolicyArn }) => namedByArn(PolicyArn));
}

function namedByArn(PolicyArn: string): AttachedByArn {
  const parsed = arn.parse(PolicyArn);
  const named = parsed && arn.splitResource(parsed.resource);
  if (!named) throw new Error(`an attachment names ${PolicyArn}, which is no policy's ARN`);
  return { PolicyName: named.name, PolicyArn, path: named.path, position: `${foldCase(named.name)}/${parsed.account}` };
}
