/** Temporary delegation and an organization's access report, as an account that is no partner and in no organization sees them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import type { IAMClient } from '@aws-sdk/client-iam';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from './refusal.ts';
import { type RestrictedCaller, restrictedCaller } from './restricted-caller.ts';

const account = '111122223333';
const DelegationRequestId = 'dr-1234567890123456';
const request = `arn:aws:iam::${account}:delegation-request/${DelegationRequestId}`;

let gatehouse: TestGatehouse;
let iam: IAMClient;
let caller: RestrictedCaller;
before(async () => {
  gatehouse = await startGatehouse({ seed: 'delegation requests', accountId: account });
  iam = gatehouse.iam();
  caller = await restrictedCaller(gatehouse);
});
after(() => gatehouse.stop());

const create = (client = iam) => client.send(new sdk.CreateDelegationRequestCommand({
  Description: 'for a test', Permissions: { PolicyTemplateArn: 'arn:aws:iam::aws:delegation-template/test' }, RequestorWorkflowId: 'workflow-1', NotificationChannel: 'arn:aws:sns:us-east-1:444455556666:told', SessionDuration: 3600,
}));

test('who is not onboarded cannot ask for delegation', async () => {
  await assertRefused(create(), { code: 'AccessDenied', status: 403, message: /not onboarded/ });
  const listed = await iam.send(new sdk.ListDelegationRequestsCommand({}));
  assert.deepEqual([listed.DelegationRequests, listed.isTruncated], [[], false]);
});

describe('a request that is not there', () => {
  const answers: Readonly<Record<string, (client: IAMClient) => Promise<unknown>>> = {
    AcceptDelegationRequest: (client) => client.send(new sdk.AcceptDelegationRequestCommand({ DelegationRequestId })),
    AssociateDelegationRequest: (client) => client.send(new sdk.AssociateDelegationRequestCommand({ DelegationRequestId })),
    GetDelegationRequest: (client) => client.send(new sdk.GetDelegationRequestCommand({ DelegationRequestId })),
    RejectDelegationRequest: (client) => client.send(new sdk.RejectDelegationRequestCommand({ DelegationRequestId })),
    SendDelegationToken: (client) => client.send(new sdk.SendDelegationTokenCommand({ DelegationRequestId })),
    UpdateDelegationRequest: (client) => client.send(new sdk.UpdateDelegationRequestCommand({ DelegationRequestId })),
    GetHumanReadableSummary: (client) => client.send(new sdk.GetHumanReadableSummaryCommand({ EntityArn: request })),
  };
  for (const [operation, answer] of Object.entries(answers)) {
    test(operation, async () => {
      await assertRefused(answer(iam), { code: 'NoSuchEntity', status: 404, message: `The delegation request with id ${DelegationRequestId} cannot be found.` });
      await caller.permit({ Effect: 'Allow', Action: 'iam:*', Resource: `${request}x` });
      await assertRefused(answer(caller.iam), caller.denied(operation, request));
    });
  }

  test('nothing else has a summary', async () => {
    await assertRefused(iam.send(new sdk.GetHumanReadableSummaryCommand({ EntityArn: `arn:aws:iam::${account}:user/someone` })), { code: 'InvalidInput', status: 400, message: /must be a delegation request/ });
    await assertRefused(iam.send(new sdk.GetHumanReadableSummaryCommand({ EntityArn: 'not an ARN at all, whatever' })), { code: 'ValidationError', status: 400, message: 'Invalid ARN:  Could not be parsed!' });
  });
});

test('an account in no organization has no access report', async () => {
  const generate = (client: IAMClient) => client.send(new sdk.GenerateOrganizationsAccessReportCommand({ EntityPath: 'o-a1b2c3d4e5/r-f6g7' }));
  await assertRefused(generate(iam), { code: 'AccessDenied', status: 403, message: /management account of an organization/ });
  await assertRefused(generate(caller.iam), caller.denied('GenerateOrganizationsAccessReport', `arn:aws:iam::${account}:access-report/o-a1b2c3d4e5/r-f6g7`));
  await assertRefused(iam.send(new sdk.GetOrganizationsAccessReportCommand({ JobId: 'a'.repeat(36) })), { code: 'NoSuchEntity', status: 404, message: /cannot be found/ });
});

test('a marker that no page gave is refused', async () => {
  await assertRefused(iam.send(new sdk.ListDelegationRequestsCommand({ Marker: 'AAAA' })), { code: 'ValidationError', status: 400, message: 'Invalid Marker.' });
});
