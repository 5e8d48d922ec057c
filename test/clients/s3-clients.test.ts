/** S3 by the clients that people use, unmodified, where they are on the machine: the AWS CLI, boto3, rclone, s3cmd. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { findAccessKey } from '../../src/cli/credentials-file.ts';
import { s3 } from '../../src/services/s3/index.ts';
import { findOnPath, plainEnvironment, startProgram } from '../running.ts';
import type { Program } from '../running.ts';

const run = promisify(execFile);
const big = Buffer.alloc(6 * 1024 * 1024, 'some bytes of a file ');
let folder: string;
let program: Program;
let env: NodeJS.ProcessEnv;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-s3-clients-'));
  program = await startProgram({ args: ['--port', '0', '--data-dir', join(folder, 'data')], cwd: folder });
  const key = findAccessKey(readFileSync(join(folder, 'data', 'credentials'), 'utf8'), 'default')!;
  writeFileSync(join(folder, 'config'), '[default]\nregion = us-east-1\ns3 =\n  signature_version = s3v4\n  multipart_threshold = 5MB\n  multipart_chunksize = 5MB\n');
  const { AWS_CA_BUNDLE: _, ...plain } = plainEnvironment();
  env = { ...plain, AWS_ENDPOINT_URL: program.endpoint, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey, AWS_CONFIG_FILE: join(folder, 'config'), AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };
  mkdirSync(join(folder, 'tree', 'sub'), { recursive: true });
  writeFileSync(join(folder, 'tree', 'one'), 'one');
  writeFileSync(join(folder, 'tree', 'sub', 't wo+ü'), 'two');
  writeFileSync(join(folder, 'big'), big);
});
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a program in the folder; resolves to what it wrote. */
const ran = async (name: string, ...args: readonly string[]): Promise<string> => (await run(name, args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 })).stdout;
const isSame = (file: string): void => assert.ok(readFileSync(join(folder, file)).equals(big), `${file} is not what was put`);

/** Each `aws` on the PATH, and Debian's beside it. */
for (const aws of new Set([findOnPath('aws'), '/usr/bin/aws'].filter((path): path is string => path !== undefined))) {
  test(`${aws}: aws s3 mb, cp, sync, ls, mv, presign, rm, rb`, async (t) => {
    const version = await ran(aws, '--version').catch(() => undefined);
    if (version === undefined) return t.skip(`THERE IS NO AWS CLI AT ${aws}: it was not run.`);
    const bucket = `cli-${/aws-cli\/(\d+)/.exec(version)?.[1] ?? 'x'}`;
    // Named, because Debian's version knows no AWS_ENDPOINT_URL.
    const call = (...args: readonly string[]): Promise<string> => ran(aws, '--endpoint-url', program.endpoint, ...args);
    await call('s3', 'mb', `s3://${bucket}`);
    await call('s3', 'cp', 'big', `s3://${bucket}/big`, '--no-progress');
    await call('s3', 'cp', `s3://${bucket}/big`, 'big-back', '--no-progress');
    isSame('big-back');
    await call('s3', 'sync', 'tree', `s3://${bucket}/tree`, '--no-progress');
    assert.match(await call('s3', 'ls', `s3://${bucket}/tree/`, '--recursive'), /3 tree\/one\n.*3 tree\/sub\/t wo\+ü/);
    await call('s3', 'mv', `s3://${bucket}/tree/one`, `s3://${bucket}/tree/uno`, '--no-progress');
    assert.equal(await call('s3', 'cp', `s3://${bucket}/tree/uno`, '-'), 'one');
    await call('s3', 'cp', `s3://${bucket}/big`, `s3://${bucket}/copy`, '--no-progress');
    const link = (await call('s3', 'presign', `s3://${bucket}/tree/uno`)).trim();
    assert.equal(await (await fetch(link)).text(), 'one');
    assert.equal((await fetch(`${link.slice(0, -1)}${link.endsWith('0') ? '1' : '0'}`)).status, 403);
    assert.equal(JSON.parse(await call('s3api', 'head-object', '--bucket', bucket, '--key', 'big')).ContentLength, big.length);
    assert.deepEqual(JSON.parse(await call('s3api', 'list-objects-v2', '--bucket', bucket, '--delimiter', '/')).CommonPrefixes, [{ Prefix: 'tree/' }]);
    await assert.rejects(call('s3', 'rb', `s3://${bucket}`), /BucketNotEmpty/);
    await call('s3', 'rm', `s3://${bucket}`, '--recursive');
    await call('s3', 'rb', `s3://${bucket}`);
  });
}

test('aws s3api: every operation that is served', async (t) => {
  // The AWS CLI as a library of Python's, as Debian installs it.
  const pythons = [findOnPath('python3'), '/usr/bin/python3'].filter((path): path is string => path !== undefined);
  const has = await Promise.all(pythons.map((python) => ran(python, '-c', 'import awscli.clidriver').then(() => true, () => false)));
  const python = pythons.find((_, i) => has[i]);
  if (python === undefined) return t.skip('NO PYTHON HERE HAS THE AWS CLI: aws s3api was not toured.');
  const commands = new Set((await ran(python, join(import.meta.dirname, 's3api_tour.py'))).trim().split('\n'));
  const served = [...s3.operations.keys()].map((name) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase());
  assert.deepEqual(served.filter((command) => !commands.has(command)), [], 'an operation that is served has its place in s3api_tour.py');
});

test('boto3: parts, checksums, links, forms, copies, pages', async (t) => {
  const python = findOnPath('python3');
  if (python === undefined || await ran(python, '-c', 'import boto3').catch(() => undefined) === undefined) return t.skip('THERE IS NO BOTO3: it was not run.');
  assert.equal(await ran(python, join(import.meta.dirname, 's3_boto3.py')), 'all as it should be\n');
});

test('rclone: mkdir, copy, check, parts, move, purge', async (t) => {
  const rclone = findOnPath('rclone');
  if (rclone === undefined) return t.skip('RCLONE IS NOT ON THE PATH: it was not run.');
  writeFileSync(join(folder, 'rclone.conf'), `[g]\ntype = s3\nprovider = Other\nenv_auth = true\nendpoint = ${program.endpoint}\nregion = us-east-1\n`);
  const call = (...args: readonly string[]): Promise<string> => ran(rclone, '--config', join(folder, 'rclone.conf'), ...args);
  await call('mkdir', 'g:rclone-bucket');
  await call('copy', 'tree', 'g:rclone-bucket/tree');
  await call('check', 'tree', 'g:rclone-bucket/tree');
  await call('copyto', 'big', 'g:rclone-bucket/big', '--s3-upload-cutoff', '5M', '--s3-chunk-size', '5M');
  await call('copyto', 'g:rclone-bucket/big', 'rclone-back');
  isSame('rclone-back');
  await call('moveto', 'g:rclone-bucket/tree/one', 'g:rclone-bucket/tree/uno');
  assert.equal(await call('cat', 'g:rclone-bucket/tree/uno'), 'one');
  await call('purge', 'g:rclone-bucket');
});

test('s3cmd: mb, put, sync, ls, parts, info, cp, del, rb', async (t) => {
  const s3cmd = findOnPath('s3cmd');
  if (s3cmd === undefined) return t.skip('S3CMD IS NOT ON THE PATH: it was not run.');
  const { host } = new URL(program.endpoint);
  writeFileSync(join(folder, 's3cfg'), `[default]\naccess_key = ${env.AWS_ACCESS_KEY_ID}\nsecret_key = ${env.AWS_SECRET_ACCESS_KEY}\nhost_base = ${host}\nhost_bucket = ${host}\nuse_https = False\n`);
  const call = (...args: readonly string[]): Promise<string> => ran(s3cmd, '-c', join(folder, 's3cfg'), '--no-progress', ...args);
  await call('mb', 's3://s3cmd-bucket');
  await call('put', 'tree/one', 's3://s3cmd-bucket/one');
  await call('sync', 'tree/', 's3://s3cmd-bucket/tree/');
  assert.match(await call('ls', '-r', 's3://s3cmd-bucket'), /s3:\/\/s3cmd-bucket\/tree\/sub\/t wo\+ü/);
  await call('put', '--multipart-chunk-size-mb=5', 'big', 's3://s3cmd-bucket/big');
  await call('get', '--force', 's3://s3cmd-bucket/big', 's3cmd-back');
  isSame('s3cmd-back');
  assert.match(await call('info', 's3://s3cmd-bucket/one'), /SSE: +AES256/);
  await call('cp', 's3://s3cmd-bucket/one', 's3://s3cmd-bucket/copy');
  await call('del', '-r', '--force', 's3://s3cmd-bucket');
  await call('rb', 's3://s3cmd-bucket');
});
