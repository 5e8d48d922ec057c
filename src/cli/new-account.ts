/** What a person is told, once, about an account that has just been made. */
import { join } from 'node:path';
import type { MadeAccount, MadeAdministrator, RecoveredRoot, RunningGatehouse } from './commands.ts';
import { writeSecretFile } from './secret-file.ts';
import type { Output } from './world.ts';

/** Lines of `name  value`, the values in one column. */
function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}   ${value}\n`).join('');
}

/** The one-time password as it is told: to a terminal itself, else by the path of a file only its owner may read. */
function rootPasswordRow({ accountId, rootPassword }: Pick<MadeAccount, 'accountId' | 'rootPassword'>, dataDir: string, output: Output): readonly (readonly [string, string])[] {
  if (rootPassword === undefined) return [];
  if (output.isTerminal) return [['Root password', `${rootPassword}   (for one sign-in; it is not shown again)`]];
  const path = join(dataDir, `root-password-${accountId}`);
  writeSecretFile(path, `${rootPassword}\n`);
  return [['Root password', `in ${path}   (for one sign-in; delete the file when it is noted)`]];
}

function administratorRow(administrator: MadeAdministrator | undefined): readonly (readonly [string, string])[] {
  if (administrator === undefined) return [['Root access key', 'as given by GATEHOUSE_ROOT_ACCESS_KEY_ID; there is no other user']];
  const { userName, credentialsFile, profile } = administrator;
  return [['Administrator', userName], ['Its access key', `in ${credentialsFile}   (profile ${profile})`]];
}

/** Tells about a new account. Secrets go to a terminal or to files of mode 0600, nowhere else. */
export function announceAccount(made: MadeAccount, dataDir: string, output: Output): void {
  const rows = [['Account', made.accountId] as const, ['Root', made.rootEmail] as const, ...rootPasswordRow(made, dataDir, output), ...administratorRow(made.administrator)];
  output.write(`A new account was made:\n\n${table(rows)}\n`);
}

/** Tells what root has now. */
export function announceRecovery(recovered: RecoveredRoot, dataDir: string, output: Output): void {
  const { accountId, rootEmail, devices } = recovered;
  const rows = [['Account', accountId] as const, ['Root', rootEmail] as const, ...rootPasswordRow(recovered, dataDir, output), ...devices.map((device) => ['MFA device taken off', device] as const)];
  output.write(`Root can sign in again:\n\n${table(rows)}\nIts console sessions have ended.\n`);
}

/** What the words about a start depend on. `dataDirFlag` is what the other commands must be given to find the same place. */
export interface StartedWith { readonly program: string; readonly dataDir: string; readonly dataDirFlag: string; readonly isEphemeral: boolean }

/** How to point a client here, when the credentials stand in a file. */
function howToUse({ program, dataDirFlag }: StartedWith): string {
  return `Point the AWS CLI and SDKs of another terminal at it:

  eval "$(${program} env${dataDirFlag})"
  aws sts get-caller-identity

or run the AWS CLI through it:

  ${program} aws${dataDirFlag} iam list-users

`;
}

/** By a name where there is one: passkeys are bound to names. */
const browserUrl = (endpoint: string): string => `${endpoint.replace(/\/\/(?:127\.0\.0\.1|\[::1\])(?=:|$)/, '//localhost')}/_gatehouse/console/`;

/** What a start says once it answers. */
export function announceStart({ endpoint, made, accountIds }: RunningGatehouse, startedWith: StartedWith, output: Output): void {
  const { dataDir, isEphemeral } = startedWith;
  const where = isEphemeral ? 'nothing is kept' : `data in ${dataDir}`;
  if (made === undefined) {
    const found = accountIds.length === 1 ? `account ${accountIds[0]}` : `${accountIds.length} accounts`;
    output.write(`Gatehouse answers at ${endpoint}; found ${found}; ${where}.\n`);
    return;
  }
  announceAccount(made, dataDir, output);
  if (made.administrator !== undefined) output.write(howToUse(startedWith));
  if (made.rootPassword !== undefined) output.write(`Sign in with a browser as root, and make users:\n\n  ${browserUrl(endpoint)}\n\n`);
  output.write(`Gatehouse answers at ${endpoint}; ${where}.\n`);
}
