/** `gatehouse ca`: what it makes is what OpenSSL takes for it, its keys are nobody else's to read, and mistakes change nothing. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readRevocationListPem } from '../../src/proof/x509/pem.ts';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { findOnPath } from '../running.ts';
import { machine } from './machine.ts';
import type { Commands } from '../../src/cli/commands.ts';

const unexpected = (): never => assert.fail('no other command is run');
const commands: Commands = { start: unexpected, createAccount: unexpected, dataKeys: unexpected, repair: unexpected, recoverRoot: unexpected, findAction: unexpected, authorizationReference: unexpected };

describe('gatehouse ca', () => {
  let folder: string;
  before(() => { folder = mkdtempSync(join(tmpdir(), 'gatehouse-ca-')); });
  after(() => rmSync(folder, { recursive: true }));

  async function ca(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    using world = machine();
    const code = await runCommandLine(['ca', ...args], { ...world, cwd: folder }, commands);
    return { code, out: world.said.stdout, err: world.said.stderr };
  }
  const at = (name: string): string => join(folder, name);
  const mode = (name: string): number => statSync(at(name)).mode & 0o777;
  const read = (name: string): X509Certificate => new X509Certificate(readFileSync(at(name)));

  test('an authority is made once; its key is its owner\'s alone', async () => {
    const made = await ca('init', '--subject', 'CN=Example Authority,O=Example\\, Inc.');
    assert.deepEqual([made.code, made.out], [0, `${at('ca/ca.pem')}\n`], made.err);
    assert.deepEqual([mode('ca/ca-key.pem'), mode('ca/issued.jsonl'), mode('ca') & 0o77], [0o600, 0o600, 0]);
    assert.ok(read('ca/ca.pem').ca);
    assert.match(read('ca/ca.pem').subject, /O=Example\\, Inc\./);
    const key = readFileSync(at('ca/ca-key.pem'), 'utf8');
    const again = await ca('init', '--subject', 'CN=Another');
    assert.deepEqual([again.code, readFileSync(at('ca/ca-key.pem'), 'utf8')], [1, key]);
    assert.match(again.err, /holds an authority already/);
  });

  test('a certificate has the names, the time and the kind of key that were asked for; a request keeps its key', async () => {
    const issued = await ca('issue', '--subject', 'CN=device-1', '--san', 'DNS:device-1.example', '--san', 'URI:spiffe://example/device-1', '--days', '10', '--key-type', 'rsa', '--out', 'device-1');
    assert.deepEqual([issued.code, issued.out, mode('device-1-key.pem')], [0, `${at('device-1.pem')}\n`, 0o600], issued.err);
    const certificate = read('device-1.pem');
    assert.equal(certificate.subjectAltName, 'DNS:device-1.example, URI:spiffe://example/device-1');
    assert.equal(certificate.publicKey.asymmetricKeyType, 'rsa');
    assert.ok(Math.abs(certificate.validToDate.getTime() - Date.now() - 10 * 86_400_000) < 60_000);
    assert.equal((await ca('request', '--subject', 'CN=device-2', '--out', 'device-2')).code, 0);
    assert.equal((await ca('issue', '--csr', 'device-2.csr', '--out', 'two')).code, 0);
    assert.deepEqual([existsSync(at('two-key.pem')), mode('device-2-key.pem'), read('two.pem').subject], [false, 0o600, 'CN=device-2']);
    assert.ok(read('two.pem').checkPrivateKey(createPrivateKey(readFileSync(at('device-2-key.pem')))));
  });

  test('OpenSSL verifies what is issued, and no longer what was taken back', { skip: findOnPath('openssl') === undefined && 'OPENSSL IS NOT ON THE PATH: what the authority makes was not held to it.' }, async () => {
    const verify = (name: string, ...args: string[]): string => execFileSync('openssl', ['verify', '-purpose', 'sslclient', '-CAfile', at('ca/ca.pem'), ...args, at(name)], { encoding: 'utf8', stdio: 'pipe' });
    assert.match(verify('device-1.pem'), /OK/);
    assert.equal((await ca('revoke', 'device-1.pem')).out, `${read('device-1.pem').serialNumber.toLowerCase()}\n`);
    assert.equal((await ca('crl', '--out', 'list.pem')).code, 0);
    assert.match(verify('two.pem', '-crl_check', '-CRLfile', at('list.pem')), /OK/);
    assert.throws(() => verify('device-1.pem', '-crl_check', '-CRLfile', at('list.pem')), /certificate revoked/);
    assert.deepEqual([...readRevocationListPem((await ca('crl')).out).revoked], [read('device-1.pem').serialNumber.toLowerCase()]);
    assert.match((await ca('list')).out, /^revoked {2}[0-9a-f]{32} {2}until \S+ {2}CN=device-1\ngood {5}[0-9a-f]{32} {2}until \S+ {2}CN=device-2\n$/);
  });

  test('mistakes are told, and nothing is written', async () => {
    writeFileSync(at('altered.csr'), readFileSync(at('device-2.csr'), 'utf8').replace(/\n[A-Za-z0-9+/]/, '\nA'));
    for (const [args, code, expected] of [
      [['init'], 2, /--subject is needed/], [['issue', '--subject', 'device', '--out', 'x'], 2, /is no name/], [['issue', '--subject', 'CN=x'], 2, /--out is needed/],
      [['issue', '--subject', 'CN=x', '--san', 'x', '--out', 'x'], 2, /--san must be/], [['issue', '--subject', 'CN=x', '--days', '0', '--out', 'x'], 2, /--days must be/], [['issue', '--subject', 'CN=x', '--key-type', 'dsa', '--out', 'x'], 2, /--key-type must be one of/],
      [['issue', '--subject', 'CN=x', '--days', '36500', '--out', 'x'], 1, /authority's own certificate ends before that/], [['issue', '--csr', 'altered.csr', '--out', 'x'], 1, /no certificate request/], [['issue', '--csr', 'none.csr', '--out', 'x'], 1, /cannot read/],
      [['revoke'], 2, /takes the files/], [['revoke', 'abcdef'], 1, /not issued by this authority/], [['crl', '--ca-dir', 'elsewhere'], 1, /holds no authority/],
    ] as const) {
      const answer = await ca(...args);
      assert.equal(answer.code, code, `${args.join(' ')}: ${answer.err}`);
      assert.match(answer.err, expected);
      assert.ok(!existsSync(at('x.pem')) && !existsSync(at('x-key.pem')), args.join(' '));
    }
    chmodSync(at('ca/ca-key.pem'), 0o640);
    assert.match((await ca('issue', '--subject', 'CN=x', '--out', 'x')).err, /others on this machine may read/);
    chmodSync(at('ca/ca-key.pem'), 0o600);
  });
});
