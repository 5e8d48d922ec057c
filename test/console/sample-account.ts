/** An account with something on every page: for pictures of them, and for tests that look at all. */
import { AttachGroupPolicyCommand, CreateAccountAliasCommand, CreateGroupCommand, CreateLoginProfileCommand, CreateOpenIDConnectProviderCommand, CreatePolicyCommand, CreateRoleCommand, CreateSAMLProviderCommand, CreateUserCommand, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { password } from './browser.ts';
import { samlMetadata } from '../sts/saml-idp.ts';

export async function fillAccount(iam: IAMClient): Promise<void> {
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'example-team' }));
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://id.example.com', ClientIDList: ['sts.amazonaws.com', 'my-app'], ThumbprintList: ['a'.repeat(40)], Tags: [{ Key: 'team', Value: 'platform' }] }));
  await iam.send(new CreateSAMLProviderCommand({ Name: 'corporate', SAMLMetadataDocument: samlMetadata() }));
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 12, RequireNumbers: true, RequireLowercaseCharacters: true, AllowUsersToChangePassword: true, MaxPasswordAge: 90, PasswordReusePrevention: 5 }));
  await iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'developers', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
  for (const UserName of ['alice', 'bob', 'carol']) await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new CreateLoginProfileCommand({ UserName: 'alice', Password: `${password}-alice` }));
  await iam.send(new CreateRoleCommand({ RoleName: 'auditor', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' } }) }));
  await iam.send(new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }) }));
}
