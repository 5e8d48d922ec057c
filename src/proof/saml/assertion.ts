/** A SAML assertion as AWS reads one: whom it is about, for whom and until when, and what its attributes say. Source: "Configure SAML assertions for the authentication response" (IAM User Guide). */
import { hash } from 'node:crypto';
import type { Timestamp } from '../../base/clock.ts';
import { assertionNamespace } from './response.ts';
import { childrenOf, onlyChild } from './xml-tree.ts';
import type { XmlElement } from './xml-tree.ts';

export type AssertionFault = 'invalid' | 'tooOld' | 'expired' | 'notYetValid' | 'audience' | 'recipient' | 'roleSessionName' | 'rolePair';

export class AssertionRefused extends Error {
  override readonly name = 'AssertionRefused';
  readonly fault: AssertionFault;

  constructor(fault: AssertionFault, why: string) {
    super(why);
    this.fault = fault;
  }
}

export interface SamlAssertion {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  /** `persistent`, `transient`, or the format's whole name where it is another. */
  readonly subjectType: string;
  readonly recipient: string;
  /** When whoever presents it must have done so. */
  readonly presentBefore: Timestamp;
  /** When the provider's own session ends. */
  readonly sessionEnds: Timestamp | undefined;
  /** Values by the attribute's name. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

export interface AssertionExpectations {
  readonly issuer: string;
  /** Where an assertion may be addressed to. */
  readonly recipients: ReadonlySet<string>;
  readonly audiences: ReadonlySet<string>;
  /** The request that the response around the assertion says it answers. */
  readonly inResponseTo: string | undefined;
  readonly now: Timestamp;
}

const bearer = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const formatPrefix = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

/** Milliseconds after which an assertion is too old to be presented. Source: AssumeRoleWithSAML (STS API Reference): within five minutes of issuance. */
export const redeemableMs = 300_000;
/** How far a provider's clock may be ahead of ours. */
const skewMs = 300_000;

/** Reads a signed assertion. Throws AssertionRefused. */
export function readAssertion(assertion: XmlElement, expected: AssertionExpectations): SamlAssertion {
  const { now } = expected;
  const id = assertion.attributes.get('ID');
  if (!id) throw new AssertionRefused('invalid', 'it has no ID');
  const issuedAt = timeOf(assertion, 'IssueInstant');
  if (issuedAt === undefined) throw new AssertionRefused('invalid', 'it has no IssueInstant');
  if (issuedAt > now + skewMs) throw new AssertionRefused('notYetValid', 'it was issued in the future');
  if (now >= issuedAt + redeemableMs) throw new AssertionRefused('tooOld', 'it was issued too long ago');
  const issuer = textOf(onlyChild(assertion, assertionNamespace, 'Issuer'));
  if (issuer !== expected.issuer) throw new AssertionRefused('invalid', 'another issuer made it');
  checkConditions(assertion, expected);
  const subject = onlyChild(assertion, assertionNamespace, 'Subject');
  const nameId = subject && onlyChild(subject, assertionNamespace, 'NameID');
  const name = textOf(nameId);
  if (!subject || !nameId || !name) throw new AssertionRefused('invalid', 'it is about nobody');
  const { recipient, notOnOrAfter } = confirmationOf(subject, expected);
  const [statement] = childrenOf(assertion, assertionNamespace, 'AuthnStatement');
  const format = nameId.attributes.get('Format') ?? '';
  return {
    id, issuer, subject: name, recipient,
    subjectType: format.startsWith(formatPrefix) && ['persistent', 'transient'].includes(format.slice(formatPrefix.length)) ? format.slice(formatPrefix.length) : format,
    presentBefore: Math.min(notOnOrAfter, issuedAt + redeemableMs),
    sessionEnds: statement && timeOf(statement, 'SessionNotOnOrAfter'),
    attributes: attributesOf(assertion),
  };
}

function checkConditions(assertion: XmlElement, { now, audiences }: AssertionExpectations): void {
  const conditions = onlyChild(assertion, assertionNamespace, 'Conditions');
  if (!conditions) throw new AssertionRefused('invalid', 'it has no Conditions');
  const notBefore = timeOf(conditions, 'NotBefore');
  if (notBefore !== undefined && notBefore > now + skewMs) throw new AssertionRefused('notYetValid', 'it is not valid yet');
  const notOnOrAfter = timeOf(conditions, 'NotOnOrAfter');
  if (notOnOrAfter !== undefined && notOnOrAfter <= now) throw new AssertionRefused('expired', 'it is not valid any more');
  const restrictions = childrenOf(conditions, assertionNamespace, 'AudienceRestriction');
  if (restrictions.length === 0) throw new AssertionRefused('audience', 'it is for no audience');
  // Each restriction must be met, each by one of its audiences.
  for (const restriction of restrictions) {
    if (!childrenOf(restriction, assertionNamespace, 'Audience').some((audience) => audiences.has(textOf(audience) ?? ''))) throw new AssertionRefused('audience', 'it is for another audience');
  }
}

function confirmationOf(subject: XmlElement, { now, recipients, inResponseTo }: AssertionExpectations): { readonly recipient: string; readonly notOnOrAfter: Timestamp } {
  const confirmations = childrenOf(subject, assertionNamespace, 'SubjectConfirmation').filter(({ attributes }) => attributes.get('Method') === bearer);
  const data = confirmations.length === 1 ? onlyChild(confirmations[0]!, assertionNamespace, 'SubjectConfirmationData') : undefined;
  const recipient = data?.attributes.get('Recipient');
  const notOnOrAfter = data && timeOf(data, 'NotOnOrAfter');
  if (!data || recipient === undefined || notOnOrAfter === undefined) throw new AssertionRefused('invalid', 'it has not one confirmation with a recipient and an end');
  if (!recipients.has(recipient)) throw new AssertionRefused('recipient', 'it is for another recipient');
  if (notOnOrAfter <= now) throw new AssertionRefused('expired', 'it is not valid any more');
  // An assertion that answers one request is not good in the answer to another. Source: SAML 2.0 Profiles, section 4.1.4.3.
  const answered = data.attributes.get('InResponseTo');
  if (answered !== undefined && inResponseTo !== undefined && answered !== inResponseTo) throw new AssertionRefused('invalid', 'it answers another request than its response');
  return { recipient, notOnOrAfter };
}

function attributesOf(assertion: XmlElement): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>();
  for (const statement of childrenOf(assertion, assertionNamespace, 'AttributeStatement')) {
    for (const attribute of childrenOf(statement, assertionNamespace, 'Attribute')) {
      const name = attribute.attributes.get('Name') ?? '';
      // Two attributes of one name would let two readers each take another.
      if (attributes.has(name)) throw new AssertionRefused('invalid', `it has the attribute ${name} twice`);
      attributes.set(name, childrenOf(attribute, assertionNamespace, 'AttributeValue').map((value) => textOf(value) ?? ''));
    }
  }
  return attributes;
}

/** The text of an element that holds nothing else. */
function textOf(element: XmlElement | undefined): string | undefined {
  return element && element.children.length === 0 ? element.text.trim() : undefined;
}

function timeOf({ attributes }: XmlElement, name: string): Timestamp | undefined {
  const text = attributes.get(name);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw new AssertionRefused('invalid', `its ${name} is no time`);
  return time;
}

/** What tells subjects of different providers apart. Source: AssumeRoleWithSAML, NameQualifier (STS API Reference). */
export const nameQualifier = (issuer: string, account: string, providerName: string): string => hash('sha1', `${issuer}${account}/${providerName}`, 'base64');
