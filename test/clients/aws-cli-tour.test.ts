/** Every command that the AWS CLI has for IAM and STS, typed as people type it, where it is: what it sends is taken, and what it shows is what AWS's users see. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { intermediateCertificate, leafCertificate, leafKey, rootCertificate } from '../certificates.ts';
import { samlMetadata } from '../sts/saml-idp.ts';
import { tourAccount } from './aws-cli/account.ts';
import { openCli, type Cli, type Ended } from './aws-cli/cli.ts';
import { tourCredentials } from './aws-cli/credentials.ts';
import { tourOutput } from './aws-cli/output.ts';
import { policyFiles, tourPolicies } from './aws-cli/policies.ts';
import { tourProviders } from './aws-cli/providers.ts';
import { tourRoles, trustFiles } from './aws-cli/roles.ts';
import { tourSessions } from './aws-cli/sessions.ts';
import { tourUsers } from './aws-cli/users.ts';
import { findOnPath } from '../running.ts';
import { account, startFederation, type Federation } from './federation.ts';

let federation: Federation;
let cli: Cli | string;

/** What the documents of the tours are, as files. */
const files: Readonly<Record<string, string>> = {
  ...policyFiles, ...trustFiles,
  'leaf.pem': leafCertificate, 'leaf.key': leafKey, 'chain.pem': intermediateCertificate + rootCertificate, 'saml.xml': samlMetadata(),
  'key.pub': 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDkUie+15zlvA9rTWxNU5U2dhC9B58C0SpGP1ymdjgurnkhoh7jjxH87Ab1NMaQFzFkMXA7kZv3RbzyoJQAdB2pubCZH9UQomWb/AIOYajTUljwj6kX9kY8HZfl2C9yP+aK9cCVlKaDPdyhJeQU0XBs7LMgKOar7ZVeqGSOmqOS9iRN7Wg6EDSVjElyd33BuKP5H0f38852U+Z58yhNxoJNy8/uWgrlpW0J+butrWGjAdrOZbTs5BEg9ii3ozJ1HIoCz+4hrE+xWnHGtwAaoEaypXBR0fYjgybwDc6BiW+sQpHg47PHpL6Qs7W/TzRNk9E2ei/i1eCiuXtUcpDSuCuD',
};

before(async () => {
  federation = await startFederation();
  for (const [name, text] of Object.entries(files)) federation.write(name, text);
  cli = await openCli(clientEnv(), federation.folder);
});
after(async () => {
  if (typeof cli !== 'string') await cli.close();
  assert.equal(await federation.close(), 0);
});

const clientEnv = (): NodeJS.ProcessEnv => ({ ...federation.env, AWS_ACCESS_KEY_ID: federation.admin.accessKeyId, AWS_SECRET_ACCESS_KEY: federation.admin.secretAccessKey });

const tours: Readonly<Record<string, (cli: Cli) => Promise<void>>> = {
  'users and groups': (cli) => tourUsers(cli, account),
  'policies': (cli) => tourPolicies(cli, account),
  'roles and instance profiles': (cli) => tourRoles(cli, account),
  'credentials': (cli) => tourCredentials(cli, account, federation.folder),
  'identity providers and server certificates': (cli) => tourProviders(cli, account),
  'the account': (cli) => tourAccount(cli, account),
  'sessions': (cli) => tourSessions(cli, federation),
  'output, pages and exit codes': (cli) => tourOutput(cli, account),
};

/** What the CLI has and the tours leave out, and why. */
const leftOut: Readonly<Record<string, string>> = {};

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

for (const [name, tour] of Object.entries(tours)) {
  test(`the AWS CLI: ${name}`, async (t) => {
    if (typeof cli === 'string') return t.skip(cli);
    await tour(cli);
  });
}

test('the AWS CLI, started as a program, does and says the same', async (t) => {
  const aws = findOnPath('aws');
  if (typeof cli === 'string' || aws === undefined) return t.skip('THE AWS CLI IS NOT ON THE PATH, or cannot be driven: it was not started.');
  for (const [line, driven] of [['iam list-roles --output table', cli.run`iam list-roles --output table`], ['iam get-user --user-name nobody', cli.run`iam get-user --user-name nobody`]] as const) {
    assert.deepEqual(await startAws(aws, line.split(' ')), await driven);
  }
});

async function startAws(aws: string, words: readonly string[]): Promise<Ended> {
  const child = spawn(aws, words, { cwd: federation.folder, env: clientEnv(), stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number]>]);
  return { status, stdout, stderr };
}

test('the AWS CLI: every command and every waiter was typed', (t) => {
  if (typeof cli === 'string') return t.skip(cli);
  const { tables: { version, commands, waiters }, answered, refused } = cli;
  t.diagnostic(`AWS CLI ${version}`);
  const has = [
    ...Object.keys(commands.iam).map((command) => `iam ${command}`),
    ...Object.keys(commands.sts).map((command) => `sts ${command}`),
    ...waiters.iam.map((waiter) => `iam wait ${waiter}`), ...waiters.sts.map((waiter) => `sts wait ${waiter}`),
  ];
  assert.deepEqual(has.filter((command) => !answered.has(command) && !(command in leftOut) && !(command in onlyRefused && refused.has(command))), [],
    'If you are here because these were not answered: the CLI has something new. Give it a line in its noun\'s tour in test/clients/aws-cli/.');
  assert.deepEqual(Object.keys({ ...leftOut, ...onlyRefused }).filter((command) => answered.has(command)), [], 'These are answered now: take them out of the ledger.');
});
