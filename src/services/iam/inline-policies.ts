/** Inline policies: documents that are part of one user, group or role. */
import type { Iam } from '../../../models/iam.ts';
import type { Raise } from '../../base/api-error.ts';
import { policySize } from '../../policy/size.ts';
import type { AccountView } from '../../store/store.ts';
import { pairKey } from '../../store/tables.ts';
import type { OperationDefinition, Operations } from '../operation.ts';
import { pageList, type PageEnd, type PageRequest } from './paging.ts';
import { checkGrammar, encodeDocument } from './policy-documents.ts';
import { type HolderKind, ofGroup, ofRole, ofUser, type PolicyHolder } from './policy-holders.ts';
import { inlinePolicySizes } from './quotas.ts';

interface PolicyNamed { readonly PolicyName: string }
interface PolicyText { readonly PolicyDocument: string }
interface NamesPage extends PageEnd { readonly PolicyNames: readonly string[] }

/** Putting, reading, deleting and listing inline policies. */
export const inlinePolicies = {
  PutUserPolicy: put(ofUser),
  PutGroupPolicy: put(ofGroup),
  PutRolePolicy: put(ofRole),
  GetUserPolicy: get(ofUser),
  GetGroupPolicy: get(ofGroup),
  GetRolePolicy: get(ofRole),
  DeleteUserPolicy: remove(ofUser),
  DeleteGroupPolicy: remove(ofGroup),
  DeleteRolePolicy: remove(ofRole),
  ListUserPolicies: list(ofUser),
  ListGroupPolicies: list(ofGroup),
  ListRolePolicies: list(ofRole),
} satisfies Operations<Iam, `${'Put' | 'Get' | 'Delete'}${'User' | 'Group' | 'Role'}Policy` | `List${'User' | 'Group' | 'Role'}Policies`>;

function put<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PolicyNamed & PolicyText, void, Changing | 'LimitExceeded' | 'MalformedPolicyDocument'> {
  return {
    access: (input, { view }) => [holders.askWithBoundary(view, holders.nameOf(input))],
    run: (input, { write, error }) => write((draft) => {
      const { PolicyName, PolicyDocument } = input;
      const holder = holders.getToChange(draft, holders.nameOf(input), error);
      checkGrammar(PolicyDocument, 'identity', error);
      checkTotalSize(draft, holders.noun, holder, PolicyName, PolicyDocument, error);
      const policy = { PrincipalId: holder.id, PolicyName, Document: PolicyDocument };
      if (!draft.inlinePolicies.insert(policy)) draft.inlinePolicies.update(policy);
    }),
  };
}

function get<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PolicyNamed, Named & PolicyNamed & PolicyText, 'NoSuchEntity'> {
  return {
    access: (input, { view }) => [holders.ask(view, holders.nameOf(input))],
    run: (input, { view, error }) => {
      const { id, name } = holders.get(view, holders.nameOf(input), error);
      const policy = view.inlinePolicies.find(pairKey(id, input.PolicyName));
      if (!policy) throw notFound(holders.noun, input.PolicyName, error);
      return { ...holders.named(name), PolicyName: policy.PolicyName, PolicyDocument: encodeDocument(policy.Document) };
    },
  };
}

function remove<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PolicyNamed, void, Changing | 'NoSuchEntity'> {
  return {
    access: (input, { view }) => [holders.askWithBoundary(view, holders.nameOf(input))],
    run: (input, { write, error }) => write((draft) => {
      const { id } = holders.getToChange(draft, holders.nameOf(input), error);
      if (!draft.inlinePolicies.remove(pairKey(id, input.PolicyName))) throw notFound(holders.noun, input.PolicyName, error);
    }),
  };
}

function list<Named, Changing extends string>(holders: HolderKind<Named, Changing>): OperationDefinition<Named & PageRequest, NamesPage, 'NoSuchEntity'> {
  return {
    access: (input, { view }) => [holders.ask(view, holders.nameOf(input))],
    run: (input, { view, marker, error }) => {
      const { id } = holders.get(view, holders.nameOf(input), error);
      const names = view.inlinePolicies.listBy('principal', id).map(({ PolicyName }) => PolicyName);
      const { items, end } = pageList(names, (name) => name, input, marker);
      return { PolicyNames: items, ...end };
    },
  };
}

/** All inline policies of a holder share one quota; the one that is replaced does not count. Source: "IAM and AWS STS quotas" (IAM User Guide). */
function checkTotalSize(view: AccountView, noun: 'user' | 'group' | 'role', holder: PolicyHolder, name: string, document: string, error: Raise<'LimitExceeded'>): void {
  let size = policySize(document);
  for (const policy of view.inlinePolicies.listBy('principal', holder.id)) if (policy.PolicyName !== name) size += policySize(policy.Document);
  const sizeMax = inlinePolicySizes[noun];
  if (size > sizeMax) throw error('LimitExceeded', `Maximum policy size of ${sizeMax} bytes exceeded for ${noun} ${holder.name}`);
}

function notFound(noun: 'user' | 'group' | 'role', name: string, error: Raise<'NoSuchEntity'>): Error {
  return error('NoSuchEntity', `The ${noun} policy with name ${name} cannot be found.`);
}
