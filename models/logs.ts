/** The types of Logs's operations, written by scripts/refresh-models.ts from the same model as logs.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface CreateLogGroupRequest {
  readonly logGroupName: string;
  readonly kmsKeyId?: string | undefined;
  readonly tags?: { readonly [key: string]: string } | undefined;
  readonly logGroupClass?: LogGroupClass | undefined;
  readonly deletionProtectionEnabled?: boolean | undefined;
}

export interface CreateLogStreamRequest {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export type DataProtectionStatus = 'ACTIVATED' | 'DELETED' | 'ARCHIVED' | 'DISABLED';

export interface DeleteLogGroupRequest {
  readonly logGroupName: string;
}

export interface DeleteLogStreamRequest {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface DeleteRetentionPolicyRequest {
  readonly logGroupName: string;
}

export interface DescribeLogGroupsRequest {
  readonly accountIdentifiers?: readonly string[] | undefined;
  readonly logGroupNamePrefix?: string | undefined;
  readonly logGroupNamePattern?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
  readonly includeLinkedAccounts?: boolean | undefined;
  readonly logGroupClass?: LogGroupClass | undefined;
  readonly logGroupIdentifiers?: readonly string[] | undefined;
}

export interface DescribeLogGroupsResponse {
  readonly logGroups?: readonly LogGroup[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface DescribeLogStreamsRequest {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
  readonly logStreamNamePrefix?: string | undefined;
  readonly orderBy?: OrderBy | undefined;
  readonly descending?: boolean | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
}

export interface DescribeLogStreamsResponse {
  readonly logStreams?: readonly LogStream[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface Entity {
  readonly keyAttributes?: { readonly [key: string]: string } | undefined;
  readonly attributes?: { readonly [key: string]: string } | undefined;
}

export type EntityRejectionErrorType = 'InvalidEntity' | 'InvalidTypeValue' | 'InvalidKeyAttributes' | 'InvalidAttributes' | 'EntitySizeTooLarge' | 'UnsupportedLogGroupType' | 'MissingRequiredFields';

export interface FilterLogEventsRequest {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
  readonly logStreamNames?: readonly string[] | undefined;
  readonly logStreamNamePrefix?: string | undefined;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly filterPattern?: string | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
  readonly interleaved?: boolean | undefined;
  readonly unmask?: boolean | undefined;
}

export interface FilterLogEventsResponse {
  readonly events?: readonly FilteredLogEvent[] | undefined;
  readonly searchedLogStreams?: readonly SearchedLogStream[] | undefined;
  readonly nextToken?: string | undefined;
}

export interface FilteredLogEvent {
  readonly logStreamName?: string | undefined;
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
  readonly ingestionTime?: number | undefined;
  readonly eventId?: string | undefined;
}

export interface GetLogEventsRequest {
  readonly logGroupName?: string | undefined;
  readonly logGroupIdentifier?: string | undefined;
  readonly logStreamName: string;
  readonly startTime?: number | undefined;
  readonly endTime?: number | undefined;
  readonly nextToken?: string | undefined;
  readonly limit?: number | undefined;
  readonly startFromHead?: boolean | undefined;
  readonly unmask?: boolean | undefined;
}

export interface GetLogEventsResponse {
  readonly events?: readonly OutputLogEvent[] | undefined;
  readonly nextForwardToken?: string | undefined;
  readonly nextBackwardToken?: string | undefined;
}

export type InheritedProperty = 'ACCOUNT_DATA_PROTECTION';

export interface InputLogEvent {
  readonly timestamp: number;
  readonly message: string;
}

export interface ListTagsForResourceRequest {
  readonly resourceArn: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: { readonly [key: string]: string } | undefined;
}

export interface ListTagsLogGroupRequest {
  readonly logGroupName: string;
}

export interface ListTagsLogGroupResponse {
  readonly tags?: { readonly [key: string]: string } | undefined;
}

export interface LogGroup {
  readonly logGroupName?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly retentionInDays?: number | undefined;
  readonly metricFilterCount?: number | undefined;
  readonly arn?: string | undefined;
  readonly storedBytes?: number | undefined;
  readonly kmsKeyId?: string | undefined;
  readonly dataProtectionStatus?: DataProtectionStatus | undefined;
  readonly inheritedProperties?: readonly InheritedProperty[] | undefined;
  readonly logGroupClass?: LogGroupClass | undefined;
  readonly logGroupArn?: string | undefined;
  readonly deletionProtectionEnabled?: boolean | undefined;
  readonly bearerTokenAuthenticationEnabled?: boolean | undefined;
}

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

export interface LogStream {
  readonly logStreamName?: string | undefined;
  readonly creationTime?: number | undefined;
  readonly firstEventTimestamp?: number | undefined;
  readonly lastEventTimestamp?: number | undefined;
  readonly lastIngestionTime?: number | undefined;
  readonly uploadSequenceToken?: string | undefined;
  readonly arn?: string | undefined;
  readonly storedBytes?: number | undefined;
}

export type OrderBy = 'LogStreamName' | 'LastEventTime';

export interface OutputLogEvent {
  readonly timestamp?: number | undefined;
  readonly message?: string | undefined;
  readonly ingestionTime?: number | undefined;
}

export interface PutLogEventsRequest {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly InputLogEvent[];
  readonly sequenceToken?: string | undefined;
  readonly entity?: Entity | undefined;
}

export interface PutLogEventsResponse {
  readonly nextSequenceToken?: string | undefined;
  readonly rejectedLogEventsInfo?: RejectedLogEventsInfo | undefined;
  readonly rejectedEntityInfo?: RejectedEntityInfo | undefined;
}

export interface PutLogGroupDeletionProtectionRequest {
  readonly logGroupIdentifier: string;
  readonly deletionProtectionEnabled: boolean;
}

export interface PutRetentionPolicyRequest {
  readonly logGroupName: string;
  readonly retentionInDays: number;
}

export interface RejectedEntityInfo {
  readonly errorType: EntityRejectionErrorType;
}

export interface RejectedLogEventsInfo {
  readonly tooNewLogEventStartIndex?: number | undefined;
  readonly tooOldLogEventEndIndex?: number | undefined;
  readonly expiredLogEventEndIndex?: number | undefined;
}

export interface SearchedLogStream {
  readonly logStreamName?: string | undefined;
  readonly searchedCompletely?: boolean | undefined;
}

export interface TagLogGroupRequest {
  readonly logGroupName: string;
  readonly tags: { readonly [key: string]: string };
}

export interface TagResourceRequest {
  readonly resourceArn: string;
  readonly tags: { readonly [key: string]: string };
}

export interface UntagLogGroupRequest {
  readonly logGroupName: string;
  readonly tags: readonly string[];
}

export interface UntagResourceRequest {
  readonly resourceArn: string;
  readonly tagKeys: readonly string[];
}

/** Every operation of Logs: what it takes, what it answers, which errors it may raise. */
export interface Logs {
  AssociateKmsKey: { input: {}; output: void; errors: never };
  AssociateSourceToS3TableIntegration: { input: {}; output: void; errors: never };
  CancelExportTask: { input: {}; output: void; errors: never };
  CancelImportTask: { input: {}; output: void; errors: never };
  CreateDelivery: { input: {}; output: void; errors: never };
  CreateExportTask: { input: {}; output: void; errors: never };
  CreateImportTask: { input: {}; output: void; errors: never };
  CreateLogAnomalyDetector: { input: {}; output: void; errors: never };
  CreateLogGroup: { input: CreateLogGroupRequest; output: void; errors: 'InvalidParameterException' | 'ResourceAlreadyExistsException' | 'LimitExceededException' | 'OperationAbortedException' | 'ServiceUnavailableException' };
  CreateLogStream: { input: CreateLogStreamRequest; output: void; errors: 'InvalidParameterException' | 'ResourceAlreadyExistsException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  CreateLookupTable: { input: {}; output: void; errors: never };
  CreateScheduledQuery: { input: {}; output: void; errors: never };
  DeleteAccountPolicy: { input: {}; output: void; errors: never };
  DeleteDataProtectionPolicy: { input: {}; output: void; errors: never };
  DeleteDelivery: { input: {}; output: void; errors: never };
  DeleteDeliveryDestination: { input: {}; output: void; errors: never };
  DeleteDeliveryDestinationPolicy: { input: {}; output: void; errors: never };
  DeleteDeliverySource: { input: {}; output: void; errors: never };
  DeleteDestination: { input: {}; output: void; errors: never };
  DeleteIndexPolicy: { input: {}; output: void; errors: never };
  DeleteIntegration: { input: {}; output: void; errors: never };
  DeleteLogAnomalyDetector: { input: {}; output: void; errors: never };
  DeleteLogGroup: { input: DeleteLogGroupRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'OperationAbortedException' | 'ServiceUnavailableException' | 'ValidationException' };
  DeleteLogStream: { input: DeleteLogStreamRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'OperationAbortedException' | 'ServiceUnavailableException' | 'ValidationException' };
  DeleteLookupTable: { input: {}; output: void; errors: never };
  DeleteMetricFilter: { input: {}; output: void; errors: never };
  DeleteQueryDefinition: { input: {}; output: void; errors: never };
  DeleteResourcePolicy: { input: {}; output: void; errors: never };
  DeleteRetentionPolicy: { input: DeleteRetentionPolicyRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'OperationAbortedException' | 'ServiceUnavailableException' };
  DeleteScheduledQuery: { input: {}; output: void; errors: never };
  DeleteSubscriptionFilter: { input: {}; output: void; errors: never };
  DeleteTransformer: { input: {}; output: void; errors: never };
  DescribeAccountPolicies: { input: {}; output: void; errors: never };
  DescribeConfigurationTemplates: { input: {}; output: void; errors: never };
  DescribeDeliveries: { input: {}; output: void; errors: never };
  DescribeDeliveryDestinations: { input: {}; output: void; errors: never };
  DescribeDeliverySources: { input: {}; output: void; errors: never };
  DescribeDestinations: { input: {}; output: void; errors: never };
  DescribeExportTasks: { input: {}; output: void; errors: never };
  DescribeFieldIndexes: { input: {}; output: void; errors: never };
  DescribeImportTaskBatches: { input: {}; output: void; errors: never };
  DescribeImportTasks: { input: {}; output: void; errors: never };
  DescribeIndexPolicies: { input: {}; output: void; errors: never };
  DescribeLogGroups: { input: DescribeLogGroupsRequest; output: DescribeLogGroupsResponse; errors: 'InvalidParameterException' | 'ServiceUnavailableException' };
  DescribeLogStreams: { input: DescribeLogStreamsRequest; output: DescribeLogStreamsResponse; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  DescribeLookupTables: { input: {}; output: void; errors: never };
  DescribeMetricFilters: { input: {}; output: void; errors: never };
  DescribeQueries: { input: {}; output: void; errors: never };
  DescribeQueryDefinitions: { input: {}; output: void; errors: never };
  DescribeResourcePolicies: { input: {}; output: void; errors: never };
  DescribeSubscriptionFilters: { input: {}; output: void; errors: never };
  DisassociateKmsKey: { input: {}; output: void; errors: never };
  DisassociateSourceFromS3TableIntegration: { input: {}; output: void; errors: never };
  FilterLogEvents: { input: FilterLogEventsRequest; output: FilterLogEventsResponse; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  GetDataProtectionPolicy: { input: {}; output: void; errors: never };
  GetDelivery: { input: {}; output: void; errors: never };
  GetDeliveryDestination: { input: {}; output: void; errors: never };
  GetDeliveryDestinationPolicy: { input: {}; output: void; errors: never };
  GetDeliverySource: { input: {}; output: void; errors: never };
  GetIntegration: { input: {}; output: void; errors: never };
  GetLogAnomalyDetector: { input: {}; output: void; errors: never };
  GetLogEvents: { input: GetLogEventsRequest; output: GetLogEventsResponse; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  GetLogFields: { input: {}; output: void; errors: never };
  GetLogGroupFields: { input: {}; output: void; errors: never };
  GetLogObject: { input: {}; output: void; errors: never };
  GetLogRecord: { input: {}; output: void; errors: never };
  GetLookupTable: { input: {}; output: void; errors: never };
  GetQueryResults: { input: {}; output: void; errors: never };
  GetScheduledQuery: { input: {}; output: void; errors: never };
  GetScheduledQueryHistory: { input: {}; output: void; errors: never };
  GetTransformer: { input: {}; output: void; errors: never };
  ListAggregateLogGroupSummaries: { input: {}; output: void; errors: never };
  ListAnomalies: { input: {}; output: void; errors: never };
  ListIntegrations: { input: {}; output: void; errors: never };
  ListLogAnomalyDetectors: { input: {}; output: void; errors: never };
  ListLogGroups: { input: {}; output: void; errors: never };
  ListLogGroupsForQuery: { input: {}; output: void; errors: never };
  ListScheduledQueries: { input: {}; output: void; errors: never };
  ListSourcesForS3TableIntegration: { input: {}; output: void; errors: never };
  ListTagsForResource: { input: ListTagsForResourceRequest; output: ListTagsForResourceResponse; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  ListTagsLogGroup: { input: ListTagsLogGroupRequest; output: ListTagsLogGroupResponse; errors: 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  PutAccountPolicy: { input: {}; output: void; errors: never };
  PutBearerTokenAuthentication: { input: {}; output: void; errors: never };
  PutDataProtectionPolicy: { input: {}; output: void; errors: never };
  PutDeliveryDestination: { input: {}; output: void; errors: never };
  PutDeliveryDestinationPolicy: { input: {}; output: void; errors: never };
  PutDeliverySource: { input: {}; output: void; errors: never };
  PutDestination: { input: {}; output: void; errors: never };
  PutDestinationPolicy: { input: {}; output: void; errors: never };
  PutIndexPolicy: { input: {}; output: void; errors: never };
  PutIntegration: { input: {}; output: void; errors: never };
  PutLogEvents: { input: PutLogEventsRequest; output: PutLogEventsResponse; errors: 'InvalidParameterException' | 'InvalidSequenceTokenException' | 'DataAlreadyAcceptedException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' | 'UnrecognizedClientException' };
  PutLogGroupDeletionProtection: { input: PutLogGroupDeletionProtectionRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'AccessDeniedException' | 'OperationAbortedException' | 'ServiceUnavailableException' | 'InvalidOperationException' };
  PutMetricFilter: { input: {}; output: void; errors: never };
  PutQueryDefinition: { input: {}; output: void; errors: never };
  PutResourcePolicy: { input: {}; output: void; errors: never };
  PutRetentionPolicy: { input: PutRetentionPolicyRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'OperationAbortedException' | 'ServiceUnavailableException' };
  PutSubscriptionFilter: { input: {}; output: void; errors: never };
  PutTransformer: { input: {}; output: void; errors: never };
  StartLiveTail: { input: {}; output: void; errors: never };
  StartQuery: { input: {}; output: void; errors: never };
  StopQuery: { input: {}; output: void; errors: never };
  TagLogGroup: { input: TagLogGroupRequest; output: void; errors: 'ResourceNotFoundException' | 'InvalidParameterException' };
  TagResource: { input: TagResourceRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' | 'TooManyTagsException' };
  TestMetricFilter: { input: {}; output: void; errors: never };
  TestTransformer: { input: {}; output: void; errors: never };
  UntagLogGroup: { input: UntagLogGroupRequest; output: void; errors: 'ResourceNotFoundException' };
  UntagResource: { input: UntagResourceRequest; output: void; errors: 'InvalidParameterException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
  UpdateAnomaly: { input: {}; output: void; errors: never };
  UpdateDeliveryConfiguration: { input: {}; output: void; errors: never };
  UpdateLogAnomalyDetector: { input: {}; output: void; errors: never };
  UpdateLookupTable: { input: {}; output: void; errors: never };
  UpdateScheduledQuery: { input: {}; output: void; errors: never };
}
