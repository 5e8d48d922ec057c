/** An account with something on every page: for pictures of them, and for tests that look at all. */
import {
  AddUserToGroupCommand, AttachGroupPolicyCommand, CreateAccountAliasCommand, CreateGroupCommand, CreateLoginProfileCommand, CreateOpenIDConnectProviderCommand, CreatePolicyCommand, CreateRoleCommand, CreateSAMLProviderCommand, CreateUserCommand,
  PutGroupPolicyCommand, PutRolePolicyCommand, PutUserPolicyCommand, UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { STSClient, AssumeRoleCommand } from '@aws-sdk/client-sts';
import { samlMetadata } from '../sts/saml-idp.ts';
import { password } from './browser.ts';
import type { ConsoleRig } from './browser.ts';

/** That of the rig. */
export const account = '111122223333';

const policyOf = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

export async function fillAccount(iam: IAMClient): Promise<void> {
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'example-team' }));
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: 'https://id.example.com', ClientIDList: ['sts.amazonaws.com', 'my-app'], ThumbprintList: ['a'.repeat(40)], Tags: [{ Key: 'team', Value: 'platform' }] }));
  await iam.send(new CreateSAMLProviderCommand({ Name: 'corporate', SAMLMetadataDocument: samlMetadata() }));
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 12, RequireNumbers: true, RequireLowercaseCharacters: true, AllowUsersToChangePassword: true, MaxPasswordAge: 90, PasswordReusePrevention: 5 }));
  await iam.send(new CreateGroupCommand({ GroupName: 'developers' }));
  await iam.send(new AttachGroupPolicyCommand({ GroupName: 'developers', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }));
  await iam.send(new PutGroupPolicyCommand({ GroupName: 'developers', PolicyName: 'reports', PolicyDocument: policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' }) }));
  for (const UserName of ['alice', 'bob', 'carol']) await iam.send(new CreateUserCommand({ UserName, Tags: [{ Key: 'team', Value: 'platform' }] }));
  await iam.send(new AddUserToGroupCommand({ GroupName: 'developers', UserName: 'alice' }));
  await iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'own', PolicyDocument: policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${account}:role/auditor` }) }));
  await iam.send(new CreateLoginProfileCommand({ UserName: 'alice', Password: `${password}-alice` }));
  await iam.send(new CreateRoleCommand({ RoleName: 'auditor', Description: 'Reads, and changes nothing', AssumeRolePolicyDocument: policyOf({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'auditor', PolicyName: 'reading', PolicyDocument: policyOf({ Effect: 'Allow', Action: ['iam:Get*', 'iam:List*'], Resource: '*' }) }));
  await iam.send(new CreatePolicyCommand({ PolicyName: 'everything', PolicyDocument: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }));
}

/** Has a role denied something; the id by which that is explained. */
export async function denialOf({ endpoint, sts }: ConsoleRig): Promise<string> {
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'denied' }));
  const asRole = new STSClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! } });
  const denied = await asRole.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/auditor`, RoleSessionName: 'again' })).catch((thrown: unknown) => thrown);
  // An error of the SDK has the answer's metadata.
  return (denied as { readonly $metadata: { readonly requestId: string } }).$metadata.requestId;
}
