/** The calls by which a user is made, in order: the user itself first, so that what is refused later leaves one without, not with more than was meant. */
import { AddUserToGroupCommand, AttachUserPolicyCommand, CreateLoginProfileCommand, CreateUserCommand, GetUserCommand, ListGroupsForUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { makePassword } from '../../credentials/make-password.ts';
import { allowChangingPassword } from '../../credentials/sign-in-access.ts';
import type { Step } from '../../deed.tsx';
import { heldPolicies, inlineDocument } from '../../holders.ts';
import { allOf, markedPages } from '../../read.ts';
import { tagsOf } from '../../tags/tag-fields.tsx';
import type { UserDraft } from './create-user.tsx';

/** `tellPassword` is told the password that was set. */
export function stepsOfCreation({ name: UserName, password, grant, tags }: UserDraft, tellPassword: (password: string) => void): readonly Step[] {
  const copied = grant.way === 'copy' ? grant.from?.UserName : undefined;
  // The boundary comes with the user: there is no moment without it.
  const boundaryOf = async (iam: IAMClient): Promise<string | undefined> => grant.boundary?.Arn ?? (copied === undefined ? undefined : (await iam.send(new GetUserCommand({ UserName: copied }))).User?.PermissionsBoundary?.PermissionsBoundaryArn);
  return [
    { what: `Create user ${UserName}`, act: async ({ iam }) => iam.send(new CreateUserCommand({ UserName, Tags: tagsOf(tags), PermissionsBoundary: await boundaryOf(iam) })) },
    ...(grant.way === 'groups' ? grant.groups : []).map(({ GroupName }): Step => ({ what: `Add it to group ${GroupName}`, act: async ({ iam }) => iam.send(new AddUserToGroupCommand({ UserName, GroupName })) })),
    ...(grant.way === 'policies' ? grant.policies : []).map(({ Arn, PolicyName }): Step => ({ what: `Attach policy ${PolicyName}`, act: async ({ iam }) => iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: Arn })) })),
    ...(copied === undefined ? [] : [{ what: `Give it what ${copied} has`, act: ({ iam }: { readonly iam: IAMClient }) => copy(iam, copied, UserName) }]),
    // Last: nobody signs in to a user that is half made.
    ...(password ? [
      { what: 'Set the console password', act: async ({ iam }: { readonly iam: IAMClient }) => {
        const Password = password.isOwn ? password.typed : await makePassword(iam);
        await iam.send(new CreateLoginProfileCommand({ UserName, Password, PasswordResetRequired: password.mustChange }));
        tellPassword(Password);
      } },
      ...(password.mustChange ? [{ what: 'Let it change its password', act: ({ iam }: { readonly iam: IAMClient }) => allowChangingPassword(iam, UserName) }] : []),
    ] : []),
  ];
}

/** Tried again after a refusal, what is there already stays: each of these calls may be made twice. */
async function copy(iam: IAMClient, from: string, UserName: string): Promise<void> {
  for (const { GroupName } of await allOf(markedPages((Marker) => iam.send(new ListGroupsForUserCommand({ UserName: from, Marker })), ({ Groups }) => Groups))) await iam.send(new AddUserToGroupCommand({ UserName, GroupName }));
  for (const policy of await allOf(heldPolicies(iam, { kind: 'user', name: from }))) {
    if (policy.type === 'managed') await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: policy.arn }));
    else await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: policy.name, PolicyDocument: await inlineDocument(iam, policy.from, policy.name) }));
  }
}
