/** The types of Ec2InstanceConnect's operations, written by scripts/refresh-models.ts from the same model as ec2-instance-connect.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface SendSSHPublicKeyRequest {
  readonly InstanceId: string;
  readonly InstanceOSUser: string;
  readonly SSHPublicKey: string;
  readonly AvailabilityZone?: string | undefined;
}

export interface SendSSHPublicKeyResponse {
  readonly RequestId?: string | undefined;
  readonly Success?: boolean | undefined;
}

export interface SendSerialConsoleSSHPublicKeyRequest {
  readonly InstanceId: string;
  readonly SerialPort?: number | undefined;
  readonly SSHPublicKey: string;
}

export interface SendSerialConsoleSSHPublicKeyResponse {
  readonly RequestId?: string | undefined;
  readonly Success?: boolean | undefined;
}

/** Every operation of Ec2InstanceConnect: what it takes, what it answers, which errors it may raise. */
export interface Ec2InstanceConnect {
  SendSSHPublicKey: { input: SendSSHPublicKeyRequest; output: SendSSHPublicKeyResponse; errors: 'AuthException' | 'InvalidArgsException' | 'ServiceException' | 'ThrottlingException' | 'EC2InstanceNotFoundException' | 'EC2InstanceStateInvalidException' | 'EC2InstanceUnavailableException' };
  SendSerialConsoleSSHPublicKey: { input: SendSerialConsoleSSHPublicKeyRequest; output: SendSerialConsoleSSHPublicKeyResponse; errors: 'AuthException' | 'SerialConsoleAccessDisabledException' | 'InvalidArgsException' | 'ServiceException' | 'ThrottlingException' | 'EC2InstanceNotFoundException' | 'EC2InstanceTypeInvalidException' | 'SerialConsoleSessionLimitExceededException' | 'SerialConsoleSessionUnavailableException' | 'EC2InstanceStateInvalidException' | 'EC2InstanceUnavailableException' | 'SerialConsoleSessionUnsupportedException' };
}
