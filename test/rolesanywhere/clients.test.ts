/** What gives clients their credentials by certificate, in front of a running Gatehouse: our own command, and AWS's helper where somebody has it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { IAMClient, CreateRoleCommand } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readAccessKey } from '../../src/cli/credentials-file.ts';
import { root } from '../imports.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';
import { signRequest } from '../sign-request.ts';
import { trusting } from './anywhere.ts';

/** By its variable, or on the path. */
const helper = process.env['AWS_SIGNING_HELPER'] ?? findOnPath('aws_signing_helper');
const run = promisify(execFile);

describe('credentials by certificate', () => {
  let folder: string;
  let program: Awaited<ReturnType<typeof startProgram>>;
  let flags: readonly string[];

  const gatehouse = async (...args: readonly string[]): Promise<string> => (await run(process.execPath, [join(root, 'bin', 'gatehouse'), ...args], { cwd: folder, env: { ...plainEnvironment(), AWS_ENDPOINT_URL: program.endpoint }, encoding: 'utf8' })).stdout;
  const credentials = (written: string) => {
    const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration } = JSON.parse(written) as Record<string, string>;
    assert.equal(Version, 1);
    assert.ok(Date.parse(Expiration!) > Date.now());
    return { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! };
  };
  const whoIs = async (written: string): Promise<string | undefined> => (await new STSClient({ region: 'us-east-1', endpoint: program.endpoint, credentials: credentials(written) }).send(new GetCallerIdentityCommand({}))).Arn;
  const identity = (name: string): readonly string[] => ['--certificate', join(folder, `${name}.pem`), '--private-key', join(folder, `${name}-key.pem`)];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-certificates-'));
    const dataDir = join(folder, 'data');
    program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir], cwd: folder });
    await gatehouse('ca', 'init', '--subject', 'CN=Authority');
    for (const type of ['ec', 'ec384', 'rsa']) await gatehouse('ca', 'issue', '--subject', `CN=${type}`, '--key-type', type, '--out', type);
    const admin = readAccessKey(dataDir, 'default')!;
    const call = async (target: string, document: object) => {
      const { rawHeaders, body } = signRequest({ ...admin, at: Date.now(), service: 'rolesanywhere', region: 'us-east-1', target, headers: { 'Content-Type': 'application/json', Host: new URL(program.endpoint).host }, body: JSON.stringify(document) });
      const answer = await fetch(new URL(target, program.endpoint), { method: 'POST', body: Buffer.from(body), headers: Object.fromEntries(rawHeaders.flatMap((name, i) => (i % 2 === 0 && !/^(?:host|content-length)$/i.test(name) ? [[name, rawHeaders[i + 1]!] as const] : []))) });
      const json = await answer.json() as { readonly trustAnchor?: { readonly trustAnchorArn: string }; readonly profile?: { readonly profileArn: string } };
      assert.equal(answer.status, 201, JSON.stringify(json));
      return json;
    };
    const { Role } = await new IAMClient({ region: 'us-east-1', endpoint: program.endpoint, credentials: admin }).send(new CreateRoleCommand({ RoleName: 'device', AssumeRolePolicyDocument: trusting() }));
    const { trustAnchor } = await call('/trustanchors', { name: 'a', enabled: true, source: { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: readFileSync(join(folder, 'ca', 'ca.pem'), 'utf8') } } });
    const { profile } = await call('/profiles', { name: 'p', enabled: true, roleArns: [Role!.Arn] });
    flags = ['--trust-anchor-arn', trustAnchor!.trustAnchorArn, '--profile-arn', profile!.profileArn, '--role-arn', Role!.Arn!];
  });

  after(async () => {
    assert.equal(await program.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  test('gatehouse credential-process writes those of the role, for keys of every kind, several of one second', async () => {
    for (const name of ['ec', 'ec384', 'rsa']) {
      const written = await Promise.all([1, 2].map(() => gatehouse('credential-process', ...identity(name), ...flags)));
      for (const text of written) assert.match((await whoIs(text))!, /assumed-role\/device\/[0-9a-f]{32}$/);
    }
  });

  test('gatehouse credential-process says what is wrong, and writes nothing', async () => {
    const refused = async (args: readonly string[], expected: RegExp, code = 1): Promise<void> => {
      await assert.rejects(gatehouse('credential-process', ...args), (thrown: { code: number; stdout: string; stderr: string }) => {
        assert.deepEqual([thrown.code, thrown.stdout], [code, ''], thrown.stderr);
        assert.match(thrown.stderr, expected);
        return true;
      });
    };
    await refused([...identity('ec').slice(0, 2), ...identity('rsa').slice(2), ...flags], /does not belong to the certificate/);
    await refused(['--certificate', 'none.pem', ...identity('ec').slice(2), ...flags], /cannot read .*none\.pem/);
    await refused([...identity('ec'), ...flags.slice(2)], /--certificate goes together with/, 2);
    await refused([...identity('ec'), ...flags, '--session-name', 'mine'], /Not authorized to set roleSessionName/);
    await refused([...identity('ec'), ...flags, '--external-id', 'x'], /mean nothing beside --certificate/, 2);
    await refused(['--profile-arn', flags[3]!, '--role', flags[5]!], /--certificate is needed/, 2);
  });

  test('AWS\'s own helper is given the same', { skip: helper === undefined && 'AWS_SIGNING_HELPER IS NOT ON THE MACHINE: Roles Anywhere was not tried with AWS\'s helper. Put aws_signing_helper on the PATH, or its path in AWS_SIGNING_HELPER, to run this test.' }, async () => {
    for (const name of ['ec', 'rsa']) {
      const { stdout } = await run(helper!, ['credential-process', ...identity(name), ...flags, '--endpoint', program.endpoint], { encoding: 'utf8', env: plainEnvironment() });
      assert.match((await whoIs(stdout))!, /assumed-role\/device\/[0-9a-f]{32}$/);
    }
  });
});
