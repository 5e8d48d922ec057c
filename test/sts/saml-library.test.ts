/** Assertions made by a real identity provider's library (samlify), as a company's own would make them: metadata, signature places and algorithms, encryption, and what it answers to a request. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import * as iamSdk from '@aws-sdk/client-iam';
import { AssumeRoleWithSAMLCommand } from '@aws-sdk/client-sts';
import samlify from 'samlify';
import { idpCertificate, idpKey, strangerCertificate, strangerKey } from '../certificates.ts';
import { startGatehouse, type TestGatehouse } from '../gatehouse.ts';
import { assertRefused } from '../iam/refusal.ts';
import { base64, iso } from './saml-idp.ts';

samlify.setSchemaValidator({ validate: async () => 'not what is tested here' });

const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const nameIDFormat = ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'];
const attribute = (name: string, valueTag: string) => ({ name, valueTag, nameFormat: 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri', valueXsiType: 'xs:string' });
const attributes = [attribute('https://aws.amazon.com/SAML/Attributes/Role', 'role'), attribute('https://aws.amazon.com/SAML/Attributes/RoleSessionName', 'session'), attribute('https://aws.amazon.com/SAML/Attributes/PrincipalTag:team', 'team')];

const identityProvider = (more: object = {}) => samlify.IdentityProvider({
  entityID: 'https://idp.acme.example/saml', signingCert: idpCertificate, privateKey: idpKey, nameIDFormat,
  singleSignOnService: [{ Binding: binding, Location: 'https://idp.acme.example/sso' }], singleLogoutService: [{ Binding: binding, Location: 'https://idp.acme.example/slo' }],
  requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  loginResponseTemplate: { context: samlify.SamlLib.defaultLoginResponseTemplate.context, attributes },
  ...more,
});

/** AWS, as a company's provider knows it. */
const amazon = (more: object = {}) => samlify.ServiceProvider({ entityID: 'urn:amazon:webservices', wantAssertionsSigned: true, assertionConsumerService: [{ Binding: binding, Location: 'https://signin.aws.amazon.com/saml' }], ...more });

let gatehouse: TestGatehouse;
let PrincipalArn: string;
let RoleArn: string;
beforeEach(async () => {
  gatehouse = await startGatehouse({ seed: 'saml library' });
  const iam = gatehouse.iam();
  PrincipalArn = (await iam.send(new iamSdk.CreateSAMLProviderCommand({ Name: 'acme', SAMLMetadataDocument: identityProvider().getMetadata() }))).SAMLProviderArn!;
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Federated: PrincipalArn }, Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'], Condition: { StringEquals: { 'saml:aud': 'https://signin.aws.amazon.com/saml', 'saml:iss': 'https://idp.acme.example/saml', 'aws:RequestTag/team': 'blue' } } } });
  RoleArn = (await iam.send(new iamSdk.CreateRoleCommand({ RoleName: 'staff', AssumeRolePolicyDocument }))).Role!.Arn!;
});

interface Wish { readonly idp?: object; readonly sp?: object; readonly encryptThenSign?: boolean; readonly inResponseTo?: string; readonly change?: (xml: string) => string }

async function respond({ idp = {}, sp = {}, encryptThenSign = false, inResponseTo = '', change = (xml) => xml }: Wish = {}): Promise<string> {
  const provider = identityProvider(idp);
  let ids = 0;
  const fill = (template: string) => {
    const values = {
      ID: `_response${++ids}`, AssertionID: `_assertion${Math.random()}`, Issuer: 'https://idp.acme.example/saml', IssueInstant: iso(), Destination: 'https://signin.aws.amazon.com/saml', InResponseTo: inResponseTo, StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      NameIDFormat: nameIDFormat[0]!, NameID: 'alice@acme.example', SubjectConfirmationDataNotOnOrAfter: iso(300), SubjectRecipient: 'https://signin.aws.amazon.com/saml', ConditionsNotBefore: iso(-60), ConditionsNotOnOrAfter: iso(300), Audience: 'urn:amazon:webservices', AuthnStatement: '',
      attrRole: `${RoleArn},${PrincipalArn}`, attrSession: 'alice', attrTeam: 'blue',
    };
    return { id: values.ID, context: change(samlify.SamlLib.replaceTagsByValue(template, values)) };
  };
  const { context } = await provider.createLoginResponse(amazon(sp), { extract: { request: { id: inResponseTo } } }, 'post', {}, { customTagReplacement: fill, encryptThenSign });
  return context;
}

const assume = (SAMLAssertion: string) => gatehouse.sts().send(new AssumeRoleWithSAMLCommand({ RoleArn, PrincipalArn, SAMLAssertion }));
const badAssertion = { code: 'InvalidIdentityToken', status: 400, message: 'Invalid SAML assertion' };
const badSignature = { code: 'InvalidIdentityToken', status: 400, message: 'Response signature invalid' };

test('an assertion that the library signs is let in, and its metadata is what IAM takes', async () => {
  const answer = await assume(await respond());
  assert.deepEqual([answer.Subject, answer.SubjectType, answer.Issuer, answer.AssumedRoleUser?.Arn], ['alice@acme.example', 'persistent', 'https://idp.acme.example/saml', `arn:aws:sts::${gatehouse.account}:assumed-role/staff/alice`]);
});

test('the message signed instead, or both; SHA-512', async () => {
  await assume(await respond({ sp: { wantAssertionsSigned: false, wantMessageSigned: true } }));
  await assume(await respond({ sp: { wantMessageSigned: true } }));
  await assume(await respond({ idp: { requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' } }));
  await assertRefused(assume(await respond({ idp: { requestSignatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' } })), badSignature);
  await assertRefused(assume(await respond({ idp: { privateKey: strangerKey, signingCert: strangerCertificate } })), badSignature);
});

test('an assertion that answers a request is let in; one that answers another than its response is not', async () => {
  await assume(await respond({ inResponseTo: '_request7' }));
  // The response is not signed: whoever puts an assertion into another answer has to say so there.
  const moved = Buffer.from(await respond({ inResponseTo: '_request7' }), 'base64').toString().replace('InResponseTo="_request7"', 'InResponseTo="_request8"');
  await assertRefused(assume(base64(moved)), badAssertion);
});

test('what is changed after the library signed it is refused, and an assertion is good once', async () => {
  const response = await respond();
  const changed = Buffer.from(response, 'base64').toString().replace('alice@acme.example', 'root@acme.example');
  await assertRefused(assume(base64(changed)), badSignature);
  await assume(response);
  await assertRefused(assume(response), badAssertion);
});

test('an assertion that the library encrypts, before it signs and after', async () => {
  await gatehouse.iam().send(new iamSdk.UpdateSAMLProviderCommand({ SAMLProviderArn: PrincipalArn, AddPrivateKey: strangerKey, AssertionEncryptionMode: 'Required' }));
  const encryption = { idp: { isAssertionEncrypted: true, dataEncryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm', keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p' }, sp: { encryptCert: strangerCertificate } };
  await assume(await respond(encryption));
  await assume(await respond({ ...encryption, sp: { ...encryption.sp, wantMessageSigned: true }, encryptThenSign: true }));
  await assertRefused(assume(await respond()), { code: 'InvalidIdentityToken', status: 400, message: 'The provider requires encrypted assertions' });
});
