/** Reports of when the accounts of an organization last used which service, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startGatehouse, type KeyPair, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from './refusal.ts';

const management = '111122223333';
// Beside the management account: their ids begin alike.
const member = '111122223332';
const outside = '444455556666';

let gatehouse: TestGatehouse;
let ofMember: KeyPair;
let ofStranger: KeyPair;
let root = '';
before(async () => {
  gatehouse = await startGatehouse({ seed: 'organizations access', accountId: management });
  ofMember = await gatehouse.newAccount(member, management);
  ofStranger = await gatehouse.newAccount(outside);
  const { OrganizationId } = await gatehouse.iam().send(new sdk.ListOrganizationsFeaturesCommand({}));
  root = `${OrganizationId}/${gatehouse.plane.store.partition.organizations.find(OrganizationId!)!.RootId}`;
  gatehouse.clock.advance(1_000);
  await gatehouse.sts(ofStranger).send(new GetCallerIdentityCommand({}));
  await gatehouse.iam(ofMember).send(new sdk.ListUsersCommand({}));
  gatehouse.clock.advance(1_000);
  // Root counts, too.
  await gatehouse.sts(gatehouse.root).send(new GetCallerIdentityCommand({}));
});
after(() => gatehouse.stop());

const generate = async (EntityPath: string, OrganizationsPolicyId?: string, key?: KeyPair) => (await gatehouse.iam(key).send(new sdk.GenerateOrganizationsAccessReportCommand({ EntityPath, OrganizationsPolicyId }))).JobId!;
const get = (JobId: string, input: Partial<sdk.GetOrganizationsAccessReportCommandInput> = {}, key?: KeyPair) => gatehouse.iam(key).send(new sdk.GetOrganizationsAccessReportCommand({ JobId, ...input }));
const used = ({ AccessDetails }: sdk.GetOrganizationsAccessReportCommandOutput) => AccessDetails!.filter(({ LastAuthenticatedTime }) => LastAuthenticatedTime).map(({ ServiceNamespace, EntityPath, TotalAuthenticatedEntities }) => [ServiceNamespace, EntityPath, TotalAuthenticatedEntities]);

test('the root tells of every account: who used a service last, and how many did', async () => {
  const report = await get(await generate(root), { MaxItems: 1_000 });
  assert.equal(report.JobStatus, 'COMPLETED');
  assert.deepEqual(used(report), [['iam', `${root}/${management}/`, 2], ['sts', `${root}/${management}/`, 1]]);
  const { AccessDetails, NumberOfServicesAccessible, NumberOfServicesNotAccessed } = report;
  assert.deepEqual([NumberOfServicesAccessible, NumberOfServicesNotAccessed], [AccessDetails!.length, AccessDetails!.length - 2]);
  const s3 = AccessDetails!.find(({ ServiceNamespace }) => ServiceNamespace === 's3');
  assert.deepEqual(s3, { ServiceName: 'Amazon S3', ServiceNamespace: 's3', TotalAuthenticatedEntities: 0 });
  assert.equal(AccessDetails!.find(({ ServiceNamespace }) => ServiceNamespace === 'sts')?.Region, 'us-east-1');
});

test('an account tells of itself alone, though the ids beside it begin alike', async () => {
  assert.deepEqual(used(await get(await generate(`${root}/${member}`, 'p-FullAWSAccess'), { MaxItems: 1_000 })), [['iam', `${root}/${member}/`, 1]]);
});

test('services are sorted by name or time, either way, and paged through', async () => {
  gatehouse.clock.advance(1_000);
  const JobId = await generate(root);
  const names = async (SortKey: sdk.SortKeyType) => {
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await get(JobId, { SortKey, MaxItems: 200, Marker });
      seen.push(...page.AccessDetails!.map(({ ServiceNamespace }) => ServiceNamespace!));
      ({ Marker } = page);
    } while (Marker !== undefined);
    return seen;
  };
  const ascending = await names('SERVICE_NAMESPACE_ASCENDING');
  assert.deepEqual(ascending, ascending.toSorted());
  assert.deepEqual(await names('SERVICE_NAMESPACE_DESCENDING'), ascending.toReversed());
  const byTime = await names('LAST_AUTHENTICATED_TIME_DESCENDING');
  assert.deepEqual([byTime.slice(0, 2), new Set(byTime).size], [['iam', 'sts'], ascending.length]);
  assert.deepEqual(await names('LAST_AUTHENTICATED_TIME_ASCENDING'), byTime.toReversed());
});

test('what is not in the organization fails the job, and says why', async () => {
  for (const [path, policy, Code] of [[`${root}/${outside}`, undefined, 'EntityNotFound'], ['o-a1b2c3d4e5/r-f6g7', undefined, 'EntityNotFound'], [root, 'p-a1b2c3d4', 'PolicyNotFound']] as const) {
    const { JobStatus, ErrorDetails, AccessDetails } = await get(await generate(path, policy));
    assert.deepEqual([JobStatus, ErrorDetails?.Code, AccessDetails], ['FAILED', Code, undefined]);
  }
});

test('a simulation of a principal says that the organization allows; of an account in none it says nothing', async () => {
  const simulate = async (key: KeyPair | undefined, account: string) => (await gatehouse.iam(key).send(new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: `arn:aws:iam::${account}:user/admin`, ActionNames: ['s3:GetObject'] }))).EvaluationResults![0]!.OrganizationsDecisionDetail;
  assert.deepEqual(await simulate(ofMember, member), { AllowedByOrganizations: true });
  assert.equal(await simulate(ofStranger, outside), undefined);
});

test('a report is for the management account: members order none, and read none', async () => {
  await assertRefused(generate(root, undefined, ofMember), { code: 'AccessDenied', status: 403, message: /management account of an organization/ });
  const JobId = await generate(root);
  await assertRefused(get(JobId, {}, ofMember), { code: 'NoSuchEntity', status: 404, message: `The report with job id ${JobId} cannot be found.` });
});
