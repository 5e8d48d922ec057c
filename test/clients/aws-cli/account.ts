/** The account as a whole – alias, summary, details, reports, features – with the AWS CLI. */
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { assertHolds, type Cli } from './cli.ts';

export async function tourAccount(cli: Cli, account: string): Promise<void> {
  const { text, json } = cli;
  await text`iam create-account-alias --account-alias acme-tour`;
  assert.deepEqual(await json`iam list-account-aliases`, { AccountAliases: ['acme-tour'] });
  await text`iam delete-account-alias --account-alias acme-tour`;
  assertHolds(await json`iam get-account-summary`, { SummaryMap: { UsersQuota: 5000, AccountMFAEnabled: 0, Users: 1, Roles: 5 } });
  // A page at a time, put together by the CLI.
  assertHolds(await json`iam get-account-authorization-details --filter User Role --page-size 1`, { UserDetailList: [{ UserName: 'admin', AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess' }] }], RoleDetailList: [{ RoleName: 'external' }] });
  await tourReports(cli, account);
  await text`iam set-security-token-service-preferences --global-endpoint-token-version v2Token`;
  assert.equal(await text`iam get-account-summary --query SummaryMap.GlobalEndpointTokenVersion`, '2');
  if (cli.has('EnableOutboundWebIdentityFederation')) await tourOutboundFederation(cli);
  await tourOrganizations(cli);
  if (cli.has('CreateDelegationRequest')) await tourDelegation(cli, account);
}

async function tourOutboundFederation({ json, text, refusal }: Cli): Promise<void> {
  assert.match(await text`iam enable-outbound-web-identity-federation --query IssuerIdentifier --output text`, /^https?:\/\//);
  assertHolds(await json`iam get-outbound-web-identity-federation-info`, { JwtVendingEnabled: true });
  assert.match(await text`sts get-web-identity-token --audience api.example --signing-algorithm ES384 --query WebIdentityToken --output text`, /^[\w-]+\.[\w-]+\.[\w-]+$/);
  await text`iam disable-outbound-web-identity-federation`;
  assert.match(await refusal`iam get-outbound-web-identity-federation-info`, /^An error occurred \(FeatureDisabled\) when calling the GetOutboundWebIdentityFederationInfo operation: /);
}

/** There is none: what AWS answers then. */
async function tourOrganizations({ refusal, has }: Cli): Promise<void> {
  const outside = /^An error occurred \(OrganizationNotFoundException\) when calling the \w+ operation: /;
  if (has('ListOrganizationsFeatures')) for (const refused of [
    refusal`iam list-organizations-features`, refusal`iam enable-organizations-root-credentials-management`, refusal`iam disable-organizations-root-credentials-management`,
    refusal`iam enable-organizations-root-sessions`, refusal`iam disable-organizations-root-sessions`,
  ]) assert.match(await refused, outside);
  assert.match(await refusal`iam generate-organizations-access-report --entity-path o-example1234/r-abcd`, /^An error occurred \(\w+\) when calling the GenerateOrganizationsAccessReport operation: /);
  assert.match(await refusal`iam get-organizations-access-report --job-id ${crypto.randomUUID()}`, /^An error occurred \(NoSuchEntity\) /);
}

/** Nobody is a partner of AWS: what AWS answers then. */
async function tourDelegation({ json, refusal }: Cli, account: string): Promise<void> {
  assert.match(await refusal`iam create-delegation-request --description d --permissions PolicyTemplateArn=arn:aws:iam::aws:delegation-template/t --requestor-workflow-id workflow-1 --notification-channel ${`arn:aws:sns:us-east-1:${account}:t`} --session-duration 3600`, /^An error occurred \(AccessDenied\) /);
  assertHolds(await json`iam list-delegation-requests`, { DelegationRequests: [] });
  const request = 'no-such-request-id';
  for (const refused of [
    refusal`iam get-delegation-request --delegation-request-id ${request}`, refusal`iam accept-delegation-request --delegation-request-id ${request}`, refusal`iam associate-delegation-request --delegation-request-id ${request}`,
    refusal`iam reject-delegation-request --delegation-request-id ${request}`, refusal`iam update-delegation-request --delegation-request-id ${request}`, refusal`iam send-delegation-token --delegation-request-id ${request}`,
    refusal`iam get-human-readable-summary --entity-arn ${`arn:aws:iam::${account}:delegation-request/${request}`}`,
  ]) assert.match(await refused, /^An error occurred \(NoSuchEntity\) when calling the \w+ operation: /);
}

async function tourReports({ json, text, refusal }: Cli, account: string): Promise<void> {
  assert.match(await refusal`iam get-credential-report`, /^An error occurred \(ReportNotPresent\) when calling the GetCredentialReport operation: /);
  assertHolds(await json`iam generate-credential-report`, { State: 'STARTED' });
  // As scripts do: until it is there.
  while (await text`iam generate-credential-report --query State --output text` !== 'COMPLETE') await setTimeout(20);
  const content = await text`iam get-credential-report --query Content --output text`;
  assert.match(Buffer.from(content, 'base64').toString(), /^user,arn,user_creation_time,.*\n<root_account>,.*\nadmin,/);

  const entity = `arn:aws:iam::${account}:user/admin`;
  const job = await text`iam generate-service-last-accessed-details --arn ${entity} --granularity ACTION_LEVEL --query JobId --output text`;
  while (await text`iam get-service-last-accessed-details --job-id ${job} --query JobStatus --output text` !== 'COMPLETED') await setTimeout(20);
  // The CLI does not page this one by itself.
  assert.equal(await text`iam get-service-last-accessed-details --job-id ${job} --max-items 1000 --query ${'ServicesLastAccessed[?ServiceNamespace==`iam`].LastAuthenticatedEntity'} --output text`, entity);
  assertHolds(await json`iam get-service-last-accessed-details-with-entities --job-id ${job} --service-namespace iam`, { JobStatus: 'COMPLETED', EntityDetailsList: [{ EntityInfo: { Name: 'admin', Type: 'USER' } }] });
}
