/** EC2's key pairs against the programs that read them: OpenSSH, OpenSSL, and PuTTY where it is installed. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeKeyPair } from './ec2-key-pair.ts';
import { readImportableKey } from './importable-key.ts';

const random = (size: number): Uint8Array => new Uint8Array(size).fill(7);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-keys-'));
after(() => rmSync(folder, { recursive: true }));
function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}
const run = (command: string, ...args: readonly string[]): string => execFileSync(command, args, { encoding: 'utf8' }).trim();

for (const type of ['rsa', 'ed25519'] as const) {
  test(`an ${type} key that was made is one that ssh-keygen reads, and its public half is what was kept`, async () => {
    const made = await makeKeyPair(type, 'pem', random);
    assert.match(made.privateKey, type === 'rsa' ? /^-----BEGIN RSA PRIVATE KEY-----/ : /^-----BEGIN OPENSSH PRIVATE KEY-----/);
    assert.equal(run('ssh-keygen', '-y', '-P', '', '-f', fileOf(`${type}.pem`, made.privateKey)).split(' ').slice(0, 2).join(' '), made.openSsh);
  });
}

test('the fingerprint of an RSA pair that was made is what openssl says of its private key in PKCS #8', async () => {
  const { privateKey, fingerprint } = await makeKeyPair('rsa', 'pem', random);
  const shown = spawnSync('sh', ['-c', `openssl pkcs8 -in ${fileOf('own.pem', privateKey)} -inform PEM -outform DER -topk8 -nocrypt | openssl sha1 -c`], { encoding: 'utf8' }).stdout;
  assert.equal(shown.trim().split('= ')[1], fingerprint);
});

test('the fingerprint of an ED25519 pair is that of ssh-keygen, made or imported', async () => {
  const { openSsh, fingerprint } = await makeKeyPair('ed25519', 'pem', random);
  assert.equal(run('ssh-keygen', '-lf', fileOf('ed.pub', openSsh)).split(' ')[1], `SHA256:${fingerprint.replace('=', '')}`);
  assert.deepEqual(readImportableKey(openSsh), { type: 'ed25519', openSsh, fingerprint });
});

test('the fingerprint of an imported RSA key is what openssl says of its public key', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = fileOf('public.pem', publicKey.export({ format: 'pem', type: 'spki' }));
  const openSsh = run('ssh-keygen', '-i', '-m', 'PKCS8', '-f', pem);
  const shown = spawnSync('sh', ['-c', `openssl rsa -pubin -in ${pem} -outform DER 2>/dev/null | openssl md5 -c`], { encoding: 'utf8' }).stdout.trim().split('= ')[1];
  const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const ssh2 = run('ssh-keygen', '-e', '-m', 'RFC4716', '-f', fileOf('rsa.pub', `${openSsh} alice@example`));
  for (const text of [openSsh, `${openSsh} a comment with spaces\n`, der, ssh2, ssh2.replace(/^Comment:.*$/m, 'Comment: "one \\\ntwo: three"')]) assert.deepEqual(readImportableKey(text), { type: 'rsa', openSsh, fingerprint: shown });
});

test('what is no public key of a kind that is taken is refused', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const short = generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  assert.equal(readImportableKey(short), 'length');
  const dsa = 'ssh-dss AAAAB3NzaC1kc3MAAAABAQ==';
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const broken = publicKey.export({ format: 'der', type: 'spki' }).subarray(0, 100).toString('base64');
  for (const text of ['', 'ssh-rsa', 'ssh-rsa AAAA', 'ssh-ed25519 AAAA', dsa, ec, broken, privateKey.export({ format: 'pem', type: 'pkcs8' }), privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'), 'A'.repeat(20_000), '---- BEGIN SSH2 PUBLIC KEY ----', '---- BEGIN SSH2 PUBLIC KEY ----\nComment: x\\\n---- END SSH2 PUBLIC KEY ----']) assert.equal(readImportableKey(text), 'format', text.slice(0, 60));
});

const hasPutty = spawnSync('puttygen', ['--version']).error === undefined;
for (const type of ['rsa', 'ed25519'] as const) {
  test(`PuTTY reads the ${type} key that was made for it`, { skip: hasPutty ? false : 'puttygen (Debian: putty-tools) is not installed: PuTTY itself was not asked' }, async () => {
    const made = await makeKeyPair(type, 'ppk', random);
    assert.match(made.privateKey, new RegExp(`^PuTTY-User-Key-File-2: ssh-${type}\r\nEncryption: none\r\n`));
    const file = fileOf(`${type}.ppk`, made.privateKey);
    assert.equal(run('puttygen', '-O', 'public-openssh', file).split(' ').slice(0, 2).join(' '), made.openSsh);
    // What it writes of it is the private key too: OpenSSH reads it and finds the same public one.
    run('puttygen', file, '-O', 'private-openssh', '-o', join(folder, `${type}-from-putty`));
    assert.equal(run('ssh-keygen', '-y', '-P', '', '-f', join(folder, `${type}-from-putty`)).split(' ').slice(0, 2).join(' '), made.openSsh);
  });
}
