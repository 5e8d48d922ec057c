/** What goes with a group: its policies, and who is in it is taken out. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_delete.html */
import { DeleteGroupCommand, GetGroupCommand, RemoveUserFromGroupCommand } from '@aws-sdk/client-iam';
import type { PlanDeletion } from '../../delete-dialog.tsx';
import { policyRemovals } from '../../permissions/policy-removals.ts';
import { allOf, markedPages } from '../../read.ts';

export const planGroupDeletion: PlanDeletion = async ({ iam }, GroupName) => {
  const users = await allOf(markedPages((Marker) => iam.send(new GetGroupCommand({ GroupName, Marker, MaxItems: 1000 })), ({ Users }) => Users));
  return [
    ...users.map(({ UserName }) => ({ what: `Remove ${UserName} from ${GroupName}`, mayBeGone: true, act: async ({ iam }: Parameters<PlanDeletion>[0]) => iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName })) })),
    ...await policyRemovals(iam, { kind: 'group', name: GroupName }),
    { what: `Delete user group ${GroupName}`, act: async ({ iam }) => iam.send(new DeleteGroupCommand({ GroupName })) },
  ];
};
