/** The test issuer answers two kinds of document, to this machine, and keeps its key to its owner. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createIssuerKeys, IssuerUnreachable } from '../../authn/issuer-keys.ts';
import { verifyIdToken } from '../../proof/oidc/id-token.ts';
import { createFetchDocument } from '../../server/fetch-document.ts';
import { serveTestIssuer, testIssuerPath } from './serve.ts';
import { openTestSigningKey, signTestToken } from './signing-key.ts';

const issuer = 'https://oidc.eks.eu-west-1.amazonaws.com/id/TEST';

test('a token is verified by the key that is served, through the address that the operator names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-issuer-'));
  const key = await openTestSigningKey(join(folder, 'keys'));
  const served = await serveTestIssuer(key, 0);
  try {
    assert.equal(statSync(join(folder, 'keys', 'signing-key.pem')).mode & 0o777, 0o600);
    assert.deepEqual((await openTestSigningKey(join(folder, 'keys'))).publicJwk, key.publicJwk, 'the key stays');
    const fetchDocument = createFetchDocument({ allowsPrivate: false });
    const keysOf = (address: string) => createIssuerKeys({ fetchDocument, clock: Date.now, issuerAddresses: new Map([[issuer, address]]) }).keysOf(issuer, [], key.publicJwk.kid);
    const keys = await keysOf(served.url + testIssuerPath(issuer));
    const nowSeconds = Math.floor(Date.now() / 1000);
    const token = await signTestToken(key, { iss: issuer, sub: 'x', aud: 'y', iat: nowSeconds, exp: nowSeconds + 60 });
    assert.equal((await verifyIdToken(token, keys, Date.now())).sub, 'x');
    // Another issuer's document does not stand for this one's, and nothing private is fetched that the operator did not name.
    await assert.rejects(keysOf(`${served.url}/other.example`), IssuerUnreachable);
    await assert.rejects(createIssuerKeys({ fetchDocument, clock: Date.now, issuerAddresses: new Map() }).keysOf(`https://127.0.0.1:${new URL(served.url).port}`, [], undefined), IssuerUnreachable);
    await assert.rejects(fetchDocument(`${served.url}/jwks`, { thumbprints: [] }), IssuerUnreachable);
    const statusOf = async (path: string, method = 'GET') => (await fetch(served.url + path, { method })).status;
    assert.deepEqual(await Promise.all([statusOf('/jwks'), statusOf('/jwks', 'POST'), statusOf('/'), statusOf('/..%2f/.well-known/openid-configuration'), statusOf(`/${'a'.repeat(600)}/.well-known/openid-configuration`)]), [200, 404, 404, 404, 404]);
    const jwks = await (await fetch(`${served.url}/jwks`)).text();
    assert.doesNotMatch(jwks, /"d"|"p"|"q"/, 'nothing of the private key is served');
  } finally {
    await served.stop();
    rmSync(folder, { recursive: true });
  }
});
