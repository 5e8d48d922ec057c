/** The credential report: every user's and root's passwords, keys, MFA devices and certificates, as CSV. Source: "Generating credential reports" (IAM User Guide). */
import type { Iam } from '../../../models/iam.ts';
import * as arn from '../../base/arn.ts';
import { isoSeconds } from '../../base/clock.ts';
import type { Timestamp } from '../../base/clock.ts';
import { passwordUse } from '../../store/last-used.ts';
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
const reportName = 'credentials';

export const credentialReport = {
  GenerateCredentialReport: {
    access: () => [{ resource: '*' }],
    async run(_input, context) {
      const { account, now, reports } = context;
      const known = reports.find(account, reportName);
      if (known && now < known.at + reportMs) return { State: 'COMPLETE' };
      await reports.put({ account, name: reportName, at: now, until: now + keptMs, body: await csvOf(context) });
      return { State: 'STARTED', Description: 'No report exists. Starting a new report generation task' };
    },
  },

  GetCredentialReport: {
    access: () => [{ resource: '*' }],
    run(_input, { account, now, reports, error }) {
      const report = reports.find(account, reportName);
      // GUESS: the words of both.
      if (!report) throw error('ReportNotPresent', 'The report does not exist. Generate it first.');
      if (now >= report.at + reportMs) throw error('ReportExpired', 'The report has expired. Generate a new one.');
      return { Content: Buffer.from(report.body), ReportFormat: 'text/csv', GeneratedTime: report.at };
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

/** Users whose lines are written before other requests get their turn. */
const usersPerTurn = 200;

/** The lines of the account as it is now. The users are those of one moment; between turns nothing else is read of them that could name another. */
async function csvOf(context: Context): Promise<string> {
  const { view } = context;
  const lines = [header.join(','), rootLine(context)];
  const users = [...view.users.all()];
  for (let i = 0; i < users.length; i++) {
    if (i > 0 && i % usersPerTurn === 0) await new Promise((resolve) => { setImmediate(resolve); });
    lines.push(userLine(users[i]!, context));
  }
  return lines.join('\n');
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
