/** Policy documents as IAM takes and gives them: refused with AWS's own words, kept as they came, answered percent-encoded. */
import type { Raise } from '../../base/api-error.ts';
import { policySize } from '../../policy/size.ts';
import { validatePolicy } from '../../policy/validate/validate.ts';
import { claim } from './quotas.ts';

/** Raises MalformedPolicyDocument with the first thing that AWS would find wrong in the document. */
export function checkGrammar(document: string, kind: 'identity' | 'trust', error: Raise<'MalformedPolicyDocument'>): void {
  const [finding] = validatePolicy(document, kind);
  if (finding) throw error('MalformedPolicyDocument', finding.message);
}

/** Raises LimitExceeded if a managed policy's document has more characters than it may, whitespace not counted. */
export function checkSize(document: string, error: Raise<'LimitExceeded'>): void {
  claim('PolicySize', policySize(document), error);
}

/** The document as answers carry it. Source: "GetPolicyVersion" (IAM API Reference): URL-encoded compliant with RFC 3986. */
export function encodeDocument(document: string): string {
  // encodeURIComponent leaves five characters that RFC 3986 section 2.2 reserves.
  return encodeURIComponent(document).replaceAll(/[!'()*]/g, (reserved) => `%${reserved.charCodeAt(0).toString(16).toUpperCase()}`);
}
