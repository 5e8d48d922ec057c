/** The condition keys that any request may have, as suggestions. Source: "AWS global condition context keys" (IAM User Guide). */
export const conditionKeys: readonly string[] = [
  'aws:CalledVia', 'aws:CurrentTime', 'aws:EpochTime', 'aws:FederatedProvider', 'aws:MultiFactorAuthAge', 'aws:MultiFactorAuthPresent', 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalIsAWSService', 'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths', 'aws:PrincipalTag/', 'aws:PrincipalType', 'aws:RequestTag/', 'aws:RequestedRegion', 'aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:ResourceTag/', 'aws:SecureTransport', 'aws:SourceAccount', 'aws:SourceArn',
  'aws:SourceIdentity', 'aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpce', 'aws:TagKeys', 'aws:TokenIssueTime', 'aws:UserAgent', 'aws:userid', 'aws:username', 'aws:ViaAWSService',
];
