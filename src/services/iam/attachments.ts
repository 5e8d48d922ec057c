/** Managed policies attached to users, groups and roles. */
import type { AttachedPolicy, Iam } from '../../../models/iam.ts';
import { pairKey } from '../../store/tables.ts';
import type { OperationDefinition, Operations } from '../operation.ts';
import { attachedPoliciesOf } from './entity-policies.ts';
import { withContext } from './lookup.ts';
import { checkPolicyArn, claimInUse, getAttachable, policyNotFound } from './managed-policies.ts';
import { pageList, type PageEnd, type PageRequest } from './paging.ts';
import { type HolderKind, ofGroup, ofRole, ofUser } from './policy-holders.ts';
import { claimAdjustable } from './quotas.ts';

interface PolicyNamed { readonly PolicyArn: string }
interface AttachedPage extends PageEnd { readonly AttachedPolicies: readonly AttachedPolicy[] }

/** Attaching and detaching, and the list of what is attached. */
export const attachments = {
  AttachUserPolicy: attach(ofUser),
  AttachGroupPolicy: attach(ofGroup),
  AttachRolePolicy: attach(ofRole),
  DetachUserPolicy: detach(ofUser),
  DetachGroupPolicy: detach(ofGroup),
  DetachRolePolicy: detach(ofRole),
  ListAttachedUserPolicies: listAttached(ofUser),
  ListAttachedGroupPolicies: listAttached(ofGroup),
  ListAttachedRolePolicies: listAttached(ofRole),
} satisfies Operations<Iam, `${'Attach' | 'Detach'}${'User' | 'Group' | 'Role'}Policy` | `ListAttached${'User' | 'Group' | 'Role'}Policies`>;

function attach<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PolicyNamed, void, Changing | 'NoSuchEntity' | 'LimitExceeded' | 'InvalidInput' | 'PolicyNotAttachable'> {
  return {
    access: (input, { view, error }) => {
      checkPolicyArn(input.PolicyArn, error);
      return [withContext(holders.askWithBoundary(view, holders.nameOf(input)), { 'iam:PolicyARN': input.PolicyArn })];
    },
    run: (input, { write, awsManagedPolicies, error }) => write((draft) => {
      const { PolicyArn } = input;
      const { id } = holders.getToChange(draft, holders.nameOf(input), error);
      getAttachable(draft, awsManagedPolicies, PolicyArn, holders.kind, error);
      // Attaching what is attached already changes nothing and succeeds.
      if (draft.attachments.find(pairKey(id, PolicyArn))) return;
      claimAdjustable(draft, holders.attachmentQuota, draft.attachments.countBy('principal', id) + 1, error);
      claimInUse(draft, PolicyArn, error);
      draft.attachments.insert({ PrincipalId: id, PolicyArn });
    }),
  };
}

function detach<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PolicyNamed, void, Changing | 'NoSuchEntity' | 'InvalidInput'> {
  return {
    access: (input, { view, error }) => {
      checkPolicyArn(input.PolicyArn, error);
      return [withContext(holders.askWithBoundary(view, holders.nameOf(input)), { 'iam:PolicyARN': input.PolicyArn })];
    },
    run: (input, { write, error }) => write((draft) => {
      const { id } = holders.getToChange(draft, holders.nameOf(input), error);
      if (!draft.attachments.remove(pairKey(id, input.PolicyArn))) throw policyNotFound(input.PolicyArn, error);
    }),
  };
}

function listAttached<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PageRequest & { readonly PathPrefix?: string | undefined }, AttachedPage, 'NoSuchEntity'> {
  return {
    access: (input, { view }) => [holders.ask(view, holders.nameOf(input))],
    run: (input, { view, marker, error }) => {
      const { PathPrefix = '/' } = input;
      const { id } = holders.get(view, holders.nameOf(input), error);
      const attached = attachedPoliciesOf(view, id).filter(({ path }) => path.startsWith(PathPrefix));
      const { items, end } = pageList(attached, ({ position }) => position, input, marker);
      return { AttachedPolicies: items.map(({ PolicyName, PolicyArn }) => ({ PolicyName, PolicyArn })), ...end };
    },
  };
}
