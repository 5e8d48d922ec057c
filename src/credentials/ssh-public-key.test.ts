/** SSH public keys are read as OpenSSH and PEM write them, and nothing else passes for one. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSshPublicKey } from './ssh-public-key.ts';

// Made by `ssh-keygen -t rsa -b 2048`; its fingerprint is what `ssh-keygen -l -E md5` says of it.
const line = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCzODtL0aa3R7Kdhr3plLylmn2oZB/y/Q3ThLEbVff9vbNC7oQ8/zixGyS/AtcruGt+IN4Y5kOV9Z25NW91ADFsVt8Ag5iFyV8LNs3+689birrXqfx/aOogvuBi29gufp1MAfsFZ1LHvPvAysoALVmnZ3Q5W1JlF4IXTlNqt0DAjIr6Ut0zmLbUiLLMeYxSRXBUbeUifOhKCWIrRV3SC04sVsX+e4NZmELRuGaGNfj6g+e/NWA26FtemSKFddj8Ki7EoEUUo3yhDqg/72n/2tirSU4+gm+hBiTnVDWCRO1JMYVh34aDJQp/UUVQV+Oxl6MM2BJGJ1LLNzQmTrRh9oxv';
const fingerprint = 'ba:00:dd:97:59:dd:9c:45:d2:c8:ce:02:e7:e4:7e:d4';

test('a line of OpenSSH, with a comment or without, and PEM are the same key with the same fingerprint', () => {
  const key = readSshPublicKey(line)!;
  assert.equal(key.openSsh, line);
  assert.equal(key.bits, 2048);
  assert.equal(key.fingerprint, fingerprint);
  for (const same of [`${line} alice@laptop`, `  ${line}\talice at work\n`, key.pem]) assert.deepEqual(readSshPublicKey(same), key);
});

test('PKCS #1 is read as well', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = readSshPublicKey(publicKey.export({ format: 'pem', type: 'pkcs1' }));
  assert.equal(key?.pem, publicKey.export({ format: 'pem', type: 'spki' }));
});

test('what is not a public key of RSA is none: other kinds, private keys, certificates, damaged and padded ones', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const blob = Buffer.from(line.slice(8), 'base64');
  const wrong = [
    '', 'ssh-rsa', 'ssh-rsa !!!!', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzvfE', 'ssh-dss AAAAB3NzaC1kc3M=',
    privateKey.export({ format: 'pem', type: 'pkcs8' }), publicKey.export({ format: 'pem', type: 'spki' }).slice(0, 200),
    generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }),
    `ssh-rsa ${blob.subarray(0, -1).toString('base64')}`, `ssh-rsa ${Buffer.concat([blob, Buffer.of(0)]).toString('base64')}`,
    `ssh-rsa ${Buffer.concat([blob, Buffer.of(0, 0, 0, 1, 7)]).toString('base64')}`,
    `${line}\n${line}`, `-----BEGIN PUBLIC KEY-----\n${'A'.repeat(64)}\n-----END PUBLIC KEY-----`,
  ];
  for (const text of wrong) assert.equal(readSshPublicKey(text), undefined, text.slice(0, 60));
});

test('no text at all makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String().map((text) => `ssh-rsa ${text}`), fc.uint8Array({ maxLength: 300 }).map((bytes) => `ssh-rsa ${Buffer.from(bytes).toString('base64')}`)), (text) => {
    readSshPublicKey(text);
  }), { seed: 1 });
});
