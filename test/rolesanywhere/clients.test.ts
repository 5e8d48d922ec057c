/** What gives clients their credentials by certificate, in front of a running Gatehouse: our own command, and AWS's helper where somebody has it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
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
import { signedSession } from './signed-session.ts';

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

  /** What goes over the wire where AWS's helper asks, byte for byte but for what was signed; of version 2 of its SDK on, with two headers more. Source: its published source (signer.go, credentials.go) and a request that was recorded in public in July 2022. */
  function asHelper(name: string, sdk: '1' | '2', chain: readonly Uint8Array[] = []): { readonly signed: ReturnType<typeof signedSession>; readonly bytes: Buffer } {
    const [anchor, profile, role] = [flags[1]!, flags[3]!, flags[5]!];
    const pem = (file: string): string => readFileSync(join(folder, file), 'utf8');
    const added: Readonly<Record<string, string>> = sdk === '2' ? { 'amz-sdk-invocation-id': randomUUID(), 'amz-sdk-request': 'attempt=1; max=3' } : {};
    const signed = signedSession({
      key: createPrivateKey(pem(`${name}-key.pem`)), certificate: new X509Certificate(pem(`${name}.pem`)).raw, chain, at: Date.now(),
      query: { profileArn: profile, roleArn: role, trustAnchorArn: anchor }, body: { durationSeconds: 3600 }, headers: { host: new URL(program.endpoint).host, ...added },
    });
    const { host, authorization, ...others } = Object.fromEntries(signed.headers.map(([header, value]) => [header.toLowerCase(), value]));
    const headers = [['Host', host], ['User-Agent', 'CredHelper/1.0.0 (go1.18.2; linux; amd64)'], ['Transfer-Encoding', 'chunked'], ['Authorization', authorization], ...Object.entries(others).map(([header, value]) => [header.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()), value]), ['Accept-Encoding', 'gzip']];
    const head = `POST ${signed.target} HTTP/1.1\r\n${headers.map(([header, value]) => `${header}: ${value}\r\n`).join('')}\r\n`;
    return { signed, bytes: Buffer.from(`${head}${signed.body.length.toString(16)}\r\n${signed.body}\r\n0\r\n\r\n`) };
  }

  const answerTo = (bytes: Buffer): Promise<string> => new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(new URL(program.endpoint).port), '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(30_000, () => socket.destroy(new Error(`no answer: ${said}`)));
    socket.on('error', reject).on('data', (data) => {
      said += data.toString('latin1');
      if (/\r\n\r\n[^]*\}$/.test(said)) socket.destroy();
    }).on('close', () => resolve(said));
  });

  test('a request as AWS\'s helper makes it opens a session: its query, its headers, its chunked body, with a chain and without; two of one second of RSA, too', async () => {
    for (const name of ['ec', 'rsa']) {
      for (const sdk of ['1', '2'] as const) {
        const { signed, bytes } = asHelper(name, sdk, [new X509Certificate(readFileSync(join(folder, 'ca', 'ca.pem'))).raw]);
        assert.match(signed.headers.at(-1)![1], sdk === '1' ? /SignedHeaders=content-type;host;x-amz-date;x-amz-x509;x-amz-x509-chain, / : /SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-type;host;x-amz-date;x-amz-x509;x-amz-x509-chain, /);
        const answer = await answerTo(bytes);
        assert.match(answer, /^HTTP\/1\.1 201 [^]*"subjectArn":"arn:aws:rolesanywhere:us-east-1:\d+:subject\//);
        const { credentials: { expiration, ...key } } = (JSON.parse(answer.slice(answer.indexOf('{'))) as { credentialSet: [{ credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: string } }] }).credentialSet[0];
        assert.match((await whoIs(JSON.stringify({ Version: 1, AccessKeyId: key.accessKeyId, SecretAccessKey: key.secretAccessKey, SessionToken: key.sessionToken, Expiration: expiration })))!, /assumed-role\/device\//);
      }
    }
    const twin = asHelper('rsa', '1').bytes;
    for (const answer of await Promise.all([1, 2, 3].map(() => answerTo(twin)))) assert.match(answer, /^HTTP\/1\.1 201 /);
    assert.match(await answerTo(Buffer.from(twin.toString('latin1').replace('3600', '3601'), 'latin1')), /^HTTP\/1\.1 403 /);
  });

  test('AWS\'s own helper is given the same', { skip: helper === undefined && 'AWS_SIGNING_HELPER IS NOT ON THE MACHINE: Roles Anywhere was not tried with AWS\'s helper. Put aws_signing_helper on the PATH, or its path in AWS_SIGNING_HELPER, to run this test.' }, async () => {
    for (const name of ['ec', 'rsa']) {
      const { stdout } = await run(helper!, ['credential-process', ...identity(name), ...flags, '--endpoint', program.endpoint], { encoding: 'utf8', env: plainEnvironment() });
      assert.match((await whoIs(stdout))!, /assumed-role\/device\/[0-9a-f]{32}$/);
    }
  });
});
