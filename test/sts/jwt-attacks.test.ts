/** Forged and ambiguous ID tokens, one test for each attack: none becomes a session, and none makes Gatehouse ask anybody but the issuer. Source: RFC 8725 (JSON Web Token Best Current Practices). */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand } from '@aws-sdk/client-sts';
import { base64url, CompactEncrypt, CompactSign, exportJWK, exportSPKI, generateKeyPair, importJWK } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { startGatehouse, testEpoch, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { testIssuer, type TestIssuer } from './issuer.ts';

let issuer: TestIssuer;
let elliptic: TestIssuer;
let gatehouse: TestGatehouse;
let RoleArn: string;
let stranger: { readonly privateKey: CryptoKey; readonly publicJwk: JWK };

before(async () => {
  issuer = await testIssuer('https://issuer.acme.example');
  elliptic = await testIssuer('https://elliptic.acme.example', 'ES256');
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  stranger = { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid: 'key-1', alg: 'RS256' } };
  gatehouse = await startGatehouse({ seed: 'jwt attacks', fetchDocument: (url, trust) => (url.startsWith(elliptic.url) ? elliptic : issuer).fetchDocument(url, trust) });
  const iam = gatehouse.iam();
  const Federated = await Promise.all([issuer, elliptic].map(async ({ url: Url }) => (await iam.send(new iamSdk.CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ['sts.amazonaws.com'] }))).OpenIDConnectProviderArn!));
  RoleArn = (await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity' } }) }))).Role!.Arn!;
  await assume(await issuer.mint());
  await assume(await elliptic.mint());
});

const assume = (WebIdentityToken: string) => gatehouse.sts().send(new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'ci', WebIdentityToken }));

const invalid = (message: string) => ({ code: 'InvalidIdentityToken', status: 400, message });
const refusals = {
  notJwt: invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)'),
  noKey: invalid("Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements"),
  badSignature: invalid('The signature of the web identity token is not valid.'),
  tooLong: { code: 'ValidationError', status: 400, message: /length less than or equal to 20000/ },
  missing: (claim: string) => invalid(`Missing a required claim: ${claim}`),
  notYet: invalid('The web identity token is not valid yet.'),
};
type Refusal = Parameters<typeof assertRefused>[1];

const part = (value: object): string => base64url.encode(JSON.stringify(value));
const partsOf = async (): Promise<readonly [string, string, string]> => (await issuer.mint()).split('.') as [string, string, string];
const now = testEpoch / 1000;
const claims = { iss: 'https://issuer.acme.example', sub: 'alice', aud: 'sts.amazonaws.com', iat: now - 10, exp: now + 600 };

/** Signed by the issuer itself, whatever the text is: what only an issuer that is careless could do. */
const signedText = (payload: string, header: object = {}): Promise<string> => new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader({ alg: 'RS256', kid: 'key-1', ...header }).sign(issuer.privateKey);

async function withSharedSecret(secret: string | Uint8Array, header: object = {}): Promise<string> {
  const [, payload] = await partsOf();
  const signed = `${part({ alg: 'HS256', kid: 'key-1', ...header })}.${payload}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const publicPem = async (): Promise<string> => exportSPKI((await importJWK(issuer.publicJwk, 'RS256')) as Parameters<typeof exportSPKI>[0]);

const attacks: Readonly<Record<string, readonly [token: () => Promise<string>, refusal: Refusal]>> = {
  'no algorithm': [async () => `${part({ alg: 'none' })}.${(await partsOf())[1]}.`, refusals.notJwt],
  'no algorithm, in capitals': [async () => `${part({ alg: 'NoNe', kid: 'key-1' })}.${(await partsOf())[1]}.`, refusals.notJwt],
  'no algorithm, beside a real signature': [async () => { const [, payload, signature] = await partsOf(); return `${part({ alg: 'none', kid: 'key-1' })}.${payload}.${signature}`; }, refusals.notJwt],
  'no algorithm named at all': [async () => { const [, payload, signature] = await partsOf(); return `${part({ kid: 'key-1' })}.${payload}.${signature}`; }, refusals.notJwt],
  'a signature that was cut off': [async () => (await issuer.mint()).replace(/\.[^.]*$/, '.'), refusals.badSignature],
  'HS256 with the public key as PEM for its secret': [async () => withSharedSecret(await publicPem()), refusals.notJwt],
  'HS256 with the public key\'s modulus for its secret': [() => withSharedSecret(Buffer.from(issuer.publicJwk.n!, 'base64url')), refusals.notJwt],
  'HS256 with the public key\'s JSON for its secret': [() => withSharedSecret(JSON.stringify(issuer.publicJwk)), refusals.notJwt],
  'HS256 with an empty secret': [() => withSharedSecret(''), refusals.notJwt],
  'RSA relabelled as ECDSA': [async () => { const [, payload, signature] = await partsOf(); return `${part({ alg: 'ES256', kid: 'key-1' })}.${payload}.${signature}`; }, refusals.noKey],
  'RSA relabelled as RSA-PSS, which AWS does not take': [async () => { const [, payload, signature] = await partsOf(); return `${part({ alg: 'PS256', kid: 'key-1' })}.${payload}.${signature}`; }, refusals.notJwt],
  'an ECDSA signature of zeros': [async () => (await elliptic.mint()).replace(/\.[^.]*$/, `.${Buffer.alloc(64).toString('base64url')}`), refusals.badSignature],
  'another key of the same name': [() => issuer.mint({}, {}, stranger.privateKey), refusals.badSignature],
  'another issuer\'s key': [() => elliptic.mint({ iss: 'https://issuer.acme.example' }), refusals.noKey],
  'a key embedded as jwk': [() => issuer.mint({}, { jwk: stranger.publicJwk }, stranger.privateKey), refusals.badSignature],
  'a key embedded as jwk, and no kid': [() => issuer.mint({}, { kid: undefined, jwk: stranger.publicJwk }, stranger.privateKey), refusals.badSignature],
  'a key at the address jku': [() => issuer.mint({}, { jku: 'https://evil.example/keys' }, stranger.privateKey), refusals.badSignature],
  'a certificate at the address x5u': [() => issuer.mint({}, { x5u: 'https://evil.example/certificate' }, stranger.privateKey), refusals.badSignature],
  'a certificate embedded as x5c': [() => issuer.mint({}, { x5c: ['MIIBAAA='] }, stranger.privateKey), refusals.badSignature],
  'an extension that is critical and unknown': [async () => { const [, payload, signature] = await partsOf(); return `${part({ alg: 'RS256', kid: 'key-1', crit: ['acme'], acme: 1 })}.${payload}.${signature}`; }, refusals.notJwt],
  'a payload that is not encoded (crit b64)': [async () => { const [, payload, signature] = await partsOf(); return `${part({ alg: 'RS256', kid: 'key-1', crit: ['b64'], b64: false })}.${payload}.${signature}`; }, refusals.badSignature],
  'a claim that stands twice': [() => signedText(JSON.stringify(claims).replace('"sub":"alice"', '"sub":"alice","sub":"root"')), refusals.notJwt],
  'a claim that stands twice, once spelt with an escape': [() => signedText(JSON.stringify(claims).replace('"sub":"alice"', '"sub":"alice","s\\u0075b":"root"')), refusals.notJwt],
  'a claim that stands twice inside another': [() => signedText(JSON.stringify(claims).replace('{', '{"https://aws.amazon.com/tags":{"principal_tags":{"a":["1"],"a":["2"]}},')), refusals.notJwt],
  'a claim named __proto__': [() => signedText(JSON.stringify(claims).replace('"sub":"alice",', '"__proto__":{"sub":"root"},')), refusals.missing('sub')],
  'a key id that is a path': [() => issuer.mint({}, { kid: '../../../../dev/null' }), refusals.noKey],
  'a key id that is SQL': [() => issuer.mint({}, { kid: "' UNION SELECT 'key-1" }), refusals.noKey],
  'a key id with a NUL': [() => issuer.mint({}, { kid: 'key-1\0' }), refusals.noKey],
  'a key id that every object has': [() => issuer.mint({}, { kid: '__proto__' }), refusals.noKey],
  'a key id of five thousand characters': [() => issuer.mint({}, { kid: 'x'.repeat(5_000) }), refusals.noKey],
  'a key id that is an address': [() => issuer.mint({}, { kid: 'https://evil.example/key' }), refusals.noKey],
  'a token that is longer than AWS takes': [() => issuer.mint({ padding: 'x'.repeat(20_000) }), refusals.tooLong],
  'JSON that is nested ten thousand deep': [async () => { const [header, , signature] = await partsOf(); return `${header}.${base64url.encode(`${'['.repeat(7_000)}${']'.repeat(7_000)}`)}.${signature}`; }, refusals.notJwt],
  'claims changed after signing': [async () => { const [header, , signature] = await partsOf(); return `${header}.${part({ ...claims, sub: 'root' })}.${signature}`; }, refusals.badSignature],
  'claims that are a list': [() => signedText('["iss"]'), refusals.notJwt],
  'claims that are no UTF-8': [async () => { const [header, , signature] = await partsOf(); return `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`; }, refusals.notJwt],
  'a subject that is a list': [() => signedText(JSON.stringify({ ...claims, sub: ['alice'] })), refusals.missing('sub')],
  'an audience that is an object': [() => signedText(JSON.stringify({ ...claims, aud: { 0: 'sts.amazonaws.com', length: 1 } })), refusals.missing('aud')],
  'an end that is text': [() => signedText(JSON.stringify({ ...claims, exp: String(now + 600) })), refusals.missing('exp')],
  'a beginning that is text': [() => signedText(JSON.stringify({ ...claims, nbf: '0' })), refusals.notYet],
  'an encrypted token': [async () => new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' }).encrypt((await importJWK({ ...issuer.publicJwk, alg: 'RSA-OAEP-256', use: 'enc' }, 'RSA-OAEP-256')) as CryptoKey), refusals.notJwt],
  'the JSON form of a signed token': [async () => { const [header, payload, signature] = await partsOf(); return JSON.stringify({ protected: header, payload, signature }); }, refusals.notJwt],
};

for (const [name, [token, refusal]] of Object.entries(attacks)) {
  test(`${name} makes no session`, async () => {
    await assertRefused(assume(await token()), refusal);
    const asked = [...issuer.fetched, ...elliptic.fetched];
    assert.ok(asked.every((url) => url.startsWith(issuer.url) || url.startsWith(elliptic.url)), `${asked.join()}: nothing is fetched from where a token points`);
  });
}

test('a shared secret among the issuer\'s published keys signs nothing', async () => {
  const secret = Buffer.alloc(32, 7);
  issuer.keys.push({ kty: 'oct', kid: 'shared', k: secret.toString('base64url'), alg: 'HS256' });
  gatehouse.clock.advance(60_000);
  await assertRefused(assume(await withSharedSecret(secret, { kid: 'shared' })), refusals.notJwt);
});

test('a key that an issuer publishes and nobody can read verifies nothing, and is the issuer\'s fault', async () => {
  const off = Buffer.alloc(32, 1).toString('base64url');
  const broken = [{ kty: 'RSA', e: 'AQAB' }, { kty: 'RSA', n: 'AQAB', e: 'AQAB' }, { kty: 'EC', crv: 'P-256', x: off, y: off }, { kty: 'EC', crv: 'P-256' }];
  issuer.keys.push(...broken.map((key, i) => ({ ...key, kid: `broken-${i}` })));
  gatehouse.clock.advance(60_000);
  for (const [i, { kty }] of broken.entries()) {
    const [, payload] = await partsOf();
    const token = `${part({ alg: kty === 'RSA' ? 'RS256' : 'ES256', kid: `broken-${i}`, typ: 'JWT' })}.${payload}.${Buffer.alloc(kty === 'RSA' ? 256 : 64, 1).toString('base64url')}`;
    await assert.rejects(assume(token), { name: 'InvalidIdentityTokenException' }, JSON.stringify(broken[i]));
  }
});
