/** What the AWS CLI and boto3 write of GetAccountAuthorizationDetails is one and the same file: the one with which a policy tool decides as the server does (test/iam/policy-tool.test.ts). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { IAMClient, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { makeGeneratedAccount } from '../iam/generated-account.ts';
import { type AuthorizationDetails, fileOf, principalsOf } from '../iam/policy-tool.ts';
import { findOnPath, homeOf, plainEnvironment, type Program, startProgram } from '../running.ts';
import { findClis, openCli } from './aws-cli/cli.ts';

const account = '111122223333';
let folder: string;
let program: Program;
let iam: IAMClient;
let env: NodeJS.ProcessEnv;
let made: Awaited<ReturnType<typeof makeGeneratedAccount>>;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-policy-tool-'));
  program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data'), '--account-id', account], cwd: folder });
  const { accessKeyId, secretAccessKey } = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
  iam = new IAMClient({ endpoint: program.endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } });
  env = { ...plainEnvironment(), ...homeOf(folder), AWS_ENDPOINT_URL: program.endpoint, AWS_DEFAULT_REGION: 'us-east-1', AWS_PAGER: '', AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  made = await makeGeneratedAccount(iam, account, 'policy tool');
});
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

/** Times as each client writes them are one time. */
const read = (text: string): AuthorizationDetails & { readonly IsTruncated?: unknown } => JSON.parse(text, (name, value: unknown) => (/^(?:Create|Update|LastUsed)Date$/.test(name) ? new Date(value as string).toISOString() : value));

async function sdkFile(): Promise<AuthorizationDetails> {
  const pages = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam, pageSize: 4 }, {})) pages.push(page);
  return fileOf(pages);
}

for (const major of ['1', '2']) {
  test(`the AWS CLI ${major} writes the file, whatever its pages`, async (t) => {
    const found = findClis().get(major);
    if (found === undefined) return t.skip(`THE AWS CLI ${major} IS NO MODULE OF A python3 ON THE PATH: its file was not read.`);
    const cli = await openCli(found, env, folder);
    const { IsTruncated: _, ...whole } = read(await cli.text`iam get-account-authorization-details --output json`);
    const { IsTruncated: __, ...paged } = read(await cli.text`iam get-account-authorization-details --output json --page-size 7`);
    await cli.close();
    assert.deepEqual(whole, paged);
    assert.deepEqual(whole, await sdkFile());
    assert.equal(principalsOf(whole).length, made.users + made.roles + 1, 'and the administrator');
  });
}

const paginating = `
import boto3, json
pages = boto3.client('iam', endpoint_url='ENDPOINT').get_paginator('get_account_authorization_details').paginate(PaginationConfig={'PageSize': 3})
print(json.dumps(pages.build_full_result(), default=lambda value: value.isoformat()))
`;

test('boto3 writes the same file', async (t) => {
  const python = findOnPath('python3');
  if (python === undefined || spawnSync(python, ['-c', 'import boto3']).status !== 0) return t.skip('BOTO3 IS NOT THERE: its file was not read.');
  const { stdout, stderr, status } = spawnSync(python, ['-c', paginating.replace('ENDPOINT', program.endpoint)], { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  assert.equal(status, 0, stderr);
  const { IsTruncated: _, ...file } = read(stdout);
  assert.deepEqual(file, await sdkFile());
});
