/** Whose documents are fetched from where: an issuer's own address, or the one that the operator names in its place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createIssuerKeys, IssuerUnreachable } from './issuer-keys.ts';
import type { FetchTrust } from './issuer-keys.ts';

const issuer = 'https://issuer.example';

function keysFrom(documents: Readonly<Record<string, unknown>>, addresses: readonly (readonly [string, string])[] = []) {
  const asked: (readonly [string, FetchTrust])[] = [];
  const { keysOf } = createIssuerKeys({
    clock: () => 0, issuerAddresses: new Map(addresses),
    fetchDocument: async (url, trust) => {
      asked.push([url, trust]);
      return documents[url];
    },
  });
  return { asked, keysOf: () => keysOf(issuer, [], undefined) };
}

test('an issuer that the operator does not speak of is asked at its own address, as anybody\'s', async () => {
  const { asked, keysOf } = keysFrom({ [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: 'https://keys.example/jwks' }, 'https://keys.example/jwks': { keys: [] } }, [['https://other.example', 'http://127.0.0.1:1']]);
  await keysOf();
  assert.deepEqual(asked.map(([, { isOperators }]) => isOperators), [undefined, undefined]);
});

test('at the address that the operator names the document must be the issuer\'s, and its keys there, too', async () => {
  const at = 'http://127.0.0.1:4577/issuer.example';
  const discovery = `${at}/.well-known/openid-configuration`;
  const good = keysFrom({ [discovery]: { issuer, jwks_uri: 'http://127.0.0.1:4577/jwks' }, 'http://127.0.0.1:4577/jwks': { keys: [] } }, [[issuer, at]]);
  await good.keysOf();
  assert.deepEqual(good.asked.map(([url, { isOperators }]) => [url, isOperators]), [[discovery, true], ['http://127.0.0.1:4577/jwks', true]]);
  for (const document of [{ issuer: 'https://other.example', jwks_uri: 'http://127.0.0.1:4577/jwks' }, { issuer, jwks_uri: 'http://127.0.0.1:80/jwks' }, { issuer, jwks_uri: 'http://169.254.169.254/jwks' }, { issuer, jwks_uri: 'https://keys.example/jwks' }, { issuer, jwks_uri: 'nothing' }, { issuer }]) {
    await assert.rejects(keysFrom({ [discovery]: document }, [[issuer, at]]).keysOf(), IssuerUnreachable, JSON.stringify(document));
  }
});
