/** A SAML identity provider for tests: it makes responses, signed in every place and way that a test wants. */
import { hash, sign as cryptoSign } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { encrypt } from 'xml-encryption';
import { testEpoch } from '../gatehouse.ts';
import { idpCertificate, idpKey } from '../certificates.ts';

export const entityId = 'https://idp.example/metadata';

const der = (pem: string): string => pem.replaceAll(/-----[A-Z ]+-----|\s/g, '');

const keyDescriptor = (certificate: string): string => `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${der(certificate)}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`;

/** With the certificates that the provider signs by: while it goes from one to the next, both. */
export const samlMetadata = (...certificates: readonly string[]): string =>
  `<?xml version="1.0"?><EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${(certificates.length > 0 ? certificates : [idpCertificate]).map(keyDescriptor).join('')}<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`;

export const iso = (offsetSeconds = 0): string => new Date(testEpoch + offsetSeconds * 1000).toISOString();

export interface AssertionParts {
  readonly id?: string;
  readonly issuer?: string;
  readonly issuedAt?: string;
  readonly nameId?: string;
  readonly nameFormat?: string;
  readonly recipient?: string;
  readonly confirmUntil?: string;
  readonly audience?: string;
  readonly conditions?: string;
  readonly sessionEnds?: string;
  readonly roles?: readonly string[];
  /** Beside Role, by name without AWS's prefix, or whole. */
  readonly attributes?: Readonly<Record<string, string | readonly string[] | undefined>>;
}

let assertions = 0;

/** An unsigned assertion. */
export function assertionXml({ id = `_a${++assertions}`, issuer = entityId, issuedAt = iso(), nameId = 'alice', nameFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', recipient = 'https://signin.aws.amazon.com/saml', confirmUntil = iso(300), audience = 'urn:amazon:webservices', conditions, sessionEnds, roles = [], attributes = {} }: AssertionParts = {}): string {
  const named = (name: string): string => (name.includes(':') && !name.startsWith('PrincipalTag:') ? name : `https://aws.amazon.com/SAML/Attributes/${name}`);
  const all = { Role: roles, RoleSessionName: 'alice', ...attributes };
  const shown = Object.entries(all).filter(([, values]) => values !== undefined).map(([name, values]) => `<saml:Attribute Name="${named(name)}">${[values!].flat().map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`).join('');
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" IssueInstant="${issuedAt}" Version="2.0"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="${nameFormat}">${nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${confirmUntil}" Recipient="${recipient}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions ${conditions ?? `NotBefore="${iso(-60)}" NotOnOrAfter="${iso(300)}"`}><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${issuedAt}"${sessionEnds === undefined ? '' : ` SessionNotOnOrAfter="${sessionEnds}"`}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>${shown}</saml:AttributeStatement></saml:Assertion>`;
}

export const responseXml = (inside: string, { id = '_r1', status = 'Success' } = {}): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${id}" Version="2.0" IssueInstant="${iso()}"><saml:Issuer>${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${inside}</samlp:Response>`;

export interface Signing { readonly key?: string; readonly signatureAlgorithm?: string; readonly digestAlgorithm?: string; readonly canonicalizationAlgorithm?: string; readonly transforms?: readonly string[] }

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** What the library lacks: the signature of RFC 9231, two numbers one after the other. */
const ellipticSigner = (name: string) => signerOf(name, (text, key) => cryptoSign(name.slice(-6), Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }));

const signerOf = (name: string, make: (text: string, key: string) => Buffer) => class {
  getAlgorithmName = () => name;
  getSignature = (text: string, key: string) => make(text, key).toString('base64');
};

/** The document with a signature of its Response or Assertion in that element, behind its issuer. */
export function sign(xml: string, element: 'Response' | 'Assertion', { key = idpKey, signatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', digestAlgorithm = 'http://www.w3.org/2001/04/xmlenc#sha256', canonicalizationAlgorithm = exclusive, transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', exclusive] }: Signing = {}): string {
  // The library's own names for what it takes.
  const signature = new SignedXml({ privateKey: key, signatureAlgorithm: signatureAlgorithm as never, canonicalizationAlgorithm: canonicalizationAlgorithm as never });
  if (signatureAlgorithm.includes('#ecdsa-')) signature.SignatureAlgorithms = { [signatureAlgorithm]: ellipticSigner(signatureAlgorithm) } as never;
  if (signatureAlgorithm.endsWith('#rsa-sha384')) signature.SignatureAlgorithms = { [signatureAlgorithm]: signerOf(signatureAlgorithm, (text, privateKey) => cryptoSign('sha384', Buffer.from(text), privateKey)) } as never;
  if (digestAlgorithm.endsWith('#sha384')) signature.HashAlgorithms = { [digestAlgorithm]: class { getAlgorithmName = () => digestAlgorithm; getHash = (xml: string) => hash('sha384', xml, 'base64'); } } as never;
  signature.addReference({ xpath: `//*[local-name(.)='${element}']`, transforms: transforms as never, digestAlgorithm: digestAlgorithm as never });
  signature.computeSignature(xml, { prefix: 'ds', location: { reference: `//*[local-name(.)='${element}']/*[local-name(.)='Issuer']`, action: 'after' } });
  return signature.getSignedXml();
}

/** The assertion, encrypted for a certificate, as it stands in a response. */
export async function encrypted(assertion: string, certificate: string, encryptionAlgorithm = 'http://www.w3.org/2009/xmlenc11#aes256-gcm'): Promise<string> {
  const data = await new Promise<string>((resolve, reject) => encrypt(assertion, { rsa_pub: certificate, pem: certificate, encryptionAlgorithm, keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p', disallowEncryptionWithInsecureAlgorithm: false, warnInsecureAlgorithm: false }, (error, xml) => (error ? reject(error) : resolve(xml!))));
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml:EncryptedAssertion>`;
}

export const base64 = (xml: string): string => Buffer.from(xml).toString('base64');
