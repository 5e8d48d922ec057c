/** The types of Iot's operations, written by scripts/refresh-models.ts from the same model as iot.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface AttachPolicyRequest {
  readonly policyName: string;
  readonly target: string;
}

export interface AttachPrincipalPolicyRequest {
  readonly policyName: string;
  readonly principal: string;
}

export interface AttachThingPrincipalRequest {
  readonly thingName: string;
  readonly principal: string;
  readonly thingPrincipalType?: ThingPrincipalType | undefined;
}

export interface AttachThingPrincipalResponse {
}

export interface AttributePayload {
  readonly attributes?: { readonly [key: string]: string } | undefined;
  readonly merge?: boolean | undefined;
}

export type AutoRegistrationStatus = 'ENABLE' | 'DISABLE';

export interface CACertificate {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly status?: CACertificateStatus | undefined;
  readonly creationDate?: Timestamp | undefined;
}

export interface CACertificateDescription {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly status?: CACertificateStatus | undefined;
  readonly certificatePem?: string | undefined;
  readonly ownedBy?: string | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly autoRegistrationStatus?: AutoRegistrationStatus | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly customerVersion?: number | undefined;
  readonly generationId?: string | undefined;
  readonly validity?: CertificateValidity | undefined;
  readonly certificateMode?: CertificateMode | undefined;
}

export type CACertificateStatus = 'ACTIVE' | 'INACTIVE';

export interface Certificate {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly status?: CertificateStatus | undefined;
  readonly certificateMode?: CertificateMode | undefined;
  readonly creationDate?: Timestamp | undefined;
}

export interface CertificateDescription {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly caCertificateId?: string | undefined;
  readonly status?: CertificateStatus | undefined;
  readonly certificatePem?: string | undefined;
  readonly ownedBy?: string | undefined;
  readonly previousOwnedBy?: string | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly customerVersion?: number | undefined;
  readonly transferData?: TransferData | undefined;
  readonly generationId?: string | undefined;
  readonly validity?: CertificateValidity | undefined;
  readonly certificateMode?: CertificateMode | undefined;
}

export type CertificateMode = 'DEFAULT' | 'SNI_ONLY';

export type CertificateStatus = 'ACTIVE' | 'INACTIVE' | 'REVOKED' | 'PENDING_TRANSFER' | 'REGISTER_INACTIVE' | 'PENDING_ACTIVATION';

export interface CertificateValidity {
  readonly notBefore?: Timestamp | undefined;
  readonly notAfter?: Timestamp | undefined;
}

export interface CreateCertificateFromCsrRequest {
  readonly certificateSigningRequest: string;
  readonly setAsActive?: boolean | undefined;
}

export interface CreateCertificateFromCsrResponse {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly certificatePem?: string | undefined;
}

export interface CreateKeysAndCertificateRequest {
  readonly setAsActive?: boolean | undefined;
}

export interface CreateKeysAndCertificateResponse {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
  readonly certificatePem?: string | undefined;
  readonly keyPair?: KeyPair | undefined;
}

export interface CreatePolicyRequest {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly tags?: readonly Tag[] | undefined;
}

export interface CreatePolicyResponse {
  readonly policyName?: string | undefined;
  readonly policyArn?: string | undefined;
  readonly policyDocument?: string | undefined;
  readonly policyVersionId?: string | undefined;
}

export interface CreatePolicyVersionRequest {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly setAsDefault?: boolean | undefined;
}

export interface CreatePolicyVersionResponse {
  readonly policyArn?: string | undefined;
  readonly policyDocument?: string | undefined;
  readonly policyVersionId?: string | undefined;
  readonly isDefaultVersion?: boolean | undefined;
}

export interface CreateRoleAliasRequest {
  readonly roleAlias: string;
  readonly roleArn: string;
  readonly credentialDurationSeconds?: number | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface CreateRoleAliasResponse {
  readonly roleAlias?: string | undefined;
  readonly roleAliasArn?: string | undefined;
}

export interface CreateThingRequest {
  readonly thingName: string;
  readonly thingTypeName?: string | undefined;
  readonly attributePayload?: AttributePayload | undefined;
  readonly billingGroupName?: string | undefined;
}

export interface CreateThingResponse {
  readonly thingName?: string | undefined;
  readonly thingArn?: string | undefined;
  readonly thingId?: string | undefined;
}

export interface CreateThingTypeRequest {
  readonly thingTypeName: string;
  readonly thingTypeProperties?: ThingTypeProperties | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

export interface CreateThingTypeResponse {
  readonly thingTypeName?: string | undefined;
  readonly thingTypeArn?: string | undefined;
  readonly thingTypeId?: string | undefined;
}

export interface DeleteCACertificateRequest {
  readonly certificateId: string;
}

export interface DeleteCACertificateResponse {
}

export interface DeleteCertificateRequest {
  readonly certificateId: string;
  readonly forceDelete?: boolean | undefined;
}

export interface DeletePolicyRequest {
  readonly policyName: string;
}

export interface DeletePolicyVersionRequest {
  readonly policyName: string;
  readonly policyVersionId: string;
}

export interface DeleteRegistrationCodeRequest {
}

export interface DeleteRegistrationCodeResponse {
}

export interface DeleteRoleAliasRequest {
  readonly roleAlias: string;
}

export interface DeleteRoleAliasResponse {
}

export interface DeleteThingRequest {
  readonly thingName: string;
  readonly expectedVersion?: number | undefined;
}

export interface DeleteThingResponse {
}

export interface DeleteThingTypeRequest {
  readonly thingTypeName: string;
}

export interface DeleteThingTypeResponse {
}

export interface DeprecateThingTypeRequest {
  readonly thingTypeName: string;
  readonly undoDeprecate?: boolean | undefined;
}

export interface DeprecateThingTypeResponse {
}

export interface DescribeCACertificateRequest {
  readonly certificateId: string;
}

export interface DescribeCACertificateResponse {
  readonly certificateDescription?: CACertificateDescription | undefined;
  readonly registrationConfig?: RegistrationConfig | undefined;
}

export interface DescribeCertificateRequest {
  readonly certificateId: string;
}

export interface DescribeCertificateResponse {
  readonly certificateDescription?: CertificateDescription | undefined;
}

export interface DescribeEndpointRequest {
  readonly endpointType?: string | undefined;
}

export interface DescribeEndpointResponse {
  readonly endpointAddress?: string | undefined;
}

export interface DescribeRoleAliasRequest {
  readonly roleAlias: string;
}

export interface DescribeRoleAliasResponse {
  readonly roleAliasDescription?: RoleAliasDescription | undefined;
}

export interface DescribeThingRequest {
  readonly thingName: string;
}

export interface DescribeThingResponse {
  readonly defaultClientId?: string | undefined;
  readonly thingName?: string | undefined;
  readonly thingId?: string | undefined;
  readonly thingArn?: string | undefined;
  readonly thingTypeName?: string | undefined;
  readonly attributes?: { readonly [key: string]: string } | undefined;
  readonly version?: number | undefined;
  readonly billingGroupName?: string | undefined;
}

export interface DescribeThingTypeRequest {
  readonly thingTypeName: string;
}

export interface DescribeThingTypeResponse {
  readonly thingTypeName?: string | undefined;
  readonly thingTypeId?: string | undefined;
  readonly thingTypeArn?: string | undefined;
  readonly thingTypeProperties?: ThingTypeProperties | undefined;
  readonly thingTypeMetadata?: ThingTypeMetadata | undefined;
}

export interface DetachPolicyRequest {
  readonly policyName: string;
  readonly target: string;
}

export interface DetachPrincipalPolicyRequest {
  readonly policyName: string;
  readonly principal: string;
}

export interface DetachThingPrincipalRequest {
  readonly thingName: string;
  readonly principal: string;
}

export interface DetachThingPrincipalResponse {
}

export interface GetPolicyRequest {
  readonly policyName: string;
}

export interface GetPolicyResponse {
  readonly policyName?: string | undefined;
  readonly policyArn?: string | undefined;
  readonly policyDocument?: string | undefined;
  readonly defaultVersionId?: string | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly generationId?: string | undefined;
}

export interface GetPolicyVersionRequest {
  readonly policyName: string;
  readonly policyVersionId: string;
}

export interface GetPolicyVersionResponse {
  readonly policyArn?: string | undefined;
  readonly policyName?: string | undefined;
  readonly policyDocument?: string | undefined;
  readonly policyVersionId?: string | undefined;
  readonly isDefaultVersion?: boolean | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
  readonly generationId?: string | undefined;
}

export interface GetRegistrationCodeRequest {
}

export interface GetRegistrationCodeResponse {
  readonly registrationCode?: string | undefined;
}

export interface KeyPair {
  readonly PublicKey?: string | undefined;
  readonly PrivateKey?: string | undefined;
}

export interface ListAttachedPoliciesRequest {
  readonly target: string;
  readonly recursive?: boolean | undefined;
  readonly marker?: string | undefined;
  readonly pageSize?: number | undefined;
}

export interface ListAttachedPoliciesResponse {
  readonly policies?: readonly Policy[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListCACertificatesRequest {
  readonly pageSize?: number | undefined;
  readonly marker?: string | undefined;
  readonly ascendingOrder?: boolean | undefined;
  readonly templateName?: string | undefined;
}

export interface ListCACertificatesResponse {
  readonly certificates?: readonly CACertificate[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListCertificatesByCARequest {
  readonly caCertificateId: string;
  readonly pageSize?: number | undefined;
  readonly marker?: string | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

export interface ListCertificatesByCAResponse {
  readonly certificates?: readonly Certificate[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListCertificatesRequest {
  readonly pageSize?: number | undefined;
  readonly marker?: string | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

export interface ListCertificatesResponse {
  readonly certificates?: readonly Certificate[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListPoliciesRequest {
  readonly marker?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

export interface ListPoliciesResponse {
  readonly policies?: readonly Policy[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListPolicyPrincipalsRequest {
  readonly policyName: string;
  readonly marker?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

export interface ListPolicyPrincipalsResponse {
  readonly principals?: readonly string[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListPolicyVersionsRequest {
  readonly policyName: string;
}

export interface ListPolicyVersionsResponse {
  readonly policyVersions?: readonly PolicyVersion[] | undefined;
}

export interface ListPrincipalPoliciesRequest {
  readonly principal: string;
  readonly marker?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

export interface ListPrincipalPoliciesResponse {
  readonly policies?: readonly Policy[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListPrincipalThingsRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly principal: string;
}

export interface ListPrincipalThingsResponse {
  readonly things?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListRoleAliasesRequest {
  readonly pageSize?: number | undefined;
  readonly marker?: string | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

export interface ListRoleAliasesResponse {
  readonly roleAliases?: readonly string[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string;
  readonly nextToken?: string | undefined;
}

export interface ListTagsForResourceResponse {
  readonly tags?: readonly Tag[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListTargetsForPolicyRequest {
  readonly policyName: string;
  readonly marker?: string | undefined;
  readonly pageSize?: number | undefined;
}

export interface ListTargetsForPolicyResponse {
  readonly targets?: readonly string[] | undefined;
  readonly nextMarker?: string | undefined;
}

export interface ListThingPrincipalsRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly thingName: string;
}

export interface ListThingPrincipalsResponse {
  readonly principals?: readonly string[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListThingTypesRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly thingTypeName?: string | undefined;
}

export interface ListThingTypesResponse {
  readonly thingTypes?: readonly ThingTypeDefinition[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface ListThingsRequest {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
  readonly attributeName?: string | undefined;
  readonly attributeValue?: string | undefined;
  readonly thingTypeName?: string | undefined;
  readonly usePrefixAttributeValue?: boolean | undefined;
}

export interface ListThingsResponse {
  readonly things?: readonly ThingAttribute[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface Mqtt5Configuration {
  readonly propagatingAttributes?: readonly PropagatingAttribute[] | undefined;
}

export interface Policy {
  readonly policyName?: string | undefined;
  readonly policyArn?: string | undefined;
}

export interface PolicyVersion {
  readonly versionId?: string | undefined;
  readonly isDefaultVersion?: boolean | undefined;
  readonly createDate?: Timestamp | undefined;
}

export interface PropagatingAttribute {
  readonly userPropertyKey?: string | undefined;
  readonly thingAttribute?: string | undefined;
  readonly connectionAttribute?: string | undefined;
}

export interface RegisterCACertificateRequest {
  readonly caCertificate: string;
  readonly verificationCertificate?: string | undefined;
  readonly setAsActive?: boolean | undefined;
  readonly allowAutoRegistration?: boolean | undefined;
  readonly registrationConfig?: RegistrationConfig | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly certificateMode?: CertificateMode | undefined;
}

export interface RegisterCACertificateResponse {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
}

export interface RegisterCertificateRequest {
  readonly certificatePem: string;
  readonly caCertificatePem?: string | undefined;
  readonly setAsActive?: boolean | undefined;
  readonly status?: CertificateStatus | undefined;
}

export interface RegisterCertificateResponse {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
}

export interface RegisterCertificateWithoutCARequest {
  readonly certificatePem: string;
  readonly status?: CertificateStatus | undefined;
}

export interface RegisterCertificateWithoutCAResponse {
  readonly certificateArn?: string | undefined;
  readonly certificateId?: string | undefined;
}

export interface RegistrationConfig {
  readonly templateBody?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly templateName?: string | undefined;
}

export interface RoleAliasDescription {
  readonly roleAlias?: string | undefined;
  readonly roleAliasArn?: string | undefined;
  readonly roleArn?: string | undefined;
  readonly owner?: string | undefined;
  readonly credentialDurationSeconds?: number | undefined;
  readonly creationDate?: Timestamp | undefined;
  readonly lastModifiedDate?: Timestamp | undefined;
}

export interface SetDefaultPolicyVersionRequest {
  readonly policyName: string;
  readonly policyVersionId: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value?: string | undefined;
}

export interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: readonly Tag[];
}

export interface TagResourceResponse {
}

export interface ThingAttribute {
  readonly thingName?: string | undefined;
  readonly thingTypeName?: string | undefined;
  readonly thingArn?: string | undefined;
  readonly attributes?: { readonly [key: string]: string } | undefined;
  readonly version?: number | undefined;
}

export type ThingPrincipalType = 'EXCLUSIVE_THING' | 'NON_EXCLUSIVE_THING';

export interface ThingTypeDefinition {
  readonly thingTypeName?: string | undefined;
  readonly thingTypeArn?: string | undefined;
  readonly thingTypeProperties?: ThingTypeProperties | undefined;
  readonly thingTypeMetadata?: ThingTypeMetadata | undefined;
}

export interface ThingTypeMetadata {
  readonly deprecated?: boolean | undefined;
  readonly deprecationDate?: Timestamp | undefined;
  readonly creationDate?: Timestamp | undefined;
}

export interface ThingTypeProperties {
  readonly thingTypeDescription?: string | undefined;
  readonly searchableAttributes?: readonly string[] | undefined;
  readonly mqtt5Configuration?: Mqtt5Configuration | undefined;
}

export interface TransferData {
  readonly transferMessage?: string | undefined;
  readonly rejectReason?: string | undefined;
  readonly transferDate?: Timestamp | undefined;
  readonly acceptDate?: Timestamp | undefined;
  readonly rejectDate?: Timestamp | undefined;
}

export interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

export interface UntagResourceResponse {
}

export interface UpdateCACertificateRequest {
  readonly certificateId: string;
  readonly newStatus?: CACertificateStatus | undefined;
  readonly newAutoRegistrationStatus?: AutoRegistrationStatus | undefined;
  readonly registrationConfig?: RegistrationConfig | undefined;
  readonly removeAutoRegistration?: boolean | undefined;
}

export interface UpdateCertificateRequest {
  readonly certificateId: string;
  readonly newStatus: CertificateStatus;
}

export interface UpdateRoleAliasRequest {
  readonly roleAlias: string;
  readonly roleArn?: string | undefined;
  readonly credentialDurationSeconds?: number | undefined;
}

export interface UpdateRoleAliasResponse {
  readonly roleAlias?: string | undefined;
  readonly roleAliasArn?: string | undefined;
}

export interface UpdateThingRequest {
  readonly thingName: string;
  readonly thingTypeName?: string | undefined;
  readonly attributePayload?: AttributePayload | undefined;
  readonly expectedVersion?: number | undefined;
  readonly removeThingType?: boolean | undefined;
}

export interface UpdateThingResponse {
}

/** Every operation of Iot: what it takes, what it answers, which errors it may raise. */
export interface Iot {
  AcceptCertificateTransfer: { input: {}; output: void; errors: never };
  AddThingToBillingGroup: { input: {}; output: void; errors: never };
  AddThingToThingGroup: { input: {}; output: void; errors: never };
  AssociateSbomWithPackageVersion: { input: {}; output: void; errors: never };
  AssociateTargetsWithJob: { input: {}; output: void; errors: never };
  AttachPolicy: { input: AttachPolicyRequest; output: void; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'LimitExceededException' };
  AttachPrincipalPolicy: { input: AttachPrincipalPolicyRequest; output: void; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'LimitExceededException' };
  AttachSecurityProfile: { input: {}; output: void; errors: never };
  AttachThingPrincipal: { input: AttachThingPrincipalRequest; output: AttachThingPrincipalResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  CancelAuditMitigationActionsTask: { input: {}; output: void; errors: never };
  CancelAuditTask: { input: {}; output: void; errors: never };
  CancelCertificateTransfer: { input: {}; output: void; errors: never };
  CancelDetectMitigationActionsTask: { input: {}; output: void; errors: never };
  CancelJob: { input: {}; output: void; errors: never };
  CancelJobExecution: { input: {}; output: void; errors: never };
  ClearDefaultAuthorizer: { input: {}; output: void; errors: never };
  ConfirmTopicRuleDestination: { input: {}; output: void; errors: never };
  CreateAuditSuppression: { input: {}; output: void; errors: never };
  CreateAuthorizer: { input: {}; output: void; errors: never };
  CreateBillingGroup: { input: {}; output: void; errors: never };
  CreateCertificateFromCsr: { input: CreateCertificateFromCsrRequest; output: CreateCertificateFromCsrResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  CreateCertificateProvider: { input: {}; output: void; errors: never };
  CreateCommand: { input: {}; output: void; errors: never };
  CreateCustomMetric: { input: {}; output: void; errors: never };
  CreateDimension: { input: {}; output: void; errors: never };
  CreateDomainConfiguration: { input: {}; output: void; errors: never };
  CreateDynamicThingGroup: { input: {}; output: void; errors: never };
  CreateFleetMetric: { input: {}; output: void; errors: never };
  CreateJob: { input: {}; output: void; errors: never };
  CreateJobTemplate: { input: {}; output: void; errors: never };
  CreateKeysAndCertificate: { input: CreateKeysAndCertificateRequest; output: CreateKeysAndCertificateResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  CreateMitigationAction: { input: {}; output: void; errors: never };
  CreateOTAUpdate: { input: {}; output: void; errors: never };
  CreatePackage: { input: {}; output: void; errors: never };
  CreatePackageVersion: { input: {}; output: void; errors: never };
  CreatePolicy: { input: CreatePolicyRequest; output: CreatePolicyResponse; errors: 'ResourceAlreadyExistsException' | 'MalformedPolicyException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  CreatePolicyVersion: { input: CreatePolicyVersionRequest; output: CreatePolicyVersionResponse; errors: 'ResourceNotFoundException' | 'MalformedPolicyException' | 'VersionsLimitExceededException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  CreateProvisioningClaim: { input: {}; output: void; errors: never };
  CreateProvisioningTemplate: { input: {}; output: void; errors: never };
  CreateProvisioningTemplateVersion: { input: {}; output: void; errors: never };
  CreateRoleAlias: { input: CreateRoleAliasRequest; output: CreateRoleAliasResponse; errors: 'ResourceAlreadyExistsException' | 'InvalidRequestException' | 'LimitExceededException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  CreateScheduledAudit: { input: {}; output: void; errors: never };
  CreateSecurityProfile: { input: {}; output: void; errors: never };
  CreateStream: { input: {}; output: void; errors: never };
  CreateThing: { input: CreateThingRequest; output: CreateThingResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceAlreadyExistsException' | 'ResourceNotFoundException' };
  CreateThingGroup: { input: {}; output: void; errors: never };
  CreateThingType: { input: CreateThingTypeRequest; output: CreateThingTypeResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceAlreadyExistsException' };
  CreateTopicRule: { input: {}; output: void; errors: never };
  CreateTopicRuleDestination: { input: {}; output: void; errors: never };
  DeleteAccountAuditConfiguration: { input: {}; output: void; errors: never };
  DeleteAuditSuppression: { input: {}; output: void; errors: never };
  DeleteAuthorizer: { input: {}; output: void; errors: never };
  DeleteBillingGroup: { input: {}; output: void; errors: never };
  DeleteCACertificate: { input: DeleteCACertificateRequest; output: DeleteCACertificateResponse; errors: 'InvalidRequestException' | 'CertificateStateException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  DeleteCertificate: { input: DeleteCertificateRequest; output: void; errors: 'CertificateStateException' | 'DeleteConflictException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  DeleteCertificateProvider: { input: {}; output: void; errors: never };
  DeleteCommand: { input: {}; output: void; errors: never };
  DeleteCommandExecution: { input: {}; output: void; errors: never };
  DeleteCustomMetric: { input: {}; output: void; errors: never };
  DeleteDimension: { input: {}; output: void; errors: never };
  DeleteDomainConfiguration: { input: {}; output: void; errors: never };
  DeleteDynamicThingGroup: { input: {}; output: void; errors: never };
  DeleteFleetMetric: { input: {}; output: void; errors: never };
  DeleteJob: { input: {}; output: void; errors: never };
  DeleteJobExecution: { input: {}; output: void; errors: never };
  DeleteJobTemplate: { input: {}; output: void; errors: never };
  DeleteMitigationAction: { input: {}; output: void; errors: never };
  DeleteOTAUpdate: { input: {}; output: void; errors: never };
  DeletePackage: { input: {}; output: void; errors: never };
  DeletePackageVersion: { input: {}; output: void; errors: never };
  DeletePolicy: { input: DeletePolicyRequest; output: void; errors: 'DeleteConflictException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DeletePolicyVersion: { input: DeletePolicyVersionRequest; output: void; errors: 'DeleteConflictException' | 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DeleteProvisioningTemplate: { input: {}; output: void; errors: never };
  DeleteProvisioningTemplateVersion: { input: {}; output: void; errors: never };
  DeleteRegistrationCode: { input: DeleteRegistrationCodeRequest; output: DeleteRegistrationCodeResponse; errors: 'ThrottlingException' | 'ResourceNotFoundException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DeleteRoleAlias: { input: DeleteRoleAliasRequest; output: DeleteRoleAliasResponse; errors: 'DeleteConflictException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  DeleteScheduledAudit: { input: {}; output: void; errors: never };
  DeleteSecurityProfile: { input: {}; output: void; errors: never };
  DeleteStream: { input: {}; output: void; errors: never };
  DeleteThing: { input: DeleteThingRequest; output: DeleteThingResponse; errors: 'ResourceNotFoundException' | 'VersionConflictException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DeleteThingGroup: { input: {}; output: void; errors: never };
  DeleteThingType: { input: DeleteThingTypeRequest; output: DeleteThingTypeResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DeleteTopicRule: { input: {}; output: void; errors: never };
  DeleteTopicRuleDestination: { input: {}; output: void; errors: never };
  DeleteV2LoggingLevel: { input: {}; output: void; errors: never };
  DeprecateThingType: { input: DeprecateThingTypeRequest; output: DeprecateThingTypeResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DescribeAccountAuditConfiguration: { input: {}; output: void; errors: never };
  DescribeAuditFinding: { input: {}; output: void; errors: never };
  DescribeAuditMitigationActionsTask: { input: {}; output: void; errors: never };
  DescribeAuditSuppression: { input: {}; output: void; errors: never };
  DescribeAuditTask: { input: {}; output: void; errors: never };
  DescribeAuthorizer: { input: {}; output: void; errors: never };
  DescribeBillingGroup: { input: {}; output: void; errors: never };
  DescribeCACertificate: { input: DescribeCACertificateRequest; output: DescribeCACertificateResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  DescribeCertificate: { input: DescribeCertificateRequest; output: DescribeCertificateResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  DescribeCertificateProvider: { input: {}; output: void; errors: never };
  DescribeCustomMetric: { input: {}; output: void; errors: never };
  DescribeDefaultAuthorizer: { input: {}; output: void; errors: never };
  DescribeDetectMitigationActionsTask: { input: {}; output: void; errors: never };
  DescribeDimension: { input: {}; output: void; errors: never };
  DescribeDomainConfiguration: { input: {}; output: void; errors: never };
  DescribeEncryptionConfiguration: { input: {}; output: void; errors: never };
  DescribeEndpoint: { input: DescribeEndpointRequest; output: DescribeEndpointResponse; errors: 'InternalFailureException' | 'InvalidRequestException' | 'UnauthorizedException' | 'ThrottlingException' };
  DescribeEventConfigurations: { input: {}; output: void; errors: never };
  DescribeFleetMetric: { input: {}; output: void; errors: never };
  DescribeIndex: { input: {}; output: void; errors: never };
  DescribeJob: { input: {}; output: void; errors: never };
  DescribeJobExecution: { input: {}; output: void; errors: never };
  DescribeJobTemplate: { input: {}; output: void; errors: never };
  DescribeManagedJobTemplate: { input: {}; output: void; errors: never };
  DescribeMitigationAction: { input: {}; output: void; errors: never };
  DescribeProvisioningTemplate: { input: {}; output: void; errors: never };
  DescribeProvisioningTemplateVersion: { input: {}; output: void; errors: never };
  DescribeRoleAlias: { input: DescribeRoleAliasRequest; output: DescribeRoleAliasResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  DescribeScheduledAudit: { input: {}; output: void; errors: never };
  DescribeSecurityProfile: { input: {}; output: void; errors: never };
  DescribeStream: { input: {}; output: void; errors: never };
  DescribeThing: { input: DescribeThingRequest; output: DescribeThingResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DescribeThingGroup: { input: {}; output: void; errors: never };
  DescribeThingRegistrationTask: { input: {}; output: void; errors: never };
  DescribeThingType: { input: DescribeThingTypeRequest; output: DescribeThingTypeResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DetachPolicy: { input: DetachPolicyRequest; output: void; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'LimitExceededException' };
  DetachPrincipalPolicy: { input: DetachPrincipalPolicyRequest; output: void; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DetachSecurityProfile: { input: {}; output: void; errors: never };
  DetachThingPrincipal: { input: DetachThingPrincipalRequest; output: DetachThingPrincipalResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  DisableTopicRule: { input: {}; output: void; errors: never };
  DisassociateSbomFromPackageVersion: { input: {}; output: void; errors: never };
  EnableTopicRule: { input: {}; output: void; errors: never };
  GetBehaviorModelTrainingSummaries: { input: {}; output: void; errors: never };
  GetBucketsAggregation: { input: {}; output: void; errors: never };
  GetCardinality: { input: {}; output: void; errors: never };
  GetCommand: { input: {}; output: void; errors: never };
  GetCommandExecution: { input: {}; output: void; errors: never };
  GetEffectivePolicies: { input: {}; output: void; errors: never };
  GetIndexingConfiguration: { input: {}; output: void; errors: never };
  GetJobDocument: { input: {}; output: void; errors: never };
  GetLoggingOptions: { input: {}; output: void; errors: never };
  GetOTAUpdate: { input: {}; output: void; errors: never };
  GetPackage: { input: {}; output: void; errors: never };
  GetPackageConfiguration: { input: {}; output: void; errors: never };
  GetPackageVersion: { input: {}; output: void; errors: never };
  GetPercentiles: { input: {}; output: void; errors: never };
  GetPolicy: { input: GetPolicyRequest; output: GetPolicyResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  GetPolicyVersion: { input: GetPolicyVersionRequest; output: GetPolicyVersionResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  GetRegistrationCode: { input: GetRegistrationCodeRequest; output: GetRegistrationCodeResponse; errors: 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'InvalidRequestException' };
  GetStatistics: { input: {}; output: void; errors: never };
  GetThingConnectivityData: { input: {}; output: void; errors: never };
  GetTopicRule: { input: {}; output: void; errors: never };
  GetTopicRuleDestination: { input: {}; output: void; errors: never };
  GetV2LoggingOptions: { input: {}; output: void; errors: never };
  ListActiveViolations: { input: {}; output: void; errors: never };
  ListAttachedPolicies: { input: ListAttachedPoliciesRequest; output: ListAttachedPoliciesResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'LimitExceededException' };
  ListAuditFindings: { input: {}; output: void; errors: never };
  ListAuditMitigationActionsExecutions: { input: {}; output: void; errors: never };
  ListAuditMitigationActionsTasks: { input: {}; output: void; errors: never };
  ListAuditSuppressions: { input: {}; output: void; errors: never };
  ListAuditTasks: { input: {}; output: void; errors: never };
  ListAuthorizers: { input: {}; output: void; errors: never };
  ListBillingGroups: { input: {}; output: void; errors: never };
  ListCACertificates: { input: ListCACertificatesRequest; output: ListCACertificatesResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListCertificateProviders: { input: {}; output: void; errors: never };
  ListCertificates: { input: ListCertificatesRequest; output: ListCertificatesResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListCertificatesByCA: { input: ListCertificatesByCARequest; output: ListCertificatesByCAResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListCommandExecutions: { input: {}; output: void; errors: never };
  ListCommands: { input: {}; output: void; errors: never };
  ListCustomMetrics: { input: {}; output: void; errors: never };
  ListDetectMitigationActionsExecutions: { input: {}; output: void; errors: never };
  ListDetectMitigationActionsTasks: { input: {}; output: void; errors: never };
  ListDimensions: { input: {}; output: void; errors: never };
  ListDomainConfigurations: { input: {}; output: void; errors: never };
  ListFleetMetrics: { input: {}; output: void; errors: never };
  ListIndices: { input: {}; output: void; errors: never };
  ListJobExecutionsForJob: { input: {}; output: void; errors: never };
  ListJobExecutionsForThing: { input: {}; output: void; errors: never };
  ListJobTemplates: { input: {}; output: void; errors: never };
  ListJobs: { input: {}; output: void; errors: never };
  ListManagedJobTemplates: { input: {}; output: void; errors: never };
  ListMetricValues: { input: {}; output: void; errors: never };
  ListMitigationActions: { input: {}; output: void; errors: never };
  ListOTAUpdates: { input: {}; output: void; errors: never };
  ListOutgoingCertificates: { input: {}; output: void; errors: never };
  ListPackageVersions: { input: {}; output: void; errors: never };
  ListPackages: { input: {}; output: void; errors: never };
  ListPolicies: { input: ListPoliciesRequest; output: ListPoliciesResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListPolicyPrincipals: { input: ListPolicyPrincipalsRequest; output: ListPolicyPrincipalsResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListPolicyVersions: { input: ListPolicyVersionsRequest; output: ListPolicyVersionsResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListPrincipalPolicies: { input: ListPrincipalPoliciesRequest; output: ListPrincipalPoliciesResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListPrincipalThings: { input: ListPrincipalThingsRequest; output: ListPrincipalThingsResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  ListPrincipalThingsV2: { input: {}; output: void; errors: never };
  ListProvisioningTemplateVersions: { input: {}; output: void; errors: never };
  ListProvisioningTemplates: { input: {}; output: void; errors: never };
  ListRelatedResourcesForAuditFinding: { input: {}; output: void; errors: never };
  ListRoleAliases: { input: ListRoleAliasesRequest; output: ListRoleAliasesResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListSbomValidationResults: { input: {}; output: void; errors: never };
  ListScheduledAudits: { input: {}; output: void; errors: never };
  ListSecurityProfiles: { input: {}; output: void; errors: never };
  ListSecurityProfilesForTarget: { input: {}; output: void; errors: never };
  ListStreams: { input: {}; output: void; errors: never };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse; errors: 'InvalidRequestException' | 'InternalFailureException' | 'ResourceNotFoundException' | 'ThrottlingException' };
  ListTargetsForPolicy: { input: ListTargetsForPolicyRequest; output: ListTargetsForPolicyResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'LimitExceededException' };
  ListTargetsForSecurityProfile: { input: {}; output: void; errors: never };
  ListThingGroups: { input: {}; output: void; errors: never };
  ListThingGroupsForThing: { input: {}; output: void; errors: never };
  ListThingPrincipals: { input: ListThingPrincipalsRequest; output: ListThingPrincipalsResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  ListThingPrincipalsV2: { input: {}; output: void; errors: never };
  ListThingRegistrationTaskReports: { input: {}; output: void; errors: never };
  ListThingRegistrationTasks: { input: {}; output: void; errors: never };
  ListThingTypes: { input: ListThingTypesRequest; output: ListThingTypesResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListThings: { input: ListThingsRequest; output: ListThingsResponse; errors: 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  ListThingsInBillingGroup: { input: {}; output: void; errors: never };
  ListThingsInThingGroup: { input: {}; output: void; errors: never };
  ListTopicRuleDestinations: { input: {}; output: void; errors: never };
  ListTopicRules: { input: {}; output: void; errors: never };
  ListV2LoggingLevels: { input: {}; output: void; errors: never };
  ListViolationEvents: { input: {}; output: void; errors: never };
  PutVerificationStateOnViolation: { input: {}; output: void; errors: never };
  RegisterCACertificate: { input: RegisterCACertificateRequest; output: RegisterCACertificateResponse; errors: 'ResourceNotFoundException' | 'ResourceAlreadyExistsException' | 'RegistrationCodeValidationException' | 'InvalidRequestException' | 'CertificateValidationException' | 'ThrottlingException' | 'LimitExceededException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  RegisterCertificate: { input: RegisterCertificateRequest; output: RegisterCertificateResponse; errors: 'ResourceAlreadyExistsException' | 'InvalidRequestException' | 'CertificateValidationException' | 'CertificateStateException' | 'CertificateConflictException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  RegisterCertificateWithoutCA: { input: RegisterCertificateWithoutCARequest; output: RegisterCertificateWithoutCAResponse; errors: 'ResourceAlreadyExistsException' | 'InvalidRequestException' | 'CertificateStateException' | 'CertificateValidationException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  RegisterThing: { input: {}; output: void; errors: never };
  RejectCertificateTransfer: { input: {}; output: void; errors: never };
  RemoveThingFromBillingGroup: { input: {}; output: void; errors: never };
  RemoveThingFromThingGroup: { input: {}; output: void; errors: never };
  ReplaceTopicRule: { input: {}; output: void; errors: never };
  SearchIndex: { input: {}; output: void; errors: never };
  SetDefaultAuthorizer: { input: {}; output: void; errors: never };
  SetDefaultPolicyVersion: { input: SetDefaultPolicyVersionRequest; output: void; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  SetLoggingOptions: { input: {}; output: void; errors: never };
  SetV2LoggingLevel: { input: {}; output: void; errors: never };
  SetV2LoggingOptions: { input: {}; output: void; errors: never };
  StartAuditMitigationActionsTask: { input: {}; output: void; errors: never };
  StartDetectMitigationActionsTask: { input: {}; output: void; errors: never };
  StartOnDemandAuditTask: { input: {}; output: void; errors: never };
  StartThingRegistrationTask: { input: {}; output: void; errors: never };
  StopThingRegistrationTask: { input: {}; output: void; errors: never };
  TagResource: { input: TagResourceRequest; output: TagResourceResponse; errors: 'InvalidRequestException' | 'InternalFailureException' | 'ResourceNotFoundException' | 'ThrottlingException' | 'LimitExceededException' };
  TestAuthorization: { input: {}; output: void; errors: never };
  TestInvokeAuthorizer: { input: {}; output: void; errors: never };
  TransferCertificate: { input: {}; output: void; errors: never };
  UntagResource: { input: UntagResourceRequest; output: UntagResourceResponse; errors: 'InvalidRequestException' | 'InternalFailureException' | 'ResourceNotFoundException' | 'ThrottlingException' };
  UpdateAccountAuditConfiguration: { input: {}; output: void; errors: never };
  UpdateAuditSuppression: { input: {}; output: void; errors: never };
  UpdateAuthorizer: { input: {}; output: void; errors: never };
  UpdateBillingGroup: { input: {}; output: void; errors: never };
  UpdateCACertificate: { input: UpdateCACertificateRequest; output: void; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  UpdateCertificate: { input: UpdateCertificateRequest; output: void; errors: 'ResourceNotFoundException' | 'CertificateStateException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  UpdateCertificateProvider: { input: {}; output: void; errors: never };
  UpdateCommand: { input: {}; output: void; errors: never };
  UpdateCustomMetric: { input: {}; output: void; errors: never };
  UpdateDimension: { input: {}; output: void; errors: never };
  UpdateDomainConfiguration: { input: {}; output: void; errors: never };
  UpdateDynamicThingGroup: { input: {}; output: void; errors: never };
  UpdateEncryptionConfiguration: { input: {}; output: void; errors: never };
  UpdateEventConfigurations: { input: {}; output: void; errors: never };
  UpdateFleetMetric: { input: {}; output: void; errors: never };
  UpdateIndexingConfiguration: { input: {}; output: void; errors: never };
  UpdateJob: { input: {}; output: void; errors: never };
  UpdateMitigationAction: { input: {}; output: void; errors: never };
  UpdatePackage: { input: {}; output: void; errors: never };
  UpdatePackageConfiguration: { input: {}; output: void; errors: never };
  UpdatePackageVersion: { input: {}; output: void; errors: never };
  UpdateProvisioningTemplate: { input: {}; output: void; errors: never };
  UpdateRoleAlias: { input: UpdateRoleAliasRequest; output: UpdateRoleAliasResponse; errors: 'ResourceNotFoundException' | 'InvalidRequestException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' };
  UpdateScheduledAudit: { input: {}; output: void; errors: never };
  UpdateSecurityProfile: { input: {}; output: void; errors: never };
  UpdateStream: { input: {}; output: void; errors: never };
  UpdateThing: { input: UpdateThingRequest; output: UpdateThingResponse; errors: 'InvalidRequestException' | 'VersionConflictException' | 'ThrottlingException' | 'UnauthorizedException' | 'ServiceUnavailableException' | 'InternalFailureException' | 'ResourceNotFoundException' };
  UpdateThingGroup: { input: {}; output: void; errors: never };
  UpdateThingGroupsForThing: { input: {}; output: void; errors: never };
  UpdateThingType: { input: {}; output: void; errors: never };
  UpdateTopicRuleDestination: { input: {}; output: void; errors: never };
  ValidateSecurityProfileBehaviors: { input: {}; output: void; errors: never };
}
