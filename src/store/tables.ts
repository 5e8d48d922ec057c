/** The tables of an account and of the partition: every document that the journal holds, with its indexes. */
import type { Timestamp } from '../base/clock.ts';
import type { JsonObject } from '../base/json.ts';
import type { OidcProviderDoc, SamlProviderDoc } from './identity-provider-docs.ts';
import type { AccountSettingsDoc } from './account-settings-doc.ts';
import type { BucketDoc, BucketNameDoc } from './bucket-doc.ts';
import { isPasskey, type MfaDeviceDoc } from './mfa-device-doc.ts';
import type { DatabaseInstanceDoc, DatabasePortDoc } from './database-docs.ts';
import type { EnrolledMachineDoc, MachineAuthorityDoc } from './enrolled-machine-docs.ts';
import type { ClusterDoc, PodIdentityAssociationDoc } from './eks-docs.ts';
import type { Ec2TagsDoc, IdentityKeyDoc, InstanceDoc, KeyPairDoc, MachineDoc } from './instance-docs.ts';
import type { LogGroupDoc, LogStreamDoc } from './log-docs.ts';
import type { CaCertificateDoc, DeviceAuthorityDoc, DeviceCertificateDoc, DevicePolicyAttachmentDoc, DevicePolicyDoc, DevicePolicyVersionDoc, RegisteredCertificateDoc, RoleAliasDoc, ThingDoc, ThingPrincipalDoc, ThingTypeDoc } from './iot-docs.ts';
import type { RepositoryDoc } from './repository-doc.ts';
import type { CertificateSubjectDoc, RevocationListDoc, RolesAnywhereProfileDoc, TrustAnchorDoc } from './roles-anywhere-docs.ts';
import type { OrganizationDoc } from './organizations.ts';
import { table } from './table.ts';
import type { TokenSigningKeyDoc } from './token-signing-key-doc.ts';
import type { ServerCertificateDoc, ServiceSpecificCredentialDoc, SigningCertificateDoc, SshPublicKeyDoc } from './user-credential-docs.ts';

export interface TagDoc { readonly Key: string; readonly Value: string }

export interface UserDoc {
  readonly UserId: string;
  readonly UserName: string;
  readonly Path: string;
  readonly CreateDate: Timestamp;
  readonly Tags?: readonly TagDoc[] | undefined;
  /** ARN of a managed policy. */
  readonly PermissionsBoundary?: string | undefined;
}

export interface GroupDoc { readonly GroupId: string; readonly GroupName: string; readonly Path: string; readonly CreateDate: Timestamp }

export interface MembershipDoc { readonly GroupId: string; readonly UserId: string }

/** A policy that names principals: the text as it was uploaded, and the unique id that each user or role ARN in it had when it was saved. */
export interface PrincipalPolicy { readonly Document: string; readonly PrincipalIds: Readonly<Record<string, string>> }

export interface RoleDoc {
  readonly RoleId: string;
  readonly RoleName: string;
  readonly Path: string;
  readonly CreateDate: Timestamp;
  readonly TrustPolicy: PrincipalPolicy;
  readonly Description?: string | undefined;
  /** Seconds; 3600 where it is absent. */
  readonly MaxSessionDuration?: number | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
  readonly PermissionsBoundary?: string | undefined;
}

/** A customer-managed policy; its versions are rows of their own. */
export interface PolicyDoc {
  readonly PolicyId: string;
  readonly PolicyName: string;
  readonly Path: string;
  readonly Description?: string | undefined;
  readonly CreateDate: Timestamp;
  readonly UpdateDate: Timestamp;
  readonly DefaultVersionId: string;
  /** The number of the newest version ever made; numbers are not used again. */
  readonly LatestVersion: number;
  readonly Tags?: readonly TagDoc[] | undefined;
}

export interface PolicyVersionDoc { readonly PolicyId: string; readonly VersionId: string; readonly CreateDate: Timestamp; readonly Document: string }

/** `PrincipalId` is the unique id of a user, group or role. */
export interface InlinePolicyDoc { readonly PrincipalId: string; readonly PolicyName: string; readonly Document: string }
export interface AttachmentDoc { readonly PrincipalId: string; readonly PolicyArn: string }

export interface AccessKeyDoc {
  readonly AccessKeyId: string;
  /** The owner's unique id; of a key of root, the account id. */
  readonly PrincipalId: string;
  readonly Status: 'Active' | 'Inactive';
  readonly CreateDate: Timestamp;
  /** The secret, sealed and bound to this key (see base/seal). */
  readonly SecretAccessKey: string;
}

/** A user's password. */
export interface LoginProfileDoc {
  readonly UserId: string;
  readonly CreateDate: Timestamp;
  /** Argon2id, as its own text says. */
  readonly PasswordHash: string;
  /** When the password was last set, whoever set it. */
  readonly PasswordChangedAt: Timestamp;
  readonly PasswordResetRequired: boolean;
  /** The hashes of the passwords before, newest first. */
  readonly PreviousHashes: readonly string[];
}

/** A service-linked role that was asked to be deleted, and is. */
export interface RoleDeletionDoc { readonly DeletionTaskId: string; readonly RoleName: string; readonly CreateDate: Timestamp }

/** What hands a role to an EC2 instance. */
export interface InstanceProfileDoc {
  readonly InstanceProfileId: string;
  readonly InstanceProfileName: string;
  readonly Path: string;
  readonly CreateDate: Timestamp;
  /** Unique id of the one role that is in it. */
  readonly RoleId?: string | undefined;
  readonly Tags?: readonly TagDoc[] | undefined;
}

/** An effect outside the journal: recorded before it is begun, removed when it is done (see intents.ts). It stands in the partition, so that a start finds it without loading accounts. */
export interface IntentDoc { readonly IntentId: string; readonly Kind: string; readonly AccountId: string; readonly CreateDate: Timestamp; readonly Payload: JsonObject }

/** Names are unique within an account whatever their letter case. */
export const foldCase = (name: string): string => name.toLowerCase();

/** `PrincipalId` and a name, as one key. */
export const pairKey = (first: string, second: string): string => `${first}/${second}`;

/** A service account of a cluster, as one key: none of its names has a slash. */
export const serviceAccountKey = (region: string, cluster: string, namespace: string, serviceAccount: string): string => `${region}/${cluster}/${namespace}/${serviceAccount}`;

/** There is one document of settings. */
export const accountSettingsKey = 'account';

export const accountTables = {
  users: table<UserDoc>()({ key: (u) => u.UserId, unique: { name: (u) => foldCase(u.UserName) }, lists: { boundary: (u) => u.PermissionsBoundary }, sort: 'name' }),
  groups: table<GroupDoc>()({ key: (g) => g.GroupId, unique: { name: (g) => foldCase(g.GroupName) }, lists: {}, sort: 'name' }),
  memberships: table<MembershipDoc>()({ key: (m) => pairKey(m.UserId, m.GroupId), unique: {}, lists: { user: (m) => m.UserId, group: (m) => m.GroupId } }),
  roles: table<RoleDoc>()({ key: (r) => r.RoleId, unique: { name: (r) => foldCase(r.RoleName) }, lists: { boundary: (r) => r.PermissionsBoundary }, sort: 'name' }),
  policies: table<PolicyDoc>()({ key: (p) => p.PolicyId, unique: { name: (p) => foldCase(p.PolicyName) }, lists: {}, sort: 'name' }),
  policyVersions: table<PolicyVersionDoc>()({ key: (v) => pairKey(v.PolicyId, v.VersionId), unique: {}, lists: { policy: (v) => v.PolicyId } }),
  inlinePolicies: table<InlinePolicyDoc>()({ key: (p) => pairKey(p.PrincipalId, p.PolicyName), unique: {}, lists: { principal: (p) => p.PrincipalId } }),
  attachments: table<AttachmentDoc>()({ key: (a) => pairKey(a.PrincipalId, a.PolicyArn), unique: {}, lists: { principal: (a) => a.PrincipalId, policy: (a) => a.PolicyArn } }),
  accessKeys: table<AccessKeyDoc>()({ key: (k) => k.AccessKeyId, unique: {}, lists: { principal: (k) => k.PrincipalId } }),
  accountSettings: table<AccountSettingsDoc>()({ key: () => accountSettingsKey, unique: {}, lists: {} }),
  loginProfiles: table<LoginProfileDoc>()({ key: (p) => p.UserId, unique: {}, lists: {} }),
  // Serial numbers are longer than a place in a list may be.
  mfaDevices: table<MfaDeviceDoc>()({ key: (d) => d.SerialNumber, unique: { credential: (d) => (isPasskey(d) ? d.CredentialId : undefined) }, lists: { owner: (d) => d.Owner?.PrincipalId, kind: (d) => d.Kind ?? 'virtual' }, sort: (d) => `${d.SerialNumber.slice(0, 128)} ${d.DeviceId}` }),
  roleDeletions: table<RoleDeletionDoc>()({ key: (d) => d.DeletionTaskId, unique: {}, lists: {}, sort: (d) => `${String(d.CreateDate).padStart(15, '0')} ${d.DeletionTaskId}` }),
  instanceProfiles: table<InstanceProfileDoc>()({ key: (p) => p.InstanceProfileId, unique: { name: (p) => foldCase(p.InstanceProfileName) }, lists: { role: (p) => p.RoleId }, sort: 'name' }),
  sshPublicKeys: table<SshPublicKeyDoc>()({ key: (k) => k.SSHPublicKeyId, unique: {}, lists: { principal: (k) => k.PrincipalId } }),
  signingCertificates: table<SigningCertificateDoc>()({ key: (c) => c.CertificateId, unique: { fingerprint: (c) => c.Fingerprint }, lists: { principal: (c) => c.PrincipalId } }),
  serverCertificates: table<ServerCertificateDoc>()({ key: (c) => c.ServerCertificateId, unique: { name: (c) => foldCase(c.ServerCertificateName) }, lists: {}, sort: 'name' }),
  serviceSpecificCredentials: table<ServiceSpecificCredentialDoc>()({ key: (c) => c.ServiceSpecificCredentialId, unique: { name: (c) => pairKey(c.ServiceName, c.PublicName) }, lists: { principal: (c) => c.PrincipalId } }),
  oidcProviders: table<OidcProviderDoc>()({ key: (p) => p.Url, unique: {}, lists: {} }),
  databaseInstances: table<DatabaseInstanceDoc>()({ key: (d) => pairKey(d.Region, d.DbiResourceId), unique: { name: (d) => pairKey(d.Region, d.DBInstanceIdentifier) }, lists: { region: (d) => d.Region } }),
  instances: table<InstanceDoc>()({
    key: (i) => pairKey(i.Region, i.InstanceId),
    unique: { association: (i) => i.Profile && pairKey(i.Region, i.Profile.AssociationId) },
    lists: { region: (i) => i.Region, clientToken: (i) => (i.ClientToken === undefined ? undefined : pairKey(i.Region, i.ClientToken)) },
  }),
  keyPairs: table<KeyPairDoc>()({ key: (k) => pairKey(k.Region, k.KeyPairId), unique: { name: (k) => pairKey(k.Region, k.KeyName) }, lists: { region: (k) => k.Region } }),
  ec2Tags: table<Ec2TagsDoc>()({ key: (t) => pairKey(t.Region, t.ResourceId), unique: {}, lists: { region: (t) => t.Region } }),
  logGroups: table<LogGroupDoc>()({ key: (g) => g.LogGroupId, unique: { name: (g) => pairKey(g.Region, g.LogGroupName) }, lists: { region: (g) => g.Region }, sort: (g) => pairKey(g.Region, g.LogGroupName) }),
  logStreams: table<LogStreamDoc>()({ key: (s) => pairKey(s.LogGroupId, s.LogStreamId), unique: { name: (s) => pairKey(s.LogGroupId, s.LogStreamName) }, lists: { group: (s) => s.LogGroupId }, sort: (s) => pairKey(s.LogGroupId, s.LogStreamName) }),
  repositories: table<RepositoryDoc>()({ key: (r) => pairKey(r.Region, r.RepositoryId), unique: { name: (r) => pairKey(r.Region, r.RepositoryName) }, lists: { region: (r) => r.Region } }),
  trustAnchors: table<TrustAnchorDoc>()({ key: (a) => pairKey(a.Region, a.TrustAnchorId), unique: {}, lists: { region: (a) => a.Region } }),
  rolesAnywhereProfiles: table<RolesAnywhereProfileDoc>()({ key: (p) => pairKey(p.Region, p.ProfileId), unique: {}, lists: { region: (p) => p.Region } }),
  revocationLists: table<RevocationListDoc>()({ key: (l) => pairKey(l.Region, l.CrlId), unique: {}, lists: { region: (l) => l.Region, anchor: (l) => pairKey(l.Region, l.TrustAnchorId) } }),
  // Subjects are found by what their certificates say, which may be long.
  certificateSubjects: table<CertificateSubjectDoc>()({ key: (s) => pairKey(s.Region, s.SubjectId), unique: { subject: (s) => pairKey(s.Region, s.Subject) }, lists: { region: (s) => s.Region } }),
  machineAuthorities: table<MachineAuthorityDoc>()({ key: (a) => a.Region, unique: {}, lists: {} }),
  enrolledMachines: table<EnrolledMachineDoc>()({
    key: (m) => pairKey(m.Region, m.MachineName),
    unique: { code: (m) => m.Invitation.CodeId, certificate: (m) => m.Enrollment?.Fingerprint },
    lists: { region: (m) => m.Region },
    sort: (m) => pairKey(m.Region, m.MachineName),
  }),
  buckets: table<BucketDoc>()({ key: (b) => b.BucketId, unique: { name: (b) => b.BucketName }, lists: {}, sort: 'name' }),
  things: table<ThingDoc>()({ key: (t) => t.ThingId, unique: { name: (t) => pairKey(t.Region, t.ThingName) }, lists: { region: (t) => t.Region, type: (t) => (t.ThingTypeName === undefined ? undefined : pairKey(t.Region, t.ThingTypeName)) } }),
  thingTypes: table<ThingTypeDoc>()({ key: (t) => t.ThingTypeId, unique: { name: (t) => pairKey(t.Region, t.ThingTypeName) }, lists: { region: (t) => t.Region } }),
  deviceCertificates: table<DeviceCertificateDoc>()({ key: (c) => c.CertificateId, unique: {}, lists: { region: (c) => c.Region, authority: (c) => c.CaCertificateId } }),
  caCertificates: table<CaCertificateDoc>()({ key: (c) => pairKey(c.Region, c.CertificateId), unique: {}, lists: { region: (c) => c.Region, subject: (c) => pairKey(c.Region, c.SubjectName) } }),
  devicePolicies: table<DevicePolicyDoc>()({ key: (p) => p.PolicyId, unique: { name: (p) => pairKey(p.Region, p.PolicyName) }, lists: { region: (p) => p.Region } }),
  devicePolicyVersions: table<DevicePolicyVersionDoc>()({ key: (v) => pairKey(v.PolicyId, v.VersionId), unique: {}, lists: { policy: (v) => v.PolicyId } }),
  devicePolicyAttachments: table<DevicePolicyAttachmentDoc>()({ key: (a) => pairKey(a.CertificateId, a.PolicyId), unique: {}, lists: { certificate: (a) => a.CertificateId, policy: (a) => a.PolicyId } }),
  thingPrincipals: table<ThingPrincipalDoc>()({ key: (p) => pairKey(p.CertificateId, p.ThingId), unique: {}, lists: { certificate: (p) => p.CertificateId, thing: (p) => p.ThingId } }),
  roleAliases: table<RoleAliasDoc>()({ key: (a) => pairKey(a.Region, a.RoleAlias), unique: {}, lists: { region: (a) => a.Region } }),
  deviceAuthorities: table<DeviceAuthorityDoc>()({ key: (a) => a.Region, unique: {}, lists: {} }),
  clusters: table<ClusterDoc>()({ key: (c) => pairKey(c.Region, c.ClusterName), unique: {}, lists: { region: (c) => c.Region } }),
  // Names of service accounts are longer than a place in a list may be.
  podIdentityAssociations: table<PodIdentityAssociationDoc>()({
    key: (a) => pairKey(a.Region, a.AssociationId),
    unique: { serviceAccount: (a) => serviceAccountKey(a.Region, a.ClusterName, a.Namespace, a.ServiceAccount) },
    lists: { cluster: (a) => pairKey(a.Region, a.ClusterName) },
  }),
  samlProviders: table<SamlProviderDoc>()({ key: (p) => p.Name, unique: {}, lists: {} }),
  tokenSigningKeys: table<TokenSigningKeyDoc>()({ key: (k) => k.KeyId, unique: {}, lists: {} }),
};

/** `removed`: root has no password, and none can be recovered. `recoverable`: it may have one again, and recovers it as whoever lost one does. */
export interface RootSignInDoc { readonly State: 'removed' | 'recoverable'; readonly ChangedAt: Timestamp }

export interface AccountDoc {
  readonly AccountId: string;
  /** Root's e-mail address. */
  readonly Email: string;
  readonly CreateDate: Timestamp;
  /** Root's password, hashed with argon2id; absent until root has one. */
  readonly PasswordHash?: string | undefined;
  /** Whether it is good for one sign-in only, which sets another. */
  readonly PasswordResetRequired?: boolean | undefined;
  /** What sessions of AssumeRoot did to root's sign-in; absent until one did something. */
  readonly RootSignIn?: RootSignInDoc | undefined;
  /** The organization that the account is in. */
  readonly OrganizationId?: string | undefined;
}
export interface AliasDoc { readonly Alias: string; readonly AccountId: string }
/** An access key id that does not embed its account (given or imported). */
export interface ForeignAccessKeyDoc { readonly AccessKeyId: string; readonly AccountId: string }
/** A data key, sealed by the master key. The newest seals; all of them open secrets, and sessions unless those were ended. */
export interface DataKeyDoc { readonly DataKeyId: string; readonly CreateDate: Timestamp; readonly SealedKey: string; readonly SessionsEndedAt?: Timestamp | undefined }

/** Whose issuer of tokens an unguessable id stands for: whoever verifies one asks for its keys by that id alone. */
export interface TokenIssuerDoc { readonly IssuerId: string; readonly AccountId: string }

export const partitionTables = {
  accounts: table<AccountDoc>()({ key: (a) => a.AccountId, unique: { email: (a) => foldCase(a.Email) }, lists: {} }),
  aliases: table<AliasDoc>()({ key: (a) => a.Alias, unique: { account: (a) => a.AccountId }, lists: {} }),
  foreignAccessKeys: table<ForeignAccessKeyDoc>()({ key: (k) => k.AccessKeyId, unique: {}, lists: { account: (k) => k.AccountId } }),
  databasePorts: table<DatabasePortDoc>()({ key: (p) => String(p.Port), unique: {}, lists: {} }),
  dataKeys: table<DataKeyDoc>()({ key: (k) => k.DataKeyId, unique: {}, lists: {} }),
  organizations: table<OrganizationDoc>()({ key: (o) => o.OrganizationId, unique: { management: (o) => o.ManagementAccountId }, lists: {} }),
  tokenIssuers: table<TokenIssuerDoc>()({ key: (i) => i.IssuerId, unique: { account: (i) => i.AccountId }, lists: {} }),
  bucketNames: table<BucketNameDoc>()({ key: (b) => b.BucketName, unique: {}, lists: { account: (b) => b.AccountId } }),
  registeredCertificates: table<RegisteredCertificateDoc>()({ key: (c) => c.CertificateId, unique: {}, lists: { account: (c) => c.AccountId } }),
  machines: table<MachineDoc>()({ key: (m) => m.MachineId, unique: {}, lists: { account: (m) => m.AccountId } }),
  identityKeys: table<IdentityKeyDoc>()({ key: (k) => k.KeyId, unique: {}, lists: {} }),
  intents: table<IntentDoc>()({ key: (i) => i.IntentId, unique: {}, lists: { account: (i) => i.AccountId } }),
};

export type AccountTables = typeof accountTables;
export type PartitionTables = typeof partitionTables;
