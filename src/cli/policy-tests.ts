/** Policy tests as files state them: requests, the policies they are held against, and what is expected. The format is described in docs/how-to/policy-tests.md. */
import { evaluate, explain, explanationAsText, InputError, type PoliciesInput, type RequestInput, type Verdict } from '../policy/library.ts';
import type { CallApi } from './api-call.ts';
import type { Commands } from './commands.ts';
import { UsageError } from './option.ts';
import { readDataFile, resolvePolicies } from './policy-files.ts';
import { notesOn } from './request-notes.ts';
import { statedRequest } from './stated-request.ts';

/** What came of one test. */
export interface TestResult {
  readonly name: string;
  readonly isPassed: boolean;
  /** What was expected and what was decided instead, with the explanation; empty where it passed. */
  readonly report: string;
  /** What its request may have wrong. */
  readonly notes: readonly string[];
}

type Stated = Readonly<Record<string, unknown>>;

/** Expectation → whether a verdict meets it. */
const expectations: Readonly<Record<string, (verdict: Verdict) => boolean>> = {
  allowed: ({ isAllowed }) => isAllowed,
  denied: ({ isAllowed }) => !isAllowed,
  explicitDeny: ({ outcome }) => outcome === 'explicitDeny',
  implicitDeny: ({ outcome }) => outcome === 'implicitDeny',
};

const policyLayers = ['rcp', 'scp', 'endpoint', 'resource', 'trust', 'identity', 'boundary', 'session'];

/** Runs the tests of one file, in order. Throws UsageError where the file is no file of tests. */
export async function runPolicyTests(path: string, callApi: CallApi, commands: Pick<Commands, 'findAction'>): Promise<readonly TestResult[]> {
  const file = objectOf(readDataFile(path).value, path, 'a file of policy tests', ['policies', 'request', 'tests']);
  if (!Array.isArray(file['tests']) || file['tests'].length === 0) throw new UsageError(`${path}: tests must be a list of tests`);
  const shared = await resolvePolicies(file['policies'], path, callApi);
  const usual = file['request'] === undefined ? {} : objectOf(file['request'], path, 'request');
  const results: TestResult[] = [];
  for (const [index, stated] of file['tests'].entries()) {
    const test = objectOf(stated, path, `test ${index + 1}`, ['name', 'request', 'policies', 'expect', 'by']);
    const name = test['name'];
    if (typeof name !== 'string' || name === '') throw new UsageError(`${path}: test ${index + 1} has no name`);
    const where = `${path}: "${name}"`;
    const policies: PoliciesInput = { ...shared, ...(await resolvePolicies(test['policies'], path, callApi)) };
    const request = statedRequest(merged(usual, objectOf(test['request'] ?? {}, where, 'request')), where);
    results.push({ ...runTest(name, request, policies, test, where), notes: await notesOn(request, commands) });
  }
  return results;
}

/** A test's own values go before the file's; of the context each key by itself. */
function merged(usual: Stated, own: Stated): Stated {
  const isContext = (value: unknown): value is object => typeof value === 'object' && value !== null;
  return { ...usual, ...own, ...(isContext(usual['context']) && isContext(own['context']) && { context: { ...usual['context'], ...own['context'] } }) };
}

function runTest(name: string, request: RequestInput, policies: PoliciesInput, { expect, by }: Stated, where: string): Omit<TestResult, 'notes'> {
  if (typeof expect !== 'string' || !Object.hasOwn(expectations, expect)) throw new UsageError(`${where}: expect must be one of ${Object.keys(expectations).join(', ')}`);
  if (by !== undefined && (typeof by !== 'string' || !policyLayers.includes(by))) throw new UsageError(`${where}: by must be one of ${policyLayers.join(', ')}`);
  try {
    const verdict = evaluate(request, policies);
    const isPassed = expectations[expect]!(verdict) && (by === undefined || by === verdict.layer);
    if (isPassed) return { name, isPassed, report: '' };
    const expected = by === undefined ? expect : `${expect} by ${by}`;
    return { name, isPassed, report: `expected ${expected}, and it is ${verdict.outcome}${verdict.layer === undefined ? '' : ` by ${verdict.layer}`}\n\n${explanationAsText(explain(request, policies))}` };
  } catch (thrown) {
    throw thrown instanceof InputError ? new UsageError(`${where}: ${thrown.message}`, { cause: thrown }) : thrown;
  }
}

function objectOf(value: unknown, where: string, what: string, keys?: readonly string[]): Stated {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${where}: ${what} must be an object${keys ? ` with ${keys.join(', ')}` : ''}`);
  const unknown = keys && Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new UsageError(`${where}: ${what} has no ${unknown}; it has ${keys!.join(', ')}`);
  return value as Stated;
}
