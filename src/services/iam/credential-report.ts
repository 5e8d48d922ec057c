/** The credential report: every user's and root's passwords, keys, MFA devices and certificates, as CSV. Source: "Generating credential reports" (IAM User Guide). */
import type { Iam } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import { isoSeconds } from '../../base/clock.ts';
import type { Timestamp } from '../../base/clock.ts';
import { passwordUse } from '../../store/last-used.ts';
import { newUuid } from '../../base/ids.ts';
import type { AccountView } from '../../store/store.ts';
import type { UserDoc } from '../../store/tables.ts';
import type { Operations, RunContext } from '../operation.ts';
import { settingsOf } from './account-settings.ts';
import { userArn } from './lookup.ts';
import { passwordExpiresAt } from './password-rules.ts';

/** A report younger than this is given again. */
const reportMs = 4 * 3_600_000;
/** How long it can still be told that there was one. */
const keptMs = 7 * 24 * 3_600_000;

/** Which report is the newest: the account's, under a name of its own, in parts. */
interface Newest { readonly name: string; readonly parts: number }
const newestName = 'credentials';
const family = { prefix: 'credential-report/', max: 2 };

export const credentialReport = {
  GenerateCredentialReport: {
    access: () => [{ resource: '*' }],
    async run(_input, context) {
      const { account, now, reports, random } = context;
      const known = reports.find(account, newestName);
      if (known && now < known.at + reportMs) return { State: 'COMPLETE' };
      const report = { account, name: `${family.prefix}${newUuid(random)}`, at: now, until: now + keptMs };
      let parts = 0;
      for await (const body of csvOf(context)) await reports.putPart({ ...report, body }, parts++);
      // The one before it stays for who is reading it.
      await reports.put({ ...report, body: '' }, family);
      await reports.put({ ...report, name: newestName, body: JSON.stringify({ name: report.name, parts } satisfies Newest) });
      return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
    },
  },

  GetCredentialReport: {
    access: () => [{ resource: '*' }],
    async run(_input, { account, now, reports, error }) {
      const report = reports.find(account, newestName);
      // GUESS: the words of both.
      if (!report) throw error('ReportNotPresent', 'The report does not exist. Generate it first.');
      const expired = (): Error => error('ReportExpired', 'The report has expired. Generate a new one.');
      if (now >= report.at + reportMs) throw expired();
      // Our own, as GenerateCredentialReport wrote it.
      const { name, parts } = JSON.parse(report.body) as Newest;
      const contents: Buffer[] = [];
      for (let part = 0; part < parts; part++) {
        if (part > 0) await new Promise(setImmediate);
        const found = reports.find(account, name, part);
        if (!found) throw expired();
        contents.push(Buffer.from(found.body));
      }
      return { Content: Buffer.concat(contents), ReportFormat: 'text/csv', GeneratedTime: report.at };
    },
  },
} satisfies Operations<Iam, 'GenerateCredentialReport' | 'GetCredentialReport'>;

type Context = Pick<RunContext<never>, 'account' | 'view' | 'partition' | 'lastUsed'>;

const header = [
  'user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used', 'password_last_changed', 'password_next_rotation', 'mfa_active',
  ...[1, 2].flatMap((n) => ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map((column) => `access_key_${n}_${column}`)),
  ...[1, 2].flatMap((n) => [`cert_${n}_active`, `cert_${n}_last_rotated`]),
];

const none = 'N/A';
const date = (at: Timestamp): string => isoSeconds(at).replace('Z', '+00:00');

/** Users whose lines are written before other requests get their turn, and those in a part of the report. */
const usersPerTurn = 200;
const usersPerPart = 4_000;

/** The lines of the account as it is now, part by part. The users are those of one moment; between turns nothing else is read of them that could name another. */
async function* csvOf(context: Context): AsyncGenerator<string> {
  const { view } = context;
  let text = `${header.join(',')}\n${rootLine(context)}`;
  const users = [...view.users.all()];
  for (let i = 0; i < users.length; i++) {
    if (i > 0 && i % usersPerTurn === 0) await new Promise(setImmediate);
    if (i > 0 && i % usersPerPart === 0) {
      yield text;
      text = '';
    }
    text += `\n${userLine(users[i]!, context)}`;
  }
  yield text;
}

function rootLine(context: Context): string {
  const { account, partition, view } = context;
  const { CreateDate } = partition.accounts.find(account)!;
  // AWS: the password of root is not reported beyond its use.
  return ['<root_account>', arn.root(account), date(CreateDate), 'not_supported', passwordLastUsed(account, context), 'not_supported', 'not_supported', view.mfaDevices.countBy('owner', account) > 0, ...keyColumns(account, context), ...certificateColumns(account, view)].join(',');
}

function userLine(user: UserDoc, context: Context): string {
  const { view } = context;
  return [user.UserName, userArn(view, user), date(user.CreateDate), ...passwordColumns(user, context), view.mfaDevices.countBy('owner', user.UserId) > 0, ...keyColumns(user.UserId, context), ...certificateColumns(user.UserId, view)].map((value) => quoted(String(value))).join(',');
}

/** A user name may hold a comma. */
const quoted = (value: string): string => (value.includes(',') ? `"${value}"` : value);

function passwordLastUsed(principalId: string, { lastUsed }: Context): string {
  const use = lastUsed.find(passwordUse(principalId));
  return use ? date(use.at) : 'no_information';
}

function passwordColumns({ UserId }: UserDoc, context: Context): readonly (string | boolean)[] {
  const { view } = context;
  const profile = view.loginProfiles.find(UserId);
  if (!profile) return [false, none, none, none];
  const expiresAt = passwordExpiresAt(profile, settingsOf(view).PasswordPolicy);
  return [true, passwordLastUsed(UserId, context), date(profile.PasswordChangedAt), expiresAt === undefined ? none : date(expiresAt)];
}

/** The owner's two keys, the older first. */
function keyColumns(principalId: string, { view, lastUsed }: Context): readonly (string | boolean)[] {
  const keys = view.accessKeys.listBy('principal', principalId).toSorted((a, b) => a.CreateDate - b.CreateDate);
  return [0, 1].flatMap((i) => {
    const key = keys[i];
    if (!key) return [false, none, none, none, none];
    const use = lastUsed.find(key.AccessKeyId);
    return [key.Status === 'Active', date(key.CreateDate), use ? date(use.at) : none, use?.region ?? none, use?.service ?? none];
  });
}

function certificateColumns(principalId: string, view: AccountView): readonly (string | boolean)[] {
  const certificates = view.signingCertificates.listBy('principal', principalId).toSorted((a, b) => a.UploadDate - b.UploadDate);
  return [0, 1].flatMap((i) => {
    const certificate = certificates[i];
    return certificate ? [certificate.Status === 'Active', date(certificate.UploadDate)] : [false, none];
  });
}
