/** AWS IoT, as far as devices need it to be given credentials: things, certificates, their policies and role aliases. */
import type { Iot } from '../../../models/iot.ts';
import { service } from '../operation.ts';
import { caCertificates } from './ca-certificates.ts';
import { certificates } from './certificates.ts';
import { policies } from './policies.ts';
import { policyAttachments } from './policy-attachments.ts';
import { roleAliases } from './role-aliases.ts';
import { tags } from './tags.ts';
import { thingPrincipals } from './thing-principals.ts';
import { thingTypes } from './thing-types.ts';
import { things } from './things.ts';

export const iot = service<Iot>()('iot', {
  unimplemented: [
    'AcceptCertificateTransfer', 'AddThingToBillingGroup', 'AddThingToThingGroup', 'AssociateSbomWithPackageVersion', 'AssociateTargetsWithJob', 'AttachSecurityProfile',
    'CancelAuditMitigationActionsTask', 'CancelAuditTask', 'CancelCertificateTransfer', 'CancelDetectMitigationActionsTask', 'CancelJob', 'CancelJobExecution', 'ClearDefaultAuthorizer',
    'ConfirmTopicRuleDestination', 'CreateAuditSuppression', 'CreateAuthorizer', 'CreateBillingGroup', 'CreateCertificateProvider', 'CreateCommand', 'CreateCustomMetric', 'CreateDimension',
    'CreateDomainConfiguration', 'CreateDynamicThingGroup', 'CreateFleetMetric', 'CreateJob', 'CreateJobTemplate', 'CreateMitigationAction', 'CreateOTAUpdate', 'CreatePackage',
    'CreatePackageVersion', 'CreateProvisioningClaim', 'CreateProvisioningTemplate', 'CreateProvisioningTemplateVersion', 'CreateScheduledAudit', 'CreateSecurityProfile', 'CreateStream',
    'CreateThingGroup', 'CreateTopicRule', 'CreateTopicRuleDestination', 'DeleteAccountAuditConfiguration', 'DeleteAuditSuppression', 'DeleteAuthorizer', 'DeleteBillingGroup',
    'DeleteCertificateProvider', 'DeleteCommand', 'DeleteCommandExecution', 'DeleteCustomMetric', 'DeleteDimension', 'DeleteDomainConfiguration', 'DeleteDynamicThingGroup',
    'DeleteFleetMetric', 'DeleteJob', 'DeleteJobExecution', 'DeleteJobTemplate', 'DeleteMitigationAction', 'DeleteOTAUpdate', 'DeletePackage', 'DeletePackageVersion',
    'DeleteProvisioningTemplate', 'DeleteProvisioningTemplateVersion', 'DeleteScheduledAudit', 'DeleteSecurityProfile', 'DeleteStream', 'DeleteThingGroup', 'DeleteTopicRule',
    'DeleteTopicRuleDestination', 'DeleteV2LoggingLevel', 'DescribeAccountAuditConfiguration', 'DescribeAuditFinding', 'DescribeAuditMitigationActionsTask', 'DescribeAuditSuppression',
    'DescribeAuditTask', 'DescribeAuthorizer', 'DescribeBillingGroup', 'DescribeCertificateProvider', 'DescribeCustomMetric', 'DescribeDefaultAuthorizer',
    'DescribeDetectMitigationActionsTask', 'DescribeDimension', 'DescribeDomainConfiguration', 'DescribeEncryptionConfiguration', 'DescribeEventConfigurations', 'DescribeFleetMetric',
    'DescribeIndex', 'DescribeJob', 'DescribeJobExecution', 'DescribeJobTemplate', 'DescribeManagedJobTemplate', 'DescribeMitigationAction', 'DescribeProvisioningTemplate',
    'DescribeProvisioningTemplateVersion', 'DescribeScheduledAudit', 'DescribeSecurityProfile', 'DescribeStream', 'DescribeThingGroup', 'DescribeThingRegistrationTask',
    'DetachSecurityProfile', 'DisableTopicRule', 'DisassociateSbomFromPackageVersion', 'EnableTopicRule', 'GetBehaviorModelTrainingSummaries', 'GetBucketsAggregation', 'GetCardinality',
    'GetCommand', 'GetCommandExecution', 'GetEffectivePolicies', 'GetIndexingConfiguration', 'GetJobDocument', 'GetLoggingOptions', 'GetOTAUpdate', 'GetPackage', 'GetPackageConfiguration',
    'GetPackageVersion', 'GetPercentiles', 'GetStatistics', 'GetThingConnectivityData', 'GetTopicRule', 'GetTopicRuleDestination', 'GetV2LoggingOptions', 'ListActiveViolations',
    'ListAuditFindings', 'ListAuditMitigationActionsExecutions', 'ListAuditMitigationActionsTasks', 'ListAuditSuppressions', 'ListAuditTasks', 'ListAuthorizers', 'ListBillingGroups',
    'ListCertificateProviders', 'ListCommandExecutions', 'ListCommands', 'ListCustomMetrics', 'ListDetectMitigationActionsExecutions', 'ListDetectMitigationActionsTasks', 'ListDimensions',
    'ListDomainConfigurations', 'ListFleetMetrics', 'ListIndices', 'ListJobExecutionsForJob', 'ListJobExecutionsForThing', 'ListJobTemplates', 'ListJobs', 'ListManagedJobTemplates',
    'ListMetricValues', 'ListMitigationActions', 'ListOTAUpdates', 'ListOutgoingCertificates', 'ListPackageVersions', 'ListPackages', 'ListPrincipalThingsV2',
    'ListProvisioningTemplateVersions', 'ListProvisioningTemplates', 'ListRelatedResourcesForAuditFinding', 'ListSbomValidationResults', 'ListScheduledAudits', 'ListSecurityProfiles',
    'ListSecurityProfilesForTarget', 'ListStreams', 'ListTargetsForSecurityProfile', 'ListThingGroups', 'ListThingGroupsForThing', 'ListThingPrincipalsV2',
    'ListThingRegistrationTaskReports', 'ListThingRegistrationTasks', 'ListThingsInBillingGroup', 'ListThingsInThingGroup', 'ListTopicRuleDestinations', 'ListTopicRules',
    'ListV2LoggingLevels', 'ListViolationEvents', 'PutVerificationStateOnViolation', 'RegisterThing', 'RejectCertificateTransfer', 'RemoveThingFromBillingGroup', 'RemoveThingFromThingGroup',
    'ReplaceTopicRule', 'SearchIndex', 'SetDefaultAuthorizer', 'SetLoggingOptions', 'SetV2LoggingLevel', 'SetV2LoggingOptions', 'StartAuditMitigationActionsTask',
    'StartDetectMitigationActionsTask', 'StartOnDemandAuditTask', 'StartThingRegistrationTask', 'StopThingRegistrationTask', 'TestAuthorization', 'TestInvokeAuthorizer',
    'TransferCertificate', 'UpdateAccountAuditConfiguration', 'UpdateAuditSuppression', 'UpdateAuthorizer', 'UpdateBillingGroup', 'UpdateCertificateProvider', 'UpdateCommand',
    'UpdateCustomMetric', 'UpdateDimension', 'UpdateDomainConfiguration', 'UpdateDynamicThingGroup', 'UpdateEncryptionConfiguration', 'UpdateEventConfigurations', 'UpdateFleetMetric',
    'UpdateIndexingConfiguration', 'UpdateJob', 'UpdateMitigationAction', 'UpdatePackage', 'UpdatePackageConfiguration', 'UpdatePackageVersion', 'UpdateProvisioningTemplate',
    'UpdateScheduledAudit', 'UpdateSecurityProfile', 'UpdateStream', 'UpdateThingGroup', 'UpdateThingGroupsForThing', 'UpdateThingType', 'UpdateTopicRuleDestination',
    'ValidateSecurityProfileBehaviors',
  ],
  operations: { ...things, ...thingTypes, ...certificates, ...caCertificates, ...policies, ...policyAttachments, ...thingPrincipals, ...roleAliases, ...tags },
});
