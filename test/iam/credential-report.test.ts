/** The credential report, asked of a whole Gatehouse through the AWS SDK. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as sdk from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { leafCertificate } from '../certificates.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from './refusal.ts';
import { restrictedCaller } from './restricted-caller.ts';

let gatehouse: TestGatehouse;
before(async () => { gatehouse = await startGatehouse({ seed: 'credential report' }); });
after(() => gatehouse.stop());

const generate = () => gatehouse.iam().send(new sdk.GenerateCredentialReportCommand({}));
const get = () => gatehouse.iam().send(new sdk.GetCredentialReportCommand({}));

async function linesOf(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const [header, ...lines] = Buffer.from((await get()).Content!).toString().split('\n').map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  return new Map(lines.map((line) => [line[0]!, Object.fromEntries(header!.map((column, i) => [column, line[i]!]))]));
}

const hour = 3_600_000;

test('a report is started, then complete, and good for four hours', async () => {
  await assertRefused(get(), { code: 'ReportNotPresent', status: 410, message: /./ });
  const { State, Description } = await generate();
  assert.deepEqual([State, Description], ['STARTED', 'No report exists. Starting a new report generation task']);
  assert.equal((await generate()).State, 'COMPLETE');
  const { ReportFormat, GeneratedTime, Content } = await get();
  assert.deepEqual([ReportFormat, GeneratedTime], ['text/csv', new Date(gatehouse.clock.now)]);
  assert.equal(Buffer.from(Content!).toString().split('\n')[0], 'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated');
  gatehouse.clock.advance(4 * hour - 1);
  await get();
  assert.equal((await generate()).State, 'COMPLETE');
  gatehouse.clock.advance(1);
  await assertRefused(get(), { code: 'ReportExpired', status: 410, message: /./ });
  assert.equal((await generate()).State, 'STARTED');
  await get();
});

test('every column says what is so: passwords and their age, keys and their use, MFA, certificates', async () => {
  const iam = gatehouse.iam();
  gatehouse.clock.advance(4 * hour);
  const created = new Date(gatehouse.clock.now).toISOString().replace('.000Z', '+00:00');
  await iam.send(new sdk.UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8, MaxPasswordAge: 90 }));
  await iam.send(new sdk.CreateUserCommand({ UserName: 'a,b', Path: '/eng/' }));
  await iam.send(new sdk.CreateLoginProfileCommand({ UserName: 'a,b', Password: 'Correct-horse-1' }));
  const first = (await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'a,b' }))).AccessKey!;
  gatehouse.clock.advance(60_000);
  const second = (await iam.send(new sdk.CreateAccessKeyCommand({ UserName: 'a,b' }))).AccessKey!;
  await iam.send(new sdk.UpdateAccessKeyCommand({ UserName: 'a,b', AccessKeyId: second.AccessKeyId, Status: 'Inactive' }));
  await iam.send(new sdk.UploadSigningCertificateCommand({ UserName: 'a,b', CertificateBody: leafCertificate }));
  await gatehouse.sts({ accessKeyId: first.AccessKeyId!, secretAccessKey: first.SecretAccessKey! }).send(new GetCallerIdentityCommand({}));
  const later = new Date(gatehouse.clock.now).toISOString().replace('.000Z', '+00:00');
  await generate();
  const lines = await linesOf();
  assert.deepEqual([...lines.keys()], ['<root_account>', '"a,b"', 'admin']);
  assert.deepEqual(lines.get('"a,b"'), {
    user: '"a,b"', arn: `"arn:aws:iam::${gatehouse.account}:user/eng/a,b"`, user_creation_time: created,
    password_enabled: 'true', password_last_used: 'no_information', password_last_changed: created, password_next_rotation: new Date(Date.parse(created) + 90 * 24 * hour).toISOString().replace('.000Z', '+00:00'), mfa_active: 'false',
    access_key_1_active: 'true', access_key_1_last_rotated: created, access_key_1_last_used_date: later, access_key_1_last_used_region: 'us-east-1', access_key_1_last_used_service: 'sts',
    access_key_2_active: 'false', access_key_2_last_rotated: later, access_key_2_last_used_date: 'N/A', access_key_2_last_used_region: 'N/A', access_key_2_last_used_service: 'N/A',
    cert_1_active: 'true', cert_1_last_rotated: later, cert_2_active: 'false', cert_2_last_rotated: 'N/A',
  });
  const root = lines.get('<root_account>')!;
  assert.deepEqual([root['arn'], root['password_enabled'], root['password_last_changed'], root['password_next_rotation'], root['access_key_1_active']], [`arn:aws:iam::${gatehouse.account}:root`, 'not_supported', 'not_supported', 'not_supported', 'true']);
  const admin = lines.get('admin')!;
  assert.deepEqual([admin['password_enabled'], admin['password_last_used'], admin['password_last_changed'], admin['password_next_rotation']], ['false', 'N/A', 'N/A', 'N/A']);
});

test('a report is of its moment: what changes after it is in the next one', async () => {
  await gatehouse.iam().send(new sdk.CreateUserCommand({ UserName: 'later' }));
  assert.ok(!(await linesOf()).has('later'));
  gatehouse.clock.advance(4 * hour);
  await generate();
  assert.ok((await linesOf()).has('later'));
});

test('an account has its own report, and each operation its own action', async () => {
  const other = gatehouse.iam(await gatehouse.newAccount('222233334444'));
  await assertRefused(other.send(new sdk.GetCredentialReportCommand({})), { code: 'ReportNotPresent', status: 410, message: /./ });
  const caller = await restrictedCaller(gatehouse);
  for (const [action, send] of [['GenerateCredentialReport', () => caller.iam.send(new sdk.GenerateCredentialReportCommand({}))], ['GetCredentialReport', () => caller.iam.send(new sdk.GetCredentialReportCommand({}))]] as const) {
    await caller.permit();
    await assertRefused(send(), caller.denied(action, '*'));
    await caller.permit({ Effect: 'Allow', Action: `iam:${action}`, Resource: '*' });
    await send();
  }
});
