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

/** Every operation of Gatehouse: what it takes, what it answers, which errors it may raise. */
export interface Gatehouse {
  DeleteHardwareMFADevice: { input: DeleteHardwareMFADeviceRequest; output: DeleteHardwareMFADeviceResponse; errors: 'NoSuchHardwareMFADevice' | 'HardwareMFADeviceInUse' };
  GetAuthorizationExplanation: { input: GetAuthorizationExplanationRequest; output: GetAuthorizationExplanationResponse; errors: 'NoSuchAuthorization' };
  ImportHardwareMFADevice: { input: ImportHardwareMFADeviceRequest; output: ImportHardwareMFADeviceResponse; errors: 'InvalidSeed' | 'HardwareMFADeviceAlreadyExists' | 'LimitExceeded' };
  ListAuthorizationDenials: { input: ListAuthorizationDenialsRequest; output: ListAuthorizationDenialsResponse; errors: never };
  ListHardwareMFADevices: { input: ListHardwareMFADevicesRequest; output: ListHardwareMFADevicesResponse; errors: never };
  ListQuotas: { input: ListQuotasRequest; output: ListQuotasResponse; errors: never };
  ListTokenSigningKeys: { input: ListTokenSigningKeysRequest; output: ListTokenSigningKeysResponse; errors: never };
  RevokeTokenSigningKeys: { input: RevokeTokenSigningKeysRequest; output: RevokeTokenSigningKeysResponse; errors: 'NoTokenIssuer' };
  RotateTokenSigningKeys: { input: RotateTokenSigningKeysRequest; output: RotateTokenSigningKeysResponse; errors: 'NoTokenIssuer' | 'RotationPending' };
  SetQuota: { input: SetQuotaRequest; output: SetQuotaResponse; errors: 'NoSuchQuota' | 'QuotaOutOfRange' };
}
