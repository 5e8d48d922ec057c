/** Statements that have a part in an access, as an answer tells them: which policy, whose it is, and what of it is open. */
import type { AccessStatement } from '../../../models/gatehouse.ts';
import type { AccessSubject } from '../../authz/access-subjects.ts';
import type { Reason } from '../../policy/supposed/possible-access.ts';
import * as arn from '../../base/arn.ts';
import type { AccountView } from '../../store/store.ts';
import { statementsToldMax, valuesToldMax } from './limits.ts';

/** Tells reasons of a subject's access. */
export const shownReasons = (reasons: readonly Reason[], subject: AccessSubject, view: AccountView): readonly AccessStatement[] => reasons.slice(0, statementsToldMax).map((reason) => shownReason(reason, subject, view));

function shownReason({ layer, effect, policy, policyIndex, statement, statementIndex, sid, conditions, isResourceOpen }: Reason, subject: AccessSubject, view: AccountView): AccessStatement {
  return {
    Effect: effect,
    PolicyType: layer,
    PolicyName: policy.name,
    PolicyArn: policy.arn,
    AttachedTo: layer === 'identity' ? holderArn(subject.holders[policyIndex], subject, view) : undefined,
    StatementIndex: statementIndex,
    Sid: sid,
    Resources: statement?.resourceTexts.slice(0, valuesToldMax),
    IsNotResource: statement && statement.isNotResource && statement.resourceTexts.length > 0,
    IsResourceOpen: isResourceOpen,
    OpenConditions: conditions.map(({ operator, key, values }) => ({ Operator: operator, Key: key, Values: values.slice(0, valuesToldMax) })),
  };
}

/** The principal itself, or the group that its policy comes from. */
function holderArn(id: string | undefined, subject: AccessSubject, view: AccountView): string {
  const group = id === undefined ? undefined : view.groups.find(id);
  return group ? arn.group(view.account, group.Path, group.GroupName) : subject.arn;
}
