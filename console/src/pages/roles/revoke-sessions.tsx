/** Ends the sessions of a role that began before now: a policy denies them everything. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Confirm } from '../../confirm.tsx';
import { useWrite } from '../../write.ts';

const policyName = 'AWSRevokeOlderSessions';

/** Everything is denied to sessions whose token was issued before the time. */
export const revocation = (before: Date): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': before.toISOString() } } }] });

export function RevokeSessions({ roleName }: { readonly roleName: string }): ReactNode {
  const [isAsking, setIsAsking] = useState(false);
  const write = useWrite();
  const revoke = async (): Promise<void> => {
    if (await write.run({ done: `The active sessions of ${roleName} are revoked.`, act: ({ iam }) => iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: policyName, PolicyDocument: revocation(new Date()) })) })) setIsAsking(false);
  };
  return (
    <Container header={<Header variant="h2" actions={<Button onClick={() => setIsAsking(true)}>Revoke active sessions</Button>}>Revoke all active sessions</Header>}>
      <Box>Credentials of the role that were given out before now are denied everything from the next request on, by the inline policy {policyName}. Whoever may assume the role can do so again.</Box>
      {isAsking ? <Confirm title={`Revoke the active sessions of ${roleName}?`} verb="Revoke active sessions" write={write} onConfirm={revoke} onDismiss={() => { write.forget(); setIsAsking(false); }}>Everybody and everything that acts with the role now is denied until it assumes it anew.</Confirm> : undefined}
    </Container>
  );
}
