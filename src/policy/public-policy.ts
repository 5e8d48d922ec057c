/** Whether a bucket policy is public: whether it may give something to anybody at all. Source: "The meaning of “public”", in "Blocking public access to your Amazon S3 storage" (S3 User Guide). */
import { readDocument, type ConditionEntry, type StatementNode } from './document.ts';
import { parseIpRange } from './ip-address.ts';
import { JsonError } from './json.ts';

/** What is not understood counts as public: it cannot be shown that it is not. */
export function isPublicPolicy(text: string): boolean {
  try {
    const { statements, problems } = readDocument(text);
    return problems.length > 0 || statements.some(isPublicStatement);
  } catch (thrown) {
    if (thrown instanceof JsonError) return true;
    throw thrown;
  }
}

function isPublicStatement({ effect, principal, notPrincipal, conditions, problems }: StatementNode): boolean {
  if (effect === 'Deny') return false;
  const namesAnyone = notPrincipal !== undefined || principal === undefined || principal === '*' || principal.some(({ text }) => /[*?]|\$\{/.test(text) && !/^arn:[^*?$]+:iam::\d{12}:/.test(text));
  return (namesAnyone || problems.length > 0) && !conditions.some(isLimiting);
}

/** Conditions that hold for few, as long as their values are fixed. In lower case. */
const limitingKeys: ReadonlySet<string> = new Set(['aws:sourcearn', 'aws:sourcevpc', 'aws:sourcevpce', 'aws:sourceowner', 'aws:sourceaccount', 'aws:userid', 'aws:principalorgid', 'aws:principalaccount', 'aws:principalarn', 's3:dataaccesspointarn', 's3:dataaccesspointaccount', 's3:x-amz-server-side-encryption-aws-kms-key-id']);
const equalities: ReadonlySet<string> = new Set(['stringequals', 'stringequalsignorecase', 'stringlike', 'arnequals', 'arnlike']);

/** Of the addresses of each version the widest range that is not everybody. */
const prefixLengthMin = { 1: 8, 4: 32 } as const;

function isLimiting({ operator, key, values }: ConditionEntry): boolean {
  // One that holds where the key is missing, or of no value at all, limits nobody.
  const name = operator.toLowerCase().replace(/^foranyvalue:/, '');
  const folded = key.toLowerCase();
  if (values.length === 0) return false;
  if (name === 'ipaddress' && folded === 'aws:sourceip') return values.every(isNarrow);
  return equalities.has(name) && limitingKeys.has(folded) && values.every((value) => isFixed(folded, value));
}

const isFixed = (key: string, value: string): boolean => !/[*?]|\$\{/.test(key === 'aws:userid' ? value.replace(/^A[A-Z0-9]{15,}:\*$/, '') : value);

function isNarrow(value: string): boolean {
  const range = parseIpRange(value);
  return range !== undefined && range.prefixLength >= (range.words.length === 1 ? prefixLengthMin[1] : prefixLengthMin[4]);
}
