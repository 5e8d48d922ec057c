/** SAML responses: from what a browser posts to the one assertion in it that the provider signed. Only signed bytes are read. Source: SAML 2.0 Core, Profiles section 4.1. */
import { XMLSerializer } from '@xmldom/xmldom';
import { decrypt } from 'xml-encryption';
import { domChildren, domElement } from './dom.ts';
import { SignatureInvalid, signedBytes } from './signed-xml.ts';
import type { XmlElement } from './xml-tree.ts';
import { childrenOf, readXmlTree, XmlRefused } from './xml-tree.ts';

export const assertionNamespace = 'urn:oasis:names:tc:SAML:2.0:assertion';
export const protocolNamespace = 'urn:oasis:names:tc:SAML:2.0:protocol';
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';

export type ResponseFault = 'base64' | 'form' | 'signature' | 'status' | 'unencrypted';

export class ResponseRefused extends Error {
  override readonly name = 'ResponseRefused';
  readonly fault: ResponseFault;

  constructor(fault: ResponseFault, why: string, options?: ErrorOptions) {
    super(why, options);
    this.fault = fault;
  }
}

export interface ResponseKeys {
  /** The provider's signing certificates, DER in base64. */
  readonly signing: readonly string[];
  /** Private keys, PEM, that encrypted assertions may be opened with. */
  readonly decrypting: readonly string[];
  readonly isEncryptionRequired: boolean;
}

export interface ProvenResponse {
  readonly assertion: XmlElement;
  /** The request that the response says it answers; undefined of one that nobody asked for, as most that come here. Signed only where the whole response is. */
  readonly inResponseTo: string | undefined;
}

/** The signed assertion of a response. Throws ResponseRefused. */
export function provenAssertion(base64: string, keys: ResponseKeys): ProvenResponse {
  try {
    return assertionOf(decode(base64), keys);
  } catch (cause) {
    if (cause instanceof XmlRefused) throw new ResponseRefused('form', cause.message, { cause });
    if (cause instanceof SignatureInvalid) throw new ResponseRefused('signature', cause.message, { cause });
    throw cause;
  }
}

function decode(base64: string): string {
  const compact = base64.replaceAll(/\s+/g, '');
  const bytes = Buffer.from(compact, 'base64');
  if (bytes.toString('base64') !== compact) throw new ResponseRefused('base64', 'it is no base64');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ResponseRefused('form', 'it is no UTF-8', { cause });
  }
}

function assertionOf(xml: string, keys: ResponseKeys): ProvenResponse {
  const certificates = keys.signing.map(toPem);
  const root = readXmlTree(xml);
  if (root.namespace !== protocolNamespace || root.name !== 'Response') throw new ResponseRefused('form', 'it is no Response');
  const signedResponse = signedBytes(xml, root, [], certificates);
  // From here on the response is what was signed of it, where it was signed at all.
  const whole = signedResponse ?? xml;
  const response = signedResponse === undefined ? root : readSigned(signedResponse, protocolNamespace, 'Response');
  checkStatus(response);
  const found = response.children.map((child, index) => ({ child, index })).filter(({ child }) => child.namespace === assertionNamespace && (child.name === 'Assertion' || child.name === 'EncryptedAssertion'));
  if (found.length !== 1) throw new ResponseRefused('form', `it has ${found.length} assertions`);
  const { child, index } = found[0]!;
  const inResponseTo = response.attributes.get('InResponseTo');
  if (child.name === 'EncryptedAssertion') return { assertion: openedAssertion(whole, index, keys, certificates, signedResponse !== undefined), inResponseTo };
  if (keys.isEncryptionRequired) throw new ResponseRefused('unencrypted', 'its assertion is not encrypted');
  return { assertion: signedAssertion(whole, child, [index], certificates, signedResponse !== undefined), inResponseTo };
}

function signedAssertion(xml: string, assertion: XmlElement, path: readonly number[], certificates: readonly string[], isResponseSigned: boolean): XmlElement {
  const signed = signedBytes(xml, assertion, path, certificates);
  if (signed !== undefined) return readSigned(signed, assertionNamespace, 'Assertion');
  if (!isResponseSigned) throw new ResponseRefused('signature', 'neither it nor its assertion is signed');
  return assertion;
}

function readSigned(signed: string, namespace: string, name: string): XmlElement {
  const element = readXmlTree(signed);
  if (element.namespace !== namespace || element.name !== name) throw new ResponseRefused('signature', 'something else is signed');
  return element;
}

function checkStatus(response: XmlElement): void {
  const [status] = childrenOf(response, protocolNamespace, 'Status');
  const [code] = status ? childrenOf(status, protocolNamespace, 'StatusCode') : [];
  if (code?.attributes.get('Value') !== success) throw new ResponseRefused('status', 'its status is not Success');
}

/**
 * The assertion in an encrypted one. Ciphers that do not vouch for what they hide are taken only where the response was signed around them,
 * so that nobody can try out altered ones; and whatever fails, fails in the same words.
 */
function openedAssertion(whole: string, index: number, keys: ResponseKeys, certificates: readonly string[], isResponseSigned: boolean): XmlElement {
  const data = encryptedData(whole, [index]);
  for (const key of keys.decrypting) {
    const opened = openedWith(key, data, isResponseSigned);
    if (opened === undefined) continue;
    const assertion = readXmlTree(opened);
    if (assertion.namespace !== assertionNamespace || assertion.name !== 'Assertion') break;
    return signedAssertion(opened, assertion, [], certificates, isResponseSigned);
  }
  throw new ResponseRefused('form', 'its assertion cannot be decrypted');
}

function openedWith(key: string, data: string, isAuthentic: boolean): string | undefined {
  let opened: string | undefined;
  // The library answers before it returns.
  decrypt(data, { key, disallowDecryptionWithInsecureAlgorithm: !isAuthentic, warnInsecureAlgorithm: false }, (error, text) => {
    if (!error) opened = text;
  });
  return opened;
}

/** The EncryptedData of the element that `path` leads to, by itself. */
function encryptedData(xml: string, path: readonly number[]): string {
  const found = domChildren(domElement(xml, path)).filter(({ localName }) => localName === 'EncryptedData');
  if (found.length !== 1) throw new ResponseRefused('form', 'its assertion cannot be decrypted');
  return new XMLSerializer().serializeToString(found[0]!);
}

const toPem = (base64: string): string => `-----BEGIN CERTIFICATE-----\n${base64.match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`;
