/** `gatehouse who-can` against a running Gatehouse. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { runCommandLine } from '../../src/cli/command-line.ts';
import type { Commands } from '../../src/cli/commands.ts';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { startProgram, type Program } from '../running.ts';
import { machine } from './machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-who-can-'));
const dataDir = join(folder, 'data');
let program: Program;
before(async () => {
  program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--account-id', '111122223333'], cwd: folder });
  const iam = new IAMClient({ endpoint: program.endpoint, region: 'us-east-1', credentials: findAccessKey(readFileSync(join(dataDir, 'credentials'), 'utf8'), 'default')!, maxAttempts: 1 });
  await iam.send(new CreateRoleCommand({ RoleName: 'reader', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } }) }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'reader', PolicyName: 'read', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Sid: 'Some', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*', Condition: { Bool: { 'aws:SecureTransport': true } } } }) }));
});
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

const unexpected = () => { throw new Error('not asked for'); };
const commands: Commands = { start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: unexpected, authorizationReference: unexpected };

async function whoCan(...args: readonly string[]) {
  using world = machine();
  const code = await runCommandLine(['who-can', '--data-dir', dataDir, ...args], world, commands);
  return { code, ...world.said };
}

test('who may, by which statements, and if what', async () => {
  const { code, stdout } = await whoCan('s3:GetObject');
  assert.equal(code, 0);
  assert.equal(stdout, [
    'arn:aws:iam::111122223333:root  may',
    'arn:aws:iam::111122223333:user/admin  may',
    '  Allow by the identity policy AdministratorAccess of user/admin, statement 1',
    'arn:aws:iam::111122223333:role/reader  may, if',
    '  Allow by the identity policy read of role/reader, statement 1 "Some", if the resource is arn:aws:s3:::reports/* and Bool aws:SecureTransport true',
    '',
  ].join('\n'));
  const { principals } = JSON.parse((await whoCan('--json', 's3:GetObject')).stdout) as { principals: readonly { PrincipalArn: string; Grants: readonly object[] }[] };
  assert.deepEqual(principals.map(({ Grants }) => Grants.length || 0), [0, 1, 1]);
});

test('what is no question is refused', async () => {
  assert.match((await whoCan()).stderr, /who-can takes an action/);
  assert.deepEqual(await whoCan('s3:GetObjekt'), { code: 1, stdout: '', stderr: 'gatehouse: NoSuchAction: AWS lists no action s3:GetObjekt.\n' });
});
