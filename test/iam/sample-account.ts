/** One of each thing that an account of IAM can hold, and an input for each operation that names them: for tests that go through all operations. */
import { readFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { leafCertificate, leafKey } from '../certificates.ts';
import { allowing, trusting } from './documents.ts';

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: string }>>;
  readonly shapes: Readonly<Record<string, { readonly members?: Readonly<Record<string, unknown>>; readonly required?: readonly string[] }>>;
}
const model: Model = JSON.parse(readFileSync(new URL('../../models/iam.json', import.meta.url), 'utf8'));

const certificate = leafCertificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
const metadata = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example/metadata"><!-- ${'padding '.repeat(120)} --><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`;

/** What the sample things are called, in whichever account. */
const names = {
  UserName: 'sample-user', GroupName: 'sample-group', RoleName: 'sample-role', PolicyName: 'sample-policy', InstanceProfileName: 'sample-profile', ServerCertificateName: 'sample-certificate', VirtualMFADeviceName: 'sample-device', Name: 'sample-provider',
};

export type SampleValues = Readonly<Record<string, unknown>>;

/** A value for each member that an operation may require, by the member's name: ids and ARNs are those of this account's things. */
export async function makeSampleAccount(iam: IAMClient, account: string, sshKey: string, alias: string): Promise<SampleValues> {
  const arnOf = (resource: string): string => `arn:aws:iam::${account}:${resource}`;
  const { UserName, GroupName, RoleName, PolicyName, InstanceProfileName, ServerCertificateName, VirtualMFADeviceName, Name } = names;
  const PolicyDocument = allowing('s3:GetObject');
  const trust = trusting('AWS', account);
  const Url = 'https://issuer.example';
  await iam.send(new sdk.CreateUserCommand({ UserName }));
  await iam.send(new sdk.CreateGroupCommand({ GroupName }));
  await iam.send(new sdk.AddUserToGroupCommand({ UserName, GroupName }));
  await iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  await iam.send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument }));
  await iam.send(new sdk.CreateInstanceProfileCommand({ InstanceProfileName }));
  await iam.send(new sdk.UploadServerCertificateCommand({ ServerCertificateName, CertificateBody: leafCertificate, PrivateKey: leafKey }));
  await iam.send(new sdk.CreateVirtualMFADeviceCommand({ VirtualMFADeviceName }));
  await iam.send(new sdk.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['sample-client'] }));
  await iam.send(new sdk.CreateSAMLProviderCommand({ Name, SAMLMetadataDocument: metadata }));
  await iam.send(new sdk.CreateAccountAliasCommand({ AccountAlias: alias }));
  const { AccessKey } = await iam.send(new sdk.CreateAccessKeyCommand({ UserName }));
  const { Certificate } = await iam.send(new sdk.UploadSigningCertificateCommand({ UserName, CertificateBody: leafCertificate }));
  const { SSHPublicKey } = await iam.send(new sdk.UploadSSHPublicKeyCommand({ UserName, SSHPublicKeyBody: sshKey }));
  const { ServiceSpecificCredential } = await iam.send(new sdk.CreateServiceSpecificCredentialCommand({ UserName, ServiceName: 'codecommit.amazonaws.com' }));
  await iam.send(new sdk.CreateServiceLinkedRoleCommand({ AWSServiceName: 'ecs.amazonaws.com' }));
  const { DeletionTaskId } = await iam.send(new sdk.DeleteServiceLinkedRoleCommand({ RoleName: 'AWSServiceRoleForECS' }));
  return {
    ...names, PolicyDocument, Url, AccountAlias: alias, DeletionTaskId,
    AccessKeyId: AccessKey!.AccessKeyId, CertificateId: Certificate!.CertificateId, SSHPublicKeyId: SSHPublicKey!.SSHPublicKeyId, ServiceSpecificCredentialId: ServiceSpecificCredential!.ServiceSpecificCredentialId,
    Arn: arnOf(`user/${UserName}`), PolicySourceArn: arnOf(`user/${UserName}`), PolicyArn: arnOf(`policy/${PolicyName}`), SerialNumber: arnOf(`mfa/${VirtualMFADeviceName}`),
    OpenIDConnectProviderArn: arnOf('oidc-provider/issuer.example'), SAMLProviderArn: arnOf(`saml-provider/${Name}`),
    PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess', AssumeRolePolicyDocument: trust, SAMLMetadataDocument: metadata, CertificateBody: leafCertificate, PrivateKey: leafKey, SSHPublicKeyBody: sshKey,
    AWSServiceName: 'rds.amazonaws.com', ActionNames: ['s3:GetObject'], AuthenticationCode1: '000000', AuthenticationCode2: '111111', ClientID: 'sample-client', Description: 'sample', Encoding: 'SSH', GlobalEndpointTokenVersion: 'v1Token', JobId: '0'.repeat(36),
    OldPassword: 'Wrong-horse-1', NewPassword: 'Correct-horse-1', Password: 'Correct-horse-1', PolicyInputList: [PolicyDocument], ServiceName: 'codecommit.amazonaws.com', ServiceNamespace: 's3', ServiceNamespaces: ['s3'], Status: 'Active',
    DelegationRequestId: 'sample-request-id', EntityArn: arnOf('delegation-request/sample-request-id'), EntityPath: 'o-sample1234/r-abcd', NotificationChannel: 'arn:aws:sns:us-east-1:111122223333:sample', Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-template/sample' }, RequestorWorkflowId: 'sample', SessionDuration: 3600,
    TagKeys: ['team'], Tags: [{ Key: 'team', Value: 'blue' }], ThumbprintList: ['0'.repeat(40)], VersionId: 'v1',
  };
}

/** Members that are not required and yet decide whom an operation is about, or what it asks permission for. */
const telling: ReadonlySet<string> = new Set(['UserName', 'Tags', 'PermissionsBoundary', 'Password']);

/** What the operation requires, and what tells most. */
export function sampleInput(operation: string, values: SampleValues): Readonly<Record<string, unknown>> {
  const { members = {}, required = [] } = model.shapes[model.operations[operation]?.input ?? ''] ?? {};
  const wanted = Object.keys(members).filter((member) => required.includes(member) || telling.has(member));
  return Object.fromEntries(wanted.map((member) => {
    if (values[member] === undefined) throw new Error(`${operation} requires ${member}: give it a value in test/iam/sample-account.ts`);
    return [member, values[member]];
  }));
}

/** The operations of the model whose input has such a member. */
export const operationsWith = (member: string): readonly string[] => Object.entries(model.operations).filter(([, { input }]) => member in (model.shapes[input ?? '']?.members ?? {})).map(([operation]) => operation);

/** Sends any operation by its name. */
export function send(iam: IAMClient, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  const Command = (sdk as unknown as Record<string, new (input: object) => Parameters<IAMClient['send']>[0]>)[`${operation}Command`];
  if (!Command) throw new Error(`the SDK has no ${operation}`);
  return iam.send(new Command(input));
}
