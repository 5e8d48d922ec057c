/** What botocore's model of EC2 does not say: which operations are served here, whose values are too many to list, and which errors there are. */

/** The operations whose shapes are kept. */
export const ec2Described = [
  'AssociateIamInstanceProfile', 'CreateKeyPair', 'CreateTags', 'DeleteKeyPair', 'DeleteTags', 'DescribeAccountAttributes', 'DescribeAddresses', 'DescribeAvailabilityZones', 'DescribeIamInstanceProfileAssociations',
  'DescribeImages', 'DescribeInstanceAttribute', 'DescribeInstanceCreditSpecifications', 'DescribeInstanceStatus', 'DescribeInstanceTypeOfferings', 'DescribeInstanceTypes', 'DescribeInstances', 'DescribeKeyPairs',
  'DescribeNetworkInterfaces', 'DescribeRegions', 'DescribeRouteTables', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeTags', 'DescribeVolumes', 'DescribeVpcAttribute', 'DescribeVpcs', 'DisassociateIamInstanceProfile',
  'GetConsoleOutput', 'ImportKeyPair', 'ModifyInstanceAttribute', 'ModifyInstanceMetadataOptions', 'RebootInstances', 'ReplaceIamInstanceProfileAssociation', 'RunInstances', 'StartInstances', 'StopInstances', 'TerminateInstances',
] as const;

/** Longer than all the rest, and older than what AWS offers: the operation says which there are. */
export const ec2OpenEnums = ['InstanceType'] as const;

/** Source: "Error codes for the Amazon EC2 API" (EC2 API Reference). */
export const ec2Errors = {
  DryRunOperation: 412,
  IdempotentParameterMismatch: 400,
  IncorrectInstanceState: 400,
  IncorrectState: 400,
  InstanceLimitExceeded: 400,
  'InvalidAMIID.Malformed': 400,
  'InvalidAMIID.NotFound': 400,
  'InvalidAddress.NotFound': 400,
  'InvalidAllocationID.NotFound': 400,
  'InvalidAssociationID.NotFound': 400,
  'InvalidGroup.NotFound': 400,
  'InvalidGroupId.Malformed': 400,
  InvalidID: 400,
  InvalidInstanceAttributeValue: 400,
  'InvalidInstanceID.Malformed': 400,
  'InvalidInstanceID.NotFound': 400,
  InvalidInstanceType: 400,
  'InvalidIPAddress.InUse': 400,
  InsufficientFreeAddressesInSubnet: 400,
  'InvalidKey.Format': 400,
  'InvalidKeyPair.Duplicate': 400,
  'InvalidKeyPair.Format': 400,
  'InvalidKeyPair.NotFound': 400,
  'InvalidNetworkInterfaceID.NotFound': 400,
  InvalidNextToken: 400,
  'InvalidRouteTableID.NotFound': 400,
  'InvalidSubnetID.NotFound': 400,
  InvalidUserData: 400,
  'InvalidUserData.Malformed': 400,
  'InvalidVolume.NotFound': 400,
  'InvalidVpcID.NotFound': 400,
  InvalidZone: 400,
  'InvalidZone.NotFound': 400,
  KeyPairLimitExceeded: 400,
  OperationNotPermitted: 400,
  TagLimitExceeded: 400,
  UnknownParameter: 400,
  Unsupported: 400,
  UnsupportedOperation: 400,
} as const satisfies Readonly<Record<string, number>>;
