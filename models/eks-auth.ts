/** The types of EksAuth's operations, written by scripts/refresh-models.ts from the same model as eks-auth.json. Not edited by hand. */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Timestamp = number;

export interface AssumeRoleForPodIdentityRequest {
  readonly clusterName: string;
  readonly token: string;
}

export interface AssumeRoleForPodIdentityResponse {
  readonly subject: Subject;
  readonly audience: string;
  readonly podIdentityAssociation: PodIdentityAssociation;
  readonly assumedRoleUser: AssumedRoleUser;
  readonly credentials: Credentials;
}

export interface AssumedRoleUser {
  readonly arn: string;
  readonly assumeRoleId: string;
}

export interface Credentials {
  readonly sessionToken: string;
  readonly secretAccessKey: string;
  readonly accessKeyId: string;
  readonly expiration: Timestamp;
}

export interface PodIdentityAssociation {
  readonly associationArn: string;
  readonly associationId: string;
}

export interface Subject {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Every operation of EksAuth: what it takes, what it answers, which errors it may raise. */
export interface EksAuth {
  AssumeRoleForPodIdentity: { input: AssumeRoleForPodIdentityRequest; output: AssumeRoleForPodIdentityResponse; errors: 'ThrottlingException' | 'InvalidRequestException' | 'AccessDeniedException' | 'InternalServerException' | 'InvalidTokenException' | 'InvalidParameterException' | 'ExpiredTokenException' | 'ResourceNotFoundException' | 'ServiceUnavailableException' };
}
