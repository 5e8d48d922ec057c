/** XML signatures, verified: what comes out is only the bytes that were signed. Source: XML Signature Syntax and Processing; SAML 2.0 Core section 5.4. */
import { SignedXml } from 'xml-crypto';
import { domChildren, domElement } from './dom.ts';
import { isDigestAlgorithm, isSignatureAlgorithm, useAlgorithms } from './signature-algorithms.ts';
import type { XmlElement } from './xml-tree.ts';
import { childrenOf } from './xml-tree.ts';

export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** How the bytes that are signed come from the document: in one way. */
const canonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', canonicalization].join(' ');

/**
 * The bytes that the signature standing directly in `element` signs, which must be that element and nothing else; undefined where it has
 * no signature. Throws SignatureInvalid. `xml` is the document that `element` was read from, and `path` leads to it from the root.
 */
export function signedBytes(xml: string, element: XmlElement, path: readonly number[], certificates: readonly string[]): string | undefined {
  const signatures = childrenOf(element, signatureNamespace, 'Signature');
  if (signatures.length === 0) return undefined;
  if (signatures.length > 1) throw new SignatureInvalid('an element has two signatures');
  const id = element.attributes.get('ID');
  checkForm(signatures[0]!, id);
  for (const certificate of certificates) {
    const signed = verified(xml, path, certificate);
    if (signed !== undefined) return signed;
  }
  throw new SignatureInvalid('no key of the provider made the signature');
}

export class SignatureInvalid extends Error {
  override readonly name = 'SignatureInvalid';
}

/** One reference, to the element that the signature stands in, with no transform that could make other bytes of it. */
function checkForm(signature: XmlElement, id: string | undefined): void {
  const refuse = (why: string): never => { throw new SignatureInvalid(why); };
  const one = (parent: XmlElement, name: string): XmlElement => {
    const found = childrenOf(parent, signatureNamespace, name);
    return found.length === 1 ? found[0]! : refuse(`its signature has ${found.length} of ${name}`);
  };
  const algorithmOf = (element: XmlElement): string => element.attributes.get('Algorithm') ?? '';
  const info = one(signature, 'SignedInfo');
  const reference = one(info, 'Reference');
  if (id === undefined || !/^[\w.-]+$/.test(id) || reference.attributes.get('URI') !== `#${id}`) refuse('its signature is of something else');
  if (!isSignatureAlgorithm(algorithmOf(one(info, 'SignatureMethod')))) refuse('its signature is made in a way that is not accepted');
  if (algorithmOf(one(info, 'CanonicalizationMethod')) !== canonicalization) refuse('its signature is made in a way that is not accepted');
  if (!isDigestAlgorithm(algorithmOf(one(reference, 'DigestMethod')))) refuse('its digest is made in a way that is not accepted');
  if (childrenOf(one(reference, 'Transforms'), signatureNamespace, 'Transform').map(algorithmOf).join(' ') !== transforms) refuse('its signature has other transforms than are accepted');
}

function verified(xml: string, path: readonly number[], certificate: string): string | undefined {
  // A key that the document brings is nobody's: only the provider's are tried.
  const signature = new SignedXml({ publicCert: certificate, getCertFromKeyInfo: () => null });
  useAlgorithms(signature);
  try {
    signature.loadSignature(signatureNode(xml, path));
    if (!signature.checkSignature(xml)) return undefined;
  } catch (cause) {
    // The library says of most that is wrong with a signature by throwing.
    if (cause instanceof Error) return undefined;
    throw cause;
  }
  const signed = signature.getSignedReferences();
  return signed.length === 1 ? signed[0] : undefined;
}

/** The signature of the element that `path` leads to, in the library's own tree. */
function signatureNode(xml: string, path: readonly number[]): Parameters<SignedXml['loadSignature']>[0] {
  const found = domChildren(domElement(xml, path)).filter((child) => child.namespaceURI === signatureNamespace && child.localName === 'Signature');
  if (found.length !== 1) throw new SignatureInvalid('an element has two signatures');
  return found[0]!;
}
