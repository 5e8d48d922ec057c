/** A user whose permissions a test sets, to see what an operation asks permission for. */
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { TestGatehouse } from '../gatehouse.ts';

export interface RestrictedCaller {
  readonly iam: IAMClient;
  /** Makes these statements all that the caller is allowed. */
  permit(...statements: readonly object[]): Promise<void>;
  /** What the caller is answered to an action that no policy allows it. */
  denied(action: string, shownAs: string): { readonly code: string; readonly status: number; readonly message: string };
}

/** Makes a user on the path `/staff/`, who may do nothing yet. */
export async function restrictedCaller(gatehouse: TestGatehouse, UserName = 'caller'): Promise<RestrictedCaller> {
  const admin = gatehouse.iam();
  const { User } = await admin.send(new sdk.CreateUserCommand({ UserName, Path: '/staff/' }));
  const { AccessKey } = await admin.send(new sdk.CreateAccessKeyCommand({ UserName }));
  return {
    iam: gatehouse.iam({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }),
    async permit(...statements) {
      const Statement = statements.length > 0 ? statements : [{ Effect: 'Allow', Action: 'iam:NothingAtAll', Resource: '*' }];
      await admin.send(new sdk.PutUserPolicyCommand({ UserName, PolicyName: 'permitted', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
    },
    denied: (action, shownAs) => ({
      code: 'AccessDenied', status: 403,
      message: `User: ${User!.Arn} is not authorized to perform: iam:${action} on resource: ${shownAs} because no identity-based policy allows the iam:${action} action`,
    }),
  };
}
