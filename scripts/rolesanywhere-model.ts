/** CreateSession of Roles Anywhere, which no SDK's model has. Source: "IAM Roles Anywhere CreateSession API" (IAM Roles Anywhere User Guide). */
import type { Source } from './botocore-model.ts';

const inQuery = (name: string) => ({ shape: 'String', location: 'querystring', locationName: name });

/** The model with it. What may stand in the query or in the body has a member for each. */
export function withCreateSession(source: Source): Source {
  return {
    ...source,
    operations: {
      ...source.operations,
      CreateSession: {
        http: { method: 'POST', requestUri: '/sessions', responseCode: 201 },
        input: { shape: 'CreateSessionRequest' },
        output: { shape: 'CreateSessionResponse' },
        errors: [{ shape: 'ValidationException' }, { shape: 'ResourceNotFoundException' }, { shape: 'AccessDeniedException' }],
      },
    },
    shapes: {
      ...source.shapes,
      CreateSessionRequest: {
        type: 'structure',
        members: {
          profileArnInQuery: inQuery('profileArn'), roleArnInQuery: inQuery('roleArn'), trustAnchorArnInQuery: inQuery('trustAnchorArn'),
          profileArn: { shape: 'String' }, roleArn: { shape: 'String' }, trustAnchorArn: { shape: 'String' },
          durationSeconds: { shape: 'CreateProfileRequestDurationSecondsInteger' }, roleSessionName: { shape: 'RoleSessionName' }, instanceProperties: { shape: 'InstancePropertyMap' },
        },
      },
      RoleSessionName: { type: 'string', min: 2, max: 64, pattern: '[\\w+=,.@-]*' },
      CreateSessionResponse: { type: 'structure', members: { credentialSet: { shape: 'CredentialSet' }, subjectArn: { shape: 'String' } } },
      CredentialSet: { type: 'list', member: { shape: 'CredentialResponse' } },
      CredentialResponse: {
        type: 'structure',
        members: { assumedRoleUser: { shape: 'AssumedRoleUser' }, credentials: { shape: 'Credentials' }, packedPolicySize: { shape: 'Integer' }, roleArn: { shape: 'String' }, sourceIdentity: { shape: 'String' } },
      },
      AssumedRoleUser: { type: 'structure', members: { arn: { shape: 'String' }, assumedRoleId: { shape: 'String' } } },
      Credentials: {
        type: 'structure', sensitive: true,
        members: { accessKeyId: { shape: 'String' }, expiration: { shape: 'SyntheticTimestamp_date_time' }, secretAccessKey: { shape: 'SecretString' }, sessionToken: { shape: 'SecretString' } },
      },
      SecretString: { type: 'string', sensitive: true },
    },
  };
}
