/** The types of Gatehouse's operations, written by scripts/refresh-models.ts from the same model as gatehouse.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface GetAuthorizationExplanationRequest {
  readonly AuthorizationId: string;
}

export interface GetAuthorizationExplanationResponse {
  readonly Denial: AuthorizationDenial;
  readonly Explanation: string;
  readonly Details: string;
}

export interface ListAuthorizationDenialsRequest {
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListAuthorizationDenialsResponse {
  readonly Denials: readonly AuthorizationDenial[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface AuthorizationDenial {
  readonly AuthorizationId: string;
  readonly RequestId: string;
  readonly Time: Timestamp;
  readonly Principal: string;
  readonly Operation: string;
  readonly Action: string;
  readonly Resource: string;
  readonly Decision: DenialKind;
  readonly PolicyType?: string | undefined;
  readonly Message: string;
  readonly EncodedMessage: string;
}

export type DenialKind = 'explicitDeny' | 'implicitDeny' | 'budgetExceeded';

export interface ListQuotasRequest {
}

export interface ListQuotasResponse {
  readonly Quotas: readonly Quota[];
}

export interface SetQuotaRequest {
  readonly QuotaName: string;
  readonly Value: number;
}

export interface SetQuotaResponse {
  readonly Quota: Quota;
}

export interface Quota {
  readonly QuotaName: string;
  readonly Value: number;
  readonly DefaultValue: number;
  readonly MaximumValue: number;
}

export interface ImportHardwareMFADeviceRequest {
  readonly SerialNumber: string;
  readonly Base32StringSeed: string;
}

export interface ImportHardwareMFADeviceResponse {
  readonly HardwareMFADevice: HardwareMFADevice;
}

export interface ListHardwareMFADevicesRequest {
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListHardwareMFADevicesResponse {
  readonly HardwareMFADevices: readonly HardwareMFADevice[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface DeleteHardwareMFADeviceRequest {
  readonly SerialNumber: string;
}

export interface DeleteHardwareMFADeviceResponse {
}

export interface HardwareMFADevice {
  readonly SerialNumber: string;
  readonly ImportDate: Timestamp;
  readonly UserName?: string | undefined;
  readonly EnableDate?: Timestamp | undefined;
}

export interface ListTokenSigningKeysRequest {
}

export interface ListTokenSigningKeysResponse {
  readonly IssuerIdentifier?: string | undefined;
  readonly Keys: readonly TokenSigningKey[];
}

export interface RevokeTokenSigningKeysRequest {
}

export interface RevokeTokenSigningKeysResponse {
  readonly Keys: readonly TokenSigningKey[];
}

export interface RotateTokenSigningKeysRequest {
}

export interface RotateTokenSigningKeysResponse {
  readonly Keys: readonly TokenSigningKey[];
}

export interface TokenSigningKey {
  readonly KeyId: string;
  readonly Algorithm: TokenAlgorithm;
  readonly State: TokenKeyState;
  readonly CreateDate: Timestamp;
  readonly SignsFrom: Timestamp;
}

export type TokenAlgorithm = 'RS256' | 'ES384';

export type TokenKeyState = 'next' | 'signing' | 'retired';

export interface ListRequestsRequest {
  readonly Decision?: RequestDecision | undefined;
  readonly Since?: string | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListRequestsResponse {
  readonly Requests: readonly RequestRecord[];
  readonly Since: string;
  readonly KeptSince: Timestamp;
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface RequestRecord {
  readonly RequestId: string;
  readonly Time: Timestamp;
  readonly Principal: string;
  readonly PrincipalAccount?: string | undefined;
  readonly Operation: string;
  readonly Region?: string | undefined;
  readonly SourceIpAddress?: string | undefined;
  readonly Decision: RequestDecision;
  readonly ErrorCode?: string | undefined;
  readonly Message?: string | undefined;
  readonly AuthorizationId?: string | undefined;
}

export type RequestDecision = 'allowed' | 'denied' | 'none';

export interface ListPrincipalsWithAccessRequest {
  readonly ActionName: string;
  readonly ResourceArn?: string | undefined;
  readonly PrincipalType?: PrincipalType | undefined;
  readonly IncludeDenied?: boolean | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListPrincipalsWithAccessResponse {
  readonly Principals: readonly PrincipalAccess[];
  readonly HiddenPrincipals: number;
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface PrincipalAccess {
  readonly PrincipalArn: string;
  readonly PrincipalType: PrincipalType;
  readonly Access: AccessDecision;
  readonly DecidedBy?: string | undefined;
  readonly Grants: readonly AccessStatement[];
  readonly Limits: readonly AccessStatement[];
}

export type PrincipalType = 'root' | 'user' | 'role';

export type AccessDecision = 'allowed' | 'allowedIf' | 'denied';

export interface AccessStatement {
  readonly Effect: AccessEffect;
  readonly PolicyType: string;
  readonly PolicyName: string;
  readonly PolicyArn?: string | undefined;
  readonly AttachedTo?: string | undefined;
  readonly StatementIndex: number;
  readonly Sid?: string | undefined;
  readonly Resources?: readonly string[] | undefined;
  readonly IsNotResource?: boolean | undefined;
  readonly IsResourceOpen: boolean;
  readonly OpenConditions: readonly OpenCondition[];
}

export type AccessEffect = 'Allow' | 'Deny';

export interface OpenCondition {
  readonly Operator: string;
  readonly Key: string;
  readonly Values: readonly string[];
}

export interface ListServicesOfPrincipalRequest {
  readonly PrincipalArn: string;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListServicesOfPrincipalResponse {
  readonly Services: readonly ServiceAccess[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface ServiceAccess {
  readonly ServiceNamespace: string;
  readonly ServiceName: string;
  readonly AccessLevels: readonly LevelAccess[];
}

export interface LevelAccess {
  readonly AccessLevel: string;
  readonly Actions: number;
  readonly Allowed: number;
  readonly AllowedIf: number;
}

export interface ListActionsOfPrincipalRequest {
  readonly PrincipalArn: string;
  readonly ServiceNamespace: string;
  readonly ResourceArn?: string | undefined;
  readonly IncludeDenied?: boolean | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListActionsOfPrincipalResponse {
  readonly Actions: readonly ActionAccess[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface ActionAccess {
  readonly ActionName: string;
  readonly AccessLevel: string;
  readonly Access: AccessDecision;
  readonly DecidedBy?: string | undefined;
  readonly Grants: readonly AccessStatement[];
  readonly Limits: readonly AccessStatement[];
}

export interface RegisterKubernetesClusterRequest {
  readonly Name: string;
  readonly IssuerUrl: string;
  readonly KeySet?: string | undefined;
  readonly Region?: string | undefined;
}

export interface RegisterKubernetesClusterResponse {
  readonly Cluster: KubernetesCluster;
}

export interface ListKubernetesClustersRequest {
  readonly Region?: string | undefined;
}

export interface ListKubernetesClustersResponse {
  readonly Clusters: readonly KubernetesCluster[];
}

export interface DeregisterKubernetesClusterRequest {
  readonly Name: string;
  readonly Region?: string | undefined;
}

export interface DeregisterKubernetesClusterResponse {
}

export interface KubernetesCluster {
  readonly Name: string;
  readonly Arn: string;
  readonly Region: string;
  readonly IssuerUrl: string;
  readonly HasKeySet: boolean;
  readonly CreateDate: Timestamp;
}

export interface CreateMachineAuthorityRequest {
  readonly Region?: string | undefined;
}

export interface CreateMachineAuthorityResponse {
  readonly TrustAnchorArn: string;
}

export interface CreateEnrollmentCodeRequest {
  readonly MachineName: string;
  readonly ProfileArn: string;
  readonly RoleArn: string;
  readonly ValidSeconds?: number | undefined;
}

export interface CreateEnrollmentCodeResponse {
  readonly MachineName: string;
  readonly Code: string;
  readonly ExpireDate: Timestamp;
}

export interface EnrollMachineRequest {
  readonly Code: string;
  readonly CertificateRequest: string;
}

export interface EnrollMachineResponse {
  readonly MachineName: string;
  readonly Certificate: string;
  readonly TrustAnchorArn: string;
  readonly ProfileArn: string;
  readonly RoleArn: string;
}

export interface ListMachinesRequest {
  readonly Region?: string | undefined;
  readonly MaxItems?: number | undefined;
  readonly Marker?: string | undefined;
}

export interface ListMachinesResponse {
  readonly Machines: readonly EnrolledMachine[];
  readonly IsTruncated: boolean;
  readonly Marker?: string | undefined;
}

export interface RemoveMachineRequest {
  readonly MachineName: string;
  readonly Region?: string | undefined;
}

export interface RemoveMachineResponse {
}

export interface EnrolledMachine {
  readonly MachineName: string;
  readonly Region: string;
  readonly ProfileArn: string;
  readonly RoleArn: string;
  readonly State: MachineState;
  readonly CreateDate: Timestamp;
  readonly ExpireDate?: Timestamp | undefined;
  readonly EnrollDate?: Timestamp | undefined;
}

export type MachineState = 'invited' | 'expired' | 'enrolled';

/** Every operation of Gatehouse: what it takes, what it answers, which errors it may raise. */
export interface Gatehouse {
  DeleteHardwareMFADevice: { input: DeleteHardwareMFADeviceRequest; output: DeleteHardwareMFADeviceResponse; errors: 'NoSuchHardwareMFADevice' | 'HardwareMFADeviceInUse' };
  GetAuthorizationExplanation: { input: GetAuthorizationExplanationRequest; output: GetAuthorizationExplanationResponse; errors: 'NoSuchAuthorization' };
  ImportHardwareMFADevice: { input: ImportHardwareMFADeviceRequest; output: ImportHardwareMFADeviceResponse; errors: 'InvalidSeed' | 'HardwareMFADeviceAlreadyExists' | 'LimitExceeded' };
  ListActionsOfPrincipal: { input: ListActionsOfPrincipalRequest; output: ListActionsOfPrincipalResponse; errors: 'NoSuchPrincipal' | 'NoSuchResource' | 'NoSuchService' };
  ListAuthorizationDenials: { input: ListAuthorizationDenialsRequest; output: ListAuthorizationDenialsResponse; errors: never };
  ListHardwareMFADevices: { input: ListHardwareMFADevicesRequest; output: ListHardwareMFADevicesResponse; errors: never };
  ListPrincipalsWithAccess: { input: ListPrincipalsWithAccessRequest; output: ListPrincipalsWithAccessResponse; errors: 'NoSuchAction' | 'NoSuchResource' };
  ListQuotas: { input: ListQuotasRequest; output: ListQuotasResponse; errors: never };
  ListRequests: { input: ListRequestsRequest; output: ListRequestsResponse; errors: never };
  ListServicesOfPrincipal: { input: ListServicesOfPrincipalRequest; output: ListServicesOfPrincipalResponse; errors: 'NoSuchPrincipal' };
  ListTokenSigningKeys: { input: ListTokenSigningKeysRequest; output: ListTokenSigningKeysResponse; errors: never };
  RevokeTokenSigningKeys: { input: RevokeTokenSigningKeysRequest; output: RevokeTokenSigningKeysResponse; errors: 'NoTokenIssuer' };
  RotateTokenSigningKeys: { input: RotateTokenSigningKeysRequest; output: RotateTokenSigningKeysResponse; errors: 'NoTokenIssuer' | 'RotationPending' };
  SetQuota: { input: SetQuotaRequest; output: SetQuotaResponse; errors: 'NoSuchQuota' | 'QuotaOutOfRange' };
  RegisterKubernetesCluster: { input: RegisterKubernetesClusterRequest; output: RegisterKubernetesClusterResponse; errors: 'InvalidCluster' | 'KubernetesClusterAlreadyExists' | 'LimitExceeded' };
  ListKubernetesClusters: { input: ListKubernetesClustersRequest; output: ListKubernetesClustersResponse; errors: never };
  DeregisterKubernetesCluster: { input: DeregisterKubernetesClusterRequest; output: DeregisterKubernetesClusterResponse; errors: 'NoSuchKubernetesCluster' };
  CreateMachineAuthority: { input: CreateMachineAuthorityRequest; output: CreateMachineAuthorityResponse; errors: 'LimitExceeded' };
  CreateEnrollmentCode: { input: CreateEnrollmentCodeRequest; output: CreateEnrollmentCodeResponse; errors: 'NoMachineAuthority' | 'NoSuchProfile' | 'MachineAlreadyEnrolled' | 'LimitExceeded' };
  EnrollMachine: { input: EnrollMachineRequest; output: EnrollMachineResponse; errors: 'InvalidEnrollmentCode' | 'EnrollmentCodeUsed' | 'EnrollmentCodeExpired' | 'InvalidCertificateRequest' | 'NoMachineAuthority' };
  ListMachines: { input: ListMachinesRequest; output: ListMachinesResponse; errors: never };
  RemoveMachine: { input: RemoveMachineRequest; output: RemoveMachineResponse; errors: 'NoSuchMachine' };
}
