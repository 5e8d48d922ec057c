/** Every command that the AWS CLI has for IAM and STS, typed as people type it, where it is: what it sends is taken, and what it shows is what AWS's users see. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { intermediateCertificate, leafCertificate, leafKey, rootCertificate } from '../certificates.ts';
import { samlMetadata } from '../sts/saml-idp.ts';
import { tourAccount } from './aws-cli/account.ts';
import { findClis, openCli, type Cli, type Ended, type FoundCli } from './aws-cli/cli.ts';
import { tourCredentials } from './aws-cli/credentials.ts';
import { tourOutput } from './aws-cli/output.ts';
import { policyFiles, tourPolicies } from './aws-cli/policies.ts';
import { tourProviders } from './aws-cli/providers.ts';
import { tourRoles, trustFiles } from './aws-cli/roles.ts';
import { tourSessions } from './aws-cli/sessions.ts';
import { tourUsers } from './aws-cli/users.ts';
import { account, startFederation, type Federation } from './federation.ts';

/** What the documents of the tours are, as files. */
const files: Readonly<Record<string, string>> = {
  ...policyFiles, ...trustFiles,
  'leaf.pem': leafCertificate, 'leaf.key': leafKey, 'chain.pem': intermediateCertificate + rootCertificate, 'saml.xml': samlMetadata(),
  'key.pub': 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDkUie+15zlvA9rTWxNU5U2dhC9B58C0SpGP1ymdjgurnkhoh7jjxH87Ab1NMaQFzFkMXA7kZv3RbzyoJQAdB2pubCZH9UQomWb/AIOYajTUljwj6kX9kY8HZfl2C9yP+aK9cCVlKaDPdyhJeQU0XBs7LMgKOar7ZVeqGSOmqOS9iRN7Wg6EDSVjElyd33BuKP5H0f38852U+Z58yhNxoJNy8/uWgrlpW0J+butrWGjAdrOZbTs5BEg9ii3ozJ1HIoCz+4hrE+xWnHGtwAaoEaypXBR0fYjgybwDc6BiW+sQpHg47PHpL6Qs7W/TzRNk9E2ei/i1eCiuXtUcpDSuCuD',
};

/** Commands that can only be refused here, and why; what they are told stands in the tours. */
const onlyRefused: Readonly<Record<string, string>> = {
  ...because('there is no organization', [
    'sts assume-root', 'list-organizations-features', 'enable-organizations-root-credentials-management', 'disable-organizations-root-credentials-management', 'enable-organizations-root-sessions', 'disable-organizations-root-sessions',
    'generate-organizations-access-report', 'get-organizations-access-report',
  ]),
  ...because('nobody is onboarded as a partner of AWS, so that there are no requests', [
    'sts get-delegated-access-token', 'create-delegation-request', 'get-delegation-request', 'accept-delegation-request', 'associate-delegation-request', 'reject-delegation-request', 'update-delegation-request', 'send-delegation-token', 'get-human-readable-summary',
  ]),
};

function because(reason: string, commands: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(commands.map((command) => [command.includes(' ') ? command : `iam ${command}`, reason]));
}

/** Both that AWS maintains; which of them a machine has varies. */
for (const major of ['1', '2']) {
  const found = findClis().get(major);
  if (found === undefined) test(`the AWS CLI ${major}`, (t) => t.skip(`THE AWS CLI ${major} IS NO MODULE OF A python3 ON THE PATH: its tour was not made.`));
  else describe(`the AWS CLI ${major}:`, () => tourAll(found));
}

function tourAll(found: FoundCli): void {
  let federation: Federation;
  let cli: Cli;
  const clientEnv = (): NodeJS.ProcessEnv => ({ ...federation.env, AWS_ACCESS_KEY_ID: federation.admin.accessKeyId, AWS_SECRET_ACCESS_KEY: federation.admin.secretAccessKey });
  before(async () => {
    federation = await startFederation();
    for (const [name, text] of Object.entries(files)) federation.write(name, text);
    cli = await openCli(found, clientEnv(), federation.folder);
  });
  after(async () => {
    await cli.close();
    assert.equal(await federation.close(), 0);
  });

  test('users and groups', () => tourUsers(cli, account));
  test('policies', () => tourPolicies(cli, account));
  test('roles and instance profiles', () => tourRoles(cli, account));
  test('credentials', () => tourCredentials(cli, account, federation.folder));
  test('identity providers and server certificates', () => tourProviders(cli, account));
  test('the account', () => tourAccount(cli, account));
  test('sessions', () => tourSessions(cli, federation));
  test('output, pages and exit codes', () => tourOutput(cli, account));

  test('started as a program it does and says the same', async (t) => {
    const { program } = found;
    if (program === undefined) return t.skip(`THERE IS NO aws BESIDE ${found.python}: it was not started.`);
    const pointed = `--endpoint-url ${federation.endpoint}`;
    for (const [words, driven] of [[`iam list-roles --output table ${pointed}`, cli.run`iam list-roles --output table`], [`iam get-user --user-name nobody ${pointed}`, cli.run`iam get-user --user-name nobody`]] as const) {
      assert.deepEqual(await endOf(spawn(program, words.split(' '), { cwd: federation.folder, env: clientEnv(), stdio: ['ignore', 'pipe', 'pipe'] })), await driven);
    }
  });

  test('every command and every waiter was typed', (t) => {
    const { tables: { version, commands, waiters }, answered, refused } = cli;
    t.diagnostic(`AWS CLI ${version}`);
    const typeable = [
      ...Object.keys(commands.iam).map((command) => `iam ${command}`), ...Object.keys(commands.sts).map((command) => `sts ${command}`),
      ...waiters.iam.map((waiter) => `iam wait ${waiter}`), ...waiters.sts.map((waiter) => `sts wait ${waiter}`),
    ];
    assert.deepEqual(typeable.filter((command) => !answered.has(command) && !(command in onlyRefused && refused.has(command))), [],
      'If you are here because these were not answered: the CLI has something new. Give it a line in its noun\'s tour in test/clients/aws-cli/.');
    assert.deepEqual(Object.keys(onlyRefused).filter((command) => answered.has(command)), [], 'These are answered now: take them out of the ledger.');
  });
}

async function endOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Ended> {
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number]>]);
  return { status, stdout, stderr };
}
