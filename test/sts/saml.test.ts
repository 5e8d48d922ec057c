/** AssumeRoleWithSAML, asked of a whole Gatehouse through the AWS SDK: who is let in by an assertion, and every way of not being one. */
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { before, beforeEach, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithSAMLCommand } from '@aws-sdk/client-sts';
import type { AssumeRoleWithSAMLCommandInput } from '@aws-sdk/client-sts';
import { idpCertificate, idpKey, leafCertificate, leafKey, otherKey, strangerCertificate, strangerKey } from '../certificates.ts';
import { startGatehouse, testEpoch, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { assertionXml, base64, encrypted, entityId, iso, responseXml, samlMetadata, sign } from './saml-idp.ts';
import type { AssertionParts, Signing } from './saml-idp.ts';

let gatehouse: TestGatehouse;
let PrincipalArn: string;
let RoleArn: string;
let roles: string[];

before(() => assert.equal(samlMetadata().length > 1_000, true));
beforeEach(async () => {
  gatehouse = await startGatehouse({ seed: 'saml' });
  PrincipalArn = (await gatehouse.iam().send(new iamSdk.CreateSAMLProviderCommand({ Name: 'idp', SAMLMetadataDocument: samlMetadata() }))).SAMLProviderArn!;
  RoleArn = await makeRole('staff', { StringEquals: { 'saml:aud': 'https://signin.aws.amazon.com/saml' } });
  roles = [`${RoleArn},${PrincipalArn}`];
});

async function makeRole(RoleName: string, Condition: object, Action: string | string[] = 'sts:AssumeRoleWithSAML', rest: Partial<iamSdk.CreateRoleCommandInput> = {}): Promise<string> {
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated: PrincipalArn }, Action, Condition } });
  return (await gatehouse.iam().send(new iamSdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument, ...rest }))).Role!.Arn!;
}

const assume = (xml: string, rest: Partial<AssumeRoleWithSAMLCommandInput> = {}) => gatehouse.sts().send(new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion: base64(xml), ...rest }));
const signed = (parts: AssertionParts = {}, signing: Signing = {}): string => sign(responseXml(assertionXml({ roles, ...parts })), 'Assertion', signing);

const invalid = (message: string) => ({ code: 'InvalidIdentityToken', status: 400, message });
const badSignature = invalid('Response signature invalid');
const badForm = invalid('Invalid SAML response');
const badAssertion = invalid('Invalid SAML assertion');
const notAuthorized = (action = 'sts:AssumeRoleWithSAML') => ({ code: 'AccessDenied', status: 403, message: `Not authorized to perform ${action}` });

test('a signed assertion that the trust policy takes gives a session of the role, named by the provider', async () => {
  const answer = await assume(signed());
  const NameQualifier = createHash('sha1').update(`${entityId}${gatehouse.account}/idp`).digest('base64');
  assert.deepEqual([answer.AssumedRoleUser?.Arn, answer.Subject, answer.SubjectType, answer.Issuer, answer.Audience, answer.NameQualifier], [`arn:aws:sts::${gatehouse.account}:assumed-role/staff/alice`, 'alice', 'persistent', entityId, 'https://signin.aws.amazon.com/saml', NameQualifier]);
  assert.deepEqual(answer.Credentials?.Expiration, new Date(testEpoch + 3_600_000));
  const record = JSON.stringify(gatehouse.auditRecords.at(-1));
  assert.match(record, /"type":"SAMLUser".*"userName":"alice"/);
  assert.doesNotMatch(record, new RegExp(base64(signed()).slice(0, 40)));
});

test('a signature of the response, of the assertion or of both will do; none will not', async () => {
  await assume(sign(responseXml(assertionXml({ roles })), 'Response'));
  await assume(sign(signed(), 'Response'));
  await assertRefused(assume(responseXml(assertionXml({ roles }))), badSignature);
});

test('a signature by another key, with a key that it brings, of SHA-1, of a shared secret or with other transforms is none', async () => {
  const sha1 = { signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' };
  for (const signing of [{ key: strangerKey }, sha1, { digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }, { canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments' }, { transforms: ['http://www.w3.org/2001/10/xml-exc-c14n#'] }, { transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'] }]) {
    await assertRefused(assume(signed({}, signing)), badSignature);
  }
  const brought = signed({}, { key: strangerKey }).replace('</ds:SignatureValue>', `</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${strangerCertificate.replaceAll(/-----[A-Z ]+-----|\s/g, '')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`);
  await assertRefused(assume(brought), badSignature);
  const hmac = signed().replace('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1').replace(/<ds:SignatureValue>[^<]*/, `<ds:SignatureValue>${createHmac('sha1', idpCertificate).update('x').digest('base64')}`);
  await assertRefused(assume(hmac), badSignature);
});

test('RSA, RSA-PSS and ECDSA with SHA-256 and longer are taken, each with a key of its kind', async () => {
  const more = 'http://www.w3.org/2001/04/xmldsig-more#';
  for (const signing of [
    { signatureAlgorithm: `${more}rsa-sha384`, digestAlgorithm: `${more}sha384` },
    { signatureAlgorithm: `${more}rsa-sha512`, digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha512' },
    { signatureAlgorithm: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1' },
  ]) await assume(signed({}, signing));
  // A key of one kind signs nothing of another, whatever the document says.
  for (const hash of ['sha256', 'sha384', 'sha512']) await assertRefused(assume(signed({}, { key: leafKey, signatureAlgorithm: `${more}ecdsa-${hash}` })), badSignature);
  const relabelled = signed().replace(`${more}rsa-sha256`, `${more}ecdsa-sha256`);
  await assertRefused(assume(relabelled), badSignature);
  await gatehouse.iam().send(new iamSdk.UpdateSAMLProviderCommand({ SAMLProviderArn: PrincipalArn, SAMLMetadataDocument: samlMetadata(strangerCertificate, leafCertificate) }));
  for (const hash of ['sha256', 'sha384', 'sha512']) await assume(signed({}, { key: leafKey, signatureAlgorithm: `${more}ecdsa-${hash}` }));
  await assertRefused(assume(signed()), badSignature);
  await assertRefused(assume(signed({}, { key: otherKey, signatureAlgorithm: `${more}ecdsa-sha256` })), badSignature);
});

test('whatever is changed after signing is noticed', async () => {
  const good = signed();
  for (const [from, to] of [['>alice<', '>root<'], [RoleArn, `${RoleArn}x`], ['urn:amazon:webservices', 'urn:amazon:webservice'], [iso(300), iso(301)], ['Version="2.0"><saml:Issuer', 'Version="2.1"><saml:Issuer']] as const) {
    const changed = good.replace(from, to);
    assert.notEqual(changed, good);
    // Of the response itself nothing is read but its status and that it has one assertion.
    if (changed.indexOf('Version="2.1"') < changed.indexOf('<saml:Assertion') && to.includes('2.1')) continue;
    await assertRefused(assume(changed), badSignature);
  }
  await assertRefused(assume(good.replace(/<ds:SignatureValue>.{8}/, '<ds:SignatureValue>AAAAAAAA')), badSignature);
  await assertRefused(assume(good.replace(/<ds:DigestValue>[^<]*/, '<ds:DigestValue>AAAA')), badSignature);
});

/** A signed response, taken apart for whoever wants to put it together otherwise. */
interface Signed {
  /** Its assertion is signed. */
  readonly good: string;
  readonly assertion: string;
  readonly signature: string;
  /** The assertion without its signature; the same about someone else, with another id and with the same. */
  readonly bare: string;
  readonly evil: string;
  readonly evilSame: string;
  /** The response itself is signed; its signature; and the response without it. */
  readonly whole: string;
  readonly wholeSignature: string;
  readonly original: string;
}

function takenApart(): Signed {
  const good = signed({ id: '_good' });
  const [assertion] = /<saml:Assertion.*<\/saml:Assertion>/s.exec(good)!;
  const [signature] = /<ds:Signature.*<\/ds:Signature>/s.exec(good)!;
  const bare = assertion.replace(signature, '');
  const whole = sign(responseXml(assertionXml({ roles, id: '_x' }), { id: '_whole' }), 'Response');
  const [wholeSignature] = /<ds:Signature.*<\/ds:Signature>/s.exec(whole)!;
  return { good, assertion, signature, bare, evil: bare.replace('>alice<', '>root<').replace('_good', '_evil'), evilSame: bare.replace('>alice<', '>root<'), whole, wholeSignature, original: whole.replace(wholeSignature, '') };
}

const evilResponse = ({ whole, wholeSignature }: Signed, inside: string): string => whole.replace('_whole', '_evil').replace('>alice<', '>root<').replace(wholeSignature, inside);
const withSignature = (assertion: string, signature: string): string => assertion.replace('</saml:Issuer>', `</saml:Issuer>${signature}`);
const withObject = (signature: string, hidden: string): string => signature.replace('</ds:Signature>', `<ds:Object>${hidden}</ds:Object></ds:Signature>`);

/** Each puts an assertion about someone else where a careless reader looks, and leaves the signed one where a careless verifier does. Source: Somorovsky et al., "On Breaking SAML" (USENIX Security 2012). */
const wrappings: Readonly<Record<string, (parts: Signed) => string>> = {
  'XSW 1, the signed response inside the signature of another': (p) => evilResponse(p, withObject(p.wholeSignature, p.original)),
  'XSW 2, the signed response beside its signature in another': (p) => evilResponse(p, `${p.original}${p.wholeSignature}`),
  'XSW 3, another assertion before the signed one': ({ good, assertion, evil }) => good.replace(assertion, `${evil}${assertion}`),
  'XSW 4, the signed assertion inside another': ({ good, assertion, evil }) => good.replace(assertion, evil.replace('</saml:Assertion>', `${assertion}</saml:Assertion>`)),
  'XSW 5, the signature in another assertion, the signed one behind it': ({ good, assertion, evil, signature, bare }) => good.replace(assertion, `${withSignature(evil, signature)}${bare}`),
  'XSW 6, the signed assertion inside the signature of another': ({ good, assertion, evil, signature, bare }) => good.replace(assertion, withSignature(evil, withObject(signature, bare))),
  'XSW 7, another assertion of the same id in Extensions': ({ good, assertion, evilSame }) => good.replace(assertion, `<samlp:Extensions>${evilSame}</samlp:Extensions>${assertion}`),
  'XSW 7, with Extensions behind the signed one': ({ good, assertion, evilSame }) => good.replace(assertion, `${assertion}<samlp:Extensions>${evilSame}</samlp:Extensions>`),
  'XSW 8, the signed assertion of the same id inside the signature of another': ({ good, assertion, evilSame, signature, bare }) => good.replace(assertion, withSignature(evilSame, withObject(signature, bare))),
  'the signature of an assertion moved to the response': ({ evil, signature }) => withSignature(responseXml(evil), signature),
  'two signatures in one element': ({ good, signature }) => good.replace(signature, signature + signature),
  'a signature of two references': ({ good }) => good.replace('</ds:SignedInfo>', `${/<ds:Reference.*<\/ds:Reference>/s.exec(good)![0]}</ds:SignedInfo>`),
  'a signed response inside a response': ({ whole }) => responseXml(whole, { id: '_outer' }),
  'a signature of the empty reference, which is the whole document': ({ good }) => good.replace('URI="#_good"', 'URI=""'),
};

for (const [name, wrap] of Object.entries(wrappings)) {
  test(`signature wrapping: ${name}: an assertion that was not signed is never read`, async () => {
    const outcome = await assume(wrap(takenApart())).then(({ Subject }) => Subject, (error: { readonly name: string }) => error.name);
    assert.match(outcome ?? '', /InvalidIdentityToken/);
  });
}

test('a comment does not cut a name or an attribute short', async () => {
  const answer = await assume(signed({ nameId: 'admin@acme.example.evil.example', attributes: { RoleSessionName: 'root.evil' } }).replace('admin@acme.example', 'admin@acme.example<!-- -->').replace('>root.evil', '>root<!-- -->.evil'));
  assert.deepEqual([answer.Subject, answer.AssumedRoleUser?.Arn?.split('/').at(-1)], ['admin@acme.example.evil.example', 'root.evil']);
});

test('what is no response, has a document type, two assertions or none, or no success is refused', async () => {
  for (const xml of ['', 'x', '<a/>', assertionXml({ roles }), sign(assertionXml({ roles }), 'Assertion'), signed().slice(0, -5), responseXml(''), responseXml(assertionXml() + assertionXml()), `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${signed()}`, `<?php x?>${signed()}`, `<a>${'<b>'.repeat(100)}${'</b>'.repeat(100)}</a>`]) {
    if (base64(xml).length < 4) continue;
    await assertRefused(assume(xml), badForm);
  }
  await assertRefused(gatehouse.sts().send(new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion: 'no base64!' })), invalid('Invalid base64 SAMLResponse'));
  await assertRefused(assume(sign(responseXml(assertionXml({ roles }), { status: 'AuthnFailed' }), 'Assertion')), { code: 'IDPRejectedClaim', status: 403, message: 'The identity provider did not authenticate the user' });
});

test('entities that grow, that read a file or that ask a server are never expanded', async () => {
  const doctypes = ['<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/x.dtd">', '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p"> %p;]>'];
  for (const doctype of doctypes) await assertRefused(assume(doctype + signed().replace('>alice<', '>&c;<')), badForm);
  await assertRefused(assume(signed().replace('>alice<', '>&x;<')), badForm);
});

test('a digest of other bytes than those that are read is none: another canonicalization, an identity transform, base64 or XPath', async () => {
  const good = signed();
  const transform = (algorithm: string): string => `<ds:Transform Algorithm="${algorithm}"/>`;
  const exclusive = transform('http://www.w3.org/2001/10/xml-exc-c14n#');
  for (const algorithm of ['http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'http://www.w3.org/2006/12/xml-c14n11', 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments', 'http://www.w3.org/2000/09/xmldsig#base64', 'http://www.w3.org/TR/1999/REC-xpath-19991116', 'http://www.w3.org/TR/1999/REC-xslt-19991116']) {
    for (const changed of [good.replace(exclusive, transform(algorithm)), good.replace(exclusive, exclusive + transform(algorithm)), good.replace('CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"', `CanonicalizationMethod Algorithm="${algorithm}"`)]) {
      assert.notEqual(changed, good);
      await assertRefused(assume(changed), badSignature);
    }
  }
  // Prefixes that exclusive canonicalization would be told to keep change the bytes that are signed.
  await assertRefused(assume(good.replace(exclusive, '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="samlp"/></ds:Transform>')), badSignature);
});

test('two assertions are none, whichever of them is signed', async () => {
  const good = signed({ id: '_one' });
  const [assertion] = /<saml:Assertion.*<\/saml:Assertion>/s.exec(good)!;
  const other = sign(assertionXml({ roles, id: '_two', nameId: 'bob' }), 'Assertion');
  for (const both of [assertion + other, other + assertion, assertion + assertion, assertion + assertionXml({ roles, id: '_two' })]) await assertRefused(assume(good.replace(assertion, both)), badForm);
  await assertRefused(assume(sign(responseXml(assertionXml({ roles }) + assertionXml({ roles })), 'Response')), badForm);
});

test('an assertion is good once', async () => {
  const xml = signed();
  await assume(xml);
  await assertRefused(assume(xml), badAssertion);
  await assertRefused(assume(sign(xml, 'Response')), badAssertion);
});

test('times, issuer, audience and recipient are those that AWS expects', async () => {
  const tooOld = { code: 'ExpiredTokenException', status: 400, message: 'Token must be redeemed within 5 minutes of issuance' };
  const expired = { code: 'ExpiredTokenException', status: 400, message: 'The assertion has expired' };
  await assertRefused(assume(signed({ issuedAt: iso(-300) })), tooOld);
  await assume(signed({ issuedAt: iso(-299) }));
  await assertRefused(assume(signed({ confirmUntil: iso() })), expired);
  await assertRefused(assume(signed({ conditions: `NotOnOrAfter="${iso()}"` })), expired);
  await assertRefused(assume(signed({ conditions: `NotBefore="${iso(301)}"` })), invalid('The assertion is not valid yet'));
  await assertRefused(assume(signed({ issuedAt: 'yesterday' })), badAssertion);
  await assertRefused(assume(signed({ issuer: 'https://other.example' })), badAssertion);
  await assertRefused(assume(signed({ audience: 'urn:other' })), invalid('Invalid audience in SAML assertion'));
  await assertRefused(assume(signed({ recipient: 'https://evil.example/saml' })), invalid('Invalid recipient in SAML assertion'));
  const other = await makeRole('other-recipient', { StringLike: { 'saml:aud': 'https://*.signin.aws.amazon.com/saml' } });
  await assume(signed({ roles: [`${PrincipalArn}, ${other}`], recipient: 'https://eu-west-1.signin.aws.amazon.com/saml', audience: 'https://eu-west-1.signin.aws.amazon.com/saml' }), { RoleArn: other });
});

test('the assertion must offer the role by way of the provider, and name the session', async () => {
  const noPair = invalid('SAML Assertion doesn\'t contain the requested Role and Metadata in the attributes');
  for (const offered of [[], [RoleArn], [PrincipalArn], [`${RoleArn},${PrincipalArn},x`], [RoleArn, PrincipalArn], [`${RoleArn}x,${PrincipalArn}`]]) await assertRefused(assume(signed({ roles: offered })), noPair);
  for (const RoleSessionName of [undefined, 'a', 'a b', 'x'.repeat(65), ['a1', 'b2']]) {
    await assertRefused(assume(signed({ attributes: { RoleSessionName } })), Array.isArray(RoleSessionName) ? badAssertion : invalid('RoleSessionName is required in AuthnResponse'));
  }
});

test('the trust policy decides by the provider\'s attributes, and tags and source identity need its word', async () => {
  const byEmployee = await makeRole('by-attribute', { 'ForAnyValue:StringEquals': { 'saml:edupersonaffiliation': ['staff'] }, StringEquals: { 'saml:doc': `${gatehouse.account}/idp`, 'saml:iss': entityId, 'saml:sub_type': 'persistent' } });
  const pair = [`${byEmployee},${PrincipalArn}`];
  await assertRefused(assume(signed({ roles: pair }), { RoleArn: byEmployee }), notAuthorized());
  await assume(signed({ roles: pair, attributes: { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': ['member', 'staff'] } }), { RoleArn: byEmployee });
  const attributes = { 'PrincipalTag:team': 'blue', TransitiveTagKeys: ['team'], SourceIdentity: 'alice' };
  await assertRefused(assume(signed({ attributes })), notAuthorized('sts:TagSession'));
  const all = await makeRole('all', { StringEquals: { 'saml:sub': 'alice' } }, ['sts:AssumeRoleWithSAML', 'sts:TagSession', 'sts:SetSourceIdentity']);
  const answer = await assume(signed({ roles: [`${all},${PrincipalArn}`], attributes }), { RoleArn: all });
  assert.equal(answer.SourceIdentity, 'alice');
  await gatehouse.iam().send(new iamSdk.PutRolePolicyCommand({ RoleName: 'all', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue', 'saml:sub': 'alice', 'saml:namequalifier': answer.NameQualifier, 'aws:FederatedProvider': PrincipalArn }, Null: { 'saml:iss': 'true', 'saml:aud': 'true' } } } }) }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials!;
  await gatehouse.iam({ accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken }).send(new iamSdk.ListUsersCommand({}));
});

test('a session ends no later than the provider\'s, but is never shorter than a quarter of an hour', async () => {
  const ends = async (sessionEnds: string) => (await assume(signed({ sessionEnds }))).Credentials!.Expiration!.getTime() - testEpoch;
  assert.deepEqual([await ends(iso(2_000)), await ends(iso(60)), await ends(iso(9_000))], [2_000_000, 900_000, 3_600_000]);
  await assertRefused(assume(signed(), { DurationSeconds: 3_601 }), { code: 'ValidationError', status: 400, message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.' });
});

test('encrypted assertions are opened with the provider\'s keys; where they are required others are refused', async () => {
  const update = (input: Partial<iamSdk.UpdateSAMLProviderCommandInput>) => gatehouse.iam().send(new iamSdk.UpdateSAMLProviderCommand({ SAMLProviderArn: PrincipalArn, ...input }));
  const hidden = async (algorithm?: string): Promise<string> => responseXml(await encrypted(sign(assertionXml({ roles }), 'Assertion'), strangerCertificate, algorithm));
  await assertRefused(assume(await hidden()), badForm);
  await update({ AddPrivateKey: idpKey });
  await assertRefused(assume(await hidden()), badForm);
  await update({ AddPrivateKey: strangerKey });
  assert.equal((await assume(await hidden())).Subject, 'alice');
  assert.equal((await assume(sign(responseXml(await encrypted(assertionXml({ roles }), strangerCertificate)), 'Response'))).Subject, 'alice');
  await assertRefused(assume(responseXml(await encrypted(assertionXml({ roles }), strangerCertificate))), badSignature);
  // A cipher without authentication only where a signature is around it.
  const cbc = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';
  await assertRefused(assume(await hidden(cbc)), badForm);
  assert.equal((await assume(sign(await hidden(cbc), 'Response'))).Subject, 'alice');
  await update({ AssertionEncryptionMode: 'Required' });
  await assertRefused(assume(signed()), invalid('The provider requires encrypted assertions'));
  await assume(await hidden());
});

test('a provider that is gone, has other keys or another account lets nobody in', async () => {
  const absent = invalid('Specified provider doesn\'t exist');
  await assertRefused(assume(signed(), { PrincipalArn: `${PrincipalArn}x` }), absent);
  await assertRefused(assume(signed(), { PrincipalArn: PrincipalArn.replace(gatehouse.account, '999999999999') }), absent);
  await assertRefused(assume(signed(), { PrincipalArn: 'arn:aws:iam::111122223333:role/x' }), { code: 'ValidationError', status: 400, message: 'arn:aws:iam::111122223333:role/x is invalid' });
  await gatehouse.iam().send(new iamSdk.UpdateSAMLProviderCommand({ SAMLProviderArn: PrincipalArn, SAMLMetadataDocument: samlMetadata(strangerCertificate) }));
  await assertRefused(assume(signed()), badSignature);
  await assume(signed({}, { key: strangerKey }));
  await gatehouse.iam().send(new iamSdk.DeleteSAMLProviderCommand({ SAMLProviderArn: PrincipalArn }));
  await assertRefused(assume(signed({}, { key: strangerKey })), absent);
});
