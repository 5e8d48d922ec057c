/** The policy of a browser's form: which fields it may bring, with which values, how large a file, until when. Source: "Browser-based uploads using POST", "Creating a POST policy" (S3 API Reference). */
import { ApiError } from '../../base/api-error.ts';
import type { Timestamp } from '../../base/clock.ts';

type Condition =
  | { readonly kind: 'eq' | 'starts-with'; readonly field: string; readonly value: string; readonly text: string }
  | { readonly kind: 'content-length-range'; readonly min: number; readonly max: number; readonly text: string };

export interface FormPolicy { readonly expiration: Timestamp; readonly conditions: readonly Condition[] }

/** Fields that no condition has to name. */
const free: ReadonlySet<string> = new Set(['x-amz-signature', 'policy', 'file', 'awsaccesskeyid', 'signature']);
const isFree = (field: string): boolean => free.has(field) || field.startsWith('x-ignore-');

const conditionsMax = 200;
const expirationForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;

const invalid = (reason: string): ApiError => new ApiError('InvalidPolicyDocument', `Invalid Policy: ${reason}`);

/** Reads a policy as the form has it, in base64. Raises InvalidPolicyDocument. */
export function readFormPolicy(base64: string): FormPolicy {
  // What is no base64 is no policy: a text that was signed for something else must not become one.
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) throw invalid('Invalid JSON.');
  let document: unknown;
  try {
    document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64')));
  } catch (cause) {
    throw new ApiError('InvalidPolicyDocument', 'Invalid Policy: Invalid JSON.', { cause });
  }
  if (typeof document !== 'object' || document === null) throw invalid('Invalid JSON.');
  const { expiration, conditions } = document as { readonly expiration?: unknown; readonly conditions?: unknown };
  if (typeof expiration !== 'string') throw invalid('Policy missing expiration.');
  const at = expirationForm.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(at)) throw invalid(`Invalid 'expiration' value: '${expiration.slice(0, 64)}'`);
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.');
  if (conditions.length > conditionsMax) throw invalid('Too many conditions.');
  return { expiration: at, conditions: conditions.flatMap(readCondition) };
}

function readCondition(given: unknown): readonly Condition[] {
  const text = JSON.stringify(given);
  if (Array.isArray(given)) {
    const [kind, first, second] = given as readonly unknown[];
    const name = typeof kind === 'string' ? kind.toLowerCase() : undefined;
    if (given.length !== 3) throw invalid('Invalid Condition: wrong number of arguments.');
    if (name === 'content-length-range') {
      const [min, max] = [Number(first), Number(second)];
      if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min < 0) throw invalid('Invalid content-length-range.');
      return [{ kind: name, min, max, text }];
    }
    if ((name === 'eq' || name === 'starts-with') && typeof first === 'string' && first.startsWith('$') && typeof second === 'string') return [{ kind: name, field: first.slice(1).toLowerCase(), value: second, text }];
    throw invalid(`Invalid Condition: ${text.slice(0, 128)}`);
  }
  if (typeof given !== 'object' || given === null) throw invalid('Invalid Condition.');
  return Object.entries(given).map(([field, value]) => {
    if (typeof value !== 'string') throw invalid('Invalid Simple-Condition: value must be a string.');
    return { kind: 'eq', field: field.toLowerCase(), value, text: JSON.stringify(['eq', `$${field}`, value]) };
  });
}

const failed = (text: string): ApiError => new ApiError('AccessDenied', `Invalid according to Policy: Policy Condition failed: ${text.slice(0, 512)}`);

/** Holds a form's fields to its policy. `fields` are by their lower-case names, the bucket and the key as they will be among them. Raises AccessDenied. */
export function checkFormPolicy({ expiration, conditions }: FormPolicy, fields: ReadonlyMap<string, string>, now: Timestamp): void {
  if (now >= expiration) throw new ApiError('AccessDenied', 'Invalid according to Policy: Policy expired.');
  const named = new Set<string>();
  for (const condition of conditions) {
    if (condition.kind === 'content-length-range') continue;
    const { kind, field, value, text } = condition;
    named.add(field);
    const given = fields.get(field);
    if (given === undefined || (kind === 'eq' ? given !== value : !holdsPrefix(field, given, value))) throw failed(text);
  }
  for (const field of fields.keys()) if (!isFree(field) && !named.has(field)) throw new ApiError('AccessDenied', `Invalid according to Policy: Extra input fields: ${field.slice(0, 128)}`);
}

/** Several content types are each to begin so. */
const holdsPrefix = (field: string, given: string, prefix: string): boolean => (field === 'content-type' ? given.split(',').every((one) => one.trim().startsWith(prefix)) : given.startsWith(prefix));

/** How long the file may be, by all that the policy says. */
export function fileSizeRange({ conditions }: FormPolicy): { readonly min: number; readonly max: number } {
  let range = { min: 0, max: Number.MAX_SAFE_INTEGER };
  for (const condition of conditions) if (condition.kind === 'content-length-range') range = { min: Math.max(range.min, condition.min), max: Math.min(range.max, condition.max) };
  return range;
}
