/** An account that holds one of everything, and for each operation of IAM an input that is about it. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { Iam } from '../../models/iam.ts';
import { iam as iamService } from '../../src/services/iam/index.ts';
import { leafCertificate, leafKey, rootCertificate } from '../certificates.ts';
import type { TestGatehouse } from '../gatehouse.ts';
import { samlMetadata } from '../sts/saml-idp.ts';

export type IamOperation = keyof Iam;

interface ModelOperation { readonly input?: string; readonly errors: readonly string[] }
interface ModelShape { readonly required?: readonly string[]; readonly members?: Readonly<Record<string, unknown>> }
const model: { readonly operations: Readonly<Record<string, ModelOperation>>; readonly shapes: Readonly<Record<string, ModelShape>> } = JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8'));

/** The operations that are built, in order of name. */
export const builtOperations = [...iamService.operations.keys()].sort() as readonly IamOperation[];

/** Members that are given where an operation has them, though it does not require them: they add to what it asks permission for. */
const givenOptional: ReadonlySet<string> = new Set(['UserName', 'Tags', 'PermissionsBoundary', 'Path']);

type Values = Readonly<Record<string, unknown>>;

/** An input for each operation: the required members and some others by their names, and what an operation needs beside or in place of them. */
export function inputOf(operation: IamOperation, { members, overrides }: OneOfEverything): Values {
  const shape = model.shapes[model.operations[operation]!.input ?? ''];
  const required = shape?.required ?? [];
  const names = Object.keys(shape?.members ?? {}).filter((name) => required.includes(name) || givenOptional.has(name));
  const own = overrides[operation] ?? {};
  const input: Record<string, unknown> = {};
  for (const name of names) {
    const value = name in own ? own[name] : members[name];
    if (value === undefined && required.includes(name) && !(name in own)) throw new Error(`${operation}: give its ${name} a value in test/iam/every-operation.ts`);
    if (value !== undefined) input[name] = value;
  }
  return { ...input, ...own };
}

/** Sends an operation by its name. */
export function sendByName(client: IAMClient, operation: string, input: Values): Promise<unknown> {
  // The SDK names the command of each operation after it; one that it lacks is caught here.
  const Command = (sdk as unknown as Readonly<Record<string, (new (input: Values) => Parameters<IAMClient['send']>[0]) | undefined>>)[`${operation}Command`];
  if (!Command) throw new Error(`the SDK has no ${operation}Command`);
  return client.send(new Command(input));
}

export interface OneOfEverything {
  readonly members: Values;
  readonly overrides: Readonly<Partial<Record<IamOperation, Values>>>;
}

const statement = (Effect: string, Action: string, rest: object = { Resource: '*' }): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, ...rest }] });

/** Fills the account: everything is there once, tagged where it can be, and stands below `/eng/` where it can. */
export async function makeOneOfEverything(gatehouse: TestGatehouse, account = gatehouse.account, client = gatehouse.iam()): Promise<OneOfEverything> {
  const Tags = [{ Key: 'team', Value: 'blue' }];
  const Path = '/eng/';
  const document = statement('Allow', 's3:GetObject');
  const trust = statement('Allow', 'sts:AssumeRole', { Principal: { AWS: account } });
  const run = (operation: IamOperation, input: Values): Promise<never> => sendByName(client, operation, input) as Promise<never>;
  const made: { readonly Policy: sdk.Policy } = await run('CreatePolicy', { PolicyName: 'docs', Path, PolicyDocument: document, Tags });
  const PolicyArn = made.Policy.Arn!;
  await run('CreatePolicyVersion', { PolicyArn, PolicyDocument: document });
  await run('CreateUser', { UserName: 'alice', Path, Tags, PermissionsBoundary: PolicyArn });
  await run('CreateGroup', { GroupName: 'crew', Path });
  await run('AddUserToGroup', { UserName: 'alice', GroupName: 'crew' });
  await run('CreateRole', { RoleName: 'auditor', Path, Tags, AssumeRolePolicyDocument: trust, PermissionsBoundary: PolicyArn });
  for (const [kind, name] of [['User', 'alice'], ['Group', 'crew'], ['Role', 'auditor']] as const) {
    await run(`Put${kind}Policy`, { [`${kind}Name`]: name, PolicyName: 'inline', PolicyDocument: document });
    await run(`Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
  }
  const key: { readonly AccessKey: sdk.AccessKey } = await run('CreateAccessKey', { UserName: 'alice' });
  await run('CreateLoginProfile', { UserName: 'alice', Password: 'Correct-horse-1' });
  await run('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 8 });
  await run('CreateAccountAlias', { AccountAlias: `alias-${account.slice(-4)}` });
  await run('CreateInstanceProfile', { InstanceProfileName: 'web', Path, Tags });
  await run('AddRoleToInstanceProfile', { InstanceProfileName: 'web', RoleName: 'auditor' });
  await run('UploadServerCertificate', { ServerCertificateName: 'site', Path, Tags, CertificateBody: leafCertificate, PrivateKey: leafKey });
  const sshKey = (): string => generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const ssh: { readonly SSHPublicKey: sdk.SSHPublicKey } = await run('UploadSSHPublicKey', { UserName: 'alice', SSHPublicKeyBody: sshKey() });
  const signing: { readonly Certificate: sdk.SigningCertificate } = await run('UploadSigningCertificate', { UserName: 'alice', CertificateBody: rootCertificate });
  const git: { readonly ServiceSpecificCredential: sdk.ServiceSpecificCredential } = await run('CreateServiceSpecificCredential', { UserName: 'alice', ServiceName: 'codecommit.amazonaws.com' });
  const oidc: { readonly OpenIDConnectProviderArn: string } = await run('CreateOpenIDConnectProvider', { Url: 'https://oidc.example', ClientIDList: ['app'], Tags });
  const saml: { readonly SAMLProviderArn: string } = await run('CreateSAMLProvider', { Name: 'idp', SAMLMetadataDocument: samlMetadata(), Tags });
  const mfa: { readonly VirtualMFADevice: sdk.VirtualMFADevice } = await run('CreateVirtualMFADevice', { VirtualMFADeviceName: 'phone', Tags });
  const linked: { readonly Role: sdk.Role } = await run('CreateServiceLinkedRole', { AWSServiceName: 'autoscaling.amazonaws.com' });
  const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000001' };
  const members: Values = {
    AccessKeyId: key.AccessKey.AccessKeyId, AccountAlias: `alias-${account.slice(-4)}`, ActionNames: ['s3:GetObject'], Arn: `arn:aws:iam::${account}:user/eng/alice`, AssumeRolePolicyDocument: trust, AuthenticationCode1: codes.AuthenticationCode1, AuthenticationCode2: codes.AuthenticationCode2,
    AWSServiceName: 'elasticbeanstalk.amazonaws.com', CertificateBody: leafCertificate, CertificateId: signing.Certificate.CertificateId, ClientID: 'app', DeletionTaskId: `task/aws-service-role/autoscaling.amazonaws.com/${linked.Role.RoleName}/00000000-0000-4000-8000-000000000000`,
    Description: 'changed', Encoding: 'SSH', GlobalEndpointTokenVersion: 'v2Token', GroupName: 'crew', InstanceProfileName: 'web', NewPassword: 'Correct-horse-2', OldPassword: 'Correct-horse-1', OpenIDConnectProviderArn: oidc.OpenIDConnectProviderArn,
    Path, PermissionsBoundary: PolicyArn, PolicyArn, PolicyDocument: document, PolicyInputList: [document], PolicyName: 'inline', PolicySourceArn: `arn:aws:iam::${account}:user/eng/alice`, PrivateKey: leafKey, RoleName: 'auditor', SAMLMetadataDocument: samlMetadata(), SAMLProviderArn: saml.SAMLProviderArn,
    SerialNumber: mfa.VirtualMFADevice.SerialNumber, ServerCertificateName: 'site', ServiceName: 'codecommit.amazonaws.com', ServiceNamespaces: ['s3'], ServiceSpecificCredentialId: git.ServiceSpecificCredential.ServiceSpecificCredentialId, SSHPublicKeyBody: sshKey(), SSHPublicKeyId: ssh.SSHPublicKey.SSHPublicKeyId,
    Status: 'Inactive', TagKeys: ['team'], Tags, ThumbprintList: ['0'.repeat(40)], Url: 'https://new.example', UserName: 'alice', VersionId: 'v2', VirtualMFADeviceName: 'tablet',
  };
  const overrides: OneOfEverything['overrides'] = {
    CreateAccountAlias: { AccountAlias: `other-${account.slice(-4)}` },
    CreateGroup: { GroupName: 'new' }, CreateInstanceProfile: { InstanceProfileName: 'new' }, CreatePolicy: { PolicyName: 'new' }, CreateRole: { RoleName: 'new' }, CreateSAMLProvider: { Name: 'new' }, CreateUser: { UserName: 'new' },
    DeleteServiceLinkedRole: { RoleName: linked.Role.RoleName },
    UpdateGroup: { NewGroupName: 'renamed' }, UpdateServerCertificate: { NewServerCertificateName: 'renamed' }, UpdateUser: { NewUserName: 'renamed' },
    UploadServerCertificate: { ServerCertificateName: 'new' }, UploadSigningCertificate: { CertificateBody: leafCertificate },
    UpdateLoginProfile: { Password: 'Correct-horse-3' }, CreateLoginProfile: { UserName: 'alice', Password: 'Correct-horse-3' },
  };
  return { members, overrides };
}
