/** What the flags about token issuers take, and what they refuse. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machine } from '../../test/cli/machine.ts';
import { readClaims, readIssuerAddresses } from './issuer-readers.ts';
import { BadValue, UsageError } from './option.ts';
import { issuerTokenOptions } from './options.ts';

test('issuer-at: pairs on lines or parted by commas; in the clear only from this machine, by its address', () => {
  assert.deepEqual([...readIssuerAddresses('https://a.example=http://127.0.0.1:1/a,https://b.example/id/X=https://10.0.0.1:8443\nhttps://c.example=http://[::1]:1')], [['https://a.example', 'http://127.0.0.1:1/a'], ['https://b.example/id/X', 'https://10.0.0.1:8443'], ['https://c.example', 'http://[::1]:1']]);
  for (const bad of ['https://a.example', 'http://a.example=https://b.example', 'https://a.example=http://10.0.0.1:1', 'https://a.example=http://localhost:1', 'https://a.example=http://127.0.0.1.evil.example', 'https://a.example=https://u:p@b.example', 'https://a.example=file:///etc/passwd', 'https://a.example?x=https://b.example', 'https://a.example=https://b.example,https://a.example=https://c.example', '*=https://b.example']) {
    assert.throws(() => readIssuerAddresses(bad), BadValue, bad);
  }
});

test('claims: JSON where it is JSON, else text; the name may hold a URL', () => {
  assert.deepEqual(readClaims('a=b\namr=["mfa"]\nn=5\nhttps://aws.amazon.com/tags={"principal_tags":{}}\ne=\nq=x=y'), { a: 'b', amr: ['mfa'], n: 5, 'https://aws.amazon.com/tags': { principal_tags: {} }, e: '', q: 'x=y' });
  assert.throws(() => readClaims('a'), BadValue);
});

test('issuer token: it is of one issuer, which is known or named', () => {
  using world = machine();
  assert.throws(() => issuerTokenOptions({}, world), UsageError);
  assert.throws(() => issuerTokenOptions({ githubRepo: 'a/b', gitlabProject: 'c/d' }, world), /by one of/);
  assert.throws(() => issuerTokenOptions({ kubernetesNamespace: 'web' }, world), /--issuer-url is needed/);
  assert.throws(() => issuerTokenOptions({ githubRepo: 'a' }, world), /OWNER\/NAME/);
  assert.throws(() => issuerTokenOptions({ githubRepo: 'a/b', gitRef: 'main' }, world), /refs\/heads\/BRANCH/);
  assert.deepEqual(issuerTokenOptions({ kubernetesNamespace: 'web', issuerUrl: 'https://c.example' }, world).wish, { shape: 'kubernetes', namespace: 'web', serviceAccount: 'default' });
});
