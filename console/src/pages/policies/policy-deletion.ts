/** What goes with a managed policy: it is detached from all, and its versions go. As a boundary it is not taken away: that would give permissions. */
import { DeletePolicyCommand, DeletePolicyVersionCommand, ListPolicyVersionsCommand } from '@aws-sdk/client-iam';
import type { Step } from '../../deed.tsx';
import type { PlanDeletion } from '../../delete-dialog.tsx';
import { holderCalls } from '../../holders.ts';
import { nameInArn } from '../../name-in-arn.ts';
import { allOf, markedPages } from '../../read.ts';
import { entitiesOf } from './policy-entities.tsx';

/** By the policy's ARN. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const planPolicyDeletion: PlanDeletion = async ({ iam }, PolicyArn) => {
  const name = nameInArn(PolicyArn);
  const [entities, versions] = await Promise.all([
    allOf(entitiesOf(iam, PolicyArn, 'PermissionsPolicy')),
    allOf(markedPages((Marker) => iam.send(new ListPolicyVersionsCommand({ PolicyArn, Marker })), ({ Versions }) => Versions)),
  ]);
  return [
    ...entities.map((entity): Step => ({ what: `Detach it from ${holderCalls[entity.kind].noun} ${entity.name}`, mayBeGone: true, act: ({ iam }) => holderCalls[entity.kind].detach(iam, entity.name, PolicyArn) })),
    ...versions.filter(({ IsDefaultVersion }) => IsDefaultVersion !== true).map(({ VersionId }): Step => ({ what: `Delete version ${VersionId}`, mayBeGone: true, act: async ({ iam }) => iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId })) })),
    { what: `Delete policy ${name}`, act: async ({ iam }) => iam.send(new DeletePolicyCommand({ PolicyArn })) },
  ];
};
