/** Policies and requests as files hold them, JSON or YAML: read, and what they refer to fetched. */
import { readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { PoliciesInput, PolicyInput } from '../policy/library.ts';
import type { CallApi } from './api-call.ts';
import { CommandError } from './commands.ts';
import { UsageError } from './option.ts';

/** A file as large as this is a mistake. */
const fileBytesMax = 10_000_000;

/** What a file means, and its text where it is JSON. Throws UsageError. */
export function readDataFile(path: string): { readonly value: unknown; readonly json: string | undefined } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (text.length > fileBytesMax) throw new UsageError(`${path} is longer than ${fileBytesMax} characters`);
  if (['.yaml', '.yml'].includes(extname(path))) {
    const document = parseDocument(text, { uniqueKeys: true });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw new UsageError(`${path}: ${problem.message.split('\n')[0]}`);
    return { value: document.toJS() as unknown, json: undefined };
  }
  try {
    return { value: JSON.parse(text) as unknown, json: text };
  } catch (cause) {
    throw new UsageError(`${path} is not JSON (a YAML file ends in .yaml or .yml): ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** The layers that a request may have policies in. */
const layers = ['identity', 'boundary', 'session', 'resource', 'trust', 'scps', 'rcps'] as const;
const lists: ReadonlySet<string> = new Set(['identity', 'session', 'scps', 'rcps']);

/** A policy of a file, in its own text, so that the lines of an explanation are the file's. */
export function policyFile(path: string): PolicyInput {
  const { value, json } = readDataFile(path);
  if (typeof value !== 'object' || value === null) throw new UsageError(`${path} holds no policy`);
  return { name: path, document: json ?? value };
}

/** Policies as a file states them – in place, by the path of a file, or by ARN of a running Gatehouse – with all that they refer to. `from` is the file. */
export async function resolvePolicies(stated: unknown, from: string, callApi: CallApi): Promise<PoliciesInput> {
  if (stated === undefined || stated === null) return {};
  if (typeof stated !== 'object' || Array.isArray(stated)) throw new UsageError(`${from}: policies must be an object with any of ${layers.join(', ')}`);
  const resolved: Record<string, unknown> = {};
  for (const [layer, value] of Object.entries(stated)) {
    if (!(layers as readonly string[]).includes(layer)) throw new UsageError(`${from}: policies has no ${layer}; there are ${layers.join(', ')}`);
    if (Array.isArray(value) && !lists.has(layer)) throw new UsageError(`${from}: there is one policy in ${layer}, not a list`);
    resolved[layer] = await resolveValue(value, from, callApi);
  }
  // The names were just checked, and what is no policy the library refuses.
  return resolved as PoliciesInput;
}

async function resolveValue(value: unknown, from: string, callApi: CallApi): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map((one: unknown) => resolveValue(one, from, callApi)));
  if (typeof value !== 'string' || value.trimStart().startsWith('{')) return value;
  if (value.startsWith('arn:')) return managedPolicy(value, callApi);
  return policyFile(resolve(dirname(from), value));
}

/** The default version of a managed policy of a running Gatehouse. */
async function managedPolicy(arn: string, callApi: CallApi): Promise<PolicyInput> {
  const policy = await callApi('iam', 'GetPolicy', { PolicyArn: arn });
  const version = await callApi('iam', 'GetPolicyVersion', { PolicyArn: arn, VersionId: policy.text('DefaultVersionId') ?? '' });
  const document = version.text('Document');
  if (document === undefined) throw new CommandError(`the answer for ${arn} holds no document`);
  return { name: policy.text('PolicyName') ?? arn, arn, document: decodeURIComponent(document) };
}
