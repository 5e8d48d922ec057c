/** The credentials that programs use in a user's name, beside its password and MFA: how each kind is listed, switched and deleted, in one table. */
import {
  DeleteAccessKeyCommand, DeleteServiceSpecificCredentialCommand, DeleteSigningCertificateCommand, DeleteSSHPublicKeyCommand, ListAccessKeysCommand, ListServiceSpecificCredentialsCommand, ListSigningCertificatesCommand,
  ListSSHPublicKeysCommand, UpdateAccessKeyCommand, UpdateServiceSpecificCredentialCommand, UpdateSigningCertificateCommand, UpdateSSHPublicKeyCommand,
} from '@aws-sdk/client-iam';
import type { AccessKeyMetadata, IAMClient, ServiceSpecificCredentialMetadata, SigningCertificate, SSHPublicKeyMetadata } from '@aws-sdk/client-iam';
import { markedPages } from '../read.ts';

export type Status = 'Active' | 'Inactive';

/** `userName` is whose they are; undefined, the caller's own, as of root. */
export interface CredentialKind<Item> {
  readonly title: string;
  readonly noun: string;
  readonly description: string;
  readonly list: (iam: IAMClient, userName: string | undefined) => AsyncIterable<readonly Item[]>;
  readonly idOf: (item: Item) => string;
  readonly statusOf: (item: Item) => Status;
  readonly createdAt: (item: Item) => Date | undefined;
  readonly setStatus: (iam: IAMClient, userName: string | undefined, id: string, status: Status) => Promise<unknown>;
  readonly remove: (iam: IAMClient, userName: string | undefined, id: string) => Promise<unknown>;
  /** What stops working when one goes. */
  readonly loss: string;
}

/** Expired ones are of no more use than inactive ones. */
const statusIn = (status: string | undefined): Status => status === 'Active' ? 'Active' : 'Inactive';

export const accessKeyKind: CredentialKind<AccessKeyMetadata> = {
  title: 'Access keys', noun: 'access key', description: 'For the AWS CLI, SDKs and other programs. A user has at most two, so that one can be replaced while the other is in use.',
  list: (iam, UserName) => markedPages((Marker) => iam.send(new ListAccessKeysCommand({ UserName, Marker })), ({ AccessKeyMetadata }) => AccessKeyMetadata),
  idOf: ({ AccessKeyId }) => AccessKeyId!, statusOf: ({ Status }) => statusIn(Status), createdAt: ({ CreateDate }) => CreateDate,
  setStatus: async (iam, UserName, AccessKeyId, Status) => iam.send(new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status })),
  remove: async (iam, UserName, AccessKeyId) => iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId })),
  loss: 'Programs that sign with it are refused from the next request on.',
};

export const sshKeyKind: CredentialKind<SSHPublicKeyMetadata> = {
  title: 'SSH public keys for CodeCommit', noun: 'SSH public key', description: 'For Git over SSH. A user has at most five.',
  list: (iam, UserName) => markedPages((Marker) => iam.send(new ListSSHPublicKeysCommand({ UserName, Marker })), ({ SSHPublicKeys }) => SSHPublicKeys),
  idOf: ({ SSHPublicKeyId }) => SSHPublicKeyId!, statusOf: ({ Status }) => statusIn(Status), createdAt: ({ UploadDate }) => UploadDate,
  setStatus: async (iam, UserName, SSHPublicKeyId, Status) => iam.send(new UpdateSSHPublicKeyCommand({ UserName, SSHPublicKeyId, Status })),
  remove: async (iam, UserName, SSHPublicKeyId) => iam.send(new DeleteSSHPublicKeyCommand({ UserName, SSHPublicKeyId })),
  loss: 'Whoever has the private key can no longer reach repositories with it.',
};

export const signingCertificateKind: CredentialKind<SigningCertificate> = {
  title: 'X.509 signing certificates', noun: 'signing certificate', description: 'For requests that are signed by a certificate. A user has at most two.',
  list: (iam, UserName) => markedPages((Marker) => iam.send(new ListSigningCertificatesCommand({ UserName, Marker })), ({ Certificates }) => Certificates),
  idOf: ({ CertificateId }) => CertificateId!, statusOf: ({ Status }) => statusIn(Status), createdAt: ({ UploadDate }) => UploadDate,
  setStatus: async (iam, UserName, CertificateId, Status) => iam.send(new UpdateSigningCertificateCommand({ UserName, CertificateId, Status })),
  remove: async (iam, UserName, CertificateId) => iam.send(new DeleteSigningCertificateCommand({ UserName, CertificateId })),
  loss: 'What is signed with it is no longer accepted.',
};

/** The services that have credentials of their own. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html */
export const credentialServices = [
  { serviceName: 'codecommit.amazonaws.com', title: 'HTTPS Git credentials for CodeCommit', noun: 'Git credential', description: 'A user name and password for Git over HTTPS.', isKey: false },
  { serviceName: 'cassandra.amazonaws.com', title: 'Credentials for Amazon Keyspaces', noun: 'Keyspaces credential', description: 'A user name and password for Cassandra drivers.', isKey: false },
  { serviceName: 'bedrock.amazonaws.com', title: 'API keys for Amazon Bedrock', noun: 'Bedrock API key', description: 'A key for the Bedrock API, for as long as you say.', isKey: true },
] as const;
export type CredentialService = (typeof credentialServices)[number];

export const serviceCredentialKind = ({ serviceName, title, noun, description }: CredentialService): CredentialKind<ServiceSpecificCredentialMetadata> => ({
  title, noun, description: `${description} A user has at most two.`,
  list: (iam, UserName) => markedPages((Marker) => iam.send(new ListServiceSpecificCredentialsCommand({ UserName, ServiceName: serviceName, Marker })), ({ ServiceSpecificCredentials }) => ServiceSpecificCredentials),
  idOf: ({ ServiceSpecificCredentialId }) => ServiceSpecificCredentialId!, statusOf: ({ Status }) => statusIn(Status), createdAt: ({ CreateDate }) => CreateDate,
  setStatus: async (iam, UserName, ServiceSpecificCredentialId, Status) => iam.send(new UpdateServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId, Status })),
  remove: async (iam, UserName, ServiceSpecificCredentialId) => iam.send(new DeleteServiceSpecificCredentialCommand({ UserName, ServiceSpecificCredentialId })),
  loss: 'Whoever signs in with it is refused from then on.',
});
