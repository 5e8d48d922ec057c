/** What goes with a role. Source: "Delete roles or instance profiles" (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage_delete.html): the console also deletes the instance profile of the same name. */
import { DeleteInstanceProfileCommand, DeleteRoleCommand, DeleteServiceLinkedRoleCommand, GetRoleCommand, GetServiceLinkedRoleDeletionStatusCommand, ListInstanceProfilesForRoleCommand, RemoveRoleFromInstanceProfileCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { Step } from '../../deed.tsx';
import type { PlanDeletion } from '../../delete-dialog.tsx';
import { policyRemovals } from '../../permissions/policy-removals.ts';
import { allOf, markedPages } from '../../read.ts';

/** Roles under it belong to a service, which deletes them itself when it is asked. */
export const isServiceLinked = (path: string | undefined): boolean => path?.startsWith('/aws-service-role/') === true;

export const planRoleDeletion: PlanDeletion = async ({ iam }, RoleName) => {
  const role = (await iam.send(new GetRoleCommand({ RoleName }))).Role!;
  if (isServiceLinked(role.Path)) return [{ what: `Delete service-linked role ${RoleName}`, act: ({ iam }) => deleteServiceLinked(iam, RoleName) }];
  const profiles = await allOf(markedPages((Marker) => iam.send(new ListInstanceProfilesForRoleCommand({ RoleName, Marker })), ({ InstanceProfiles }) => InstanceProfiles));
  const steps: Step[] = [];
  for (const { InstanceProfileName } of profiles) {
    steps.push({ what: `Remove it from instance profile ${InstanceProfileName}`, mayBeGone: true, act: async ({ iam }) => iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName, RoleName })) });
    if (InstanceProfileName === RoleName) steps.push({ what: `Delete instance profile ${InstanceProfileName}`, mayBeGone: true, act: async ({ iam }) => iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName })) });
  }
  return [...steps, ...await policyRemovals(iam, { kind: 'role', name: RoleName }), { what: `Delete role ${RoleName}`, act: async ({ iam }) => iam.send(new DeleteRoleCommand({ RoleName })) }];
};

/** As often as AWS's console asks how far it is, in milliseconds, and how often before it says that it is not done. */
const pollMs = 1_000;
const pollsMax = 30;

async function deleteServiceLinked(iam: IAMClient, RoleName: string): Promise<void> {
  const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName }));
  for (let polls = 0; polls < pollsMax; polls += 1) {
    const { Status, Reason } = await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }));
    if (Status === 'SUCCEEDED') return;
    if (Status === 'FAILED') throw new Error(Reason?.Reason ?? 'The service did not let it go.');
    await new Promise((resolve) => { setTimeout(resolve, pollMs); });
  }
  throw new Error('The service has not answered yet. Its deletion goes on; look again later.');
}
