/** `gatehouse evaluate REQUEST [POLICY…]`: decides a request by policies in files, and says why. */
import { resolve } from 'node:path';
import { evaluate as evaluateRequest, explain, explanationAsText, InputError, type PoliciesInput, type RequestInput } from '../policy/library.ts';
import { openApi } from './api-call.ts';
import type { Commands } from './commands.ts';
import { UsageError } from './option.ts';
import type { EvaluateOptions } from './options.ts';
import { policyFile, readDataFile, resolvePolicies } from './policy-files.ts';
import { notesOn } from './request-notes.ts';
import { requestKeys, statedRequest } from './stated-request.ts';
import type { World } from './world.ts';

/** Writes decision and explanation; resolves to 0 where the request is allowed, 1 where it is denied. What keeps it from being decided is thrown. */
export async function evaluate(options: EvaluateOptions, args: readonly string[], world: World, commands: Pick<Commands, 'findAction'>): Promise<number> {
  const [requestPath, ...policyPaths] = args.map((path) => resolve(world.cwd, path));
  if (requestPath === undefined) throw new UsageError('evaluate needs a file with the request, and files with policies');
  const { request, policies: stated } = readRequestFile(requestPath);
  const policies: PoliciesInput = { ...(await resolvePolicies(stated, requestPath, openApi(options, world))), ...policiesGiven(options, policyPaths) };
  try {
    const verdict = evaluateRequest(request, policies);
    for (const note of await notesOn(request, commands)) world.stderr.write(`gatehouse: ${note}\n`);
    const explanation = explain(request, policies);
    world.stdout.write(options.asJson ? `${JSON.stringify({ ...verdict, explanation }, null, 2)}\n` : explanationAsText(explanation));
    return verdict.isAllowed ? 0 : 1;
  } catch (thrown) {
    throw thrown instanceof InputError ? new UsageError(`${requestPath}: ${thrown.message}`, { cause: thrown }) : thrown;
  }
}

/** The request, and the policies that its file states beside it. */
function readRequestFile(path: string): { readonly request: RequestInput; readonly policies: unknown } {
  const { value } = readDataFile(path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError(`${path} must hold one request: an object with ${requestKeys.join(', ')}, and policies`);
  const { policies, ...request } = value as Readonly<Record<string, unknown>>;
  return { request: statedRequest(request, path), policies };
}

/** What the command line gives stands in the place of what the file states. */
function policiesGiven({ boundary, session, resourcePolicy, trustPolicy }: EvaluateOptions, identity: readonly string[]): PoliciesInput {
  return {
    ...(identity.length > 0 && { identity: identity.map(policyFile) }),
    ...(boundary !== undefined && { boundary: policyFile(boundary) }),
    ...(session !== undefined && { session: policyFile(session) }),
    ...(resourcePolicy !== undefined && { resource: policyFile(resourcePolicy) }),
    ...(trustPolicy !== undefined && { trust: policyFile(trustPolicy) }),
  };
}
