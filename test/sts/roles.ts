/** What tests of AssumeRole share: roles made in a line, sessions as keys, and the words of a denial. */
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type AssumeRoleCommandInput, type AssumeRoleCommandOutput, type Credentials } from '@aws-sdk/client-sts';
import type { KeyPair, TestGatehouse } from '../gatehouse.ts';

export const document = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
export const allow = (Action: string | readonly string[], rest: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...rest });
/** A statement of a trust policy. */
export const trust = (AWS: string | readonly string[], rest: object = {}): object => ({ Effect: 'Allow', Principal: { AWS }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], ...rest });

export const keyOf = (credentials: Credentials | undefined): KeyPair => ({ accessKeyId: credentials!.AccessKeyId!, secretAccessKey: credentials!.SecretAccessKey!, sessionToken: credentials!.SessionToken });

interface RoleWish extends Partial<iamSdk.CreateRoleCommandInput> { readonly trust: readonly object[]; readonly policy?: readonly object[] }

/** Makes a role with an inline policy; its ARN. */
export async function makeRole(gatehouse: TestGatehouse, RoleName: string, { trust: statements, policy = [], ...rest }: RoleWish, key?: KeyPair): Promise<string> {
  const iam = gatehouse.iam(key);
  const { Role } = await iam.send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(...statements), ...rest }));
  if (policy.length > 0) await iam.send(new iamSdk.PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: document(...policy) }));
  return Role!.Arn!;
}

/** Makes a user with an inline policy; its key. */
export async function makeUser(gatehouse: TestGatehouse, UserName: string, policy: readonly object[] = [], rest: Partial<iamSdk.CreateUserCommandInput> = {}): Promise<KeyPair> {
  const iam = gatehouse.iam();
  await iam.send(new iamSdk.CreateUserCommand({ UserName, ...rest }));
  if (policy.length > 0) await iam.send(new iamSdk.PutUserPolicyCommand({ UserName, PolicyName: 'p', PolicyDocument: document(...policy) }));
  const { AccessKey } = await iam.send(new iamSdk.CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

export const assume = (gatehouse: TestGatehouse, RoleArn: string, input: Partial<AssumeRoleCommandInput> = {}, key?: KeyPair): Promise<AssumeRoleCommandOutput> =>
  gatehouse.sts(key).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session', ...input }));

/** The session as a key. */
export async function sessionOf(gatehouse: TestGatehouse, RoleArn: string, input: Partial<AssumeRoleCommandInput> = {}, key?: KeyPair): Promise<KeyPair> {
  return keyOf((await assume(gatehouse, RoleArn, input, key)).Credentials);
}

/** What AssumeRole says to whom nothing lets in: no reason. */
export const untrusted = (caller: string, RoleArn: string, action = 'sts:AssumeRole') => ({ code: 'AccessDenied', status: 403, message: `User: ${caller} is not authorized to perform: ${action} on resource: ${RoleArn}` });
