/** A token that the AWS CLI was given by a running Gatehouse is verified by jose from the issuer's URL alone, for each algorithm and across new keys. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import { findOnPath, plainEnvironment, startProgram, type Program } from '../running.ts';
import { root } from '../imports.ts';

const run = promisify(execFile);
const aws = findOnPath('aws');
const skip = aws === undefined ? 'the AWS CLI is not on this machine' : false;
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-token-'));
const dataDir = join(folder, 'data');
let program: Program;
before(async () => { program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--account-id', '111122223333'], cwd: folder }); });
after(async () => {
  await program.stop();
  rmSync(folder, { recursive: true });
});

const env = { ...plainEnvironment(), AWS_DEFAULT_REGION: 'eu-central-1', AWS_PAGER: '' };
async function gatehouse(...args: readonly string[]): Promise<string> {
  const [command, ...rest] = args;
  return (await run(process.execPath, [join(root, 'bin', 'gatehouse'), command!, '--data-dir', dataDir, ...rest], { cwd: folder, env })).stdout;
}
const getToken = async (algorithm: string): Promise<string> =>
  (await gatehouse('aws', 'sts', 'get-web-identity-token', '--audience', 'api.example.com', '--signing-algorithm', algorithm, '--tags', 'Key=job,Value=7', '--query', 'WebIdentityToken', '--output', 'text')).trim();

/** By what the token itself says of its issuer, as somebody does who was told to trust that issuer. */
async function verify(token: string) {
  const { iss } = decodeJwt(token);
  const { jwks_uri: keys } = await (await fetch(`${iss}/.well-known/openid-configuration`)).json() as { readonly jwks_uri: string };
  return jwtVerify(token, createRemoteJWKSet(new URL(keys)), { issuer: iss!, audience: 'api.example.com', algorithms: ['RS256', 'ES384'] });
}

test('tokens of both algorithms are verified at the address that they name, before and after new keys', { skip }, async () => {
  const issuer = (await gatehouse('aws', 'iam', 'enable-outbound-web-identity-federation', '--query', 'IssuerIdentifier', '--output', 'text')).trim();
  assert.ok(issuer.startsWith(`${program.endpoint}/_gatehouse/issuers/`), issuer);
  const old = [await getToken('RS256'), await getToken('ES384')];
  for (const token of old) {
    const { payload } = await verify(token);
    assert.deepEqual([payload.iss, payload.sub], [issuer, 'arn:aws:iam::111122223333:user/admin']);
    assert.deepEqual(payload['https://sts.amazonaws.com/'], { aws_account: '111122223333', source_region: 'eu-central-1', principal_id: 'arn:aws:iam::111122223333:user/admin', request_tags: { job: '7' } });
  }
  const rotated = await gatehouse('token-keys', 'rotate');
  assert.match(rotated, /^RS256 {2}signing {2}from \S+Z {2}\S{43}\nRS256 {2}next {5}from \S+Z {2}\S{43}\nES384 {2}signing .*\nES384 {2}next .*\n$/);
  for (const token of [...old, await getToken('RS256')]) await verify(token);
  await gatehouse('token-keys', 'revoke');
  for (const token of old) await assert.rejects(verify(token), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  for (const algorithm of ['RS256', 'ES384']) await verify(await getToken(algorithm));
  assert.match(await gatehouse('token-keys'), /^RS256 {2}signing .*\nES384 {2}signing .*\n$/);
  await assert.rejects(gatehouse('token-keys', 'burn'), /token-keys takes nothing, rotate, or revoke/);
});

test('after a kill -9 the same keys sign, at the address that the next start is told to be reached at', { skip }, async () => {
  const before = await gatehouse('token-keys');
  await program.stop('SIGKILL');
  program = await startProgram({ args: ['--port', '0', '--data-dir', dataDir, '--public-url', 'https://id.example.com/gatehouse/'], cwd: folder });
  const token = await getToken('ES384');
  const { iss = '' } = decodeJwt(token);
  const path: string | undefined = /^https:\/\/id\.example\.com\/gatehouse(\/_gatehouse\/issuers\/[0-9a-f-]{36})$/.exec(iss)?.[1];
  assert.ok(path, iss);
  assert.equal(await gatehouse('token-keys'), before);
  // What stands in front takes its own path off.
  await jwtVerify(token, createRemoteJWKSet(new URL(`${program.endpoint}${path}/.well-known/jwks.json`)), { issuer: iss });
});

test('a second Gatehouse lets the first one\'s principal in, by its documents over TLS and a provider that names the certificate', async (t) => {
  if (aws === undefined) return t.skip(String(skip));
  const openssl = findOnPath('openssl');
  if (openssl === undefined) return t.skip('openssl, which makes the certificate, is not there');
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync(openssl, ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const firstDir = join(folder, 'first');
  const secondDir = join(folder, 'second');
  const first = await startProgram({ args: ['--port', '0', '--data-dir', firstDir, '--account-id', '111122223333', '--tls-cert', cert, '--tls-key', key], cwd: folder });
  const second = await startProgram({ args: ['--port', '0', '--data-dir', secondDir, '--account-id', '444455556666', '--allow-private-issuers'], cwd: folder });
  const ask = async (dir: string, ...args: readonly string[]) => (await run(process.execPath, [join(root, 'bin', 'gatehouse'), 'aws', '--data-dir', dir, ...args], { cwd: folder, env: { ...env, AWS_CA_BUNDLE: cert, NODE_EXTRA_CA_CERTS: cert } })).stdout.trim();
  try {
    const issuer = await ask(firstDir, 'iam', 'enable-outbound-web-identity-federation', '--query', 'IssuerIdentifier', '--output', 'text');
    const name = issuer.slice('https://'.length);
    const thumbprint = new X509Certificate(readFileSync(cert)).fingerprint.replaceAll(':', '').toLowerCase();
    await ask(secondDir, 'iam', 'create-open-id-connect-provider', '--url', issuer, '--client-id-list', 'sts.second', '--thumbprint-list', thumbprint);
    const trust = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated: `arn:aws:iam::444455556666:oidc-provider/${name}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition: { StringEquals: { [`${name}:aud`]: 'sts.second', [`${name}:sub`]: 'arn:aws:iam::111122223333:user/admin' } } } });
    await ask(secondDir, 'iam', 'create-role', '--role-name', 'guest', '--assume-role-policy-document', trust);
    for (const algorithm of ['RS256', 'ES384']) {
      const token = await ask(firstDir, 'sts', 'get-web-identity-token', '--audience', 'sts.second', '--signing-algorithm', algorithm, '--query', 'WebIdentityToken', '--output', 'text');
      const assumed = await ask(secondDir, 'sts', 'assume-role-with-web-identity', '--role-arn', 'arn:aws:iam::444455556666:role/guest', '--role-session-name', 'guest', '--web-identity-token', token, '--query', '[AssumedRoleUser.Arn,SubjectFromWebIdentityToken]', '--output', 'text');
      assert.equal(assumed, 'arn:aws:sts::444455556666:assumed-role/guest/guest\tarn:aws:iam::111122223333:user/admin');
    }
  } finally {
    await second.stop();
    await first.stop();
  }
});
