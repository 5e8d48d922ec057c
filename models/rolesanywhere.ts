/** The types of Rolesanywhere's operations, written by scripts/refresh-models.ts from the same model as rolesanywhere.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface AttributeMapping {
  readonly certificateField?: CertificateField | undefined;
  readonly mappingRules?: readonly MappingRule[] | undefined;
}

export type CertificateField = 'x509Subject' | 'x509Issuer' | 'x509SAN';

export interface CreateProfileRequest {
  readonly name: string;
  readonly requireInstanceProperties?: boolean | undefined;
  readonly sessionPolicy?: string | undefined;
  readonly roleArns: readonly string[];
  readonly managedPolicyArns?: readonly string[] | undefined;
  readonly durationSeconds?: number | undefined;
  readonly enabled?: boolean | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly acceptRoleSessionName?: boolean | undefined;
}

export interface CreateTrustAnchorRequest {
  readonly name: string;
  readonly source: Source;
  readonly enabled?: boolean | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly notificationSettings?: readonly NotificationSetting[] | undefined;
}

export interface CredentialSummary {
  readonly seenAt?: Timestamp | undefined;
  readonly serialNumber?: string | undefined;
  readonly issuer?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly x509CertificateData?: string | undefined;
  readonly failed?: boolean | undefined;
}

export interface CrlDetail {
  readonly crlId?: string | undefined;
  readonly crlArn?: string | undefined;
  readonly name?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly crlData?: Uint8Array | undefined;
  readonly trustAnchorArn?: string | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
}

export interface CrlDetailResponse {
  readonly crl: CrlDetail;
}

export interface DeleteAttributeMappingRequest {
  readonly profileId: string;
  readonly certificateField: CertificateField;
  readonly specifiers?: readonly string[] | undefined;
}

export interface DeleteAttributeMappingResponse {
  readonly profile: ProfileDetail;
}

export interface ImportCrlRequest {
  readonly name: string;
  readonly crlData: Uint8Array;
  readonly enabled?: boolean | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly trustAnchorArn: string;
}

export interface InstanceProperty {
  readonly seenAt?: Timestamp | undefined;
  readonly properties?: { readonly [key: string]: string } | undefined;
  readonly failed?: boolean | undefined;
}

export interface ListCrlsResponse {
  readonly nextToken?: string | undefined;
  readonly crls?: readonly CrlDetail[] | undefined;
}

export interface ListProfilesResponse {
  readonly nextToken?: string | undefined;
  readonly profiles?: readonly ProfileDetail[] | undefined;
}

export interface ListRequest {
  readonly nextToken?: string | undefined;
  readonly pageSize?: number | undefined;
}

export interface ListSubjectsResponse {
  readonly subjects?: readonly SubjectSummary[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: readonly Tag[] | undefined;
}

export interface ListTrustAnchorsResponse {
  readonly nextToken?: string | undefined;
  readonly trustAnchors?: readonly TrustAnchorDetail[] | undefined;
}

export interface MappingRule {
  readonly specifier: string;
}

export type NotificationChannel = 'ALL';

export type NotificationEvent = 'CA_CERTIFICATE_EXPIRY' | 'END_ENTITY_CERTIFICATE_EXPIRY';

export interface NotificationSetting {
  readonly enabled: boolean;
  readonly event: NotificationEvent;
  readonly threshold?: number | undefined;
  readonly channel?: NotificationChannel | undefined;
}

export interface NotificationSettingDetail {
  readonly enabled: boolean;
  readonly event: NotificationEvent;
  readonly threshold?: number | undefined;
  readonly channel?: NotificationChannel | undefined;
  readonly configuredBy?: string | undefined;
}

export interface NotificationSettingKey {
  readonly event: NotificationEvent;
  readonly channel?: NotificationChannel | undefined;
}

export interface ProfileDetail {
  readonly profileId?: string | undefined;
  readonly profileArn?: string | undefined;
  readonly name?: string | undefined;
  readonly requireInstanceProperties?: boolean | undefined;
  readonly enabled?: boolean | undefined;
  readonly createdBy?: string | undefined;
  readonly sessionPolicy?: string | undefined;
  readonly roleArns?: readonly string[] | undefined;
  readonly managedPolicyArns?: readonly string[] | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  readonly durationSeconds?: number | undefined;
  readonly acceptRoleSessionName?: boolean | undefined;
  readonly attributeMappings?: readonly AttributeMapping[] | undefined;
}

export interface ProfileDetailResponse {
  readonly profile?: ProfileDetail | undefined;
}

export interface PutAttributeMappingRequest {
  readonly profileId: string;
  readonly certificateField: CertificateField;
  readonly mappingRules: readonly MappingRule[];
}

export interface PutAttributeMappingResponse {
  readonly profile: ProfileDetail;
}

export interface PutNotificationSettingsRequest {
  readonly trustAnchorId: string;
  readonly notificationSettings: readonly NotificationSetting[];
}

export interface PutNotificationSettingsResponse {
  readonly trustAnchor: TrustAnchorDetail;
}

export interface ResetNotificationSettingsRequest {
  readonly trustAnchorId: string;
  readonly notificationSettingKeys: readonly NotificationSettingKey[];
}

export interface ResetNotificationSettingsResponse {
  readonly trustAnchor: TrustAnchorDetail;
}

export interface ScalarCrlRequest {
  readonly crlId: string;
}

export interface ScalarProfileRequest {
  readonly profileId: string;
}

export interface ScalarSubjectRequest {
  readonly subjectId: string;
}

export interface ScalarTrustAnchorRequest {
  readonly trustAnchorId: string;
}

export interface Source {
  readonly sourceType?: TrustAnchorType | undefined;
  readonly sourceData?: SourceData | undefined;
}

export interface SourceData {
  readonly x509CertificateData?: string | undefined;
  readonly acmPcaArn?: string | undefined;
}

export interface SubjectDetail {
  readonly subjectArn?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly x509Subject?: string | undefined;
  readonly lastSeenAt?: Timestamp | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  readonly credentials?: readonly CredentialSummary[] | undefined;
  readonly instanceProperties?: readonly InstanceProperty[] | undefined;
}

export interface SubjectDetailResponse {
  readonly subject?: SubjectDetail | undefined;
}

export interface SubjectSummary {
  readonly subjectArn?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly x509Subject?: string | undefined;
  readonly lastSeenAt?: Timestamp | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: readonly Tag[];
}

export interface TagResourceResponse {
}

export interface TrustAnchorDetail {
  readonly trustAnchorId?: string | undefined;
  readonly trustAnchorArn?: string | undefined;
  readonly name?: string | undefined;
  readonly source?: Source | undefined;
  readonly enabled?: boolean | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  readonly notificationSettings?: readonly NotificationSettingDetail[] | undefined;
}

export interface TrustAnchorDetailResponse {
  readonly trustAnchor: TrustAnchorDetail;
}

export type TrustAnchorType = 'AWS_ACM_PCA' | 'CERTIFICATE_BUNDLE' | 'SELF_SIGNED_REPOSITORY';

export interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export interface UntagResourceResponse {
}

export interface UpdateCrlRequest {
  readonly crlId: string;
  readonly name?: string | undefined;
  readonly crlData?: Uint8Array | undefined;
}

export interface UpdateProfileRequest {
  readonly profileId: string;
  readonly name?: string | undefined;
  readonly sessionPolicy?: string | undefined;
  readonly roleArns?: readonly string[] | undefined;
  readonly managedPolicyArns?: readonly string[] | undefined;
  readonly durationSeconds?: number | undefined;
  readonly acceptRoleSessionName?: boolean | undefined;
}

export interface UpdateTrustAnchorRequest {
  readonly trustAnchorId: string;
  readonly name?: string | undefined;
  readonly source?: Source | undefined;
}

export interface CreateSessionRequest {
  readonly profileArnInQuery?: string | undefined;
  readonly roleArnInQuery?: string | undefined;
  readonly trustAnchorArnInQuery?: string | undefined;
  readonly profileArn?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly trustAnchorArn?: string | undefined;
  readonly durationSeconds?: number | undefined;
  readonly roleSessionName?: string | undefined;
  readonly instanceProperties?: { readonly [key: string]: string } | undefined;
}

export interface CreateSessionResponse {
  readonly credentialSet?: readonly CredentialResponse[] | undefined;
  readonly subjectArn?: string | undefined;
}

export interface CredentialResponse {
  readonly assumedRoleUser?: AssumedRoleUser | undefined;
  readonly credentials?: Credentials | undefined;
  readonly packedPolicySize?: number | undefined;
  readonly roleArn?: string | undefined;
  readonly sourceIdentity?: string | undefined;
}

export interface AssumedRoleUser {
  readonly arn?: string | undefined;
  readonly assumedRoleId?: string | undefined;
}

export interface Credentials {
  readonly accessKeyId?: string | undefined;
  readonly expiration?: Timestamp | undefined;
  readonly secretAccessKey?: string | undefined;
  readonly sessionToken?: string | undefined;
}

/** Every operation of Rolesanywhere: what it takes, what it answers, which errors it may raise. */
export interface Rolesanywhere {
  CreateProfile: { input: CreateProfileRequest; output: ProfileDetailResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  CreateTrustAnchor: { input: CreateTrustAnchorRequest; output: TrustAnchorDetailResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  DeleteAttributeMapping: { input: DeleteAttributeMappingRequest; output: DeleteAttributeMappingResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  DeleteCrl: { input: ScalarCrlRequest; output: CrlDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  DeleteProfile: { input: ScalarProfileRequest; output: ProfileDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  DeleteTrustAnchor: { input: ScalarTrustAnchorRequest; output: TrustAnchorDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  DisableCrl: { input: ScalarCrlRequest; output: CrlDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  DisableProfile: { input: ScalarProfileRequest; output: ProfileDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  DisableTrustAnchor: { input: ScalarTrustAnchorRequest; output: TrustAnchorDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  EnableCrl: { input: ScalarCrlRequest; output: CrlDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  EnableProfile: { input: ScalarProfileRequest; output: ProfileDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  EnableTrustAnchor: { input: ScalarTrustAnchorRequest; output: TrustAnchorDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  GetCrl: { input: ScalarCrlRequest; output: CrlDetailResponse; errors: 'ResourceNotFoundException' };
  GetProfile: { input: ScalarProfileRequest; output: ProfileDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  GetSubject: { input: ScalarSubjectRequest; output: SubjectDetailResponse; errors: 'ResourceNotFoundException' | 'AccessDeniedException' };
  GetTrustAnchor: { input: ScalarTrustAnchorRequest; output: TrustAnchorDetailResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  ImportCrl: { input: ImportCrlRequest; output: CrlDetailResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  ListCrls: { input: ListRequest; output: ListCrlsResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  ListProfiles: { input: ListRequest; output: ListProfilesResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  ListSubjects: { input: ListRequest; output: ListSubjectsResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  ListTrustAnchors: { input: ListRequest; output: ListTrustAnchorsResponse; errors: 'ValidationException' | 'AccessDeniedException' };
  PutAttributeMapping: { input: PutAttributeMappingRequest; output: PutAttributeMappingResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  PutNotificationSettings: { input: PutNotificationSettingsRequest; output: PutNotificationSettingsResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  ResetNotificationSettings: { input: ResetNotificationSettingsRequest; output: ResetNotificationSettingsResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  TagResource: { input: TagResourceRequest; output: TagResourceResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' | 'TooManyTagsException' };
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  UpdateCrl: { input: UpdateCrlRequest; output: CrlDetailResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  UpdateProfile: { input: UpdateProfileRequest; output: ProfileDetailResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  UpdateTrustAnchor: { input: UpdateTrustAnchorRequest; output: TrustAnchorDetailResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
  CreateSession: { input: CreateSessionRequest; output: CreateSessionResponse; errors: 'ValidationException' | 'ResourceNotFoundException' | 'AccessDeniedException' };
}
